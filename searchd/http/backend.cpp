// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/backend.h"

#include <filesystem>
#include <mutex>

namespace fundstelle::http {
namespace {

class SearcherBackend : public Backend {
 public:
  SearcherBackend(std::function<const Searcher&()> searcher, std::chrono::milliseconds budget)
      : searcher_(std::move(searcher)), budget_(budget) {}

  std::variant<SearchAnswer, Problem> search(const SearchRequest& request) const override {
    return searcher_().search(limited(request));
  }
  std::optional<std::variant<Listing, Problem>> list(const SearchRequest& request,
                                                     std::uint64_t most) const override {
    return searcher_().list(limited(request), most);
  }
  TrendAnswer trend(const TrendRequest& request) const override {
    TrendRequest wanted = request;
    wanted.search = limited(request.search);
    return searcher_().trend(wanted);
  }
  SuggestAnswer suggest(std::string_view q, std::size_t size) const override {
    return searcher_().suggest(q, size);
  }
  std::optional<DocumentView> document(std::string_view id, std::string_view q) const override {
    return searcher_().document(id, q);
  }
  std::vector<Hit> similar(std::string_view id, std::size_t size) const override {
    return searcher_().similar(id, size, budget_);
  }
  AskedAnswer asked(const AskedRequest& request) const override {
    return searcher_().asked(limited(request));
  }
  std::optional<Original> original(std::string_view id) const override {
    return searcher_().original(id);
  }
  std::vector<Hit> by_number(std::string_view body, std::string_view number) const override {
    return searcher_().by_number(body, number);
  }
  std::vector<std::optional<Hit>> describe(const std::vector<std::string>& ids) const override {
    return searcher_().describe(ids);
  }
  std::vector<ListedDocument> listed(std::uint64_t first, std::uint64_t count) const override {
    return searcher_().listed(first, count);
  }
  std::optional<schema::Takedown> takedown(std::string_view id) const override {
    return takedowns()->find(id);
  }
  IndexState state() const override { return searcher_().state(); }

 private:
  /// The list of the folder that is served; which one that is may turn out after the start.
  [[nodiscard]] std::shared_ptr<const schema::TakedownList> takedowns() const {
    const std::filesystem::path& dir = searcher_().index_dir();
    const std::lock_guard lock(mutex_);
    if (!takedowns_ || takedowns_dir_ != dir) {
      takedowns_ = std::make_shared<const schema::TakedownList>(dir);
      takedowns_dir_ = dir;
    }
    return takedowns_;
  }

  template <typename Request>
  [[nodiscard]] Request limited(const Request& request) const {
    Request wanted = request;
    if (wanted.budget.count() == 0) wanted.budget = budget_;
    return wanted;
  }

  const std::function<const Searcher&()> searcher_;
  const std::chrono::milliseconds budget_;
  mutable std::mutex mutex_;
  mutable std::filesystem::path takedowns_dir_;
  mutable std::shared_ptr<const schema::TakedownList> takedowns_;
};

}  // namespace

std::unique_ptr<Backend> searcher_backend(const Searcher& searcher) {
  return searcher_backend([&searcher]() -> const Searcher& { return searcher; }, {});
}

std::unique_ptr<Backend> searcher_backend(std::function<const Searcher&()> searcher,
                                          std::chrono::milliseconds budget) {
  return std::make_unique<SearcherBackend>(std::move(searcher), budget);
}

}  // namespace fundstelle::http
