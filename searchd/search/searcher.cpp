// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/searcher.h"

#include <xapian.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <mutex>
#include <type_traits>
#include <utility>

#include "identity/identity.h"
#include "query/limits.h"
#include "query/parser.h"
#include "schema/layout.h"
#include "search/directions.h"
#include "search/engine/alike.h"
#include "search/engine/asked.h"
#include "search/engine/begun.h"
#include "search/engine/concordance.h"
#include "search/engine/deadline.h"
#include "search/engine/document_links.h"
#include "search/engine/evaluate.h"
#include "search/engine/highlight.h"
#include "search/engine/hits.h"
#include "search/engine/linked.h"
#include "search/engine/listed_hits.h"
#include "search/engine/memory.h"
#include "search/engine/offers.h"
#include "search/engine/plan.h"
#include "search/engine/rank.h"
#include "search/engine/report.h"
#include "search/engine/select.h"
#include "search/engine/slugs.h"
#include "search/engine/snapshot.h"
#include "search/engine/trend.h"

namespace fundstelle {

using search::Gid;
using search::Reader;
using search::Snapshot;

namespace {

constexpr std::size_t kSharedWords = 8;
constexpr std::size_t kShareWhileOpening = 8;  // an eighth
constexpr std::uint64_t kFewHits = 10;  // below this the search asks for any word instead of all

/// Where the original of a document lies. Nothing if it says none, or something that is no hash:
/// indexes made before records were checked hold what records said.
std::optional<std::filesystem::path> original_of(const std::filesystem::path& dir,
                                                 const std::string& sha256) {
  if (sha256.empty()) return std::nullopt;
  try {
    return schema::original_path(dir, sha256);
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
}

search::Plan plan_of(const Reader& reader, std::string_view q, const ExpansionSwitches& expand) {
  return search::make_plan(parse_query(q), reader.analyzer, expand, search::ColumnSlugs(reader));
}

/// What the words of a request meet, before filters.
struct Matched {
  search::Plan plan;
  Roaring all_words;
  Roaring entries;                             ///< what counts: `all_words`, or with any of them
  bool relaxed = false;                        ///< by itself, for want of hits
  std::vector<std::string> missing_phrases{};  ///< if shards decide about them
};

Matched match(const Reader& reader, const search::Evaluator& evaluator,
              const SearchRequest& request) {
  Matched out;
  ParsedQuery parsed = parse_query(request.q);
  const search::Directions* const directions = request.directions.get();
  if (directions != nullptr) {
    search::read_as_words(parsed, directions->phrases_as_words);
    out.plan = search::make_plan(parsed, reader.analyzer, request.expand, *directions->finder);
    out.all_words = evaluator.matches(*out.plan.root, false);
    out.entries = directions->any ? evaluator.matches(*out.plan.root, true) : out.all_words;
    out.relaxed = directions->relaxed;
    if (request.match != MatchMode::kAll && directions->phrases_as_words.empty()) {
      out.missing_phrases = search::missing_phrases(parsed, out.plan, evaluator);
    }
    return out;
  }
  const search::ColumnSlugs slugs(reader);
  out.plan = search::make_plan(parsed, reader.analyzer, request.expand, slugs);
  if (request.match != MatchMode::kAll &&
      search::read_as_words(parsed, search::missing_phrases(parsed, out.plan, evaluator))) {
    out.plan = search::make_plan(parsed, reader.analyzer, request.expand, slugs);
  }
  out.all_words = evaluator.matches(*out.plan.root, false);
  out.entries = out.all_words;
  // Decided before filters: a facet's count must hold when it is chosen.
  if (request.match == MatchMode::kAny ||
      (request.match == MatchMode::kAuto && out.all_words.cardinality() < kFewHits)) {
    out.entries = evaluator.matches(*out.plan.root, true);
    out.relaxed = request.match == MatchMode::kAuto &&
                  out.entries.cardinality() > out.all_words.cardinality();
  }
  return out;
}

/// Where the wanted page begins. Corrects a page of 0.
std::variant<search::Place, Problem> place_of(const Snapshot& snapshot, SearchRequest& request) {
  search::Place place;
  if (!request.cursor.empty()) {
    const auto from = search::from_cursor(request.cursor, snapshot.current.revision, request);
    const bool sound =
        from && from->after->gid < snapshot.space(request.unit).end &&
        (from->offset == 0 || snapshot.space(request.unit).alive.contains(from->after->gid));
    if (!sound) {
      return Problem{"invalid_cursor",
                     "Diese Fortsetzung gehört zu einer anderen Suche oder zu einem älteren "
                     "Stand des Bestands. Bitte von vorn beginnen."};
    }
    place = *from;
  } else {
    if (request.page == 0) request.page = 1;
    if (std::uint64_t{request.page} * request.size > query_limits().deepest_hit) {
      return Problem{"page_too_deep",
                     "Seiten reichen bis zum " + std::to_string(query_limits().deepest_hit) +
                         ". Treffer. Weiter geht es mit dem „cursor“ der vorigen Antwort."};
    }
    place.offset = (std::uint64_t{request.page} - 1) * request.size;
  }
  return place;
}

/// Ranked lists serve matching, too.
void prepare(search::Evaluator& evaluator, const SearchRequest& request, bool pruning) {
  if (pruning) evaluator.rank_by(&request.ranking);  // the same lists, whatever the order
}

using MaybeBegun = std::variant<std::unique_ptr<search::Begun>, Problem>;

MaybeBegun begin_search(Reader& reader, const SearchRequest& typed, bool pruning) {
  const Snapshot& snapshot = reader.snapshot;
  auto begun = std::make_unique<search::Begun>();
  begun->snapshot = snapshot.shared_from_this();
  begun->deadline = reader.deadline;
  begun->request = typed;
  SearchRequest& request = begun->request;
  request.size = std::clamp<std::uint32_t>(request.size, 1, kMostHits);
  const auto wanted = place_of(snapshot, request);
  if (const auto* error = std::get_if<Problem>(&wanted)) return *error;
  begun->place = std::get<search::Place>(wanted);
  search::Evaluator evaluator(reader, request.unit);
  prepare(evaluator, request, pruning);
  Matched met = match(reader, evaluator, request);
  begun->all_words = met.all_words.cardinality();
  const bool complete = met.entries.cardinality() == begun->all_words;
  SearchAnswer& out = begun->counts;
  search::Selection selection = search::select(snapshot, request, met.entries);
  out.total = selection.hits.size();
  begun->page = search::rank(evaluator, snapshot, *met.plan.root, request, selection.hits,
                             met.all_words, begun->place, complete);
  out.total_all_words =
      complete
          ? out.total
          : Roaring(selection.hits.size(), selection.hits.data()).and_cardinality(met.all_words);
  out.facets = std::move(selection.facets);
  out.histogram = std::move(selection.histogram);
  begun->relaxed = met.relaxed;
  out.revision = snapshot.current.revision;
  begun->any = met.relaxed || request.match == MatchMode::kAny;
  begun->missing_phrases = std::move(met.missing_phrases);
  if (request.directions != nullptr) {  // of shards, one reports whole, all count
    out.query = search::make_reading(evaluator, met.plan, begun->any, {});
    out.query.words = search::understood_words(evaluator, met.plan);
    const bool undecided = request.match == MatchMode::kAuto && !begun->any;
    begun->any_adds = undecided && begun->all_words < kFewHits &&
                      evaluator.matches(*met.plan.root, true).cardinality() > begun->all_words;
  }
  begun->plan = std::move(met.plan);
  return begun;
}

/// Hits from the `first`th of the page on, and what is said of the query if `report`.
SearchAnswer finish_search(Reader& reader, const search::Begun& begun, std::size_t first,
                           std::size_t count, bool report, bool pruning) {
  const SearchRequest& request = begun.request;
  const search::PlanNode& root = *begun.plan.root;
  search::Evaluator evaluator(reader, request.unit);
  prepare(evaluator, request, pruning);
  reader.marks_by_streams = pruning;
  SearchAnswer out;
  search::CompoundExamples examples;
  if (count > 0) {
    const auto& ranked = begun.page.hits;
    const auto begin = ranked.begin() + static_cast<std::ptrdiff_t>(std::min(first, ranked.size()));
    const auto end =
        begin + std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(count), ranked.end() - begin);
    const auto preferred = evaluator.question_passages(root, true);
    out.hits = search::make_hits(reader, search::Highlighter(root), {begin, end}, request, examples,
                                 preferred ? &*preferred : nullptr);
  }
  if (!report) return out;
  const search::Evaluator counting(reader, request.unit);
  out.query = search::make_report(reader, evaluator, begun.plan, request.q, begun.any, examples,
                                  [&](const std::string& q) {
                                    const search::Plan other = plan_of(reader, q, request.expand);
                                    return counting.matches(*other.root, false).cardinality();
                                  });
  out.query.relaxed = begun.relaxed;
  return out;
}

std::variant<SearchAnswer, Problem> answer(Reader& reader, const SearchRequest& typed,
                                           bool pruning) {
  const auto begin = std::chrono::steady_clock::now();
  auto begun = begin_search(reader, typed, pruning);
  if (auto* error = std::get_if<Problem>(&begun)) return std::move(*error);
  search::Begun& known = *std::get<std::unique_ptr<search::Begun>>(begun);
  SearchAnswer out = std::move(known.counts);
  SearchAnswer made = finish_search(reader, known, 0, known.page.hits.size(), true, pruning);
  out.hits = std::move(made.hits);
  out.query = std::move(made.query);
  out.cursor = known.cursor_behind(known.page.hits.size());
  out.took_us = search::microseconds_since(begin);
  return out;
}

std::vector<Mark> marks_of(const std::vector<search::Occurrence>& occurrences) {
  std::vector<Mark> out;
  for (const search::Occurrence& one : occurrences) out.push_back({one.begin, one.end});
  return out;
}

using HeldLease = std::unique_ptr<Snapshot::Lease>;

HeldLease leased(const Snapshot& snapshot) {
  return HeldLease(new Snapshot::Lease(snapshot.lease()));
}

/// `work` takes a reader, or the lease of one, which it may keep.
template <typename Work>
auto called(const Work& work, HeldLease& lease) {
  if constexpr (std::is_invocable_v<const Work&, HeldLease&>) {
    return work(lease);
  } else {
    return work(**lease);
  }
}

}  // namespace

struct Searcher::State {
  std::filesystem::path dir;
  SearcherOptions options;
  std::atomic<std::uint64_t> queries{0}, slow_queries{0};
  /// Of the revisions before: of lists, answers, records.
  std::array<std::atomic<std::uint64_t>, 3> earlier_hits{}, earlier_misses{};
  mutable std::mutex mutex;  // guards `snapshot`, not what it points to
  std::shared_ptr<const Snapshot> snapshot;
  std::mutex refresh_mutex;  // guards what follows
  std::weak_ptr<const Snapshot> retired;
  bool to_trim = false;  ///< the memory of `retired`, once nobody reads it any more
  mutable search::MemoryKeeper memory;

