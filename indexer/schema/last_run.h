// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the last run of the indexer ended: DIR/last-run, for whoever watches. No part of the index:
// it may be missing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace fundstelle::schema {

struct LastRun {
  std::int64_t ended = 0;  ///< seconds since 1970
  int exit_code = 0;
  std::map<std::string, std::uint64_t> files;  ///< by outcome: "new", "failed", … ; ASCII words
};

/// Lines "ended N", "exit_code N", "files OUTCOME N". Throws IndexError.
void write_last_run(const std::filesystem::path& dir, const LastRun& run);
/// Nothing if there is none, or it cannot be read.
[[nodiscard]] std::optional<LastRun> read_last_run(const std::filesystem::path& dir);

}  // namespace fundstelle::schema
