// SPDX-License-Identifier: GPL-3.0-or-later
//
// A plan as a query of Xapian's own, for a database in the form of schema/remote.h.
#pragma once

#include <xapian.h>

#include <optional>

#include "query/parser.h"
#include "query/request.h"
#include "search/engine/plan.h"

namespace fundstelle::shards {

/// Xapian can express it: not the words of questions and answers.
[[nodiscard]] bool can_be_remote(const QueryNode& parsed);

/// The entries that match, weighed by the words. `any`: of the words of one node one suffices.
/// `db` tells which words begin so, beside others in NEAR.
[[nodiscard]] Xapian::Query matching(const Xapian::Database& db, const search::PlanNode& node,
                                     bool any);

/// What one word is met by.
[[nodiscard]] Xapian::Query matching(const search::PlannedWord& word, bool any);

/// Entries that pass the filters, but for that of `left_out`, and lie in the period.
[[nodiscard]] Xapian::Query filtered(const Xapian::Query& matched, const SearchRequest& request,
                                     std::optional<Facet> left_out = {});

}  // namespace fundstelle::shards
