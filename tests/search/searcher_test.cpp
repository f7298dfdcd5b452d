// SPDX-License-Identifier: GPL-3.0-or-later
//
// Random documents, random queries and filters: totals, facets, order and pages against a slow,
// obvious implementation that knows the documents and nothing of the index.
#include "search/searcher.h"
#include "search/index_documents.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "data.h"

using namespace fundstelle;
using fundstelle::test::ScratchDir;

namespace {

Document make(const std::string& id, const std::string& title, const std::string& text) {
  Document document;
  document.id = id;
  document.title = title;
  document.pages.push_back({1, text});
  return document;
}

SearchAnswer ask(const Searcher& searcher, const SearchRequest& request) {
  auto given = searcher.search(request);
  REQUIRE(std::holds_alternative<SearchAnswer>(given));
  return std::get<SearchAnswer>(std::move(given));
}
SearchAnswer ask(const Searcher& searcher, const std::string& q) {
  SearchRequest request;
  request.q = q;
  return ask(searcher, request);
}
std::vector<std::string> ids(const SearchAnswer& answer) {
  std::vector<std::string> out;
  for (const Hit& hit : answer.hits) out.push_back(hit.id);
  return out;
}
std::set<std::string> id_set(const SearchAnswer& answer) {
  const auto list = ids(answer);
  return {list.begin(), list.end()};
}
std::string text_of(const std::vector<SnippetPart>& parts, bool marked) {
  std::string out;
  for (const SnippetPart& part : parts)
    out += marked && part.hit ? "[" + part.text + "]" : part.text;
  return out;
}

/// Words no analysis changes into one another: no stem, no compound, no stop word.
const std::vector<std::string> kWords{"xabu", "xedo", "xifu", "xoga", "xuka",
                                      "xylo", "xamo", "xepu", "xiro", "xosu"};
const std::vector<std::string> kBodies{"aa", "bb", "cc"}, kTypes{"tx", "ty"},
    kTopics{"oa", "ob", "oc", "od"};

/// What the slow side knows of a document.
struct Model {
  std::string id, date, body, type;
  std::vector<std::string> topics;
  int legislature = 0;
  std::vector<std::string> words;  // title first
};

struct World {
  std::vector<Model> models;
  std::vector<Document> documents;
};

World random_world(std::mt19937& random, std::size_t count, const std::string& prefix) {
  const auto pick = [&](const std::vector<std::string>& from) {
    return from[random() % from.size()];
  };
  World world;
  for (std::size_t i = 0; i < count; ++i) {
    Model model;
    model.id = prefix + std::to_string(random() % 1000) + "-" + std::to_string(i);
    Document document = make(model.id, "", "");
    std::string text;
    const std::size_t length = 1 + random() % 12;
    for (std::size_t w = 0; w < length; ++w) {
      // Skewed, so that there are frequent and rare words.
      const std::size_t at = std::min(random() % kWords.size(), random() % kWords.size());
      model.words.push_back(kWords[at]);
      text += (w > 0 ? " " : "") + kWords[at];
    }
    document.pages[0].text = text;
    if (random() % 8 != 0) {
      model.date = std::to_string(2015 + random() % 5) + "-0" + std::to_string(1 + random() % 9) +
                   "-1" + std::to_string(random() % 3);
      document.date = model.date;
    }
    if (random() % 10 != 0) {
      model.body = pick(kBodies);
      document.body = document.body_id = model.body;
    }
    model.type = pick(kTypes);
    document.type = document.type_id = model.type;
    for (const std::string& topic : kTopics) {
      if (random() % 3 == 0) model.topics.push_back(topic);
    }
    document.topics = document.topic_ids = model.topics;
    model.legislature = static_cast<int>(random() % 3);
    if (model.legislature != 0) document.legislature = model.legislature;
    world.models.push_back(std::move(model));
    world.documents.push_back(std::move(document));
  }
  return world;
}

bool has(const Model& model, const std::string& word) {
  return std::find(model.words.begin(), model.words.end(), word) != model.words.end();
}

std::vector<std::string> values(const Model& model, Facet facet) {
  switch (facet) {
    case Facet::kBody:
      return model.body.empty() ? std::vector<std::string>{} : std::vector{model.body};
    case Facet::kType:
      return {model.type};
    case Facet::kTopic:
      return model.topics;
    case Facet::kLegislature:
      return model.legislature == 0 ? std::vector<std::string>{}
                                    : std::vector{std::to_string(model.legislature)};
    case Facet::kYear:
      return model.date.empty() ? std::vector<std::string>{} : std::vector{model.date.substr(0, 4)};
    default:
      return {};
  }
}

bool passes(const Model& model, const FacetFilter& filter) {
  const auto own = values(model, filter.facet);
  const auto meets = [&](const std::vector<std::string>& list) {
    return std::any_of(own.begin(), own.end(), [&](const std::string& value) {
      return std::find(list.begin(), list.end(), value) != list.end();
    });
  };
  return (filter.wanted.empty() || meets(filter.wanted)) && !meets(filter.excluded);
}

struct Expected {
  std::vector<const Model*> hits;
  std::map<Facet, std::map<std::string, std::uint64_t>> counts;
  std::map<Facet, std::uint64_t> missing;
  std::uint64_t all_words = 0;
};

/// `match` says whether a model matches; a filter on a facet is left out for its own counts.
template <typename Match>
Expected expect(const std::vector<Model>& models, const SearchRequest& request, Match&& match) {
  Expected out;
  for (const Model& model : models) {
    if (!match(model)) continue;
    std::string compact = model.date;
    std::erase(compact, '-');
    const std::uint32_t date =
        compact.empty() ? 0 : static_cast<std::uint32_t>(std::stoul(compact));
    if (request.from != 0 && (date == 0 || date < request.from)) continue;
    if (request.to != 0 && (date == 0 || date > request.to)) continue;
    const auto fails = [&](Facet except, bool any) {
      return std::any_of(request.filters.begin(), request.filters.end(),
                         [&](const FacetFilter& filter) {
                           return (any || filter.facet != except) && !passes(model, filter);
                         });
    };
    if (!fails(Facet::kBody, true)) out.hits.push_back(&model);
    for (const Facet facet : request.facets) {
      if (fails(facet, false)) continue;
      const auto own = values(model, facet);
      for (const std::string& value : own) ++out.counts[facet][value];
      if (own.empty()) ++out.missing[facet];
    }
  }
  return out;
}

}  // namespace

