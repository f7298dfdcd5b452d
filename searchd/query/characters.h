// SPDX-License-Identifier: GPL-3.0-or-later
//
// Characters as the parser sees them: what is a blank, a quotation mark, a letter.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fundstelle::query {

/// A code point and its length in bytes.
struct Character {
  char32_t code = 0;
  std::size_t bytes = 1;
};
/// The code point at `at`; a byte that begins no UTF-8 sequence stands for itself.
[[nodiscard]] Character character_at(std::string_view text, std::size_t at);

/// Text without what cannot be seen: marks of direction, joiners and soft hyphens go, control
/// characters and bytes that are not UTF-8 become blanks.
[[nodiscard]] std::string visible(std::string_view text);

[[nodiscard]] bool is_blank(char32_t c);
[[nodiscard]] bool is_digit(char c);
/// A letter or digit of any script, roughly: above ASCII all but the known signs.
[[nodiscard]] bool is_letter_or_digit(char32_t c);
/// The character that begins at `at` is one; false at the end of the text.
[[nodiscard]] bool letter_at(std::string_view text, std::size_t at);
/// "-" and the hyphens and the minus sign that typesetting puts in its place; no dashes.
[[nodiscard]] bool is_minus(char32_t c);

/// Closing marks that end a phrase opened by `open`; empty: `open` is no quotation mark.
[[nodiscard]] std::u32string_view closers_of(char32_t open);
/// Marks that are apostrophes unless they stand at the edge of a word (geht's, Hans’).
[[nodiscard]] bool is_single_quote(char32_t c);

[[nodiscard]] std::string lower_ascii(std::string_view text);
/// Runs of blanks become one space, none at the ends.
[[nodiscard]] std::string blanks_closed(std::string_view text);
[[nodiscard]] bool only_blanks(std::string_view text);

}  // namespace fundstelle::query
