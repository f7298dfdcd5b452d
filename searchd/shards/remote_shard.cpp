// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>
#include <xapian.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <unordered_map>

#include "schema/layout.h"
#include "schema/remote.h"
#include "search/engine/evaluate.h"
#include "search/engine/plan.h"
#include "search/engine/rank.h"
#include "shards/remote_hits.h"
#include "shards/remote_query.h"
#include "shards/shard.h"
#include "text/analyzer.h"

namespace fundstelle::shards {
namespace {

using Clock = std::chrono::steady_clock;
using search::PlanNode;

constexpr unsigned kTimeoutMs = 10'000, kConnectTimeoutMs = 1'000;
/// A shard that did not answer is left alone so long; refresh() looks whether it is back.
constexpr std::chrono::seconds kRest{3};
constexpr std::size_t kKeptConnections = 16;
/// Above any score: what has all words stands before what lacks one.
constexpr double kTier = 1e6;
/// So many hits with all words are enough (Begun::all_words).
constexpr std::uint64_t kDecided = 10;
constexpr char kListSeparator = '\x1F';

/// Frozen words by fingerprint: shards of one collection share them, in memory too.
std::shared_ptr<const WordData> words_of(const Xapian::Database& db,
                                         const std::string& fingerprint) {
  static std::mutex mutex;
  static std::map<std::string, std::weak_ptr<const WordData>> known;
  const std::lock_guard lock(mutex);
  if (auto words = known[fingerprint].lock()) return words;
  std::string pattern =
      (std::filesystem::temp_directory_path() / "fundstelle-words-XXXXXX").string();
  const int fd = mkstemp(pattern.data());
  if (fd < 0) throw ShardDown("no temporary file for the words of a shard");
  close(fd);
  {
    std::ofstream out(pattern, std::ios::binary);
    for (std::size_t piece = 0;; ++piece) {
      const std::string bytes = db.get_metadata(schema::kRemoteWordsKey + std::to_string(piece));
      if (bytes.empty()) break;
      out << bytes;
    }
  }
  std::shared_ptr<const WordData> words;
  try {
    words = std::make_shared<const WordData>(WordData::load(pattern));
  } catch (...) {
    std::filesystem::remove(pattern);
    throw;
  }
  std::filesystem::remove(pattern);
  known[fingerprint] = words;
  return words;
}

/// Numbers of entries that a query meets, of one revision: words come again from page to page. Safe
/// for many threads.
class KnownCounts {
 public:
  [[nodiscard]] std::optional<std::uint64_t> find(const std::string& query) const {
    const std::lock_guard lock(mutex_);
    const auto known = counts_.find(query);
    return known == counts_.end() ? std::nullopt : std::optional(known->second);
  }
  void keep(const std::string& query, std::uint64_t count) const {
    if (query.size() > kMostBytes) return;
    const std::lock_guard lock(mutex_);
    if (counts_.size() >= kMost) counts_.clear();
    counts_[query] = count;
  }

