// SPDX-License-Identifier: GPL-3.0-or-later
//
// Houses of the Länder. Their names change with every coalition; the first task they name rarely
// does. So a house is identified by Land and first-named portfolio: "Ministerium für Inneres und
// Europa" and "Innenministerium" of Mecklenburg-Vorpommern are both mv-innen.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "identity/identity.h"

namespace fundstelle {

struct LandHouse {
  std::string slug;   ///< "mv-innen"
  std::string label;  ///< "Innenministerium (Mecklenburg-Vorpommern)"
};

/// Every Land with every portfolio, in order of Länder.
[[nodiscard]] const std::vector<LandHouse>& land_houses();

/// Slug for a nominative house name (ministry_name.h) of a Land ("mv"), or empty: no portfolio
/// known.
[[nodiscard]] std::string land_house_slug(std::string_view house, std::string_view land);

/// Land named in the print ("Niedersächsisches Ministerium …" gives "ni"), or empty.
[[nodiscard]] std::string_view land_named(std::string_view printed);

}  // namespace fundstelle
