// SPDX-License-Identifier: GPL-3.0-or-later
//
// The command line of fundstelle-query: every flag is defined here once, whatever commands take it.
#pragma once

#include <functional>
#include <optional>

#include "settings.h"

namespace fundstelle::query_tool {

struct Parsed {
  Settings settings;
  std::function<int(const Settings&)> command;
};

/// Reads the arguments. Nothing if all was said (--help, --version, --manual, misuse): then
/// `exit_code` is set.
[[nodiscard]] std::optional<Parsed> read_arguments(int argc, char** argv, int& exit_code);

}  // namespace fundstelle::query_tool
