// SPDX-License-Identifier: GPL-3.0-or-later
//
// Documents like a document, and earlier questions like those of a draft, on papers made by hand.
#include <algorithm>
#include <catch2/catch.hpp>

#include "data.h"
#include "search/searcher.h"
#include "writer/writer.h"

using namespace fundstelle;
using fundstelle::test::ScratchDir;

namespace {

/// A paper of questions and, if given, answers, as extraction makes it.
Document paper(const std::string& id, const std::string& type, const std::string& number,
               const std::string& title, const std::string& date,
               const std::vector<std::pair<std::string, std::string>>& pairs) {
  Document document;
  document.id = id;
  document.type_id = type;
  document.type = type;
  document.body_id = document.body = "bt";
  document.number = number;
  document.title = title;
  document.date = date;
  std::string text;
  int label = 0;
  const auto add = [&](SectionKind kind, const std::string& part) {
    if (!text.empty()) text += "\n\n";
    const auto begin = static_cast<std::uint32_t>(text.size());
    text += part;
    Section section;
    section.kind = kind;
    section.labels = {std::to_string(label)};
    section.text = part;
    section.span = {1, begin, 1, static_cast<std::uint32_t>(text.size())};
    document.sections.push_back(section);
  };
  for (const auto& [question, answer] : pairs) {
    ++label;
    add(SectionKind::kQuestion, question);
    if (!answer.empty()) add(SectionKind::kAnswer, answer);
    document.questions.push_back({std::to_string(label), question, answer, {}, 1});
  }
  document.paged = true;
  document.pages.push_back({1, text});
  return document;
}

std::vector<Document> collection() {
  std::vector<Document> out;
  out.push_back(paper("frage-nacht", "kleine-anfrage", "19/100", "Nachtzüge nach Schweden",
                      "2019-01-10",
                      {{"Wie viele Nachtzüge fuhren zwischen Berlin und Malmö?", ""},
                       {"Welche Zuschüsse erhielt der Betreiber?", ""}}));
  out.push_back(paper(
      "antwort-nacht", "antwort", "19/200", "Nachtzüge nach Schweden", "2019-02-10",
      {{"Wie viele Nachtzüge fuhren zwischen Berlin und Malmö?", "Im Sommer fuhren dreißig Züge."},
       {"Welche Zuschüsse erhielt der Betreiber?",
        "Der Betreiber erhielt keine Zuschüsse des Bundes."}}));
  out.back().relations.push_back({RelationKind::kAnswers, "19/100", ""});
  out.push_back(paper("antwort-schlaf", "antwort", "20/300", "Schlafwagen im Fernverkehr",
                      "2022-03-01",
                      {{"Welche Nachtzüge mit Schlafwagen verkehren nach Skandinavien?",
                        "Es verkehrt ein Zug nach Malmö."}}));
  out.push_back(paper("antwort-kita", "antwort", "20/400", "Betreuung in Kindertagesstätten",
                      "2022-04-01",
                      {{"Welche Zuschüsse erhielten Kindertagesstätten?",
                        "Malmö hat damit nichts zu tun, sagt ein Bericht über Nachtzüge."}}));
  for (int i = 0; i < 20; ++i) {
    out.push_back(paper("rest-" + std::to_string(i), "antwort", "20/" + std::to_string(500 + i),
                        "Straßenbau im Landkreis Nummer " + std::to_string(i), "2022-05-01",
                        {{"Welche Straßen sollen gebaut werden?", "Viele."},
                         {"Was kosten sie?", "Das steht noch nicht fest."}}));
  }
  return out;
}

struct Indexed {
  Indexed() {
    WriterOptions options;
    options.dir = scratch.path();
    options.stopwords_dir = std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "stopwords";
    options.jobs = 1;
    options.program_version = "test";
    Writer writer(options);
    for (const Document& document : collection()) writer.add(document);
    (void)writer.commit({});
    searcher.emplace(scratch.path());
  }
  ScratchDir scratch;
  std::optional<Searcher> searcher;
};

AskedRequest draft(const std::string& title, const std::vector<std::string>& questions) {
  AskedRequest request;
  request.title = title;
  for (const std::string& one : questions) request.questions.push_back({"", one, ""});
  return request;
}

std::vector<std::string> found(const AskedAnswer& answer, std::size_t question) {
  std::vector<std::string> out;
  for (const AskedMatch& match : answer.questions.at(question).matches) {
    const auto& labels = match.hit.passages.at(0).labels;
    out.push_back(match.hit.id + "#" + (labels.empty() ? "" : labels[0]));
  }
  return out;
}

std::string text_of(const std::vector<SnippetPart>& parts) {
  std::string out;
  for (const SnippetPart& part : parts) out += part.text;
  return out;
}

}  // namespace

