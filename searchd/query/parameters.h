// SPDX-License-Identifier: GPL-3.0-or-later
//
// Parameters of an address become a search request: the inverse of present/address.h.
// docs/api.md lists them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "query/problem.h"
#include "query/request.h"

namespace fundstelle {

/// Decoded names and values. One value a name: Pistache keeps only the first of equal names.
using Parameters = std::map<std::string, std::string>;

/// What to do with names nobody knows. A program should hear of its typing error; a reader who came
/// by a link with a campaign tag on it should not.
enum class UnknownNames { kRefuse, kIgnore };

struct SearchParameters {
  UnknownNames unknown = UnknownNames::kRefuse;
  std::vector<Facet> facets;  ///< counted unless the address says otherwise
};

/// The request, or what is wrong with it: code "bad_parameter" or "unknown_parameter", German
/// detail naming value and remedy.
[[nodiscard]] std::variant<SearchRequest, Problem> read_search(const Parameters& parameters,
                                                               const SearchParameters& options);

/// Parameters of /api/v1/suggest: `q` is needed, `size` is 1 to 20.
struct SuggestParameters {
  std::string q;
  std::uint32_t size = 10;
};
[[nodiscard]] std::variant<SuggestParameters, Problem> read_suggest(const Parameters& parameters);

/// Parameters of an address that takes only `size`, 1 to `most`.
[[nodiscard]] std::variant<std::uint32_t, Problem> read_size(const Parameters& parameters,
                                                             std::uint32_t usual,
                                                             std::uint32_t most);

/// yyyymmdd of "2021", "2021-04", "2021-04-06", "4.2021", "6.4.2021": the first day that is meant,
/// or the last if `end`. 0 if it is no date of the years 1000 to 9999.
[[nodiscard]] std::uint32_t read_date(std::string_view text, bool end);

/// The known name that differs least from `name`; empty if none is near.
[[nodiscard]] std::string nearest_name(std::string_view name,
                                       const std::vector<std::string>& known);

}  // namespace fundstelle
