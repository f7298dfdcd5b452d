// SPDX-License-Identifier: GPL-3.0-or-later
//
// Parts a), b) … of questions. The rows are worded as real papers print them (Bundestag WP 21,
// Berlin 18/11151 and older, Bayern WP 17, Mecklenburg-Vorpommern, Sachsen), the matters are made
// up.
#include "extract/interpret_question_parts.h"

#include <catch2/catch.hpp>

#include "extract/interpret.h"

using namespace fundstelle;

namespace {

Document read(const std::string& text) {
  SourceText source;
  source.media_type = "text/plain";
  source.pages.push_back({1, text});
  return interpret(source);
}

struct Expected {
  const char* label;
  const char* text;
  const char* answer;
  std::vector<std::string> together;
};

struct Row {
  const char* name;
  std::string text;
  std::size_t questions;
  const char* label;
  std::vector<Expected> parts;
};

std::string bundestag(const std::string& body) {
  return "Deutscher Bundestag Drucksache 19/99999\n19. Wahlperiode 01.02.2020\nAntwort\nder "
         "Bundesregierung\nauf die Kleine Anfrage der Abgeordneten Anna Muster und der Fraktion "
         "der "
         "SPD\n– Drucksache 19/99998 –\n\nVersuche\n\n" +
         body;
}

std::string berlin(const std::string& body) {
  return "Drucksache 18 / 99 455\nSchriftliche Anfrage\n18. Wahlperiode\n\nSchriftliche "
         "Anfrage\n\ndes "
         "Abgeordneten Max Muster (CDU)\n\nvom 07. August 2019 (Eingang beim Abgeordnetenhaus am "
         "07. "
         "August 2019)\n\nzum Thema:\n\nBäume\n\nund Antwort vom 27. August 2019\n\nIm Namen des "
         "Senats "
         "von Berlin beantworte ich Ihre Schriftliche Anfrage wie folgt:\n\n" +
         body;
}

std::string schwerin(const std::string& body) {
  return "LANDTAG MECKLENBURG-VORPOMMERN Drucksache 6/9820\n6. Wahlperiode 15.12.2015\n\nKLEINE "
         "ANFRAGE\n\ndes Abgeordneten Max Muster, Fraktion DIE "
         "LINKE\n\nStege\n\nund\n\nANTWORT\n\nder "
         "Landesregierung\n\n" +
         body;
}

std::string munich(const std::string& body) {
  return "Bayerischer Landtag\n\n17. Wahlperiode Drucksache 17/99297\n\nSchriftliche "
         "Anfrage\n\ndes "
         "Abgeordneten Max Muster FREIE WÄHLER\nvom 15.05.2017\n\nBrücken\n\nIch frage die "
         "Staatsregierung:\n\n" +
         body;
}

const std::vector<Row>& rows() {
  static const std::vector<Row> all = {
      {"one answer for all",
       bundestag("1. Wie viele Versuche gab es\na) im Labor und\nb) im Feld?\n\n"
                 "Keine.\n\n2. Warum?\n\nDarum."),
       2,
       "1",
       {{"1a", "im Labor und", "", {}}, {"1b", "im Feld?", "", {}}}},
      {"asked on behind an answer",
       bundestag("1. Gab es Versuche?\na) Wenn ja, wo?\nDie Fragen 1 und 1a werden gemeinsam "
                 "beantwortet.\nIm Labor.\nb) Wann begannen sie, und\nwer leitete sie?\nIm Mai.\n"
                 "c) Welche Kosten entstanden?\nKeine.\n2. Warum?\nDarum."),
       2,
       "1",
       {{"1a",
         "Wenn ja, wo?",
         "Die Fragen 1 und 1a werden gemeinsam beantwortet. Im Labor.",
         {"1"}},
        {"1b", "Wann begannen sie, und wer leitete sie?", "Im Mai.", {}},
        {"1c", "Welche Kosten entstanden?", "Keine.", {}}}},
      {"the question answered first, then its parts",
       bundestag("1. Gab es Versuche?\nJa.\na) Wenn ja, wo?\nIm Labor.\nb) Wenn nein, warum "
                 "nicht?\nEntfällt.\n2. Warum?\nDarum."),
       2,
       "1",
       {{"1a", "Wenn ja, wo?", "Im Labor.", {}},
        {"1b", "Wenn nein, warum nicht?", "Entfällt.", {}}}},
      {"statements name the parts",
       bundestag(
           "1. Wie viele Versuche gab es\na) im Labor,\nb) im Feld,\nc) im Wald?\nDie Fragen 1a "
           "und 1b werden gemeinsam beantwortet.\nDrei.\nFrage 1c wird gesondert "
           "beantwortet.\nKeine."),
       1,
       "1",
       {{"1a", "im Labor,", "Die Fragen 1a und 1b werden gemeinsam beantwortet. Drei.", {"1b"}},
        {"1b", "im Feld,", "Die Fragen 1a und 1b werden gemeinsam beantwortet. Drei.", {"1a"}},
        {"1c", "im Wald?", "Frage 1c wird gesondert beantwortet. Keine.", {}}}},
      {"heads within a common answer",
       bundestag(
           "1. Wie viele Fälle\na) tätlicher und\nb) verbaler\nÜbergriffe gab es?\nFälle werden "
           "gezählt.\nAntwort zu Frage1a:\nZwei.\nAntwort zu Frage 1b:\nVier.\n2. Warum?\nDarum.\n"
           "3. Wer?\nNiemand."),
       3,
       "1",
       {{"1a", "tätlicher und", "Zwei.", {}}, {"1b", "verbaler Übergriffe gab es?", "Vier.", {}}}},
      {"a list in an answer asks nothing",
       bundestag("1. Was wurde versucht?\nVersucht wurden\na) das Fliegen,\nb) das Tauchen.\n2. "
                 "Warum?\nDarum."),
       2,
       "1",
       {}},
      {"a list behind parts, longer than they",
       bundestag("1. Wann a?\na) Wann?\nb) Wo?\nGeprüft wurde\na) dies,\nb) das,\nc) jenes.\n2. "
                 "Warum?\nDarum."),
       2,
       "1",
       {{"1a", "Wann?", "", {}}, {"1b", "Wo?", "", {}}}},
      {"answered letter by letter",
       bundestag("1. Welche Mittel flossen\na) 2018,\nb) 2019?\na) Keine.\nb) Zwei Euro.\n2. "
                 "Warum?\nDarum."),
       2,
       "1",
       {{"1a", "2018,", "Keine.", {}}, {"1b", "2019?", "Zwei Euro.", {}}}},
      {"ranges over questions",
       bundestag(
           "1. Was?\na) Wer?\nb) Wo?\n2. Wann?\na) Wie?\nb) Womit?\nDie Fragen 1 bis 2a werden "
           "gemeinsam beantwortet.\nNichts.\nFrage 2b wird gesondert beantwortet.\nMit Geld."),
       2,
       "2",
       {{"2a", "Wie?", "Die Fragen 1 bis 2a werden gemeinsam beantwortet. Nichts.", {"2"}},
        {"2b", "Womit?", "Frage 2b wird gesondert beantwortet. Mit Geld.", {}}}},
      {"Berlin: 1. and a., Zu 1 a)",
       berlin("1. Wie viele Bäume gibt es?\n\na. Und wie ist ihr Zustand?\n\nb. Wer gießt "
              "sie?\n\nZu 1.: "
              "Elf.\n\nZu 1 a): Gut.\n\nZu 1 b): Niemand.\n\n2. Was kostet das?\n\nZu 2.: Nichts."),
       2,
       "1",
       {{"1a", "Und wie ist ihr Zustand?", "Gut.", {}}, {"1b", "Wer gießt sie?", "Niemand.", {}}}},
      {"Mecklenburg-Vorpommern: Zu a) und b)",
       schwerin(
           "1. Welche Stege wurden gebaut?\na) Wer baute sie?\nb) Wer zahlte?\nc) Wann war das?\n\n"
           "Zu 1.\n\nZwei Stege.\n\nZu a) und b)\n\nDas Land.\n\nZu c)\n\nIm Mai.\n\n2. "
           "Warum?\n\nZu "
           "2.\n\nDarum."),
       2,
       "1",
       {{"1a", "Wer baute sie?", "Das Land.", {"1b"}},
        {"1b", "Wer zahlte?", "Das Land.", {"1a"}},
        {"1c", "Wann war das?", "Im Mai.", {}}}},
      {"Bayern: 1.a) and zu 1 a",
       munich(
           "1.a) Wie viele Brücken gibt es?\nb) Wie viele sind alt?\n2.a) Wer prüft sie?\nb) Wie "
           "oft?\n\nAntwort\ndes Staatsministeriums des Innern\nvom 12.06.2017\n\nZu 1 "
           "a):\nElf.\n\nZu 1 "
           "b):\nDrei.\n\nZu 2 a und b:\nDer Bund, jährlich."),
       2,
       "1",
       {{"1a", "Wie viele Brücken gibt es?", "Elf.", {}},
        {"1b", "Wie viele sind alt?", "Drei.", {}}}},
      {"Sachsen: Frage 1a:",
       bundestag("Frage 1a: Wie viele Türme gibt es?\nFrage 1b: Wie hoch sind sie?\nZwei, sehr "
                 "hoch.\nFrage 2: Warum?\nDarum."),
       2,
       "1",
       {{"1a", "Wie viele Türme gibt es?", "", {}}, {"1b", "Wie hoch sind sie?", "", {}}}},
  };
  return all;
}

}  // namespace

