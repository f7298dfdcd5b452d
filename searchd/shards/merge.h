// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers of several shards become one: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "query/answer.h"
#include "query/request.h"

namespace fundstelle::shards {

/// The order in which shards give their hits, as said in search/engine/rank.h.
[[nodiscard]] bool comes_before(const Hit& a, const Hit& b, Sort sort);

/// Which shard gives each of the hits `skip` to `skip + size`: `lists` are what the shards found,
/// in their order. Equal hits: the earlier shard first.
struct Choice {
  std::vector<std::size_t> order;    ///< shard of each hit chosen, in order
  std::vector<std::size_t> skipped;  ///< hits before the page, by shard
  std::vector<std::size_t> chosen;   ///< hits of the page, by shard
};
[[nodiscard]] Choice choose(const std::vector<const std::vector<Hit>*>& lists, std::size_t skip,
                            std::size_t size, Sort sort);

/// Adds up; `parts` hold every value. At most `limit` values, selected ones always.
[[nodiscard]] std::vector<FacetCounts> add_facets(const std::vector<const SearchAnswer*>& parts,
                                                  const std::vector<Facet>& wanted,
                                                  std::uint32_t limit);

/// `parts` hold the facet of years with every value: a shard chooses months or years by its own
/// hits, all together may need years where each has months.
[[nodiscard]] Histogram add_histograms(const std::vector<const SearchAnswer*>& parts,
                                       const SearchRequest& request);

/// The report of the shard that holds most of the words, counts of all.
[[nodiscard]] QueryReport add_reports(const std::vector<const SearchAnswer*>& parts);

/// Where each shard goes on: its cursor, "" its beginning, nothing if it has no more.
using Places = std::vector<std::optional<std::string>>;
[[nodiscard]] std::string to_cursor(const Places& places);
[[nodiscard]] std::optional<Places> from_cursor(const std::string& cursor, std::size_t shards);

}  // namespace fundstelle::shards
