// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sketches of documents on disk (sketches.bin), found by id and by what copies have in common, so
// that a small change reads a few of them: writer/copies.h says what they are for.
//
//   head      magic, counts, where the parts begin (u64 each)
//   blocks    kBlockEntries sketches each, ordered by id, zstd
//   table     where each block begins and ends (u64), and the first id in it
//   keys      hash of a key and number of the sketch (u32, u32), sorted
//   gone      ids of the generation that live no more or stand here instead; empty in a generation
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "writer/copies.h"

namespace fundstelle::writer {

class SketchFile {
 public:
  using Take = std::function<void(const std::string& id, const Sketch& sketch)>;

  /// Throws std::runtime_error if it cannot be read or makes no sense.
  explicit SketchFile(const std::filesystem::path& file);
  ~SketchFile();
  SketchFile(const SketchFile&) = delete;
  SketchFile& operator=(const SketchFile&) = delete;

  void each(const Take& take) const;
  [[nodiscard]] std::optional<Sketch> find(const std::string& id) const;
  /// All sketches with this key (keys_of).
  void with_key(std::uint64_t key, const Take& take) const;
  [[nodiscard]] const std::set<std::string>& gone() const { return gone_; }

  static void write(const std::filesystem::path& file,
                    const std::map<std::string, Sketch>& sketches,
                    const std::set<std::string>& gone);

 private:
  struct Key {
    std::uint32_t hash = 0, number = 0;
  };
  using Block = std::vector<std::pair<std::string, Sketch>>;
  [[nodiscard]] const Block& block(std::size_t number) const;
  [[noreturn]] void damaged() const;

  std::filesystem::path file_;
  std::string_view bytes_;  // mapped
  std::uint32_t count_ = 0;
  std::vector<std::uint64_t> begins_;   ///< of the blocks, and the end of the last
  std::vector<std::string> first_ids_;  ///< beside the blocks
  std::span<const Key> keys_;
  std::set<std::string> gone_;
  mutable std::size_t read_ = SIZE_MAX;  ///< the block last read
  mutable Block last_;
};

/// A sketch as bytes, with its id.
void put_sketch(std::string& out, const std::string& id, const Sketch& sketch);
/// The way back; false: the bytes end early.
bool take_sketch(std::string_view& rest, std::string& id, Sketch& sketch);

}  // namespace fundstelle::writer
