// SPDX-License-Identifier: GPL-3.0-or-later
//
// Drafts as people paste them, and what they ask, read by hand.
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "asked/draft.h"

using fundstelle::asked::Draft;
using fundstelle::asked::read_draft;

namespace {

/// "3a|lead|text" of each question, the lead only if there is one.
std::vector<std::string> asked(std::string_view text) {
  std::vector<std::string> out;
  for (const auto& question : read_draft(text).questions) {
    out.push_back(question.label + "|" + (question.lead.empty() ? "" : question.lead + "|") +
                  question.text);
  }
  return out;
}

using Expected = std::vector<std::string>;

}  // namespace

TEST_CASE("draft: numbered questions, preamble and title", "[asked]") {
  constexpr const char* kText =
      "Kleine Anfrage\n"
      "der Abgeordneten Erika Beispiel, Max Muster und der Fraktion der Lokalen\n"
      "\n"
      "Nachtzüge auf der Strecke Berlin–Malmö\n"
      "\n"
      "Am 1. Januar 2024 wurde der Fahrplan geändert. Warum nur? Die Fahrgäste wissen es nicht.\n"
      "\n"
      "Wir fragen die Bundesregierung:\n"
      "\n"
      "1. Wie viele Nachtzüge fuhren 2023 zwischen Berlin und Malmö?\n"
      "2. Welche Kosten entstanden dem Bund dadurch, und wer trug sie?\n"
      "   Bitte nach Monaten aufschlüsseln.\n"
      "\n"
      "3. Plant die Bundesregierung weitere Züge?\n"
      "\n"
      "Berlin, den 3. Mai 2024\n"
      "Erika Beispiel und Fraktion\n"
      "\n"
      "Begründung\n"
      "Wer reist, will schlafen?\n";
  CHECK(read_draft(kText).title == "Nachtzüge auf der Strecke Berlin–Malmö");
  CHECK(
      asked(kText) ==
      Expected{"1|Wie viele Nachtzüge fuhren 2023 zwischen Berlin und Malmö?",
               "2|Welche Kosten entstanden dem Bund dadurch, und wer trug sie? Bitte nach Monaten "
               "aufschlüsseln.",
               "3|Plant die Bundesregierung weitere Züge?"});
}

TEST_CASE("draft: Frage 1, brackets, numbers in one line", "[asked]") {
  CHECK(asked("Frage 1: Wie viele Lehrer fehlen?\nFrage 2:\nWo fehlen sie?\n") ==
        Expected{"1|Wie viele Lehrer fehlen?", "2|Wo fehlen sie?"});
  CHECK(asked("1) Wer?? zahlt das?\n2) Wann wird gezahlt?") ==
        Expected{"1|Wer?? zahlt das?", "2|Wann wird gezahlt?"});
  CHECK(asked("(1) Wer zahlt?\n(2) Wann?") == Expected{"1|Wer zahlt?", "2|Wann?"});
  CHECK(asked("1. Wie viele Brücken sind gesperrt? 2. Seit wann? 3. Was kostet der Neubau?") ==
        Expected{"1|Wie viele Brücken sind gesperrt?", "2|Seit wann?", "3|Was kostet der Neubau?"});
}

TEST_CASE("draft: sub-questions take the beginning they complete", "[asked]") {
  CHECK(asked("1. Wie viele Fälle gab es\n"
              "   a) im Jahr 2022,\n"
              "   b) im Jahr 2023?\n"
              "2. Wurden sie geahndet?\n"
              "   a) Wenn ja, wie?\n"
              "   b) Wenn nein, warum nicht?\n") ==
        Expected{"1a|Wie viele Fälle gab es|im Jahr 2022,",
                 "1b|Wie viele Fälle gab es|im Jahr 2023?", "2|Wurden sie geahndet?",
                 "2a|Wenn ja, wie?", "2b|Wenn nein, warum nicht?"});
}

TEST_CASE("draft: sentences that ask, without numbers", "[asked]") {
  CHECK(asked("Sehr geehrte Damen und Herren, die Brücke ist seit dem 3. Mai gesperrt. Wie lange "
              "noch? Das Gutachten nennt Mängel, z. B. Risse. Wer hat es beauftragt?\n"
              "\n"
              "- Was kostet der Neubau?\n"
              "- Wann beginnt er?\n"
              "Mit freundlichen Grüßen\n") ==
        Expected{"|Wie lange noch?", "|Wer hat es beauftragt?", "|Was kostet der Neubau?",
                 "|Wann beginnt er?"});
}

