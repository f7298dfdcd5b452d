// SPDX-License-Identifier: GPL-3.0-or-later
//
// `fundstelle-indexer backup` and `restore`.
#pragma once

#include "writer/backup.h"

namespace fundstelle {

/// Exit code 0. Throws WriterError, schema::IndexError.
int run_backup(const BackupJob& job);

/// Exit code: 0 restored, 1 restored, but it has to be rebuilt before it can be served. Throws
/// WriterError, schema::IndexError.
int run_restore(const std::filesystem::path& backup, const WriterOptions& options);

}  // namespace fundstelle
