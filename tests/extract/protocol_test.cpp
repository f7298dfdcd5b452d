// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "data.h"
#include "extract/extract.h"
#include "extract/interpret.h"
#include "extract/interpret_protocol.h"

using namespace fundstelle;

namespace {

struct Who {
  const char* line;
  const char *name, *group, *role;
};

std::vector<Section> speeches_of(const Document& document) {
  std::vector<Section> out;
  for (const Section& section : document.sections) {
    if (section.kind == SectionKind::kSpeech) out.push_back(section);
  }
  return out;
}

}  // namespace

TEST_CASE("protocol: who opens a speech", "[extract][protocol]") {
  for (const Who& who : {
           Who{"Präsident Dr. Norbert Lammert:", "Norbert Lammert", "", "Präsident"},
           Who{"Präsident D. Dr. Gerstenmaier: Nach § 36", "Gerstenmaier", "", "Präsident"},
           Who{"Vizepräsident Dr. Schmitt - Vockenhausen:", "Schmitt-Vockenhausen", "",
               "Vizepräsident"},
           Who{"Präsident Frau Renger: Danke.", "Renger", "", "Präsident"},
           Who{"Frau Arnold (Z): Meine Damen", "Arnold", "Z", ""},
           Who{"Schneider (Bremerhaven) (DP [FVP]): Herr", "Schneider", "DP [FVP]", ""},
           Who{"Dr. Riedl (München) (CDU/CSU) : Herr Bundesminister", "Riedl", "CDU/CSU", ""},
           Who{"de Terra (CDU/CSU) : Herr", "de Terra", "CDU/CSU", ""},
           Who{"Freiherr Ostman von der Leye (SPD) : Herr", "Freiherr Ostman von der Leye", "SPD",
               ""},
           Who{"Ritzel (SPD), Berichterstatter: Herr", "Ritzel", "SPD", "Berichterstatter"},
           Who{"Dr. Ehmke, Bundesminister für besondere Aufgaben: Ja", "Ehmke", "",
               "Bundesminister für besondere Aufgaben"},
           Who{"Abg. Martin Grath GRÜNE: Frau", "Martin Grath", "GRÜNE", ""},
       }) {
    INFO(who.line);
    const auto opening = speech_opening(who.line);
    REQUIRE(opening);
    CHECK(opening->speaker.name == who.name);
    CHECK(opening->speaker.group == who.group);
    CHECK(opening->speaker.role == who.role);
  }
  for (const char* line :
       {"Beratung des Antrags der Fraktion der SPD:", "Ich rufe die Frage 12 auf:",
        "Antrag der Abgeordneten Anna Muster, Bert Beispiel (SPD): Mehr Bäume", "Zuruf (SPD): Ja!",
        "Überweisungsvorschlag:", "Beginn: 9.00 Uhr", "Dr. Anna Muster (SPD) . . . 12 A"}) {
    INFO(line);
    CHECK_FALSE(speech_opening(line));
  }
}

TEST_CASE("protocol: interjections stay in the speech, the chair's words are their own",
          "[extract][protocol]") {
  SourceText source;
  source.media_type = "application/pdf";
  source.paged = true;
  source.pages = {
      {1,
       "Plenarprotokoll 99/7\n\nDeutscher Bundestag\n\n7. Sitzung\n\nBerlin, Freitag, den 4. Mai "
       "2040\n\nPräsidentin Dr. Ada Beispiel:\nIch rufe den Tagesordnungspunkt 3 auf. Das Wort hat "
       "Kollege Muster.\n\nCarl Muster (Ahlen) (SPD):\nFrau Präsidentin! Bäume brauchen "
       "Wasser.\n\n(Beifall bei der SPD – Dora Probe [FDP]: Woher\nnehmen, Herr Muster? – Emil "
       "Zufall\n[AfD]: Unsinn!)\n\nUnd Zeit. Das ist"},
      {2,
       "Carl Muster (Ahlen)\n\nnicht neu.\n\nPräsidentin Dr. Ada Beispiel:\nVielen "
       "Dank.\n\nDr. Fritz Test, Parl. Staatssekretär beim Bundes-\nminister der Justiz:\nSehr "
       "gern.\n\n(Schluss: 9.30 Uhr)\n\nAnlage 1\n\nEntschuldigte Abgeordnete"}};
  const Document document = interpret(source);
  const auto speeches = speeches_of(document);
  REQUIRE(speeches.size() == 4);
  CHECK(speeches[0].speaker->role == "Präsidentin");
  CHECK(speeches[1].speaker->name == "Carl Muster");
  CHECK(speeches[1].speaker->group == "SPD");
  CHECK(speeches[1].agenda_item == "Tagesordnungspunkt 3");
  CHECK(speeches[1].span.page == 1);
  CHECK(speeches[1].span.end_page == 2);
  CHECK(speeches[1].text.find("Dora Probe [FDP]: Woher nehmen") != std::string::npos);
  CHECK(speeches[1].text.find("Das ist nicht neu.") != std::string::npos);
  CHECK(speeches[3].speaker->role == "Parl. Staatssekretär beim Bundesminister der Justiz");
  CHECK(speeches[3].text == "Sehr gern.");
}

