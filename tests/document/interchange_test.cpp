// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/interchange.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "data.h"
#include "document/document.h"
#include "document/json_writer.h"
#include "document/utf8.h"

using namespace fundstelle;

namespace {

Document full_document() {
  Document document;
  document.id = "bt-19-1234.answer";
  document.type = "Antwort";
  document.type_id = "antwort";
  document.body = "Deutscher Bundestag";
  document.body_id = "bundestag";
  document.legislature = 19;
  document.number = "19/1234";
  document.title = "Überprüfung „grauer“ Straßen";
  document.date = "2019-03-04";
  document.dates.asked = "2019-02-01";
  document.dates.event = {"2018-12-31", "2019-01-01"};
  document.authors = {"Änne Übel"};
  document.groups = {"DIE LINKE", "SPD"};
  document.group_ids = {"linke", "spd"};
  document.topics = {"Verkehr"};
  document.relations = {{RelationKind::kAnswers, "19/1000", ""},
                        {RelationKind::kCorrects, "", "bt-19-7"}};
  document.paged = true;
  document.pages = {{1, "Frage 1\n\nWarum?"}, {3, "Darum.\n"}};
  Section question;
  question.kind = SectionKind::kQuestion;
  question.labels = {"1", "1a"};
  question.text = "Warum?";
  question.span = {1, 9, 1, 15};
  Section speech;
  speech.kind = SectionKind::kSpeech;
  speech.text = "Darum.";
  speech.span = {1, 9, 3, 6};
  speech.speaker = Speaker{"Otto Müller", "SPD", ""};
  document.sections = {question, speech};
  document.questions = {{"1", "Warum?", "Darum.", {"1a"}, 1}};
  document.questions[0].parts = {{"1a", "Und wozu?", "Dazu.", {"1b"}, 3},
                                 {"1b", "Wie?", "", {}, 3}};
  document.source = {"application/pdf", std::string(64, 'a'), 12345};
  document.read["title"] = {{1, 0, 3, 5}, "head line"};
  document.abstained = {"committee"};
  document.warnings = {{"needs_ocr", "page 2 has no text"}};
  document.first_seen = "2020-01-02T03:04:05Z";
  document.extra = R"({"initiative":["Fraktion der SPD"]})";
  return document;
}

}  // namespace

TEST_CASE("interchange: a document survives being written and read", "[document]") {
  const Document before = full_document();
  const std::string json = to_interchange(before);
  CHECK(json.find('\n') == std::string::npos);
  const Document after = from_interchange(json);
  CHECK(to_interchange(after) == json);
  CHECK(after.title == before.title);
  CHECK(after.legislature == 19);
  CHECK(after.pages.at(1).number == 3);
  CHECK(after.pages.at(1).text == "Darum.\n");
  CHECK(after.sections.at(0).labels == std::vector<std::string>{"1", "1a"});
  CHECK(after.sections.at(1).span.end_page == 3);
  CHECK(after.sections.at(1).speaker->name == "Otto Müller");
  CHECK(after.questions.at(0).answer == "Darum.");
  REQUIRE(after.questions.at(0).parts.size() == 2);
  CHECK(after.questions.at(0).parts[0].label == "1a");
  CHECK(after.questions.at(0).parts[0].answer == "Dazu.");
  CHECK(after.questions.at(0).parts[0].answered_together_with == std::vector<std::string>{"1b"});
  CHECK(after.questions.at(0).parts[1].text == "Wie?");
  CHECK(after.questions.at(0).parts[1].page == 3);
  CHECK(after.relations.at(1).id == "bt-19-7");
  CHECK(after.read.at("title").span.end_page == 3);
  CHECK(after.source.bytes == 12345);
  CHECK(after.extra == before.extra);
  CHECK(after.paged);
}

