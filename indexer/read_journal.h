// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a run of `index` has read from files and not yet committed: reading is what takes long, and
// a run that was killed is not to begin again. One file in the index folder, written to at its end,
// gone with the commit.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "extract/extract.h"

namespace fundstelle {

class ReadJournal {
 public:
  /// Goes on with the journal of a killed run, if this very program made it with the same `options`
  /// (what changes reading); what ends in the middle is cut off. A journal that cannot be written
  /// is none: the run goes on without.
  ReadJournal(std::filesystem::path file, const std::string& options);
  ~ReadJournal();
  ReadJournal(const ReadJournal&) = delete;
  ReadJournal& operator=(const ReadJournal&) = delete;

  /// What was read from a file of this path and content. Several threads may ask and put.
  [[nodiscard]] std::optional<Extraction> find(const std::string& path,
                                               const std::string& sha256) const;
  void put(const std::string& path, const std::string& sha256, const Extraction& extraction);
  /// Everything is committed.
  void remove();

 private:
  struct Place {
    std::uint64_t begin = 0, bytes = 0;
  };
  void scan();

  std::filesystem::path file_;
  int fd_ = -1;
  std::uint64_t end_ = 0;
  mutable std::mutex mutex_;
  std::map<std::string, Place> places_;  ///< by hash of path and content
};

}  // namespace fundstelle
