// SPDX-License-Identifier: GPL-3.0-or-later
//
// The page of a search and hits over time: what is folded, grouped, drawn and handed out.
#include <re2/re2.h>
#include <catch2/catch.hpp>

#include "data.h"
#include "present/pages/narrowing.h"
#include "present/pages/pages.h"
#include "present/pages/trend.h"

using namespace fundstelle;
using namespace fundstelle::present;

namespace {

constexpr const char* kHostile = "<script>alert('x')</script>\"]]>&amp;";

const Pages& pages() {
  static const Pages instance(
      std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "web/templates",
      {{"style.css", "/assets/style.0.css"}, {"icon.svg", "/assets/i.svg"}});
  return instance;
}

bool holds(const std::string& html, const std::string& part) {
  return html.find(part) != std::string::npos;
}

std::size_t count(const std::string& html, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = html.find(part); at != std::string::npos; at = html.find(part, at + 1)) ++n;
  return n;
}

std::string page_of(const SearchRequest& request, const SearchAnswer& answer,
                    std::vector<WayOut> ways = {}) {
  const Collection collection;
  return pages().results({request, answer, collection, {}, std::move(ways)});
}

Hit hit_of(const std::string& id, const std::string& number) {
  Hit hit;
  hit.id = id;
  hit.number = number;
  hit.title = "Titel von " + id;
  return hit;
}

SearchRequest words(const std::string& q) {
  SearchRequest request;
  request.q = q;
  return request;
}

TrendAnswer two_years() {
  TrendAnswer answer;
  answer.periods = {{20190101, 20191231, 30, 60, 100}, {20200101, 20201231, 10, 10, 200}};
  answer.undated = {0, 0, 2, 3, 4};
  answer.total = 42;
  TrendSeries first, rest;
  first.slug = "spd";
  first.label = "SPD";
  first.total = 41;
  first.undated = 1;
  first.counts = {30, 10};
  rest.kind = TrendSeries::Kind::kRest;
  rest.total = 6;
  rest.undated = 1;
  rest.counts = {5, 0};
  answer.series = {first, rest};
  answer.distinct = 3;
  answer.revision = "00ff";
  return answer;
}

}  // namespace

TEST_CASE("results: who asked whom, and where the affair goes on", "[present]") {
  SearchAnswer answer;
  answer.total = 1;
  Hit hit = hit_of("a", "19/1");
  hit.groups = {"SPD"};
  hit.authors = {"Erika Muster"};
  hit.ministries = {"Bundesministerium für Verkehr"};
  hit.linked = {{"b", "19/1234", "Antwort", "2020-02-03", "answered_by"},
                {"c", "19/1 (neu)", "Kleine Anfrage", "", "version"}};
  answer.hits = {hit};
  const std::string html = page_of(words("Bahn"), answer);
  CHECK(holds(html, "SPD: Erika Muster <span class=\"wen\">"));
  CHECK(holds(html, "Bundesministerium für Verkehr"));
  CHECK(holds(html, "Antwort: <a href=\"/dokument/b?q=Bahn\">19/1234</a> vom 3. Februar 2020"));
  CHECK(holds(html, "weitere Fassung: <a href=\"/dokument/c?q=Bahn\">19/1 (neu)</a>"));
}

TEST_CASE("results: prints of one paper are folded, each still a hit that is counted",
          "[present]") {
  SearchAnswer answer;
  answer.total = 3;
  Hit first = hit_of("alt", "19/1"), other = hit_of("fremd", "19/2"),
      second = hit_of("neu", "19/1 (neu)");
  first.linked = {{"neu", "19/1 (neu)", "", "", "version"}};
  second.linked = {{"alt", "19/1", "", "", "version"}};
  // An answer is no version of its question.
  other.linked = {{"alt", "19/1", "", "", "answers"}};
  answer.hits = {first, other, second};
  SearchRequest request = words("Bahn");
  std::string html = page_of(request, answer);
  CHECK(count(html, "<li class=\"treffer\">") == 2);
  CHECK(holds(html, "Eine weitere Fassung in dieser Liste; sie zählt als eigener Treffer"));
  CHECK(html.find("Titel von neu") < html.find("Titel von fremd"));
  CHECK(holds(html, "3 Dokumente"));
  // A passage is a hit of its own.
  request.unit = Unit::kPassage;
  html = page_of(request, answer);
  CHECK(count(html, "<li class=\"treffer\">") == 3);
}