TEST_CASE("searcher: random queries and filters equal the obvious implementation", "[search]") {
  std::mt19937 random(7);
  const ScratchDir dir;
  World world = random_world(random, 400, "g");
  test::index_documents(dir.path(), world.documents);
  Searcher searcher(dir.path());

  // A second run replaces, removes and adds: from then on there is a delta with tombstones.
  for (int stage = 0; stage < 2; ++stage) {
    if (stage == 1) {
      World more = random_world(random, 20, "d");
      std::vector<std::string> removed;
      for (std::size_t i = 0; i < 8; ++i) {
        const std::size_t victim = random() % world.models.size();
        removed.push_back(world.models[victim].id);
        world.models.erase(world.models.begin() + static_cast<std::ptrdiff_t>(victim));
      }
      for (std::size_t i = 0; i < 6; ++i) {  // replaced: same id, other words
        const std::size_t target = random() % world.models.size();
        more.models[i].id = world.models[target].id;
        more.documents[i].id = world.models[target].id;
        world.models.erase(world.models.begin() + static_cast<std::ptrdiff_t>(target));
      }
      world.models.insert(world.models.end(), more.models.begin(), more.models.end());
      test::index_documents(dir.path(), more.documents, removed);
      REQUIRE(searcher.refresh());
      REQUIRE_FALSE(searcher.refresh());
    }
    REQUIRE(searcher.state().documents == world.models.size());
    const auto pick = [&](const std::vector<std::string>& from) {
      return from[random() % from.size()];
    };
    for (int round = 0; round < 300; ++round) {
      SearchRequest request;
      const std::size_t words = random() % 4;
      std::vector<std::string> asked;
      for (std::size_t i = 0; i < words; ++i) asked.push_back(pick(kWords));
      const unsigned shape = random() % 4;
      std::string excluded;
      for (std::size_t i = 0; i < words; ++i) {
        request.q += (i == 0 ? "" : shape == 0 ? " ODER " : shape == 1 ? " UND " : " ") + asked[i];
      }
      if (words > 0 && shape == 2) {
        excluded = pick(kWords);
        request.q += " -" + excluded;
      }
      request.match = shape == 3 ? MatchMode::kAny : MatchMode::kAll;
      const bool any = (shape == 0 || shape == 3) && words > 0;
      for (const auto& [facet, pool] : std::vector<std::pair<Facet, std::vector<std::string>>>{
               {Facet::kBody, kBodies},
               {Facet::kTopic, kTopics},
               {Facet::kType, {"tx", "ty", "unknown"}},
               {Facet::kLegislature, {"1", "2"}},
               {Facet::kYear, {"2016", "2017"}}}) {
        if (random() % 3 != 0) continue;
        FacetFilter filter{facet, {}, {}};
        for (std::size_t i = 0, n = 1 + random() % 2; i < n; ++i) {
          (random() % 4 == 0 ? filter.excluded : filter.wanted).push_back(pick(pool));
        }
        request.filters.push_back(filter);
      }
      if (random() % 4 == 0) request.from = 20160301;
      if (random() % 4 == 0) request.to = 20180630;
      request.sort = static_cast<Sort>(random() % 3);
      request.facets = {Facet::kBody, Facet::kType, Facet::kTopic, Facet::kLegislature,
                        Facet::kYear};
      request.size = static_cast<std::uint32_t>(1 + random() % 30);
      CAPTURE(stage, round, request.q, request.filters.size());

      const auto match = [&](const Model& model) {
        if (!excluded.empty() && has(model, excluded)) return false;
        if (asked.empty()) return true;
        return any ? std::any_of(asked.begin(), asked.end(),
                                 [&](const auto& w) { return has(model, w); })
                   : std::all_of(asked.begin(), asked.end(),
                                 [&](const auto& w) { return has(model, w); });
      };
      const Expected expected = expect(world.models, request, match);
      const SearchAnswer first = ask(searcher, request);
      REQUIRE(first.total == expected.hits.size());
      for (const FacetCounts& facet : first.facets) {
        CAPTURE(to_string(facet.facet));
        std::map<std::string, std::uint64_t> got;
        for (const FacetValue& value : facet.values) {
          if (value.count > 0)
            got[value.slug] = value.count;
          else
            REQUIRE((value.selected || value.excluded));
        }
        const auto known = expected.counts.find(facet.facet);
        REQUIRE(got == (known == expected.counts.end() ? std::map<std::string, std::uint64_t>{}
                                                       : known->second));
        const auto missing = expected.missing.find(facet.facet);
        REQUIRE(facet.missing == (missing == expected.missing.end() ? 0 : missing->second));
        REQUIRE(facet.distinct == got.size());
      }
      std::uint64_t bars = first.histogram.undated;
      for (const HistogramBar& bar : first.histogram.bars) bars += bar.count;
      REQUIRE(bars == first.total);

      // All pages, by number and by cursor: the same list, complete, in order.
      std::vector<Hit> by_page, by_cursor;
      for (SearchRequest page = request;; ++page.page) {
        SearchAnswer answer = ask(searcher, page);
        REQUIRE(answer.total == first.total);
        if (answer.hits.empty()) break;
        for (Hit& hit : answer.hits) by_page.push_back(std::move(hit));
      }
      for (SearchRequest page = request;;) {
        SearchAnswer answer = ask(searcher, page);
        for (Hit& hit : answer.hits) by_cursor.push_back(std::move(hit));
        if (answer.cursor.empty()) break;
        page.cursor = answer.cursor;
        page.size = static_cast<std::uint32_t>(1 + random() % 60);
      }
      REQUIRE(by_page.size() == first.total);
      REQUIRE(by_cursor.size() == first.total);
      std::set<std::string> listed, wanted;
      for (const Model* model : expected.hits) wanted.insert(model->id);
      for (std::size_t i = 0; i < by_page.size(); ++i) {
        REQUIRE(by_page[i].id == by_cursor[i].id);
        listed.insert(by_page[i].id);
        if (i == 0) continue;
        const Hit &a = by_page[i - 1], &b = by_page[i];
        const bool ranked = request.sort == Sort::kRelevance && !asked.empty();
        if (ranked) {
          REQUIRE((a.all_words || !b.all_words));
          // Behind the rescored zone scores start anew.
          if (a.all_words == b.all_words && i != 200) REQUIRE(a.score >= b.score);
        }
        const bool tie = !ranked || (a.score == b.score && a.all_words == b.all_words && i != 200);
        if (!tie) continue;
        if (request.sort == Sort::kOldest) {
          REQUIRE((b.date.empty() || (!a.date.empty() && a.date <= b.date)));
        } else {
          REQUIRE(a.date >= b.date);
        }
        if (a.date == b.date) REQUIRE(a.id < b.id);
      }
      REQUIRE(listed == wanted);
    }
  }
}

