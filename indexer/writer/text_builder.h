// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes text.bin (schema/text_index.h). Two passes: first the texts go by, in parts, on several
// threads, and are written down as numbers of bundles in the order these were met; then bundles are
// numbered by frequency, the parts are written anew, turned over into postings and merged. Memory
// holds the bundles and the postings of one part a thread, not the text.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/schema.h"
#include "schema/text_index.h"

namespace fundstelle::writer {

/// Bundles by what they hold, each once. Several threads may ask.
class BundleTable {
 public:
  BundleTable();
  ~BundleTable();
  BundleTable(const BundleTable&) = delete;
  BundleTable& operator=(const BundleTable&) = delete;

  /// Number of the bundle with these terms (with prefix), in whatever order. Equal bundles have
  /// equal numbers; numbers depend on who came first and are not kept.
  [[nodiscard]] std::uint32_t number_of(std::vector<std::string>& terms);
  /// One more than the largest number given.
  [[nodiscard]] std::uint32_t end() const;
  /// The terms of a bundle, packed: sorted, each after its length.
  [[nodiscard]] std::string_view packed(std::uint32_t bundle) const;

 private:
  static constexpr std::uint32_t kShards = 32;
  struct Shard;
  std::vector<std::unique_ptr<Shard>> shards_;
};

/// The words of a text: a bundle at each position from 1.
using Words = std::vector<std::uint32_t>;

class TextBuilder {
 public:
  /// `work` is a folder for the parts.
  explicit TextBuilder(std::filesystem::path work);

  [[nodiscard]] BundleTable& bundles() { return bundles_; }

  struct PassageWords {
    Words words;
    std::vector<schema::Zone> zones;  ///< of positions
  };
  /// Texts of successive documents; written by one thread, finished by closing it.
  class Part {
   public:
    explicit Part(const std::filesystem::path& file);
    ~Part();
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;
    /// Docids ascend.
    void add(std::uint32_t document, std::uint32_t first_passage, const Words& title,
             std::span<const PassageWords> passages);
    void close();

   private:
    friend class TextBuilder;
    void flush();
    std::filesystem::path file_;
    int fd_ = -1;
    std::uint64_t bytes_ = 0;
    std::string buffer_;
    std::vector<std::uint32_t> counts_;  ///< occurrences by bundle
  };
  /// Parts in the order of their documents, numbered from 0; may be filled at the same time.
  [[nodiscard]] std::unique_ptr<Part> part(std::size_t number);
  /// Takes a closed part over; safe for many threads.
  void finished(std::size_t number, const Part& part);

  /// Writes text.bin into `target`. `last_*` are the largest docids there are.
  /// `in_parallel(count, work)` runs work(i) for all i below count.
  using InParallel =
      std::function<void(std::size_t count, const std::function<void(std::size_t)>& work)>;
  void write(const std::filesystem::path& target, std::uint32_t last_document,
             std::uint32_t last_passage, const InParallel& in_parallel);

 private:
  std::filesystem::path work_;
  BundleTable bundles_;
  std::mutex mutex_;
  std::vector<std::uint32_t> counts_;
  std::size_t parts_ = 0;
};

}  // namespace fundstelle::writer
