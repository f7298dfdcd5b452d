// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace fundstelle::present {

/// Text as content or quoted attribute of XML 1.0: valid UTF-8, no control characters, nothing that
/// could be markup.
[[nodiscard]] std::string xml_text(std::string_view text);

}  // namespace fundstelle::present
