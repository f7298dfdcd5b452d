// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words that go with a query, against tables counted by hand.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "data.h"
#include "search/index_documents.h"
#include "search/searcher.h"

using namespace fundstelle;

namespace {

Document paper(int number, const std::string& text, const std::string& group) {
  Document out;
  out.id = "p" + std::to_string(number);
  out.title = "Vorgang";
  out.date = "2020-01-01";
  out.groups = {group};
  out.group_ids = {group == "SPD" ? "spd" : "fdp"};
  out.pages = {{1, text}};
  return out;
}

}  // namespace

TEST_CASE("cooccur: the measures are those of their papers", "[research]") {
  // Dunning 1993, table 3 has such cells: a = 110, n1 = 2552, b = 111, n2 = 29225 …
  const Contingency table{110, 2552, 111, 29225};
  const double all = 2552 + 29225, with = 221, without = all - with;
  const double expected = 2 * (110 * std::log(110 / (2552 * with / all)) +
                               2442 * std::log(2442 / (2552 * without / all)) +
                               111 * std::log(111 / (29225 * with / all)) +
                               29114 * std::log(29114 / (29225 * without / all)));
  CHECK(log_likelihood(table) == Approx(expected));
  CHECK(log_likelihood({5, 10, 50, 100}) == Approx(0).margin(1e-9));  // alike
  CHECK(log_likelihood({0, 0, 1, 2}) == 0);
  CHECK(log_ratio({8, 100, 1, 100}) == Approx(3));
  CHECK(log_ratio({4, 100, 0, 100}) == Approx(3));  // nothing counts as a half
}

TEST_CASE("cooccur: words of the hits against the rest, and by group", "[research]") {
  const test::ScratchDir scratch;
  std::vector<Document> papers;
  // 12 papers on wolves, 10 of them with sheep; 28 others, 4 of them with sheep; a word of all.
  for (int i = 0; i < 40; ++i) {
    const bool wolf = i < 12, sheep = (i < 10) || (i >= 12 && i < 16);
    std::string text = "Das Dorf liegt am Fluss.";
    if (wolf) text += " Der Wolf kam.";
    if (sheep) text += " Viele Schafe weideten.";
    papers.push_back(paper(i, text, i % 2 == 0 ? "SPD" : "FDP"));
    // Of the wolves only those of one group have a fence.
    if (wolf && i % 2 == 0) papers.back().pages[0].text += " Ein Zaun stand dort.";
  }
  test::index_documents(scratch.path(), papers);
  const Searcher searcher(scratch.path());
  SearchRequest request;
  request.q = "Wolf";
  const auto outcome = searcher.list(request, 1000);
  const auto& listing = std::get<Listing>(outcome);
  REQUIRE(listing.size() == 12);

  CooccurrenceRequest asked;
  asked.least_together = 2;
  asked.least_likelihood = 3;
  const auto against_rest = listing.cooccurring(asked);
  REQUIRE(against_rest.size() == 1);
  const auto& words = against_rest[0].words;
  REQUIRE(words.size() >= 2);
  bool found = false;
  for (const CooccurringWord& word : words) {
    CHECK(word.printed != "Wolf");  // goes with itself
    CHECK(word.printed != "Dorf");  // stands everywhere
    if (word.printed != "Schafe") continue;
    found = true;
    CHECK(word.counts.a == 10);
    CHECK(word.counts.n1 == 12);
    CHECK(word.counts.b == 4);
    CHECK(word.counts.n2 == 28);
    CHECK(word.log_ratio == Approx(std::log2((10.0 / 12) / (4.0 / 28))));
    CHECK(word.log_likelihood == Approx(log_likelihood({10, 12, 4, 28})));
  }
  CHECK(found);

  asked.by = Facet::kGroup;
  const auto by_group = listing.cooccurring(asked);
  REQUIRE(by_group.size() == 2);
  for (const CooccurrenceGroup& group : by_group) {
    CHECK(group.hits == 6);
    CHECK(group.rest == 6);
    const auto fence =
        std::find_if(group.words.begin(), group.words.end(),
                     [](const CooccurringWord& word) { return word.printed == "Zaun"; });
    REQUIRE((fence != group.words.end()) == (group.slug == "spd"));
    if (group.slug != "spd") continue;
    CHECK(fence->counts.a == 6);
    CHECK(fence->counts.b == 0);
  }
}
