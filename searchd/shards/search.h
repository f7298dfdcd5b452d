// SPDX-License-Identifier: GPL-3.0-or-later
//
// One search over all shards: the query is read once for all, counts are added up, hits merged.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
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
  using Parts = std::vector<std::unique_ptr<Begun>>;  ///< by shard; null: it does not answer

  [[nodiscard]] std::uint64_t all_words();
  /// Begins in all shards, again when these together have decided how the query is read.
  std::optional<Problem> begin(Parts& parts, std::size_t wanted);
  std::optional<Problem> begin_once(Parts& parts, std::size_t wanted);
  [[nodiscard]] SearchRequest request_for(std::size_t shard, std::size_t wanted) const;
  void miss(std::size_t shard, bool able);

  const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  const ShardSet& state_;
  SearchRequest request_;
  search::Directions directions_;
  Places places_;
  std::vector<bool> who_;
  std::vector<std::string> incomplete_;
};

}  // namespace fundstelle::shards
