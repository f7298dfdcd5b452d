// SPDX-License-Identifier: GPL-3.0-or-later
//
// Three shards against one index of the same documents: what is counted must be the same.
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "search/directions.h"
#include "search/engine/begun.h"
#include "search/searcher.h"
#include "shards/collection.h"
#include "shards/sharded_searcher.h"

using namespace fundstelle;
using namespace fundstelle::test;
using shards::ShardedSearcher;

namespace {

constexpr std::size_t kDocuments = 240, kShards = 3;

/// One index of everything, and three with its words. Made once.
struct Fixture {
  ScratchDir scratch;
  std::vector<Document> documents = collection(kDocuments);
  std::unique_ptr<Searcher> one;
  std::unique_ptr<ShardedSearcher> sharded;
  std::vector<shards::ShardPlace> places;

  Fixture() {
    index(scratch.path() / "all", documents, {});
    std::vector<std::vector<Document>> parts(kShards);
    for (std::size_t i = 0; i < documents.size(); ++i) {
      parts[shard_of(i, kShards)].push_back(documents[i]);
    }
    for (std::size_t i = 0; i < kShards; ++i) {
      const auto dir = scratch.path() / ("shard-" + std::to_string(i));
      index(dir, parts[i], scratch.path() / "all");
      places.push_back({dir.string(), "", ""});
    }
    one = std::make_unique<Searcher>(scratch.path() / "all");
    sharded = std::make_unique<ShardedSearcher>(places);
  }
};

Fixture& fixture() {
  static Fixture made;
  return made;
}

SearchAnswer sound(const std::variant<SearchAnswer, Problem>& answer) {
  if (const auto* problem = std::get_if<Problem>(&answer)) FAIL(problem->detail);
  return std::get<SearchAnswer>(answer);
}

}  // namespace

TEST_CASE("shards: totals, facets and histogram are those of one index", "[shards]") {
  for (const SearchRequest& request : request_table()) {
    INFO("q: " << request.q << " filters: " << request.filters.size());
    const SearchAnswer expected = sound(fixture().one->search(request));
    const SearchAnswer found = sound(fixture().sharded->search(request));
    check_same_counts(found, expected);
    CHECK(found.incomplete.empty());
  }
}

TEST_CASE("shards: a paper that comes twice counts once, in whichever shards it lies", "[shards]") {
  const ScratchDir scratch;
  const Repeated made = repeated_collection(120);
  REQUIRE(made.all.size() > made.papers + 5);
  index(scratch.path() / "all", made.all, {});
  std::vector<std::filesystem::path> before;
  std::vector<shards::ShardPlace> places;
  for (std::size_t i = 0; i < made.parts.size(); ++i) {
    before.push_back(scratch.path() / std::to_string(i));
    index(before.back(), made.parts[i], scratch.path() / "all", {},
          {before.begin(), before.end() - 1});
    places.push_back({before.back().string(), "", ""});
  }
  const Searcher one(scratch.path() / "all");
  const auto check = [&] {
    const ShardedSearcher sharded(places);
    for (const SearchRequest& request : request_table()) {
      INFO("q: " << request.q << " filters: " << request.filters.size());
      check_same_counts(sound(sharded.search(request)), sound(one.search(request)));
    }
    SearchRequest all;
    CHECK(sound(sharded.search(all)).total == made.papers);
  };
  check();
  // The first learns of the others: what they leave to it, it goes on listing. Later runs know.
  index(before[0], {}, {}, {}, {before[1], before[2]});
  check();
  index(before[2], {}, {}, {}, {});
  check();
  for (const auto& dir : before) CHECK(check_index(dir) == std::vector<std::string>{});
}

