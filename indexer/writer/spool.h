// SPDX-License-Identifier: GPL-3.0-or-later
//
// Documents on their way into the index: packed, compressed in blocks, in one temporary file.
// Blocks can be read by several threads, which is what building a generation does, twice.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fundstelle::writer {

/// A document as schema/stored_document.h packs it, without compression.
struct PackedDocument {
  std::string record;
  std::vector<std::string> passages;
  std::string facts;  ///< schema::pack_facts; only on the way through a spool
};

class Spool {
 public:
  /// One compressed stretch of the file.
  struct Block {
    std::uint64_t offset = 0, compressed = 0, raw = 0;
    std::uint64_t bytes = 0;  ///< of records and passages
    std::uint32_t first = 0, documents = 0;
  };

  explicit Spool(const std::filesystem::path& file);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  /// Returns the running number of the document, from 0. One caller at a time.
  std::uint32_t add(const PackedDocument& document);
  /// The document is not wanted any more; reading passes over it.
  void drop(std::uint32_t number);
  /// Writes what is still in memory. Call before reading.
  void flush();

  [[nodiscard]] const std::vector<Block>& blocks() const { return blocks_; }
  [[nodiscard]] std::uint32_t documents() const;  ///< without the dropped ones
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  /// Documents and passages of a block that are still wanted.
  struct Counts {
    std::uint32_t documents = 0, passages = 0;
  };
  [[nodiscard]] Counts wanted(const Block& block) const;

  /// Calls `take` for every wanted document of the block, in order. Safe for many threads.
  void read(const Block& block,
            const std::function<void(std::uint32_t number, PackedDocument&&)>& take) const;

 private:
  int fd_ = -1;
  std::filesystem::path file_;
  std::uint64_t file_bytes_ = 0, bytes_ = 0;
  std::string open_block_;
  std::uint64_t open_bytes_ = 0;  ///< of it, without facts
  std::vector<Block> blocks_;
  std::vector<std::uint32_t> passages_;  ///< by document; kDropped if not wanted
  std::uint32_t dropped_ = 0;
};

}  // namespace fundstelle::writer
