// SPDX-License-Identifier: GPL-3.0-or-later
//
// Records made elsewhere become documents: interchange JSONL, saved answers of the DIP interface of
// the Bundestag, OParl objects of councils. Plain or zstd-compressed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "document/document.h"

namespace fundstelle {

/// One record of a file: a document, or why it is none.
struct RecordLine {
  std::uint64_t line = 0;  ///< 1-based; of a file that is one JSON value: the object's place in it
  std::string place;       ///< "line 12" or "object 3", for messages
  std::string error;       ///< empty: `document` is good. Else: what is wrong and the remedy
  Document document;
  /// The text is as printed and was not interpreted: questions, speeches, dates are still to be
  /// read from it. What the record itself says comes first.
  bool printed_text = false;
  /// An interchange record that was not parsed yet: parse_record makes it a document.
  std::string unparsed;
  std::filesystem::path original;  ///< a file beside the record that holds its text; else empty
};

using TakeRecord = std::function<void(RecordLine&&)>;

/// Record files of one run. Metadata, texts, matters and steps of one paper may stand in different
/// files, in any order: `survey` looks at every file first, then `read` gives each document once,
/// with the file that completes it. The same files give the same documents in any order of objects.
///
/// Memory: what the surveyed answers say without their texts, and the texts of documents that wait
/// for a later file. Interchange records are streamed, one line (at most 64 MB) at a time.
class RecordFiles {
 public:
  RecordFiles();
  ~RecordFiles();
  RecordFiles(const RecordFiles&) = delete;
  RecordFiles& operator=(const RecordFiles&) = delete;

  /// Notes what a file holds. True if it holds saved answers, whose documents may depend on other
  /// files. Trouble is told by `read`.
  bool survey(const std::filesystem::path& file);

  /// Calls `take` for every record in order; a broken one is reported and skipped. Returns false if
  /// the file cannot be read or decompressed to its end, or is no whole JSON value (then `error`
  /// says where and what to do).
  /// With `parsed` false, lines that are interchange records come as `unparsed`, so that several
  /// threads may parse them.
  bool read(const std::filesystem::path& file, const TakeRecord& take, std::string& error,
            bool parsed = true);

  /// Ids of all documents a surveyed file has a part in, sorted.
  [[nodiscard]] std::vector<std::string> documents_of(const std::filesystem::path& file) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Makes a document, or an error, of an unparsed record; of another nothing. Any thread. False: it
/// holds no object at all (the last page of a list), there is nothing to tell.
bool parse_record(RecordLine& record);

/// One file alone.
bool read_records(const std::filesystem::path& file, const TakeRecord& take, std::string& error);

}  // namespace fundstelle
