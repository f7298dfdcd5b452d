// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace fundstelle {

/// Well-formed UTF-8 as RFC 3629 defines it: no overlong forms, no halves of surrogate pairs.
[[nodiscard]] bool is_utf8(std::string_view text);

/// Bytes of the character at `at`, which is no ASCII; 0: there is none.
[[nodiscard]] std::size_t utf8_sequence_at(std::string_view text, std::size_t at);

}  // namespace fundstelle
