// SPDX-License-Identifier: GPL-3.0-or-later
//
// A query that takes too long is given up in time, and leaves nothing half-made behind.
#include <chrono>
#include <random>

#include "data.h"
#include "search/index_documents.h"
#include "search/searcher.h"

using namespace fundstelle;
using namespace std::chrono_literals;

namespace {

/// Many words with few beginnings, each of them in nearly every document.
std::vector<Document> wordy_documents() {
  std::mt19937 random(7);
  std::vector<Document> out;
  for (std::size_t number = 0; number < 600; ++number) {
    Document document;
    document.id = "w" + std::to_string(number);
    document.title = "Papier " + std::to_string(number);
    document.type_id = "kleine-anfrage";
    document.date = "2020-01-01";
    std::string text;
    for (std::size_t i = 0; i < 1200; ++i) {
      text += std::string("x") + "abcdef"[random() % 6] + "uvw"[random() % 3] +
              "klmnp"[random() % 5] + "aeiou"[random() % 5];
      text += i % 9 == 8 ? ". " : " ";
    }
    if (number < 3) text += "Hochwasserschutz.";
    document.pages.push_back({1, text});
    out.push_back(std::move(document));
  }
  return out;
}

constexpr const char* kWorst = "xau* NEAR/1 xbv* NEAR/1 xcw* NEAR/1 xdu* NEAR/1 xev* NEAR/1 xfw*";

}  // namespace

TEST_CASE("a query that takes too long is given up and spoils nothing") {
  const test::ScratchDir dir;
  test::index_documents(dir.path(), wordy_documents());
  const Searcher searcher(dir.path());

  SearchRequest slow;
  slow.q = kWorst;
  slow.match = MatchMode::kAll;
  slow.budget = 1ms;
  const auto begin = std::chrono::steady_clock::now();
  const auto refused = searcher.search(slow);
  const auto took = std::chrono::steady_clock::now() - begin;
  REQUIRE(std::holds_alternative<Problem>(refused));
  CHECK(std::get<Problem>(refused).code == "query_too_slow");
  CHECK(took < 100ms);

  // What was given up is made whole when it has time, as by a searcher that never gave up.
  slow.budget = 0ms;
  const auto patient = std::get<SearchAnswer>(searcher.search(slow));
  const auto fresh = std::get<SearchAnswer>(Searcher(dir.path()).search(slow));
  CHECK(patient.total == fresh.total);
  CHECK(std::chrono::microseconds(fresh.took_us) > 5ms);  // else this tests nothing
  for (const char* part : {"xau*", "xbv*", "xfw*"}) {
    SearchRequest one;
    one.q = part;
    CHECK(std::get<SearchAnswer>(searcher.search(one)).total ==
          std::get<SearchAnswer>(Searcher(dir.path()).search(one)).total);
  }

  SearchRequest quick;
  quick.q = "Hochwasserschutz";
  quick.budget = 10s;
  CHECK(std::get<SearchAnswer>(searcher.search(quick)).total == 3);
  const SearcherStatistics known = searcher.statistics();
  CHECK(known.queries == 6);
  CHECK(known.slow_queries == 1);
  CHECK(known.postings.misses > 0);
  CHECK(known.postings.bytes > 0);
  CHECK(known.postings.bytes <= known.postings.capacity_bytes);
}

TEST_CASE("every kind of question has its budget") {
  const test::ScratchDir dir;
  test::index_documents(dir.path(), wordy_documents());
  const Searcher searcher(dir.path());

  ConcordanceRequest lines;
  lines.search.q = kWorst;
  lines.search.budget = 1ms;
  const auto concordance = searcher.concordance(lines);
  REQUIRE(std::holds_alternative<Problem>(concordance));
  CHECK(std::get<Problem>(concordance).code == "query_too_slow");

  TrendRequest trend;
  trend.search.q = kWorst;
  trend.search.budget = 1ms;
  CHECK_THROWS_AS(searcher.trend(trend), ProblemError);

  AskedRequest asked;
  for (int i = 0; i < 50; ++i) asked.questions.push_back({"", "xauka xbvla xcwma xdune xevpo", ""});
  asked.budget = 1ms;
  CHECK_THROWS_AS(searcher.asked(asked), ProblemError);
  CHECK_THROWS_AS(searcher.similar("w1", 10, 1ms), ProblemError);
  CHECK(searcher.statistics().slow_queries == 4);
}