TEST_CASE("question parts: as real papers print them", "[interpret]") {
  for (const Row& row : rows()) {
    CAPTURE(row.name);
    const Document document = read(row.text);
    REQUIRE(document.questions.size() == row.questions);
    const Question* question = nullptr;
    for (const Question& one : document.questions) {
      if (one.label == row.label) question = &one;
    }
    REQUIRE(question != nullptr);
    CHECK_FALSE(question->answer.empty());
    CHECK(question->parts.size() == row.parts.size());
    for (std::size_t i = 0; i < std::min(question->parts.size(), row.parts.size()); ++i) {
      const QuestionPart& part = question->parts[i];
      CAPTURE(part.label);
      CHECK(part.label == row.parts[i].label);
      CHECK(part.text == row.parts[i].text);
      CHECK(part.answer == row.parts[i].answer);
      CHECK(part.answered_together_with == row.parts[i].together);
    }
    // Sections are those of whole questions: nobody meets a part twice.
    for (const Section& section : document.sections) {
      for (const std::string& label : section.labels) {
        CHECK(label.find_first_of("abc") == std::string::npos);
      }
    }
  }
}

TEST_CASE("question parts: an answer in parts is the question's whole answer", "[interpret]") {
  const Document document = read(
      munich("1.a) Wie viele Brücken gibt es?\nb) Wie viele sind alt?\n\nAntwort\ndes "
             "Staatsministeriums des Innern\nvom 12.06.2017\n\nZu 1 a):\nElf.\n\nZu 1 b):\nDrei."));
  REQUIRE(document.questions.size() == 1);
  CHECK(document.questions[0].answer.find("Elf.") != std::string::npos);
  CHECK(document.questions[0].answer.find("Drei.") != std::string::npos);
}

TEST_CASE("question parts: printed lists", "[interpret]") {
  CHECK(part_letters("3a bis 3c und 4", "3") == "abc");
  CHECK(part_letters("3 und 3a", "3") == " a");
  CHECK(part_letters("2 bis 2c", "2") == " abc");
  CHECK(part_letters("6 bis 8b", "8") == " ab");
  CHECK(part_letters("1a, 1b und 4", "4") == " ");
  CHECK(part_letters("a) und c)", "7") == "ac");
  CHECK(part_letters("3a und b", "3") == "ab");
  CHECK(part_letters("1.1a", "1.1") == "a");
  CHECK(part_letters("5a", "4").empty());
}
