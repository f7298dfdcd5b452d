// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names of fields, and the values of those that are ranges: dates and Wahlperioden.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fundstelle::query {

/// Canonical name of a field typed in German or English, any case; empty: no such field.
[[nodiscard]] std::string_view field_of(std::string_view name);

/// The field of a near miss ("tietel"), to offer; empty: none is near.
[[nodiscard]] std::string_view nearest_field(std::string_view name);

[[nodiscard]] inline bool is_range_field(std::string_view field) {
  return field == "datum" || field == "wp";
}

struct Range {
  std::string from, to;  ///< normal form (2021, 2021-04, 2021-04-06; 19), inclusive; empty: open
  bool swapped = false;  ///< typed the wrong way round
};

/// 2021, 2021-04, 6.4.2021, "April 2021", 2019..2021, 2019-2021, >2019, ..2021; 19, 18..20, >=18.
/// Nothing if it is none of these.
[[nodiscard]] std::optional<Range> read_range(std::string_view field, std::string_view typed);

[[nodiscard]] std::optional<unsigned> number_of(std::string_view digits);

}  // namespace fundstelle::query
