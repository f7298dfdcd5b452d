// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "query/characters.h"

namespace fundstelle::query {
namespace {

struct FieldName {
  std::string_view typed, canonical;
};
constexpr FieldName kFields[] = {
    {"titel", "titel"},
    {"title", "titel"},
    {"frage", "frage"},
    {"question", "frage"},
    {"antwort", "antwort"},
    {"answer", "antwort"},
    {"von", "von"},
    {"from", "von"},
    {"author", "von"},
    {"autor", "von"},
    {"urheber", "von"},
    {"name", "von"},
    {"fraktion", "fraktion"},
    {"group", "fraktion"},
    {"party", "fraktion"},
    {"partei", "fraktion"},
    {"ministerium", "ministerium"},
    {"ministry", "ministerium"},
    {"ressort", "ministerium"},
    {"typ", "typ"},
    {"type", "typ"},
    {"gremium", "gremium"},
    {"body", "gremium"},
    {"parlament", "gremium"},
    {"parliament", "gremium"},
    {"thema", "thema"},
    {"topic", "thema"},
    {"sachgebiet", "thema"},
    {"drs", "drs"},
    {"drucksache", "drs"},
    {"nummer", "drs"},
    {"number", "drs"},
    {"paper", "drs"},
    {"wp", "wp"},
    {"wahlperiode", "wp"},
    {"legislatur", "wp"},
    {"legislature", "wp"},
    {"term", "wp"},
    {"datum", "datum"},
    {"date", "datum"},
    {"jahr", "datum"},
    {"year", "datum"},
};

std::string two_digits(unsigned value) {
  std::string out = std::to_string(value);
  return out.size() < 2 ? "0" + out : out;
}

unsigned days_in(unsigned year, unsigned month) {
  constexpr unsigned kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

/// "april" is 4, also in three letters; 0: no month.
unsigned month_named(std::string_view name) {
  constexpr std::string_view kMonths[] = {"januar",    "februar", "märz",     "april",
                                          "mai",       "juni",    "juli",     "august",
                                          "september", "oktober", "november", "dezember"};
  std::string lower = lower_ascii(name);
  if (lower.ends_with('.')) lower.pop_back();
  if (lower == "maerz") return 3;
  for (unsigned i = 0; i < std::size(kMonths); ++i) {
    const std::size_t least = i == 2 ? 4 : 3;  // "mär" has four bytes
    if (lower.size() >= least && kMonths[i].starts_with(lower)) return i + 1;
  }
  return 0;
}

/// A date of whatever precision in its ISO form; nothing if there is no such day.
std::optional<std::string> iso(unsigned year, std::optional<unsigned> month = {},
                               std::optional<unsigned> day = {}) {
  if (year < 1000 || year > 9999) return std::nullopt;
  if (month && (*month < 1 || *month > 12)) return std::nullopt;
  if (day && (*day < 1 || *day > days_in(year, *month))) return std::nullopt;
  std::string out = std::to_string(year);
  if (month) out += "-" + two_digits(*month);
  if (day) out += "-" + two_digits(*day);
  return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

/// "April 2021", "6. April 2021".
std::optional<std::string> iso_of_words(std::string_view typed) {
  std::vector<std::string_view> words = split(typed, ' ');
  if (words.size() < 2 || words.size() > 3) return std::nullopt;
  const auto year = number_of(words.back());
  const unsigned month = month_named(words[words.size() - 2]);
  if (!year || month == 0) return std::nullopt;
  if (words.size() == 2) return iso(*year, month);
  if (words[0].ends_with('.')) words[0].remove_suffix(1);
  const auto day = number_of(words[0]);
  if (!day) return std::nullopt;
  return iso(*year, month, *day);
}

/// "2021", "2021-04", "2021-04-06" (also 6.4.2021, 04.2021) as an ISO date of that precision.
std::optional<std::string> iso_of(std::string_view typed) {
  if (typed.find(' ') != std::string_view::npos) {
    if (auto read = iso_of_words(typed)) return read;
  }
  std::string joined;  // "6. 4. 2021"
  for (const char c : typed) {
    if (c != ' ') joined += c;
  }
  const char separator = joined.find('.') != std::string::npos ? '.' : '-';
  std::vector<std::string_view> parts = split(joined, separator);
  if (parts.size() > 3) return std::nullopt;
  if (separator == '.') std::reverse(parts.begin(), parts.end());
  std::array<unsigned, 3> values{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto value = number_of(parts[i]);
    if (!value || parts[i].size() > (i == 0 ? 4U : 2U)) return std::nullopt;
    values[i] = *value;
  }
  if (parts[0].size() != 4) return std::nullopt;
  if (parts.size() == 1) return iso(values[0]);
  if (parts.size() == 2) return iso(values[0], values[1]);
  return iso(values[0], values[1], values[2]);
}

/// One end of a range in normal form; nothing if it is neither a date nor a Wahlperiode.
std::optional<std::string> range_end(std::string_view field, std::string_view typed) {
  if (typed.empty()) return std::string();
  if (field == "datum") return iso_of(typed);
  if (typed.ends_with('.')) typed.remove_suffix(1);
  const auto value = number_of(typed);
  if (!value || *value > 999) return std::nullopt;
  return std::to_string(*value);
}

bool before(std::string_view field, const std::string& a, const std::string& b) {
  if (field == "wp") return number_of(a) < number_of(b);
  return a.substr(0, b.size()) < b.substr(0, a.size());
}

std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t k = 0; k < row.size(); ++k) row[k] = k;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const std::size_t above = row[k];
      row[k] = std::min({above + 1, row[k - 1] + 1, diagonal + (a[i - 1] == b[k - 1] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

std::string_view field_of(std::string_view name) {
  const std::string lower = lower_ascii(name);
  for (const FieldName& field : kFields) {
    if (lower == field.typed) return field.canonical;
  }
  return {};
}

std::string_view nearest_field(std::string_view name) {
  if (name.size() < 4 || name.size() > 16) return {};
  const std::string lower = lower_ascii(name);
  for (const FieldName& field : kFields) {
    if (field.typed.size() >= 4 && edits(lower, field.typed) == 1) return field.typed;
  }
  return {};
}

std::optional<unsigned> number_of(std::string_view digits) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::optional<Range> read_range(std::string_view field, std::string_view typed) {
  std::string_view from = typed, to = typed;
  int exclusive = 0;  // 1: later than, -1: earlier than
  const auto cut_at = [&](std::size_t at, std::size_t width) {
    from = typed.substr(0, at);
    to = typed.substr(at + width);
  };
  if (const std::size_t dots = typed.find(".."); dots != std::string_view::npos) {
    cut_at(dots, typed.substr(dots).starts_with("...") ? 3 : 2);
  } else if (const std::size_t ellipsis = typed.find("…"); ellipsis != std::string_view::npos) {
    cut_at(ellipsis, std::string_view("…").size());
  } else if (const std::size_t dash = typed.find("–"); dash != std::string_view::npos) {
    cut_at(dash, std::string_view("–").size());
  } else if (typed.starts_with('>') || typed.starts_with('<')) {
    const bool later = typed[0] == '>';
    const bool inclusive = typed.size() > 1 && typed[1] == '=';
    const std::string_view end = typed.substr(inclusive ? 2 : 1);
    from = later ? end : std::string_view();
    to = later ? std::string_view() : end;
    if (!inclusive) exclusive = later ? 1 : -1;
  } else if (field == "datum" && typed.size() == 9 && typed[4] == '-') {
    cut_at(4, 1);
  } else if (field == "wp" && typed.find('-') != std::string_view::npos) {
    cut_at(typed.find('-'), 1);
  }
  auto first = range_end(field, blanks_closed(from));
  auto last = range_end(field, blanks_closed(to));
  if (!first || !last || (first->empty() && last->empty())) return std::nullopt;
  if (exclusive != 0) {
    // Whole years and Wahlperioden move by one; a day or month is taken as it stands.
    std::string& end = exclusive > 0 ? *first : *last;
    if (const auto number = number_of(end); number && *number > 0) {
      const std::string moved = std::to_string(static_cast<int>(*number) + exclusive);
      if (range_end(field, moved)) end = moved;
    }
  }
  Range range{std::move(*first), std::move(*last)};
  if (!range.from.empty() && !range.to.empty() && before(field, range.to, range.from)) {
    std::swap(range.from, range.to);
    range.swapped = true;
  }
  return range;
}

}  // namespace fundstelle::query