TEST_CASE("shards: pages and cursors repeat nothing and lose nothing", "[shards]") {
  for (const char* q : {"", "schule", "schule ODER klima", "verkehr*"}) {
    for (const Sort sort : {Sort::kRelevance, Sort::kNewest, Sort::kOldest, Sort::kAdded}) {
      SearchRequest request;
      request.q = q;
      request.sort = sort;
      request.size = 7;
      std::vector<std::string> ids;
      std::uint64_t total = 0;
      Hit last;
      do {
        const SearchAnswer answer = sound(fixture().sharded->search(request));
        total = answer.total;
        for (const Hit& hit : answer.hits) {
          ids.push_back(hit.id);
          if (sort == Sort::kNewest && !last.id.empty()) CHECK(last.date >= hit.date);
          if (sort == Sort::kRelevance && !last.id.empty() && last.all_words == hit.all_words) {
            CHECK(last.score >= hit.score);
          }
          last = hit;
        }
        request.cursor = answer.cursor;
        REQUIRE(ids.size() <= kDocuments);
      } while (!request.cursor.empty());
      INFO("q: " << q << " sort " << static_cast<int>(sort));
      CHECK(ids.size() == total);
      CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
      if (sort == Sort::kNewest || sort == Sort::kOldest) {
        SearchRequest whole = request;
        whole.cursor.clear();
        whole.size = kDocuments;
        std::vector<std::string> expected;
        for (const Hit& hit : sound(fixture().one->search(whole)).hits) expected.push_back(hit.id);
        CHECK(ids == expected);
        // A page by its number is the same stretch.
        whole.size = 7;
        whole.page = 3;
        std::vector<std::string> third;
        for (const Hit& hit : sound(fixture().sharded->search(whole)).hits) third.push_back(hit.id);
        const auto begin = expected.begin() + std::min<std::ptrdiff_t>(14, expected.size());
        const auto end = expected.begin() + std::min<std::ptrdiff_t>(21, expected.size());
        CHECK(third == std::vector<std::string>(begin, end));
      }
    }
  }
}

TEST_CASE("shards: a cursor of another search is declined", "[shards]") {
  SearchRequest request;
  request.q = "schule";
  request.size = 5;
  const std::string cursor = sound(fixture().sharded->search(request)).cursor;
  REQUIRE_FALSE(cursor.empty());
  request.q = "klima";
  request.cursor = cursor;
  CHECK(std::get<Problem>(fixture().sharded->search(request)).code == "invalid_cursor");
  request.cursor = "shards.x";
  CHECK(std::get<Problem>(fixture().sharded->search(request)).code == "invalid_cursor");
}

TEST_CASE("shards: hits over time are those of one index", "[shards]") {
  for (const char* q : {"", "schule", "klima wasser", "schule nirgendwo", "nirgendwo"}) {
    for (const TrendStep step : {TrendStep::kAuto, TrendStep::kYear, TrendStep::kMonth}) {
      TrendRequest request;
      request.search.q = q;
      request.step = step;
      request.by = Facet::kTopic;
      request.top = 2;
      const TrendAnswer expected = fixture().one->trend(request);
      const TrendAnswer found = fixture().sharded->trend(request);
      INFO("q: " << q << " step " << static_cast<int>(step));
      CHECK(found.step == expected.step);
      CHECK(found.total == expected.total);
      CHECK(found.relaxed == expected.relaxed);
      CHECK(found.distinct == expected.distinct);
      REQUIRE(found.periods.size() == expected.periods.size());
      for (std::size_t i = 0; i < found.periods.size(); ++i) {
        CHECK(found.periods[i].from == expected.periods[i].from);
        CHECK(found.periods[i].count == expected.periods[i].count);
        CHECK(found.periods[i].all == expected.periods[i].all);
      }
      REQUIRE(found.series.size() == expected.series.size());
      for (std::size_t i = 0; i < found.series.size(); ++i) {
        CHECK(found.series[i].slug == expected.series[i].slug);
        CHECK(found.series[i].counts == expected.series[i].counts);
      }
    }
  }
}

