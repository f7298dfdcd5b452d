// SPDX-License-Identifier: GPL-3.0-or-later
//
// DIR/takedowns: documents that were removed on purpose and stay away, whatever is indexed again.
// It belongs to the folder, not to a generation: rebuilding or restoring an index keeps it.
//
// One JSON object {"takedowns": [{id, reason, date, sha256}], "checksum"}; damage or an edit by
// hand is an error, because a lost entry would bring a document back.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "schema/layout.h"

namespace fundstelle::schema {

inline constexpr const char* kTakedownsFile = "takedowns";

struct Takedown {
  std::string id;
  std::string reason;  ///< as readers are told, one line
  std::string date;    ///< ISO date-time, UTC
  std::string sha256;  ///< of the original, which is not kept again; empty: none known
};

/// By id. Empty if nothing was ever taken down. Throws IndexError if the file is damaged.
[[nodiscard]] std::map<std::string, Takedown> read_takedowns(const std::filesystem::path& dir);
/// Whole on disk when it returns. Throws IndexError.
void write_takedowns(const std::filesystem::path& dir,
                     const std::map<std::string, Takedown>& takedowns);

/// The list as it is on disk at each moment, for whoever serves: read again when the file changed.
/// Safe for many threads.
class TakedownList {
 public:
  explicit TakedownList(std::filesystem::path dir) : dir_(std::move(dir)) {}
  /// Throws IndexError if the file is damaged.
  [[nodiscard]] std::optional<Takedown> find(std::string_view id) const;

 private:
  /// What tells one state of the file from another.
  struct Mark {
    std::uint64_t inode = 0, bytes = 0;
    std::int64_t seconds = 0, nanoseconds = 0;
    bool operator==(const Mark&) const = default;
  };
  std::filesystem::path dir_;
  mutable std::mutex mutex_;
  mutable Mark mark_;
  mutable std::map<std::string, Takedown> takedowns_;
};

}  // namespace fundstelle::schema
