// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hits over time as a reader meets them: a picture, a table, a file. The page is Pages::trend.
#pragma once

#include <string>
#include <string_view>

#include "query/answer.h"
#include "query/trend.h"

namespace ctemplate {
class TemplateDictionary;
}

namespace fundstelle::present {

/// What the picture shows: hits, or their share in what the period holds: in all of the collection,
/// or in what passes the filters.
enum class TrendMeasure : std::uint8_t { kCount, kShare, kShareFiltered };
[[nodiscard]] const char* to_string(TrendMeasure measure);  ///< "count", "share", "filtered"

struct TrendView {
  const TrendRequest& request;
  const TrendAnswer& answer;
  const SearchAnswer& labels;  ///< of the same search, for the names of chosen filters
  TrendMeasure measure = TrendMeasure::kCount;
  std::vector<std::string> incomplete = {};  ///< parts of the collection not counted, German
};

/// "/verlauf?q=…&by=group&step=year&measure=share".
[[nodiscard]] std::string trend_address(const TrendRequest& request, TrendMeasure measure,
                                        std::string_view path = "/verlauf");

/// RFC 4180 with a row a period and one for undated hits; counts, never shares. A field that a
/// spreadsheet would take for a formula gets a leading '.
[[nodiscard]] std::string trend_csv(const TrendView& view);

/// Fills trend.html.
void fill_trend(ctemplate::TemplateDictionary& page, const TrendView& view);
/// Fills chart.html: a picture that stands for itself, with title, axes and legend.
void fill_chart(ctemplate::TemplateDictionary& chart, const TrendView& view);

}  // namespace fundstelle::present
