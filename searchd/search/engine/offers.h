// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the collection offers beside hits: completions, related words, the usual spelling.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/answer.h"
#include "query/suggestions.h"
#include "search/engine/snapshot.h"
#include "suggest/speller.h"

namespace fundstelle::search {

[[nodiscard]] std::vector<Suggestion> offers(const Reader& reader, std::string_view typed,
                                             std::size_t size);

/// Related words of the first few words of a query.
[[nodiscard]] std::vector<RelatedWords> related_words(const Reader& reader,
                                                      const std::string& typed,
                                                      const std::vector<suggest::TypedWord>& words);

/// How the collection prints a folded word ("fluechtling" is printed "Flüchtling").
[[nodiscard]] std::string printed_form(const Reader& reader, const std::string& folded);

}  // namespace fundstelle::search