 private:
  /// Of a long query, of which a stranger may ask any number, nothing is kept: 4 MB at most.
  static constexpr std::size_t kMost = 4096, kMostBytes = 1024;
  mutable std::mutex mutex_;
  mutable std::unordered_map<std::string, std::uint64_t> counts_;
};

/// What is known of the database; fetched with the first connection to a revision.
struct Known {
  IndexState state;
  KnownCounts counts;
  std::shared_ptr<const WordData> words;
  std::shared_ptr<const FacetNames> names;
};

/// One thread at a time.
struct Connection {
  Xapian::Database db;
  std::unique_ptr<const Analyzer> analyzer;
  std::shared_ptr<const Known> known;  ///< of the revision it reads, which may not be the newest
  [[nodiscard]] const std::string& revision() const { return known->state.revision; }
};

struct FacetPlace {
  Facet facet;
  unsigned slot;
  const char* axis;
  bool list;
};
/// Years are counted from months.
constexpr FacetPlace kFacetPlaces[] = {
    {Facet::kBody, schema::kBodySlot, "body", false},
    {Facet::kType, schema::kTypeSlot, "type", false},
    {Facet::kTopic, schema::kTopicSlot, "topic", true},
    {Facet::kGroup, schema::kGroupSlot, "group", true},
    {Facet::kMinistry, schema::kMinistrySlot, "ministry", true},
    {Facet::kLegislature, schema::kLegislatureSlot, nullptr, false},
    {Facet::kYear, schema::kMonthSlot, nullptr, false}};

const FacetPlace& place_of(Facet facet) {
  return *std::find_if(std::begin(kFacetPlaces), std::end(kFacetPlaces),
                       [&](const FacetPlace& place) { return place.facet == facet; });
}

std::shared_ptr<const Known> read_known(const Xapian::Database& db, const std::string& where) {
  auto out = std::make_shared<Known>();
  const std::string version = db.get_metadata(schema::kRemoteVersionKey);
  if (version != std::to_string(schema::kSchemaVersion)) {
    throw ShardDown(where + ": serves a database of schema \"" + version +
                    "\", this program reads " + std::to_string(schema::kSchemaVersion) +
                    "; serve the folder remote/ of an index made with --remote");
  }
  out->state.revision = db.get_metadata(schema::kRemoteRevisionKey);
  out->state.fingerprint = db.get_metadata(schema::kRemoteFingerprintKey);
  out->state.documents = db.get_doccount();
  out->words = words_of(db, out->state.fingerprint);
  const std::string found = Analyzer(out->words).fingerprint();
  if (found != out->state.fingerprint) {
    throw ShardDown(where + ": made with text analysis " + out->state.fingerprint +
                    ", this program has " + found + "; index it again");
  }
  auto names = std::make_shared<FacetNames>();
  for (const FacetPlace& place : kFacetPlaces) {
    if (place.axis == nullptr) continue;
    const std::string prefix = schema::label_key(place.axis, "");
    for (auto key = db.metadata_keys_begin(prefix); key != db.metadata_keys_end(prefix); ++key) {
      (*names)[static_cast<std::size_t>(place.facet)].emplace_back((*key).substr(prefix.size()),
                                                                   db.get_metadata(*key));
    }
  }
  out->names = std::move(names);
  const std::string oldest = db.get_value_lower_bound(schema::kDateSlot);
  out->state.oldest_date = schema::iso_date(schema::unpack_u32(oldest));
  out->state.newest_date =
      schema::iso_date(schema::unpack_u32(db.get_value_upper_bound(schema::kDateSlot)));
  return out;
}

/// Counts of a spy as a facet. `total`: entries it saw.
FacetCounts facet_from(const Xapian::ValueCountMatchSpy& spy, const FacetPlace& place,
                       std::uint64_t total, const SearchRequest& request, const FacetNames& names) {
  std::map<std::string, std::uint64_t> counts;
  std::uint64_t with_value = 0;
  for (auto it = spy.values_begin(); it != spy.values_end(); ++it) {
    const std::string value = *it;
    const std::uint64_t count = it.get_termfreq();
    with_value += count;
    if (place.facet == Facet::kYear) {
      counts[std::to_string(schema::unpack_u32(value) / 100)] += count;
    } else if (place.facet == Facet::kLegislature) {
      counts[std::to_string(schema::unpack_u32(value))] += count;
    } else if (!place.list) {
      counts[value] += count;
    } else {
      // A value is the whole list of an entry: each of its members counts once.
      for (std::size_t begin = 0; begin <= value.size();) {
        const std::size_t end = std::min(value.find(kListSeparator, begin), value.size());
        if (end > begin) counts[value.substr(begin, end - begin)] += count;
        begin = end + 1;
      }
    }
  }
  FacetCounts out;
  out.facet = place.facet;
  out.missing = total - with_value;
  const auto add = [&](const std::string& slug) -> FacetValue& {
    FacetValue value;
    value.slug = value.label = slug;
    for (const auto& [known, label] : names[static_cast<std::size_t>(place.facet)]) {
      if (known == slug) value.label = label;
    }
    out.values.push_back(std::move(value));
    return out.values.back();
  };
  for (const auto& [slug, count] : counts) add(slug).count = count;
  out.distinct = counts.size();
  for (const FacetFilter& filter : request.filters) {
    if (filter.facet != place.facet) continue;
    const auto mark = [&](const std::vector<std::string>& slugs, bool FacetValue::*flag) {
      for (const std::string& slug : slugs) {
        auto found = std::find_if(out.values.begin(), out.values.end(),
                                  [&](const FacetValue& value) { return value.slug == slug; });
        (found == out.values.end() ? add(slug) : *found).*flag = true;
      }
    };
    mark(filter.wanted, &FacetValue::selected);
    mark(filter.excluded, &FacetValue::excluded);
  }
  return out;
}

Histogram histogram_from(const Xapian::ValueCountMatchSpy& months, std::uint64_t total) {
  Histogram out;
  out.step = "month";
  out.undated = total;
  for (auto it = months.values_begin(); it != months.values_end(); ++it) {
    const std::uint32_t month = schema::unpack_u32(*it);
    if (month % 100 == 0) continue;
    out.bars.push_back({month * 100 + 1, it.get_termfreq()});
    out.undated -= it.get_termfreq();
  }
  std::sort(out.bars.begin(), out.bars.end(),
            [](const HistogramBar& a, const HistogramBar& b) { return a.from < b.from; });
  return out;
}

void collect_words(const PlanNode& node, std::vector<const search::PlannedWord*>& out) {
  if (node.kind == PlanNode::Kind::kNot) return;
  for (const search::PlannedWord& word : node.words) out.push_back(&word);
  for (const auto& child : node.children) collect_words(*child, out);
}

std::uint64_t count(const Xapian::Database& db, const Xapian::Query& query,
                    const KnownCounts& known) {
  if (query.empty()) return 0;
  const std::string key = query.get_description();
  if (const auto found = known.find(key)) return *found;
  Xapian::Enquire enquire(db);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_query(query);
  const std::uint64_t found = enquire.get_mset(0, 0, db.get_doccount()).get_matches_estimated();
  known.keep(key, found);
  return found;
}

bool has_filters(const SearchRequest& request) {
  return !request.filters.empty() || request.from != 0 || request.to != 0;
}

class RemoteShard;

/// Keeps its connection until it ends: what was found is fetched through it.
class RemoteBegun : public Begun {
 public:
  RemoteBegun(const RemoteShard& shard, SearchRequest request)
      : shard_(shard), request_(std::move(request)) {}
  ~RemoteBegun() override;
  RemoteBegun(const RemoteBegun&) = delete;
  RemoteBegun& operator=(const RemoteBegun&) = delete;