TEST_CASE("interchange: what the reader does not know is given back", "[document]") {
  const std::string json =
      R"({"id":"a","title":"T","text":"x","initiative":["A"],"number":{"odd":1},)"
      R"("dates":{"asked":null,"lost":"1999"},"sections":[{"kind":"heading","text":"x","begin":0,"end":1,"level":2},)"
      R"({"kind":"question","text":"x","begin":0,"end":1}]})";
  const Document document = from_interchange(json);
  CHECK(document.number.empty());
  REQUIRE(document.warnings.size() == 1);
  CHECK(document.warnings[0].code == "field_ignored");
  const std::string written = to_interchange(document);
  CHECK(written.find(R"("initiative":["A"])") != std::string::npos);
  CHECK(written.find(R"("number":{"odd":1})") != std::string::npos);
  CHECK(written.find(R"("lost":"1999")") != std::string::npos);
  CHECK(written.find(R"("level":2)") != std::string::npos);
  CHECK(to_interchange(from_interchange(written)) == written);
}

TEST_CASE("interchange: tolerant where the meaning is plain", "[document]") {
  const Document document = from_interchange(
      R"({"id":1234,"legislature":"17","authors":"Anna","sections":[{"kind":"question","label":"4a","text":"Wer?"},{"kind":"answer","text":"Alle."}]})");
  CHECK(document.id == "1234");
  CHECK(document.legislature == 17);
  CHECK(document.authors == std::vector<std::string>{"Anna"});
  REQUIRE(document.pages.size() == 1);
  CHECK(document.pages[0].text == "Wer?\n\nAlle.");
  CHECK(document.sections[0].labels == std::vector<std::string>{"4a"});
  CHECK(text_of(document.pages, document.sections[1].span) == "Alle.");
  CHECK(document.warnings.empty());
}

TEST_CASE("interchange: a line that is no record says why", "[document]") {
  const std::string deep =
      R"({"id":"a","text":"x","e":)" + std::string(5000, '[') + std::string(5000, ']') + "}";
  for (const std::string& line :
       {std::string("[1]"), std::string("{"), std::string(R"({"text":"x"})"),
        std::string(R"({"id":"a"})"), std::string(R"({"id":"../x","text":"x"})"),
        std::string("{\"id\":\"a\",\"text\":\"\xff\"}"), deep}) {
    CAPTURE(line.substr(0, 60));
    CHECK_THROWS_AS(from_interchange(line), InterchangeError);
  }
}

TEST_CASE("text_of: page breaks are mended, spans are cut to what is there", "[document]") {
  const std::vector<Page> pages{{1, "Die Integra-\n"},
                                {2, "tion gelingt. Integrations-"},
                                {3, "und Sportämter"},
                                {4, "Neuer Satz"}};
  CHECK(text_of(pages, {1, 0, 2, 13}) == "Die Integration gelingt.");
  CHECK(text_of(pages, {2, 14, 3, 3}) == "Integrations-\n\nund");
  CHECK(text_of(pages, {3, 4, 4, 999}) == "Sportämter\n\nNeuer Satz");
  CHECK(text_of(pages, {7, 0, 9, 5}).empty());
}

TEST_CASE("document id: what may stand in an address", "[document]") {
  CHECK(is_document_id("a.b_C-9"));
  for (const char* bad : {"", ".", "..", "a/b", "ä"}) CHECK_FALSE(is_document_id(bad));
  CHECK_FALSE(is_document_id(std::string(81, 'a')));
}

TEST_CASE("interchange: a sha256 that is none is told, kept and not used", "[document]") {
  const std::string record =
      R"({"id": "a", "title": "T", "source": {"media_type": "text/html", "sha256": "../../etc/passwd"}})";
  const Document document = from_interchange(record);
  CHECK(document.source.sha256.empty());
  REQUIRE(document.warnings.size() == 1);
  CHECK(document.warnings[0].code == "field_ignored");
  CHECK(to_interchange(document).find("../../etc/passwd") != std::string::npos);
}

