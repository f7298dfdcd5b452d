// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/schema.h"

#include <chrono>
#include <cstdio>

#include "schema/wire.h"

namespace fundstelle::schema {
namespace {

/// First byte of a packed passage; another layout gets another number.
constexpr char kPassageFormat = 2;

bool digits_at(std::string_view text, std::size_t from, std::size_t count, std::uint32_t& value) {
  if (text.size() < from + count) return false;
  value = 0;
  for (const char c : text.substr(from, count)) {
    if (c < '0' || c > '9') return false;
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return true;
}

}  // namespace

std::string pack_u32(std::uint32_t value) {
  return {static_cast<char>(value >> 24U), static_cast<char>(value >> 16U),
          static_cast<char>(value >> 8U), static_cast<char>(value)};
}

std::uint32_t unpack_u32(std::string_view packed) {
  if (packed.size() != 4) return 0;
  std::uint32_t value = 0;
  for (const char c : packed) value = (value << 8U) | static_cast<unsigned char>(c);
  return value;
}

std::uint32_t date_value(std::string_view iso) {
  std::uint32_t year = 0;
  std::uint32_t month = 0;
  std::uint32_t day = 0;
  if (!digits_at(iso, 0, 4, year)) return 0;
  if (iso.size() == 4) return year * 10000;
  if (iso[4] != '-' || !digits_at(iso, 5, 2, month) || month > 12) return 0;
  if (iso.size() == 7) return year * 10000 + month * 100;
  if (iso[7] != '-' || !digits_at(iso, 8, 2, day) || day > 31) return 0;
  if (iso.size() > 10 && iso[10] != 'T' && iso[10] != ' ') return 0;
  return year * 10000 + month * 100 + day;
}

std::string iso_date(std::uint32_t value) {
  if (value == 0) return {};
  const std::uint32_t year = value / 10000 % 10000;
  const std::uint32_t month = value / 100 % 100;
  const std::uint32_t day = value % 100;
  char text[16];
  if (month == 0) {
    std::snprintf(text, sizeof text, "%04u", year);
  } else if (day == 0) {
    std::snprintf(text, sizeof text, "%04u-%02u", year, month);
  } else {
    std::snprintf(text, sizeof text, "%04u-%02u-%02u", year, month, day);
  }
  return text;
}

std::uint32_t time_value(std::string_view iso) {
  std::uint32_t hour = 0, minute = 0, second = 0;
  const std::uint32_t date = iso.size() == 20 ? date_value(iso) : 0;
  if (date == 0 || iso[10] != 'T' || iso[13] != ':' || iso[16] != ':' || iso[19] != 'Z' ||
      !digits_at(iso, 11, 2, hour) || !digits_at(iso, 14, 2, minute) ||
      !digits_at(iso, 17, 2, second)) {
    return 0;
  }
  const std::chrono::year_month_day day{std::chrono::year(static_cast<int>(date / 10000)),
                                        std::chrono::month(date / 100 % 100),
                                        std::chrono::day(date % 100)};
  if (!day.ok()) return 0;
  const std::int64_t seconds =
      std::chrono::sys_days(day).time_since_epoch().count() * std::int64_t{86400} +
      std::int64_t{hour} * 3600 + std::int64_t{minute} * 60 + second;
  return seconds < 0 || seconds > UINT32_MAX ? 0 : static_cast<std::uint32_t>(seconds);
}

std::string iso_time(std::uint32_t seconds) {
  if (seconds == 0) return {};
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(seconds / 86400))};
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02u:%02u:%02uZ", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
  return text;
}

const char* to_string(PassageKind kind) {
  switch (kind) {
    case PassageKind::kHeaded:
      return "part";
    case PassageKind::kQuestion:
      return "question";
    case PassageKind::kSpeech:
      return "speech";
    case PassageKind::kPage:
      break;
  }
  return "page";
}

std::string pack_zones(const std::vector<Zone>& zones) {
  std::string out;
  std::uint32_t last = 0;
  for (const Zone& zone : zones) {
    put_number(out, std::uint64_t{zone.begin - last} * 2 + (zone.answer ? 1 : 0));
    put_number(out, zone.end - zone.begin);
    last = zone.end;
  }
  return out;
}

std::vector<Zone> unpack_zones(std::string_view packed) {
  std::vector<Zone> zones;
  WireReader in(packed);
  std::uint32_t last = 0;
  while (!in.done()) {
    const std::uint64_t gap = in.number();
    Zone zone;
    zone.answer = gap % 2 != 0;
    zone.begin = last + static_cast<std::uint32_t>(gap / 2);
    zone.end = last = zone.begin + in.number32();
    zones.push_back(zone);
  }
  return zones;
}

std::string pack_passage(const Passage& passage) {
  std::string out;
  out.reserve(passage.text.size() + passage.heading.size() + 32);
  out.push_back(kPassageFormat);
  out.push_back(static_cast<char>(passage.kind));
  put_number(out, passage.labels.size());
  for (const std::string& label : passage.labels) put_text(out, label);
  put_text(out, passage.heading);
  put_number(out, passage.pieces.size());
  for (const Passage::Piece& piece : passage.pieces) {
    put_number(out, piece.page);
    put_number(out, piece.begin);
    put_number(out, piece.end - piece.begin);
  }
  put_text(out, pack_zones(passage.zones));
  out += passage.text;
  return out;
}

Passage unpack_passage(std::string_view packed) {
  if (packed.size() < 2 || packed[0] != kPassageFormat ||
      static_cast<unsigned char>(packed[1]) > static_cast<unsigned char>(PassageKind::kSpeech)) {
    throw WireError("stored passage has an unknown format");
  }
  Passage passage;
  passage.kind = static_cast<PassageKind>(packed[1]);
  WireReader in(packed.substr(2));
  for (std::size_t n = in.count(); n > 0; --n) passage.labels.emplace_back(in.text());
  passage.heading = in.text();
  for (std::size_t n = in.count(); n > 0; --n) {
    Passage::Piece piece;
    piece.page = in.number32();
    piece.begin = in.number32();
    piece.end = piece.begin + in.number32();
    passage.pieces.push_back(piece);
  }
  passage.zones = unpack_zones(in.text());
  passage.text = in.rest();
  return passage;
}

std::string label_key(std::string_view axis, std::string_view slug) {
  std::string key = "label:";
  key += axis;
  key += ':';
  key += slug;
  return key;
}

}  // namespace fundstelle::schema