TEST_CASE("draft: text of a PDF, with hyphenation and page heads", "[asked]") {
  constexpr const char* kText =
      "Deutscher Bundestag Drucksache 99/504\r\n"
      "99. Wahlperiode 17.06.2025\r\n"
      "Kleine Anfrage\r\n"
      "der Abgeordneten Erika Beispiel, Max Muster, Ada Probe\r\n"
      "und der Fraktion der Lokalen\r\n"
      "Mögliche Schließung der Bildungsstätte\r\n"
      "in Musterstadt\r\n"
      "Am 13. Februar 2025 erschien ein Bericht.\r\n"
      "1. Die Stadt, 2. das Land zahlen.\r\n"
      "Wir fragen die Bundesregierung:\r\n"
      "\xE2\x80\x87"
      "1. Welche Zuschüsse erhielt die Bildungs-\r\n"
      "stätte für Integrations-\r\n"
      "und Sprachkurse aus dem EU-\r\n"
      "Haushalt?\r\n"
      "Drucksache 99/504 – 2 – Deutscher Bundestag – 99. Wahlperiode\r\n"
      " 2. Wann wurde das Bundes\xC2\xAD"
      "ministerium\r\n"
      "– 2 –\r\n"
      "unterrichtet?\r\n"
      "Finanzierung durch die Länder\r\n"
      " 3. Wer zahlt ab 2026?\r\n"
      "Berlin, den 17. Juni 2025\r\n"
      "Dr. Erika Beispiel und Fraktion\r\n";
  CHECK(read_draft(kText).title == "Mögliche Schließung der Bildungsstätte in Musterstadt");
  CHECK(asked(kText) ==
        Expected{
            "1|Welche Zuschüsse erhielt die Bildungsstätte für Integrations- und Sprachkurse aus "
            "dem EU-Haushalt?",
            "2|Wann wurde das Bundesministerium unterrichtet?", "3|Wer zahlt ab 2026?"});
}

TEST_CASE("draft: questions may repeat each other's lines, heads of pages go", "[asked]") {
  std::string text = "Wir fragen die Landesregierung:\n";
  Expected expected;
  for (int i = 1; i <= 4; ++i) {
    const std::string number = std::to_string(i);
    text += number + ". Hat der Verein nach Kenntnis der Landesregierung\nin den letzten zehn\n" +
            "Fraktion der Lokalen, Blatt " + number + "\nJahren Mittel der Stiftung " + number +
            "\nerhalten?\n\nStadtratsfraktion Musterstadt\n\n";
    expected.push_back(number +
                       "|Hat der Verein nach Kenntnis der Landesregierung in den letzten "
                       "zehn Jahren Mittel der Stiftung " +
                       number + " erhalten?");
  }
  CHECK(asked(text) == expected);
}

TEST_CASE("draft: chapters number anew, lists of the preamble do not ask", "[asked]") {
  CHECK(
      asked(
          "Zur Lage:\n1. Die Züge sind voll.\n2. Die Preise steigen.\n\n"
          "I. Züge\n\n1. Wie voll sind sie?\n2. Warum?\n\nII. Preise\n\n1. Wie hoch sind sie?\n") ==
      Expected{"1|Wie voll sind sie?", "2|Warum?", "1|Wie hoch sind sie?"});
}

TEST_CASE("draft: numbers inside a question begin no other", "[asked]") {
  CHECK(asked("1. Was geschah am\n24. Dezember 2019, und was in der\n18. Wahlperiode?\n"
              "2. Gilt § 3 Absatz\n15. des Gesetzes?\n") ==
        Expected{"1|Was geschah am 24. Dezember 2019, und was in der 18. Wahlperiode?",
                 "2|Gilt § 3 Absatz 15. des Gesetzes?"});
}

TEST_CASE("draft: what asks nothing is one question", "[asked]") {
  CHECK(asked("Nachtzüge nach Schweden") == Expected{"|Nachtzüge nach Schweden"});
  CHECK(asked("").empty());
  CHECK(asked(" \n\r\n\f").empty());
  CHECK(asked(std::string(5000, 'x')).at(0).size() == 2001);
  // Cut between characters.
  std::string umlauts;
  for (int i = 0; i < 3000; ++i) umlauts += "ä";
  CHECK(asked("x" + umlauts).at(0).size() == 1 + 1999);
}

TEST_CASE("draft: a numbered list without question marks is read", "[asked]") {
  CHECK(asked("Betreff: Zahlen zum\nRadverkehr\n\n1. Zahl der Radwege\n2. Länge der Radwege\n") ==
        Expected{"1|Zahl der Radwege", "2|Länge der Radwege"});
  CHECK(read_draft("Betreff: Zahlen zum\nRadverkehr\n\n1. Zahl der Radwege\n2. Länge").title ==
        "Zahlen zum Radverkehr");
}

TEST_CASE("draft: Bavarian numbers become labels, numbers of other kinds do not", "[asked]") {
  CHECK(asked("1.1 Wie viele Lehrkräfte fehlen?\n\n1.2 Wo fehlen sie?\n\n2.1 Ändert sich das?\n\n"
              "Sind es 3.500 Stellen?") == Expected{"1.1|Wie viele Lehrkräfte fehlen?",
                                                    "1.2|Wo fehlen sie?", "2.1|Ändert sich das?",
                                                    "|Sind es 3.500 Stellen?"});
  CHECK(asked("1.500 Euro kostet das?\n\n3.2 wird wie beantwortet?") ==
        Expected{"|1.500 Euro kostet das?", "|3.2 wird wie beantwortet?"});
}

TEST_CASE("draft: odd text never harms", "[asked]") {
  for (const char* text : {"1.", "1.\n2.\n3.", "???", "a)", "a)\nb)", "(((1)", "Frage", "Frage 1",
                           "\xFF\xFE?", "1. \xC3", "-\n-\n- ?", "Titel:", "Betreff:\n\n"}) {
    (void)read_draft(text);
  }
  std::string many;
  for (int i = 1; i < 2000; ++i) many += std::to_string(i) + ". Wer?\n";
  CHECK(read_draft(many).questions.size() > 900);
}
