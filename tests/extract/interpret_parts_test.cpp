// SPDX-License-Identifier: GPL-3.0-or-later
//
// The mechanisms layouts share: dates, names, houses.
#include <catch2/catch.hpp>

#include "extract/interpret_dates.h"
#include "extract/interpret_fields.h"
#include "extract/interpret_houses.h"
#include "extract/interpret_names.h"

using namespace fundstelle;
using Names = std::vector<std::string>;

TEST_CASE("interpret: dates in every printed form become ISO", "[interpret]") {
  const auto [printed, expected] = GENERATE(table<const char*, const char*>({
      {"12.08.2016", "2016-08-12"},
      {"01. 02. 2017", "2017-02-01"},
      {"22.07.16", "2016-07-22"},
      {"1.3.87", "1987-03-01"},
      {"12. August 2016", "2016-08-12"},
      {"07. Dez. 2015", "2015-12-07"},
      {"3. März 2020", "2020-03-03"},
      {"2017-03-07", "2017-03-07"},
      {"2022-01-21T09:43+01:00", "2022-01-21"},
      {"29.02.2015", "none"},
      {"31.11.2015", "none"},
      {"12.13.2015", "none"},
      {"November 2015", "none"},
      {"1.2", "none"},
  }));
  CAPTURE(printed);
  CHECK(parse_date(printed).value_or("none") == expected);
}

TEST_CASE("interpret: movers are persons without titles, groups as printed", "[interpret]") {
  struct Row {
    const char* printed;
    Names authors, groups;
  };
  const Row row = GENERATE(values<Row>({
      {"der Abgeordneten Anna Muster, Dr. Bert\nBeispiel, weiterer Abgeordneter und der Fraktion "
       "BÜNDNIS 90/DIE\nGRÜNEN",
       {"Anna Muster", "Bert Beispiel"},
       {"BÜNDNIS 90/DIE GRÜNEN"}},
      {"der Fraktionen der CDU/CSU und SPD", {}, {"CDU/CSU", "SPD"}},
      {"des Abg. Dr. Bernd Probe FDP/DVP", {"Bernd Probe"}, {"FDP/DVP"}},
      {"des Abgeordneten Prof. (Univ. Lima) Dr. Paul Muster FREIE WÄHLER",
       {"Paul Muster"},
       {"FREIE WÄHLER"}},
      {"der Abgeordneten Eva von der Aue und Jan-Niclas Graf Lambsdorff (SPD)",
       {"Eva von der Aue", "Jan-Niclas Graf Lambsdorff"},
       {"SPD"}},
      {"der Abgeordneten Kerstin Schrey\n-Stab CSU", {"Kerstin Schrey-Stab"}, {"CSU"}},
      {"Björn Eins, Dr. Maike Zwei und Fraktion Bündnis 90/Die Grünen",
       {"Björn Eins", "Maike Zwei"},
       {"Bündnis 90/Die Grünen"}},
      {"der Abgeordneten Ulrike Drei der SPD-Fraktion", {"Ulrike Drei"}, {"SPD"}},
      {"der Bundesregierung", {}, {}},
  }));
  CAPTURE(row.printed);
  const Movers movers = read_movers(row.printed);
  CHECK(movers.authors == row.authors);
  CHECK(movers.groups == row.groups);
}

TEST_CASE("interpret: names of an index are turned round", "[interpret]") {
  CHECK(person_name("Notz, Konstantin von, Dr.") == "Konstantin von Notz");
  CHECK(person_name("Muster, Eva, Prof.") == "Eva Muster");
  CHECK(person_name("Drucksache").empty());
  CHECK(person_name("19/1234").empty());
}

TEST_CASE("interpret: co-answering houses are told apart although their names hold commas and und",
          "[interpret]") {
  CHECK(read_houses("das Staatsministerium im Einvernehmen mit dem Ministerium für Arbeit und "
                    "Sozialordnung, Familie,\nFrauen und "
                    "Senioren, dem Ministerium für Finanzen und Wirtschaft und dem "
                    "Ministerium\n\nfür Wissenschaft, Forschung und Kunst "
                    "die Kleine Anfrage wie folgt") ==
        Names{"Staatsministerium",
              "Ministerium für Arbeit und Sozialordnung, Familie, Frauen und Senioren",
              "Ministerium für Finanzen und Wirtschaft",
              "Ministerium für Wissenschaft, Forschung und Kunst"});
  CHECK(read_houses("der Minister des Innern und für Kommu-\n\nnales die Kleine Anfrage") ==
        Names{"Ministerium des Innern und für Kommunales"});
  CHECK(read_houses("der Leiterin der Bayerischen Staatskanzlei,\nStaatsministerin für "
                    "Bundesangelegenheiten vom") == Names{"Bayerische Staatskanzlei"});
  CHECK(read_houses("der Landesregierung") == Names{"Landesregierung"});
  CHECK(read_houses("der Landesregierung beantwortet das Finanzministerium") ==
        Names{"Finanzministerium"});
  CHECK(read_houses("Ausschuss für Recht").empty());
}

TEST_CASE("interpret: a badly scanned Saxon letterhead is read by likeness, other text is not",
          "[interpret]") {
  CHECK(read_saxon_letterhead("STAATSM1N1STEK1UM DES 1NNERN Freistaat") ==
        "Staatsministerium des Innern");
  CHECK(read_saxon_letterhead("STAATSMlNlSTERlUM FÜR SOllALES UND VERBRAlJCHERSCl-lUTZ") ==
        "Staatsministerium für Soziales und Verbraucherschutz");
  CHECK(read_saxon_letterhead("Antrag der Fraktion auf Einsetzung eines Ausschusses").empty());
}

TEST_CASE("interpret: every pattern of every layout compiles", "[interpret]") {
  for (const Layout* layout : parliament_layouts()) {
    INFO(layout->name);
    CHECK(compiled(layout->head).ok());
    for (const auto* list :
         {&layout->askers, &layout->titles, &layout->houses, &layout->left_out}) {
      for (const char* pattern : *list) {
        INFO(pattern);
        CHECK(compiled(pattern).ok());
      }
    }
    for (const DateRule& rule : layout->dates) {
      INFO(rule.pattern);
      CHECK(compiled(rule.pattern).ok());
      CHECK(compiled(rule.pattern).NumberOfCapturingGroups() >= 1);
    }
  }
}
