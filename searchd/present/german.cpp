// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/german.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <optional>

namespace fundstelle::present {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"Januar",    "Februar", "März",     "April",
                                                   "Mai",       "Juni",    "Juli",     "August",
                                                   "September", "Oktober", "November", "Dezember"};

std::optional<unsigned> digits(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string german_count(std::uint64_t value) {
  std::string text = std::to_string(value);
  for (std::size_t place = text.size(); place > 3;) {
    place -= 3;
    text.insert(place, ".");
  }
  return text;
}

std::string german_date(std::string_view iso) {
  const auto year = iso.size() >= 4 ? digits(iso.substr(0, 4)) : std::nullopt;
  if (!year) return std::string(iso);
  if (iso.size() == 4) return std::string(iso);
  const auto month = iso.size() >= 7 && iso[4] == '-' ? digits(iso.substr(5, 2)) : std::nullopt;
  if (!month || *month < 1 || *month > 12) return std::string(iso);
  const std::string month_year =
      std::string(kMonths[*month - 1]) + " " + std::string(iso.substr(0, 4));
  if (iso.size() == 7) return month_year;
  const auto day = iso.size() >= 10 && iso[7] == '-' ? digits(iso.substr(8, 2)) : std::nullopt;
  if (!day || *day < 1 || *day > 31) return std::string(iso);
  return std::to_string(*day) + ". " + month_year;
}

std::string short_date(std::uint32_t yyyymmdd) {
  char text[40];
  std::snprintf(text, sizeof text, "%u.%u.%u", yyyymmdd % 100, yyyymmdd / 100 % 100,
                yyyymmdd / 10000);
  return text;
}

std::string counted(std::uint64_t value, std::string_view one, std::string_view many) {
  return german_count(value) + " " + std::string(value == 1 ? one : many);
}

std::string german_bytes(std::uint64_t bytes) {
  if (bytes < 1024) return std::to_string(bytes) + " Byte";
  if (bytes < 1024 * 1024) return std::to_string((bytes + 512) / 1024) + " KB";
  char text[32];
  std::snprintf(text, sizeof text, "%.1f MB", static_cast<double>(bytes) / (1024.0 * 1024.0));
  std::string german = text;
  for (char& c : german) {
    if (c == '.') c = ',';
  }
  return german;
}

}  // namespace fundstelle::present
