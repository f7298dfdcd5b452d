// SPDX-License-Identifier: GPL-3.0-or-later
//
// Builds a generation from spooled documents: learns the words, freezes them, writes small
// databases on all cores and merges them. Updating one large B-tree grows faster than the data;
// small ones written once and merged stay linear.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "schema/layout.h"
#include "text/word_data.h"
#include "writer/spool.h"
#include "writer/writer.h"

namespace fundstelle::writer {

/// Empty file in a generation whose words were taken from another index: they are never learnt
/// anew.
inline constexpr const char* kWordsTaken = "words-taken";

/// Writes everything but sources.zst into `target`, an empty folder, and returns the manifest
/// (already written). `work` is an empty folder for the parts. `taken` are words to be used as they
/// are; null: they are learnt. `progress` may throw to give up.
schema::Manifest build_generation(
    const std::filesystem::path& target, const std::filesystem::path& work,
    const std::vector<const Spool*>& spools, const WriterOptions& options,
    const std::shared_ptr<const WordData>& taken,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress);

/// "2026-01-31T23:59:59Z"
[[nodiscard]] std::string utc_now();

}  // namespace fundstelle::writer