TEST_CASE("shards: documents are found wherever they lie", "[shards]") {
  for (std::size_t i = 0; i < 12; ++i) {
    const std::string& id = fixture().documents[i].id;
    REQUIRE(fixture().sharded->document(id));
    CHECK(fixture().sharded->document(id)->document.title == fixture().documents[i].title);
    CHECK(fixture().sharded->describe({id, "no-such"})[0]->id == id);
    CHECK_FALSE(fixture().sharded->describe({id, "no-such"})[1]);
  }
  CHECK_FALSE(fixture().sharded->document("no-such"));
  CHECK(fixture().sharded->state().documents == kDocuments);
  const auto listed = fixture().sharded->listed(5, 10);
  const auto expected = fixture().one->listed(5, 10);
  REQUIRE(listed.size() == expected.size());
  for (std::size_t i = 0; i < listed.size(); ++i) CHECK(listed[i].id == expected[i].id);
}

namespace {

/// A search whose shard is gone before it shows anything, or even knows an id.
class Torn : public shards::Begun {
 public:
  Torn(std::unique_ptr<shards::Begun> begun, bool forgets)
      : begun_(std::move(begun)), forgets_(forgets) {
    counts = begun_->counts;
    all_words = begun_->all_words;
    missing_phrases = begun_->missing_phrases;
    any_adds = begun_->any_adds;
  }
  std::size_t size() const override { return begun_->size(); }
  shards::HitKey key(std::size_t i) const override { return begun_->key(i); }
  std::string id(std::size_t i) const override {
    if (forgets_) throw shards::ShardDown("forgot");
    return begun_->id(i);
  }
  SearchAnswer show(std::size_t, std::size_t, bool) const override {
    throw shards::ShardDown("torn");
  }
  std::string cursor_behind(std::size_t shown) const override {
    return begun_->cursor_behind(shown);
  }

 private:
  std::unique_ptr<shards::Begun> begun_;
  bool forgets_;
};

/// A shard that can be taken down and counts what it is asked.
class Fragile : public shards::Shard {
 public:
  explicit Fragile(std::unique_ptr<Shard> shard) : shard_(std::move(shard)) {}
  bool down = false, tears = false, forgets = false;
  mutable int censuses = 0, begun = 0;

  const std::string& name() const override { return shard_->name(); }
  IndexState state() const override { return shard_->state(); }
  std::shared_ptr<const WordData> words() const override { return shard_->words(); }
  std::shared_ptr<const shards::FacetNames> facet_names() const override {
    return shard_->facet_names();
  }
  bool holds(const std::string& term) const override { return up().holds(term); }
  std::vector<std::string> authors(const std::string& begin) const override {
    return up().authors(begin);
  }
  search::Census census(const SearchRequest& request) const override {
    ++censuses;
    return up().census(request);
  }
  std::variant<std::unique_ptr<shards::Begun>, Problem> begin(
      const SearchRequest& request) const override {
    ++begun;
    auto out = up().begin(request);
    if (auto* made = std::get_if<std::unique_ptr<shards::Begun>>(&out);
        made != nullptr && (tears || forgets)) {
      *made = std::make_unique<Torn>(std::move(*made), forgets);
    }
    return out;
  }
  std::optional<DocumentView> document(std::string_view id, std::string_view q) const override {
    return up().document(id, q);
  }
  std::optional<Hit> describe(const std::string& id) const override { return up().describe(id); }
  std::vector<Hit> by_number(std::string_view body, std::string_view number) const override {
    return up().by_number(body, number);
  }
  std::optional<SearcherStatistics> statistics() const override { return shard_->statistics(); }
  bool whole() const override { return true; }
  bool refresh() override { return false; }

 private:
  const Shard& up() const {
    if (down) throw shards::ShardDown("pulled");
    return *shard_;
  }
  std::unique_ptr<Shard> shard_;
};

/// Three of them, and handles on them.
std::vector<std::unique_ptr<shards::Shard>> fragile_shards(std::vector<Fragile*>& handles) {
  std::vector<std::unique_ptr<shards::Shard>> made;
  for (std::size_t i = 0; i < kShards; ++i) {
    auto shard = std::make_unique<Fragile>(
        shards::open_local("Teil " + std::to_string(i + 1), fixture().places[i].path));
    handles.push_back(shard.get());
    made.push_back(std::move(shard));
  }
  return made;
}

}  // namespace

