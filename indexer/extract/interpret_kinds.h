// SPDX-License-Identifier: GPL-3.0-or-later
//
// Steps for papers told by their kind: issuers found in the text, plain text.
#pragma once

#include "extract/interpret_paper.h"

namespace fundstelle {

/// Behind the list of movers that follows the type line ("der Abgeordneten … und der Fraktion …",
/// "durch die Bundesregierung", "des Petitionsausschusses"): where a title may begin.
[[nodiscard]] std::uint32_t behind_movers(const Paper& paper, std::uint32_t type_end);

/// Whose government or parliament speaks, from who is named in the text: only if one Land, or the
/// Bund, is named as acting and no other.
void read_body_from_mentions(Paper& paper);

/// The Land named most and clearly in the text, as it is called ("Mecklenburg-Vorpommern"); empty:
/// none.
[[nodiscard]] std::string land_of_text(const Paper& paper);

/// Title and nothing else for text of an unknown kind.
void read_plain(Paper& paper);

}  // namespace fundstelle
