// SPDX-License-Identifier: GPL-3.0-or-later
//
// A document becomes a Xapian document with all its words, positions and values: what a plain
// Xapian database for other programs and the remote backend needs. Our own index keeps words and
// values elsewhere: writer/entries.h.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <functional>
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
  std::uint64_t text_bytes = 0;
};

/// One per thread.
class PostingMaker {
 public:
  PostingMaker(std::shared_ptr<const WordData> words, schema::StoredCodec codec);

  /// The entry of a document whose passages stand from `first_passage` on. Labels of its slugs are
  /// added to `labels`, unless they are there.
  [[nodiscard]] Entries make(const PackedDocument& packed, Xapian::docid first_passage,
                             Labels& labels);

 private:
  Analyzer analyzer_;
  schema::StoredCodec codec_;
  std::string term_;  ///< kept for its memory
};

/// Labels of the slugs a document bears, by metadata key.
void collect_labels(const Document& document, Labels& labels);
/// Filter terms of a document, sorted, each once; `analyze` as Analyzer::analyze.
[[nodiscard]] std::vector<std::string> filters_of(
    const Document& document, const std::function<std::vector<Token>(std::string_view)>& analyze);

}  // namespace fundstelle::writer