TEST_CASE("searcher: scores are BM25 with all words first", "[search]") {
  std::mt19937 random(11);
  const ScratchDir dir;
  const World world = random_world(random, 150, "s");
  test::index_documents(dir.path(), world.documents);
  const Searcher searcher(dir.path());
  // A single word without inflection has no neighbours, no exact layer, no parts: tf 3 an
  // occurrence, length as the sum of all frequencies in the entry.
  SearchRequest request;
  request.q = "xedo";
  request.expand = {false, false, false, false, false};
  request.size = 100;
  request.ranking.k1 = 0.8F;
  request.ranking.b = 0.3F;
  request.ranking.idf_power = 1.5F;
  double df = 0, lengths = 0;
  // Each word stands in the index as exact form (1) and stem (3).
  for (const Model& model : world.models) {
    df += has(model, "xedo") ? 1 : 0;
    lengths += 4.0 * static_cast<double>(model.words.size());
  }
  const double count = static_cast<double>(world.models.size()), mean = lengths / count;
  const SearchAnswer answer = ask(searcher, request);
  REQUIRE(answer.total == static_cast<std::uint64_t>(df));
  for (const Hit& hit : answer.hits) {
    const auto model = std::find_if(world.models.begin(), world.models.end(),
                                    [&](const Model& one) { return one.id == hit.id; });
    const double tf =
        3.0 * static_cast<double>(std::count(model->words.begin(), model->words.end(), "xedo"));
    const double norm = 0.7 + 0.3 * 4 * static_cast<double>(model->words.size()) / mean;
    const double score =
        std::pow(std::log(1 + (count - df + 0.5) / (df + 0.5)), 1.5) * tf * 1.8 / (tf + 0.8 * norm);
    CHECK(hit.score == Approx(score).epsilon(1e-4));
  }
}

