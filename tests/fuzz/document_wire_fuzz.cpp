// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a broken reading child may send: taken apart without harm, and whole messages come back the
// same.
//
// Rooms: extract document
#include "checks.h"
#include "extract/document_wire.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fundstelle;
  if (const auto extraction = from_wire(fuzz::as_text(data, size))) {
    const std::string again = to_wire(*extraction);
    const auto back = from_wire(again);
    fuzz::require(back.has_value() && to_wire(*back) == again, "a message reads back as written");
  }
  return 0;
}
