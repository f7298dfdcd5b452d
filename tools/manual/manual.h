// SPDX-License-Identifier: GPL-3.0-or-later
//
// A manual page made of a program's own definition of its flags: --help and man say the same.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace fundstelle {

struct ManualFacts {
  std::string version;
  std::string closing;  ///< examples and exit codes, as --help prints them
};

/// troff text (man macros), section 1.
[[nodiscard]] std::string manual_page(const CLI::App& app, const ManualFacts& facts);

}  // namespace fundstelle
