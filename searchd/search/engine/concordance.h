// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every place in the texts of some hits where the query is met.
#pragma once

#include <roaring/roaring.hh>
#include <vector>

#include "query/concordance.h"
#include "search/engine/evaluate.h"
#include "search/engine/rank.h"

namespace fundstelle::search {

/// Fills `hits` and `lines` of the answer.
void concordance(Reader& reader, const PlanNode& root, const std::vector<RankedHit>& ranked,
                 const ConcordanceRequest& request, ConcordanceAnswer& answer);

}  // namespace fundstelle::search
