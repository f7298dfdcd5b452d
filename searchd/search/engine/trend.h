// SPDX-License-Identifier: GPL-3.0-or-later
//
// What matches, counted by period and facet value. Arithmetic on columns: no posting is read.
#pragma once

#include <roaring/roaring.hh>

#include "query/trend.h"
#include "search/engine/snapshot.h"

namespace fundstelle::search {

/// `matched`: entries of the request's unit that hold the words, filters not yet applied. Leaves
/// relaxed, took_us and revision to the caller.
[[nodiscard]] TrendAnswer trend(const Snapshot& snapshot, const TrendRequest& request,
                                const Roaring& matched);

}  // namespace fundstelle::search
