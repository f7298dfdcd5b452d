// SPDX-License-Identifier: GPL-3.0-or-later
//
// A text with its atoms: what the rules of gender, hyphens, abbreviations and citations look at.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/fold.h"

namespace fundstelle::text {

struct Scan {
  explicit Scan(std::string_view whole) : text(whole), atoms(scan_atoms(whole)) {}

  [[nodiscard]] std::size_t size() const { return atoms.size(); }
  [[nodiscard]] std::string_view raw(std::size_t i) const {
    return text.substr(atoms[i].begin, atoms[i].end - atoms[i].begin);
  }
  [[nodiscard]] std::string folded(std::size_t i) const { return fold_letters(raw(i)); }
  /// Text between atom i and the next; to the end of the text after the last.
  [[nodiscard]] std::string_view gap_after(std::size_t i) const {
    const std::size_t begin = atoms[i].end;
    const std::size_t end = i + 1 < atoms.size() ? atoms[i + 1].begin : text.size();
    return text.substr(begin, end - begin);
  }
  /// Text between atom i and the one before; from the start of the text before the first.
  [[nodiscard]] std::string_view gap_before(std::size_t i) const {
    const std::size_t begin = i > 0 ? atoms[i - 1].end : 0;
    return text.substr(begin, atoms[i].begin - begin);
  }

  std::string_view text;
  std::vector<Atom> atoms;
};

/// Bytes of the hyphen `text` begins with: "-", U+2010 or U+2011; 0 if none.
[[nodiscard]] inline std::size_t hyphen_at_start(std::string_view text) {
  if (text.starts_with('-')) return 1;
  if (text.starts_with("\u2010") || text.starts_with("\u2011")) return 3;
  return 0;
}

/// The same for its end.
[[nodiscard]] inline std::size_t hyphen_at_end(std::string_view text) {
  if (text.ends_with('-')) return 1;
  if (text.ends_with("\u2010") || text.ends_with("\u2011")) return 3;
  return 0;
}

/// `text` is nothing but one hyphen: the two atoms around it are one printed word.
[[nodiscard]] inline bool is_hyphen(std::string_view text) {
  return !text.empty() && hyphen_at_start(text) == text.size();
}

}  // namespace fundstelle::text
