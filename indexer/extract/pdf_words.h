// SPDX-License-Identifier: GPL-3.0-or-later
//
// What Poppler gives of a PDF, as plain data: words with their boxes. Nothing else here knows
// Poppler.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "extract/extract.h"

namespace fundstelle {

/// A run of glyphs without a gap. Points, origin top left, as the page is looked at.
struct PdfWord {
  std::string text;  ///< cleaned UTF-8; U+00AD stays
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  int rotation = 0;   ///< quarter turns
  bool bold = false;  ///< by the name of its font; known only if PdfContent::fonts
  [[nodiscard]] float height() const { return y1 - y0; }
  [[nodiscard]] float width() const { return x1 - x0; }
  [[nodiscard]] float middle() const { return (y0 + y1) / 2; }
};

struct PdfPageWords {
  float width = 0, height = 0;
  std::vector<PdfWord> words;
  std::size_t odd_words = 0;  ///< beginning with characters for private use or none at all
};

struct PdfContent {
  ExtractState state =
      ExtractState::kBroken;  ///< kOk: the pages could be read, with text or without
  std::string message;
  std::vector<PdfPageWords> pages;
  std::vector<Declared> declared;  ///< "pdf title", "pdf author", "pdf outline", …
  /// Fonts were looked up: they cost a third of the reading, so only for short files without
  /// outline.
  bool fonts = false;
  std::size_t damaged_pages = 0;  ///< pages Poppler could not load
  std::size_t complaints = 0;     ///< messages about the file's syntax
  std::string first_complaint;
};

[[nodiscard]] PdfContent read_pdf_words(std::string_view bytes);

}  // namespace fundstelle
