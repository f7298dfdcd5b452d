// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/backend.h"

namespace fundstelle::http {
namespace {

class SearcherBackend : public Backend {
 public:
  explicit SearcherBackend(const Searcher& searcher)
      : searcher_(searcher), takedowns_(searcher.index_dir()) {}

  std::variant<SearchAnswer, Problem> search(const SearchRequest& request) const override {
    return searcher_.search(request);
  }
  TrendAnswer trend(const TrendRequest& request) const override { return searcher_.trend(request); }
  SuggestAnswer suggest(std::string_view q, std::size_t size) const override {
    return searcher_.suggest(q, size);
  }
  std::optional<DocumentView> document(std::string_view id, std::string_view q) const override {
    return searcher_.document(id, q);
  }
  std::vector<Hit> similar(std::string_view id, std::size_t size) const override {
    return searcher_.similar(id, size);
  }
  AskedAnswer asked(const AskedRequest& request) const override { return searcher_.asked(request); }
  std::optional<Original> original(std::string_view id) const override {
    return searcher_.original(id);
  }
  std::vector<Hit> by_number(std::string_view body, std::string_view number) const override {
    return searcher_.by_number(body, number);
  }
  std::vector<std::optional<Hit>> describe(const std::vector<std::string>& ids) const override {
    return searcher_.describe(ids);
  }
  std::vector<ListedDocument> listed(std::uint64_t first, std::uint64_t count) const override {
    return searcher_.listed(first, count);
  }
  std::optional<schema::Takedown> takedown(std::string_view id) const override {
    return takedowns_.find(id);
  }
  IndexState state() const override { return searcher_.state(); }

 private:
  const Searcher& searcher_;
  const schema::TakedownList takedowns_;
};

}  // namespace

std::unique_ptr<Backend> searcher_backend(const Searcher& searcher) {
  return std::make_unique<SearcherBackend>(searcher);
}

}  // namespace fundstelle::http