TEST_CASE("results: what may be too large for one file is offered in spans of years", "[present]") {
  SearchAnswer answer;
  for (std::uint32_t year = 2010; year <= 2019; ++year) {
    answer.histogram.bars.push_back({year * 10'000 + 101, year == 2014 ? 12'000U : 3'000U});
  }
  answer.histogram.undated = 5;
  answer.total = 39'005;
  SearchRequest request = words("Kita");
  request.from = 20100301;
  const std::string html = page_of(request, answer);
  CHECK(holds(html, "heißt dann „…-teil“"));
  CHECK(holds(html, "5 ohne Datum"));
  // Whole years, none twice, none left out; the chosen first day stays.
  std::vector<std::string> spans;
  re2::StringPiece rest(html);
  std::string from, to;
  while (RE2::FindAndConsume(
      &rest, R"re(/api/v1/export\?q=Kita&amp;from=([\d-]+)&amp;to=([\d-]+)&amp;format=csv)re",
      &from, &to)) {
    spans.push_back(from + " " + to);
  }
  CHECK(spans == std::vector<std::string>{"2010-03-01 2012", "2013 2013", "2014 2014", "2015 2017",
                                          "2018 2019"});
  answer.total = 10'000;
  CHECK_FALSE(holds(page_of(request, answer), "-teil"));
  answer.total = 39'005;
  answer.histogram.step = "month";  // no years to cut at, but said nevertheless
  const std::string months = page_of(request, answer);
  CHECK(holds(months, "-teil"));
  CHECK_FALSE(holds(months, "In Teilen"));
}

TEST_CASE("results: a question with its answer stands as a pair", "[present]") {
  SearchAnswer answer;
  answer.total = 1;
  Hit hit = hit_of("a", "19/1");
  PassageHit passage;
  passage.kind = "question";
  passage.page = 2;
  passage.labels = {"4"};
  passage.snippet = {{"Wie viele Brücken? Vier.", false}};
  passage.question = {{"Wie viele ", false}, {"Brücken", true}, {kHostile, false}};
  passage.answer = {{"Vier.", false}};
  hit.passages = {passage};
  answer.hits = {hit};
  std::string html = page_of(words("Brücken"), answer);
  CHECK(holds(html, "<dt>Frage</dt><dd>Wie viele <mark>Brücken</mark>&lt;script&gt;"));
  CHECK(holds(html, "<dt>Antwort</dt><dd>Vier.</dd>"));
  // Without an answer there is no pair to show.
  answer.hits[0].passages[0].answer.clear();
  html = page_of(words("Brücken"), answer);
  CHECK_FALSE(holds(html, "<dt>Frage</dt>"));
  CHECK(holds(html, "Wie viele Brücken? Vier."));
}

TEST_CASE("results: bodies stand under their levels, the chosen in sight, all of them reachable",
          "[present]") {
  SearchAnswer answer;
  answer.total = 40;
  FacetCounts bodies;
  bodies.facet = Facet::kBody;
  bodies.values = {{"bt", "Deutscher Bundestag", 20, false, false},
                   {"landtag-mv", "Landtag Mecklenburg-Vorpommern", 9, false, false},
                   {"stadt-karlsruhe", "Stadt Karlsruhe", 8, false, false}};
  for (int i = 0; i < 30; ++i) {
    const std::string n = std::to_string(i);
    bodies.values.push_back({"verein-" + n, "Verein " + n, 1, i == 29, false});
  }
  bodies.distinct = 33;
  answer.facets = {bodies};
  SearchRequest request = words("Bahn");
  request.filters.push_back({Facet::kBody, {"verein-29"}, {}});
  const std::string html = page_of(request, answer);
  const std::size_t bund = html.find("<p class=\"ebene\">Bund</p>"),
                    land = html.find("<p class=\"ebene\">Länder</p>"),
                    kommune = html.find("<p class=\"ebene\">Kommunen</p>"),
                    other = html.find("<p class=\"ebene\">Weitere</p>"),
                    folded = html.find("<summary>13 weitere</summary>");
  REQUIRE(folded != std::string::npos);
  CHECK((bund < land && land < kommune && kommune < other && other < folded));
  const std::size_t chosen = html.find("data-k=\"body:verein-29\"");
  CHECK((other < chosen && chosen < folded));
  CHECK(holds(html, "/filter?q=Bahn&amp;body=verein-29&amp;facet=body\">alle 33 anzeigen"));
  CHECK_FALSE(holds(html, "Verein 28"));

  const std::string all = pages().values(request, answer, Facet::kBody, "");
  CHECK(count(all, "<li class=\"facettenwert\">") == 33);
  CHECK(holds(all, "/filter?q=Bahn&amp;body=verein-28,verein-29&amp;facet=body\""));
  const std::string some = pages().values(request, answer, Facet::kBody, "KARLSRÜHE");
  CHECK(count(some, "<li class=\"facettenwert\">") == 1);
  CHECK(holds(some, "suche=KARLSR%C3%9CHE\""));
  const std::string none = pages().values(request, answer, Facet::kBody, kHostile);
  CHECK(holds(none, "0 Werte"));
  CHECK_FALSE(holds(none, "<script>alert"));
}

TEST_CASE("results: ways out of an empty answer stand with their counts", "[present]") {
  SearchRequest shorter = words("Bahn");
  shorter.match = MatchMode::kAll;
  const std::string html =
      page_of(words("Bahn Einhorn"), SearchAnswer{}, {{"ohne „Einhorn“", shorter, 1200}});
  CHECK(holds(html, "<a href=\"/suche?q=Bahn&amp;match=all\">ohne „Einhorn“</a>"));
  CHECK(holds(html, "1.200 Dokumente"));
  CHECK_FALSE(holds(html, "Weniger oder allgemeinere"));
  CHECK(holds(page_of(words("Einhorn"), SearchAnswer{}), "Weniger oder allgemeinere"));
}

TEST_CASE("trend: numbers on the page are counts or shares of what the period holds", "[present]") {
  TrendRequest request;
  request.search = words(kHostile);
  request.by = Facet::kGroup;
  request.step = TrendStep::kYear;
  const TrendAnswer answer = two_years();
  const SearchAnswer labels;
  const std::string counts = pages().trend({request, answer, labels, TrendMeasure::kCount});
  CHECK_FALSE(holds(counts, "<script>alert"));
  CHECK(holds(counts, "2019: 30\nSPD: 30\nübrige: 5</title>"));
  CHECK(holds(counts, ">2019</a></th><td>30</td><td>30</td><td>5</td></tr>"));
  CHECK(holds(counts, "ohne Datum</th><td>2</td><td>1</td><td>1</td></tr>"));
  CHECK(holds(counts, "<meta name=\"robots\" content=\"noindex\">"));
  const std::string shares = pages().trend({request, answer, labels, TrendMeasure::kShare});
  CHECK(holds(shares, "<td>30</td><td>100</td><td>30 %</td>"));
  CHECK(holds(shares, "<td>10</td><td>200</td><td>5,0 %</td>"));
  const std::string filtered =
      pages().trend({request, answer, labels, TrendMeasure::kShareFiltered});
  CHECK(holds(filtered, "<td>30</td><td>60</td><td>50 %</td>"));
  // Ten of ten would be a bar over all others.
  CHECK(holds(filtered, "Ein Zeitraum mit weniger als 20 Dokumenten"));
  TrendAnswer nothing;
  CHECK(holds(pages().trend({request, nothing, labels, TrendMeasure::kCount}),
              "Kein Treffer mit Datum"));
}

TEST_CASE("trend: the picture stands for itself, bars as high as their counts", "[present]") {
  TrendRequest request;
  request.search = words(kHostile);
  request.search.filters.push_back({Facet::kTopic, {"verkehr"}, {}});
  TrendAnswer answer = two_years();
  answer.series.clear();
  SearchAnswer labels;
  labels.facets.push_back({Facet::kTopic, {{"verkehr", "Verkehr & Bahn", 3, true, false}}, 1, 0});
  const std::string svg = pages().trend_picture({request, answer, labels, TrendMeasure::kCount});
  CHECK_FALSE(holds(svg, "<script"));
  CHECK(holds(svg, "Verkehr &amp; Bahn"));
  CHECK_FALSE(holds(svg, "class=\"suche"));
  std::string path;
  REQUIRE(RE2::PartialMatch(svg, R"re( d="([^"]*)")re", &path));
  double x1 = 0, y1 = 0, w1 = 0, h1 = 0, x2 = 0, y2 = 0, w2 = 0, h2 = 0;
  REQUIRE(RE2::FullMatch(
      path,
      R"(M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+zM([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+z)",
      &x1, &y1, &w1, &h1, &x2, &y2, &w2, &h2));
  CHECK(h1 / h2 == Approx(3).epsilon(0.01));
  CHECK(y1 + h1 == Approx(y2 + h2));
  CHECK(x1 + w1 < x2);
}

TEST_CASE("trend: CSV holds every number, and no formula", "[present]") {
  TrendRequest request;
  request.by = Facet::kGroup;
  TrendAnswer answer = two_years();
  answer.series[0].label = "=1+1,\"x\"";
  const SearchAnswer labels;
  CHECK(trend_csv({request, answer, labels, TrendMeasure::kShare}) ==
        "von,bis,Treffer,gefiltert,alle,\"'=1+1,\"\"x\"\"\",übrige\r\n"
        "2019-01-01,2019-12-31,30,60,100,30,5\r\n"
        "2020-01-01,2020-12-31,10,10,200,10,0\r\n"
        ",,2,3,4,1,1\r\n");
}

TEST_CASE("trend: addresses keep the search and what differs from the defaults", "[present]") {
  TrendRequest request;
  request.search = words("Bahn & Bus");
  CHECK(trend_address(request, TrendMeasure::kCount) == "/verlauf?q=Bahn+%26+Bus");
  request.by = Facet::kBody;
  request.step = TrendStep::kMonth;
  request.top = 3;
  CHECK(trend_address(request, TrendMeasure::kShare, "/verlauf.csv") ==
        "/verlauf.csv?q=Bahn+%26+Bus&by=body&step=month&top=3&measure=share");
  request.search.q.clear();
  CHECK(trend_address(request, TrendMeasure::kCount) == "/verlauf?by=body&step=month&top=3");
}
