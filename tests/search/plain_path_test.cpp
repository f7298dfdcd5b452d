// SPDX-License-Identifier: GPL-3.0-or-later
//
// The quick ways to an answer against slow ones: totals, facets, order by date and pages against a
// recount of the documents; scores and their order against an engine that scores every hit.
#include <algorithm>
#include <cstdio>
#include <map>
#include <random>
#include <set>

#include "data.h"
#include "search/index_documents.h"
#include "search/searcher.h"

using namespace fundstelle;

namespace {

/// Changed by no analysis, so that a document holds a word if it was put there.
const std::vector<std::string> kPlain{"xabu", "xedo", "xifu", "xoga", "xuka", "xylo"};
/// Words that meet one another: inflected, inside compounds, as parts.
const std::vector<std::string> kGerman{
    "Hochwasser", "Schutz",         "Hochwasserschutz", "Gesetz",       "Gesetzes",
    "Verkehr",    "Verkehrsgesetz", "Hochwassern",      "Schutzgesetz", "Verkehrsschutz",
    "Schule",     "Schulen",        "Hochwasser-Gesetz"};
const std::vector<std::string> kBodies{"ba", "bb", "bc"}, kTopics{"ta", "tb", "tc", "td"};

struct Model {
  std::string date, body;
  std::set<std::string> words, topics;
};
using World = std::map<std::string, Model>;  // by id

Document random_document(std::mt19937& random, const std::string& id, Model& model) {
  Document document;
  document.id = id;
  document.language = "de";
  std::string text;
  for (std::size_t i = 0, length = 3 + random() % 20; i < length; ++i) {
    if (random() % 3 != 0) {
      text += kGerman[std::min(random() % kGerman.size(), random() % kGerman.size())] + " ";
      continue;
    }
    const std::string& word = kPlain[std::min(random() % kPlain.size(), random() % kPlain.size())];
    model.words.insert(word);
    text += word + " ";
  }
  // Most documents hold the same word: its list is long.
  if (random() % 10 != 0) {
    text += "xabu ";
    model.words.insert("xabu");
  }
  document.pages.push_back({1, text + "."});
  document.title = random() % 4 == 0 ? kGerman[random() % kGerman.size()] : "Papier";
  if (random() % 9 != 0) {
    char date[16];
    std::snprintf(date, sizeof date, "%04u-%02u-%02u", 2012 + unsigned(random() % 9),
                  1 + unsigned(random() % 12), 1 + unsigned(random() % 28));
    document.date = model.date = date;
  }
  if (random() % 12 != 0) document.body = document.body_id = model.body = kBodies[random() % 3];
  for (const std::string& topic : kTopics) {
    if (random() % 3 != 0) continue;
    document.topics.push_back(topic);
    document.topic_ids.push_back(topic);
    model.topics.insert(topic);
  }
  return document;
}

/// A generation and a delta that replaces and removes some of it.
World make_index(const std::filesystem::path& dir, std::size_t count) {
  std::mt19937 random(11);
  World world;
  std::vector<Document> documents;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string id = "p" + std::to_string(i * 7919 % 100'003);
    documents.push_back(random_document(random, id, world[id] = {}));
  }
  test::index_documents(dir, documents);
  std::vector<Document> changed;
  std::vector<std::string> removed;
  for (const Document& document : documents) {
    if (random() % 40 == 0) {
      changed.push_back(random_document(random, document.id, world[document.id] = {}));
    } else if (random() % 60 == 0) {
      removed.push_back(document.id);
      world.erase(document.id);
    }
  }
  const std::string fresh = "neu";
  changed.push_back(random_document(random, fresh, world[fresh] = {}));
  test::index_documents(dir, changed, removed);
  return world;
}

std::uint32_t number_of(const std::string& date) {
  return date.empty() ? 0
                      : static_cast<std::uint32_t>(
                            std::stoul(date.substr(0, 4) + date.substr(5, 2) + date.substr(8, 2)));
}

SearchAnswer found(const Searcher& searcher, const SearchRequest& request) {
  const auto answer = searcher.search(request);
  REQUIRE(std::holds_alternative<SearchAnswer>(answer));
  return std::get<SearchAnswer>(answer);
}

constexpr std::size_t kDocuments = 6000;

}  // namespace

