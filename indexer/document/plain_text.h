// SPDX-License-Identifier: GPL-3.0-or-later
//
// Foreign text made fit for formats that end records at line ends or forbid characters.
#pragma once

#include <string>
#include <string_view>

namespace fundstelle {

/// Valid UTF-8 on one line: runs of white space and control characters become one blank, invalid
/// bytes U+FFFD; characters that reorder the text around them (bidi controls) are dropped. No blank
/// at either end.
[[nodiscard]] std::string plain_line(std::string_view text);

/// As plain_line, with line ends (LF) and tabs kept.
[[nodiscard]] std::string plain_text(std::string_view text);

}  // namespace fundstelle
