// SPDX-License-Identifier: GPL-3.0-or-later
//
// Several queries over time, side by side: hits, their places and words, and what the collection
// has in each period to measure them by.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "query/trend.h"
#include "research/rows.h"
#include "search/searcher.h"

namespace fundstelle::research {

struct NamedQuery {
  std::string name;
  SearchRequest search;
};

struct TrendTableOptions {
  TrendStep step = TrendStep::kAuto;  ///< kAuto: the longest any of the queries calls for
  std::optional<Facet> by;
  std::uint32_t top = 6;  ///< values with rows of their own, of each query
  bool places = false;    ///< count where the query is met; reads every text found
  bool words = false;     ///< count words, as the analysis does
};

/// What is counted, of hits or of everything that passes the filters.
struct Tally {
  std::uint64_t entries = 0;  ///< documents or passages
  std::uint64_t words = 0, places = 0;
};

struct TrendRow {
  std::size_t query = 0;  ///< index into the queries
  std::string period;     ///< "2021", "2021-Q2", "2021-04"; empty: without a date
  std::string from, to;   ///< ISO dates of the first and the last day
  TrendSeries::Kind kind = TrendSeries::Kind::kValue;
  std::string slug, label;  ///< of the facet's value; empty without a facet
  Tally hits;
  Tally period_all;  ///< what passes the filters in the period, whatever it says
  Tally value_all;   ///< of these, those with the value; without a facet the same
  [[nodiscard]] double per_1000() const;  ///< hits per 1,000 documents of the period
  /// Places per million words of the period; hits if places were not counted.
  [[nodiscard]] double per_million(bool places) const;
};

struct TrendTable {
  TrendStep step = TrendStep::kYear;
  std::vector<TrendRow> rows;  ///< by query, value, period; undated last
};

/// Counts are those of Searcher::trend and of facets. Throws ResearchError if a query is refused.
[[nodiscard]] TrendTable make_trend_table(const Searcher& searcher,
                                          const std::vector<NamedQuery>& queries,
                                          const TrendTableOptions& options);

[[nodiscard]] RowWriter trend_rows(RowFormat format);
void append_trend_row(std::string& out, const RowWriter& rows, const TrendRow& row,
                      const std::string& query, const TrendTableOptions& options);

/// What a picture shows.
enum class TrendMeasure : std::uint8_t { kHits, kPer1000, kPlaces, kPerMillion };
/// Commands for gnuplot that draw the table as SVG on its standard output.
[[nodiscard]] std::string gnuplot_script(const TrendTable& table,
                                         const std::vector<NamedQuery>& queries,
                                         const TrendTableOptions& options, TrendMeasure measure,
                                         const std::string& title);

}  // namespace fundstelle::research
