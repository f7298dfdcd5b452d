// SPDX-License-Identifier: GPL-3.0-or-later
//
// A document and its passages become Xapian documents: terms, positions, values, data. The one
// place where schema/schema.h turns into postings.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "document/document.h"
#include "schema/schema.h"
#include "schema/stored_document.h"
#include "text/analyzer.h"
#include "writer/spool.h"

namespace fundstelle::writer {

/// Metadata key of a label to the label.
using Labels = std::map<std::string, std::string>;

struct Entries {
  Xapian::Document document;
  std::vector<Xapian::Document> passages;
  std::uint64_t text_bytes = 0;
};

/// One per thread.
class PostingMaker {
 public:
  PostingMaker(std::shared_ptr<const WordData> words, schema::StoredCodec codec);

  /// Entries of a document that will stand at `docid`, its passages from `first_passage` on. Labels
  /// of its slugs are added to `labels`, unless they are there.
  [[nodiscard]] Entries make(const PackedDocument& packed, Xapian::docid docid,
                             Xapian::docid first_passage, Labels& labels);

 private:
  Analyzer analyzer_;
  schema::StoredCodec codec_;
  std::string term_;  ///< kept for its memory
};

/// Labels of the slugs a document bears, by metadata key.
void collect_labels(const Document& document, Labels& labels);

}  // namespace fundstelle::writer
