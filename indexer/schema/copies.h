// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which documents are copies of which: file `copies` of a generation or delta, one line
// "ID<TAB>ID of the document listed in its place", sorted. The newest of generation and delta tells
// of all living documents. No file: no copies.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace fundstelle::schema {

/// Copy to the document listed. Throws IndexError if a line is damaged.
[[nodiscard]] std::map<std::string, std::string> read_copies(
    const std::filesystem::path& generation_or_delta);
/// Throws IndexError.
void write_copies(const std::filesystem::path& generation_or_delta,
                  const std::map<std::string, std::string>& copies);

}  // namespace fundstelle::schema