  [[nodiscard]] std::shared_ptr<const Snapshot> now() const {
    const std::lock_guard lock(mutex);
    return snapshot;
  }

  bool refresh() {
    const std::lock_guard one_at_a_time(refresh_mutex);
    const schema::Current current = schema::read_current(dir);
    const auto old = now();
    if (old && old->current.revision == current.revision &&
        old->current.generation == current.generation && old->current.delta == current.delta) {
      if (to_trim && retired.expired()) {
        // Revisions are made of many blocks by changing threads: what glibc keeps of them for later
        // came to twice what is in use, and never went back.
        memory.give_back();
        to_trim = false;
      }
      return false;
    }
    // For a while both are in memory: until then the old one keeps only what is asked most.
    if (old) {
      old->resize_caches(sizes(kShareWhileOpening));
      memory.give_back();
    }
    std::shared_ptr<const Snapshot> fresh;
    try {
      fresh = open(current, old.get());
    } catch (...) {
      if (old) old->resize_caches(sizes(1));
      throw;
    }
    {
      const std::lock_guard lock(mutex);
      snapshot = std::move(fresh);
    }
    if (old) {
      // Searches still running on the old one go on without a cache.
      remember(*old);
      old->cache.retire();
      old->scored.retire();
      old->records.retire();
      old->listed.retire();
      old->answers.retire();
      retired = old;
      to_trim = true;
    }
    memory.give_back();
    return true;
  }

