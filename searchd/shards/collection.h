// SPDX-License-Identifier: GPL-3.0-or-later
//
// What all shards together hold of names and terms: how a query is read is the same in all of them.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "search/directions.h"
#include "shards/shard.h"

namespace fundstelle::shards {

/// Finds what typed values mean, over `shards` (which must outlive it). Asks each question once;
/// safe for many threads. A shard that is down knows nothing.
[[nodiscard]] std::shared_ptr<const search::SlugFinder> collection_slugs(
    std::vector<const Shard*> shards);

}  // namespace fundstelle::shards