TEST_CASE("shards: a search has each shard match once, twice where any word adds hits",
          "[shards]") {
  std::vector<Fragile*> handles;
  const ShardedSearcher searcher(fragile_shards(handles));
  const auto asked = [&](const SearchRequest& request) {
    for (Fragile* const handle : handles) handle->begun = handle->censuses = 0;
    const std::uint64_t before = searcher.statistics()->queries;
    const SearchAnswer answer = sound(searcher.search(request));
    for (const Fragile* const handle : handles) {
      CHECK(handle->censuses == 0);
      CHECK(handle->begun == handles[0]->begun);
    }
    // Nor do they match again by themselves.
    CHECK(searcher.statistics()->queries - before == kShards * std::uint64_t(handles[0]->begun));
    return std::pair(handles[0]->begun, answer);
  };
  for (const char* q :
       {"", "schule", "schule klima", "\"die schule\"", "schule \"die schule\"", "verkehr*"}) {
    SearchRequest request;
    request.q = q;
    request.size = 3;
    request.facets = {Facet::kBody, Facet::kTopic};
    INFO("q: " << q);
    const auto [times, first] = asked(request);
    CHECK(times == 1);
    CHECK(first.hits.size() == 3);
    request.page = 3;
    const auto [deep, third] = asked(request);
    CHECK(deep == 1);
    CHECK(third.hits.size() == 3);
    request.page = 1;
    request.cursor = first.cursor;
    CHECK(asked(request).first == 1);
  }
  SearchRequest request;
  request.q = "sonderfall";  // in one paper, but any word is all words
  CHECK(asked(request).first == 1);
  request.q = "nirgendwo";
  CHECK(asked(request).first == 1);
  request.q = "sonderfall schule";
  const auto [times, relaxed] = asked(request);
  CHECK(times == 2);
  CHECK(relaxed.query.relaxed);
  request.q = "schule \"klima sonderfall\"";  // stands nowhere: asked again for its words
  CHECK(asked(request).first >= 2);
}

TEST_CASE("shards: one down makes answers incomplete, all down a problem", "[shards]") {
  std::vector<Fragile*> handles;
  const ShardedSearcher searcher(fragile_shards(handles));
  for (const SearchRequest& request : request_table()) {
    INFO("q: " << request.q);
    handles[1]->down = false;
    const SearchAnswer whole = sound(searcher.search(request));
    handles[1]->down = true;
    const SearchAnswer part = sound(searcher.search(request));
    CHECK(whole.incomplete.empty());
    REQUIRE(part.incomplete.size() == 1);
    CHECK(part.incomplete[0].find("Teil 2") != std::string::npos);
    if (!part.query.relaxed) CHECK(part.total <= whole.total);
  }
  // What is not found may lie where nobody answers: no "there is none". Answers without it are of
  // another state, which ends with it.
  const std::string id =
      sound(shards::ShardedSearcher({fixture().places[1]}).search({})).hits[0].id;
  const auto code_of = [](const auto& work) -> std::string {
    try {
      return work() ? "found" : "none";
    } catch (const ProblemError& error) {
      return error.problem.code;
    }
  };
  const std::string silent = searcher.state().revision;
  CHECK(code_of([&] { return searcher.document(id).has_value(); }) == "index_unavailable");
  CHECK(code_of([&] { return !searcher.by_number("", "99/99").empty(); }) == "index_unavailable");
  REQUIRE(searcher.left_out().size() == 1);
  CHECK(searcher.left_out()[0].find("Teil 2") != std::string::npos);
  CHECK_FALSE(searcher.parts()[1].answers);
  handles[1]->down = false;
  CHECK(code_of([&] { return searcher.document(id).has_value(); }) == "found");
  CHECK(code_of([&] { return searcher.document("nowhere").has_value(); }) == "none");
  CHECK(searcher.left_out().empty());
  CHECK(searcher.parts()[1].answers);
  CHECK(searcher.state().revision != silent);
  CHECK(sound(searcher.search({})).revision == searcher.state().revision);
  for (Fragile* const handle : handles) handle->down = true;
  CHECK(std::get<Problem>(searcher.search({})).code == "index_unavailable");
}

