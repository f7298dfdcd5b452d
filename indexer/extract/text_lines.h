// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plain-text renderings of printed papers and web pages: what the rendering has left in of the
// print (line numbers, running heads, imprints) or of the page (teasers after the article) is taken
// off.
#pragma once

#include <string>
#include <vector>

namespace fundstelle {

/// Numbers that count lines in the margin ("12 der Anspruch …", "- 16 • die Zuständigkeit"), if the
/// text is numbered throughout: stripped, and the wrapped lines put together.
void take_off_line_numbers(std::vector<std::string>& lines);

/// Running heads with a page number, and imprints. Returns what was taken off.
[[nodiscard]] std::vector<std::string> take_off_page_lines(std::vector<std::string>& lines);

/// A list of other pages' teasers after an article: captions, one-word labels as bullets,
/// headlines, again and again, and no running text any more. Returns how many lines to keep.
[[nodiscard]] std::size_t end_of_article(const std::vector<std::string>& lines);

/// "V o r b e m e r k u n g  d e r  F r a g e s t e l l e r" -> "Vorbemerkung der Fragesteller"
[[nodiscard]] std::string close_letter_spacing(const std::string& line);

}  // namespace fundstelle