TEST_CASE("searcher: nearness and lead add what the formula says", "[search]") {
  const ScratchDir dir;
  // xabu and xedo stand at 1 and 3, at 2 and 9, and at 1 and 3 the other way round.
  test::index_documents(dir.path(),
                        {make("near", "", "xabu xifu xedo xoga xuka xylo xamo xepu xiro"),
                         make("far", "", "xifu xabu xoga xuka xylo xamo xepu xiro xedo"),
                         make("back", "", "xedo xifu xabu xoga xuka xylo xamo xepu xiro")});
  const Searcher searcher(dir.path());
  SearchRequest request;
  request.q = "xabu xedo";
  request.match = MatchMode::kAll;
  const auto scores = [&] {
    std::map<std::string, double> out;
    for (const Hit& hit : ask(searcher, request).hits) out[hit.id] = hit.score;
    REQUIRE(out.size() == 3);
    return out;
  };
  request.ranking.nearness = request.ranking.lead = 0;
  const auto plain = scores();
  CHECK(plain.at("near") == Approx(plain.at("far")));
  const double idf = std::log(1 + 0.5 / 3.5);  // all 3 of 3
  request.ranking.nearness = 0.5F;
  request.ranking.nearness_words = 5;
  auto got = scores();
  CHECK(got.at("near") - plain.at("near") == Approx(0.5 * idf).epsilon(1e-3));
  CHECK(got.at("back") - plain.at("back") == Approx(0.5 * idf).epsilon(1e-3));
  CHECK(got.at("far") == Approx(plain.at("far")));
  request.ranking.nearness = 0;
  request.ranking.lead = 0.5F;
  request.ranking.lead_words = 10;
  got = scores();
  CHECK(got.at("near") - plain.at("near") ==
        Approx(0.5 * idf * (std::exp(-0.1) + std::exp(-0.3))).epsilon(1e-3));
  CHECK(got.at("far") - plain.at("far") ==
        Approx(0.5 * idf * (std::exp(-0.2) + std::exp(-0.9))).epsilon(1e-3));
}

