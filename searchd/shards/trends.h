// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hits over time of several shards become one answer.
#pragma once

#include <functional>
#include <vector>

#include "query/trend.h"

namespace fundstelle::shards {

/// `ask` puts a request to every shard. The periods are chosen over all hits, then each shard is
/// asked for exactly these; so are the values with a row of their own.
[[nodiscard]] TrendAnswer add_trends(
    const TrendRequest& request,
    const std::function<std::vector<TrendAnswer>(const TrendRequest&)>& ask);

}  // namespace fundstelle::shards