TEST_CASE("shards: one that goes between counting and showing loses no hits for good", "[shards]") {
  std::vector<Fragile*> handles;
  const ShardedSearcher searcher(fragile_shards(handles));
  SearchRequest request;
  request.q = "schule";
  request.size = 25;
  request.sort = Sort::kNewest;  // some of each shard are on the first page
  const std::uint64_t total = sound(searcher.search(request)).total;
  for (std::size_t gone = 0; gone < kShards; ++gone) {
    request.cursor.clear();
    handles[gone]->tears = true;
    SearchAnswer answer = sound(searcher.search(request));
    handles[gone]->tears = false;
    REQUIRE(answer.incomplete.size() == 1);
    CHECK(answer.incomplete[0].find("Teil " + std::to_string(gone + 1)) == 0);
    CHECK(answer.total == total);
    REQUIRE(answer.hits.size() < 25);
    CHECK_FALSE(answer.query.understood.empty());
    std::set<std::string> ids;
    std::size_t listed = 0;
    while (true) {
      for (const Hit& hit : answer.hits) ids.insert(hit.id);
      listed += answer.hits.size();
      REQUIRE(listed <= total);
      if (answer.cursor.empty()) break;
      request.cursor = answer.cursor;
      answer = sound(searcher.search(request));
    }
    CHECK(ids.size() == total);
    CHECK(listed == total);
  }
}

namespace {

/// Folders of papers of one day, whose order only their ids say.
std::vector<shards::ShardPlace> one_day(const std::filesystem::path& dir) {
  std::vector<std::vector<Document>> parts(kShards);
  for (Document& document : collection(150)) {
    document.date = "2020-02-03";
    parts[document.id.back() % kShards].push_back(std::move(document));
  }
  std::vector<shards::ShardPlace> out;
  for (std::size_t i = 0; i < kShards; ++i) {
    const auto part = dir / std::to_string(i);
    index(part, parts[i], out.empty() ? "" : out[0].path);
    out.push_back({part.string(), "", ""});
  }
  return out;
}

}  // namespace

TEST_CASE("shards: papers of one day are put in order without reading them", "[shards]") {
  const ScratchDir scratch;
  const ShardedSearcher searcher(one_day(scratch.path()));
  SearchRequest request;
  request.sort = Sort::kNewest;
  request.size = 5;
  request.page = 20;
  const SearchAnswer answer = sound(searcher.search(request));
  std::vector<std::string> ids, expected;
  for (const Hit& hit : answer.hits) ids.push_back(hit.id);
  for (const Document& document : collection(150)) expected.push_back(document.id);
  std::sort(expected.begin(), expected.end());
  CHECK(ids == std::vector<std::string>(expected.begin() + 95, expected.begin() + 100));
  const auto records = searcher.statistics()->records;
  CHECK(records.hits + records.misses <= 2 * ids.size());
}

TEST_CASE("shards: one that goes while hits are put in order is left out", "[shards]") {
  const ScratchDir scratch;
  const auto places = one_day(scratch.path());
  std::vector<Fragile*> handles;
  std::vector<std::unique_ptr<shards::Shard>> made;
  for (std::size_t i = 0; i < kShards; ++i) {
    auto shard = std::make_unique<Fragile>(
        shards::open_local("Teil " + std::to_string(i + 1), places[i].path));
    handles.push_back(shard.get());
    made.push_back(std::move(shard));
  }
  const ShardedSearcher searcher(std::move(made));
  SearchRequest request;
  request.sort = Sort::kNewest;
  request.size = 40;
  for (Fragile* const gone : handles) {
    request.cursor.clear();
    gone->forgets = true;
    SearchAnswer answer = sound(searcher.search(request));
    gone->forgets = false;
    REQUIRE(answer.incomplete.size() == 1);
    CHECK(answer.incomplete[0].starts_with(
        "Teil " +
        std::to_string(std::find(handles.begin(), handles.end(), gone) - handles.begin() + 1)));
    CHECK(answer.hits.size() == 40);
    std::set<std::string> ids;
    std::size_t listed = 0;
    while (true) {
      for (const Hit& hit : answer.hits) ids.insert(hit.id);
      listed += answer.hits.size();
      REQUIRE(listed <= 150);
      if (answer.cursor.empty()) break;
      request.cursor = answer.cursor;
      answer = sound(searcher.search(request));
    }
    CHECK(listed == 150);
    CHECK(ids.size() == 150);
  }
  // All of them: no empty page.
  request.cursor.clear();
  for (Fragile* const gone : handles) gone->forgets = gone->tears = true;
  CHECK(std::get<Problem>(searcher.search(request)).code == "index_unavailable");
}

