// SPDX-License-Identifier: GPL-3.0-or-later
//
// `fundstelle-indexer verify`: is the index what reading its sources again gives?
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "extract/extract.h"

namespace fundstelle {

/// Reads the sources of an index again, from where they lie or from the originals it keeps, and
/// names documents and fields that differ. With `paths` only sources at or below them. Documents
/// whose text was recognised from pictures are read by `recognizing`, all others by `plain`.
/// Exit code: 0 all equal, 1 some differ or cannot be compared, 2 nothing to compare.
/// Throws WriterError, schema::IndexError.
int run_verify(const std::filesystem::path& index, const std::vector<std::string>& paths,
               Extractor& plain, Extractor& recognizing);

/// Without an index: reads each file twice and names the fields in which the two readings differ.
int run_verify_files(const std::vector<std::string>& files, Extractor& extractor);

}  // namespace fundstelle
