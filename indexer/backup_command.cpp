// SPDX-License-Identifier: GPL-3.0-or-later
#include "backup_command.h"

#include <unistd.h>

#include <chrono>
#include <iostream>

#include "schema/schema.h"

namespace fundstelle {
namespace {

BackupProgress progress_on_terminal(const char* what) {
  if (isatty(STDERR_FILENO) != 1) return {};
  return [what, last = std::chrono::steady_clock::time_point()](std::uint64_t done,
                                                                std::uint64_t total) mutable {
    const auto now = std::chrono::steady_clock::now();
    if (done != total && now - last < std::chrono::milliseconds(200)) return;
    last = now;
    std::cerr << "\r\x1b[K" << (done == total ? "" : what);
    if (done != total) std::cerr << 100 * done / total << " %";
    std::cerr << std::flush;
  };
}

}  // namespace

int run_backup(const BackupJob& job) {
  const BackupResult result = back_up(job, progress_on_terminal("backing up: "));
  std::cout << "backed up revision " << result.revision << ": " << result.files << " files, "
            << result.bytes << " bytes";
  if (result.linked > 0) std::cout << ", " << result.linked << " of them linked";
  std::cout << "; read back and compared\n";
  return 0;
}

int run_restore(const std::filesystem::path& backup, const WriterOptions& options) {
  const BackupResult result = restore(backup, options, progress_on_terminal("verifying: "));
  std::cout << "restored revision " << result.revision << ": " << result.files << " files, "
            << result.bytes << " bytes\n";
  if (result.removed > 0) {
    std::cerr << "fundstelle-indexer: " << result.removed
              << " documents of the backup were taken down since and removed again\n";
  }
  if (result.schema_version == schema::kSchemaVersion) return 0;
  std::cerr << "fundstelle-indexer: it has schema version " << result.schema_version
            << ", this program reads version " << schema::kSchemaVersion
            << "; `fundstelle-indexer index --index " << options.dir.string()
            << " PATH...` rebuilds it from its sources and originals\n";
  return 1;
}

}  // namespace fundstelle
