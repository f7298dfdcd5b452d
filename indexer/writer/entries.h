// SPDX-License-Identifier: GPL-3.0-or-later
//
// A document becomes what the index stores of it: entries of documents/ and passages/ (filters and
// data), words of its texts (text.bin), a row of columns (columns.bin).
#pragma once

#include <xapian.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/columns.h"
#include "schema/schema.h"
#include "schema/stored_document.h"
#include "text/text_reader.h"
#include "writer/plain_bundles.h"
#include "writer/postings.h"
#include "writer/spool.h"
#include "writer/text_builder.h"

namespace fundstelle::writer {

struct StoredEntries {
  Xapian::Document document;
  std::vector<Xapian::Document> passages;
  schema::ColumnsBuilder::DocumentRow row;
  Words title;
  std::vector<TextBuilder::PassageWords> words;  ///< beside `passages`
  std::uint64_t text_bytes = 0;
};

/// One per thread.
class EntryMaker : private PlainWords {
 public:
  EntryMaker(std::shared_ptr<const WordData> words, schema::StoredCodec codec,
             BundleTable& bundles);

  /// Entries of a document that will stand at `docid`, its passages from `first_passage` on. Labels
  /// of its slugs are added to `labels`, unless they are there.
  [[nodiscard]] StoredEntries make(const PackedDocument& packed, Xapian::docid docid,
                                   Xapian::docid first_passage, Labels& labels);

 private:
  /// Words of a text and the sum of what they count; `bytes` to `positions`: its zones.
  std::uint32_t read(std::string_view text, bool title, Words& words,
                     const std::vector<schema::Zone>& bytes, std::vector<schema::Zone>& positions);
  /// The bundle of the tokens at one place; those met before are remembered.
  std::uint32_t bundle_of(const Token* begin, const Token* end);
  std::uint32_t number_of(const Token* begin, const Token* end);
  bool take(std::string_view raw, std::uint32_t position, std::uint32_t byte_begin) override;
  /// Remembers a plain word, unless something else stands at its position.
  void note(std::string_view raw, const Token* begin, const Token* end, std::uint32_t bundle);

  TextReader reader_;
  schema::StoredCodec codec_;
  BundleTable& bundles_;
  /// Bundles met by this thread, by kinds and terms of their tokens: no lock is asked for them.
  std::unordered_map<std::string, std::uint32_t> known_;
  std::string key_;

  PlainBundles plain_;
  struct Place {
    std::uint32_t position = 0, byte_begin = 0;
    PlainBundles::Word word;
  };
  struct Fresh {
    std::uint32_t position = 0;
    std::string_view raw;
  };
  // Of the text that is being read: its words but for those known, plain words known and not.
  std::vector<Token> tokens_;
  std::vector<Place> places_;
  std::vector<Fresh> fresh_;
};

}  // namespace fundstelle::writer
