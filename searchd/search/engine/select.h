// SPDX-License-Identifier: GPL-3.0-or-later
//
// Of the entries that match: which pass the filters, and exact counts over them.
#pragma once

#include <roaring/roaring.hh>
#include <vector>

#include "query/answer.h"
#include "query/request.h"
#include "search/engine/snapshot.h"

namespace fundstelle::search {

struct Selection {
  std::vector<Gid> hits;  ///< ascending
  std::vector<FacetCounts> facets;
  Histogram histogram;
};

/// One pass over `matched`: an entry that fails exactly one facet's filter still counts in that
/// facet, which is what lets a reader choose several values.
[[nodiscard]] Selection select(const Snapshot& snapshot, const SearchRequest& request,
                               const Roaring& matched);

}  // namespace fundstelle::search
