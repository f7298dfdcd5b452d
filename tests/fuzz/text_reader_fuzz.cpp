// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any bytes as a paper saved as text or, by the first byte, Markdown. Every layout, every reader of
// questions, names and dates is behind this.
//
// Rooms: extract document
#include "checks.h"
#include "extract/extract.h"
#include "extract/interpret.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fundstelle;
  if (size == 0) return 0;
  const bool markdown = data[0] == '#' || data[0] == '-';
  const SourceText source = read_text(fuzz::as_text(data, size), markdown);
  Document document = interpret(source);
  document.id = "f-0";
  fuzz::check(document);
  return 0;
}
