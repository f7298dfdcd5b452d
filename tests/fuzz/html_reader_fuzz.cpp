// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any bytes as a web page: read, interpreted, written as a record.
//
// Rooms: extract document
#include "checks.h"
#include "extract/extract.h"
#include "extract/interpret.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fundstelle;
  const SourceText source = read_html(fuzz::as_text(data, size));
  Document document = interpret(source);
  document.id = "f-0";
  fuzz::check(document);
  return 0;
}
