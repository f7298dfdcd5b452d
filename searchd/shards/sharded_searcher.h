// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection that lies in several shards, answered as one: the same totals and facets as one
// index of all documents gives. Order, and what remote shards cannot do: docs/scaling.md.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shards/shard.h"

namespace fundstelle::shards {

/// One entry of the settings: a folder, or host:port of xapian-tcpsrv.
struct ShardPlace {
  std::string path, remote;
  std::string name;  ///< as readers see it; empty: "Teil N"
  bool operator==(const ShardPlace&) const = default;
};

/// Shards that cannot answer as one, or none that can be opened. what() names shard and remedy.
struct ShardsError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Safe for many threads. A shard that is down makes an answer incomplete
/// (SearchAnswer::incomplete); only when all are, the answer is a problem, or ShardDown is thrown.
class ShardedSearcher {
 public:
  /// Throws ShardsError if shards were made with different words, schema::IndexError if a folder
  /// holds no index. Of remote ones, one must be in reach.
  /// `options`: caches of all folders together.
  explicit ShardedSearcher(const std::vector<ShardPlace>& places,
                           const SearcherOptions& options = {});
  explicit ShardedSearcher(std::vector<std::unique_ptr<Shard>> shards);
  ~ShardedSearcher();

  [[nodiscard]] std::variant<SearchAnswer, Problem> search(const SearchRequest& request) const;
  [[nodiscard]] TrendAnswer trend(const TrendRequest& request) const;
  [[nodiscard]] SuggestAnswer suggest(std::string_view q, std::size_t size) const;
  // These throw ProblemError (index_unavailable) where nothing is found and a shard is silent: it
  // may be there.
  [[nodiscard]] std::optional<DocumentView> document(std::string_view id,
                                                     std::string_view q = {}) const;
  /// As remote shards tell it.
  [[nodiscard]] std::optional<schema::Takedown> takedown(std::string_view id) const;
  [[nodiscard]] std::vector<Hit> by_number(std::string_view body, std::string_view number) const;

  [[nodiscard]] std::vector<Hit> similar(
      std::string_view id, std::size_t size,
      std::chrono::milliseconds budget = std::chrono::milliseconds{0}) const;
  [[nodiscard]] AskedAnswer asked(const AskedRequest& request) const;
  [[nodiscard]] std::optional<Original> original(std::string_view id) const;
  [[nodiscard]] std::vector<std::optional<Hit>> describe(const std::vector<std::string>& ids) const;
  [[nodiscard]] std::vector<ListedDocument> listed(std::uint64_t first, std::uint64_t count) const;
  [[nodiscard]] IndexState state() const;

  /// German, one line a shard that trend, suggest, similar and asked leave out: those that do not
  /// answer now, and those behind xapian-tcpsrv. Empty: these answers are of the whole collection.
  [[nodiscard]] std::vector<std::string> left_out() const;
  struct Part {
    std::string name;
    bool answers = false;  ///< it is asked, and answered when it was last
    std::uint64_t documents = 0;
  };
  [[nodiscard]] std::vector<Part> parts() const;
  /// Of all folders together; nothing if there is none.
  [[nodiscard]] std::optional<SearcherStatistics> statistics() const;

  /// Newer revisions, shards that are back. True if something changed. Does not throw: what went
  /// wrong stands in problems().
  bool refresh();
  /// Of the last refresh, one line a shard; for the log.
  [[nodiscard]] std::vector<std::string> problems() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fundstelle::shards
