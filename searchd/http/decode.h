// SPDX-License-Identifier: GPL-3.0-or-later
//
// Percent-decoding. Pistache hands out keys, values and paths exactly as they came over the wire.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fundstelle::http {

enum class Plus { kIsBlank, kIsPlus };  ///< "+" in a query; in a path it is itself
/// Line ends and tabs in a value: of one line, or of text somebody pasted. There, other control
/// characters become blanks, for clipboards of PDF viewers hold some.
enum class Lines { kAreBlanks, kStay };

/// Decoded text, guaranteed to be UTF-8 without control characters (tab and line ends become
/// blanks). Nothing for "%" without two hex digits, for bytes that are not UTF-8 (overlong forms
/// and surrogates included) and for other control characters.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view encoded, Plus plus,
                                                        Lines lines = Lines::kAreBlanks);

}  // namespace fundstelle::http
