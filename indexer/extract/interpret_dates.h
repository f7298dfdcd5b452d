// SPDX-License-Identifier: GPL-3.0-or-later
//
// Dates as German papers print them become ISO 8601.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/interpret_paper.h"

namespace fundstelle {

/// RE2 source of one printed date without capturing groups: "01. 02. 2017", "22.07.16",
/// "12. August 2016", "07. Dez. 2015", "2017-03-07".
[[nodiscard]] const std::string& date_pattern();

/// ISO form of one printed date; nothing if it is none or no day of the calendar. Two-digit years
/// are those of 1949 to 2048.
[[nodiscard]] std::optional<std::string> parse_date(std::string_view printed);

struct DateInText {
  std::string iso;
  Range range;
};
/// Every date in a range, in order.
[[nodiscard]] std::vector<DateInText> find_dates(const Paper& paper, Range where);

/// Days named together: "27. und 28. August 2018", "16./17. November 2018".
[[nodiscard]] std::vector<DateInText> find_date_pairs(const Paper& paper, Range where);

/// True for "Januar", "Jan.", "MÄRZ" …
[[nodiscard]] bool is_month(std::string_view word);

}  // namespace fundstelle
