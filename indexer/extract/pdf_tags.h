// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the structure tree of a tagged PDF says of its text: headings, tables, notes.
//
// Tags are believed only where they agree with what is printed: each of their texts must be a block
// on its page (apply_tags). Reading order and running heads stay with the geometry, which does them
// better (measured, docs/extraction.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/pdf_layout.h"

namespace fundstelle {

/// A heading or note as tagged.
struct TaggedText {
  std::size_t page = 0;     ///< index
  std::uint32_t level = 0;  ///< of a heading; 0: a note
  std::string text;
};

struct TaggedTable {
  std::size_t page = 0;
  std::string text;  ///< of all cells, bare
};

struct PdfTags {
  std::vector<TaggedText> texts;  ///< in the order of the tree
  std::vector<TaggedTable> tables;
};

/// Reads the tree of a PDF; empty if it has none. Poppler draws the page once for each text asked
/// for, so their number is limited: headings and notes first, tables while the limit lasts.
[[nodiscard]] PdfTags read_pdf_tags(std::string_view bytes);

/// Makes blocks that agree with a tag what the tag says. Nothing is done if the tags call headings
/// what is running text. Returns how many tags agreed.
std::size_t apply_tags(const PdfTags& tags, std::vector<std::vector<TextBlock>>& pages);

}  // namespace fundstelle
