// SPDX-License-Identifier: GPL-3.0-or-later
//
// Finds the answer: tree + schema + text analysis over one index, safe for many threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "query/answer.h"
#include "query/asked.h"
#include "query/concordance.h"
#include "query/reading.h"
#include "query/request.h"
#include "query/suggestions.h"
#include "query/trend.h"
#include "search/listing.h"

namespace fundstelle {

namespace search {
class Reader;
struct Begun;
}

struct SearcherOptions {
  std::size_t posting_cache_bytes = std::size_t{160} << 20;  ///< decoded lists of query words
  /// Whole answers of this revision to the same request. 0: none are kept.
  std::size_t answer_cache_bytes = std::size_t{16} << 20;
  std::size_t record_cache_bytes = std::size_t{64} << 20;  ///< texts of hits shown. 0: none
  std::size_t listed_cache_bytes = std::size_t{16} << 20;  ///< metadata in long lists. 0: none
  bool pruning = true;  ///< false: every hit is scored and counted by itself, for comparison
};

/// Sums since the Searcher was made, over all revisions; bytes are those of now.
struct SearcherStatistics {
  std::uint64_t queries = 0;       ///< search, concordance, trend, similar, asked
  std::uint64_t slow_queries = 0;  ///< given up when their time was used up
  struct Cache {
    std::uint64_t hits = 0, misses = 0, bytes = 0, capacity_bytes = 0;
  };
  Cache postings, answers, records;
};

class Searcher {
 public:
  /// Opens what DIR/current names. Throws schema::IndexError (no index, other schema version or
  /// fingerprint: names both).
  explicit Searcher(const std::filesystem::path& index_dir, const SearcherOptions& options = {});
  ~Searcher();
  Searcher(const Searcher&) = delete;
  Searcher& operator=(const Searcher&) = delete;

  [[nodiscard]] std::variant<SearchAnswer, Problem> search(const SearchRequest& request) const;

  /// For shards/: search() in two steps. The first goes as far as no text is read
  /// (search/engine/begun.h). The second makes `count` hits of the page from the `first`th (from 0)
  /// on and, if `report`, says how the query was read; of the same revision, in what is left of the
  /// same time. It throws ProblemError if that is used up, schema::IndexError.
  [[nodiscard]] std::variant<std::unique_ptr<search::Begun>, Problem> begin(
      const SearchRequest& request) const;
  [[nodiscard]] SearchAnswer finish(const search::Begun& begun, std::size_t first,
                                    std::size_t count, bool report) const;

  /// The same hits as search() counts, at most `most` of them, of one revision: to be read piece by
  /// piece to any depth. Page, size, cursor, facets and snippets do not matter.
  [[nodiscard]] std::variant<Listing, Problem> list(const SearchRequest& request,
                                                    std::uint64_t most) const;

  /// Keyword in context over the same hits as search() counts.
  [[nodiscard]] std::variant<ConcordanceAnswer, Problem> concordance(
      const ConcordanceRequest& request) const;

  /// The same hits as search() counts, over time. Throws ProblemError if its time is used up.
  [[nodiscard]] TrendAnswer trend(const TrendRequest& request) const;

  /// What someone who has typed `q` may go on with; at most `size`.
  [[nodiscard]] SuggestAnswer suggest(std::string_view q, std::size_t size) const;

  /// `q` marks hits; empty: none. Nothing if there is no such document.
  [[nodiscard]] std::optional<DocumentView> document(std::string_view id,
                                                     std::string_view q = {}) const;
  /// Documents about the same matter, best first, at most `size`, with `shared_words` and the best
  /// passages. Without its copies and without the paper it answers or is answered by. Empty if
  /// there is no such document. Throws ProblemError if `budget` (0: none) is used up.
  [[nodiscard]] std::vector<Hit> similar(
      std::string_view id, std::size_t size,
      std::chrono::milliseconds budget = std::chrono::milliseconds{0}) const;
  /// Earlier questions near to those of a draft. Throws ProblemError if its time is used up.
  [[nodiscard]] AskedAnswer asked(const AskedRequest& request) const;
  [[nodiscard]] std::optional<Original> original(std::string_view id) const;
  /// Documents that bear this number: body slug ("" any), Wahlperiode, number with suffix.
  [[nodiscard]] std::vector<Hit> by_number(std::string_view body, std::string_view number) const;

  /// Metadata of these documents, in this order; nothing where there is none of an id.
  [[nodiscard]] std::vector<std::optional<Hit>> describe(const std::vector<std::string>& ids) const;
  /// Documents that results list (no copies), by id, from the `first`th (0-based) on.
  [[nodiscard]] std::vector<ListedDocument> listed(std::uint64_t first, std::uint64_t count) const;

  [[nodiscard]] const std::filesystem::path& index_dir() const;
  [[nodiscard]] IndexState state() const;
  [[nodiscard]] SearcherStatistics statistics() const;
  /// Label of a facet value, also of one with no hits; the slug itself if unknown.
  [[nodiscard]] std::string label(Facet facet, std::string_view slug) const;

  /// Opens a newer revision if DIR/current names one; running searches finish on the old. True if
  /// swapped. Throws schema::IndexError and keeps the old one if the new cannot be read.
  bool refresh();

  /// For shards/, which asks an index what the search room knows of it: runs `work` with a reader
  /// of the newest revision; again, whole, if the indexer dropped that meanwhile.
  void read(const std::function<void(search::Reader&)>& work) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fundstelle