TEST_CASE("searcher: feedback orders what lacks a word, and nothing else", "[search]") {
  const ScratchDir dir;
  std::vector<Document> documents;
  for (const char* id : {"both1", "both2", "both3"}) {
    documents.push_back(make(id, "", "xabu xedo xifu xoga"));
  }
  // Alike but for the words beside the one asked; the best speak of xifu and xoga too.
  documents.push_back(make("a-other", "", "xabu xuka xylo"));
  documents.push_back(make("b-related", "", "xabu xifu xoga"));
  documents.push_back(make("c-unasked", "", "xifu xoga xifu xoga"));
  test::index_documents(dir.path(), documents);
  const Searcher searcher(dir.path());
  SearchRequest request;
  request.q = "xabu xedo";
  request.ranking.feedback = 0;
  const SearchAnswer without = ask(searcher, request);
  CHECK(ids(without) ==
        std::vector<std::string>{"both1", "both2", "both3", "a-other", "b-related"});
  request.ranking.feedback = 0.6F;
  const SearchAnswer with = ask(searcher, request);
  CHECK(ids(with) == std::vector<std::string>{"both1", "both2", "both3", "b-related", "a-other"});
  CHECK(with.total == without.total);
  CHECK(with.query.understood == without.query.understood);
  for (std::size_t i = 0; i < 3; ++i) CHECK(with.hits[i].score == without.hits[i].score);
}

TEST_CASE("searcher: a quotation that stands nowhere is read as words beside other words",
          "[search]") {
  const ScratchDir dir;
  test::index_documents(
      dir.path(),
      {make("a", "", "Im Jahr 1960 erhielt die Einheit Tesla ihren Namen zu Ehren xabu."),
       make("b", "", "Eine Feier zu Ehren von xedo.")});
  const Searcher searcher(dir.path());
  const SearchAnswer answer = ask(searcher, "Ehren „die Tesla Einheit“");
  REQUIRE(answer.hits.size() == 2);
  CHECK(answer.hits[0].id == "a");
  REQUIRE(answer.query.ignored.size() >= 1);
  CHECK(answer.query.ignored[0].find("die Tesla Einheit") != std::string::npos);
  // Alone, with UND or +, and where all words are demanded, quotation marks mean what they say.
  CHECK(ask(searcher, "„die Tesla Einheit“").total == 0);
  CHECK(ask(searcher, "Ehren UND „die Tesla Einheit“").total == 0);
  CHECK(ask(searcher, "Ehren UND„die Tesla Einheit“").total == 0);
  CHECK(ask(searcher, "Ehren +„die Tesla Einheit“").total == 0);
  CHECK(ask(searcher, "R&D Ehren „die Tesla Einheit“").total == 2);
  SearchRequest strict;
  strict.q = "Ehren „die Tesla Einheit“";
  strict.match = MatchMode::kAll;
  CHECK(ask(searcher, strict).total == 0);
  // One that does stand somewhere stays a phrase.
  CHECK(id_set(ask(searcher, "Ehren „die Einheit Tesla“")) == std::set<std::string>{"a"});
}

TEST_CASE("searcher: newer papers first only if that is asked", "[search]") {
  const ScratchDir dir;
  Document old_one = make("old", "", "xabu xabu xedo"), newer = make("new", "", "xabu xedo xedo"),
           undated = make("undated", "", "xabu xedo xedo xedo");
  old_one.date = "2019-03-01";
  newer.date = "2023-03-01";
  test::index_documents(dir.path(), {old_one, newer, undated});
  const Searcher searcher(dir.path());
  SearchRequest request;
  request.q = "xabu";
  CHECK(ids(ask(searcher, request)) == std::vector<std::string>{"old", "new", "undated"});
  std::map<std::string, double> plain;
  for (const Hit& hit : ask(searcher, request).hits) plain[hit.id] = hit.score;
  request.ranking.recency = 1;
  request.ranking.recency_days = 1461;  // the four years between them
  const SearchAnswer answer = ask(searcher, request);
  CHECK(ids(answer) == std::vector<std::string>{"new", "old", "undated"});
  // The newest counts double, one half-life older half as much more, without a date nothing more.
  CHECK(answer.hits[0].score == Approx(2 * plain.at("new")).epsilon(1e-4));
  CHECK(answer.hits[1].score == Approx(1.5 * plain.at("old")).epsilon(1e-4));
  CHECK(answer.hits[2].score == Approx(plain.at("undated")).epsilon(1e-4));
  // Another ranking is another list: a cursor does not fit.
  request.size = 1;
  const std::string cursor = ask(searcher, request).cursor;
  request.cursor = cursor;
  CHECK(ids(ask(searcher, request)) == std::vector<std::string>{"old"});
  request.ranking.recency = 0;
  CHECK(std::holds_alternative<Problem>(searcher.search(request)));
}

