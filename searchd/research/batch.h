// SPDX-License-Identifier: GPL-3.0-or-later
//
// Many queries over one index: complete, repeatable result lists.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "query/request.h"
#include "research/evaluation.h"
#include "search/searcher.h"

namespace fundstelle::research {

struct BatchOptions {
  SearchRequest request;    ///< everything but q, page, size and cursor
  std::size_t hits = 1000;  ///< results a query
  unsigned jobs = 1;
  std::string tag = "fundstelle";
  /// Taken out of a query's results, which are filled up from below.
  std::map<std::string, std::set<std::string>> excluded;
};

/// One query of a batch with what it gave.
struct BatchResult {
  Query query;
  std::uint64_t total = 0;
  std::string understood, revision;
  std::vector<Hit> hits;  ///< without snippets
};

/// In the order of `queries`. Throws what Searcher::search throws.
[[nodiscard]] std::vector<BatchResult> run_batch(const Searcher& searcher,
                                                 const std::vector<Query>& queries,
                                                 const BatchOptions& options);

/// Passages are named "document#passage".
[[nodiscard]] Run to_run(const std::vector<BatchResult>& results, const BatchOptions& options);
/// One JSON object a hit: query, rank, id, passage (with its page, if the paper has pages, and its
/// question numbers), score, number, title, date, body, type.
[[nodiscard]] std::string to_jsonl(const std::vector<BatchResult>& results);
/// The same columns as RFC 4180; fields that a spreadsheet would take for a formula get a leading
/// '.
[[nodiscard]] std::string to_csv(const std::vector<BatchResult>& results);

}  // namespace fundstelle::research
