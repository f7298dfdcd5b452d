// SPDX-License-Identifier: GPL-3.0-or-later
//
// Citations of law, kept whole: "§ 16a AufenthG" is §16a and §16a aufenthg; "Art. 3 Abs. 2 GG" is
// art3, art3 abs2, art3 gg and art3 abs2 gg, however it is printed (Artikel 3 Absatz 2 des
// Grundgesetzes). Lists give one citation each (§§ 3, 4 und 5 AsylG).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "text/abbreviations.h"
#include "text/scan.h"

namespace fundstelle::text {

struct CitedProvision {
  std::size_t atom = 0;            ///< the number's
  bool implied = false;            ///< inside a range: § 4 of "§§ 3 bis 5"
  std::vector<std::string> terms;  ///< the widest first ("§16a"), the narrowest last
                                   ///< ("§16a abs2 aufenthg")
};

struct Citation {
  std::vector<CitedProvision> provisions;  ///< empty: none begins here
  std::uint32_t begin = 0, end = 0;        ///< from § or Art. to the law's name
  std::size_t next = 0;                    ///< first atom after it
};

/// The citation whose first number is atom i (after "§"), or that begins with atom i ("Art.",
/// "Artikel").
[[nodiscard]] Citation read_citation(const Scan& scan, std::size_t i,
                                     const Abbreviations& abbreviations);

/// Atom i may begin a citation; cheap, asked of every atom.
[[nodiscard]] bool may_begin_citation(const Scan& scan, std::size_t i);

}  // namespace fundstelle::text
