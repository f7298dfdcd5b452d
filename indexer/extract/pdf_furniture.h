// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is printed around the text: running heads and feet, page numbers, line numbers in the
// margin, (A)–(D) markers, imprints, sideways text. Found by place and repetition over pages, not
// by layout of one parliament; it is evidence for interpretation, never text.
#pragma once

#include <string>
#include <vector>

#include "extract/pdf_layout.h"
#include "extract/pdf_words.h"

namespace fundstelle {

/// Words that do not run like the rest of their page are taken out; a page printed sideways as a
/// whole is turned. Returns what was taken out.
[[nodiscard]] std::vector<std::string> take_out_sideways(PdfPageWords& page);

/// Margin line numbers and (A)–(D) markers out of every page.
void take_out_margins(std::vector<PdfPageWords>& pages);

/// Running heads, feet, page numbers, imprint out of the lines of every page. Returns them as
/// printed, in order. The first page's head stays, unless later pages repeat it at the same place.
[[nodiscard]] std::vector<std::string> take_out_heads_and_feet(
    std::vector<std::vector<TextLine>>& pages, const std::vector<PdfPageWords>& sizes);

}  // namespace fundstelle
