// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files of queries, as researchers have them: one entry a query, its filters beside it. A line that
// cannot be read is an entry too, so that a batch answers every line and stops at none.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "research/evaluation.h"

namespace fundstelle::research {

enum class QueryFormat { kTsv, kCsv, kJsonl, kTrecTopics };

/// By name (.tsv, .csv, .jsonl, .ndjson, .xml, .topics) or, for other names, by the first line:
/// "{" is JSONL, "<" TREC topics, anything else TSV.
[[nodiscard]] QueryFormat query_format_of(const std::filesystem::path& file);

struct QueryEntry {
  std::size_t line = 0;  ///< where it begins, from 1
  std::string id, text;
  /// Parameters of the HTTP API (docs/api.md) that hold for this query alone: "topic", "from" …
  std::map<std::string, std::string> filters;
  std::string malformed;  ///< what is wrong, in German; empty: the entry is fine
};

/// Shapes:
/// - TSV: `id TAB query`, then filters as further columns `name=value`. Lines that begin with `#`
/// and
///   empty lines are left out.
/// - CSV (RFC 4180): a head line names the columns, `id` and `query` among them, the others are
///   filters; empty fields set none.
/// - JSONL: `{"id": …, "query": …, "topic": "verkehr", …}`; filters may lie in an object `filters`,
///   lists become comma-joined values.
/// - TREC topics: `<top>` with `<num>` and `<title>`, tags closed or not (TREC 1 to 8 and later).
/// An id used before makes the entry malformed. Throws ResearchError if the file cannot be read or
/// a CSV head lacks `id` or `query`.
[[nodiscard]] std::vector<QueryEntry> read_query_file(const std::filesystem::path& file);
[[nodiscard]] std::vector<QueryEntry> read_query_file(const std::filesystem::path& file,
                                                      QueryFormat format);
/// The same of JSONL that is already in memory; a byte order mark in front is allowed.
[[nodiscard]] std::vector<QueryEntry> read_query_lines(std::string_view jsonl);

}  // namespace fundstelle::research
