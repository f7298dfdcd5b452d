// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any bytes as a PDF. Poppler itself is not instrumented: what is looked for are faults of ours in
// what it hands over (boxes, fonts, outlines, odd characters).
//
// Rooms: extract document
#include "checks.h"
#include "extract/extract.h"
#include "extract/interpret.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fundstelle;
  const PdfText pdf = read_pdf(fuzz::as_text(data, size));
  if (pdf.state != ExtractState::kOk && pdf.state != ExtractState::kNeedsOcr) return 0;
  Document document = interpret(pdf.text);
  document.id = "f-0";
  fuzz::check(document);
  return 0;
}
