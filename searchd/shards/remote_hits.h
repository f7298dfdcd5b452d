// SPDX-License-Identifier: GPL-3.0-or-later
//
// Entries of a remote database as hits a reader sees. Only what is shown has been fetched.
#pragma once

#include <string>

#include "query/answer.h"
#include "query/reading.h"
#include "search/engine/highlight.h"
#include "shards/shard.h"
#include "text/analyzer.h"

namespace fundstelle::shards {

/// `data`: of the entry (schema/remote.h). Without score.
[[nodiscard]] Hit remote_hit(const std::string& data, const FacetNames& names,
                             const search::Highlighter& highlighter, const Analyzer& analyzer,
                             const SearchRequest& request);

[[nodiscard]] DocumentView remote_view(const std::string& data,
                                       const search::Highlighter& highlighter,
                                       const Analyzer& analyzer);

}  // namespace fundstelle::shards
