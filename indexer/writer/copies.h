// SPDX-License-Identifier: GPL-3.0-or-later
//
// Documents that are one paper twice: saved as PDF and as text, exported again, preliminary and
// final. One of them is listed, the others are its copies: kept, reachable by id, in no result.
//
// Copies bear the same number of the same body and term, or the same title and date, or the same
// letters, and their texts agree; papers of different numbers or bodies are never copies.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"

namespace fundstelle::writer {

/// What tells copies, small enough to keep for every document.
struct Sketch {
  static constexpr std::size_t kBins = 32;
  std::uint64_t number = 0;   ///< hash of body, term and canonical number; 0: one is missing
  std::uint64_t own = 0;      ///< hash of the number alone; 0: none
  std::uint64_t body = 0;     ///< hash of the body; 0: none
  std::uint64_t title = 0;    ///< hash of the title's letters; 0: none or too short to tell
  std::uint64_t titled = 0;   ///< of title and date; 0: one is missing
  std::uint64_t letters = 0;  ///< of all letters of the text; 0: too short to tell
  std::uint32_t length = 0;   ///< letters of the text
  /// Smallest hash of the runs of three words in each of 32 classes: how alike two sketches are is
  /// how alike the texts are (one permutation min-wise hashing, Li, Owen and Zhang, 2012).
  std::array<std::uint16_t, kBins> least{};
  std::uint8_t rank = 0;  ///< greater is listed: pages, final form, fields read
  bool matter = false;    ///< a Vorgang is no paper, and never a copy

  bool operator==(const Sketch&) const = default;
};

[[nodiscard]] Sketch sketch_of(const Document& document);
/// Whether two documents are one paper.
[[nodiscard]] bool are_copies(const Sketch& a, const Sketch& b);

/// What copies have in common, one of them at least: number, title and day, or all letters.
[[nodiscard]] std::vector<std::uint64_t> keys_of(const Sketch& sketch);

class SketchFile;

/// Sketches of all living documents: those of a generation and its delta on disk, those of this
/// session in memory.
class Copies {
 public:
  Copies();
  ~Copies();
  Copies(Copies&&) noexcept;
  Copies& operator=(Copies&&) noexcept;

  void put(const std::string& id, const Sketch& sketch);
  void erase(const std::string& id);
  /// The document is as it was when `read`.
  void restore(const std::string& id);

  /// Documents of another shard of the same collection, instead of those known before: what is one
  /// of them is listed there. Those that it leaves to others to list do not count, so two shards
  /// may know each other. Throws std::runtime_error, schema::IndexError.
  void forget_elsewhere();
  /// `delta` may be empty.
  void add_elsewhere(const std::filesystem::path& generation, const std::filesystem::path& delta);
  [[nodiscard]] bool is_elsewhere(const std::string& id) const { return elsewhere_.contains(id); }

  /// Copy to the document listed in its place, over all documents known; the copies are of this
  /// index, what is listed may be elsewhere. The same documents give the same answer in any order
  /// of coming.
  [[nodiscard]] std::map<std::string, std::string> find() const;
  /// The same, from what find() gave of the documents as they were read: only papers that have to
  /// do with those of this session are looked at.
  [[nodiscard]] std::map<std::string, std::string> find(
      std::map<std::string, std::string> as_read) const;

  /// Of a generation and its delta, if it has one (else empty). Throws
  /// std::runtime_error where a file is missing or damaged.
  void read(const std::filesystem::path& generation, const std::filesystem::path& delta);
  /// All that live, and which are copies.
  void write_generation(const std::filesystem::path& target) const;
  /// Those that do not stand in the generation as they are, and which are copies of all.
  void write_delta(const std::filesystem::path& target) const;

 private:
  using Sketches = std::map<std::string, Sketch>;
  [[nodiscard]] Sketches living() const;
  void write(const std::filesystem::path& target, const Sketches& sketches,
             const std::set<std::string>& gone,
             const std::map<std::string, std::string>& copies) const;

  std::unique_ptr<SketchFile> generation_, delta_;
  std::map<std::string, std::string> as_read_;
  Sketches put_;
  std::set<std::string> touched_;  ///< ids of this session: in put_, or erased
  Sketches elsewhere_;
  bool elsewhere_changed_ = false;
};

}  // namespace fundstelle::writer
