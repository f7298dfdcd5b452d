// SPDX-License-Identifier: GPL-3.0-or-later
#include <re2/re2.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "data.h"
#include "present/address.h"
#include "present/files/json.h"
#include "present/german.h"
#include "present/pages/pages.h"

using namespace fundstelle;
using namespace fundstelle::present;

namespace {

constexpr const char* kHostile =
    "<script>alert('x')</script>\"><img src=x onerror=\"alert(1)\">&amp;";

const Pages& pages() {
  static const Pages instance(
      std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "web/templates",
      {{"style.css", "/assets/style.0.css"}, {"icon.svg", "/assets/i.svg"}});
  return instance;
}

SearchAnswer two_hits() {
  SearchAnswer answer;
  answer.total = 45;
  answer.revision = "00ff00ff00ff00ff";
  answer.took_us = 1200;
  answer.query.understood = "Kita UND Platz";
  Hit hit;
  hit.id = "doc-1";
  hit.type = "kleine-anfrage";
  hit.type_label = "Kleine Anfrage";
  hit.body = "bt";
  hit.body_label = "Deutscher Bundestag";
  hit.number = "19/1234";
  hit.title = "Kita-Plätze";
  hit.title_parts = {{"Kita", true}, {"-Plätze", false}};
  hit.date = "2018-02-03";
  hit.groups = {"SPD"};
  hit.score = 3.5;
  hit.passages.push_back(
      {"question", 3, {"4"}, "Wie viele", 2, {{"Wie viele ", false}, {"Kita", true}}});
  answer.hits.push_back(hit);
  FacetCounts topics;
  topics.facet = Facet::kTopic;
  topics.values = {{"bildung", "Bildung", 30, true, false},
                   {"verkehr", "Verkehr", 12, false, false},
                   {"energie", "Energie", 3, false, true}};
  topics.distinct = 3;
  answer.facets.push_back(topics);
  answer.histogram.bars = {{20170101, 5}, {20180101, 40}};
  return answer;
}

SearchRequest kita_request() {
  SearchRequest request;
  request.q = "Kita Platz";
  request.filters = {{Facet::kTopic, {"bildung"}, {"energie"}}};
  return request;
}

std::string results_page(const SearchRequest& request, const SearchAnswer& answer,
                         std::vector<std::string> originals = {}) {
  const Collection collection{45, 2, "2015-01-01", "2026-01-01", "2026-01-02T03:04:05Z"};
  return pages().results({request, answer, collection, std::move(originals)});
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// Every string a stranger's document can bring along, in every field.
Document hostile_document() {
  Document document;
  document.id = "doc-1";
  const std::string evil = kHostile;
  document.type = document.body = document.number = document.title = evil;
  document.date = evil;
  document.authors = document.groups = document.ministries = document.topics = {evil};
  document.keywords = document.references = {evil};
  document.urls = {"javascript:alert(1)", "https://example.org/\"><script>alert(2)</script>"};
  document.committee = document.agenda_item = document.place = evil;
  document.paged = true;
  document.pages = {{1, evil + "\n\nFrage 1. " + evil}};
  Section section;
  section.kind = SectionKind::kQuestion;
  section.labels = {evil};
  section.span = {1, 0, 1, 10};
  document.sections = {section};
  document.questions = {{evil, evil, evil, {}, 1}};
  document.read["title"] = {{1, 0, 1, 5}, evil};
  document.source = {"text/html", evil, 5};
  return document;
}

/// No element or attribute but those of our own templates.
void check_harmless(const std::string& html) {
  INFO(html);
  CHECK_FALSE(holds(html, "<script"));
  CHECK_FALSE(holds(html, "<img"));
  CHECK_FALSE(holds(html, "\"javascript:"));
  // A tag read as a browser reads it: attributes are names or name="anything but quotes".
  CHECK_FALSE(RE2::PartialMatch(html, R"(<[a-z]+(\s+[a-z-]+(="[^"]*")?)*\s+onerror)"));
}

}  // namespace

TEST_CASE("pages: hostile text stays text everywhere", "[present]") {
  SECTION("results") {
    SearchRequest request;
    request.q = kHostile;
    request.filters = {{Facet::kTopic, {kHostile}, {}}};
    SearchAnswer answer = two_hits();
    answer.query.understood = answer.query.suggestion = kHostile;
    answer.query.ignored = {kHostile};
    answer.query.words = {{kHostile, {{kHostile, kHostile}}, false, 3}};
    answer.facets[0].values[1] = {kHostile, kHostile, 3, false, false};
    answer.revision = kHostile;
    Hit& hit = answer.hits[0];
    hit.id = hit.type_label = hit.body_label = hit.number = hit.date = hit.title = kHostile;
    hit.authors = hit.groups = {kHostile};
    hit.title_parts = {{kHostile, true}, {kHostile, false}};
    hit.passages[0].heading = kHostile;
    hit.passages[0].labels = {kHostile};
    hit.passages[0].snippet = {{kHostile, true}, {kHostile, false}};
    check_harmless(results_page(request, answer, {kHostile}));
  }
  SECTION("document") {
    ShownDocument shown;
    shown.document = hostile_document();
    shown.q = kHostile;
    shown.marks = {{{0, 7}, {20, 30}}};
    shown.title_marks = {{0, 8}};
    shown.has_original = true;
    shown.cites = {{kHostile, kHostile, kHostile, kHostile, kHostile, kHostile, kHostile}};
    shown.cited_by = shown.cites;
    check_harmless(pages().document(shown));
  }
  SECTION("problem, choice, start") {
    check_harmless(pages().problem({"bad_parameter", kHostile, kHostile}, "/suche", kHostile));
    check_harmless(pages().choice(kHostile, {two_hits().hits[0]}));
    SearchAnswer answer = two_hits();
    answer.facets[0].values[0].label = kHostile;
    check_harmless(pages().start({1, 1, kHostile, kHostile, kHostile}, answer));
  }
}

TEST_CASE("results: a facet link adds, removes or excludes one value and keeps the rest",
          "[present]") {
  const std::string html = results_page(kita_request(), two_hits());
  // Escaped as HTML wants it: & becomes &amp;
  const std::string base = "/suche?q=Kita+Platz";
  SECTION("add") { CHECK(holds(html, base + "&amp;topic=bildung,verkehr,-energie\"")); }
  SECTION("exclude") { CHECK(holds(html, base + "&amp;topic=bildung,-energie,-verkehr\"")); }
  SECTION("remove a wanted value") { CHECK(holds(html, base + "&amp;topic=-energie\"")); }
  SECTION("remove an exclusion") { CHECK(holds(html, base + "&amp;topic=bildung\"")); }
  SECTION("remove all") {
    CHECK(holds(html, base + "\" data-k=\"marke:alle\">alle Filter entfernen"));
  }
  SECTION("year bar") {
    CHECK(holds(html, base + "&amp;topic=bildung,-energie&amp;from=2018&amp;to=2018\""));
    CHECK(holds(html, "aria-label=\"2018: 40 Dokumente\""));
  }
  SECTION("next page") { CHECK(holds(html, base + "&amp;topic=bildung,-energie&amp;page=2\"")); }
  SECTION("another sort goes back to the first page") {
    SearchRequest request = kita_request();
    request.page = 3;
    CHECK(holds(results_page(request, two_hits()),
                base + "&amp;topic=bildung,-energie&amp;sort=newest\""));
  }
  SECTION("the search form keeps the filters") {
    CHECK(holds(html, "name=\"topic\" value=\"bildung,-energie\""));
    CHECK(holds(html, "name=\"q\" value=\"Kita Platz\""));
  }
}

TEST_CASE("results: a hit leads to document, page and original", "[present]") {
  const std::string html = results_page(kita_request(), two_hits(), {"doc-1"});
  CHECK(holds(html, "href=\"/dokument/doc-1?q=Kita+Platz\""));
  CHECK(holds(html, "href=\"/dokument/doc-1?q=Kita+Platz#frage-4\""));
  CHECK(holds(html, "Frage 4, S. 3"));
  CHECK(holds(html, "href=\"/dokument/doc-1/original#page=3\""));
  CHECK(holds(html, "Wie viele <mark>Kita</mark>"));
  CHECK(holds(html, "<mark>Kita</mark>-Plätze"));
  CHECK(holds(html, "3. Februar 2018"));
  CHECK(holds(html, "45 Dokumente"));
  CHECK_FALSE(holds(results_page(kita_request(), two_hits()), "/original"));
}

TEST_CASE("results: relaxed hits are announced, with the line where they begin", "[present]") {
  SearchAnswer answer = two_hits();
  answer.query.relaxed = true;
  answer.total_all_words = 1;
  answer.hits.push_back(answer.hits[0]);
  answer.hits[1].id = "doc-2";
  answer.hits[1].all_words = false;
  answer.hits[1].ocr = true;
  answer.hits[1].copies = {"doc-1-text"};
  const std::string html = results_page(kita_request(), answer);
  CHECK(holds(html, "Nur 1 Treffer enthält alle Wörter"));
  CHECK(holds(html, "match=all"));
  const auto line = html.find("Ab hier fehlt");
  CHECK(line > html.find("/dokument/doc-1"));
  CHECK(line < html.find("/dokument/doc-2"));
  // Recognised text and the same paper in another file are told where they belong: at the second.
  CHECK(html.find(">OCR</abbr>") > line);
  CHECK(holds(html, "href=\"/dokument/doc-1-text?q=Kita+Platz\">andere Fassung</a>"));
  CHECK_FALSE(holds(results_page(kita_request(), two_hits()), "OCR"));
  const auto json = nlohmann::json::parse(search_json(kita_request(), answer));
  CHECK(json["hits"][0]["ocr"] == false);
  CHECK(json["hits"][0]["copies"].empty());
  CHECK(json["hits"][1]["ocr"] == true);
  CHECK(json["hits"][1]["copies"] == nlohmann::json::array({"doc-1-text"}));
}

TEST_CASE("results: an empty answer offers ways on", "[present]") {
  SearchAnswer answer;
  answer.query.suggestion = "Kita Platz";
  SearchRequest request = kita_request();
  request.q = "Kitta Platz";
  const std::string html = results_page(request, answer);
  CHECK(holds(html, "0 Dokumente"));
  CHECK(holds(html, "Meinten Sie"));
  CHECK(holds(html, "href=\"/suche?q=Kitta+Platz\""));  // without the filters
}

TEST_CASE("document: marks are counted over pages and lead to one another", "[present]") {
  ShownDocument shown;
  shown.document.id = "d";
  shown.document.title = "Titel";
  shown.document.paged = true;
  shown.document.pages = {{1, "Erste Kita hier.\n\nZweite Kita."}, {2, "Dritte Kita."}};
  shown.q = "Kita";
  shown.marks = {{{6, 10}, {25, 29}}, {{7, 11}}};
  const std::string html = pages().document(shown);
  CHECK(holds(html, "Erste <mark id=\"treffer-1\">Kita</mark>"));
  CHECK(holds(html, "Zweite <mark id=\"treffer-2\">Kita</mark>"));
  CHECK(holds(html, "Dritte <mark id=\"treffer-3\">Kita</mark>"));
  CHECK(holds(html, "<strong>3 Treffer</strong>"));
  CHECK(holds(html, "id=\"seite-2\""));
  CHECK(holds(html, "href=\"#treffer-3\" title=\"nächster Treffer\""));
  CHECK_FALSE(holds(html, "#treffer-4"));
  // Text is complete: nothing but marks stands between the words.
  CHECK(holds(html, "</span> hier.</p>"));
}

TEST_CASE("document: printed lines and tables keep their form, hits in cells included",
          "[present]") {
  ShownDocument shown;
  shown.document.id = "f-1";
  shown.document.pages = {{1,
                           "LANDTAG\nDrucksache 6/1\n\nEin Satz, der \nweiterläuft.\n\n"
                           "Ort\tFälle\nRostock\t3 < 4"}};
  const std::string& text = shown.document.pages[0].text;
  const auto at = static_cast<std::uint32_t>(text.find("Rostock"));
  shown.marks = {{{at, at + 7}}};
  shown.q = "Rostock";
  const std::string html = pages().document(shown);
  CHECK(html.find("LANDTAG<br>Drucksache 6/1") != std::string::npos);
  CHECK(html.find("der <br>") == std::string::npos);
  CHECK(holds(html, "<th scope=\"col\">Ort</th><th scope=\"col\">Fälle</th>"));
  CHECK(html.find("<td><mark id=\"treffer-1\">Rostock</mark>") != std::string::npos);
  CHECK(html.find("<td>3 &lt; 4</td>") != std::string::npos);
}

TEST_CASE("document: a first row is heads only where words stand above figures", "[present]") {
  const auto heads = [](const char* table) {
    ShownDocument shown;
    shown.document.id = "t";
    shown.document.pages = {{1, table}};
    return holds(pages().document(shown), "<th scope=\"col\">Ort");
  };
  CHECK(heads("Ort\tFälle\tAnteil\nRostock\t1 204\t47,5 %\nWismar\t–\t0 %"));
  CHECK_FALSE(heads("Ort\tFälle\nRostock\tviele\nWismar\t3\nPoel\tkeine"));
  CHECK_FALSE(heads("Ort\t2019\nRostock\t3"));
  CHECK_FALSE(heads("Ort\tFälle"));
  CHECK_FALSE(heads("Ort\t\nRostock\t3"));
  ShownDocument shown;
  shown.document.id = "t";
  shown.document.pages = {{1, "Ort\tFälle\t\tAnteil\nRostock\t\t3\t5 %"}};
  CHECK(holds(pages().document(shown),
              "<th scope=\"col\" colspan=\"2\">Fälle</th><th scope=\"col\">Anteil"));
}

TEST_CASE("problem: what passes by itself can be tried again", "[present]") {
  CHECK(holds(pages().problem({"overloaded", "", ""}, "", ""), "href=\"\""));
  CHECK(holds(pages().problem({"index_unavailable", "", ""}, "", ""), "Noch einmal versuchen"));
  CHECK_FALSE(holds(pages().problem({"unknown_address", "", ""}, "", ""), "Noch einmal versuchen"));
}

TEST_CASE("pages: characters that reorder what follows are not passed on", "[present]") {
  ShownDocument shown;
  shown.document.id = "b";
  shown.document.title = "vorn \xE2\x80\xAEnetnih \xE2\x81\xA6mitten \xE2\x80\x93 Ende\xE2\x81\xA9";
  shown.document.pages = {{1, "Text \xE2\x80\xAD. Schluss\xE2\x80\xAC"}};
  const std::string html = pages().document(shown);
  CHECK(holds(html, "vorn netnih mitten – Ende</h1>"));
  CHECK(holds(html, "Text . Schluss<"));
}

TEST_CASE("document: recognised text is marked", "[present]") {
  ShownDocument shown;
  shown.document.id = "scan";
  shown.document.pages = {{1, "Drucksache"}};
  CHECK_FALSE(holds(pages().document(shown), "OCR"));
  shown.document.warnings = {{"ocr", "text of 1 of 1 pages was recognised from pictures"}};
  CHECK(holds(pages().document(shown), "maschinell aus Bildern"));
  CHECK(nlohmann::json::parse(document_json(shown))["document"]["warnings"][0]["code"] == "ocr");
}

TEST_CASE("document: questions are listed and lead to their place", "[present]") {
  ShownDocument shown;
  Document& document = shown.document;
  document.id = "d";
  document.paged = true;
  document.pages = {{1, "Vorbemerkung.\n\n1. Wie viele?\n\nKeine."}};
  Section question;
  question.kind = SectionKind::kQuestion;
  question.labels = {"1"};
  question.span = {1, 15, 1, 28};
  document.sections = {question};
  document.questions = {{"1", "Wie viele?", "Keine.", {}, 1}, {"2", "Und warum?", "", {}, 1}};
  const std::string html = pages().document(shown);
  CHECK(holds(html, "href=\"#frage-1\">Wie viele?</a>"));
  CHECK(holds(html, "href=\"#seite-1\">Und warum?</a>"));  // its place was not found: the page
  CHECK(
      holds(html, "<p class=\"frage\"><span class=\"anker\" id=\"frage-1\"></span>1. Wie viele?"));
  CHECK(holds(html, "<p>Vorbemerkung.</p>"));
}

TEST_CASE("json: the answer has the agreed shape", "[present]") {
  const auto json = nlohmann::json::parse(search_json(kita_request(), two_hits()));
  CHECK(json["query"]["understood"] == "Kita UND Platz");
  CHECK(json["query"]["suggestion"].is_null());
  CHECK(json["query"]["relaxed"] == false);
  CHECK(json["total"]["value"] == 45);
  CHECK(json["total"]["exact"] == true);
  const auto& hit = json["hits"][0];
  CHECK(hit["id"] == "doc-1");
  CHECK(hit["type"] == "Kleine Anfrage");
  CHECK(hit["type_id"] == "kleine-anfrage");
  CHECK(hit["page"] == 3);
  CHECK(hit["passage"] == 2);
  CHECK(hit["labels"] == nlohmann::json::array({"4"}));
  CHECK(hit["snippet"][1] == nlohmann::json({{"text", "Kita"}, {"hit", true}}));
  CHECK(hit["url"] == "/dokument/doc-1?q=Kita+Platz#frage-4");
  CHECK(json["facets"]["topic"][0] ==
        nlohmann::json(
            {{"value", "bildung"}, {"label", "Bildung"}, {"count", 30}, {"selected", true}}));
  CHECK(json["histogram"][1] == nlohmann::json({{"from", "2018-01-01"}, {"count", 40}}));
  CHECK(json["cursor"].is_null());
  CHECK(json["took_us"] == 1200);
  CHECK(json["revision"] == "00ff00ff00ff00ff");
}

TEST_CASE("json: bytes that are no UTF-8 do not break an answer", "[present]") {
  SearchAnswer answer = two_hits();
  answer.hits[0].title = "kaputt \xFF";
  CHECK(nlohmann::json::parse(search_json(kita_request(), answer))["hits"][0]["title"] ==
        "kaputt \xEF\xBF\xBD");
}

TEST_CASE("json: texts that look like JSON stay texts, empty lists stay lists", "[present]") {
  for (const std::string text : {"{", "[", ":", "\"", "a\\", ",", "\n\x01\"}]", ""}) {
    SearchAnswer answer = two_hits();
    Hit& hit = answer.hits[0];
    hit.title = text;
    hit.topics = {text, text};
    hit.linked = {{text, text, "", "", "answers"}};
    hit.title_parts = {{text, true}, {text, false}};
    hit.passages[0].heading = text;
    answer.hits.push_back(Hit{});
    answer.query.related = {{text, {{text, 3, text}}, text}};
    answer.incomplete = {text, "b"};
    const auto json = nlohmann::json::parse(search_json(kita_request(), answer));
    const auto& shown = json["hits"][0];
    CHECK(shown["title"] == text);
    CHECK(shown["topics"] == nlohmann::json({text, text}));
    CHECK(shown["title_parts"][1] == nlohmann::json({{"text", text}, {"hit", false}}));
    CHECK(shown["linked"][0]["id"] == text);
    CHECK(shown["linked"][0]["date"].is_null());
    CHECK(shown["score"] == 3.5);
    CHECK((text.empty() ? shown["passages"][0]["heading"].is_null()
                        : shown["passages"][0]["heading"] == text));
    for (const char* list : {"topics", "linked", "title_parts", "passages", "snippet", "labels"}) {
      CHECK(json["hits"][1][list] == nlohmann::json::array());
    }
    CHECK(json["hits"][1]["passage"].is_null());
    CHECK(json["query"]["related"][0]["words"][0] ==
          nlohmann::json({{"text", text}, {"documents", 3}, {"query", text}}));
    CHECK(json["incomplete"] == nlohmann::json({text, "b"}));
    CHECK(json["total"]["exact"] == false);
  }
}

TEST_CASE("json: a document comes as record, marks and links", "[present]") {
  ShownDocument shown;
  shown.document.id = "d-1";
  shown.document.title = "Titel";
  shown.document.paged = true;
  shown.document.pages = {{1, "a"}, {2, "Kita"}};
  shown.marks = {{}, {{0, 4}}};
  shown.has_original = true;
  shown.cites = {{"e", "19/1", "Antrag", "", "T", "", "answers"}};
  const auto json = nlohmann::json::parse(document_json(shown));
  CHECK(json["document"]["id"] == "d-1");
  CHECK(json["document"]["pages"][1]["text"] == "Kita");
  CHECK(json["marks"][0]["page"] == 2);
  CHECK(json["marks"][0]["marks"][0]["end"] == 4);
  CHECK(json["original"] == "/api/v1/documents/d-1/original");
  CHECK(json["cites"][0]["relation"] == "answers");
}

TEST_CASE("problem: an unknown code becomes one of the list", "[present]") {
  const auto json = nlohmann::json::parse(problem_json({"never_heard", "Genauer.", "q"}));
  CHECK(json["code"] == "bad_request");
  CHECK(json["status"] == 400);
  CHECK(json["detail"] == "Genauer.");
  CHECK(json["parameter"] == "q");
}

TEST_CASE("german: numbers, dates", "[present]") {
  CHECK(german_count(0) == "0");
  CHECK(german_count(999) == "999");
  CHECK(german_count(1000) == "1.000");
  CHECK(german_count(12345678) == "12.345.678");
  CHECK(german_date("2018-03-03") == "3. März 2018");
  CHECK(german_date("2018-12") == "Dezember 2018");
  CHECK(german_date("2018") == "2018");
  CHECK(german_date("2018-13-01") == "2018-13-01");
  CHECK(german_date("gestern") == "gestern");
  CHECK(german_date("") == "");
  CHECK(counted(1, "Dokument", "Dokumente") == "1 Dokument");
}

TEST_CASE("address: bytes outside the unreserved set are encoded", "[present]") {
  CHECK(percent_encode("a b+c&d=ü/%") == "a+b%2Bc%26d%3D%C3%BC%2F%25");
  SearchRequest request;
  CHECK(search_address(request) == "/suche");
  request.from = 20190101;
  request.to = 20211231;
  request.unit = Unit::kPassage;
  request.expand.inflection = false;
  CHECK(search_address(request) == "/suche?from=2019&to=2021&unit=passage&ohne=beugung");
}
