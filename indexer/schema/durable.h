// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small files that are whole or not there, and hashes that notice damage.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace fundstelle::schema {

/// Complete on disk when it returns: written beside, synced, renamed, folder synced. Throws
/// IndexError.
void write_durably(const std::filesystem::path& file, const std::string& text);

/// Lower-case hex sha256.
[[nodiscard]] std::string sha256_of_text(std::string_view bytes);
/// Of a file, read in pieces. Throws IndexError if it cannot be read.
[[nodiscard]] std::string sha256_of_file(const std::filesystem::path& file);

}  // namespace fundstelle::schema
