// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/html_days.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "extract/html_names.h"

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

int days_in(int year, int month) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

int month_of(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, int>, 18> kStarts = {{{"jan", 1},
                                                                                {"jän", 1},
                                                                                {"feb", 2},
                                                                                {"mär", 3},
                                                                                {"mar", 3},
                                                                                {"mrz", 3},
                                                                                {"mae", 3},
                                                                                {"apr", 4},
                                                                                {"mai", 5},
                                                                                {"may", 5},
                                                                                {"jun", 6},
                                                                                {"jul", 7},
                                                                                {"aug", 8},
                                                                                {"sep", 9},
                                                                                {"okt", 10},
                                                                                {"oct", 10},
                                                                                {"nov", 11},
                                                                                {"de", 12}}};
  const std::string lower = lower_ascii(std::string(name));
  for (const auto& [start, month] : kStarts) {
    if (lower.starts_with(start)) return month;
  }
  return 0;
}

/// Day of the week of the Gregorian calendar, 0 is Sunday (Sakamoto's method).
int weekday(int year, int month, int day) {
  static constexpr std::array<int, 12> kShift = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
  if (month < 3) --year;
  return (year + year / 4 - year / 100 + year / 400 + kShift[static_cast<std::size_t>(month - 1)] +
          day) %
         7;
}

/// Central European summer time: last Sunday of March to last Sunday of October.
bool is_summer(int year, int month, int day) {
  if (month != 3 && month != 10) return month > 3 && month < 10;
  const int last_sunday = 31 - weekday(year, month, 31);
  return month == 3 ? day >= last_sunday : day < last_sunday;
}

constexpr const char* kMonths =
    "(?:Januar|Jänner|January|Jan|Februar|February|Feb|März|Maerz|March|Mär|Mrz|Mar|April|Apr|Mai|"
    "May|Juni|June|Jun|Juli|July|Jul|August|Aug|September|Sept|Sep|Oktober|October|Okt|Oct|"
    "November|Nov|Dezember|December|Dez|Dec)";

}  // namespace

std::optional<std::string> iso_day(int year, int month, int day) {
  if (year >= 0 && year < 100) year += year < 70 ? 2000 : 1900;
  if (year < 1990 || year > 2100 || month < 1 || month > 12) return std::nullopt;
  if (day < 1 || day > days_in(year, month)) return std::nullopt;
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", year, month, day);
  return std::string(text.data());
}

std::vector<DayInText> days_in_text(std::string_view text) {
  static const RE2 kDay(
      std::string(R"((?i)(?:^|[^\d.,:/-])()") +
      // 1, 2, 3: year first; 4: time in UTC
      R"((\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]00:?00)\b)?)" +
      // 5, 6, 7: numeric
      R"(|(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d{2}|\d{2}))" +
      // 8, 9, 10: with slashes
      R"(|(\d{1,2})/(\d{1,2})/((?:19|20)\d{2}))" +
      // 11, 12, 13: named month
      R"(|(\d{1,2})(?:\.|st|nd|rd|th)?\s{0,2}()" + kMonths + R"()[.,]?\s{1,2}((?:19|20)\d{2}))" +
      // 14, 15, 16: month first
      R"(|()" + kMonths + R"()\.?\s(\d{1,2})(?:st|nd|rd|th|\.)?,?\s((?:19|20)\d{2}))" +
      // 17, 18, 19: day first with hyphens
      R"(|(\d{2})-(\d{2})-((?:19|20)\d{2}))(?:$|[^\d]))");
  std::vector<DayInText> found;
  std::size_t from = 0;
  while (from < text.size() && found.size() < 50) {
    std::array<re2::StringPiece, 21> at;
    if (!kDay.Match(piece(text), from, text.size(), RE2::UNANCHORED, at.data(),
                    static_cast<int>(at.size()))) {
      break;
    }
    const auto number = [&](std::size_t group) {
      int value = 0;
      for (const char c : at[group]) value = 10 * value + (c - '0');
      return value;
    };
    const auto name = [&](std::size_t group) {
      return month_of(std::string_view(at[group].data(), at[group].size()));
    };
    std::optional<std::string> iso;
    if (!at[2].empty()) {
      int year = number(2);
      int month = number(3);
      int day = number(4);
      if (!at[5].empty() && month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month) &&
          number(5) + (is_summer(year, month, day) ? 2 : 1) >= 24) {
        if (++day > days_in(year, month)) {
          day = 1;
          if (++month > 12) {
            month = 1;
            ++year;
          }
        }
      }
      iso = iso_day(year, month, day);
    } else if (!at[6].empty()) {
      iso = iso_day(number(8), number(7), number(6));
    } else if (!at[9].empty()) {
      // 26/12/2019 is a day, 04/05/2019 may be two.
      const int first = number(9);
      const int second = number(10);
      if (first > 12 || first == second) iso = iso_day(number(11), second, first);
      if (second > 12) iso = iso_day(number(11), first, second);
    } else if (!at[12].empty()) {
      iso = iso_day(number(14), name(13), number(12));
    } else if (!at[15].empty()) {
      iso = iso_day(number(17), name(15), number(16));
    } else if (!at[18].empty()) {
      iso = iso_day(number(20), number(19), number(18));
    }
    const auto begin = static_cast<std::size_t>(at[1].data() - text.data());
    const std::size_t end = begin + at[1].size();
    if (iso) found.push_back({std::move(*iso), begin, end});
    from = std::max(end, from + 1);
  }
  return found;
}

std::optional<std::string> first_day_in(std::string_view text) {
  const std::vector<DayInText> days = days_in_text(text.substr(0, 400));
  if (days.empty()) return std::nullopt;
  return days.front().iso;
}

}  // namespace fundstelle
