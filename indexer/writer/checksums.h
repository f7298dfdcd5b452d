// SPDX-License-Identifier: GPL-3.0-or-later
//
// File `checksums` of a generation or delta: what every other file in it must hold, so that damage
// is found and named whatever a file is for. One line a file, "SHA256  BYTES  PATH", by path; the
// last line is the hash of those above it.
//
// sources.zst is not among them: it is replaced where nothing else changes, and carries a checksum
// of its own.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace fundstelle::writer {

inline constexpr const char* kChecksumsFile = "checksums";

/// Over all files below the folder as they are now. Throws schema::IndexError.
void write_checksums(const std::filesystem::path& generation_or_delta);

/// Path below the folder to lower-case hex sha256. Throws schema::IndexError if the file is missing
/// or damaged.
[[nodiscard]] std::map<std::string, std::string> read_checksums(
    const std::filesystem::path& generation_or_delta);

/// One sentence for each file that is missing or holds something else; empty if all are sound.
[[nodiscard]] std::vector<std::string> wrong_checksums(
    const std::filesystem::path& generation_or_delta);

}  // namespace fundstelle::writer
