// SPDX-License-Identifier: GPL-3.0-or-later
#include <mutex>

#include "search/engine/slugs.h"
#include "search/engine/snapshot.h"
#include "search/searcher.h"
#include "shards/shard.h"

namespace fundstelle::shards {
namespace {

class LocalShard : public Shard {
 private:
  /// A failure of this index is no failure of the others.
  template <typename Work>
  auto guarded(const Work& work) const -> decltype(work()) {
    try {
      return work();
    } catch (const ProblemError&) {
      throw;
    } catch (const search::TooSlow&) {
      throw ProblemError({"query_too_slow",
                          "Die Suche hat zu lange gebraucht und wurde abgebrochen. Schneller geht "
                          "es mit weniger oder selteneren Wörtern, einem längeren Wortanfang vor "
                          "dem Stern, einem engeren Zeitraum."});
    } catch (const std::exception& error) {
      throw ShardDown(name_ + ": " + error.what());
    }
  }
  void read(const std::function<void(search::Reader&)>& work) const {
    guarded([&] { searcher_.read(work); });
  }

 public:
  LocalShard(std::string name, const std::string& dir, const SearcherOptions& options)
      : name_(std::move(name)), searcher_(dir, options) {
    note_revision();
  }

  const std::string& name() const override { return name_; }
  IndexState state() const override { return searcher_.state(); }
  std::shared_ptr<const WordData> words() const override {
    const std::lock_guard lock(mutex_);
    return words_;
  }
  std::shared_ptr<const FacetNames> facet_names() const override {
    const std::lock_guard lock(mutex_);
    return names_;
  }

  bool holds(const std::string& term) const override {
    bool out = false;
    read([&](search::Reader& reader) { out = search::ColumnSlugs(reader).holds(term); });
    return out;
  }
  std::vector<std::string> authors(const std::string& begin) const override {
    std::vector<std::string> out;
    read([&](search::Reader& reader) { out = search::ColumnSlugs(reader).author_words(begin); });
    return out;
  }

  search::Census census(const SearchRequest& request) const override {
    search::Census out;
    read([&](search::Reader& reader) {
      reader.deadline = search::Deadline(request.budget);
      out = search::take_census(reader, request);
    });
    return out;
  }
  std::variant<SearchAnswer, Problem> search(const SearchRequest& request) const override {
    return guarded([&] { return searcher_.search(request); });
  }
  std::optional<DocumentView> document(std::string_view id, std::string_view q) const override {
    return guarded([&] { return searcher_.document(id, q); });
  }
  std::optional<Hit> describe(const std::string& id) const override {
    return guarded([&] { return searcher_.describe({id}).front(); });
  }
  std::vector<Hit> by_number(std::string_view body, std::string_view number) const override {
    return guarded([&] { return searcher_.by_number(body, number); });
  }
  bool whole() const override { return true; }
  TrendAnswer trend(const TrendRequest& request) const override {
    return guarded([&] { return searcher_.trend(request); });
  }
  SuggestAnswer suggest(std::string_view q, std::size_t size) const override {
    return guarded([&] { return searcher_.suggest(q, size); });
  }
  std::vector<Hit> similar(std::string_view id, std::size_t size,
                           std::chrono::milliseconds budget) const override {
    return guarded([&] { return searcher_.similar(id, size, budget); });
  }
  std::optional<SearcherStatistics> statistics() const override { return searcher_.statistics(); }
  AskedAnswer asked(const AskedRequest& request) const override {
    return guarded([&] { return searcher_.asked(request); });
  }
  std::optional<Original> original(std::string_view id) const override {
    return guarded([&] { return searcher_.original(id); });
  }
  std::vector<ListedDocument> listed(std::uint64_t first, std::uint64_t count) const override {
    return guarded([&] { return searcher_.listed(first, count); });
  }

  bool refresh() override {
    if (!searcher_.refresh()) return false;
    note_revision();
    return true;
  }

 private:
  void note_revision() {
    std::shared_ptr<const WordData> words;
    const auto names = std::make_shared<FacetNames>();
    searcher_.read([&](search::Reader& reader) {
      words = reader.snapshot.words;
      *names = {};
      for (std::size_t facet = 0; facet < kFacetCount; ++facet) {
        const search::FacetColumn& column = reader.snapshot.facets[facet];
        for (std::size_t id = 0; id < column.slugs.size(); ++id) {
          (*names)[facet].emplace_back(column.slugs[id], column.labels[id]);
        }
      }
    });
    const std::lock_guard lock(mutex_);
    words_ = std::move(words);
    names_ = names;
  }

  std::string name_;
  Searcher searcher_;
  mutable std::mutex mutex_;
  std::shared_ptr<const WordData> words_;
  std::shared_ptr<const FacetNames> names_;
};

}  // namespace

std::unique_ptr<Shard> open_local(std::string name, const std::string& dir,
                                  SearcherOptions options) {
  options.answer_cache_bytes = 0;
  return std::make_unique<LocalShard>(std::move(name), dir, options);
}

}  // namespace fundstelle::shards
