// SPDX-License-Identifier: GPL-3.0-or-later
//
// Under which heading readers look for a body: parliaments by level, then those who publish beside
// them.
#pragma once

#include <cstdint>
#include <string_view>

namespace fundstelle {

/// In the order pages show them.
enum class BodyLevel : std::uint8_t {
  kBund,     ///< Bundestag, Bundesrat and what they form together
  kLand,     ///< parliaments of the Länder
  kKommune,  ///< councils and administrations of towns, districts, counties
  kEuropa,
  kGovernment,  ///< governments, ministries, agencies
  kParty,       ///< parties, their groups and foundations
  kOther,
};
inline constexpr std::size_t kBodyLevels = 7;

/// By the identity tables; a slug made from a print is judged by its words ("stadt-karlsruhe",
/// "spd-fraktion-im-landtag-nordrhein-westfalen"). kOther if nothing tells.
[[nodiscard]] BodyLevel body_level(std::string_view slug);

/// "Bund", "Länder", "Kommunen", …
[[nodiscard]] std::string_view label_of(BodyLevel level);

}  // namespace fundstelle
