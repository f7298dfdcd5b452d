// SPDX-License-Identifier: GPL-3.0-or-later
//
// The files that paths on the command line stand for.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace fundstelle {

struct FoundFile {
  std::filesystem::path path;  ///< absolute, without . and ..
  std::int64_t mtime_ns = 0;
  std::uint64_t bytes = 0;
  std::filesystem::path stored_at;  ///< where its bytes are, if `path` is gone; else empty
};

struct FileWalk {
  std::vector<FoundFile> files;  ///< by path, each once
  /// Paths given that were read to their end: what the index knew below them and is no longer there
  /// has vanished.
  std::vector<std::filesystem::path> complete;
  /// Folders in them that could not be read: what lies below is left as it is.
  std::vector<std::filesystem::path> unreadable;
  std::vector<std::string> errors;  ///< "PATH: why", for paths and folders
};

/// Walks folders by the rules of ignore_rules.h; a file named itself is taken whatever its name.
/// Symbolic links are followed, each folder is entered once.
[[nodiscard]] FileWalk find_files(const std::vector<std::string>& paths);

/// `path` is `folder` or lies below it.
[[nodiscard]] bool is_below(const std::filesystem::path& path, const std::filesystem::path& folder);

}  // namespace fundstelle
