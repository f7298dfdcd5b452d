// SPDX-License-Identifier: GPL-3.0-or-later
//
// JSON that is written without a tree: a million short values cost more to build than to write.
#pragma once

#include <string>
#include <string_view>

namespace fundstelle {

/// A text as a JSON string. What is no UTF-8 becomes U+FFFD.
void append_json(std::string& out, std::string_view text);

[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace fundstelle
