// SPDX-License-Identifier: GPL-3.0-or-later
//
// A document as a page or an API answer shows it: what the search room found out about it, without
// any type of that room (present knows questions and answers, not how they are found).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "document/document.h"
#include "query/answer.h"

namespace fundstelle::present {

/// A stretch to mark: UTF-8 bytes into a page's text or the title.
struct TextMark {
  std::uint32_t begin = 0, end = 0;
};

struct DocumentLink {
  std::string id, number, type_label, body_label, title, date;
  std::string relation;         ///< "answers", "corrects", …; empty: cites
  std::string asked, answered;  ///< dates printed on it, if known
};

/// A paper two links away: one that cites, or is cited by, the paper `via`.
struct FurtherLink {
  DocumentLink link;
  std::string via;     ///< id of a paper among `cites` or `cited_by`
  bool cited = false;  ///< `via` cites it; else it cites `via`
};

/// Ways to show a document.
enum class Aspect : std::uint8_t {
  kText,
  kPairs,     ///< questions with answers, or speeches
  kOriginal,  ///< the PDF
  kBeside     ///< text and PDF
};

struct ShownDocument {
  Document document;
  std::vector<std::vector<TextMark>> marks;  ///< one list a page, in order, not overlapping
  std::vector<TextMark> title_marks;
  bool has_original = false;
  std::vector<DocumentLink> cites, cited_by;
  std::vector<FurtherLink> further;
  std::vector<Hit> similar;  ///< nearest first
  std::string q;             ///< the query whose hits are marked
  std::string revision;      ///< of the index
  Aspect aspect = Aspect::kText;
  std::uint32_t page = 0;  ///< of the original to open; 0: the first
};

}  // namespace fundstelle::present