  std::size_t size() const override { return found_.size(); }
  HitKey key(std::size_t i) const override {
    const Xapian::MSetIterator hit = found_[static_cast<Xapian::doccount>(i)];
    HitKey out;
    out.score = score_of(hit, out.all_words);
    const std::string sorted = hit.get_sort_key();
    if (request_.sort == Sort::kAdded) {
      if (sorted.size() == 8) {
        out.first_seen = schema::unpack_u32(sorted.substr(0, 4));
        out.date = schema::unpack_u32(sorted.substr(4));
      }
    } else {
      out.date = schema::unpack_u32(sorted);
      if (out.date == UINT32_MAX) out.date = 0;  // undated, in kOldestFirstSlot
    }
    return out;
  }
  std::string id(std::size_t) const override { return {}; }
  SearchAnswer show(std::size_t first, std::size_t count, bool report) const override;
  std::string cursor_behind(std::size_t shown) const override {
    search::Place place;
    place.offset = offset_ + shown;
    if (place.offset >= counts.total) return {};
    return search::to_cursor(place, counts.revision, request_);
  }

  /// Asks; nothing if `request` goes on from elsewhere. Throws as Xapian does.
  std::optional<Problem> ask(const Connection& one);
  /// Once it was asked.
  void keep(std::unique_ptr<Connection> one) { connection_ = std::move(one); }

 private:
  double score_of(const Xapian::MSetIterator& hit, bool& all) const {
    if (!ranked_) return 0;
    all = !request_.directions->any || hit.get_weight() >= kTier;
    return hit.get_weight() - (request_.directions->any && all ? kTier : 0);
  }

