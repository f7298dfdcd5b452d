// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/plain_text.h"

#include <cstdint>

namespace fundstelle {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

/// The next character of UTF-8; U+FFFD for a byte that begins none (then only that byte is taken).
char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (length == 0 || lead > 0xF4 || at + length > text.size()) {
    ++at;
    return kReplacement;
  }
  char32_t character = length == 1 ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80) {
      ++at;
      return kReplacement;
    }
    character = character << 6 | (byte(at + i) & 0x3FU);
  }
  static constexpr char32_t kLowest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool sound = character >= kLowest[length] && character <= 0x10FFFF &&
                     (character < 0xD800 || character > 0xDFFF);
  at += sound ? length : 1;
  return sound ? character : kReplacement;
}

bool is_bidi_control(char32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

bool is_gap(char32_t c) {
  return c <= 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029;
}

/// Not allowed in XML, or no character at all.
bool is_no_character(char32_t c) { return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF); }

std::string cleaned(std::string_view text, bool keep_lines) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_character(text, at);
    if (keep_lines && (c == '\n' || c == '\t')) {
      out += static_cast<char>(c);
      gap = false;
      continue;
    }
    if (is_gap(c)) {
      gap = true;
      continue;
    }
    if (is_bidi_control(c)) continue;
    if (gap && !out.empty() && out.back() != '\n' && out.back() != '\t') out += ' ';
    gap = false;
    if (c == kReplacement || is_no_character(c)) {
      out += "\xEF\xBF\xBD";
    } else {
      out += text.substr(begin, at - begin);
    }
  }
  return out;
}

}  // namespace

std::string plain_line(std::string_view text) { return cleaned(text, false); }
std::string plain_text(std::string_view text) { return cleaned(text, true); }

}  // namespace fundstelle
