// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every family of question numbering, and its traps. Texts are made up.
#include <catch2/catch.hpp>

#include "extract/interpret.h"
#include "extract/interpret_questions.h"

using namespace fundstelle;
using Labels = std::vector<std::string>;

namespace {

Document read(const std::string& text) {
  SourceText source;
  source.media_type = "text/plain";
  source.pages.push_back({1, text});
  return interpret(source);
}

const char* const kBundestag =
    "Deutscher Bundestag Drucksache 19/99999\n19. Wahlperiode 01.02.2020\nAntwort\nder "
    "Bundesregierung\n"
    "auf die Kleine Anfrage der Abgeordneten Anna Muster und der Fraktion der SPD\n– Drucksache "
    "19/99998 –\n\nVersuche\n\n";

const Question& question(const Document& document, const std::string& label) {
  for (const Question& one : document.questions) {
    if (one.label == label) return one;
  }
  FAIL("no question " << label);
  return document.questions.front();
}

}  // namespace

TEST_CASE(
    "questions: answers stand behind their question; lists and months in answers are no questions",
    "[interpret]") {
  const Document document = read(std::string(kBundestag) +
                                 "1. Wie viele Versuche gab es?\n\nSeit dem\n12. November 2019 gab "
                                 "es drei:\n\n1. im Labor,\n\n2. im Feld,\n\n"
                                 "3. im Haus.\n\n2. Welche Kosten entstanden, und wer trug sie "
                                 "(bitte\nauflisten)?\n\nKeine.\n\n"
                                 "3. Bitte nennen Sie die Orte der Versuche.\n\nKeine Orte.");
  REQUIRE(document.questions.size() == 3);
  CHECK(question(document, "1").text == "Wie viele Versuche gab es?");
  CHECK(question(document, "1").answer.find("im Haus.") != std::string::npos);
  CHECK(question(document, "2").text ==
        "Welche Kosten entstanden, und wer trug sie (bitte auflisten)?");
  CHECK(question(document, "2").answer == "Keine.");
  CHECK(question(document, "3").answer == "Keine Orte.");
}

TEST_CASE("questions: a group answered together may be printed out of order", "[interpret]") {
  const Document document = read(std::string(kBundestag) +
                                 "1. Was gilt?\n\nNichts.\n\n2. Wer kommt?\n\n4. Wer geht?\n\nDie "
                                 "Fragen 2 und 4 werden gemeinsam beantwortet.\n\n"
                                 "Alle.\n\n3. Wer bleibt?\n\nNiemand.");
  REQUIRE(document.questions.size() == 4);
  CHECK(question(document, "2").answered_together_with == Labels{"4"});
  CHECK(question(document, "4").answered_together_with == Labels{"2"});
  CHECK(question(document, "2").answer.find("Alle.") != std::string::npos);
  CHECK(question(document, "3").answer == "Niemand.");
  CHECK(question(document, "3").text == "Wer bleibt?");
}

TEST_CASE("questions: parts a and b belong to their question, also when the answer follows at once",
          "[interpret]") {
  const Document document = read(std::string(kBundestag) +
                                 "1. Wie viele Verfahren führten zu\n\na) einer Strafe,\n\nb) "
                                 "einem Freispruch?\n\nDazu liegt nichts vor.\n\n"
                                 "2. Warum?\n\nDarum.");
  REQUIRE(document.questions.size() == 2);
  CHECK(question(document, "1").text.find("b) einem Freispruch?") != std::string::npos);
  CHECK(question(document, "1").answer == "Dazu liegt nichts vor.");
}

TEST_CASE("questions: Zu 1 und 2, Zu 3.:", "[interpret]") {
  const Document document = read(
      "LANDTAG MECKLENBURG-VORPOMMERN Drucksache 8/99999\n8. Wahlperiode 01.02.2022\n\nKLEINE "
      "ANFRAGE\n\ndes Abgeordneten Jan Probe, "
      "Fraktion der AfD\n\nStraßenbau\n\nund\n\nANTWORT\n\nder Landesregierung\n\n1. Was ist "
      "geplant?\n\n2. Was kostet es?\n\n3. Wann beginnt "
      "es?\n\nZu 1 und 2\n\nEine Brücke für drei Euro.\n\nZu 3.: Morgen.\n\nDer Minister für "
      "Straßen hat namens der Landesregierung die Kleine "
      "Anfrage mit Schreiben vom 30. Januar 2022 beantwortet.");
  REQUIRE(document.questions.size() == 3);
  CHECK(question(document, "1").answer == "Eine Brücke für drei Euro.");
  CHECK(question(document, "1").answered_together_with == Labels{"2"});
  CHECK(question(document, "3").answer == "Morgen.");
  CHECK(document.dates.answered == "2022-01-30");
  CHECK(document.ministries == Labels{"Ministerium für Straßen"});
}