TEST_CASE("totals, facets, order by date and pages are those of a recount") {
  const test::ScratchDir dir;
  const World world = make_index(dir.path(), kDocuments);
  const Searcher searcher(dir.path());
  std::mt19937 random(3);
  for (int round = 0; round < 60; ++round) {
    SearchRequest request;
    request.match = MatchMode::kAll;
    request.size = 100;
    request.snippets = false;
    request.facets = {Facet::kBody, Facet::kTopic, Facet::kYear};
    request.sort = round % 2 == 0 ? Sort::kNewest : Sort::kOldest;
    std::vector<std::string> words;
    for (std::size_t i = 0, n = random() % 4; i < n; ++i) {
      words.push_back(kPlain[random() % kPlain.size()]);
    }
    const bool any = random() % 3 == 0;
    for (const std::string& word : words) {
      request.q += (request.q.empty() ? "" : any ? " ODER " : " ") + word;
    }
    FacetFilter body{Facet::kBody, {}, {}}, topic{Facet::kTopic, {}, {}};
    if (random() % 3 == 0) body.wanted = {kBodies[random() % 3], kBodies[random() % 3]};
    if (random() % 4 == 0) topic.wanted = {kTopics[random() % 4]};
    if (random() % 4 == 0) topic.excluded = {kTopics[random() % 4]};
    request.filters = {body, topic};
    if (random() % 3 == 0) {
      request.from = 20130000 + 10000 * unsigned(random() % 4);
      request.to = request.from + 30000;
    }

    const auto has = [](const auto& set, const auto& list) {
      return std::any_of(list.begin(), list.end(),
                         [&](const auto& one) { return set.contains(one); });
    };
    std::vector<std::pair<std::uint32_t, std::string>> expected;  // date, id
    std::map<std::string, std::uint64_t> bodies, topics, years;
    for (const auto& [id, model] : world) {
      const bool all_words = std::all_of(
          words.begin(), words.end(), [&](const auto& word) { return model.words.contains(word); });
      if (!(words.empty() || all_words || (any && has(model.words, words)))) continue;
      const std::uint32_t date = number_of(model.date);
      if (request.from != 0 && (date == 0 || date < request.from || date > request.to)) continue;
      const bool by_body = body.wanted.empty() || has(std::set{model.body}, body.wanted);
      const bool by_topic = (topic.wanted.empty() || has(model.topics, topic.wanted)) &&
                            !has(model.topics, topic.excluded);
      if (by_topic && !model.body.empty()) ++bodies[model.body];
      if (by_body) {
        for (const std::string& one : model.topics) ++topics[one];
      }
      if (!by_body || !by_topic) continue;
      if (date != 0) ++years[model.date.substr(0, 4)];
      expected.emplace_back(date, id);
    }
    std::sort(expected.begin(), expected.end(), [&](const auto& a, const auto& b) {
      if (a.first != b.first) {
        if (request.sort == Sort::kNewest) return a.first > b.first;
        return b.first == 0 || (a.first != 0 && a.first < b.first);
      }
      return a.second < b.second;
    });

    INFO(request.q << " from " << request.from << " round " << round);
    const SearchAnswer first = found(searcher, request);
    REQUIRE(first.total == expected.size());
    std::map<std::string, std::uint64_t>* const counts[] = {&bodies, &topics, &years};
    for (std::size_t i = 0; i < 3; ++i) {
      std::map<std::string, std::uint64_t> got;
      for (const FacetValue& value : first.facets[i].values) {
        if (value.count > 0) got[value.slug] = value.count;
      }
      CHECK(got == *counts[i]);
    }
    std::uint64_t dated = 0;
    for (const HistogramBar& bar : first.histogram.bars) dated += bar.count;
    CHECK(dated + first.histogram.undated == first.total);
    // Some pages by number, then all by cursor.
    std::vector<std::string> ids;
    request.size = 37;
    for (request.page = 1; request.page <= 2; ++request.page) {
      for (const Hit& hit : found(searcher, request).hits) ids.push_back(hit.id);
    }
    request.page = 1;
    request.size = 1000;
    std::string cursor;
    std::vector<std::string> all;
    do {
      request.cursor = cursor;
      const SearchAnswer page = found(searcher, request);
      for (const Hit& hit : page.hits) all.push_back(hit.id);
      cursor = page.cursor;
    } while (!cursor.empty());
    REQUIRE(all.size() == expected.size());
    for (std::size_t i = 0; i < all.size(); ++i) REQUIRE(all[i] == expected[i].second);
    REQUIRE(ids.size() == std::min<std::size_t>(74, all.size()));
    CHECK(std::equal(ids.begin(), ids.end(), all.begin()));
  }
}