TEST_CASE("searcher: few hits with all words bring those with some, behind", "[search]") {
  const ScratchDir dir;
  std::vector<Document> documents;
  for (int i = 0; i < 30; ++i) {
    documents.push_back(
        make("some" + std::to_string(i), "", i % 2 == 0 ? "Windkraft xabu" : "Naturschutz xedo"));
  }
  documents.push_back(
      make("both", "", "Ein langer Satz zur Windkraft steht weit vor dem Wort Naturschutz."));
  test::index_documents(dir.path(), documents);
  const Searcher searcher(dir.path());
  const SearchAnswer relaxed = ask(searcher, "Windkraft Naturschutz");
  CHECK(relaxed.query.relaxed);
  CHECK(relaxed.total == 31);
  CHECK(relaxed.total_all_words == 1);
  REQUIRE(relaxed.hits.size() == 20);
  CHECK(relaxed.hits[0].id == "both");
  CHECK(relaxed.hits[0].all_words);
  CHECK_FALSE(relaxed.hits[1].all_words);
  SearchRequest strict;
  strict.q = "Windkraft Naturschutz";
  strict.match = MatchMode::kAll;
  CHECK(ids(ask(searcher, strict)) == std::vector<std::string>{"both"});
  CHECK_FALSE(ask(searcher, strict).query.relaxed);
  // UND means it.
  CHECK(ask(searcher, "Windkraft UND Naturschutz").total == 1);
  CHECK(ask(searcher, "Windkraft +Naturschutz").total == 1);
  // A filter does not change the decision.
  SearchRequest filtered;
  filtered.q = "Windkraft";
  filtered.from = 20200101;
  CHECK(ask(searcher, filtered).total == 0);
}

TEST_CASE("searcher: phrases, nearness, beginnings, fields", "[search]") {
  const ScratchDir dir;
  Document a = make("a", "Rente im Alter",
                    "Die Kosten der sozialen Sicherung steigen. Frau Müller fragt nach Zahlen.");
  a.authors = {"Anna Müller"};
  a.number = "19/1234";
  a.legislature = 19;
  a.date = "2019-05-01";
  a.group_ids = {"gruene"};
  a.groups = {"BÜNDNIS 90/DIE GRÜNEN"};
  Document b = make("b", "Soziale Lage",
                    "Der soziale Wandel. Sicherung der Rente, siehe Drucksache 19/1234.");
  b.references = {"19/1234"};
  b.number = "20/17";
  b.legislature = 20;
  b.date = "2022";
  Document c = make("c", "", "Kostenrechnung und Verkehrswege, soziale\nSicherung");
  test::index_documents(dir.path(), {a, b, c});
  const Searcher searcher(dir.path());
  const auto found = [&](const std::string& q) {
    CAPTURE(q);
    SearchRequest request;
    request.q = q;
    request.match = MatchMode::kAll;
    return id_set(ask(searcher, request));
  };
  using Set = std::set<std::string>;
  CHECK(found("\"soziale Sicherung\"") == Set{"c"});
  CHECK(found("\"sozialen Sicherung\"") == Set{"a"});
  CHECK(found("\"der sozialen Sicherung\"") == Set{"a"});
  CHECK(found("\"der soziale Sicherung\"") == Set{});
  CHECK(found("„SOZIALE SICHERUNG“") == Set{"c"});
  CHECK(found("soziale Sicherung") == Set{"a", "b", "c"});
  CHECK(found("soziale NAHE/1 Sicherung") == Set{"a", "c"});
  CHECK(found("soziale NAHE/3 Sicherung") == Set{"a", "b", "c"});
  CHECK(found("Sicherung NEAR/1 soziale") == Set{"a", "c"});
  CHECK(found("Verkehrsw*") == Set{"c"});
  CHECK(found("titel:Rente") == Set{"a"});
  CHECK(found("Rente") == Set{"a", "b"});
  CHECK(found("Rente -titel:Rente") == Set{"b"});
  CHECK(found("titel:\"soziale Lage\"") == Set{"b"});
  CHECK(found("von:Müller") == Set{"a"});
  CHECK(found("von:mueller") == Set{"a"});
  CHECK(found("fraktion:gruene") == Set{"a"});
  CHECK(found("fraktion:\"Die Grünen\"") == Set{"a"});
  CHECK(found("fraktion:spd") == Set{});
  CHECK(found("wp:19") == Set{"a"});
  CHECK(found("wp:19..20") == Set{"a", "b"});
  CHECK(found("datum:2019") == Set{"a"});
  CHECK(found("datum:2019-06..") == Set{"b"});
  CHECK(found("datum:2019-05..2019-05") == Set{"a"});
  CHECK(found("drs:19/1234") == Set{"a"});
  CHECK(found("19/1234") == Set{"a", "b"});
  CHECK(ids(ask(searcher, "19/1234")).front() == "a");
  CHECK(found("der") == Set{"a", "b"});  // nothing but stop words: they count
  CHECK(found("der Rente") == Set{"a", "b"});
  CHECK(found("???") == Set{"a", "b", "c"});
  CHECK(found("") == Set{"a", "b", "c"});
  CHECK(found("-Rente") == Set{"c"});
  CHECK(found("Rente ODER Kostenrechnung") == Set{"a", "b", "c"});

  const auto by_number = searcher.by_number("", "19 / 1234");
  REQUIRE(by_number.size() == 1);
  CHECK(by_number[0].id == "a");

  const auto view = searcher.document("a", "Sicherung");
  REQUIRE(view);
  CHECK(view->document.pages[0].text == a.pages[0].text);
  CHECK(view->document.title == a.title);
  REQUIRE(view->marks.size() == 1);
  REQUIRE(view->marks[0].size() == 1);
  CHECK(a.pages[0].text.substr(view->marks[0][0].begin,
                               view->marks[0][0].end - view->marks[0][0].begin) == "Sicherung");
  REQUIRE(view->cited_by.size() == 1);
  CHECK(view->cited_by[0].id == "b");
  const auto citing = searcher.document("b");
  REQUIRE(citing);
  REQUIRE(citing->cites.size() == 1);
  CHECK(citing->cites[0].id == "a");
  CHECK_FALSE(searcher.document("nobody"));
  CHECK_FALSE(searcher.original("a"));
}