TEST_CASE("questions: 1.1 to 2.1 with contents that repeat them; one answer for all",
          "[interpret]") {
  const Document document = read(
      "Bayerischer Landtag Drucksache 19 / 99999\n19. Wahlperiode 23.07.2025\n\nSchriftliche "
      "Anfrage\ndes Abgeordneten Jan Probe SPD\nvom "
      "24.05.2025\n\nBrücken\n\nInhaltsverzeichnis\n\n1.1 Welche Brücken gibt es? ......... "
      "2\n\n1.2 Welche fehlen? ......... 2\n\n2.1 Warum? "
      "......... 3\n\nAntwort\n\ndes Staatsministeriums für Wohnen, Bau und Verkehr\nvom "
      "23.07.2025\n\n1.1 Welche Brücken gibt es?\n\n1.2 Welche "
      "fehlen?\n\nDie Fragen 1.1 und 1.2 werden gemeinsam beantwortet.\n\nAlle.\n\n2.1 "
      "Warum?\n\nEs sind 2.5 Millionen.\n\nHinweise des "
      "Landtagsamts\n\nZitate werden nicht geprüft.");
  REQUIRE(document.questions.size() == 3);
  CHECK(question(document, "1.1").answered_together_with == Labels{"1.2"});
  CHECK(question(document, "1.2").text == "Welche fehlen?");
  CHECK(question(document, "2.1").answer == "Es sind 2.5 Millionen.");
  CHECK(document.type == "Schriftliche Anfrage und Antwort");
}

TEST_CASE("questions: Frage N and zu Frage N", "[interpret]") {
  const Document document = read(
      "Landtag Brandenburg\n6. Wahlperiode\nDrucksache 6/99999\n\nAntwort\n\nder "
      "Landesregierung\n\nauf die Kleine Anfrage 1385\nder Abgeordneten "
      "Eva Muster und Jan Probe der CDU-Fraktion\nDrucksache 6/99998\n\nWölfe\n\nWortlaut der "
      "Kleinen Anfrage 1385 vom 2. März 2016:\n\nFrage "
      "1:\nWie viele Wölfe leben im Land?\n\nzu Frage 1:\nZwanzig Rudel.\n\nFrage 2:\nWo?\n\nFrage "
      "3:\nSeit wann?\n\nzu den Fragen 2 und "
      "3:\nÜberall, seit 2007.");
  REQUIRE(document.questions.size() == 3);
  CHECK(question(document, "1").text == "Wie viele Wölfe leben im Land?");
  CHECK(question(document, "1").answer == "Zwanzig Rudel.");
  CHECK(question(document, "3").answered_together_with == Labels{"2"});
  CHECK(question(document, "2").answer == "Überall, seit 2007.");
  CHECK(document.authors == Labels{"Eva Muster", "Jan Probe"});
  CHECK(document.relations.size() == 1);
}

TEST_CASE("questions: restated without a number above Zu Frage N", "[interpret]") {
  const Document document = read(
      "LANDTAG DES SAARLANDES\n\n15. Wahlperiode Drucksache 15/99999 "
      "(15/99998)\n12.03.2015\n\nANTWORT\n\nzu der\n\nAnfrage des Abgeordneten Jan "
      "Probe (B90/Grüne)\n\nbetr.: Züge\n\nVorbemerkung des Fragestellers:\n\nEs gibt Züge.\n\nWer "
      "prüfte die Züge?\n\nWann?\n\nZu den Fragen 1 "
      "und 3:\n\nNiemand.\n\nFahren sie?\n\nZu Frage 2:\n\nJa.");
  REQUIRE(document.questions.size() == 3);
  CHECK(question(document, "1").text == "Wer prüfte die Züge?");
  CHECK(question(document, "3").text == "Wann?");
  CHECK(question(document, "3").answer == "Niemand.");
  CHECK(question(document, "2").text == "Fahren sie?");
  CHECK(question(document, "2").answer == "Ja.");
  REQUIRE(document.relations.size() == 1);
  CHECK(document.relations[0].kind == RelationKind::kAnswers);
  CHECK(document.relations[0].number == "15/99998");
}

TEST_CASE("questions: an inquiry ends with its movers; headings between questions are not asked",
          "[interpret]") {
  const Document document = read(
      "Deutscher Bundestag Drucksache 19/99997\n19. Wahlperiode 01.02.2020\nKleine Anfrage\nder "
      "Abgeordneten Anna Muster und der Fraktion der "
      "SPD\n\nVersuche\n\nDazu gibt es Fragen.\n\nWir fragen die Bundesregierung:\n\n1. Was "
      "gilt?\n\nZweiter Teil\n\n2. Was galt?\n\nBerlin, den "
      "28. Januar 2020\n\nDr. Vorsitz und Fraktion");
  REQUIRE(document.questions.size() == 2);
  CHECK(question(document, "1").text == "Was gilt?");
  CHECK(question(document, "2").text == "Was galt?");
  CHECK(question(document, "2").answer.empty());
  CHECK(document.dates.asked == "2020-01-28");
  CHECK(document.date == "2020-02-01");
}

TEST_CASE("questions: lists of labels", "[interpret]") {
  CHECK(expand_labels("1 und 2") == Labels{"1", "2"});
  CHECK(expand_labels("3 bis 5, 7") == Labels{"3", "4", "5", "7"});
  CHECK(expand_labels("1.1 bis 2.2", {"1.1", "1.2", "2.1", "2.2", "3.1"}) ==
        Labels{"1.1", "1.2", "2.1", "2.2"});
  CHECK(expand_labels("22a und 22b") == Labels{"22"});
}

TEST_CASE("questions: sections tell their place in the page text", "[interpret]") {
  const std::string text = std::string(kBundestag) + "1. Was gilt?\n\nNichts.";
  const Document document = read(text);
  bool seen = false;
  for (const Section& section : document.sections) {
    if (section.kind != SectionKind::kQuestion) continue;
    seen = true;
    CHECK(text.substr(section.span.begin, section.span.end - section.span.begin) == "Was gilt?");
    CHECK(section.labels == Labels{"1"});
  }
  CHECK(seen);
}
