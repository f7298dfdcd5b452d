// SPDX-License-Identifier: GPL-3.0-or-later
//
// Numbers of parliamentary papers in every printed form, and their one canonical form.
//
// Grammar: optional "zu", digits (or a roman term), optional "/sub", "/" digits, then any of (B),
// (Beschluss), (neu), (neuN), (N), S, with blanks, zero padding and spaced thousands allowed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fundstelle {

struct DrucksacheNumber {
  std::uint32_t term = 0;    ///< Wahlperiode; for the Bundesrat the running number
  std::uint32_t number = 0;  ///< running number; for the Bundesrat the two-digit year
  std::uint32_t sub = 0;     ///< sub-paper as in 30/1/86 (then 1); 0: none
  std::string suffix;        ///< canonical: "", "neu", "neu2", "b", "2", "s"; several joined by "-"
  bool to = false;           ///< printed with "zu"

  /// "19/10006", "30/1/86", "458/85(b)": lower case, no blanks, no zero padding.
  [[nodiscard]] std::string canonical() const;
};

/// The whole text is one number ("19 / 10 006", "IV/3229", "08/980", "zu529/85(B)"); else nothing.
[[nodiscard]] std::optional<DrucksacheNumber> parse_drucksache_number(std::string_view text);

struct NumberInText {
  DrucksacheNumber number;
  std::uint32_t byte_begin = 0, byte_end = 0;
};

/// Every number in running text that is one by its form or by a label before it (Drucksache, Drs.,
/// BT-Drs. …, also in lists). Not numbers: "Seite 2/4", "11/2024", "24/7", "Art. 5/6", dates.
[[nodiscard]] std::vector<NumberInText> find_drucksache_numbers(std::string_view text);

/// Same, but only numbers a label introduces: what a paper really cites.
[[nodiscard]] std::vector<NumberInText> find_cited_drucksache_numbers(std::string_view text);

}  // namespace fundstelle