  /// Bytes of the caches; a `share`th of them.
  [[nodiscard]] search::CacheSizes sizes(std::size_t share) const {
    return {options.posting_cache_bytes / share, options.answer_cache_bytes / share,
            options.record_cache_bytes / share, options.listed_cache_bytes / share};
  }

  [[nodiscard]] static std::array<search::CacheStatistics, 3> caches_of(const Snapshot& snapshot) {
    const auto plain = snapshot.cache.statistics();
    const search::CacheStatistics scored = snapshot.scored.statistics();
    return {{{plain.hits + scored.hits, plain.misses + scored.misses, plain.bytes + scored.bytes},
             snapshot.answers.statistics(),
             snapshot.records.statistics()}};
  }

  void remember(const Snapshot& old) {
    const auto known = caches_of(old);
    for (std::size_t i = 0; i < known.size(); ++i) {
      earlier_hits[i] += known[i].hits;
      earlier_misses[i] += known[i].misses;
    }
  }

  /// From the answers kept, else made and kept.
  [[nodiscard]] std::variant<SearchAnswer, Problem> answered(Reader& reader,
                                                             const SearchRequest& request) const {
    const std::string key = options.answer_cache_bytes > 0 ? search::answer_key(request) : "";
    if (key.empty()) return answer(reader, request, options.pruning);
    const auto begin = std::chrono::steady_clock::now();
    if (const auto known = reader.snapshot.answers.find(key)) {
      SearchAnswer out = known->answer;
      out.took_us = search::microseconds_since(begin);
      return out;
    }
    auto made = answer(reader, request, options.pruning);
    if (const auto* whole = std::get_if<SearchAnswer>(&made)) {
      auto kept = std::make_shared<search::KeptAnswer>();
      kept->answer = *whole;
      reader.snapshot.answers.keep(key, std::move(kept));
    }
    return made;
  }

