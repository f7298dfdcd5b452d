// SPDX-License-Identifier: GPL-3.0-or-later
//
// Searches to begin with, taken from the newest papers, so that they have hits and are of today.
#pragma once

#include <functional>
#include <vector>

#include "present/pages/pages.h"
#include "query/answer.h"
#include "query/request.h"

namespace fundstelle::http {

/// Some words of the newest titles, a phrase and a number, each searched for. `overview`: an answer
/// to the empty query, counting types. Empty for an empty index.
[[nodiscard]] std::vector<present::Example> examples_of(
    const SearchAnswer& overview, const std::function<SearchAnswer(const SearchRequest&)>& search);

}  // namespace fundstelle::http
