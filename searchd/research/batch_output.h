// SPDX-License-Identifier: GPL-3.0-or-later
//
// The output of a batch: entries are written by many threads and stand in the order of the queries;
// an interrupted batch goes on where it was, without repeating or losing a line.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "research/evaluation.h"

namespace fundstelle::research {

/// Beside FILE lies FILE.log.jsonl, the log of the batch: its first line says what was run on what
/// (`provenance`), then one record an entry in order, with `end`, the bytes of FILE up to and with
/// this entry. An entry is logged after its lines were handed to the system, so that a killed
/// batch has at most lines in FILE that the log does not know: resuming cuts them off.
class BatchOutput {
 public:
  /// Begins FILE with `head` (may be empty). `file` empty: standard output, no log, no resuming.
  /// `resume`: goes on if FILE's log begins with the same provenance; without FILE it begins anew.
  /// Throws ResearchError if FILE exists and `resume` is false, if the provenance differs (the text
  /// names both), or if a file cannot be written.
  BatchOutput(std::filesystem::path file, const std::string& provenance, const std::string& head,
              bool resume);
  ~BatchOutput();
  BatchOutput(const BatchOutput&) = delete;
  BatchOutput& operator=(const BatchOutput&) = delete;

  /// Entries that were complete when the batch was resumed: the first this many need no work.
  [[nodiscard]] std::size_t done() const { return done_; }

  /// Lines of an entry (from 0). Goes straight out if all before it are finished; else it is kept,
  /// and from 4 MiB on the caller waits for its turn. Safe for many threads as long as entries are
  /// begun in order. Throws ResearchError.
  void write(std::size_t entry, std::string_view lines);
  /// The entry is complete; `record` is a JSON object of it for the log.
  void finish(std::size_t entry, std::string record);
  /// Nothing more will be finished: whoever waits is let go and refused.
  void abort() noexcept;

  [[nodiscard]] static std::filesystem::path log_of(const std::filesystem::path& file);

 private:
  struct Waiting {
    std::string lines, record;
    bool finished = false;
  };
  using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

  void open(const char* mode);
  void put(std::string_view lines);
  void log(const std::string& record);
  void advance();

  const std::filesystem::path file_;
  File out_, log_file_;
  std::size_t done_ = 0, turn_ = 0;
  std::uint64_t bytes_ = 0;
  bool aborted_ = false;
  std::map<std::size_t, Waiting> waiting_;
  std::mutex mutex_;
  std::condition_variable moved_;
};

}  // namespace fundstelle::research