  const RemoteShard& shard_;
  SearchRequest request_;
  std::shared_ptr<const Known> known_;
  search::Plan plan_;
  std::size_t offset_ = 0;
  bool ranked_ = false;
  mutable Xapian::MSet found_;  ///< of the page
  mutable std::unique_ptr<Connection> connection_;
};

search::Plan plan_of(const Connection& one, const SearchRequest& request) {
  class NoSlugs : public search::SlugFinder {
    std::vector<std::string> slugs(Facet, std::string_view) const override { return {}; }
  };
  ParsedQuery parsed = parse_query(request.q);
  if (!request.directions) {
    return search::make_plan(parsed, *one.analyzer, request.expand, NoSlugs());
  }
  search::read_as_words(parsed, request.directions->phrases_as_words);
  return search::make_plan(parsed, *one.analyzer, request.expand, *request.directions->finder);
}

class RemoteShard : public Shard {
 public:
  RemoteShard(std::string name, std::string host, unsigned port)
      : name_(std::move(name)), host_(std::move(host)), port_(port) {
    try {
      auto first = connect();
      told_ = first->revision();
      keep(std::move(first));
    } catch (const ShardDown&) {
      rest();  // it may come later
    }
  }

  const std::string& name() const override { return name_; }
  IndexState state() const override {
    const auto known = this->known();
    return known ? known->state : IndexState{};
  }
  std::shared_ptr<const WordData> words() const override {
    const auto known = this->known();
    return known ? known->words : nullptr;
  }
  std::shared_ptr<const FacetNames> facet_names() const override {
    const auto known = this->known();
    return known ? known->names : nullptr;
  }
  bool holds(const std::string& term) const override {
    if (term.size() > schema::kMaxTermBytes) return false;
    return with_connection([&](Connection& one) { return one.db.term_exists(term); });
  }
  std::vector<std::string> authors(const std::string& begin) const override {
    return with_connection([&](Connection& one) {
      std::vector<std::string> out;
      const std::string prefix = std::string(schema::kAuthor) + begin;
      for (auto it = one.db.allterms_begin(prefix); it != one.db.allterms_end(prefix); ++it) {
        out.push_back((*it).substr(schema::kAuthor.size()));
      }
      return out;
    });
  }

  bool answers(const SearchRequest& request) const override {
    return request.unit == Unit::kDocument && can_be_remote(*parse_query(request.q).root);
  }

  search::Census census(const SearchRequest& request) const override {
    return with_connection([&](Connection& one) {
      const search::Plan plan = plan_of(one, request);
      const KnownCounts& counts = one.known->counts;
      search::Census out;
      if (request.match != MatchMode::kAll && plan.root->kind == PlanNode::Kind::kAnd) {
        for (const auto& node : plan.root->children) {
          if (node->kind != PlanNode::Kind::kPhrase) continue;
          if (count(one.db, matching(one.db, *node, false), counts) == 0) {
            out.missing_phrases.push_back(node->typed);
          }
        }
      }
      out.all_words = count(one.db, matching(one.db, *plan.root, false), counts);
      return out;
    });
  }

  std::variant<std::unique_ptr<Begun>, Problem> begin(const SearchRequest& request) const override {
    using Answer = std::variant<std::unique_ptr<Begun>, Problem>;
    return held_connection([&](std::unique_ptr<Connection>& one) -> Answer {
      auto begun = std::make_unique<RemoteBegun>(*this, request);
      if (auto problem = begun->ask(*one)) return *problem;
      begun->keep(std::move(one));
      return begun;
    });
  }
  /// A connection in order, for others.
  void keep(std::unique_ptr<Connection> one) const {
    const std::lock_guard lock(mutex_);
    if (known_ && one->revision() == known_->state.revision && idle_.size() < kKeptConnections) {
      idle_.push_back(std::move(one));
    }
  }

  std::optional<DocumentView> document(std::string_view id, std::string_view q) const override {
    return with_connection([&](Connection& one) -> std::optional<DocumentView> {
      const Xapian::docid docid = find(one.db, std::string(schema::kId) + std::string(id));
      if (docid == 0) return std::nullopt;
      SearchRequest request;
      request.q = q;
      request.directions = nullptr;
      const search::Plan plan = plan_of(one, request);
      return remote_view(one.db.get_document(docid).get_data(), search::Highlighter(*plan.root),
                         *one.analyzer);
    });
  }
  std::optional<Hit> describe(const std::string& id) const override {
    return with_connection([&](Connection& one) -> std::optional<Hit> {
      const Xapian::docid docid = find(one.db, std::string(schema::kId) + id);
      if (docid == 0) return std::nullopt;
      return bare_hit(one, docid);
    });
  }
  std::vector<Hit> by_number(std::string_view body, std::string_view number) const override {
    return with_connection([&](Connection& one) {
      std::vector<Hit> out;
      for (const std::string& canonical : search::own_numbers(std::string(number))) {
        const std::string term = std::string(schema::kOwnNumber) + canonical;
        for (auto it = one.db.postlist_begin(term); it != one.db.postlist_end(term); ++it) {
          Hit hit = bare_hit(one, *it);
          if (body.empty() || hit.body == body) out.push_back(std::move(hit));
        }
        if (!out.empty()) break;
      }
      return out;
    });
  }