TEST_CASE("asked: the nearest earlier question comes with its answer and place", "[search]") {
  const Indexed index;
  const AskedAnswer answer = index.searcher->asked(
      draft("Nachtverkehr nach Schweden",
            {"Wie viele Nachtzüge gab es von Berlin nach Malmö?",
             "Erhielt der Betreiber Zuschüsse?", "Welche Pinguine wohnen am Nordpol?"}));
  REQUIRE(answer.questions.size() == 3);
  // The inquiry holds the same question without an answer: it is folded into the answer.
  const auto first = found(answer, 0);
  REQUIRE(!first.empty());
  CHECK(first[0] == "antwort-nacht#1");
  CHECK(std::count_if(first.begin(), first.end(),
                      [](const std::string& one) { return one.starts_with("frage-nacht"); }) == 0);
  const AskedMatch& match = answer.questions[0].matches[0];
  CHECK(match.answered);
  CHECK(text_of(match.hit.passages[0].question) ==
        "Wie viele Nachtzüge fuhren zwischen Berlin und Malmö?");
  CHECK(text_of(match.hit.passages[0].answer) == "Im Sommer fuhren dreißig Züge.");
  CHECK(match.hit.passages[0].page == 1);
  CHECK(match.likeness > 0.5);
  const auto& shared = match.hit.shared_words;
  CHECK(std::find(shared.begin(), shared.end(), "Malmö") != shared.end());
  // The question about day care shares "Zuschüsse" too, but not the draft's matter.
  CHECK(found(answer, 1).at(0) == "antwort-nacht#2");
  CHECK(answer.questions[2].matches.empty());

  REQUIRE(!answer.papers.empty());
  CHECK(answer.papers[0].hit.id == "antwort-nacht");
  CHECK(answer.papers[0].questions == std::vector<std::uint32_t>{0, 1});
  for (const AskedPaper& paper : answer.papers) CHECK(paper.hit.id != "frage-nacht");
  CHECK(answer.searched == 24);
}

TEST_CASE("asked: words of the question weigh more than words of the answer", "[search]") {
  const Indexed index;
  const auto answer = index.searcher->asked(draft("", {"Welche Nachtzüge fahren nach Malmö?"}));
  const auto first = found(answer, 0);
  const auto place = [&](const std::string& one) {
    return std::find(first.begin(), first.end(), one) - first.begin();
  };
  CHECK(place("antwort-nacht#1") < place("antwort-kita#1"));
  CHECK(place("antwort-schlaf#1") < place("antwort-kita#1"));
}

TEST_CASE("asked: filters and sizes hold", "[search]") {
  const Indexed index;
  AskedRequest request = draft("Nachtzüge", {"Welche Nachtzüge fahren nach Malmö?"});
  request.from = 20200101;
  auto answer = index.searcher->asked(request);
  for (const std::string& one : found(answer, 0)) CHECK(!one.starts_with("antwort-nacht"));
  CHECK(found(answer, 0).at(0) == "antwort-schlaf#1");
  request.from = 0;
  request.to = 20190131;
  answer = index.searcher->asked(request);
  // Only the inquiry is left: it is shown, and said to have no answer here.
  CHECK(found(answer, 0) == std::vector<std::string>{"frage-nacht#1"});
  CHECK(!answer.questions[0].matches[0].answered);
  CHECK(answer.searched == 1);
  request.to = 0;
  request.filters = {{Facet::kBody, {"br"}, {}}};
  answer = index.searcher->asked(request);
  CHECK(answer.searched == 0);
  CHECK(answer.questions[0].matches.empty());
  request.filters = {};
  request.size = 1;
  request.papers = 1;
  answer = index.searcher->asked(request);
  CHECK(answer.questions[0].matches.size() == 1);
  CHECK(answer.papers.size() == 1);
}

TEST_CASE("asked: nothing typed is an operator, odd text is text", "[search]") {
  const Indexed index;
  const auto plain = index.searcher->asked(draft("", {"Nachtzüge nach Malmö"}));
  const auto odd = index.searcher->asked(draft("", {"Nachtzüge -nach (Malmö"}));
  CHECK(found(plain, 0) == found(odd, 0));
  for (const char* text : {"", "?", "\"", "der die das", "NICHT", "* : ( )", "\xF0\x9F\x9A\x82"}) {
    CHECK(index.searcher->asked(draft(text, {text})).questions.size() == 1);
  }
}

TEST_CASE("similar: same matter first, without its own counterpart", "[search]") {
  const Indexed index;
  const auto hits = index.searcher->similar("antwort-nacht", 5);
  REQUIRE(!hits.empty());
  REQUIRE(hits.size() >= 3);
  CHECK((hits[0].id == "antwort-schlaf" || hits[1].id == "antwort-schlaf"));
  CHECK(hits[0].score > 2 * hits[2].score);  // road works share nothing that tells
  for (const Hit& hit : hits) {
    CHECK(hit.id != "antwort-nacht");
    CHECK(hit.id != "frage-nacht");  // the inquiry it answers
  }
  const auto& shared = hits[0].shared_words;
  CHECK(std::find(shared.begin(), shared.end(), "Nachtzüge") != shared.end());
  CHECK(index.searcher->similar("antwort-nacht", 1).size() == 1);
  CHECK(index.searcher->similar("gibt-es-nicht", 5).empty());
  // The other way round the answer is the counterpart.
  for (const Hit& hit : index.searcher->similar("frage-nacht", 5)) CHECK(hit.id != "antwort-nacht");
}
