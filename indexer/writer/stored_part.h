// SPDX-License-Identifier: GPL-3.0-or-later
//
// A generation or delta as the writer reads it back: documents by id or one after the other, its
// tombstones, its sources.
#pragma once

#include <xapian.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <roaring/roaring.hh>
#include <string>
#include <string_view>
#include <vector>

#include "schema/columns.h"
#include "schema/layout.h"
#include "schema/stored_document.h"
#include "writer/spool.h"
#include "writer/writer.h"

namespace fundstelle::writer {

/// Where the passages of a document stand.
struct PassageRange {
  Xapian::docid first = 0;
  std::uint32_t count = 0;
};

class StoredPart {
 public:
  /// Throws Xapian::Error, schema::IndexError, std::runtime_error if it cannot be read.
  explicit StoredPart(const std::filesystem::path& generation_or_delta);

  /// 0: no such document.
  [[nodiscard]] Xapian::docid find(std::string_view id) const;
  [[nodiscard]] std::string record(Xapian::docid docid) const;
  [[nodiscard]] PassageRange passages_of(Xapian::docid docid) const;
  [[nodiscard]] PackedDocument read(Xapian::docid docid) const;

  [[nodiscard]] const Xapian::Database& documents() const { return documents_; }
  [[nodiscard]] const Xapian::Database& passages() const { return passages_; }
  [[nodiscard]] const schema::StoredCodec& codec() const { return codec_; }
  [[nodiscard]] const schema::Manifest& manifest() const { return manifest_; }
  [[nodiscard]] const schema::Columns& columns() const { return columns_; }

 private:
  schema::Manifest manifest_;
  schema::StoredCodec codec_;
  schema::Columns columns_;  ///< without ids
  Xapian::Database documents_, passages_;
};

/// Tombstones of a delta, empty if the file does not exist. Throws WriterError if damaged.
[[nodiscard]] Roaring read_bitmap(const std::filesystem::path& file);
/// In Roaring's portable format, run-compressed.
void write_bitmap(const std::filesystem::path& file, Roaring bitmap);

/// What the index knows of its inputs, one JSON object a line, zstd.
[[nodiscard]] std::vector<SourceEntry> read_sources(const std::filesystem::path& dir);
void write_sources(const std::filesystem::path& dir, const std::vector<SourceEntry>& sources);

/// Everything in the folder is on disk when it returns.
void sync_tree(const std::filesystem::path& dir);
/// The names in the folder are on disk when it returns.
void sync_folder(const std::filesystem::path& dir);

}  // namespace fundstelle::writer
