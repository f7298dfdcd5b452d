// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/identity.h"

#include <catch2/catch.hpp>
#include <set>

#include "document/document.h"
#include "identity/ministry_name.h"

using namespace fundstelle;

namespace {
std::string slug(Axis axis, const char* printed) {
  const Identity* found = find_identity(axis, printed);
  return found == nullptr ? "?" : std::string(found->slug);
}
}  // namespace

TEST_CASE("identity: groups meet over spellings, form words and years", "[identity]") {
  const auto [printed, expected] = GENERATE(table<const char*, const char*>({
      {"CDU/CSU", "cdu-csu"},
      {"Fraktion der CDU/CSU", "cdu-csu"},
      {"CDU", "cdu"},
      {"CSU", "csu"},
      {"CDU-Landtagsfraktion", "cdu"},
      {"Fraktion der Fraktion der SPD", "spd"},
      {"SPD-Fraktion", "spd"},
      {"F.D.P.", "fdp"},
      {"FDP/DVP", "fdp"},
      {"Fraktion der Freien Demokraten", "fdp"},
      {"B90/Grüne", "gruene"},
      {"BÜNDNIS 90/DIE\nGRÜNEN", "gruene"},
      {"Bu\xCC\x88ndnis 90/Die Gru\xCC\x88nen", "gruene"},
      {"GRUENE", "gruene"},
      {"Fraktion DIE LINKE.", "linke"},
      {"PDS/LL", "linke"},
      {"Gruppe der PDS", "linke"},
      {"Gruppe BSW", "bsw"},
      {"AfD", "afd"},
      {"Freie Wähler", "freie-waehler"},
      {"fraktionslos", "fraktionslos"},
      {"Südschleswigscher Wählerverband", "ssw"},
      {"Fraktion", "?"},
      {"Gruppe", "?"},
      {"Fraktion der Vernunft", "?"},
  }));
  CAPTURE(printed);
  CHECK(slug(Axis::kGroup, printed) == expected);
}

TEST_CASE("identity: bodies by name, genitive and code", "[identity]") {
  const auto [printed, expected] = GENERATE(table<const char*, const char*>({
      {"Deutscher Bundestag", "bt"},
      {"BUNDESRAT", "br"},
      {"LANDTAG MECKLENBURG-VORPOMMERN", "landtag-mv"},
      {"Abgeordnetenhaus Berlin", "landtag-be"},
      {"MEVO", "landtag-mv"},
      {"SACA", "landtag-st"},
      {"BÜRGERSCHAFT DER FREIEN UND HANSESTADT HAMBURG", "landtag-hh"},
      {"Landesregierung Baden-Württemberg", "regierung-bw"},
      {"Rat der Stadt Köln", "?"},
  }));
  CAPTURE(printed);
  CHECK(slug(Axis::kBody, printed) == expected);
}

TEST_CASE("identity: federal houses keep one identity when renamed", "[identity]") {
  const auto [printed, expected] = GENERATE(table<const char*, const char*>({
      {"Bundesministeriums für Verkehr, Bau- und Wohnungswesen", "bm-verkehr"},
      {"Bundesministerium für Digitales und Verkehr", "bm-verkehr"},
      {"Bundesministerin der Justiz und für Verbraucherschutz", "bm-justiz"},
      {"des Bundesministeriums des Innern, für Bau und Heimat", "bm-innen"},
      {"Auswärtigen Amts", "auswaertiges-amt"},
      {"des Auswärtigen Amtes", "auswaertiges-amt"},
      {"BMWK", "bm-wirtschaft"},
      {"Bundesministerium für Wirtschaft und Energie", "bm-wirtschaft"},
      {"Niedersächsischen Ministeriums für Inneres und Sport", "ni-innen"},
      {"Bayerische Staatskanzlei", "by-staatskanzlei"},
      {"Ministerium für Inneres und Sport", "?"},
  }));
  CAPTURE(printed);
  CHECK(slug(Axis::kMinistry, printed) == expected);
}

TEST_CASE("identity: a Land's house is known by the paper's body", "[identity]") {
  const auto house = [](const char* printed, const char* body) {
    const Identity* found = find_ministry(printed, body);
    return found == nullptr ? std::string("?") : std::string(found->slug);
  };
  CHECK(house("Innenministerium", "landtag-sh") == "sh-innen");
  CHECK(house("Ministeriums für Inneres und Europa", "landtag-mv") == "mv-innen");
  CHECK(house("Staatsministerium", "landtag-bw") == "bw-staatskanzlei");
  CHECK(house("Ministerin für Wissenschaft, Forschung und Kultur", "landtag-bb") ==
        "bb-wissenschaft");
  CHECK(house("Bundesministerium der Finanzen", "landtag-bb") == "bm-finanzen");
  CHECK(house("Ministerium für Zauberei", "landtag-bb") == "?");
}