  [[nodiscard]] std::shared_ptr<const Snapshot> open(const schema::Current& current,
                                                     const Snapshot* earlier) const {
    try {
      return std::make_shared<const Snapshot>(dir, current, sizes(1), earlier);
    } catch (const Xapian::Error& error) {
      throw schema::IndexError(dir.string() + ": " + error.get_msg() +
                               "; run fundstelle-indexer check");
    }
  }

  /// Runs `work` with a reader. The indexer may drop an old generation while a new thread opens it:
  /// then the newest is opened and the work done again, whole.
  template <typename Work>
  auto with_reader(const Work& work, const search::Deadline& deadline = {}) {
    for (int attempt = 0;; ++attempt) {
      const auto pinned = now();
      std::string problem;
      try {
        auto lease = leased(*pinned);
        (**lease).deadline = deadline;
        memory.at_query(*pinned);
        return called(work, lease);
      } catch (const Xapian::Error& error) {
        problem = error.get_msg();
      } catch (const schema::IndexError& error) {
        problem = error.what();
      }
      if (attempt > 0 || !refresh()) {
        throw schema::IndexError(dir.string() + ": " + problem + "; run fundstelle-indexer check");
      }
    }
  }

  /// The same for what somebody asks: counted, and given up when its time is used up.
  template <typename Work>
  auto with_budget(std::chrono::milliseconds budget, const Work& work)
      -> decltype(called(work, std::declval<HeldLease&>())) {
    ++queries;
    try {
      return with_reader(work, search::Deadline(budget));
    } catch (const search::TooSlow&) {
      ++slow_queries;
      Problem problem = too_slow(budget);
      using Answer = decltype(called(work, std::declval<HeldLease&>()));
      if constexpr (std::is_constructible_v<Answer, std::in_place_type_t<Problem>, Problem>) {
        return Answer{std::in_place_type<Problem>, std::move(problem)};
      } else {
        throw ProblemError(std::move(problem));
      }
    }
  }

  static Problem too_slow(std::chrono::milliseconds budget) {
    return {"query_too_slow",
            "Die Suche hat länger als " + seconds(budget) +
                " gebraucht und wurde abgebrochen. Schneller geht es mit weniger oder "
                "selteneren Wörtern, einem längeren Wortanfang vor dem Stern, einem "
                "engeren Zeitraum."};
  }

