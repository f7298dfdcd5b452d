// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keyword in context, as plain data: every place where a query is met, with what stands around it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "query/answer.h"
#include "query/request.h"

namespace fundstelle {

struct ConcordanceRequest {
  /// Words, filters, order of the documents; `size` documents (or passages) a page, `cursor` goes
  /// on.
  SearchRequest search;
  std::uint32_t context = 80;  ///< characters on either side, at most
};

/// One occurrence. A phrase or words asked to be near each other are one occurrence a word or
/// phrase.
struct ConcordanceLine {
  std::uint32_t hit = 0;             ///< index into ConcordanceAnswer::hits
  std::uint32_t passage = 0;         ///< of the document, from 0
  std::uint32_t page = 0;            ///< 0: the document has no pages
  std::vector<std::string> labels;   ///< question numbers
  std::string kind;                  ///< "question", "speech", "part", "page"
  std::string speaker;               ///< of a speech, as "Name (Fraktion)"
  std::string zone;                  ///< "question" or "answer" of a pair, else empty
  std::string left, keyword, right;  ///< one line each: line ends are blanks
  bool part = false;                 ///< the word stands inside `keyword`, a longer word
};

/// Occurrences in the documents of one page of hits: in the order of the hits, within a document in
/// reading order. Words only the title holds have no line.
struct ConcordanceAnswer {
  std::uint64_t total = 0;  ///< documents or passages found, as SearchAnswer::total
  std::vector<Hit> hits;    ///< metadata only
  std::vector<ConcordanceLine> lines;
  std::string cursor;  ///< empty at the end
  std::string revision;
};

}  // namespace fundstelle