TEST_CASE("identity: topics with commas are one name; a rename keeps the area", "[identity]") {
  CHECK(identities(Axis::kTopic).size() == 28);
  CHECK(slug(Axis::kTopic, "Ausländerpolitik, Zuwanderung") == "migration");
  CHECK(slug(Axis::kTopic, "Migration und Aufenthaltsrecht") == "migration");
  CHECK(slug(Axis::kTopic, "Öffentliche Finanzen, Steuern und Abgaben") == "finanzen");
  CHECK(slug(Axis::kTopic, "Neue Bundesländer / innerdeutsche Beziehungen") == "neue-laender");
}

TEST_CASE("identity: slugs are unique and lead back to their identity", "[identity]") {
  for (const Axis axis : {Axis::kType, Axis::kBody, Axis::kGroup, Axis::kMinistry, Axis::kTopic}) {
    std::set<std::string_view> seen;
    for (const Identity& identity : identities(axis)) {
      CAPTURE(identity.slug);
      CHECK(seen.insert(identity.slug).second);
      CHECK(identity_of_slug(axis, identity.slug) == &identity);
      CHECK_FALSE(identity.label.empty());
      if (axis != Axis::kMinistry) CHECK(find_identity(axis, identity.label) == &identity);
    }
  }
}

TEST_CASE("identity: an unknown value keeps a slug of its print", "[identity]") {
  CHECK(slug_of("Rat der Stadt Köln") == "rat-der-stadt-koeln");
  CHECK(slug_of("Größe & Maß") == "groesse-mass");
  CHECK(slug_of("").empty());
  CHECK_FALSE(slug_of("Дума").empty());
  CHECK(slug_of("Дума") != slug_of("Сейм"));
  const std::string lengthy(400, 'x');
  CHECK(slug_of(lengthy).size() <= 120);
  CHECK(slug_of(lengthy) != slug_of(lengthy + "y"));

  Document document;
  document.type = "Denkschrift";
  document.body = "Landtag Mecklenburg-Vorpommern";
  document.groups = {"Fraktion der PDS", "DIE LINKE"};
  document.ministries = {"Innenministerium", "Amt für Rätsel"};
  resolve_identities(document);
  CHECK(document.type_id == "denkschrift");
  CHECK(document.body_id == "landtag-mv");
  CHECK(document.group_ids == std::vector<std::string>{"linke"});
  CHECK(document.ministry_ids == std::vector<std::string>{"mv-innen", "amt-fuer-raetsel"});
}

TEST_CASE("identity: names of houses in the nominative", "[identity]") {
  const auto [printed, expected] = GENERATE(table<const char*, const char*>({
      {"des Staatsministeriums des Innern, für Bau und Verkehr",
       "Staatsministerium des Innern, für Bau und Verkehr"},
      {"der Staatsministerin für Gesundheit und Pflege",
       "Staatsministerium für Gesundheit und Pflege"},
      {"der Leiterin der Bayerischen Staatskanzlei Staatsministerin für Sonderaufgaben",
       "Bayerische Staatskanzlei"},
      {"der Bayerischen Staatskanzlei", "Bayerische Staatskanzlei"},
      {"des Niedersächsischen Ministeriums für Inneres und Sport",
       "Niedersächsisches Ministerium für Inneres und Sport"},
      {"der Minister des Innern und für Kommunales", "Ministerium des Innern und für Kommunales"},
      {"dem Staatsministerium für Umwelt und Verbraucherschutz (StMUV)",
       "Staatsministerium für Umwelt und Verbraucherschutz"},
      {"des Ministeriums für Bildung des Landes Sachsen-Anhalt", "Ministerium für Bildung"},
      {"des Thüringer Ministeriums für Inneres", "Thüringer Ministerium für Inneres"},
      {"Finanzminister", "Finanzministerium"},
      {"des Auswärtigen Amts", "Auswärtiges Amt"},
      {"des Senats", "Senat"},
  }));
  CHECK(ministry_name(printed) == expected);
}