TEST_CASE("the quick order is the order of all scores") {
  const test::ScratchDir dir;
  make_index(dir.path(), kDocuments);
  SearcherOptions slow;
  slow.pruning = false;
  slow.answer_cache_bytes = slow.record_cache_bytes = 0;
  const Searcher quick(dir.path()), plain(dir.path(), slow);
  std::mt19937 random(5);
  const auto word = [&] {
    return random() % 3 == 0 ? kPlain[random() % kPlain.size()]
                             : kGerman[random() % kGerman.size()];
  };
  for (int round = 0; round < 150; ++round) {
    SearchRequest request;
    switch (random() % 8) {
      case 0:
      case 1:
        request.q = word();
        break;
      case 2:
        request.q = word() + " " + word();
        break;
      case 3:
        request.q = word() + " " + word() + " " + word();
        break;
      case 4:
        request.q = word() + " ODER " + word() + " ODER " + word();
        break;
      case 5:
        request.q = "\"" + word() + " " + word() + "\"";
        break;
      case 6:
        request.q = word() + " -" + word() + " titel:" + word();
        break;
      default:
        request.q = word() + " NEAR/3 Hoch* nirgendwo" + std::to_string(random() % 3);
    }
    if (random() % 3 == 0) request.filters = {{Facet::kBody, {kBodies[random() % 3]}, {}}};
    if (random() % 3 == 0) {
      request.from = 20140101;
      request.to = 20141231 + 10000 * unsigned(random() % 4);
    }
    if (random() % 5 == 0) request.unit = Unit::kPassage;
    if (random() % 6 == 0) request.ranking.recency = 0.5F;
    if (random() % 6 == 0) request.match = MatchMode::kAny;
    if (random() % 8 == 0) request.sort = Sort::kAdded;
    request.facets = {Facet::kBody, Facet::kTopic, Facet::kYear};
    request.size = 90;
    INFO(request.q << " round " << round);
    std::string cursor;
    for (int page = 0; page < 4; ++page) {
      request.cursor = cursor;
      // Twice, so that the second comes from what was kept.
      const SearchAnswer first = found(quick, request), one = found(quick, request),
                         other = found(plain, request);
      REQUIRE(one.total == other.total);
      REQUIRE(one.total_all_words == other.total_all_words);
      REQUIRE(one.hits.size() == other.hits.size());
      REQUIRE(first.hits.size() == one.hits.size());
      for (std::size_t i = 0; i < one.hits.size(); ++i) {
        REQUIRE(one.hits[i].id == other.hits[i].id);
        REQUIRE(first.hits[i].id == other.hits[i].id);
        REQUIRE(one.hits[i].score == other.hits[i].score);
        REQUIRE(one.hits[i].all_words == other.hits[i].all_words);
        REQUIRE(one.hits[i].passages.size() == other.hits[i].passages.size());
        for (std::size_t k = 0; k < one.hits[i].passages.size(); ++k) {
          const auto& a = one.hits[i].passages[k].snippet;
          const auto& b = other.hits[i].passages[k].snippet;
          REQUIRE(std::equal(
              a.begin(), a.end(), b.begin(), b.end(),
              [](const auto& x, const auto& y) { return x.text == y.text && x.hit == y.hit; }));
        }
      }
      for (std::size_t i = 0; i < one.facets.size(); ++i) {
        const auto &a = one.facets[i].values, &b = other.facets[i].values;
        REQUIRE(std::equal(
            a.begin(), a.end(), b.begin(), b.end(),
            [](const auto& x, const auto& y) { return x.slug == y.slug && x.count == y.count; }));
      }
      CHECK(one.query.understood == other.query.understood);
      REQUIRE(one.cursor.empty() == other.cursor.empty());
      cursor = one.cursor;
      if (cursor.empty()) break;
    }
  }
  const SearcherStatistics known = quick.statistics();
  CHECK(known.answers.hits > 0);
  CHECK(known.records.hits > 0);
  CHECK(known.postings.hits > 0);
  CHECK(plain.statistics().answers.hits == 0);
}
