// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files of an index folder.
//
//   DIR/current                    which generation and delta to read; swapped by rename
//   DIR/gen-N/                     manifest.json  documents/  passages/  words.zst  sources.zst
//                                  records.dict  passages.dict  (of stored data, if worth while)
//   DIR/delta-N/                   manifest.json  documents/  passages/  sources.zst  *.dict
//                                  dead-documents  dead-passages  (tombstones: Roaring bitmaps of
//                                  the generation's docids that this delta replaces or removes)
//   DIR/originals/ab/abcdef…       originals by sha256
//   DIR/lock                       held by the one indexer that may write
//
// Everything named by `current` is complete and never changes. Only the indexer writes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>

namespace fundstelle::schema {

/// No index, a damaged one, or one this program cannot read; what() names the folder and the
/// remedy.
struct IndexError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Content of DIR/current.
struct Current {
  int schema_version = 0;
  std::string fingerprint;       ///< of the analyzer
  std::uint32_t generation = 0;  ///< gen-N
  std::uint32_t delta = 0;       ///< delta-N; 0: none
  std::string revision;          ///< hash of manifests: names this exact state, 16 hex digits
};

/// Content of manifest.json in a generation or delta.
struct Manifest {
  int schema_version = 0;
  std::string fingerprint;
  std::string program_version;
  std::string created;  ///< ISO date-time, UTC
  std::uint64_t documents = 0, passages = 0;
  std::uint64_t dead_documents = 0, dead_passages = 0;  ///< deltas only
  std::uint64_t text_bytes = 0;
  std::string content_hash;  ///< over ids and source hashes, in order
};

/// Reads DIR/current. Throws IndexError if it is missing, damaged or of another schema version.
[[nodiscard]] Current read_current(const std::filesystem::path& dir);
/// Same, but nothing instead of an error if there is no index yet.
[[nodiscard]] std::optional<Current> read_current_if_any(const std::filesystem::path& dir);
/// Writes to a temporary file, syncs, renames over DIR/current, syncs the folder.
void swap_current(const std::filesystem::path& dir, const Current& current);

[[nodiscard]] Manifest read_manifest(const std::filesystem::path& generation_or_delta);
void write_manifest(const std::filesystem::path& generation_or_delta, const Manifest& manifest);
[[nodiscard]] std::string revision_of(const Manifest& generation, const Manifest* delta);

[[nodiscard]] std::filesystem::path generation_dir(const std::filesystem::path& dir,
                                                   std::uint32_t n);
[[nodiscard]] std::filesystem::path delta_dir(const std::filesystem::path& dir, std::uint32_t n);
/// DIR/originals/ab/abcdef… for a lower-case hex sha256; throws std::invalid_argument otherwise, so
/// no path is ever made from anything else.
[[nodiscard]] std::filesystem::path original_path(const std::filesystem::path& dir,
                                                  const std::string& sha256);

}  // namespace fundstelle::schema
