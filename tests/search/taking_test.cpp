// SPDX-License-Identifier: GPL-3.0-or-later
//
// What exports, feeds and site maps ask of the searcher: everything, in order, whole.
#include <catch2/catch.hpp>

#include "data.h"
#include "schema/schema.h"
#include "search/index_documents.h"
#include "search/searcher.h"

using namespace fundstelle;
using fundstelle::test::ScratchDir;

namespace {

Document make(const std::string& id, const std::string& date, const std::string& seen,
              const std::string& text = "Radweg") {
  Document document;
  document.id = id;
  document.date = date;
  document.first_seen = seen;
  document.pages.push_back({1, text});
  return document;
}

SearchAnswer ask(const Searcher& searcher, const SearchRequest& request) {
  auto given = searcher.search(request);
  REQUIRE(std::holds_alternative<SearchAnswer>(given));
  return std::get<SearchAnswer>(std::move(given));
}

}  // namespace

TEST_CASE("taking: what came in last stands first, among these the newest", "[search]") {
  const ScratchDir scratch;
  test::index_documents(
      scratch.path(),
      {make("a", "2020-01-01", "2024-01-01T00:00:00Z"),
       make("b", "2021-01-01", "2024-01-01T00:00:00Z"), make("c", "", "2024-01-01T00:00:00Z"),
       make("old-but-late", "1999-01-01", "2024-05-01T10:00:00Z")});
  const Searcher searcher(scratch.path());
  for (const std::string q : {"Radweg", ""}) {
    SearchRequest request;
    request.q = q;
    request.sort = Sort::kAdded;
    request.size = 1;
    std::vector<std::string> seen;
    for (;;) {  // page by page: the cursor keeps the order
      const SearchAnswer answer = ask(searcher, request);
      for (const Hit& hit : answer.hits) seen.push_back(hit.id);
      if (answer.cursor.empty()) break;
      request.cursor = answer.cursor;
    }
    CHECK(seen == std::vector<std::string>{"old-but-late", "b", "a", "c"});
  }
  CHECK(searcher.listed(0, 10).size() == 4);
  CHECK(searcher.listed(1, 2)[0].id == "b");
  CHECK(searcher.listed(3, 2)[0].first_seen == "2024-05-01T10:00:00Z");
  CHECK(searcher.listed(4, 2).empty());
}

TEST_CASE("taking: documents of one run were first seen together and stay so", "[search]") {
  const ScratchDir scratch;
  test::index_documents(scratch.path(), {make("a", "", ""), make("b", "", "")});
  const std::string first = Searcher(scratch.path()).describe({"a"})[0]->first_seen;
  CHECK(schema::time_value(first) != 0);
  CHECK(Searcher(scratch.path()).describe({"b"})[0]->first_seen == first);
  test::index_documents(scratch.path(), {make("a", "", "2030-01-01T00:00:00Z", "Gehweg")});
  const Searcher searcher(scratch.path());
  const auto both = searcher.describe({"a", "nicht da"});
  CHECK(both[0]->first_seen == first);
  CHECK_FALSE(both[1].has_value());
  CHECK(searcher.listed(0, 9)[0].first_seen == first);
  CHECK(searcher.listed(0, 9).size() == 2);  // the replaced one is not listed twice
}

TEST_CASE("taking: passages come whole where that is asked for", "[search]") {
  const ScratchDir scratch;
  std::string text = "Ein Radweg am Anfang.";
  for (int i = 0; i < 200; ++i)
    text += " Dazwischen steht vieles andere, Satz " + std::to_string(i) + ".";
  text += "\n\nOrt\tFälle\nEin Radweg am Ende.";
  test::index_documents(scratch.path(), {make("a", "", "", text)});
  const Searcher searcher(scratch.path());
  SearchRequest request;
  request.q = "Radweg";
  request.unit = Unit::kPassage;
  request.whole_passages = true;
  for (const bool marked : {true, false}) {
    request.snippets = marked;
    const SearchAnswer answer = ask(searcher, request);
    REQUIRE(answer.hits.size() == 1);
    std::string whole;
    int hits = 0;
    for (const SnippetPart& part : answer.hits[0].passages[0].snippet) {
      whole += part.text;
      hits += part.hit ? 1 : 0;
    }
    CHECK(whole == text);
    CHECK(hits == (marked ? 2 : 0));
  }
}

TEST_CASE("schema: seconds since 1970 there and back", "[schema]") {
  CHECK(schema::time_value("1970-01-01T00:01:00Z") == 60);
  CHECK(schema::time_value("2024-02-29T23:59:59Z") == 1709251199U);
  CHECK(schema::iso_time(1709251199U) == "2024-02-29T23:59:59Z");
  for (const char* bad : {"", "2024-02-30T00:00:00Z", "2024-02-29", "2024-02-29 00:00:00Z",
                          "1969-12-31T23:59:59Z", "2024-02-29T00:00:0xZ"}) {
    CHECK(schema::time_value(bad) == 0);
  }
  CHECK(schema::iso_time(0).empty());
}
