// SPDX-License-Identifier: GPL-3.0-or-later
//
// One head per layout, as that parliament or office prints it; persons, towns and numbers are made
// up. A new layout adds a row.
#include <algorithm>
#include <catch2/catch.hpp>

#include "extract/interpret.h"

using namespace fundstelle;
using Names = std::vector<std::string>;

namespace {

struct Row {
  const char* layout;
  const char* text;
  std::string body, type, number, date, title;
  Names authors, groups, ministries;
};

Document read(const char* text, std::vector<std::string> furniture = {},
              const char* media_type = "text/plain") {
  SourceText source;
  source.media_type = media_type;
  source.pages.push_back({1, text});
  source.furniture = std::move(furniture);
  return interpret(source);
}

const std::vector<Row>& rows() {
  static const std::vector<Row> all = {
      {"bundestag",
       "Deutscher Bundestag Drucksache 19/99999\n19. Wahlperiode 01.02.2020\nAntwort\nder "
       "Bundesregierung\nauf die Kleine Anfrage der "
       "Abgeordneten Anna Muster, Dr. Bert Probe, weiterer Abgeordneter und der\nFraktion BÜNDNIS "
       "90/DIE GRÜNEN\n– Drucksache 19/99990 –\n\n"
       "Folgen des\nWetters\n\nVorbemerkung der Fragesteller\n\nEs regnet.\n\nDie Antwort wurde "
       "namens der Bundesregierung mit Schreiben des "
       "Bundesministeriums des Innern, für Bau und Heimat vom 30. Januar 2020 übermittelt.\n\n1. "
       "Warum?\n\nDarum.",
       "Deutscher Bundestag",
       "Antwort",
       "19/99999",
       "2020-02-01",
       "Folgen des Wetters",
       {"Anna Muster", "Bert Probe"},
       {"BÜNDNIS 90/DIE GRÜNEN"},
       {"Bundesministerium des Innern, für Bau und Heimat"}},
      {"bundesrat",
       "Bundesrat Drucksache 999/25 (Beschluss)\n\n23.05.25\n\nBeschluss\ndes "
       "Bundesrates\n\nEntwurf eines Gesetzes über Probleme\n\nDer "
       "Bundesrat hat in seiner 999. Sitzung am 22. Mai 2025 beschlossen, nichts zu tun.",
       "Bundesrat",
       "Beschluss",
       "999/25 (Beschluss)",
       "2025-05-23",
       "Entwurf eines Gesetzes über Probleme",
       {},
       {},
       {}},
      {"baden-wuerttemberg",
       "Landtag von Baden-Württemberg\n16. Wahlperiode\nDrucksache 16 / 9 999\n01. 02. "
       "2017\n\nKleine Anfrage\n\nder Abg. Anna Muster und "
       "Bert Probe CDU\n\nund\n\nAntwort\n\ndes Ministeriums für Verkehr\n\nRadwege im Land\n\nWir "
       "fragen die Landesregierung:\n\n1. Wo?\n\nMit "
       "Schreiben vom 30. Januar 2017 Nr. 1 beantwortet das Ministerium für Verkehr im "
       "Einvernehmen mit dem Ministerium für Finanzen die Kleine "
       "Anfrage wie folgt:\n\n1. Wo?\n\nHier.",
       "Landtag von Baden-Württemberg",
       "Kleine Anfrage und Antwort",
       "16/9999",
       "2017-02-01",
       "Radwege im Land",
       {"Anna Muster", "Bert Probe"},
       {"CDU"},
       {"Ministerium für Verkehr", "Ministerium für Finanzen"}},
      {"berlin",
       "Drucksache 19 / 40 999\nSchriftliche Anfrage\n19. Wahlperiode\nAbgeordnetenhaus von "
       "Berlin\n\nSchriftliche Anfrage\n\ndes Abgeordneten "
       "Bert Probe (FDP)\n\nvom 11. Februar 2023 (Eingang beim Abgeordnetenhaus am 12. Februar "
       "2023)\n\nzum Thema:\n\nWohnen in Berlin\n\nund "
       "Antwort vom 28. Februar 2023 (Eingang beim Abgeordnetenhaus am 1. März 2023)",
       "Abgeordnetenhaus von Berlin",
       "Schriftliche Anfrage und Antwort",
       "19/40999",
       "2023-02-28",
       "Wohnen in Berlin",
       {"Bert Probe"},
       {"FDP"},
       {}},
      {"bremen",
       "BREMISCHE BÜRGERSCHAFT Drucksache 20/9999 S\nStadtbürgerschaft 22.11.2022\n20. "
       "Wahlperiode\n\nAntwort des Senats\n\nauf die Kleine Anfrage "
       "der Fraktion der CDU vom 4. Oktober 2022\n\nStrom im Hafen\n\nDie Fraktion der CDU hat "
       "folgende Kleine Anfrage an den Senat gerichtet:",
       "Bremische Bürgerschaft",
       "Antwort",
       "20/9999 S",
       "2022-11-22",
       "Strom im Hafen",
       {},
       {"CDU"},
       {"Senat"}},
      {"hamburg",
       "BÜRGERSCHAFT\nDER FREIEN UND HANSESTADT HAMBURG Drucksache 21/9999\n21. Wahlperiode "
       "29.07.16\n\nSchriftliche Kleine Anfrage\n\ndes "
       "Abgeordneten Bert Probe (FDP) vom 22.07.16\n\nund Antwort des Senats\n\nBetr.: Schulen im "
       "Bezirk\n\nIch frage den Senat:\n\n1. Wie viele?\n\n"
       "Neun.",
       "Hamburgische Bürgerschaft",
       "Kleine Anfrage und Antwort",
       "21/9999",
       "2016-07-29",
       "Schulen im Bezirk",
       {"Bert Probe"},
       {"FDP"},
       {"Senat"}},
      {"hessen",
       "HESSISCHER LANDTAG\n20. Wahlperiode Drucksache 20/9999\n\nKleine Anfrage\n\nDr. Anna "
       "Muster (Freie Demokraten) vom 12.08.2021\n\nKinos im "
       "Land\n\nund\n\nAntwort\n\nMinisterin für Wissenschaft und Kunst\n\nVorbemerkung "
       "Fragestellerin:\n\nEs gibt Kinos.\n\nEingegangen am 20. "
       "September 2021 · Ausgegeben am 30. September 2021",
       "Hessischer Landtag",
       "Kleine Anfrage und Antwort",
       "20/9999",
       "2021-09-30",
       "Kinos im Land",
       {"Anna Muster"},
       {"Freie Demokraten"},
       {"Ministerium für Wissenschaft und Kunst"}},
      {"niedersachsen",
       "Niedersächsischer Landtag – 18. Wahlperiode Drucksache 18/9999\n\nKleine Anfrage zur "
       "schriftlichen Beantwortung gemäß § 46 Abs. 1 GO LT "
       "mit Antwort der Landesregierung\n\nAnfrage der Abgeordneten Anna Muster und Bert Probe "
       "(GRÜNE), eingegangen am 29.05.2019 - Drs. "
       "18/9990\nan die Staatskanzlei übersandt am 04.06.2019\n\nAntwort des Niedersächsischen "
       "Ministeriums für Umwelt, Energie, Bauen und "
       "Klimaschutz namens der Landesregierung vom 02.07.2019\n\nWie wirkt der "
       "Zaun?\n\nVorbemerkung der Abgeordneten\n\nEs gibt Zäune.\n\n(Verteilt "
       "am 05.07.2019)",
       "Niedersächsischer Landtag",
       "Kleine Anfrage und Antwort",
       "18/9999",
       "2019-07-05",
       "Wie wirkt der Zaun?",
       {"Anna Muster", "Bert Probe"},
       {"GRÜNE"},
       {"Niedersächsisches Ministerium für Umwelt, Energie, Bauen und Klimaschutz"}},
      {"nordrhein-westfalen",
       "LANDTAG NORDRHEIN-WESTFALEN\n16. Wahlperiode\nDrucksache "
       "16/9999\n05.11.2015\n\nAntwort\n\nder Landesregierung\n\nauf die Kleine Anfrage "
       "1234 vom 12. März 2015\nder Abgeordneten Anna Muster und Bert Probe PIRATEN\nDrucksache "
       "16/9990\n\nWer hat Netz?\n\nDatum des Originals: "
       "04.11.2015/Ausgegeben: 10.11.2015",
       "Landtag Nordrhein-Westfalen",
       "Antwort",
       "16/9999",
       "2015-11-05",
       "Wer hat Netz?",
       {"Anna Muster", "Bert Probe"},
       {"PIRATEN"},
       {"Landesregierung"}},
      {"rheinland-pfalz",
       "LANDTAG RHEINLAND-PFALZ\n17. Wahlperiode Drucksache 17/9999\n21. 09. 2020\n\nK l e i n e  "
       "A n f r a g e\n\nder Abgeordneten Anna Muster "
       "(FREIE WÄHLER)\n\nund\n\nA n t w o r t\n\ndes Ministeriums des Innern und für "
       "Sport\n\nBäder im Land\n\nDie Kleine Anfrage 9999 vom 27. "
       "August 2020 hat folgenden Wortlaut:\n\nIch frage die Landesregierung:\n\n1. Wo?",
       "Landtag Rheinland-Pfalz",
       "Kleine Anfrage und Antwort",
       "17/9999",
       "2020-09-21",
       "Bäder im Land",
       {"Anna Muster"},
       {"FREIE WÄHLER"},
       {"Ministerium des Innern und für Sport"}},
      {"sachsen",
       "STAATSMINISTERIUM DES INNERN Freistaat SACHSEN\n\nPräsidenten des Sächsischen "
       "Landtages\n\nDresden, 2. September 2025\n\nKleine Anfrage des "
       "Abgeordneten Bert Probe, Fraktion BSW\nDrs.-Nr.: 8/9999\nThema: Brände im Wald\n\nSehr "
       "geehrter Herr Präsident,\n\nnamens und im Auftrag "
       "der Sächsischen Staatsregierung beantworte ich die Kleine Anfrage wie folgt:\n\nFrage "
       "1:\nWie viele?\n\nNeun.",
       "Sächsischer Landtag",
       "Antwort",
       "8/9999",
       "2025-09-02",
       "Brände im Wald",
       {"Bert Probe"},
       {"BSW"},
       {"Staatsministerium des Innern"}},
      {"sachsen-anhalt",
       "Landtag von Sachsen-Anhalt Drucksache 7/9999\n01.02.2018\n\nAntwort der Landesregierung "
       "auf eine Kleine Anfrage zur schriftlichen "
       "Beantwortung\n\nAbgeordnete Anna Muster (DIE LINKE)\n\nStraßen im Harz\n\nKleine Anfrage - "
       "KA 7/9990\n\n1. Welche?\n\nAlle.",
       "Landtag von Sachsen-Anhalt",
       "Antwort",
       "7/9999",
       "2018-02-01",
       "Straßen im Harz",
       {"Anna Muster"},
       {"DIE LINKE"},
       {"Landesregierung"}},
      {"schleswig-holstein",
       "SCHLESWIG-HOLSTEINISCHER LANDTAG Drucksache 18/9999\n18. Wahlperiode 2017-03-07\n\nKleine "
       "Anfrage\n\ndes Abgeordneten Bert Probe (SSW)\n\n"
       "und\n\nAntwort\n\nder Landesregierung - Ministerin für Schule und "
       "Berufsbildung\n\nUnterricht an der Küste\n\n1. Wo?\n\nAntwort:\nDort.",
       "Schleswig-Holsteinischer Landtag",
       "Kleine Anfrage und Antwort",
       "18/9999",
       "2017-03-07",
       "Unterricht an der Küste",
       {"Bert Probe"},
       {"SSW"},
       {"Ministerium für Schule und Berufsbildung"}},
      {"thueringen",
       "Thüringer Landtag\n6. Wahlperiode Drucksache 6/9999\n12.10.2016\n\nK l e i n e  A n f r a "
       "g e\n\ndes Abgeordneten Probe (AfD)\n\nund\n\n"
       "A n t w o r t\n\ndes Thüringer Ministeriums für Inneres und Kommunales\n\nFeste im "
       "Wald\n\nDie Kleine Anfrage 1297 vom 5. August 2016 hat "
       "folgenden Wortlaut:\n\n1. Wo?",
       "Thüringer Landtag",
       "Kleine Anfrage und Antwort",
       "6/9999",
       "2016-10-12",
       "Feste im Wald",
       {"Probe"},
       {"AfD"},
       {"Thüringer Ministerium für Inneres und Kommunales"}},
      {"party",
       "Beschluss WP9.9. Bäume pflanzen.\n\nGremium: LDK\nBeschlussdatum: "
       "05.06.2021\nTagesordnungspunkt: WP9. Wald\n\nText\n\nBäume sind gut.",
       "",
       "Beschluss",
       "WP9.9",
       "2021-06-05",
       "Bäume pflanzen",
       {},
       {},
       {}},
      {"party",
       "CDU in Niedersachsen | Landesparteitag, Oldenburg, 3. September 2022\n\nBeschluss C "
       "99\n\nWeiden schützen\n\nAntragsteller: Kreisverband "
       "Heide\n\nDie Weide prägt das Land.",
       "CDU in Niedersachsen",
       "Beschluss",
       "C 99",
       "2022-09-03",
       "Weiden schützen",
       {},
       {"CDU"},
       {}},
      {"press",
       "Bundesamt für Naturschutz\n\nPresseinformation\n\nNr. 170/2022 / 13. Januar 2022\n\nDer "
       "Fluss kehrt zurück\n\nDas Vorhaben soll Auen "
       "schaffen. Am 3. Februar 2022 wird gefeiert.",
       "Bundesamt für Naturschutz",
       "Pressemitteilung",
       "170/2022",
       "2022-01-13",
       "Der Fluss kehrt zurück",
       {},
       {},
       {}},
      {"press, its name in two lines",
       "Fraktion der Freien Demokraten im Deutschen\n\nBundestag\n\nPressemeldung\n\nSchwerin, 13. "
       "Januar 2022 · Nr. 128/2022\n\nDer Fluss kehrt zurück\n\nDas Vorhaben soll Auen schaffen.",
       "Fraktion der Freien Demokraten im Deutschen Bundestag",
       "Pressemitteilung",
       "128/2022",
       "2022-01-13",
       "Der Fluss kehrt zurück",
       {},
       {},
       {}},
      {"council",
       "STADT MUSTERSTADT\nStadtamt Nord\n\nANTRAG\n\nB'90/Die Grünen\nvom 19. November "
       "2009\nGremium: Ortschaftsrat Nord\n\nContainer am Bad\n\n"
       "Am Bad fehlt ein Container.",
       "Stadt Musterstadt",
       "Antrag",
       "",
       "",
       "",
       {},
       {"Die Grünen"},
       {}},
  };
  return all;
}

}  // namespace

