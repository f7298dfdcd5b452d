// SPDX-License-Identifier: GPL-3.0-or-later
//
// `fundstelle-indexer inspect`: what would be read from one file, without an index.
#pragma once

#include <string>

#include "extract/extract.h"

namespace fundstelle {

/// Prints the document readably, or as the interchange record. A record file gives each of its
/// records. Exit code: 0 read, 1 read with failures, 2 not read.
int run_inspect(const std::string& file, bool json, Extractor& extractor);

}  // namespace fundstelle
