// SPDX-License-Identifier: GPL-3.0-or-later
//
// The OpenAPI description of the API. web/templates/openapi.json is its source; what the program
// knows better than any file (codes, facets, limits) is put in where the source says so.
#pragma once

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace fundstelle::present {

/// The source is not JSON or asks for something nobody knows; what() names it.
struct OpenApiError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What only whoever serves knows: "version", "server", limits. Numbers by name.
struct OpenApiFacts {
  std::map<std::string, std::string> texts;
  std::map<std::string, std::uint64_t> numbers;
};

/// In the source `{"$fill": "name"}` stands for a value, `{{name}}` within a text for the same as
/// text. Known besides the facts: `facets`, `batch_fields`, `export_formats`, `problem_codes`,
/// `problem_table`, `codes_STATUS`.
[[nodiscard]] std::string openapi_json(std::string_view source, const OpenApiFacts& facts);

}  // namespace fundstelle::present
