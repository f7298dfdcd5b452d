// SPDX-License-Identifier: GPL-3.0-or-later
//
// Texts compared without blanks, punctuation and case: a heading with its entry in an outline.
#pragma once

#include <string>
#include <string_view>

namespace fundstelle {

/// ASCII letters and digits; all bytes of other letters count.
[[nodiscard]] constexpr bool is_bare(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') ||
         (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

[[nodiscard]] inline std::string bare_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_bare(c)) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return out;
}

}  // namespace fundstelle
