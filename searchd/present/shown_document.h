// SPDX-License-Identifier: GPL-3.0-or-later
//
// A document as a page or an API answer shows it: what the search room found out about it, without
// any type of that room (present knows questions and answers, not how they are found).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "document/document.h"

namespace fundstelle::present {

/// A stretch to mark: UTF-8 bytes into a page's text or the title.
struct TextMark {
  std::uint32_t begin = 0, end = 0;
};

struct DocumentLink {
  std::string id, number, type_label, body_label, title, date;
  std::string relation;  ///< "answers", "corrects", …; empty: cites
};

struct ShownDocument {
  Document document;
  std::vector<std::vector<TextMark>> marks;  ///< one list a page, in order, not overlapping
  std::vector<TextMark> title_marks;
  bool has_original = false;
  std::vector<DocumentLink> cites, cited_by;
  std::string q;         ///< the query whose hits are marked
  std::string revision;  ///< of the index
};

}  // namespace fundstelle::present
