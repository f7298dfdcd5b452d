// SPDX-License-Identifier: GPL-3.0-or-later
//
// One search over all shards: the query is read once for all, counts are added up, hits merged.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shards/merge.h"
#include "shards/shard_set.h"

namespace fundstelle::shards {

/// One search over all shards.
class Search {
 public:
  Search(const ShardSet& state, const SearchRequest& typed);
  std::variant<SearchAnswer, Problem> run();
  /// For other answers about the same hits.
  std::optional<Problem> direct();
  [[nodiscard]] const SearchRequest& request() const { return request_; }
  [[nodiscard]] const std::vector<bool>& who() const { return who_; }

 private:
  using Parts = std::vector<std::optional<SearchAnswer>>;

  [[nodiscard]] std::uint64_t all_words();
  std::optional<Problem> ask_counts(Parts& parts);
  std::optional<Problem> ask(Parts& parts, const std::vector<bool>& who,
                             const std::function<SearchRequest(std::size_t)>& request_for);
  void miss(std::size_t shard, bool able);

  const ShardSet& state_;
  SearchRequest request_;
  search::Directions directions_;
  Places places_;
  std::vector<bool> who_;
  std::vector<std::string> incomplete_;
};

}  // namespace fundstelle::shards
