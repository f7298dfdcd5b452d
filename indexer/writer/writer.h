// SPDX-License-Identifier: GPL-3.0-or-later
//
// Documents become an index on disk, in steps that can be killed at any moment: what DIR/current
// names is complete and stays so.
//
// A session adds, replaces and removes documents; `commit` writes them as a new delta (small
// changes) or a new compacted generation (first build, or when the delta passes a tenth of the
// generation), then swaps DIR/current. Word data is learnt and frozen when a generation is written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "schema/layout.h"
#include "text/word_data.h"

namespace fundstelle {

namespace writer {
struct GenerationMade;
}

/// Another indexer holds the lock, disk full, index damaged: end of the job. what() names the
/// remedy.
struct WriterError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What the index knows of one input: enough to see on the next run whether it changed.
struct SourceEntry {
  std::string path;  ///< absolute; never shown to readers of the index
  std::int64_t mtime_ns = 0;
  std::uint64_t bytes = 0;
  std::string sha256;
  std::string state;                      ///< ExtractState name
  std::vector<std::string> document_ids;  ///< documents it gave (a JSONL file gives many)
  int extraction = 0;  ///< kExtractionVersion of the program that read it; 0: before there was one
};

struct WriterOptions {
  std::filesystem::path dir;
  std::filesystem::path stopwords_dir;            ///< lists frozen into a new generation
  std::vector<std::filesystem::path> word_lists;  ///< e.g. /usr/share/dict/ngerman, if present
  unsigned jobs = 2;
  std::string program_version;
  /// Meet an index of another schema as if it held nothing but its list of sources: the commit
  /// writes a first generation of the new schema beside it. Else the constructor throws.
  bool replace_other_schema = false;
  /// Folder of an index whose frozen words this one is made with, so that shards cut words alike;
  /// empty: a generation learns its own. An index once made so keeps those words for good.
  std::filesystem::path words_from;
  /// Other shards of the same collection: papers that are listed there are copies here. Kept until
  /// others are named.
  std::vector<std::filesystem::path> copies_of;
  /// Makes something more of the documents of a generation that was just written (writer/guest.h),
  /// inside its folder; none: nothing.
  std::function<void(const writer::GenerationMade&)> guest;
  /// Write a new generation even where a delta would do, or nothing changed.
  bool new_generation = false;
};

struct CommitResult {
  schema::Current current;
  bool new_generation = false;
  std::uint64_t documents = 0;  ///< alive after the commit
  std::uint64_t passages = 0;
  std::uint64_t added = 0, replaced = 0, removed = 0;
};

/// Called now and then from the thread that commits, with documents done and in all. May throw to
/// give the commit up: the last state stands.
using ProgressFunction = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// Xapian 1.4 lets an error out of a destructor when stored data cannot be written, which ends the
/// program. From now on this is told like any other failure to write `dir`: a message, exit code 2.
/// The index is as after a kill: that of the last commit.
void tell_sudden_end(const std::filesystem::path& dir);

class Writer {
 public:
  /// Takes the lock. Creates the folder if missing. Throws WriterError, schema::IndexError.
  explicit Writer(WriterOptions options);
  /// Without commit everything since the constructor is discarded.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// The index has another schema and is to be replaced (WriterOptions::replace_other_schema).
  [[nodiscard]] bool replaces_other_schema() const;

  /// Sources of the last commit.
  [[nodiscard]] const std::vector<SourceEntry>& sources() const;

  /// Adds the document, or replaces the one of the same id. `first_seen` of a replaced document is
  /// kept. Spools to disk: memory does not grow with the text. A document that is stored already,
  /// byte for byte, is no change; one that was taken down is not taken. Several threads may add at
  /// once.
  void add(Document document);

  /// What of adding a document needs nobody else: cut and packed. Several threads may prepare while
  /// one adds; what is added, and in which order, is up to `add`.
  class Prepared;
  [[nodiscard]] Prepared prepare(Document document);
  void add(Prepared&& prepared);
  /// Removes by id. False if there is none.
  bool remove(std::string_view id);
  /// True if a document of this id would be in the index after a commit now.
  [[nodiscard]] bool contains(std::string_view id) const;
  /// Id of a document that was taken down (schema/takedowns.h).
  [[nodiscard]] bool is_taken_down(const std::string& id) const;
  /// Keeps the original under its sha256 (read-only file, written once), unless its document was
  /// taken down. Several threads may.
  void keep_original(const std::string& sha256, std::string_view bytes);

  /// Writes and swaps. Nothing changed: only the sources are written, the current state is
  /// returned. An index made by other analysing code is rebuilt from what it stores. Documents
  /// taken down in the meantime are removed, and their originals.
  CommitResult commit(std::vector<SourceEntry> sources, const ProgressFunction& progress = {});

  /// Removes generation and delta of the commit before, which readers may still be using: for what
  /// must be on the disk no longer.
  void remove_earlier();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class Writer::Prepared {
 public:
  Prepared();
  ~Prepared();
  Prepared(Prepared&&) noexcept;
  Prepared& operator=(Prepared&&) noexcept;
  [[nodiscard]] const std::string& id() const;

 private:
  friend class Writer;
  struct State;
  std::unique_ptr<State> state_;
};

/// A living document of an index, whole: as it was added, but for the form of its texts.
/// Throws WriterError, schema::IndexError.
using DocumentFunction = std::function<void(Document&&)>;
/// Hands over every living document. `with_text` false: metadata only, much faster.
void read_documents(const std::filesystem::path& dir, bool with_text, const DocumentFunction& take);
/// What the index knows of its inputs.
[[nodiscard]] std::vector<SourceEntry> read_sources_of(const std::filesystem::path& dir);

/// Sizes and counts of an index: bytes by component (postings, positions, documents …).
struct IndexStats {
  schema::Current current;
  std::uint64_t documents = 0, passages = 0, dead_documents = 0, text_bytes = 0;
  std::vector<std::pair<std::string, std::uint64_t>> bytes_by_component;
};
[[nodiscard]] IndexStats index_stats(const std::filesystem::path& dir);

/// Problems found, empty if sound: every file named by `current`, Xapian's own check, passages of
/// each document, counts against the manifest.
[[nodiscard]] std::vector<std::string> check_index(const std::filesystem::path& dir);

}  // namespace fundstelle
