// SPDX-License-Identifier: GPL-3.0-or-later
//
// Serving a collection that lies in shards ([[shard]] in the settings) instead of one index.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <vector>

#include "http/backend.h"
#include "settings.h"
#include "shards/sharded_searcher.h"

namespace fundstelle {

/// The entries [[shard]] of FILE.toml; none if it has none. Throws SettingsError.
[[nodiscard]] std::vector<shards::ShardPlace> read_shards(const std::filesystem::path& file);

/// The searcher must outlive the backend. Questions without a budget of their own get this one.
[[nodiscard]] std::unique_ptr<http::Backend> sharded_backend(
    const shards::ShardedSearcher& searcher, std::chrono::milliseconds budget);

/// Serves until SIGTERM or SIGINT; with `check_only` opens everything and says what was found.
/// Returns the exit code.
int serve_shards(const std::vector<shards::ShardPlace>& places, const Settings& settings,
                 bool check_only);

}  // namespace fundstelle
