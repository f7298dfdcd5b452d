// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hits over time against a plain recount of random documents, and against the totals of facets.
#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "data.h"
#include "search/searcher.h"
#include "writer/writer.h"

using namespace fundstelle;
using fundstelle::test::ScratchDir;

namespace {

const std::vector<std::string> kWords{"xabu", "xedo", "xifu", "xoga"};

Document random_document(std::mt19937& random, std::size_t number) {
  Document document;
  document.id = "t" + std::to_string(number);
  document.title = "Papier";
  std::string text;
  for (const std::string& word : kWords) {
    if (random() % 2 == 0) text += word + " ";
  }
  document.pages.push_back({1, text + "Ende."});
  document.body_id = document.body = std::vector<std::string>{"aa", "bb", "cc"}[random() % 3];
  if (random() % 8 == 0) document.body_id = document.body = "";
  for (const char* topic : {"oa", "ob", "oc", "od"}) {
    if (random() % 3 != 0) continue;
    document.topics.emplace_back(topic);
    document.topic_ids.emplace_back(topic);
  }
  char date[16];
  std::snprintf(date, sizeof date, "%04u-%02u-%02u", 2014 + unsigned(random() % 5),
                1 + unsigned(random() % 12), 1 + unsigned(random() % 28));
  if (random() % 6 != 0) document.date = date;
  return document;
}

bool holds(const Document& document, const std::string& word) {
  return document.pages[0].text.find(word) != std::string::npos;
}

/// Name of the period a date lies in; empty: none.
std::string period_of(const std::string& date, TrendStep step) {
  if (date.empty()) return {};
  if (step == TrendStep::kYear) return date.substr(0, 4);
  if (step == TrendStep::kMonth) return date.substr(0, 7);
  const int month = std::stoi(date.substr(5, 2));
  return date.substr(0, 4) + "-Q" + std::to_string((month + 2) / 3);
}

std::string period_of(const TrendPeriod& period, TrendStep step) {
  char date[16];
  std::snprintf(date, sizeof date, "%04u-%02u-%02u", period.from / 10000 % 10000,
                period.from / 100 % 100, period.from % 100);
  return period_of(std::string(date), step);
}

std::vector<std::string> values_of(const Document& document, Facet by) {
  if (by == Facet::kTopic) return document.topic_ids;
  return document.body_id.empty() ? std::vector<std::string>{}
                                  : std::vector<std::string>{document.body_id};
}

}  // namespace

