// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a document is stored and read back: the one place that knows the bytes of document data.
//
//   documents/  value kDataSlot = StoredCodec::compress_record(pack_document(document))
//   passages/   value kDataSlot = StoredCodec::compress_passage(pack_passage(passage))
//
// A value, for Xapian deflates document data, and compacting deflates it again: a ninth of building
// an index went into trying to press what zstd has pressed.
//
// Text is stored once, in the passages. Reading a whole document:
//
//   const StoredCodec codec(generation_or_delta);                 // once per generation and delta
//   std::string record = codec.decompress(stored_data(documents_entry));
//   std::vector<Passage> passages;
//   for (each docid of its passages, schema/columns.h)
//     passages.push_back(unpack_passage(codec.decompress(stored_data(entry))));
//   Document document = unpack_document(record, passages);
//
// For a list of hits `unpack_document(record)` is enough: everything but the text.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "schema/schema.h"

namespace fundstelle::schema {

inline constexpr unsigned kDataSlot = 0;

/// Data of an entry (a Xapian::Document), compressed. A value, since Xapian would press document
/// data once more.
template <typename Entry>
[[nodiscard]] std::string stored_data(const Entry& entry) {
  return entry.get_value(kDataSlot);
}

/// The record of a document without its text. Texts of sections and questions are kept as places in
/// the pages where they are such, else word by word.
[[nodiscard]] std::string pack_document(const Document& document);

/// What building an index asks of a document again and again, so that its record need not be
/// parsed: labels and ids of its fields, authors, numbers, title, dates. `record` is its packed
/// record.
[[nodiscard]] std::string pack_facts(const Document& document, std::string_view record);
/// A document with these fields alone. Throws WireError.
[[nodiscard]] Document unpack_facts(std::string_view facts);

/// Metadata only: `pages` are empty, sections and questions have no text.
/// Throws std::runtime_error if damaged.
[[nodiscard]] Document unpack_document(std::string_view record);

/// The whole document. `passages` are all of its passages in order.
/// Throws std::runtime_error if damaged or if passages are missing.
[[nodiscard]] Document unpack_document(std::string_view record,
                                       const std::vector<Passage>& passages);

/// zstd with a dictionary learnt from the generation: short records shrink to a half of what they
/// would without. Safe for many threads.
class StoredCodec {
 public:
  /// Without dictionaries.
  StoredCodec();
  /// With the dictionaries of a generation or delta (records.dict, passages.dict), if it has them.
  /// Throws std::runtime_error if one cannot be read.
  explicit StoredCodec(const std::filesystem::path& generation_or_delta);
  StoredCodec(std::string record_dictionary, std::string passage_dictionary);

  /// Writes the dictionaries, so that the constructor above finds them.
  void save(const std::filesystem::path& generation_or_delta) const;

  [[nodiscard]] std::string compress_record(std::string_view record) const;
  [[nodiscard]] std::string compress_passage(std::string_view passage) const;

  /// Either of them; the bytes tell which dictionary. Throws std::runtime_error if damaged or made
  /// with another dictionary.
  [[nodiscard]] std::string decompress(std::string_view data) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

/// Dictionary for many short similar texts; empty if there are too few to learn from.
[[nodiscard]] std::string learn_dictionary(const std::vector<std::string>& samples);

}  // namespace fundstelle::schema