TEST_CASE("searcher: the best passages are shown with their page and the words marked",
          "[search]") {
  const ScratchDir dir;
  Document lengthy = make("long", "Bericht", "");
  lengthy.paged = true;
  lengthy.pages.clear();
  for (std::uint32_t page = 1; page <= 40; ++page) {
    std::string text;
    for (int i = 0; i < 60; ++i)
      text += "Auf Seite " + std::to_string(page) + " steht Fülltext ohne Belang. ";
    if (page == 23) text += "Die Landesregierung förderte Windräder an der Küste mit viel Geld. ";
    if (page == 31) text += "Windräder drehen sich. ";
    for (int i = 0; i < 20; ++i) text += "Danach folgt wiederum Fülltext. ";
    text.pop_back();
    lengthy.pages.push_back({page, text});
  }
  test::index_documents(dir.path(), {lengthy});
  const Searcher searcher(dir.path());
  const SearchAnswer answer = ask(searcher, "Windräder Küste");
  REQUIRE(answer.hits.size() == 1);
  REQUIRE(answer.hits[0].passages.size() == 2);
  CHECK(answer.hits[0].passages[0].page == 23);
  CHECK(answer.hits[0].passages[1].page == 31);
  const auto& snippet = answer.hits[0].passages[0].snippet;
  CHECK_THAT(text_of(snippet, true),
             Catch::Contains("Die Landesregierung förderte [Windräder] an der [Küste] mit"));
  CHECK(text_of(snippet, false).size() < 400);

  // Both words stand on page 23, but not in a row: no passage is shown for the torn phrase.
  const SearchAnswer phrase = ask(searcher, "\"Windräder drehen\"");
  REQUIRE(phrase.hits.size() == 1);
  REQUIRE(phrase.hits[0].passages.size() == 1);
  CHECK(phrase.hits[0].passages[0].page == 31);
  CHECK_THAT(text_of(phrase.hits[0].passages[0].snippet, true),
             Catch::Contains("[Windräder drehen] sich"));
  const SearchAnswer beginning = ask(searcher, "Landesreg*");
  REQUIRE(beginning.hits.size() == 1);
  CHECK(beginning.hits[0].passages[0].page == 23);
  CHECK_THAT(text_of(beginning.hits[0].passages[0].snippet, true),
             Catch::Contains("[Landesregierung]"));

  SearchRequest passages;
  passages.q = "Windräder";
  passages.unit = Unit::kPassage;
  passages.facets = {Facet::kBody};
  const SearchAnswer by_passage = ask(searcher, passages);
  CHECK(by_passage.total == 2);
  REQUIRE(by_passage.hits.size() == 2);
  CHECK(by_passage.hits[0].id == "long");
  CHECK(by_passage.hits[0].passages.size() == 1);
  CHECK(by_passage.facets[0].missing == 2);
}

