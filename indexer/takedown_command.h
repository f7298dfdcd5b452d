// SPDX-License-Identifier: GPL-3.0-or-later
//
// `fundstelle-indexer remove`, `takedowns`, `readmit`: documents that are taken down and stay away.
#pragma once

#include <filesystem>
#include <string>

#include "writer/writer.h"

namespace fundstelle {

struct RemoveJob {
  WriterOptions writer;
  std::string id;
  std::string reason;  ///< as readers are told
  bool erase = false;  ///< until no byte of it is left in the index folder
};

/// Records the takedown, then removes the document. While another indexer writes, the record alone
/// is made: its commit, or the next one, removes the document. Exit code: 0 done, 1 no such
/// document, or still to be removed by the other run. Throws WriterError, schema::IndexError.
int run_remove(const RemoveJob& job);

/// Lists what was taken down, newest first.
int run_takedowns(const std::filesystem::path& index, bool json);

/// Ends a takedown: the next `index` of its source brings the document back. Exit code: 0 done, 1
/// it was not taken down. Throws WriterError, schema::IndexError.
int run_readmit(const WriterOptions& options, const std::string& id);

}  // namespace fundstelle
