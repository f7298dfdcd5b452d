// SPDX-License-Identifier: GPL-3.0-or-later
//
// Days as pages of the web write them, for readers and for machines, in German and English.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fundstelle {

struct DayInText {
  std::string iso;
  std::size_t begin, end;  ///< bytes of the text
};

/// All days in a text, in order; at most 50.
[[nodiscard]] std::vector<DayInText> days_in_text(std::string_view text);

/// Nothing if it is no day of the calendar, or older than the web. Two-digit years are those of
/// 1970 to 2069.
[[nodiscard]] std::optional<std::string> iso_day(int year, int month, int day);

/// First day in a short text, German or English, day before month: "26 Mai, 2008", "31.10.23",
/// "Do 9 Apr 2020", "26/12/2019", "Dezember 16th, 2012", "2022-02-04T15:29:27+01:00". A time given
/// in UTC is told as the day in Germany.
[[nodiscard]] std::optional<std::string> first_day_in(std::string_view text);

}  // namespace fundstelle
