// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keyword in context: every place, in order, with what stands around it.
#include <catch2/catch.hpp>

#include "data.h"
#include "search/index_documents.h"
#include "search/searcher.h"

using namespace fundstelle;
using fundstelle::test::ScratchDir;

namespace {

Section section(SectionKind kind, std::vector<std::string> labels, std::uint32_t page,
                const std::string& text, const std::string& part) {
  Section out;
  out.kind = kind;
  out.labels = std::move(labels);
  const std::size_t begin = text.find(part);
  REQUIRE(begin != std::string::npos);
  out.span = {page, static_cast<std::uint32_t>(begin), page,
              static_cast<std::uint32_t>(begin + part.size())};
  out.text = part;
  return out;
}

std::vector<Document> documents() {
  Document paper;
  paper.id = "paper";
  paper.date = "2020-03-01";
  paper.number = "19/1";
  paper.paged = true;
  const std::string first =
      "1. Wie viele Wohnungen\nbaut das Land?\n\nDas Land baut zehn Wohnungen.";
  const std::string second = "Jeder Wohnungsbau dauert. Der Bau einer Wohnung kostet.";
  paper.pages = {{1, first}, {2, second}};
  paper.sections = {
      section(SectionKind::kQuestion, {"1"}, 1, first, "1. Wie viele Wohnungen\nbaut das Land?"),
      section(SectionKind::kAnswer, {"1"}, 1, first, "Das Land baut zehn Wohnungen.")};
  Document speech;
  speech.id = "minutes";
  speech.date = "2019-01-01";
  speech.paged = true;
  const std::string said = "Erika Muster (SPD): Die Wohnung fehlt, sage ich.";
  speech.pages = {{7, said}};
  speech.sections = {section(SectionKind::kSpeech, {}, 7, said, said)};
  speech.sections[0].speaker = {"Erika Muster", "SPD", ""};
  Document title;
  title.id = "title-only";
  title.date = "2018-01-01";
  title.title = "Wohnungen";
  title.pages = {{1, "Nichts davon im Text."}};
  // From which the index learns that the longer word holds the shorter; before the period asked
  // for.
  return {paper, speech, title};
}

std::vector<ConcordanceLine> lines(const Searcher& searcher, const std::string& q,
                                   std::uint32_t size = 100, std::uint32_t context = 80,
                                   Unit unit = Unit::kDocument) {
  ConcordanceRequest request;
  request.search.q = q;
  request.search.size = size;
  request.search.unit = unit;
  request.search.sort = Sort::kNewest;
  request.context = context;
  std::vector<ConcordanceLine> out;
  do {
    auto given = searcher.concordance(request);
    REQUIRE(std::holds_alternative<ConcordanceAnswer>(given));
    auto& answer = std::get<ConcordanceAnswer>(given);
    for (ConcordanceLine& line : answer.lines) {
      REQUIRE(line.hit < answer.hits.size());
      line.kind += ":" + answer.hits[line.hit].id;
      out.push_back(std::move(line));
    }
    request.search.cursor = answer.cursor;
  } while (!request.search.cursor.empty());
  return out;
}

}  // namespace

TEST_CASE("concordance: every occurrence with its place, documents in order of the hits") {
  const ScratchDir scratch;
  test::index_documents(scratch.path(), documents());
  const Searcher searcher(scratch.path());
  for (const std::uint32_t size : {1U, 100U}) {  // page by page gives the same
    INFO("documents a page: " << size);
    const auto found = lines(searcher, "Wohnung", size);
    REQUIRE(found.size() == 4);
    CHECK(found[0].left == "1. Wie viele ");
    CHECK(found[0].keyword == "Wohnungen");
    CHECK(found[0].right.starts_with(" baut das Land?"));
    CHECK(found[0].page == 1);
    CHECK(found[0].labels == std::vector<std::string>{"1"});
    CHECK(found[0].zone == "question");
    CHECK(found[1].zone == "answer");
    CHECK(found[1].left.ends_with("Das Land baut zehn "));
    CHECK(found[2].page == 2);
    CHECK(found[2].keyword == "Wohnung");
    CHECK(found[3].kind == "speech:minutes");
    CHECK(found[3].speaker == "Erika Muster (SPD)");
    CHECK(found[3].page == 7);
    CHECK(found[3].right == " fehlt, sage ich.");
  }
}

TEST_CASE("concordance: phrases, wildcards, both words of UND, words of the title have no line") {
  const ScratchDir scratch;
  test::index_documents(scratch.path(), documents());
  const Searcher searcher(scratch.path());
  const auto phrase = lines(searcher, "\"Bau einer Wohnung\"");
  REQUIRE(phrase.size() == 1);
  CHECK(phrase[0].keyword == "Bau einer Wohnung");
  CHECK(lines(searcher, "Wohnungsb*").size() == 1);
  const auto both = lines(searcher, "zehn UND dauert");  // in different passages of one document
  REQUIRE(both.size() == 2);
  CHECK(both[0].keyword == "zehn");
  CHECK(both[1].keyword == "dauert");
  CHECK(lines(searcher, "titel:Wohnungen").empty());
  CHECK(lines(searcher, "Wohnung NICHT zehn").size() == 1);
}

TEST_CASE("concordance: context is cut by characters, passages alone can be asked for") {
  const ScratchDir scratch;
  test::index_documents(scratch.path(), documents());
  const Searcher searcher(scratch.path());
  const auto narrow = lines(searcher, "kostet", 100, 5);
  REQUIRE(narrow.size() == 1);
  CHECK(narrow[0].left == "nung ");
  CHECK(narrow[0].right == ".");
  CHECK(lines(searcher, "Wohnung", 100, 80, Unit::kPassage).size() == 4);
}
