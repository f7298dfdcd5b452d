// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys under which spellings meet: NFKC, case folded, ä=ae, ß=ss, other accents off.
#pragma once

#include <string>
#include <string_view>

namespace fundstelle {

/// Letters and digits only; words parted by single '-': "Die Grünen/Bündnis 90" gives
/// "die-gruenen-buendnis-90". Invalid UTF-8 is skipped.
[[nodiscard]] std::string folded_words(std::string_view text);

/// The same without any '-'.
[[nodiscard]] std::string folded_key(std::string_view text);

}  // namespace fundstelle
