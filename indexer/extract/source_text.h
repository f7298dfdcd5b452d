// SPDX-License-Identifier: GPL-3.0-or-later
//
// What reading a file yields before anybody asks what kind of paper it is: clean pages of text plus
// what the format itself declares. The interpreting half (interpret.h) turns it into a Document.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "document/document.h"

namespace fundstelle {

/// Something the file format declares about the document: HTML meta tags, JSON-LD, <time>, YAML
/// head, PDF info dictionary.
struct Declared {
  std::string
      name;  ///< "og:title", "article:published_time", "json-ld datePublished", "yaml title", …
  std::string value;  ///< NFC, blanks collapsed
};

/// A heading the format marks as one (h1…h6, Markdown #, PDF outline, letter-spaced or large type).
struct MarkedHeading {
  std::uint32_t level = 1;
  Span span;
};

/// A table kept as rows of tab-separated cells in the page text.
struct MarkedTable {
  Span span;
};

struct SourceText {
  std::string media_type;
  bool paged = false;
  /// Reading order, running heads, page and line numbers, navigation off, hyphenation mended, NFC.
  /// One line per printed line in heads and lists, paragraphs joined; empty line between
  /// paragraphs.
  std::vector<Page> pages;
  /// Running heads, feet, imprint lines taken off, as printed ("Deutscher Bundestag – 21.
  /// Wahlperiode – 3 – Drucksache 21/112"): evidence for interpretation, never part of the text.
  std::vector<std::string> furniture;
  std::vector<Declared> declared;
  std::vector<MarkedHeading> headings;
  std::vector<MarkedTable> tables;
  std::vector<Span> footnotes;
  std::vector<Warning> warnings;
};

}  // namespace fundstelle