TEST_CASE("layouts: each head says whose paper it is, what, when, who asks and who answers",
          "[interpret]") {
  for (const Row& row : rows()) {
    INFO(row.layout << ": " << row.title);
    const Document document = read(row.text);
    CHECK(document.body == row.body);
    CHECK(document.type == row.type);
    CHECK(document.number == row.number);
    CHECK(document.date == row.date);
    if (!row.title.empty()) CHECK(document.title == row.title);
    CHECK(document.authors == row.authors);
    CHECK(document.groups == row.groups);
    CHECK(document.ministries == row.ministries);
  }
}

TEST_CASE("layouts: the inquiry an answer answers is no guess from running text", "[interpret]") {
  const Document document = read(rows()[0].text);
  REQUIRE(document.relations.size() == 1);
  CHECK(document.relations[0].kind == RelationKind::kAnswers);
  CHECK(document.relations[0].number == "19/99990");
  CHECK(document.references == Names{"19/99990"});
  CHECK(document.dates.answered == "2020-01-30");
  CHECK(document.legislature == 19);
}

TEST_CASE("layouts: minutes give one section a speech with speaker, party and role",
          "[interpret]") {
  const Document document = read(
      "Präsidentin Anna Muster:\n\nGuten Morgen! Das Wort hat Bert Probe.\n\nDr. Bert Probe "
      "(SPD):\n\nSehr geehrte Frau Präsidentin!\n\n(Beifall "
      "bei der SPD)\n\nWir sagen: Es reicht.\n\nEva Beispiel, Bundesministerin der Justiz:\n\nIch "
      "danke.",
      {"Deutscher Bundestag – 20. Wahlperiode – 13. Sitzung. Berlin, Freitag, den 18. März 2022 "
       "3731"});
  CHECK(document.type == "Plenarprotokoll");
  CHECK(document.number == "20/13");
  CHECK(document.date == "2022-03-18");
  std::vector<Section> speeches;
  for (const Section& section : document.sections) {
    if (section.kind == SectionKind::kSpeech) speeches.push_back(section);
  }
  REQUIRE(speeches.size() == 3);
  CHECK(speeches[0].speaker->role == "Präsidentin");
  CHECK(speeches[1].speaker->name == "Bert Probe");
  CHECK(speeches[1].speaker->group == "SPD");
  CHECK(speeches[1].text.find("Es reicht.") != std::string::npos);
  CHECK(speeches[2].speaker->name == "Eva Beispiel");
  CHECK(speeches[2].speaker->role == "Bundesministerin der Justiz");
}

