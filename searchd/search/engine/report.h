// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the search understood what was typed, in plain German.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "query/answer.h"
#include "search/engine/evaluate.h"
#include "search/engine/hits.h"
#include "search/engine/plan.h"

namespace fundstelle::search {

/// Documents or passages with all words of a query.
using HitCount = std::function<std::uint64_t(const std::string& query)>;

/// What was understood and what was not used, without the offers, which cost more than a search.
[[nodiscard]] QueryReport make_reading(const Evaluator& evaluator, const Plan& plan, bool relaxed,
                                       const CompoundExamples& examples);

/// The words of a query, as the report lists them, and how many entries hold each.
[[nodiscard]] std::vector<UnderstoodWord> understood_words(const Evaluator& evaluator,
                                                           const Plan& plan);

/// Everything but `relaxed`, which changes one word: UND becomes ODER.
[[nodiscard]] QueryReport make_report(const Reader& reader, const Evaluator& evaluator,
                                      const Plan& plan, const std::string& typed, bool relaxed,
                                      const CompoundExamples& examples, const HitCount& hits);

}  // namespace fundstelle::search
