// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any bytes under any declared encoding become clean, valid UTF-8. The first line is the label.
//
// Rooms: extract document
#include "checks.h"
#include "document/utf8.h"
#include "extract/encoding.h"
#include "extract/extract.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fundstelle;
  std::string_view bytes = fuzz::as_text(data, size);
  const std::size_t line = bytes.find('\n');
  std::string_view label;
  if (line < 40) {
    label = bytes.substr(0, line);
    bytes.remove_prefix(line + 1);
  }
  const DecodedText decoded = decode_text(bytes, label);
  fuzz::require(is_utf8(decoded.utf8), "decoded text is UTF-8");
  const std::string clean = clean_text(decoded.utf8);
  fuzz::require(is_utf8(clean), "clean text is UTF-8");
  fuzz::require(clean_text(clean) == clean, "clean text stays as it is");
  fuzz::require(is_utf8(squeeze_blanks(clean)), "squeezed text is UTF-8");
  static_cast<void>(sniff(bytes, label));
  return 0;
}
