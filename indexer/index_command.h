// SPDX-License-Identifier: GPL-3.0-or-later
//
// `fundstelle-indexer index`: files and folders into the index, touching only what changed.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "extract/extract.h"
#include "writer/writer.h"

namespace fundstelle {

struct IndexJob {
  WriterOptions writer;
  std::vector<std::string> paths;
  std::filesystem::path report;  ///< one JSON line a file; empty: none
  bool keep_originals = true;
  bool force = false;   ///< read every file again, changed or not
  std::string reading;  ///< options that change what is read from a file
};

/// Exit code: 0 done, 1 done with some failures, 2 nothing could be done. Talks on stderr, the
/// summary line on stdout. Throws WriterError, schema::IndexError.
int run_index(const IndexJob& job, Extractor& extractor);

/// The first SIGINT or SIGTERM ends reading: what was read is written, the next run goes on with
/// the rest. The second gives that up too, and the index is as it was before.
void stop_on_signals();

/// JSON string literal.
[[nodiscard]] std::string json_quoted(std::string_view text);

}  // namespace fundstelle