  std::optional<schema::Takedown> takedown(std::string_view id) const override {
    const std::string told = with_connection([&](Connection& one) {
      return one.db.get_metadata(schema::kRemoteTakedownKey + std::string(id));
    });
    const std::size_t line = told.find('\n');
    if (line == std::string::npos) return std::nullopt;
    return schema::Takedown{std::string(id), told.substr(line + 1), told.substr(0, line), {}};
  }

  bool refresh() override {
    auto fresh = connect();  // throws for the log
    const bool was_resting = resting_.exchange(false);
    // A search may have met the newer revision before: that was told to nobody.
    const bool changed = std::exchange(told_, fresh->revision()) != fresh->revision();
    keep(std::move(fresh));
    return changed || was_resting;
  }

 private:
  [[nodiscard]] std::shared_ptr<const Known> known() const {
    const std::lock_guard lock(mutex_);
    return known_;
  }
  void rest() const {
    const std::lock_guard lock(mutex_);
    resting_ = true;
    rested_ = Clock::now() + kRest;
    idle_.clear();
  }

  /// Throws ShardDown.
  std::unique_ptr<Connection> connect() const {
    const std::string where = name_ + " (" + host_ + ":" + std::to_string(port_) + ")";
    try {
      auto one = std::make_unique<Connection>();
      one->db = Xapian::Remote::open(host_, port_, kTimeoutMs, kConnectTimeoutMs);
      one->known = known();
      if (!one->known || one->revision() != one->db.get_metadata(schema::kRemoteRevisionKey)) {
        one->known = read_known(one->db, where);
        std::vector<std::unique_ptr<Connection>> of_another;  // closed without the lock
        const std::lock_guard lock(mutex_);
        known_ = one->known;
        of_another.swap(idle_);
      }
      one->analyzer = std::make_unique<const Analyzer>(one->known->words);
      return one;
    } catch (const Xapian::Error& error) {
      throw ShardDown(where + ": " + error.get_msg());
    } catch (const TextError& error) {
      throw ShardDown(where + ": " + error.what());
    }
  }

  /// A connection kept may have been closed at the other end: then the work is done again, whole,
  /// on a new one.
  template <typename Work>
  auto with_connection(const Work& work) const -> decltype(work(std::declval<Connection&>())) {
    return held_connection([&](std::unique_ptr<Connection>& one) { return work(*one); });
  }
  /// The same for work that may keep the connection, once it is done.
  template <typename Work>
  auto held_connection(const Work& work) const
      -> decltype(work(std::declval<std::unique_ptr<Connection>&>())) {
    {
      const std::lock_guard lock(mutex_);
      if (resting_ && Clock::now() < rested_) throw ShardDown(name_ + " did not answer just now");
    }
    for (int attempt = 0;; ++attempt) {
      std::unique_ptr<Connection> one;
      if (attempt == 0) {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
          one = std::move(idle_.back());
          idle_.pop_back();
        }
      }
      try {
        if (!one) one = connect();
        auto out = work(one);
        resting_ = false;
        if (one) keep(std::move(one));
        return out;
      } catch (const Xapian::LogicError& error) {
        // What a query is refused for is no failure of the shard: others go on asking it.
        throw ShardDown(name_ + ": " + error.get_type() + std::string(": ") + error.get_msg());
      } catch (const Xapian::Error& error) {
        if (attempt > 0) {
          rest();
          throw ShardDown(name_ + ": " + error.get_type() + std::string(": ") + error.get_msg());
        }
      } catch (const ShardDown&) {
        if (attempt > 0) {
          rest();
          throw;
        }
      }
    }
  }

