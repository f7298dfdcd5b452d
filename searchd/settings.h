// SPDX-License-Identifier: GPL-3.0-or-later
//
// What fundstelle-searchd is told: defaults, FILE.toml, options of the command line.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "http/server.h"
#include "log.h"
#include "present/site.h"
#include "search/searcher.h"
#include "shards/sharded_searcher.h"

namespace fundstelle {

struct Settings {
  std::filesystem::path index, web;
  std::vector<shards::ShardPlace> shards;  ///< instead of an index; read_shards (sharded.h)
  bool wait_for_index = false;  ///< start without one and look for it
  http::ServerOptions server;
  http::ServiceLimits limits;
  present::Site site;
  SearcherOptions caches;

  std::chrono::milliseconds query_budget{5'000};  ///< 0: none
  std::uint32_t query_characters = 1000, query_words = 64, wildcard_words = 100;
  std::uint32_t filter_values = 100, deepest_hit = 10'000;
  std::chrono::seconds drain_notice{1}, drain{10};

  std::string admin_listen = "off";
  LogLevel log_level = LogLevel::kInfo;
  LogFormat log_format = LogFormat::kLogfmt;
  bool log_requests = false, log_queries = false, log_addresses = false;
};

struct SettingsError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Reads FILE.toml over what `settings` holds. Throws SettingsError naming file, key and remedy.
void read_settings(const std::filesystem::path& file, Settings& settings);

/// Every key with its meaning and default, as a file that changes nothing until a line is
/// uncommented.
[[nodiscard]] std::string settings_file();

/// Keys that differ between two settings and hold only from the next start on.
[[nodiscard]] std::vector<std::string> needs_restart(const Settings& running, const Settings& read);

}  // namespace fundstelle