TEST_CASE("layouts: collective papers give each question its own asker", "[interpret]") {
  const Document document = read(
      "Deutscher Bundestag Drucksache 21/99999\n21. Wahlperiode 23.05.2025\nSchriftliche "
      "Fragen\nmit den in der Woche vom 19. Mai "
      "2025\neingegangenen Antworten der Bundesregierung\n\nVerzeichnis der "
      "Fragenden\n\nGeschäftsbereich des Bundesministeriums des "
      "Innern\n1. Abgeordnete\nAnna\nMuster\n(Die Linke)\nWie viele Wahlen gab es?\nAntwort der "
      "Parlamentarischen Staatssekretärin Eva Beispiel\nvom "
      "22. Mai 2025\nNeun Wahlen.\n2. Abgeordneter\nDr. Bert Probe\n(CDU/CSU)\nWann?\nAntwort des "
      "Staatssekretärs Jan Amt\nvom 21. Mai 2025\nIm Mai.");
  REQUIRE(document.questions.size() == 2);
  CHECK(document.questions[0].text == "Wie viele Wahlen gab es?");
  CHECK(document.questions[0].answer == "Neun Wahlen.");
  const auto asker =
      std::find_if(document.sections.begin(), document.sections.end(), [](const Section& section) {
        return section.kind == SectionKind::kQuestion && section.labels == Names{"2"};
      });
  REQUIRE(asker != document.sections.end());
  CHECK(asker->speaker->name == "Bert Probe");
  CHECK(asker->speaker->group == "CDU/CSU");
}

