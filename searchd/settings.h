// SPDX-License-Identifier: GPL-3.0-or-later
//
// What fundstelle-searchd is told: defaults, FILE.toml, options of the command line.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

#include "http/server.h"
#include "present/site.h"

namespace fundstelle {

struct Settings {
  std::filesystem::path index, web;
  http::ServerOptions server;
  http::ServiceLimits limits;
  std::string log_level = "info";
  present::Site site;
};

struct SettingsError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Reads FILE.toml over what `settings` holds. docs/operation.md lists the keys. Throws
/// SettingsError naming file, key and remedy.
void read_settings(const std::filesystem::path& file, Settings& settings);

}  // namespace fundstelle
