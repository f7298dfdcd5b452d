// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands beside the text of a page: line numbers, (A)–(D) markers, sideways print. Found on
// each page by itself, before its words become lines.
#pragma once

#include <string>
#include <vector>

#include "extract/pdf_words.h"

namespace fundstelle {

/// Words that do not run like the rest of their page are taken out; a page printed sideways as a
/// whole is turned. Returns what was taken out.
[[nodiscard]] std::vector<std::string> take_out_sideways(PdfPageWords& page);

/// Margin line numbers and (A)–(D) markers out of every page.
void take_out_margins(std::vector<PdfPageWords>& pages);

}  // namespace fundstelle
