// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names of houses as papers inflect them, and their plain form.
#pragma once

#include <string>
#include <string_view>

namespace fundstelle {

/// Nominative name of the house: "des Staatsministeriums des Innern, für Bau und Verkehr" gives
/// "Staatsministerium des Innern, für Bau und Verkehr"; a minister names his house ("der Minister
/// des Innern" gives "Ministerium des Innern", "Senatorin für Soziales" stays: the senator is the
/// house); a state chancellery is named whoever leads it. Articles, "des Landes …" and
/// abbreviations in brackets go. Blanks are collapsed, soft hyphens dropped. Text that names no
/// house comes back trimmed.
[[nodiscard]] std::string ministry_name(std::string_view printed);

/// True if the text names a ministry, chancellery, senate department or a whole government.
[[nodiscard]] bool names_house(std::string_view text);

}  // namespace fundstelle