TEST_CASE("protocol: verbatim minutes of a council", "[extract][protocol]") {
  SourceText source;
  source.media_type = "application/pdf";
  source.paged = true;
  source.furniture = {"7. Sitzung vom 4. Mai 2040 Seite 1"};
  const std::string heading = "2.1 Antrag der Gruppe Klee betreffend „Bänke“";
  source.pages = {
      {1,
       "(Beginn: 15.30 Uhr)\n\nOberbürgermeisterin Ada Beispiel: Ich eröffne die 7. Sitzung des "
       "Rates der Stadt Auen.\n\n" +
           heading +
           "\n\nFrau Probe hat das Wort.\n\nDora Probe (KLEE & BLATT): Wir wollen Bänke. Denn "
           "eines "
           "ist klar: Stehen ermüdet.\n\n(Beifall von Emil Zufall [SPD])\n\nHier gilt: Danke.\n\n"
           "Ilja Gast (Generalkonsul der Republik): Guten Tag.\n\nAltersvorsitzender Carl Muster: "
           "Schön.\n\nEmil Zufall (SPD): Ja."}};
  const auto at = static_cast<std::uint32_t>(source.pages[0].text.find(heading));
  source.headings = {{3, {1, at, 1, at + static_cast<std::uint32_t>(heading.size())}}};
  const Document document = interpret(source);
  CHECK(document.type == "Niederschrift");
  CHECK(document.body == "Rat der Stadt Auen");
  const auto speeches = speeches_of(document);
  REQUIRE(speeches.size() == 5);
  const Who expected[] = {{"", "Ada Beispiel", "", "Oberbürgermeisterin"},
                          {"", "Dora Probe", "KLEE & BLATT", ""},
                          {"", "Ilja Gast", "", "Generalkonsul der Republik"},
                          {"", "Carl Muster", "", "Altersvorsitzender"},
                          {"", "Emil Zufall", "SPD", ""}};
  for (std::size_t i = 0; i < speeches.size(); ++i) {
    CHECK(speeches[i].speaker->name == expected[i].name);
    CHECK(speeches[i].speaker->group == expected[i].group);
    CHECK(speeches[i].speaker->role == expected[i].role);
  }
  CHECK(speeches[0].agenda_item.empty());
  CHECK(speeches[1].agenda_item == heading);
  CHECK(speeches[1].text.find("Stehen ermüdet.") != std::string::npos);
  CHECK(speeches[1].text.find("Hier gilt: Danke.") != std::string::npos);
  // Elsewhere only known groups open a speech: "Antrag (neu):".
  CHECK_FALSE(speech_opening("Dora Probe (KLEE & BLATT): Wir"));
}

TEST_CASE("protocol: XML in the official format of the Bundestag", "[extract][protocol]") {
  std::ifstream in(
      std::string(FUNDSTELLE_SOURCE_DIR) + "/corpus/bundestag/plenarprotokoll-21-307.xml",
      std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  const Document document = extract_bytes(bytes, "21307.xml").document;
  CHECK(document.type == "Plenarprotokoll");
  CHECK(document.body == "Deutscher Bundestag");
  CHECK(document.number == "21/307");
  CHECK(document.legislature == 21);
  CHECK(document.date == "2029-05-04");
  CHECK(document.references == std::vector<std::string>{"21/30418", "21/30245"});
  const auto speeches = speeches_of(document);
  REQUIRE(speeches.size() == 7);
  const Who expected[] = {
      {"Guten Morgen, liebe Kolleginnen und Kollegen! Die Sitzung ist eröffnet.",
       "Ottilie Brandner-Weiß", "", "Präsidentin"},
      {"Das Wort hat der Kollege Hauke Sörensen.", "Ottilie Brandner-Weiß", "", "Präsidentin"},
      {"Frau Präsidentin! Wer abends auf Langeoog ankommt, findet keinen Anschluss.\n\n(Beifall "
       "bei "
       "der SPD – Jette Wollgras [CDU/CSU]: Und morgens?)\n\nMorgens fährt die Inselbahn.",
       "Hauke Sörensen", "SPD", ""},
      {"Erlauben Sie eine Zwischenfrage?", "Ottilie Brandner-Weiß", "", "Präsidentin"},
      {"Bitte sehr.", "Hauke Sörensen", "SPD", ""},
      {"Was kostet der Lückenschluss?", "Jette Wollgras", "CDU/CSU", ""},
      {"Das prüfen wir; die Antwort auf Drucksache 21/30245 nennt die Strecken.",
       "Friederike von der Aue", "", "Parl. Staatssekretärin beim Bundesminister für Verkehr"},
  };
  for (std::size_t i = 0; i < speeches.size(); ++i) {
    INFO(i);
    CHECK(speeches[i].text == expected[i].line);
    CHECK(speeches[i].speaker->name == expected[i].name);
    CHECK(speeches[i].speaker->group == expected[i].group);
    CHECK(speeches[i].speaker->role == expected[i].role);
    CHECK(speeches[i].agenda_item == (i == 0 ? "" : "Tagesordnungspunkt 12"));
  }
}

TEST_CASE("protocol: speeches of a real sitting", "[extract][protocol][data]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  // Counted by hand-corrected transcripts beside the files; tools/eval/protocols.py compares all.
  struct Sitting {
    const char* name;
    std::size_t least, most;
  };
  for (const Sitting& sitting : {Sitting{"plpr-02-202", 12, 12}, Sitting{"plpr-06-017", 175, 180},
                                 Sitting{"plpr-18-014", 277, 277}}) {
    INFO(sitting.name);
    std::ifstream in(
        data / "documents/pdf/bundestag-plenarprotokoll" / (std::string(sitting.name) + ".pdf"),
        std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    const auto speeches = speeches_of(extract_bytes(bytes, "p.pdf").document);
    CHECK(speeches.size() >= sitting.least);
    CHECK(speeches.size() <= sitting.most);
  }
}
