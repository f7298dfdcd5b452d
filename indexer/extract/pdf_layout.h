// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words on a page become lines, columns and blocks in reading order.
//
// Own geometry, for Poppler's reading orders are wrong where it matters here: its raw order is the
// producer's, its physical layout reads across columns (both measured on plenary minutes).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "extract/hyphenation.h"
#include "extract/pdf_lines.h"

namespace fundstelle {

enum class BlockKind { kParagraph, kHeading, kTable, kFootnote };

struct TextBlock {
  BlockKind kind = BlockKind::kParagraph;
  std::string text;
  float height = 0;
  std::uint32_t level = 0;  ///< of a heading, where the file says it; 0: it does not
  bool bold = false;        ///< a heading by its weight, not by its size
  /// The block follows the one before without a gap, like the lines of a letterhead or list.
  bool close_to_previous = false;
};

/// Type size and column gaps of a document, gathered before its pages are laid out.
struct DocumentMeasures {
  float body_height = 0;
  bool bold_tells = false;     ///< bold type is the exception, so it stands out
  std::vector<float> gutters;  ///< usual x of column gaps, per parity of the page (0: odd, 1: even)
};
[[nodiscard]] DocumentMeasures measure(const std::vector<std::vector<TextLine>>& pages);

/// Blocks in reading order. Takes the page's lines after furniture has been taken off.
[[nodiscard]] std::vector<TextBlock> lay_out(const std::vector<TextLine>& page,
                                             std::size_t page_index,
                                             const DocumentMeasures& measures,
                                             const LineJoiner& joiner);

}  // namespace fundstelle
