// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the service asks of the search engine. One real implementation over a Searcher; tests answer
// by hand.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "schema/takedowns.h"
#include "search/searcher.h"

namespace fundstelle::http {

/// Called from many threads at once. May throw anything.
class Backend {
 public:
  virtual ~Backend() = default;
  [[nodiscard]] virtual std::variant<SearchAnswer, Problem> search(
      const SearchRequest& request) const = 0;
  /// All hits at once, to be read piece by piece; nothing where hits come by pages alone.
  [[nodiscard]] virtual std::optional<std::variant<Listing, Problem>> list(
      const SearchRequest& request, std::uint64_t most) const {
    (void)request, (void)most;
    return std::nullopt;
  }
  [[nodiscard]] virtual TrendAnswer trend(const TrendRequest& request) const = 0;
  [[nodiscard]] virtual SuggestAnswer suggest(std::string_view q, std::size_t size) const = 0;
  [[nodiscard]] virtual std::optional<DocumentView> document(std::string_view id,
                                                             std::string_view q) const = 0;
  [[nodiscard]] virtual std::vector<Hit> similar(std::string_view id, std::size_t size) const = 0;
  [[nodiscard]] virtual AskedAnswer asked(const AskedRequest& request) const = 0;
  [[nodiscard]] virtual std::optional<Original> original(std::string_view id) const = 0;
  [[nodiscard]] virtual std::vector<Hit> by_number(std::string_view body,
                                                   std::string_view number) const = 0;
  [[nodiscard]] virtual std::vector<std::optional<Hit>> describe(
      const std::vector<std::string>& ids) const = 0;
  [[nodiscard]] virtual std::vector<ListedDocument> listed(std::uint64_t first,
                                                           std::uint64_t count) const = 0;
  /// Why and when a document was taken down; nothing if it was not.
  [[nodiscard]] virtual std::optional<schema::Takedown> takedown(std::string_view id) const {
    (void)id;
    return std::nullopt;
  }
  /// German, one line a part of the collection that trend, suggest, similar and asked leave out
  /// (searches tell so themselves). Empty: these answers are of everything.
  [[nodiscard]] virtual std::vector<std::string> left_out() const { return {}; }
  [[nodiscard]] virtual IndexState state() const = 0;
};

/// The searcher must outlive the backend.
[[nodiscard]] std::unique_ptr<Backend> searcher_backend(const Searcher& searcher);

/// The searcher is asked for at every call; the function may throw schema::IndexError as long as
/// there is none. Questions without a budget of their own get this one (0: none).
[[nodiscard]] std::unique_ptr<Backend> searcher_backend(std::function<const Searcher&()> searcher,
                                                        std::chrono::milliseconds budget);

}  // namespace fundstelle::http
