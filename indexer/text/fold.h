// SPDX-License-Identifier: GPL-3.0-or-later
//
// Letters: reading UTF-8, finding runs of letters and digits, folding them to the form terms have.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fundstelle::text {

/// One code point; bytes is 0 at the end of the text or where the bytes are not UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::uint32_t bytes = 0;
};
[[nodiscard]] CodePoint decode(std::string_view text, std::size_t at);

/// A run of letters and digits with the soft hyphens, joiners, combining marks and inner
/// apostrophes printed in it. Everything between two atoms is punctuation, blanks or not UTF-8.
struct Atom {
  std::uint32_t begin = 0, end = 0;  ///< bytes into the scanned text
  bool digits = false;               ///< only ASCII digits
  bool plain = false;                ///< only ASCII letters and digits
};
[[nodiscard]] std::vector<Atom> scan_atoms(std::string_view text);

/// Lower case; composed; ß=ss, ä=ae, ö=oe, ü=ue, ø=oe, æ=ae; other accents dropped; ligatures
/// opened, soft hyphens and apostrophes removed. Decomposed input gives the same. Punctuation
/// stays.
[[nodiscard]] std::string fold_letters(std::string_view raw);

/// "fluechtling" gives "fluchtling": ae, oe, ue lose their e except where the pair cannot be an
/// umlaut (after a vowel or q: neue, quelle, treue). Works on folded text only, so that ü and ue
/// have one blind form. The word itself if nothing changes.
[[nodiscard]] std::string without_umlauts(std::string_view folded);

/// The first letter is upper case (A-Z, or a letter ICU calls upper case).
[[nodiscard]] bool starts_upper(std::string_view raw);
/// Two letters or more and none of them lower case ("BAMF", "CO2").
[[nodiscard]] bool all_upper(std::string_view raw);

}  // namespace fundstelle::text