TEST_CASE("searcher: bad cursors and deep pages are named", "[search]") {
  const ScratchDir dir;
  std::vector<Document> documents;
  for (int i = 0; i < 30; ++i) documents.push_back(make("n" + std::to_string(i), "", "xabu"));
  test::index_documents(dir.path(), documents);
  const Searcher searcher(dir.path());
  const auto code = [&](const SearchRequest& request) {
    const auto given = searcher.search(request);
    return std::holds_alternative<Problem>(given) ? std::get<Problem>(given).code : "";
  };
  SearchRequest request;
  request.q = "xabu";
  request.size = 10;
  const std::string cursor = ask(searcher, request).cursor;
  REQUIRE_FALSE(cursor.empty());
  SearchRequest other = request;
  other.cursor = cursor;
  CHECK(code(other).empty());
  other.q = "xedo";
  CHECK(code(other) == "invalid_cursor");
  for (std::string bad :
       {std::string("x"), cursor + "-1", cursor.substr(1), cursor + "g", std::string(5000, '-'),
        searcher.state().revision + "-", cursor.substr(0, cursor.rfind('-')) + "-ffffffff"}) {
    other = request;
    other.cursor = bad;
    CAPTURE(bad);
    CHECK(code(other) == "invalid_cursor");
  }
  request.page = 1001;
  CHECK(code(request) == "page_too_deep");
  request.page = 1000;
  CHECK(code(request).empty());
}

TEST_CASE("searcher: says how it understood, what it left out, what it would rather", "[search]") {
  const ScratchDir dir;
  std::vector<Document> documents;
  for (int i = 0; i < 12; ++i)
    documents.push_back(
        make("n" + std::to_string(i), "", "Die Häuser der Gemeinde brauchen Wohnungen."));
  test::index_documents(dir.path(), documents);
  const Searcher searcher(dir.path());
  const SearchAnswer answer = ask(searcher, "die Gemeinde der Wohnung (");
  CHECK_THAT(answer.query.understood,
             Catch::Contains("„Gemeinde“") && Catch::Contains(" UND „Wohnung“"));
  CHECK_THAT(answer.query.ignored.at(0), Catch::Contains("Klammer"));
  CHECK_THAT(answer.query.ignored.back(), Catch::Contains("„die“, „der“"));
  REQUIRE(answer.query.words.size() >= 3);
  CHECK(answer.query.words[0].typed == "Gemeinde");
  CHECK(answer.query.words[0].documents == 12);
  CHECK(ask(searcher, "Wohnunegn").query.suggestion == "Wohnungen");
  CHECK(ask(searcher, "Wohnung").query.suggestion.empty());
}

TEST_CASE("searcher: a new revision replaces the old one under running searches", "[search]") {
  const ScratchDir dir;
  const auto generation = [&](int number) {
    std::vector<Document> documents;
    for (int i = 0; i < 20; ++i) {
      documents.push_back(make("n" + std::to_string(i), "",
                               "xabu " + std::string(number % 2 == 0 ? "xedo" : "xifu")));
    }
    test::index_documents(dir.path(), documents);
  };
  generation(0);
  Searcher searcher(dir.path());
  std::atomic<bool> stop{false};
  std::atomic<int> wrong{0}, done{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      while (!stop) {
        SearchRequest request;
        request.q = "xabu";
        try {
          const auto given = searcher.search(request);
          if (std::get<SearchAnswer>(given).total != 20) ++wrong;
          if (!searcher.document("n3")) ++wrong;
        } catch (...) {
          ++wrong;
        }
        ++done;
      }
    });
  }
  for (int i = 1; i <= 4; ++i) {
    generation(i);
    CHECK(searcher.refresh());
  }
  while (done < 50) std::this_thread::yield();
  stop = true;
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}