TEST_CASE("layouts: a web page's own heading and publication date, not a teaser's", "[interpret]") {
  SourceText source;
  source.media_type = "text/html";
  source.pages.push_back(
      {1, "Fluss kehrt zurück\n\nDas Ministerium feiert. Am 3. Februar 2022 geht es los."});
  source.headings.push_back({1, {1, 0, 1, 19}});
  source.declared = {{"og:site_name", "Bundesministerium der Justiz"}};
  source.own_title = {"h1", "Fluss kehrt zurück"};
  source.own_dates = {{"2022-01-13", OwnDateRole::kPublished, 9, "meta article:published_time"},
                      {"2022-01-20", OwnDateRole::kModified, 8, "meta article:modified_time"},
                      {"2021-12-24", OwnDateRole::kPlain, 2, "time on the page"}};
  const Document document = interpret(source);
  CHECK(document.title == "Fluss kehrt zurück");
  CHECK(document.read.at("title").span.end == 19);
  CHECK(document.date == "2022-01-13");
  CHECK(document.dates.published == "2022-01-13");
  CHECK(document.body == "Bundesregierung");
  CHECK(document.ministries == Names{"Bundesministerium der Justiz"});
  CHECK(document.ministry_ids == Names{"bm-justiz"});

  // "Stand" dates the text, not its publication; a change and a teaser's day date nothing.
  source.own_dates[0].role = OwnDateRole::kStand;
  CHECK(interpret(source).date == "2022-01-13");
  CHECK(interpret(source).dates.published.empty());
  source.own_dates.erase(source.own_dates.begin());
  CHECK(interpret(source).date.empty());
}

