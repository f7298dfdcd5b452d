// SPDX-License-Identifier: GPL-3.0-or-later
//
// Captions that saving a page has printed several times over.
#pragma once

#include <string>
#include <string_view>

namespace fundstelle {

/// "A b c A b c A b c Quelle: X" -> "A b c Quelle: X": a phrase of three words or more that follows
/// itself at once is kept once. Repeated single words ("sehr, sehr") stay.
[[nodiscard]] std::string without_repeats(std::string_view paragraph);

}  // namespace fundstelle