TEST_CASE("trend: periods and rows equal a plain recount and the totals of facets", "[search]") {
  std::mt19937 random(11);
  std::vector<Document> documents;
  for (std::size_t i = 0; i < 300; ++i) documents.push_back(random_document(random, i));
  const ScratchDir dir;
  {
    WriterOptions options;
    options.dir = dir.path();
    options.stopwords_dir = std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "stopwords";
    options.jobs = 1;
    options.program_version = "test";
    Writer writer(options);
    for (const Document& document : documents) writer.add(document);
    (void)writer.commit({});
  }
  const Searcher searcher(dir.path());

  for (int round = 0; round < 60; ++round) {
    TrendRequest request;
    request.search.q = round % 5 == 0 ? "" : kWords[random() % kWords.size()];
    request.search.match = MatchMode::kAll;
    request.step = static_cast<TrendStep>(1 + random() % 3);
    request.by = round % 2 == 0 ? Facet::kTopic : Facet::kBody;
    request.top = static_cast<std::uint32_t>(1 + random() % 4);
    if (random() % 3 == 0) request.search.filters.push_back({Facet::kBody, {"aa"}, {}});
    if (random() % 3 == 0) request.search.from = 20150301;
    CAPTURE(request.search.q, to_string(request.step), request.top, request.search.filters.size());
    const TrendAnswer answer = searcher.trend(request);

    const auto passes = [&](const Document& document) {
      if (!request.search.filters.empty() && document.body_id != "aa") return false;
      return request.search.from == 0 || (!document.date.empty() && document.date >= "2015-03-01");
    };
    std::map<std::string, std::array<std::uint64_t, 3>> expected;  // count, filtered, all
    std::map<std::string, std::map<std::string, std::uint64_t>> rows;
    std::map<std::string, std::uint64_t> totals;
    std::uint64_t missing = 0, total = 0;
    for (const Document& document : documents) {
      const std::string period = period_of(document.date, request.step);
      ++expected[period][2];
      if (!passes(document)) continue;
      ++expected[period][1];
      if (!request.search.q.empty() && !holds(document, request.search.q)) continue;
      ++expected[period][0];
      ++total;
      const auto values = values_of(document, *request.by);
      if (values.empty()) ++missing;
      for (const std::string& value : values) {
        ++rows[value][period];
        ++totals[value];
      }
    }
    REQUIRE(answer.total == total);
    REQUIRE(answer.step == request.step);
    std::uint64_t sum = answer.undated.count;
    for (std::size_t i = 0; i < answer.periods.size(); ++i) {
      const TrendPeriod& period = answer.periods[i];
      const auto& want = expected[period_of(period, request.step)];
      REQUIRE(period.count == want[0]);
      REQUIRE(period.filtered == want[1]);
      REQUIRE(period.all == want[2]);
      REQUIRE(period.from <= period.to);
      if (i > 0) {  // without gaps: the day after the one is the first of the other
        const std::uint32_t end = answer.periods[i - 1].to;
        const bool turn = end % 10000 == 1231;
        REQUIRE(period.from ==
                (turn ? (end / 10000 + 1) * 10000 + 101 : (end / 100 + 1) * 100 + 1));
      }
      sum += period.count;
    }
    REQUIRE(sum == total);
    REQUIRE(answer.undated.count == expected[""][0]);
    REQUIRE(answer.undated.all == expected[""][2]);

    // Rows: the most frequent values, exactly; the rest counts each document once.
    std::set<std::string> listed;
    std::uint64_t lowest = UINT64_MAX;
    for (const TrendSeries& series : answer.series) {
      std::uint64_t in_row = series.undated;
      for (std::size_t i = 0; i < series.counts.size(); ++i) {
        in_row += series.counts[i];
        if (series.kind != TrendSeries::Kind::kValue) continue;
        REQUIRE(series.counts[i] == rows[series.slug][period_of(answer.periods[i], request.step)]);
      }
      REQUIRE(in_row == series.total);
      if (series.kind == TrendSeries::Kind::kMissing) REQUIRE(series.total == missing);
      if (series.kind != TrendSeries::Kind::kValue) continue;
      REQUIRE(series.total == totals[series.slug]);
      listed.insert(series.slug);
      lowest = std::min(lowest, series.total);
    }
    REQUIRE(listed.size() == std::min<std::size_t>(request.top, totals.size()));
    std::uint64_t rest = 0;
    for (const auto& [value, count] : totals) {
      if (!listed.contains(value)) REQUIRE(count <= lowest);
    }
    for (const Document& document : documents) {
      if (!passes(document)) continue;
      if (!request.search.q.empty() && !holds(document, request.search.q)) continue;
      const auto values = values_of(document, *request.by);
      rest += std::any_of(values.begin(), values.end(),
                          [&](const auto& value) { return !listed.contains(value); })
                  ? 1
                  : 0;
    }
    const auto row = std::find_if(answer.series.begin(), answer.series.end(), [](const auto& one) {
      return one.kind == TrendSeries::Kind::kRest;
    });
    REQUIRE((row == answer.series.end() ? 0 : row->total) == rest);

    // The same totals as the facet tells, where it is not filtered itself.
    if (!request.search.filters.empty() && *request.by == Facet::kBody) continue;
    SearchRequest search = request.search;
    search.facets = {*request.by};
    const auto found = std::get<SearchAnswer>(searcher.search(search));
    REQUIRE(found.total == answer.total);
    for (const FacetValue& value : found.facets[0].values) {
      for (const TrendSeries& series : answer.series) {
        if (series.slug == value.slug && !series.slug.empty()) REQUIRE(series.total == value.count);
      }
    }
    REQUIRE(found.facets[0].distinct == answer.distinct);
  }
}

TEST_CASE("trend: the step follows the span, passages count for themselves", "[search]") {
  const ScratchDir dir;
  const auto paper = [](const std::string& id, const std::string& date, std::size_t pages) {
    Document document;
    document.id = id;
    document.title = "Papier";
    document.date = date;
    document.paged = true;
    for (std::uint32_t i = 1; i <= pages; ++i) document.pages.push_back({i, "xabu steht hier."});
    return document;
  };
  WriterOptions options;
  options.dir = dir.path();
  options.stopwords_dir = std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "stopwords";
  options.jobs = 1;
  options.program_version = "test";
  const auto add = [&](const Document& document) {
    Writer writer(options);
    writer.add(document);
    (void)writer.commit({});
  };
  TrendRequest request;
  request.search.q = "xabu";
  add(paper("a", "2019-04-05", 3));
  Searcher searcher(dir.path());
  TrendAnswer answer = searcher.trend(request);
  CHECK(answer.step == TrendStep::kMonth);
  REQUIRE(answer.periods.size() == 1);
  CHECK(answer.periods[0].from == 20190401);
  CHECK(answer.periods[0].to == 20190430);
  request.search.unit = Unit::kPassage;
  CHECK(searcher.trend(request).periods[0].count == 3);
  CHECK(searcher.trend(request).periods[0].all == 3);
  request.search.unit = Unit::kDocument;
  add(paper("b", "2012-12-31", 1));
  REQUIRE(searcher.refresh());
  answer = searcher.trend(request);
  CHECK(answer.step == TrendStep::kQuarter);
  CHECK(answer.periods.front().from == 20121001);
  CHECK(answer.periods.back().to == 20190630);
  // One misread date must not make ten thousand months.
  add(paper("c", "1201-01-01", 1));
  REQUIRE(searcher.refresh());
  request.step = TrendStep::kMonth;
  CHECK(searcher.trend(request).step == TrendStep::kYear);
  CHECK(searcher.trend(request).periods.size() == 819);
  request.search.q = "nirgends";
  request.search.match = MatchMode::kAll;
  CHECK(searcher.trend(request).periods.empty());
}
