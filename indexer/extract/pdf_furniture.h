// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is printed above and below the text: running heads and feet, page numbers, imprints. Found
// by place and repetition over pages, not by layout of one parliament; it is evidence for
// interpretation, never text. What stands beside it: pdf_margins.h.
#pragma once

#include <string>
#include <vector>

#include "extract/pdf_layout.h"
#include "extract/pdf_words.h"

namespace fundstelle {

/// Running heads, feet, page numbers, imprint out of the lines of every page. Returns them as
/// printed, in order. The first page's head stays, unless later pages repeat it at the same place.
[[nodiscard]] std::vector<std::string> take_out_heads_and_feet(
    std::vector<std::vector<TextLine>>& pages, const std::vector<PdfPageWords>& sizes);

}  // namespace fundstelle
