// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words on a page become lines, columns and blocks in reading order.
//
// Own geometry, for Poppler's reading orders are wrong where it matters here: its raw order is the
// producer's, its physical layout reads across columns (both measured on plenary minutes).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "extract/hyphenation.h"
#include "extract/pdf_words.h"

namespace fundstelle {

/// Words on one base line, left to right.
struct TextLine {
  std::vector<PdfWord> words;
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  float height = 0;  ///< of its typical word: stands for the type size
  [[nodiscard]] float middle() const { return (y0 + y1) / 2; }
};

/// Words grouped by base line, from top to bottom, without regard to columns.
[[nodiscard]] std::vector<TextLine> lines_of(std::vector<PdfWord> words);

/// The printed line as text: blanks where there are gaps, letter-spaced words closed.
[[nodiscard]] std::string text_of_line(const std::vector<PdfWord>& words);

/// True if the line is printed letter-spaced ("V o r b e m e r k u n g").
[[nodiscard]] bool is_letter_spaced(const std::vector<PdfWord>& words);

enum class BlockKind { kParagraph, kHeading, kTable, kFootnote };

struct TextBlock {
  BlockKind kind = BlockKind::kParagraph;
  std::string text;
  float height = 0;
  /// The block follows the one before without a gap, like the lines of a letterhead or list.
  bool close_to_previous = false;
};

/// Type size and column gaps of a document, gathered before its pages are laid out.
struct DocumentMeasures {
  float body_height = 0;
  std::vector<float> gutters;  ///< usual x of column gaps, per parity of the page (0: odd, 1: even)
};
[[nodiscard]] DocumentMeasures measure(const std::vector<std::vector<TextLine>>& pages);

/// Blocks in reading order. Takes the page's lines after furniture has been taken off.
[[nodiscard]] std::vector<TextBlock> lay_out(const std::vector<TextLine>& page,
                                             std::size_t page_index,
                                             const DocumentMeasures& measures,
                                             const LineJoiner& joiner);

}  // namespace fundstelle