  /// German: "2 Sekunden", "0,5 Sekunden".
  static std::string seconds(std::chrono::milliseconds time) {
    const auto tenths = (time.count() + 50) / 100;
    std::string out = std::to_string(tenths / 10);
    if (tenths % 10 != 0) out += "," + std::to_string(tenths % 10);
    return out + (tenths == 10 ? " Sekunde" : " Sekunden");
  }
};

Searcher::Searcher(const std::filesystem::path& index_dir, const SearcherOptions& options)
    : state_(std::make_unique<State>()) {
  state_->dir = index_dir;
  state_->options = options;
  state_->refresh();
}
Searcher::~Searcher() = default;

std::variant<SearchAnswer, Problem> Searcher::search(const SearchRequest& request) const {
  return state_->with_budget(request.budget,
                             [&](Reader& reader) { return state_->answered(reader, request); });
}

std::variant<std::unique_ptr<search::Begun>, Problem> Searcher::begin(
    const SearchRequest& request) const {
  return state_->with_budget(request.budget, [&](HeldLease& lease) {
    MaybeBegun out = begin_search(**lease, request, state_->options.pruning);
    if (auto* begun = std::get_if<std::unique_ptr<search::Begun>>(&out)) {
      (*begun)->lease = std::move(lease);
    }
    return out;
  });
}

SearchAnswer Searcher::finish(const search::Begun& begun, std::size_t first, std::size_t count,
                              bool report) const {
  try {
    HeldLease lease = std::move(begun.lease);
    if (!lease) lease = leased(*begun.snapshot);
    (**lease).deadline = begun.deadline;
    return finish_search(**lease, begun, first, count, report, state_->options.pruning);
  } catch (const search::TooSlow&) {
    ++state_->slow_queries;
    throw ProblemError(State::too_slow(begun.request.budget));
  } catch (const Xapian::Error& error) {
    throw schema::IndexError(state_->dir.string() + ": " + error.get_msg() +
                             "; run fundstelle-indexer check");
  }
}

std::variant<ConcordanceAnswer, Problem> Searcher::concordance(
    const ConcordanceRequest& typed) const {
  return state_->with_budget(
      typed.search.budget, [&](Reader& reader) -> std::variant<ConcordanceAnswer, Problem> {
        const Snapshot& snapshot = reader.snapshot;
        ConcordanceRequest request = typed;
        request.search.facets.clear();
        request.search.histogram = false;
        request.search.size = std::clamp<std::uint32_t>(request.search.size, 1, kMostHits);
        const auto wanted = place_of(snapshot, request.search);
        if (const auto* error = std::get_if<Problem>(&wanted)) return *error;
        search::Evaluator evaluator(reader, request.search.unit);
        if (state_->options.pruning) evaluator.rank_by(&request.search.ranking);
        const Matched matched = match(reader, evaluator, request.search);
        const std::vector<Gid> hits =
            search::select(snapshot, request.search, matched.entries).hits;
        const search::RankedPage page =
            search::rank(evaluator, snapshot, *matched.plan.root, request.search, hits,
                         matched.all_words, std::get<search::Place>(wanted));
        ConcordanceAnswer out;
        out.total = hits.size();
        out.revision = snapshot.current.revision;
        search::concordance(reader, *matched.plan.root, page.hits, request, out);
        if (page.more) out.cursor = search::to_cursor(page.next, out.revision, request.search);
        return out;
      });
}

std::variant<Listing, Problem> Searcher::list(const SearchRequest& typed,
                                              std::uint64_t most) const {
  return state_->with_budget(typed.budget, [&](Reader& reader) -> std::variant<Listing, Problem> {
    const Snapshot& snapshot = reader.snapshot;
    auto out = std::make_shared<search::ListedHits>();
    out->snapshot = snapshot.shared_from_this();
    out->request = typed;
    out->request.facets.clear();
    out->request.histogram = false;
    search::Evaluator evaluator(reader, typed.unit);
    if (state_->options.pruning) evaluator.rank_by(&typed.ranking);
    Matched matched = match(reader, evaluator, out->request);
    const std::vector<Gid> hits = search::select(snapshot, out->request, matched.entries).hits;
    ListingFacts& facts = out->facts;
    facts.total = hits.size();
    facts.total_all_words =
        matched.entries.cardinality() == matched.all_words.cardinality()
            ? facts.total
            : Roaring(hits.size(), hits.data()).and_cardinality(matched.all_words);
    facts.relaxed = matched.relaxed;
    facts.revision = snapshot.current.revision;
    facts.fingerprint = snapshot.current.fingerprint;
    QueryReport reading = search::make_reading(
        evaluator, matched.plan, matched.relaxed || typed.match == MatchMode::kAny, {});
    facts.understood = std::move(reading.understood);
    facts.ignored = std::move(reading.ignored);
    out->request.size = static_cast<std::uint32_t>(std::min<std::uint64_t>(most, hits.size()));
    search::RankedPage page =
        search::rank(evaluator, snapshot, *matched.plan.root, out->request, hits, matched.all_words,
                     {}, matched.entries.cardinality() == matched.all_words.cardinality());
    out->hits = std::move(page.hits);
    out->zone_end = page.zone_end;
    out->plan = std::move(matched.plan);
    return Listing(std::move(out));
  });
}

SuggestAnswer Searcher::suggest(std::string_view q, std::size_t size) const {
  const auto begin = std::chrono::steady_clock::now();
  return state_->with_reader([&](Reader& reader) {
    SuggestAnswer out;
    out.suggestions = search::offers(reader, q, size);
    out.revision = reader.snapshot.current.revision;
    out.took_us = search::microseconds_since(begin);
    return out;
  });
}

std::optional<DocumentView> Searcher::document(std::string_view id, std::string_view q) const {
  return state_->with_reader([&](Reader& reader) -> std::optional<DocumentView> {
    const auto gid = reader.find(id);
    if (!gid) return std::nullopt;
    DocumentView view;
    view.document = search::whole_document(reader, *gid);
    const search::Plan plan = plan_of(reader, q, {});
    const search::Highlighter highlighter(*plan.root);
    for (const Page& page : view.document.pages) {
      view.marks.push_back(marks_of(highlighter.find(reader.analyzer, page.text)));
    }
    view.title_marks = marks_of(highlighter.find(reader.analyzer, view.document.title, true));
    search::add_links(reader, *gid, view);
    search::add_further_links(reader, view);
    const auto original = original_of(reader.snapshot.dir, view.document.source.sha256);
    view.has_original = original && std::filesystem::exists(*original);
    return view;
  });
}

TrendAnswer Searcher::trend(const TrendRequest& request) const {
  const auto begin = std::chrono::steady_clock::now();
  return state_->with_budget(request.search.budget, [&](Reader& reader) {
    const search::Evaluator evaluator(reader, request.search.unit);
    const Matched matched = match(reader, evaluator, request.search);
    TrendAnswer out = search::trend(reader.snapshot, request, matched.entries);
    // Shards are told to search for any word: it need not have added something.
    out.relaxed =
        matched.relaxed && matched.entries.cardinality() > matched.all_words.cardinality();
    out.revision = reader.snapshot.current.revision;
    out.took_us = search::microseconds_since(begin);
    return out;
  });
}

std::vector<Hit> Searcher::similar(std::string_view id, std::size_t size,
                                   std::chrono::milliseconds budget) const {
  return state_->with_budget(budget, [&](Reader& reader) -> std::vector<Hit> {
    const auto gid = reader.find(id);
    if (!gid) return {};
    DocumentView view;
    view.document = search::whole_document(reader, *gid);
    search::add_links(reader, *gid, view);
    // Its copies and its counterpart stand on its page already, and are nothing new.
    Roaring excluded;
    excluded.add(*gid);
    for (const auto* links : {&view.cites, &view.cited_by}) {
      for (const DocumentView::Link& link : *links) {
        if (link.relation != "copy" && link.relation != to_string(RelationKind::kAnswers)) continue;
        if (const auto other = reader.find(link.id)) excluded.add(*other);
      }
    }
    const search::Evaluator evaluator(reader, Unit::kDocument);
    const search::Telling telling = search::telling_words(reader, *gid, view.document);
    const auto ranked = search::alike(evaluator, reader.snapshot, telling, excluded, size);
    search::CompoundExamples examples;
    std::vector<Hit> hits = search::make_hits(reader, search::Highlighter(telling.words), ranked,
                                              SearchRequest{}, examples);
    for (std::size_t i = 0; i < hits.size(); ++i) {
      hits[i].shared_words =
          search::shared_words(evaluator, telling.words, ranked[i].gid, kSharedWords);
    }
    return hits;
  });
}

AskedAnswer Searcher::asked(const AskedRequest& request) const {
  const auto begin = std::chrono::steady_clock::now();
  return state_->with_budget(request.budget, [&](Reader& reader) {
    AskedAnswer out = search::answer_asked(reader, request);
    out.took_us = search::microseconds_since(begin);
    return out;
  });
}

std::optional<Original> Searcher::original(std::string_view id) const {
  return state_->with_reader([&](Reader& reader) -> std::optional<Original> {
    const auto gid = reader.find(id);
    if (!gid) return std::nullopt;
    const Document document = schema::unpack_document(reader.data(Unit::kDocument, *gid));
    const auto file = original_of(reader.snapshot.dir, document.source.sha256);
    if (!file) return std::nullopt;
    Original out;
    out.file = *file;
    std::error_code error;
    out.bytes = std::filesystem::file_size(out.file, error);
    if (error) return std::nullopt;
    out.media_type = document.source.media_type;
    out.sha256 = document.source.sha256;
    return out;
  });
}

std::vector<Hit> Searcher::by_number(std::string_view body, std::string_view number) const {
  return state_->with_reader([&](Reader& reader) {
    std::vector<Hit> out;
    for (const std::string& canonical : search::own_numbers(std::string(number))) {
      for (const Gid gid : reader.documents_with(std::string(schema::kOwnNumber) + canonical)) {
        Hit hit = search::describe(reader, gid);
        if (body.empty() || hit.body == body) out.push_back(std::move(hit));
      }
      if (!out.empty()) break;
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Hit& a, const Hit& b) { return a.date > b.date; });
    return out;
  });
}

