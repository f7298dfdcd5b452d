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

/// What a day the source gives for itself means.
enum class OwnDateRole : std::uint8_t {
  kPublished,  ///< said to be the day of publication
  kStand,      ///< "Stand: …": the text is as of that day
  kModified,   ///< a later change
  kPlain,      ///< a day beside the title, no word about it
};

/// A day the source gives for itself outside its running text: beside the title, below the text, in
/// markup, in the head, in its address.
struct OwnDate {
  std::string iso;
  OwnDateRole role = OwnDateRole::kPlain;
  int strength = 0;  ///< 1 (weak) to 9 (declared in so many words)
  std::string how;   ///< "meta article:published_time", "date line beside the title", …
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
  /// Title as the format and the whole page show it, and how it was found; empty: not sought.
  Declared own_title;
  std::vector<OwnDate> own_dates;  ///< strongest first
  std::vector<MarkedHeading> headings;
  std::vector<MarkedTable> tables;
  std::vector<Span> footnotes;
  std::vector<Section> speeches;  ///< those the format itself marks, with their speakers
  std::vector<Warning> warnings;
};

}  // namespace fundstelle
