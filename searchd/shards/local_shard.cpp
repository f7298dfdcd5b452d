// SPDX-License-Identifier: GPL-3.0-or-later
#include <mutex>

#include "search/engine/begun.h"
#include "search/engine/slugs.h"
#include "search/engine/snapshot.h"
#include "search/searcher.h"
#include "shards/shard.h"

namespace fundstelle::shards {
namespace {

/// A failure of one index is no failure of the others. `name`: of the shard.
template <typename Work>
auto guarded(const std::string& name, const Work& work) -> decltype(work()) {
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
    throw ShardDown(name + ": " + error.what());
  }
}

class LocalBegun : public Begun {
 public:
  LocalBegun(const std::string& name, const Searcher& searcher,
             std::unique_ptr<search::Begun> begun)
      : name_(name), searcher_(searcher), begun_(std::move(begun)) {
    counts = std::move(begun_->counts);
    all_words = begun_->all_words;
    any_adds = begun_->any_adds;
    missing_phrases = std::move(begun_->missing_phrases);
  }

  std::size_t size() const override { return begun_->page.hits.size(); }
  HitKey key(std::size_t i) const override {
    const search::RankedHit& hit = begun_->page.hits[i];
    const search::Snapshot& snapshot = *begun_->snapshot;
    const search::Gid document = document_of(i);
    const bool passages = begun_->request.unit == Unit::kPassage;
    return {hit.all_words, hit.score, snapshot.date[document], snapshot.first_seen[document],
            passages ? hit.gid - snapshot.first_passage[document] : 0};
  }
  std::string id(std::size_t i) const override {
    // Where many papers bear one date, a page asks for thousands: no record is read for that.
    return guarded(name_, [&] {
      return std::string(begun_->snapshot->tables.ids(*begun_->snapshot).of(document_of(i)));
    });
  }
  SearchAnswer show(std::size_t first, std::size_t count, bool report) const override {
    return guarded(name_, [&] { return searcher_.finish(*begun_, first, count, report); });
  }
  std::string cursor_behind(std::size_t shown) const override {
    return begun_->cursor_behind(shown);
  }

 private:
  [[nodiscard]] search::Gid document_of(std::size_t i) const {
    return begun_->snapshot->document_of(begun_->request.unit, begun_->page.hits[i].gid);
  }

  const std::string& name_;
  const Searcher& searcher_;
  std::unique_ptr<search::Begun> begun_;
};

class LocalShard : public Shard {
 private:
  template <typename Work>
  auto guarded(const Work& work) const -> decltype(work()) {
    return shards::guarded(name_, work);
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
  std::variant<std::unique_ptr<Begun>, Problem> begin(const SearchRequest& request) const override {
    auto begun = guarded([&] { return searcher_.begin(request); });
    if (auto* problem = std::get_if<Problem>(&begun)) return std::move(*problem);
    return std::make_unique<LocalBegun>(name_, searcher_,
                                        std::get<std::unique_ptr<search::Begun>>(std::move(begun)));
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