std::vector<std::optional<Hit>> Searcher::describe(const std::vector<std::string>& ids) const {
  return state_->with_reader([&](Reader& reader) {
    std::vector<std::optional<Hit>> out;
    for (const std::string& id : ids) {
      const auto gid = reader.find(id);
      out.push_back(gid ? std::optional(search::describe(reader, *gid)) : std::nullopt);
    }
    return out;
  });
}

std::vector<ListedDocument> Searcher::listed(std::uint64_t first, std::uint64_t count) const {
  return state_->with_reader([&](Reader& reader) {
    const Snapshot& snapshot = reader.snapshot;
    std::vector<std::pair<std::string, Gid>> all;
    for (std::size_t sub = 0; sub < snapshot.subs.size(); ++sub) {
      const Xapian::Database& db = reader.documents[sub];
      for (auto it = db.allterms_begin(std::string(schema::kId));
           it != db.allterms_end(std::string(schema::kId)); ++it) {
        const auto posting = db.postlist_begin(*it);
        if (posting == db.postlist_end(*it)) continue;
        const Gid gid = snapshot.subs[sub].document_base + *posting;
        if (!snapshot.documents.alive.contains(gid)) continue;
        all.emplace_back((*it).substr(schema::kId.size()), gid);
      }
    }
    std::sort(all.begin(), all.end());
    std::vector<ListedDocument> out;
    for (std::uint64_t i = first; i < all.size() && i - first < count; ++i) {
      out.push_back({all[i].first, schema::iso_time(snapshot.first_seen[all[i].second])});
    }
    return out;
  });
}