TEST_CASE("shards: what was begun is shown though its files are gone and readers busy",
          "[shards]") {
  const ScratchDir scratch;
  const auto dir = scratch.path() / "one";
  index(dir, collection(40), {});
  Searcher searcher(dir);
  SearchRequest request;
  request.q = "schule";
  const SearchAnswer expected = sound(searcher.search(request));
  auto begun = std::get<std::unique_ptr<search::Begun>>(searcher.begin(request));
  searcher.read([&](search::Reader&) {  // another search of the same revision
    index(dir, collection(50), {}, [](const writer::GenerationMade&) {});  // a whole generation
    std::filesystem::remove_all(dir / "gen-1");
    REQUIRE(searcher.refresh());
    const SearchAnswer shown = searcher.finish(*begun, 0, request.size, true);
    REQUIRE(shown.hits.size() == expected.hits.size());
    for (std::size_t i = 0; i < shown.hits.size(); ++i) {
      CHECK(shown.hits[i].id == expected.hits[i].id);
    }
  });
  CHECK(sound(searcher.search({})).total == 50);
}

TEST_CASE("shards: who follows cursors to a shard that shows nothing comes to an end", "[shards]") {
  std::vector<Fragile*> handles;
  const ShardedSearcher searcher(fragile_shards(handles));
  SearchRequest request;
  request.q = "schule";
  request.size = 25;
  const std::uint64_t total = sound(searcher.search(request)).total;
  handles[1]->tears = true;
  std::size_t listed = 0, pages = 0;
  std::string code;
  while (true) {
    REQUIRE(++pages < kDocuments);
    const auto answer = searcher.search(request);
    if (const auto* problem = std::get_if<Problem>(&answer)) {
      code = problem->code;
      break;
    }
    const auto& page = std::get<SearchAnswer>(answer);
    CHECK_FALSE(page.hits.empty());
    CHECK(page.incomplete.size() <= 1);
    listed += page.hits.size();
    REQUIRE_FALSE(page.cursor.empty());  // there are more, if not now
    request.cursor = page.cursor;
  }
  CHECK(code == "index_unavailable");
  CHECK(listed > 0);
  CHECK(listed < total);
  // Once it is back, nothing was lost.
  handles[1]->tears = false;
  while (!request.cursor.empty()) {
    const SearchAnswer page = sound(searcher.search(request));
    listed += page.hits.size();
    REQUIRE(listed <= total);
    request.cursor = page.cursor;
  }
  CHECK(listed == total);
}

TEST_CASE("shards: shards of different words are declined with the remedy", "[shards]") {
  ScratchDir other;
  std::vector<Document> few(fixture().documents.begin(), fixture().documents.begin() + 5);
  few[0].pages[0].text += " Sonderwortschatz Sonderwortschatz Fernwanderweg Fernwanderweg";
  index(other.path() / "own", few, {});
  try {
    const ShardedSearcher searcher(
        {fixture().places[0], {(other.path() / "own").string(), "", ""}});
    FAIL("shards of different words were accepted");
  } catch (const shards::ShardsError& error) {
    CHECK(std::string(error.what()).find("--words-from") != std::string::npos);
  }
}
