// SPDX-License-Identifier: GPL-3.0-or-later
//
// A document as page: pairs, thread, ways to show it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "data.h"
#include "present/address.h"
#include "present/files/json.h"
#include "present/pages/document_pairs.h"
#include "present/pages/document_thread.h"
#include "present/pages/pages.h"

using namespace fundstelle;
using namespace fundstelle::present;

namespace {

const Pages& pages() {
  static const Pages instance(std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "web/templates",
                              {{"style.css", "/assets/style.0.css"},
                               {"icon.svg", "/assets/i.svg"},
                               {"viewer.js", "/assets/viewer.0.js"},
                               {"pdfjs", "/assets/pdfjs.0/"}});
  return instance;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

Section section(SectionKind kind, std::vector<std::string> labels, Span span = {}) {
  Section made;
  made.kind = kind;
  made.labels = std::move(labels);
  made.span = span;
  return made;
}

/// A paper of one page: each part a paragraph and a section.
ShownDocument answered_paper() {
  ShownDocument shown;
  Document& document = shown.document;
  document.id = "d";
  document.type = "Antwort";
  document.body = "Deutscher Bundestag";
  document.body_id = "bt";
  document.number = "19/1234";
  document.title = "Brücken";
  document.date = "2019-05-03";
  document.paged = true;
  std::string& text = document.pages.emplace_back(Page{3, ""}).text;
  const std::vector<std::tuple<SectionKind, std::vector<std::string>, std::string>> parts{
      {SectionKind::kQuestion, {"1"}, "1. Wie viele Brücken?"},
      {SectionKind::kAnswer, {"1"}, "Zwölf Brücken."},
      {SectionKind::kQuestion, {"2"}, "2. Wann?"},
      {SectionKind::kQuestion, {"3"}, "3. Warum <dann>?"},
      {SectionKind::kAnswer, {"2", "3"}, "Die Fragen 2 und 3 zusammen: bald."}};
  for (const auto& [kind, labels, words] : parts) {
    if (!text.empty()) text += "\n\n";
    const auto begin = static_cast<std::uint32_t>(text.size());
    text += words;
    Section& made = document.sections.emplace_back(
        section(kind, labels, {3, begin, 3, static_cast<std::uint32_t>(text.size())}));
    made.text = words;
  }
  document.source.media_type = "application/pdf";
  shown.has_original = true;
  shown.q = "Brücke";
  for (std::size_t at = text.find("Brücken"); at != std::string::npos;
       at = text.find("Brücken", at + 1)) {
    if (shown.marks.empty()) shown.marks.emplace_back();
    const auto begin = static_cast<std::uint32_t>(at);
    shown.marks[0].push_back({begin, begin + 8});
  }
  return shown;
}

DocumentLink link(const std::string& id, const std::string& date, const std::string& relation) {
  return {id, "19/" + id, "Antwort", "Deutscher Bundestag", "Titel " + id, date, relation, "", ""};
}

}  // namespace

TEST_CASE("pairs: an answer joins the questions it names, wherever it stands", "[present]") {
  using K = SectionKind;
  const auto pairs = [](const std::vector<Section>& sections) {
    Document document;
    document.sections = sections;
    std::string text;
    for (const Pair& pair : pairs_of(document)) {
      for (const std::size_t i : pair.questions) text += "F" + std::to_string(i);
      for (const std::size_t i : pair.answers) text += "A" + std::to_string(i);
      for (const std::size_t i : pair.speeches) text += "R" + std::to_string(i);
      text += ' ';
    }
    return text;
  };
  CHECK(pairs({section(K::kQuestion, {"1"}), section(K::kAnswer, {"1"}),
               section(K::kQuestion, {"2"}), section(K::kAnswer, {"2"})}) == "F0A1 F2A3 ");
  // Unanswered questions stay apart, grouped ones come together.
  CHECK(pairs({section(K::kQuestion, {"1"}), section(K::kQuestion, {"2"}),
               section(K::kQuestion, {"3"})}) == "F0 F1 F2 ");
  CHECK(pairs({section(K::kQuestion, {"1"}), section(K::kQuestion, {"2"}),
               section(K::kQuestion, {"3"}), section(K::kAnswer, {"2", "3"}),
               section(K::kAnswer, {"1"})}) == "F0A4 F1F2A3 ");
  // Numbers that begin anew mean the question just asked.
  CHECK(pairs({section(K::kQuestion, {"1"}), section(K::kAnswer, {"1"}),
               section(K::kQuestion, {"1"}), section(K::kAnswer, {"1"})}) == "F0A1 F2A3 ");
  CHECK(pairs({section(K::kQuestion, {"1"}), section(K::kAnswer, {})}) == "F0A1 ");
  // A preface that is called an answer belongs to no question.
  CHECK(pairs({section(K::kAnswer, {}), section(K::kQuestion, {"1"})}) == "F1 ");
  CHECK(pairs({section(K::kHeading, {}), section(K::kSpeech, {}), section(K::kSpeech, {})}) ==
        "R1 R2 ");
  CHECK(pairs({section(K::kHeading, {})}) == "");
}

TEST_CASE("document: questions stand with their answers, cited and linked", "[present]") {
  ShownDocument shown = answered_paper();
  shown.aspect = Aspect::kPairs;
  const std::string html = pages().document(shown);
  CHECK(holds(html, "<section class=\"paar\" id=\"frage-1\">"));
  CHECK(holds(html, "Fragen 2 und 3"));
  CHECK(holds(html, "id=\"frage-3\""));
  CHECK(holds(html, "BT-Drs. 19/1234, S. 3, Frage 1"));
  CHECK(holds(html, "3. Warum &lt;dann&gt;?"));
  CHECK(holds(html, "href=\"/dokument/d?q=Br%C3%BCcke#frage-1\">im Text"));
  CHECK(holds(html, "href=\"/dokument/d/original#page=3\""));
  // A hit keeps the number it has in the text, so that an address means the same in both.
  CHECK(holds(html, "Wie viele <mark id=\"treffer-1\">Brücken</mark>?"));
  CHECK(holds(html, "Zwölf <mark id=\"treffer-2\">Brücken</mark>."));
  CHECK(holds(html, "<strong>2 Treffer</strong>"));
  // One place for each anchor.
  CHECK(html.find("id=\"frage-1\"") == html.rfind("id=\"frage-1\""));
}

TEST_CASE("document: parts asked on inside an answer stand as questions of their own",
          "[present]") {
  ShownDocument shown;
  shown.aspect = Aspect::kPairs;
  Document& paper = shown.document;
  paper.id = "d";
  paper.type = "Antwort";
  paper.number = "19/1234";
  paper.body = "Deutscher Bundestag";
  paper.body_id = "bt";
  paper.paged = true;
  paper.pages = {{1,
                  "3. Wie viele Schulen gibt es?\n\nEs sind zehn.\n\na) Wie viele davon\nim "
                  "Norden?\n\nb) Im Süden?\n\nVier und drei, siehe a) oben.\n\n"},
                 {2, "c) Wozu?\n\nZum Lernen."}};
  const std::string& text = paper.pages[0].text;
  const auto at = [&](const char* words) { return static_cast<std::uint32_t>(text.find(words)); };
  Section question = section(SectionKind::kQuestion, {"3"}, {1, 3, 1, at("Es sind") - 2});
  Section answer = section(SectionKind::kAnswer, {"3"}, {1, at("Es sind"), 2, 21});
  paper.sections = {question, answer};
  paper.questions = {{"3", "Wie viele Schulen gibt es?", "", {}, 1, {}}};
  paper.questions[0].parts = {{"3a", "Wie viele davon im Norden?", "", {}, 1},
                              {"3b", "Im Süden?", "", {}, 1},
                              {"3c", "Wozu?", "", {}, 2},
                              {"3d", "Steht nirgends?", "", {}, 2}};
  const AnswerInParts split = in_parts(paper, pairs_of(paper).front(), 1);
  CHECK(text.substr(split.head.begin, split.head.end - split.head.begin) == "Es sind zehn.\n\n");
  REQUIRE(split.parts.size() == 2);
  CHECK(split.parts[0].labels == std::vector<std::string>{"3a", "3b"});
  CHECK(split.parts[0].questions[0].begin == at("a) Wie"));
  CHECK(split.parts[0].answer.begin == at("\n\nVier"));
  CHECK(split.parts[0].answer.end_page == 2);
  CHECK(split.parts[0].answer.end == 0);
  CHECK(split.parts[1].labels == std::vector<std::string>{"3c"});
  CHECK(split.parts[1].answer.end == 21);
  const std::string html = pages().document(shown);
  CHECK(holds(html, "<h3>Fragen 3a und 3b"));
  CHECK(holds(html, "BT-Drs. 19/1234, S. 2, Frage 3c"));
  // Nothing is shown twice, nothing is lost.
  for (const char* words : {"Es sind zehn.", "Im Süden?", "Vier und drei", "Zum Lernen."}) {
    CAPTURE(words);
    CHECK(holds(html, words));
    CHECK(html.find(words) == html.rfind(words));
  }
}

TEST_CASE("document: speeches are listed, those with hits open", "[present]") {
  ShownDocument shown;
  shown.document.id = "p";
  shown.document.paged = true;
  shown.document.pages = {
      {1, "Anna Muster (SPD):\n\nDie Bahn kommt.\n\nBert Beispiel (FDP):\n\nNein."}};
  const std::string& text = shown.document.pages[0].text;
  const auto at = [&](const char* words) { return static_cast<std::uint32_t>(text.find(words)); };
  Section first = section(SectionKind::kSpeech, {}, {1, at("Die Bahn"), 1, at("Bert") - 2});
  first.speaker = Speaker{"Anna Muster", "SPD", ""};
  first.text = "Die Bahn kommt.";
  Section second = section(SectionKind::kSpeech, {},
                           {1, at("Nein"), 1, static_cast<std::uint32_t>(text.size())});
  second.speaker = Speaker{"Bert Beispiel", "FDP", ""};
  second.text = "Nein.";
  shown.document.sections = {first, second};
  shown.q = "Bahn";
  shown.marks = {{{at("Bahn"), at("Bahn") + 4}}};
  shown.aspect = Aspect::kPairs;
  const std::string html = pages().document(shown);
  CHECK(holds(html, "<h2>Anna Muster (SPD)"));
  CHECK(holds(html,
              "<details class=\"paar-rede\" open><summary><span class=\"rede-anfang\">Die Bahn "
              "kommt.</span>"));
  CHECK(holds(html,
              "<details class=\"paar-rede\"><summary><span class=\"rede-anfang\">Nein.</span>"));
  CHECK(holds(html, "<a href=\"#rede-2\">Bert Beispiel (FDP)</a>"));
}

TEST_CASE("document: the original is offered where it can be shown", "[present]") {
  ShownDocument shown = answered_paper();
  const std::string text = pages().document(shown);
  CHECK(holds(text, "href=\"/dokument/d?ansicht=original&amp;q=Br%C3%BCcke\""));
  CHECK_FALSE(holds(text, "viewer.0.js"));  // loaded only where used
  shown.aspect = Aspect::kOriginal;
  shown.page = 3;
  const std::string original = pages().document(shown);
  CHECK(holds(original, "src=\"/assets/viewer.0.js\""));
  CHECK(holds(original, "data-pdfjs=\"/assets/pdfjs.0/\""));
  CHECK(holds(original, "data-marken=\"/api/v1/documents/d/marks?q=Br%C3%BCcke\""));
  CHECK(holds(original, "href=\"/dokument/d/original#page=3\""));  // without scripts
  CHECK_FALSE(holds(original, "Wie viele"));                       // no text is sent for nothing
  shown.aspect = Aspect::kBeside;
  CHECK(holds(pages().document(shown), "Wie viele"));
  // Neither a web page nor a missing file is shown by it.
  shown.document.source.media_type = "text/html";
  shown.document.urls = {"javascript:alert(1)", "https://www.example.org/presse/1?a=b"};
  const std::string release = pages().document(shown);
  CHECK_FALSE(holds(release, "viewer.0.js"));
  CHECK(holds(release, "Gespeicherte Kopie laden (HTML)"));
  CHECK(holds(release, "Beim Herausgeber: www.example.org"));
  CHECK_FALSE(holds(release, "href=\"javascript"));
}

TEST_CASE("thread: papers stand in order of time, each once, by what tells most", "[present]") {
  ShownDocument shown = answered_paper();
  CHECK(thread_of(shown).empty());
  shown.cites = {link("q", "2019-04-10", "answers"), link("old", "2018-01-01", "")};
  shown.cited_by = {link("fix", "2019-06-01", "corrects"), link("fix", "2019-06-01", ""),
                    link("new", "", "follows_up")};
  shown.further = {{link("far", "2019-04-20", "follows_up"), "old", false},
                   {link("q", "2019-04-10", ""), "old", false}};
  std::string order;
  for (const ThreadEntry& entry : thread_of(shown)) {
    order += (entry.here ? "HIER" : entry.paper.id + ": " + entry.role) + "; ";
  }
  CHECK(order ==
        "old: hier genannt; q: Frage; far: Nachfrage zu 19/old; HIER; fix: Berichtigung; "
        "new: Nachfrage; ");
  const std::string html = pages().document(shown);
  CHECK(holds(html, "<time datetime=\"2018-01-01\">1. Januar 2018</time>"));
  CHECK(holds(html, "<li class=\"hier\" aria-current=\"true\">"));
}

TEST_CASE("answer time: from dates printed, else from question and answer", "[present]") {
  ShownDocument shown = answered_paper();
  const auto days = [&] {
    const auto time = answer_time(shown);
    return time ? time->days : -1;
  };
  CHECK(days() == -1);
  SECTION("printed") {
    shown.document.dates.asked = "2020-02-27";
    shown.document.dates.answered = "2020-03-21";
    CHECK(days() == 23);  // 2020 had a 29 February
    CHECK(holds(pages().document(shown), "<strong>nach 23 Tagen</strong>"));
    shown.document.dates.answered = "2020-02-28";
    CHECK(holds(pages().document(shown), "<strong>nach 1 Tag</strong>"));
    shown.document.dates.answered = "2020-02-20";
    CHECK(days() == -1);  // misread: nothing is said
    shown.document.dates.answered = "2020-03";
    CHECK(days() == -1);
  }
  SECTION("of the question answered") {
    shown.cites = {link("q", "2019-04-10", "answers")};
    CHECK(days() == 23);  // until the date of the paper
    shown.cites[0].asked = "2019-04-09";
    CHECK(days() == 24);  // printed dates come before those of the print
    shown.cites[0].asked.clear();
    shown.cites.push_back(link("r", "2019-04-11", "answers"));
    CHECK(days() == -1);  // which of the two?
    shown.cites.back().body_label = "Landtag";
    CHECK(days() == 23);  // numbers of another house mean nothing
  }
  SECTION("of the answer") {
    shown.cited_by = {link("a", "2019-05-04", "answers")};
    CHECK(days() == 1);
  }
}

TEST_CASE("marks: hits come with whole letters around them", "[present]") {
  ShownDocument shown;
  shown.document.id = "d";
  std::string before, after;
  for (int i = 0; i < 40; ++i) before += "ä";
  for (int i = 0; i < 40; ++i) after += "ö";
  shown.document.pages = {{7, "x" + before + "Kita" + after}};
  shown.marks = {{{81, 85}}};
  shown.q = "Kita";
  const auto json = nlohmann::json::parse(document_marks_json(shown));
  CHECK(json["total"] == 1);
  CHECK(json["pages"][0]["page"] == 7);
  const auto& mark = json["pages"][0]["marks"][0];
  CHECK(mark["text"] == "Kita");
  std::string expected;
  for (int i = 0; i < 24; ++i) expected += "ä";
  CHECK(mark["before"] == expected);
  // Nothing was cut within a letter, or the JSON would hold replacement signs.
  CHECK(mark["after"].get<std::string>().find("\xEF\xBF\xBD") == std::string::npos);
  CHECK(mark["after"].get<std::string>().rfind("öö", 0) == 0);
}

TEST_CASE("address: ways to show a document", "[present]") {
  CHECK(aspect_address("a b", Aspect::kText) == "/dokument/a+b");
  CHECK(aspect_address("d", Aspect::kOriginal, "Haus & Hof", 3) ==
        "/dokument/d?ansicht=original&q=Haus+%26+Hof&seite=3");
  CHECK(marks_address("d", "ä") == "/api/v1/documents/d/marks?q=%C3%A4");
}
