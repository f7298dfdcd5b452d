// SPDX-License-Identifier: GPL-3.0-or-later
//
// Annexes, withheld parts, committee, place: what stands beyond the head of a paper.
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

const std::string kHead =
    "Deutscher Bundestag Drucksache 21/900\n21. Wahlperiode 12.06.2025\n\nAntwort\nder "
    "Bundesregierung\nauf die Kleine Anfrage der Abgeordneten Anna Muster und der Fraktion der "
    "SPD\n– Drucksache 21/700 –\n\nZustand der Brücken\n\n1. Wie viele Brücken gibt es?\n\n";

}  // namespace

TEST_CASE("interpret: annexes are those with a heading of their own", "[interpret]") {
  const Document document =
      read(kHead +
           "Es wird auf die\n\nAnlage 1 zu Frage 1 verwiesen.\n\nAnlage 1 zu Frage 1\n\nLand "
           "Zahl\n\nAnlage 1 zu Frage 1\n\nBayern 3\n\nAnlage 2\n\nEnde\n");
  CHECK(document.attachments == std::vector<std::string>{"Anlage 1 zu Frage 1", "Anlage 2"});
  CHECK(document.read.count("attachments") == 1);
  CHECK(read(kHead + "Zwölf. Von einer Drucklegung der Anlage wird abgesehen.\n").attachments ==
        std::vector<std::string>{"Anlage (nicht gedruckt)"});
  CHECK(read(kHead + "Zwölf.\n").attachments.empty());
}

TEST_CASE("interpret: what an answer does not print is named by its grade", "[interpret]") {
  const Document document =
      read(kHead +
           "Die Antwort kann nicht offen erfolgen. Die Informationen sind als Verschlusssache "
           "„VS – Nur für den Dienstgebrauch“ eingestuft und werden gesondert übermittelt.\n");
  CHECK(document.withheld == "VS – Nur für den Dienstgebrauch");
  REQUIRE(document.read.count("withheld") == 1);
  const Span span = document.read.at("withheld").span;
  CHECK(document.pages[0].text.substr(span.begin, span.end - span.begin) ==
        "VS – Nur für den Dienstgebrauch");
  CHECK(read(kHead + "Der Wolf ist als gefährdet eingestuft.\n").withheld.empty());
}
