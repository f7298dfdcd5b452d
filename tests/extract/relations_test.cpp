// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "extract/interpret.h"

using namespace fundstelle;

namespace {

std::vector<std::string> relations_of(const std::string& text) {
  SourceText source;
  source.media_type = "text/plain";
  source.pages.push_back({1, text});
  std::vector<std::string> out;
  for (const Relation& relation : interpret(source).relations)
    out.push_back(std::string(to_string(relation.kind)) + " " + relation.number);
  return out;
}

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("relations: corrections, supplements, new versions and answers", "[extract][relations]") {
  CHECK(relations_of(
            "Deutscher Bundestag Drucksache zu 99/41207\n\n99. Wahlperiode 10.12.2039\n\n"
            "Ergänzende Antwort\n\nder Bundesregierung\n\nzu der Antwort auf die Kleine "
            "Anfrage der Abgeordneten Ada Beispiel und der Fraktion der SPD\n\n– Drucksachen "
            "99/40885, 99/41207 –\n\nBäume an Bahnstrecken\n\nDie Länder haben ergänzt.") ==
        List{"answers 99/40885", "supplements 99/41207"});
  CHECK(
      relations_of("Deutscher Bundestag Drucksache 99/42007 (neu)\n\n99. Wahlperiode 27.05.2039\n\n"
                   "Antrag\n\nder Fraktion der SPD\n\nGesunde Ernährung\n\nDer Bundestag wolle "
                   "beschließen:") == List{"corrects 99/42007"});
  CHECK(
      relations_of("Deutscher Bundestag Drucksache 99/42100\n\n99. Wahlperiode 27.05.2039\n\n"
                   "Berichtigung\n\nzu der Antwort der Bundesregierung auf die Kleine Anfrage der "
                   "Fraktion der SPD\n\n– Drucksache 99/42007 –\n\nBäume\n\nAuf Seite 3 muss es "
                   "heißen: zwölf.") == List{"corrects 99/42007"});
  // A title that begins so is no supplement.
  CHECK(relations_of(
            "Deutscher Bundestag Drucksache 99/617\n\n99. Wahlperiode 27.05.2039\n\nAntwort\n\n"
            "der Bundesregierung\n\nauf die Kleine Anfrage der Fraktion der SPD\n\n– "
            "Drucksache 99/489 –\n\nErgänzung der Angaben auf Bundestagsdrucksache 99/145\n\n"
            "1. Was gilt?\n\nNichts.") == List{"answers 99/489"});
}
