// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers of several shards become one: pure functions.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "query/answer.h"
#include "query/request.h"
#include "shards/shard.h"

namespace fundstelle::shards {

/// The order in which shards give their hits, as said in search/engine/rank.h: what is less comes
/// first. Where keys are alike, ids decide, then passages.
[[nodiscard]] std::weak_ordering compare(const HitKey& a, const HitKey& b, Sort sort);

/// Which shard gives each of the hits `skip` to `skip + size`. `sizes`: hits each shard found;
/// `before(a, i, b, k)`: the ith of shard a comes before the kth of shard b. Equal hits: the
/// earlier shard first.
struct Choice {
  std::vector<std::size_t> order;    ///< shard of each hit chosen, in order
  std::vector<std::size_t> skipped;  ///< hits before the page, by shard
  std::vector<std::size_t> chosen;   ///< hits of the page, by shard
};
using BeforeHit = std::function<bool(std::size_t, std::size_t, std::size_t, std::size_t)>;
[[nodiscard]] Choice choose(const std::vector<std::size_t>& sizes, const BeforeHit& before,
                            std::size_t skip, std::size_t size);

/// Adds up; `parts` hold every value. At most `limit` values, selected ones always.
[[nodiscard]] std::vector<FacetCounts> add_facets(const std::vector<const SearchAnswer*>& parts,
                                                  const std::vector<Facet>& wanted,
                                                  std::uint32_t limit);

/// `parts` hold the facet of years with every value: a shard chooses months or years by its own
/// hits, all together may need years where each has months.
[[nodiscard]] Histogram add_histograms(const std::vector<const SearchAnswer*>& parts,
                                       const SearchRequest& request);

/// The part that holds most of the words: its report is shown. `parts` are not empty.
[[nodiscard]] std::size_t speaker_of(const std::vector<const SearchAnswer*>& parts);
/// `report`, of the `speaker`, with the counts and notes of all.
[[nodiscard]] QueryReport add_reports(const std::vector<const SearchAnswer*>& parts,
                                      std::size_t speaker, QueryReport report);

/// Where each shard goes on: its cursor, "" its beginning, nothing if it has no more.
using Places = std::vector<std::optional<std::string>>;
[[nodiscard]] std::string to_cursor(const Places& places);
[[nodiscard]] std::optional<Places> from_cursor(const std::string& cursor, std::size_t shards);

}  // namespace fundstelle::shards
