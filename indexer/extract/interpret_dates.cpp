// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/interpret_dates.h"

#include <array>
#include <cstdio>

namespace fundstelle {
namespace {

constexpr const char* kMonthPattern =
    "(?:Januar|Jänner|Februar|März|Maerz|April|Mai|Juni|Juli|August|September|Oktober|November|"
    "Dezember|"
    "Jan\\.?|Feb\\.?|Mrz\\.?|Mär\\.?|Apr\\.?|Jun\\.?|Jul\\.?|Aug\\.?|Sept\\.?|Sep\\.?|Okt\\.?|"
    "Nov\\.?|Dez\\.?)";

int month_number(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kStarts = {
      "jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"};
  std::string lower;
  for (char c : name) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  if (lower.starts_with("jän")) return 1;
  if (lower.starts_with("mrz") || lower.starts_with("mae") || lower.starts_with("mÄ")) return 3;
  for (std::size_t i = 0; i < kStarts.size(); ++i) {
    if (lower.starts_with(kStarts[i])) return static_cast<int>(i) + 1;
  }
  return 0;
}

std::optional<std::string> iso(int year, int month, int day) {
  if (year < 100) year += year < 49 ? 2000 : 1900;
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1848 || year > 2100 || month < 1 || month > 12 || day < 1) return std::nullopt;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (day > kDays[static_cast<std::size_t>(month - 1)] + (leap && month == 2 ? 1 : 0))
    return std::nullopt;
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", year, month, day);
  return std::string(text.data());
}

}  // namespace

bool is_month(std::string_view word) {
  static const RE2 month(std::string("(?i)") + kMonthPattern);
  return RE2::FullMatch(re2::StringPiece(word.data(), word.size()), month);
}

const std::string& date_pattern() {
  static const std::string pattern = std::string(
                                         "(?:\\d{4}-\\d{2}-\\d{2}|\\d{1,2}\\.\\s{0,2}(?:\\d{1,2}\\."
                                         "\\s{0,2}(?:\\d{4}|\\d{2})|(?i:") +
                                     kMonthPattern + ")\\s{1,3}\\d{4}))";
  return pattern;
}

std::optional<std::string> parse_date(std::string_view printed) {
  const re2::StringPiece text(printed.data(), printed.size());
  int day = 0;
  int month = 0;
  int year = 0;
  static const RE2 machine("\\s*(\\d{4})-(\\d{2})-(\\d{2})(?:[T ].*)?\\s*");
  if (RE2::FullMatch(text, machine, &year, &month, &day)) return iso(year, month, day);
  static const RE2 numeric("\\s*(\\d{1,2})\\.\\s*(\\d{1,2})\\.\\s*(\\d{4}|\\d{2})\\s*");
  if (RE2::FullMatch(text, numeric, &day, &month, &year)) return iso(year, month, day);
  static const RE2 named(std::string("(?i)\\s*(\\d{1,2})\\.\\s*(") + kMonthPattern +
                         ")\\s*(\\d{4})\\s*");
  std::string name;
  if (RE2::FullMatch(text, named, &day, &name, &year)) return iso(year, month_number(name), day);
  return std::nullopt;
}

std::vector<DateInText> find_dates(const Paper& paper, Range where) {
  static const RE2 date("(?m)(?:^|[^\\d.])(" + date_pattern() + ")(?:$|[^\\d])");
  std::vector<DateInText> found;
  Range at;
  Range value;
  while (where.begin < where.end && paper.find(date, where, &at, &value)) {
    if (auto text = parse_date(paper.in(value))) found.push_back({*text, value});
    where.begin = value.end;
  }
  return found;
}

std::vector<DateInText> find_date_pairs(const Paper& paper, Range where) {
  static const RE2 pair(
      std::string("(?i)\\b(\\d{1,2})\\.\\s?(?:und|bis|/|–|-|,)\\s?(\\d{1,2}\\.\\s*") +
      kMonthPattern + "\\s+\\d{4})");
  std::vector<DateInText> found;
  Range at;
  Range first;
  Range last;
  while (where.begin < where.end && paper.find(pair, where, &at, &first, &last)) {
    const std::string second(paper.in(last));
    if (const auto end = parse_date(second)) {
      const std::size_t dot = second.find('.');
      if (const auto begin = parse_date(std::string(paper.in(first)) + second.substr(dot))) {
        found.push_back({*begin, at});
        found.push_back({*end, at});
      }
    }
    where.begin = at.end;
  }
  return found;
}

}  // namespace fundstelle
