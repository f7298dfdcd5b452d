// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/json_writer.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>

#include "document/utf8.h"

namespace fundstelle {

namespace {

/// Which of eight bytes are no ASCII or have to be escaped: the lowest set bit is in the first of
/// them. All at once in one number: where a byte is below n, taking n away borrows its highest bit.
std::uint64_t special(std::uint64_t bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U, kHighest = 0x8080808080808080U;
  const std::uint64_t quotes = bytes ^ (kOnes * '"'), slashes = bytes ^ (kOnes * '\\');
  return (bytes | (bytes - kOnes * 0x20) | (quotes - kOnes) | (slashes - kOnes)) & kHighest;
}

constexpr std::size_t kNoUtf8 = std::string_view::npos;

/// The first byte from `at` on that has to be escaped, or the end.
std::size_t find_escape(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if constexpr (std::endian::native == std::endian::little) {
      std::uint64_t bytes = 0x2020202020202020U;
      const std::size_t count = std::min<std::size_t>(8, text.size() - at);
      if (count == 8) {
        std::memcpy(&bytes, text.data() + at, 8);
      } else {
        std::memcpy(&bytes, text.data() + at, count);
      }
      const std::uint64_t found = special(bytes);
      if (found == 0) {
        at += count;
        continue;
      }
      at += static_cast<std::size_t>(std::countr_zero(found)) / 8;
    }
    const auto c = static_cast<unsigned char>(text[at]);
    if (c < 0x20 || c == '"' || c == '\\') return at;
    const std::size_t length = c < 0x80 ? 1 : utf8_sequence_at(text, at);
    if (length == 0) return kNoUtf8;
    at += length;
  }
  return at;
}

/// Hands the string on in pieces. False: it is no UTF-8, and some pieces are handed on already.
template <typename Put>
bool quoted(std::string_view text, const Put& put) {
  put("\"");
  for (std::size_t begin = 0;;) {
    const std::size_t at = find_escape(text, begin);
    if (at == kNoUtf8) return false;
    put(text.substr(begin, at - begin));
    if (at == text.size()) break;
    switch (const char c = text[at]) {
      case '"':
        put("\\\"");
        break;
      case '\\':
        put("\\\\");
        break;
      case '\b':
        put("\\b");
        break;
      case '\t':
        put("\\t");
        break;
      case '\n':
        put("\\n");
        break;
      case '\f':
        put("\\f");
        break;
      case '\r':
        put("\\r");
        break;
      default: {
        constexpr char kHex[] = "0123456789abcdef";
        const char code[] = {'\\', 'u', '0', '0', kHex[(c >> 4) & 0xF], kHex[c & 0xF]};
        put(std::string_view(code, sizeof code));
      }
    }
    begin = at + 1;
  }
  put("\"");
  return true;
}

std::string repaired(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void append_json(std::string& out, std::string_view text) {
  const std::size_t before = out.size();
  if (quoted(text, [&out](std::string_view piece) { out += piece; })) return;
  out.resize(before);
  out += repaired(text);
}

void JsonWriter::quote(std::string_view text) {
  const std::size_t before = size_;
  if (quoted(text, [this](std::string_view piece) { put(piece); })) return;
  size_ = before;
  put(repaired(text));
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
