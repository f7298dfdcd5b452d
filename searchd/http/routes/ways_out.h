// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a search finds nothing: near ones that do, counted.
#pragma once

#include <functional>
#include <vector>

#include "present/pages/pages.h"
#include "query/answer.h"
#include "query/request.h"

namespace fundstelle::http {

/// Runs a search; only its totals are read.
using Count = std::function<SearchAnswer(const SearchRequest&)>;

/// The search without one of its words, phrases or filters, with any of its words, or with
/// quotations read as words: those that have hits, in this order. At most ten searches are run.
/// If `answer` has hits but none with all words, only words are left out.
[[nodiscard]] std::vector<present::WayOut> ways_out(const SearchRequest& request,
                                                    const SearchAnswer& answer, const Count& count);

}  // namespace fundstelle::http