TEST_CASE("layouts: odd text never throws and gives nothing it does not say", "[interpret]") {
  for (const char* text : {"", "\n\n", "?", "1.", "1.1", "Drucksache", "Kleine Anfrage",
                           "Antwort:\n", "\xC3\xA4", "Frage 1:", "Zu 1:", "Beschluss",
                           "Deutscher Bundestag\nDrucksache", "– Drucksache 1/1 –"}) {
    CAPTURE(text);
    const Document document = read(text);
    CHECK(document.date.empty());
    CHECK(document.authors.empty());
  }
}

TEST_CASE("layouts: a title ends above sender, agenda and committee", "[extract][layouts]") {
  const std::string head =
      "Bundesrat Drucksache 999/25\n\n12.05.25\n\nAntrag\ndes Landes Hessen\n\n"
      "Entschließung des Bundesrates „Ein zweites Leben für Bienen - Honig\nermöglichen“\n";
  const std::string title =
      "Entschließung des Bundesrates „Ein zweites Leben für Bienen - Honig ermöglichen“";
  for (const char* below :
       {"Der Hessische Ministerpräsident          Wiesbaden, 12. Mai 2025\nAn die\nPräsidentin\n",
        "Der Ministerpräsident          Düsseldorf, den 12. Mai 2025\ndes Landes "
        "Nordrhein-Westfalen\n",
        "Der Ministerpräsident des Landes Nordrhein-Westfalen\n",
        "Freie Hansestadt Bremen          Bremen, 6. Juni 2025\nDer Chef der Senatskanzlei\n",
        "Bundesrechnungshof Bonn, 4. Juni 2025\n",
        "Punkt 48 der 1056. Sitzung des Bundesrates am 11. Juli 2025\n",
        "Der Rechtsausschuss empfiehlt dem Bundesrat,\n", "A\n"}) {
    INFO(below);
    CHECK(read((head + below + "\nDer Bundesrat möge beschließen:\n\nEs summt.").c_str()).title ==
          title);
  }
  // A day of the week is no place; a minister in a title does not end it.
  CHECK(read("Bundesrat Drucksache 999/25\n\n12.05.25\n\nAntrag\ndes Landes Hessen\n\n"
             "Entschließung des Bundesrates zum Tag der Bienen und\n"
             "Der Ministerpräsident als Imker am Dienstag, 13. Mai 2025\n\nEs summt.")
            .title ==
        "Entschließung des Bundesrates zum Tag der Bienen und Der Ministerpräsident als Imker am "
        "Dienstag, 13. Mai 2025");
  CHECK(read("Bundesrat Drucksache 999/1/25\n\n01.07.25\n\nE m p f e h l u n g e n\nder "
             "Ausschüsse\nWo - AV - Fz\nzu Punkt … der 1056. Sitzung des Bundesrates am 11. Juli "
             "2025\nEntwurf eines Gesetzes über Bienen\nA\nDer federführende Ausschuss für "
             "Wohnen (Wo)\nempfiehlt dem Bundesrat, nichts zu tun.")
            .title == "Entwurf eines Gesetzes über Bienen");
}

TEST_CASE("layouts: a resolution's running head may be nothing but its party",
          "[extract][layouts]") {
  const char* text =
      "Beschluss 99/I/2019\n\nBäume pflanzen\n\nGremium: I/2019 Landesparteitag\n"
      "Beschlussdatum: 30.03.2019\n\nBäume sind gut.";
  const Document document = read(text, {"SPD Landesverband Berlin"});
  CHECK(document.body == "SPD Berlin");
  CHECK(document.groups == Names{"SPD"});
  CHECK(read(text, {"SPD sagt, was gilt"}).body.empty());
}
