// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who asks or moves: "der Abgeordneten Dr. A, B und C (SPD), weiterer Abgeordneter und der Fraktion
// X" becomes names without titles and groups as printed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fundstelle {

struct Movers {
  std::vector<std::string> authors;
  std::vector<std::string> groups;
};

/// Reads one list of movers. Text that is no name (offices, other words) is passed over.
[[nodiscard]] Movers read_movers(std::string_view text);

/// "Dr. h. c. Thomas Sattelberger MdB" gives "Thomas Sattelberger"; "Curio, Gottfried, Dr." gives
/// "Gottfried Curio". Empty if it cannot be a person's name.
[[nodiscard]] std::string person_name(std::string_view printed);

/// RE2 source (one group free) of every group name as heads print it, longest first.
[[nodiscard]] const std::string& group_pattern();

/// Groups named in a text, as printed, each identity once.
[[nodiscard]] std::vector<std::string> find_groups(std::string_view text);

}  // namespace fundstelle
