// SPDX-License-Identifier: GPL-3.0-or-later
//
// One part of a collection: an index folder of this machine, or a Xapian database elsewhere.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "query/answer.h"
#include "query/asked.h"
#include "query/reading.h"
#include "query/request.h"
#include "query/suggestions.h"
#include "query/trend.h"
#include "schema/takedowns.h"
#include "search/directions.h"
#include "search/searcher.h"
#include "text/word_data.h"

namespace fundstelle::shards {

/// A shard that does not answer now, or cannot answer this. what() is for the log.
struct ShardDown : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Slug and label of every value of each facet; legislature and year have none.
using FacetNames = std::array<std::vector<std::pair<std::string, std::string>>, kFacetCount>;

/// What puts a hit of one shard before one of another; known without reading its texts.
struct HitKey {
  bool all_words = true;
  double score = 0;
  std::uint32_t date = 0;        ///< yyyymmdd, 0: none
  std::uint32_t first_seen = 0;  ///< seconds since 1970
  std::uint32_t passage = 0;     ///< within its document
};

/// A search begun in one shard: matched, counted and put in order. Of one revision; its shard must
/// outlive it. One thread at a time. Members may throw as those of Shard.
class Begun {
 public:
  virtual ~Begun() = default;

  /// Totals, facets with every value, histogram, how the query was read and how many documents hold
  /// each word; no hits.
  SearchAnswer counts;
  /// Entries with all words, before filters; where it is 10 or more, at least 10.
  std::uint64_t all_words = 0;
  /// False where it is known that, with so few hits, any word met no more than all.
  bool any_adds = true;
  /// Quotations beside words that stand nowhere here, as typed, if that was not decided before.
  std::vector<std::string> missing_phrases;

  /// Hits of the page that was asked for.
  [[nodiscard]] virtual std::size_t size() const = 0;
  [[nodiscard]] virtual HitKey key(std::size_t i) const = 0;
  /// Id of its document; empty where it is not known without reading texts.
  [[nodiscard]] virtual std::string id(std::size_t i) const = 0;
  /// `count` of these hits from the `first`th on and, if `report`, all that is said of the query.
  [[nodiscard]] virtual SearchAnswer show(std::size_t first, std::size_t count,
                                          bool report) const = 0;
  /// With which it goes on behind the first `shown` hits, 1 at least. Empty: there are no more.
  [[nodiscard]] virtual std::string cursor_behind(std::size_t shown) const = 0;
};

/// Safe for many threads. Every member may throw ShardDown, and ProblemError if the request's time
/// is used up.
class Shard {
 public:
  virtual ~Shard() = default;

  /// How readers know it: "Teil 2", or a name from the settings.
  [[nodiscard]] virtual const std::string& name() const = 0;
  /// What of it was last seen; does not throw.
  [[nodiscard]] virtual IndexState state() const = 0;
  [[nodiscard]] virtual std::shared_ptr<const WordData> words() const = 0;
  [[nodiscard]] virtual std::shared_ptr<const FacetNames> facet_names() const = 0;
  /// Some document has this term.
  [[nodiscard]] virtual bool holds(const std::string& term) const = 0;
  /// Folded words of authors' names that begin so.
  [[nodiscard]] virtual std::vector<std::string> authors(const std::string& begin) const = 0;

  /// `request.directions` is set in both.
  [[nodiscard]] virtual search::Census census(const SearchRequest& request) const = 0;
  [[nodiscard]] virtual std::variant<std::unique_ptr<Begun>, Problem> begin(
      const SearchRequest& request) const = 0;
  /// The shard can answer such a request; else it is left out, and the answer says so.
  [[nodiscard]] virtual bool answers(const SearchRequest&) const { return true; }

  [[nodiscard]] virtual std::optional<DocumentView> document(std::string_view id,
                                                             std::string_view q) const = 0;
  [[nodiscard]] virtual std::optional<Hit> describe(const std::string& id) const = 0;
  [[nodiscard]] virtual std::vector<Hit> by_number(std::string_view body,
                                                   std::string_view number) const = 0;

  /// Why and when a document was taken down, where the shard tells it.
  [[nodiscard]] virtual std::optional<schema::Takedown> takedown(std::string_view) const {
    return {};
  }

  // What only an index of this machine can: others give nothing.
  [[nodiscard]] virtual bool whole() const { return false; }
  [[nodiscard]] virtual TrendAnswer trend(const TrendRequest&) const { return {}; }
  [[nodiscard]] virtual SuggestAnswer suggest(std::string_view, std::size_t) const { return {}; }
  [[nodiscard]] virtual std::vector<Hit> similar(std::string_view, std::size_t,
                                                 std::chrono::milliseconds /*budget*/) const {
    return {};
  }
  [[nodiscard]] virtual AskedAnswer asked(const AskedRequest&) const { return {}; }
  [[nodiscard]] virtual std::optional<Original> original(std::string_view) const { return {}; }
  [[nodiscard]] virtual std::vector<ListedDocument> listed(std::uint64_t, std::uint64_t) const {
    return {};
  }

  [[nodiscard]] virtual std::optional<SearcherStatistics> statistics() const { return {}; }

  /// Looks for a newer revision, or whether it is back. True if something changed.
  virtual bool refresh() = 0;
};

/// An index folder. It keeps no whole answers: these depend on what the other shards hold. Throws
/// schema::IndexError.
[[nodiscard]] std::unique_ptr<Shard> open_local(std::string name, const std::string& dir,
                                                SearcherOptions options = {});
/// A database in the form of schema/remote.h that xapian-tcpsrv serves at "host:port". One out of
/// reach is opened all the same, and is down until refresh() finds it. Throws ShardDown if `place`
/// is none.
[[nodiscard]] std::unique_ptr<Shard> open_remote(std::string name, const std::string& place);

}  // namespace fundstelle::shards
