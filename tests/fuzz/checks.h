// SPDX-License-Identifier: GPL-3.0-or-later
//
// What holds for every document, whatever the bytes it was read from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "document/document.h"
#include "document/interchange.h"

namespace fundstelle::fuzz {

inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Ends the run with a sentence libFuzzer prints above the input.
inline void require(bool holds, const char* sentence) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", sentence);
  std::abort();
}

inline bool lies_in(const Document& document, const Span& span) {
  const auto inside = [&](std::uint32_t number, std::uint32_t at) {
    for (const Page& page : document.pages) {
      if (page.number != number) continue;
      // Between two characters, never inside one.
      return at <= page.text.size() &&
             (at == page.text.size() || (static_cast<unsigned char>(page.text[at]) & 0xC0) != 0x80);
    }
    return false;
  };
  return inside(span.page, span.begin) && inside(span.end_page, span.end) &&
         (span.page < span.end_page || (span.page == span.end_page && span.begin <= span.end));
}

/// Places lie inside the pages; the record can be written (which needs valid UTF-8 everywhere) and
/// says the same when read back.
inline void check(const Document& document) {
  for (const Section& section : document.sections)
    require(lies_in(document, section.span), "a section lies in the pages");
  for (const auto& [field, reading] : document.read) {
    const bool declared = reading.span.begin == 0 && reading.span.end == 0;
    require(declared || lies_in(document, reading.span), "a field was read in the pages");
  }
  const std::string record = to_interchange(document);
  // A record without any text is declined by its readers.
  bool text = false;
  for (const Page& page : document.pages) text = text || !page.text.empty();
  if (!text) return;
  require(to_interchange(from_interchange(record)) == record, "a record reads back as written");
}

}  // namespace fundstelle::fuzz
