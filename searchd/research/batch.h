// SPDX-License-Identifier: GPL-3.0-or-later
//
// Many queries: every line is answered, by a list of hits or by a record that says why not.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "research/batch_output.h"
#include "research/query_file.h"
#include "research/source.h"

namespace fundstelle::research {

/// kIds: "query TAB id", of passages "query TAB id#passage".
enum class RunFormat : std::uint8_t { kTrec, kJsonl, kCsv, kIds };

struct BatchOptions {
  /// What holds for every query; each line's own filters win. Its q is not used.
  HitsRequest request;
  RunFormat format = RunFormat::kTrec;
  unsigned jobs = 1;
  std::string tag = "fundstelle";
  /// Taken out of a query's results, which are filled up from below.
  std::map<std::string, std::set<std::string>> excluded;
};

struct BatchSummary {
  std::size_t queries = 0, done_before = 0, answered = 0, failed = 0, without_hits = 0,
              with_ignored = 0;
  std::uint64_t hits = 0;
  std::map<std::string, std::size_t> codes;  ///< of the failed
};

/// The record of a query that could not be answered, or was.
struct QueryRecord {
  std::string query;
  std::size_t line = 0;
  Problem problem;  ///< code empty: answered
  ListingFacts facts;
  std::uint64_t listed = 0;
};

/// What stands before the first line of a format: the provenance record in JSONL, the names of the
/// columns in CSV.
[[nodiscard]] std::string batch_head(RunFormat format, const std::string& provenance);

/// Answers the entries from `output.done()` on. Lines stand in the order of the entries and are the
/// same for any number of jobs. In JSONL each query's hits follow its record; the log of the output
/// has the records in any format. `told` is called after each query, one at a time. Throws
/// ResearchError, SourceError, and what the index throws: then the output may be resumed.
BatchSummary run_batch(const Source& source, const std::vector<QueryEntry>& entries,
                       const BatchOptions& options, BatchOutput& output,
                       const std::function<void(const QueryRecord&)>& told);

/// The results of every entry as a run, in memory. Throws ResearchError at the first that fails.
[[nodiscard]] Run run_of(const Source& source, const std::vector<QueryEntry>& entries,
                         const BatchOptions& options);

}  // namespace fundstelle::research
