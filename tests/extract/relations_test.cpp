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

TEST_CASE("relations: papers of other houses in an answer's head are not what it answers",
          "[extract][relations]") {
  const std::string head =
      "Deutscher Bundestag Drucksache 19/99207\n\n19. Wahlperiode 22.10.2019\n\nAntwort\n\n"
      "der Bundesregierung\n\nauf die Kleine Anfrage der Fraktion der SPD\n\n";
  CHECK(relations_of(head +
                     "– Drucksache 19/98885 –\n\nBäume\n\nVorbemerkung der Fragesteller\n\n"
                     "Ein Land hatte berichtigt (vgl. LT-Drs. 6/8347 und BT-Drs. 19/145).\n\n"
                     "1. Was gilt?\n\nNichts.") == List{"answers 19/98885"});
  // Its own number is not read here: the other's does not take its place.
  CHECK(relations_of(head + "Bäume\n\nVorbemerkung der Fragesteller\n\nAn Drucksache 6/8347 des "
                            "Landtags wird erinnert.\n\n1. Was gilt?\n\nNichts.")
            .empty());
  // Questions asked in one legislature are answered in the next.
  CHECK(relations_of(head + "– Drucksache 18/98885 –\n\nBäume\n\n1. Was gilt?\n\nNichts.") ==
        List{"answers 18/98885"});
  // A correction bears the title of what it corrects.
  CHECK(relations_of("Landtag Mecklenburg-Vorpommern Drucksache 6/99402\n\n6. Wahlperiode "
                     "01.07.2016\n\nBerichtigung\n\nder Antwort der Landesregierung auf die "
                     "Kleine Anfrage auf Drucksache 6/99347\n\nNachfrage zu Drucksache 6/99112: "
                     "Bäume\n\nEs muss heißen: zwölf.") == List{"corrects 6/99347"});
}
