// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/json_writer.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>

#include "document/utf8.h"

namespace fundstelle {

namespace {

/// Whether one of eight bytes is no ASCII or has to be escaped. Byte by byte in one number: where a
/// byte is below n, taking n away from it borrows its highest bit.
bool is_plain(const char* eight) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U, kHighest = 0x8080808080808080U;
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, eight, sizeof bytes);
  const std::uint64_t quotes = bytes ^ (kOnes * '"'), slashes = bytes ^ (kOnes * '\\');
  return ((bytes | (bytes - kOnes * 0x20) | (quotes - kOnes) | (slashes - kOnes)) & kHighest) == 0;
}

}  // namespace

void append_json(std::string& out, std::string_view text) {
  const std::size_t before = out.size();
  out += '"';
  std::size_t copied = 0;
  const auto escape = [&](std::size_t at, std::string_view as) {
    out += text.substr(copied, at - copied);
    out += as;
    copied = at + 1;
  };
  for (std::size_t at = 0; at < text.size();) {
    if (at + 8 <= text.size() && is_plain(text.data() + at)) {
      at += 8;
      continue;
    }
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 0x80) {
      const std::size_t bytes = utf8_sequence_at(text, at);
      if (bytes == 0) {
        out.resize(before);
        out += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        return;
      }
      at += bytes;
      continue;
    }
    if (c < 0x20 || c == '"' || c == '\\') {
      switch (c) {
        case '"':
          escape(at, "\\\"");
          break;
        case '\\':
          escape(at, "\\\\");
          break;
        case '\b':
          escape(at, "\\b");
          break;
        case '\t':
          escape(at, "\\t");
          break;
        case '\n':
          escape(at, "\\n");
          break;
        case '\f':
          escape(at, "\\f");
          break;
        case '\r':
          escape(at, "\\r");
          break;
        default: {
          constexpr char kHex[] = "0123456789abcdef";
          const char code[] = {'\\', 'u', '0', '0', kHex[c >> 4U], kHex[c & 0xFU]};
          escape(at, std::string_view(code, sizeof code));
        }
      }
    }
    ++at;
  }
  out += text.substr(copied);
  out += '"';
}

JsonWriter& JsonWriter::real(double number) {
  const double size = std::abs(number);
  // Beyond this with an exponent, or, if it is no number, null.
  if (!(size >= 1e-4 && size < 1e15) && number != 0) return raw(nlohmann::json(number).dump());
  char digits[40];
  char* end =
      std::to_chars(digits, digits + sizeof digits - 2, number, std::chars_format::fixed).ptr;
  if (std::find(digits, end, '.') == end) end = std::copy_n(".0", 2, end);
  return raw({digits, static_cast<std::size_t>(end - digits)});
}

}  // namespace fundstelle
