// SPDX-License-Identifier: GPL-3.0-or-later
//
// What pages of hits are made of, kept ready: records and passages read and taken apart, and whole
// answers to a request that somebody has just made.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "query/answer.h"
#include "query/request.h"
#include "schema/stored_document.h"
#include "search/engine/postings.h"
#include "text/word_places.h"

namespace fundstelle::search {

class Reader;

/// A document as a hit (without score and snippets, with linked papers), or one passage.
struct Record {
  Hit hit;
  bool paged = false;
  schema::Passage passage;
  WordPlaces places;  ///< of the title, or of the passage's text
  [[nodiscard]] std::size_t bytes() const;
};

/// From what is kept, else read and kept. For hits on pages; long lists would drive out the rest
/// and have their own, without linked papers and texts.
[[nodiscard]] std::shared_ptr<const Record> document_record(const Reader& reader, Gid document);
[[nodiscard]] std::shared_ptr<const Record> passage_record(const Reader& reader, Gid passage);
[[nodiscard]] std::shared_ptr<const Record> listed_document(const Reader& reader, Gid document);
[[nodiscard]] std::shared_ptr<const Record> listed_passage(const Reader& reader, Gid passage);

struct KeptAnswer {
  SearchAnswer answer;
  [[nodiscard]] std::size_t bytes() const;
};

/// All that a request asks, as one string; empty if its answer is not kept (long lists, whole
/// texts).
[[nodiscard]] std::string answer_key(const SearchRequest& request);

}  // namespace fundstelle::search
