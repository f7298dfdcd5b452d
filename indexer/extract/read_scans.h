// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pages that are pictures: how to tell them, and how their text is recognised.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "extract/pdf_words.h"

namespace fundstelle {

/// True if what is printed on the first pages is the text Poppler gave, however little: nothing to
/// speak of is drawn outside its words. Draws up to three pages at a coarse scale.
[[nodiscard]] bool is_all_text(std::string_view bytes, const PdfContent& content);

struct ScanReading {
  std::size_t recognized = 0;  ///< pages whose text was recognised
  std::size_t skipped = 0;     ///< pages beyond the limit
  std::string trouble;         ///< why nothing could be; empty if all is well
};
/// Replaces the words of pages by recognised ones: of all pages, or only of those without any.
/// Pages lying on their side or upside down are turned.
[[nodiscard]] ScanReading read_scans(std::string_view bytes, PdfContent& content, bool all,
                                     std::size_t most_pages);

}  // namespace fundstelle
