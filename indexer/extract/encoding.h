// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bytes become clean UTF-8, deciding on the encoding as browsers do.
#pragma once

#include <string>
#include <string_view>

namespace fundstelle {

struct DecodedText {
  std::string utf8;      ///< valid UTF-8 without byte order mark; damaged bytes are U+FFFD
  std::string encoding;  ///< "utf-8", "windows-1252", …
  bool damaged = false;  ///< something had to become U+FFFD
};

/// Byte order mark, else UTF-16 by its zero bytes, else UTF-8 if valid (or nearly), else `declared`
/// (a label from a meta tag or XML declaration; Latin-1 means windows-1252, WHATWG Encoding), else
/// windows-1252. A wrong declaration never beats valid UTF-8; one that no browser knows (UTF-7) is
/// ignored. Text that was encoded twice ("fÃ¼r") stays as it stands: that is what the page shows.
[[nodiscard]] DecodedText decode_text(std::string_view bytes, std::string_view declared = {});

/// What extraction promises about text: NFC, ligature code points opened, C1 controls read as
/// windows-1252, no-break and odd blanks and hyphens made plain, other controls and invisible marks
/// removed.
/// Newlines are "\n"; tab and form feed stay. U+00AD stays (the caller knows about line ends).
/// Takes valid UTF-8.
[[nodiscard]] std::string clean_text(std::string_view utf8);

/// Runs of blanks and newlines become one blank; none at the ends.
[[nodiscard]] std::string squeeze_blanks(std::string_view text);

}  // namespace fundstelle