IndexState Searcher::state() const {
  const auto snapshot = state_->now();
  IndexState out;
  out.revision = snapshot->current.revision;
  out.fingerprint = snapshot->current.fingerprint;
  out.documents = snapshot->documents.count;
  out.passages = snapshot->passages.count;
  out.bodies = snapshot->bodies;
  out.oldest_date = schema::iso_date(snapshot->oldest_date);
  out.newest_date = schema::iso_date(snapshot->newest_date);
  out.indexed = snapshot->manifests.back().created;
  return out;
}

SearcherStatistics Searcher::statistics() const {
  const auto snapshot = state_->now();
  const auto caches = State::caches_of(*snapshot);
  const std::size_t capacities[] = {state_->options.posting_cache_bytes,
                                    state_->options.answer_cache_bytes,
                                    state_->options.record_cache_bytes};
  SearcherStatistics out;
  out.queries = state_->queries;
  out.slow_queries = state_->slow_queries;
  SearcherStatistics::Cache* const shown[] = {&out.postings, &out.answers, &out.records};
  for (std::size_t i = 0; i < caches.size(); ++i) {
    *shown[i] = {state_->earlier_hits[i] + caches[i].hits,
                 state_->earlier_misses[i] + caches[i].misses, caches[i].bytes, capacities[i]};
  }
  return out;
}

std::string Searcher::label(Facet facet, std::string_view slug) const {
  const auto snapshot = state_->now();
  const search::FacetColumn& column = snapshot->facet(facet);
  if (const auto id = column.find(std::string(slug))) return column.label(*id);
  if (const auto axis = search::axis_of(facet)) {
    if (const Identity* known = identity_of_slug(*axis, slug)) return std::string(known->label);
  }
  return std::string(slug);
}

const std::filesystem::path& Searcher::index_dir() const { return state_->dir; }

bool Searcher::refresh() { return state_->refresh(); }

void Searcher::read(const std::function<void(search::Reader&)>& work) const {
  state_->with_reader([&](Reader& reader) { work(reader); });
}

}  // namespace fundstelle
