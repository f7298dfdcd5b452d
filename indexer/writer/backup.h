// SPDX-License-Identifier: GPL-3.0-or-later
//
// A whole index as a folder of its own, taken while it is served and written, and put back.
//
// A backup has the form of an index folder: `current`, one generation, its delta, the originals of
// its documents, the list of takedowns, and SHA256SUMS over all of them (as `sha256sum -c` reads
// it), written last: without it a backup is not complete.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "writer/writer.h"

namespace fundstelle {

struct BackupJob {
  std::filesystem::path index;
  std::filesystem::path target;  ///< missing or empty
  /// A backup made before: what is the same is linked to it instead of copied. Empty: none.
  std::filesystem::path earlier;
  bool link = false;  ///< hard links to the files of the index: for a copy to be taken elsewhere
};

struct BackupResult {
  std::string revision;
  int schema_version = 0;
  std::uint64_t files = 0, bytes = 0;
  std::uint64_t linked = 0;   ///< files among them that were not copied
  std::uint64_t removed = 0;  ///< restoring: documents taken down since, removed again
};

using BackupProgress = std::function<void(std::uint64_t files, std::uint64_t of)>;

/// Copies what `current` names, reads the copy back and compares. Runs that write the index
/// meanwhile do not disturb it. Throws WriterError, schema::IndexError; the target is then to be
/// thrown away.
BackupResult back_up(const BackupJob& job, const BackupProgress& progress = {});

/// Compares every file of a backup with its SHA256SUMS. Throws WriterError naming the first that
/// differs.
BackupResult verify_backup(const std::filesystem::path& backup,
                           const BackupProgress& progress = {});

/// Puts a backup in the place of the index in `options.dir`, or of none. Verified before anything
/// is touched; swapped at once, so that searchd goes over to it like to any other revision.
/// Documents taken down since are removed again. Throws WriterError, schema::IndexError.
BackupResult restore(const std::filesystem::path& backup, const WriterOptions& options,
                     const BackupProgress& progress = {});

}  // namespace fundstelle
