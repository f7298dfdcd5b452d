// SPDX-License-Identifier: GPL-3.0-or-later
//
// `fundstelle-indexer coverage`: which fields of which body are read, which are not.
#pragma once

#include <filesystem>

namespace fundstelle {

/// A table for each body, on stdout; as one JSON object if `json`. A field of a document is *read*
/// (it has a value), *abstained* (looked for and not printed) or *failed*: a value no table or
/// calendar knows. Documents of a kind that has no such field count nowhere. Exit code 0.
/// Throws WriterError, schema::IndexError.
int run_coverage(const std::filesystem::path& index, bool json);

}  // namespace fundstelle
