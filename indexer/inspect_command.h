// SPDX-License-Identifier: GPL-3.0-or-later
//
// `fundstelle-indexer inspect`: what would be read from one file, without an index.
#pragma once

#include <string>
#include <vector>

#include "extract/extract.h"

namespace fundstelle {

/// Prints the document of each file readably, or as the interchange record. A record file gives
/// each of its records; of files with the same bytes one is shown, the others are named. Exit code:
/// 0 read, 1 read with failures, 2 not read.
int run_inspect(const std::vector<std::string>& files, bool json, Extractor& extractor);

}  // namespace fundstelle