  static Xapian::docid find(const Xapian::Database& db, const std::string& term) {
    const auto it = db.postlist_begin(term);
    return it == db.postlist_end(term) ? 0 : *it;
  }

  [[nodiscard]] Hit bare_hit(const Connection& one, Xapian::docid docid) const {
    SearchRequest bare;
    bare.snippets = false;
    static const PlanNode kNothing;
    return remote_hit(one.db.get_document(docid).get_data(), *one.known->names,
                      search::Highlighter(kNothing), *one.analyzer, bare);
  }

  std::string name_, host_;
  unsigned port_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const Known> known_;
  mutable std::vector<std::unique_ptr<Connection>> idle_;  ///< of the revision of `known_` only
  std::string told_;  ///< revision refresh() saw last; one caller at a time
  mutable std::atomic<bool> resting_{false};
  mutable Clock::time_point rested_{};
};

RemoteBegun::~RemoteBegun() {
  found_ = Xapian::MSet();  // it counts who uses the database, for one thread at a time
  if (connection_) shard_.keep(std::move(connection_));
}

/// Two round trips, as Xapian asks, for hits, totals and all facets without a selection of their
/// own; two more for each facet with one, which ignores it, and for each number that these do not
/// say and nobody asked before.
std::optional<Problem> RemoteBegun::ask(const Connection& one) {
  known_ = one.known;
  const Xapian::Database& db = one.db;
  const search::Directions& directions = *request_.directions;
  plan_ = plan_of(one, request_);
  if (!request_.cursor.empty()) {
    const auto place = search::from_cursor(request_.cursor, one.revision(), request_);
    // No hit lies beyond the documents: such a place is of no cursor given out.
    if (!place || place->offset >= db.get_doccount()) {
      return Problem{"invalid_cursor",
                     "Diese Fortsetzung gehört zu einer anderen Suche oder zu einem älteren "
                     "Stand des Bestands. Bitte von vorn beginnen."};
    }
    offset_ = place->offset;
  }
  ranked_ = request_.sort == Sort::kRelevance && search::Evaluator::ranks(*plan_.root);
  const Xapian::Query all = matching(db, *plan_.root, false);
  const Xapian::Query matched = directions.any ? matching(db, *plan_.root, true) : all;
  Xapian::Query query = filtered(matched, request_);

  counts.revision = one.revision();
  std::vector<Facet> wanted = request_.facets;
  if (request_.histogram && std::find(wanted.begin(), wanted.end(), Facet::kYear) == wanted.end()) {
    wanted.push_back(Facet::kYear);
  }
  const auto selects = [&](Facet facet) {
    return std::any_of(request_.filters.begin(), request_.filters.end(),
                       [&](const FacetFilter& filter) { return filter.facet == facet; });
  };
  std::map<Facet, std::unique_ptr<Xapian::ValueCountMatchSpy>> spies;
  Xapian::Enquire enquire(db);
  for (const Facet facet : wanted) {
    const bool of_hits = facet == Facet::kYear && request_.histogram;
    if (selects(facet) && !of_hits) continue;
    auto& spy = spies[facet];
    spy = std::make_unique<Xapian::ValueCountMatchSpy>(place_of(facet).slot);
    enquire.add_matchspy(spy.get());
  }
  if (ranked_) {
    const Ranking& ranking = request_.ranking;
    enquire.set_weighting_scheme(Xapian::BM25Weight(ranking.k1, 0, 1, ranking.b, 0));
    enquire.set_sort_by_relevance_then_value(schema::kDateSlot, true);
    if (directions.any) {
      const Xapian::Query tier(
          Xapian::Query::OP_FILTER,
          Xapian::Query((new Xapian::FixedWeightPostingSource(kTier))->release()), all);
      query = Xapian::Query(Xapian::Query::OP_AND_MAYBE, query, tier);
    }
  } else {
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    const bool oldest = request_.sort == Sort::kOldest;
    const bool added = request_.sort == Sort::kAdded;
    enquire.set_sort_by_value(oldest  ? schema::kOldestFirstSlot
                              : added ? static_cast<unsigned>(schema::kAddedSlot)
                                      : static_cast<unsigned>(schema::kDateSlot),
                              !oldest);
  }
  enquire.set_query(query);
  const Xapian::doccount everything = db.get_doccount();
  found_ = enquire.get_mset(static_cast<Xapian::doccount>(offset_), request_.size, everything);
  counts.total = found_.get_matches_estimated();
  counts.total_all_words =
      directions.any ? count(db, filtered(all, request_), known_->counts) : counts.total;

  const auto month = spies.find(Facet::kYear);
  if (request_.histogram && month != spies.end()) {
    counts.histogram = histogram_from(*month->second, counts.total);
  }
  for (const Facet facet : wanted) {
    if (!selects(facet)) {
      counts.facets.push_back(
          facet_from(*spies[facet], place_of(facet), counts.total, request_, *known_->names));
      continue;
    }
    Xapian::Enquire without(db);
    without.set_weighting_scheme(Xapian::BoolWeight());
    without.set_query(filtered(matched, request_, facet));
    Xapian::ValueCountMatchSpy spy(place_of(facet).slot);
    without.add_matchspy(&spy);
    const std::uint64_t total = without.get_mset(0, 0, everything).get_matches_estimated();
    counts.facets.push_back(facet_from(spy, place_of(facet), total, request_, *known_->names));
  }

  all_words = counts.total_all_words;
  const bool undecided = request_.match == MatchMode::kAuto && !directions.any;
  if (undecided && all_words < kDecided && has_filters(request_)) {
    all_words = count(db, all, known_->counts);
  }
  if (request_.match != MatchMode::kAll && counts.total_all_words == 0 &&
      directions.phrases_as_words.empty() && plan_.root->kind == PlanNode::Kind::kAnd) {
    for (const auto& node : plan_.root->children) {
      if (node->kind != PlanNode::Kind::kPhrase) continue;
      if (count(db, matching(db, *node, false), known_->counts) == 0) {
        missing_phrases.push_back(node->typed);
      }
    }
  }

  counts.query.understood = request_.q;
  counts.query.ignored = plan_.ignored;
  counts.query.offers = plan_.offers;
  counts.query.relaxed = directions.relaxed;
  std::vector<const search::PlannedWord*> words;
  collect_words(*plan_.root, words);
  const bool counted =
      plan_.root->kind == PlanNode::Kind::kWords && words.size() == 1 && !has_filters(request_);
  for (const search::PlannedWord* const word : words) {
    UnderstoodWord understood;
    understood.typed = word->word.typed;
    understood.documents =
        counted ? counts.total_all_words : count(db, matching(*word, false), known_->counts);
    counts.query.words.push_back(std::move(understood));
  }
  return std::nullopt;
}

SearchAnswer RemoteBegun::show(std::size_t first, std::size_t count, bool report) const {
  SearchAnswer out;
  if (report) out.query = counts.query;
  if (count == 0) return out;
  if (!connection_) throw ShardDown(shard_.name() + " lost its connection");
  try {
    const auto begin = static_cast<Xapian::doccount>(first);
    const auto end = std::min(begin + static_cast<Xapian::doccount>(count), found_.size());
    const search::Highlighter highlighter(*plan_.root);
    for (Xapian::doccount i = begin; i < end; ++i) {
      const Xapian::MSetIterator at = found_[i];
      Hit hit = remote_hit(at.get_document().get_data(), *known_->names, highlighter,
                           *connection_->analyzer, request_);
      hit.score = score_of(at, hit.all_words);
      out.hits.push_back(std::move(hit));
    }
  } catch (const Xapian::Error& error) {
    found_ = Xapian::MSet();
    connection_.reset();
    throw ShardDown(shard_.name() + ": " + error.get_type() + std::string(": ") + error.get_msg());
  }
  return out;
}

}  // namespace

std::unique_ptr<Shard> open_remote(std::string name, const std::string& place) {
  const std::size_t colon = place.rfind(':');
  unsigned port = 0;
  if (colon != std::string::npos) {
    std::from_chars(place.data() + colon + 1, place.data() + place.size(), port);
  }
  if (port == 0 || port > 65535 || colon == 0) {
    throw ShardDown("shard \"" + place + "\": must be HOST:PORT of xapian-tcpsrv");
  }
  return std::make_unique<RemoteShard>(std::move(name), place.substr(0, colon), port);
}

}  // namespace fundstelle::shards
