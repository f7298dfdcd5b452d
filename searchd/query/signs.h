// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the typed text consists of: words, phrases, fields and operators in a row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/parser.h"

namespace fundstelle::query {

enum class Sign : std::uint8_t {
  kWord,
  kPhrase,
  kPrefix,
  kField,  ///< its operand is the next sign
  kRange,
  kOpen,
  kClose,
  kAnd,
  kOr,
  kNot,
  kMust,
  kNear,
  kEnd,
};

struct Sym {
  Sign sign = Sign::kEnd;
  std::string text{}, text2{};
  std::string field{};             ///< canonical, for kField and kRange
  std::uint32_t distance = 0;      ///< for kNear
  std::size_t begin = 0, end = 0;  ///< bytes of the typed text
  bool spoken = false;             ///< operator written as a word: „NICHT“, not „-“
};

/// What was not used, and what might be typed instead.
struct Remarks {
  std::vector<std::string> ignored;
  std::vector<QueryOffer> offers;

  void ignore(std::string what) { ignored.push_back(std::move(what)); }
};

inline constexpr std::uint32_t kDefaultDistance = 10;
inline constexpr std::uint32_t kMaxDistance = 100;

/// Cuts text (visible(), not too long) into signs, kEnd excluded. Every collision between German
/// and the operators is decided here (collisions.h), so that the tree is built from a clean row.
[[nodiscard]] std::vector<Sym> read_signs(std::string_view text, Remarks& remarks);

}  // namespace fundstelle::query
