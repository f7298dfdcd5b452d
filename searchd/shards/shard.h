// SPDX-License-Identifier: GPL-3.0-or-later
//
// One part of a collection: an index folder of this machine, or a Xapian database elsewhere.
#pragma once

#include <array>
#include <chrono>
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
  [[nodiscard]] virtual std::variant<SearchAnswer, Problem> search(
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