TEST_CASE("interchange: JSON is written as nlohmann's library writes it", "[document]") {
  using Json = nlohmann::ordered_json;
  const auto dumped = [](const std::string& text) {
    return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
  };
  std::mt19937 random(5);
  const std::vector<std::string> pieces = {
      "a",    "ß",       "\u20AC",   "\U0001F600",         "\"",
      "\\",   "\n",      "\b\f\r\t", std::string("\0", 1), "\x1F",
      "\x7F", "\xC3",    "\xC0\x80", "\xED\xA0\x80",       "\xF4\x90\x80\x80",
      "\xFF", "\xE2\x82"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    const bool sound = round % 2 == 0;
    for (std::size_t i = random() % 6; i > 0; --i) text += pieces[random() % (sound ? 11 : 17)];
    std::string out = "x";
    append_json(out, text);
    CHECK(out == "x" + dumped(text));
    bool lossless = true;
    try {
      static_cast<void>(Json(text).dump());
    } catch (const Json::type_error&) {
      lossless = false;
    }
    CHECK(is_utf8(text) == lossless);
  }

  // Every byte at every place among eight and sixteen.
  for (unsigned byte = 0; byte < 256; ++byte) {
    for (std::size_t length : {1, 8, 19}) {
      for (std::size_t at = 0; at < length; ++at) {
        std::string text(length, 'x');
        text[at] = static_cast<char>(byte);
        std::string out;
        append_json(out, text);
        CAPTURE(byte, at, length);
        REQUIRE(out == dumped(text));
      }
    }
  }

  std::vector<double> numbers = {0.0,  -0.0, 1,     -1,      0.1,    1e-4,  9.999e-5, 1e14,
                                 1e15, 1e16, 123e9, 1 / 3.0, 5e-324, 1e308, INFINITY, NAN};
  std::uniform_real_distribution<double> exponent(-8, 18);
  for (int i = 0; i < 2000; ++i) numbers.push_back(std::pow(10, exponent(random)));
  for (int i = 0; i < 2000; ++i) numbers.push_back(static_cast<float>(exponent(random)));
  for (const double number : numbers) {
    JsonWriter json;
    const std::string written = std::move(json.real(number)).take();
    CAPTURE(written);
    // Of two shortest forms that read alike either will do.
    CHECK(Json::parse(written).dump() == Json(number).dump());
    CHECK(written.size() == Json(number).dump().size());
  }
  const std::string odd = "ein \"Name\"\n";
  CHECK(std::move(JsonWriter().open('{').number("a\"b", 1).number(odd, -2).close('}')).take() ==
        Json({{"a\"b", 1}, {odd, -2}}).dump());

  Document document = full_document();
  document.topics = {"Verkehr", "Umwelt"};
  document.topic_scores = {0.1, 1};
  document.withheld = "VS\x01";
  document.place = "Kö\xFFln";
  for (const bool with_text : {true, false}) {
    for (const std::string extra :
         {R"({"initiative":["A"],"tiefe":{"x":[1.50,null]}})",
          R"({"place":"X","committee":"Y","z":1})",
          R"({"dates":{"lost":"1999"},"sections":[{"level":2}]})", "", "kein JSON", "[1]"}) {
      document.extra = extra;
      const std::string written = to_interchange(document, {.with_text = with_text});
      const Json read = Json::parse(written);
      CHECK(read.dump() == written);
      CHECK(to_interchange(document, {.with_text = with_text, .pretty = true}) == read.dump(2));
      CHECK(read["legislature"] == 19);
      CHECK(read["sections"].size() == 2);
      CHECK(read["sections"][0].contains("text") == with_text);
      CHECK(read["place"] == "Kö\uFFFDln");
      CHECK(read["committee"].is_null() != extra.starts_with("{\"place"));
      if (extra.starts_with("{\"initiative")) CHECK(read["tiefe"]["x"][0] == 1.5);
    }
  }
}
