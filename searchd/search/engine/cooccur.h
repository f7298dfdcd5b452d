// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words that go with some entries more than with the rest. Every word of the index is met with its
// decoded list: the work depends on the size of the index, not on the number of hits.
#pragma once

#include <roaring/roaring.hh>
#include <vector>

#include "query/cooccurrence.h"
#include "search/engine/listed_hits.h"

namespace fundstelle::search {

[[nodiscard]] std::vector<CooccurrenceGroup> cooccurring(Reader& reader, const ListedHits& listed,
                                                         const CooccurrenceRequest& request);

}  // namespace fundstelle::search
