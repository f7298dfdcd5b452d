// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "data.h"
#include "extract/encoding.h"
#include "extract/extract.h"
#include "extract/hyphenation.h"

using namespace fundstelle;

namespace {
std::string text_of(const SourceText& source) { return source.pages.at(0).text; }
}  // namespace

TEST_CASE("hyphenation: line ends", "[extract]") {
  struct Row {
    const char *first, *second, *expected;
  };
  const std::vector<Row> rows = {
      {"die Integra-", "tion gelingt", "die Integration gelingt"},
      {"die Integra\xC2\xAD", "tion gelingt", "die Integration gelingt"},
      {"Integrations-", "und Teilhabegesetz", "Integrations- und Teilhabegesetz"},
      {"Haupt-", "oder Ehrenamt", "Haupt- oder Ehrenamt"},
      {"in Nordrhein-", "Westfalen", "in Nordrhein-Westfalen"},
      {"die CDU/", "CSU-Fraktion", "die CDU/CSU-Fraktion"},
      {"BÜNDNIS 90", "/DIE GRÜNEN", "BÜNDNIS 90/DIE GRÜNEN"},
      {"die EU-", "weite Regel", "die EU-weite Regel"},
      {"der 19-", "jährige Fahrer", "der 19-jährige Fahrer"},
      {"so-", "wie der Bund", "sowie der Bund"},
      {"deutsch-", "französische Grenze", "deutsch-französische Grenze"},
      {"ein Satz", "geht weiter", "ein Satz geht weiter"},
      {"ein Strich –", "und mehr", "ein Strich – und mehr"},
      {"der BÜND-", "NISSES", "der BÜNDNISSES"},
      {"siehe www.bund.de/amt-", "fuer-alles/x", "siehe www.bund.de/amt-fuer-alles/x"},
  };
  LineJoiner joiner;
  joiner.learn("Die deutsch-französische Freundschaft im BÜNDNISSES 90 und so weiter");
  for (const Row& row : rows) {
    std::string text = row.first;
    joiner.append(text, row.second);
    CHECK(text == row.expected);
  }
}

TEST_CASE("encoding: text is made clean", "[extract]") {
  CHECK(clean_text("a\xCC\x88") == "ä");  // composed
  CHECK(clean_text("Sti\xEF\xAC\x85"
                   "ung o\xEF\xAC\x80"
                   "en") == "Stistung offen");  // ligatures opened
  CHECK(clean_text("5\xC2\xA0\xE2\x82\xAC\r\nneu\rx") == "5 €\nneu\nx");
  CHECK(clean_text("A\xE2\x80\x91"
                   "B \xC2\x96 \xEF\xBB\xBF") == "A-B – ");
  CHECK(decode_text(std::string("B\0\xFC\0r\0g\0e\0r\0 \0i\0n\0", 18)).utf8 == "Bürger in");
  CHECK(decode_text("Gr\xFC\xDF"
                    "e")
            .encoding == "windows-1252");
  CHECK(decode_text("\xEE\xF0\xE8", "windows-1251").utf8 == "ори");
}

TEST_CASE("sniff: content decides, whatever the name", "[extract]") {
  const std::vector<std::pair<std::string, ContentKind>> rows = {
      {"%PDF-1.7\n", ContentKind::kPdf},
      {"\r\n<!doctype HTML>\n<html>", ContentKind::kHtml},
      {"<?xml version=\"1.0\"?><!-- c --><html xmlns=\"x\">", ContentKind::kHtml},
      {"<div class=\"x\"><p>Ein Fragment</p></div>", ContentKind::kHtml},
      {"<?xml version='1.0'?><dbtplenarprotokoll>", ContentKind::kXml},
      {"{\"id\": \"a\", \"text\": \"b\"}\n{\"id\": \"c\"}\n", ContentKind::kJsonl},
      {"{\n  \"id\": \"a\"\n}\n", ContentKind::kJson},
      {"Drucksache 7/1\n\nKleine Anfrage\n", ContentKind::kText},
      {"a < b und <b> ist kein Anfang", ContentKind::kText},
      {"## **KLEINE ANFRAGE**\n\n**des Abgeordneten**\n", ContentKind::kMarkdown},
      {"---\ntitel: Antrag\n---\n\nText\n", ContentKind::kMarkdown},
      {"\x89PNG\r\n\x1A\n", ContentKind::kUnknown},
      {std::string("PK\x03\x04\0\0", 6), ContentKind::kUnknown},
      {std::string("abc\0\0\0\x01\x02", 8), ContentKind::kUnknown},
  };
  for (const auto& [bytes, kind] : rows) {
    CAPTURE(bytes);
    CHECK(sniff(bytes, "x.pdf") == kind);
  }
  CHECK(sniff("Nur Text\n", "notiz.md") == ContentKind::kMarkdown);
}

TEST_CASE("read_text: a YAML head is read as YAML", "[extract]") {
  const auto head = [](const std::string& yaml) {
    std::string all;
    for (const Declared& entry : read_text("---\n" + yaml + "\n---\nText\n", true).declared)
      all += entry.name + "=" + entry.value + ";";
    return all;
  };
  CHECK(head("titel: \"Antrag:\\n  Radwege \\u00e4\"") == "yaml titel=Antrag: Radwege ä;");
  CHECK(head("titel: >-\n  über zwei\n  Zeilen\nort: ''") == "yaml titel=über zwei Zeilen;");
  CHECK(head("wer: {name: Anna, rolle: Sprecherin}\ntags: [a, b]") ==
        "yaml wer name=Anna;yaml wer rolle=Sprecherin;yaml tags=a;yaml tags=b;");
  // No valid YAML, yet plain to see.
  CHECK(head("titel: Antrag: Radwege\nnr: \"4\"") == "yaml titel=Antrag: Radwege;yaml nr=4;");
  CHECK(head("a: &x [1, 2]\nb: *x") == "yaml a=1;yaml a=2;");
  // Rules around a text are no head.
  CHECK(read_text("---\nDer Landtag möge beschließen.\n---\nText\n", true).declared.empty());
}

TEST_CASE("read_text: YAML head and Markdown", "[extract]") {
  const SourceText source = read_text(
      "---\ntitel: 'Antrag: Radwege'\ntags: [Verkehr, Umwelt]\nmover:\n  - AG 60plus\n---\n\n"
      "# Antrag **12/I**\n\n**Adressat:** alle Bürger*innen und Leser_innen, siehe "
      "[Seite](https://x.de/a_(b)).\n\n"
      "---\n\n| Kreis | km |\n|---|---|\n| Nord | 12 |\n\n1\\. Punkt\n",
      true);
  REQUIRE(source.declared.size() == 4);
  CHECK(source.declared[0].name == "yaml titel");
  CHECK(source.declared[0].value == "Antrag: Radwege");
  CHECK(source.declared[2].value == "Umwelt");
  CHECK(source.declared[3].name == "yaml mover");
  CHECK(text_of(source) ==
        "Antrag 12/I\n\nAdressat: alle Bürger*innen und Leser_innen, siehe Seite.\n\n"
        "Kreis\tkm\nNord\t12\n\n1. Punkt");
  REQUIRE(source.headings.size() == 1);
  CHECK(source.tables.size() == 1);
}

TEST_CASE("read_text: margin line numbers go, numbers of the text stay", "[extract]") {
  CHECK(
      text_of(read_text(
          "Beschluss\n\n1 Die Stadt soll bis 2030 die Zahl der Rad-\n2 wege verdoppeln und dafür\n"
          "3 20 Millionen Euro ausgeben.\n\n4 Dazu gehören:\n\n- 5 • sichere Wege zu den\n6 "
          "Schulen,\n"
          "- 7 • Brücken.\n",
          false)) ==
      "Beschluss\n\nDie Stadt soll bis 2030 die Zahl der Radwege verdoppeln und dafür 20 Millionen "
      "Euro "
      "ausgeben.\n\nDazu gehören:\n\n• sichere Wege zu den Schulen,\n• Brücken.");
  const std::string list = "1 Apfel\n\nDann kam lange nichts.\nUnd noch etwas.\n2 Birnen\nEnde.\n";
  CHECK(text_of(read_text(list, false)) ==
        "1 Apfel\n\nDann kam lange nichts.\nUnd noch etwas.\n2 Birnen\nEnde.");
}

TEST_CASE("read_text: page lines and imprint are furniture, letter-spacing is closed",
          "[extract]") {
  const SourceText source = read_text(
      "V o r b e m e r k u n g  d e r  F r a g e s t e l l e r\nDer Bund zahlt.\n"
      "Deutscher Bundestag – 21. Wahlperiode – 3 – Drucksache 21/781\nDas Land auch – 2 – Mal im "
      "Jahr.\n"
      "Gesamtherstellung: Muster GmbH, 12103 Berlin\nVertrieb: Verlag GmbH, Postfach 1, Telefon 1, "
      "www.x.de\nISSN 0722-8333",
      false);
  CHECK(text_of(source) ==
        "Vorbemerkung der Fragesteller\nDer Bund zahlt.\nDas Land auch – 2 – Mal im Jahr.");
  CHECK(source.furniture.size() == 4);
}

TEST_CASE("read_text: form feeds part pages", "[extract]") {
  const SourceText source = read_text("Seite eins\n\fSeite zwei\n\f", false);
  CHECK(source.paged);
  REQUIRE(source.pages.size() == 2);
  CHECK(source.pages[1].text == "Seite zwei");
  CHECK(source.pages[1].number == 2);
}

TEST_CASE("read_text: teasers after an article go, lists in it stay", "[extract]") {
  const std::string paragraph =
      "Die Konferenz begann am Morgen mit einer Rede der Ministerin. Danach berieten die Fachleute "
      "in Gruppen über die Aufgaben der Gemeinden. Am Abend stellten sie ihre Ergebnisse vor.\n\n";
  std::string teasers;
  for (const char* label : {"Polizei", "Justiz", "Corona-Hilfen", "Kunst und Kultur", "Steuern"}) {
    teasers += std::string("Blick auf ein Gebäude (Foto: dpa)\n  • ") + label +
               "\n\nBund beschließt etwas\n\n";
  }
  const std::string article =
      paragraph + "Programm\n\n• Begrüßung\n• Vortrag\n• Aussprache\n\n" + paragraph;
  const std::string text = text_of(read_text(article + teasers, false));
  CHECK(text.find("• Vortrag") != std::string::npos);
  CHECK(text.ends_with("ihre Ergebnisse vor."));
  // An agenda at the end is no teaser list.
  const std::string agenda = text_of(read_text(
      paragraph + paragraph + "• Begrüßung\n• Vortrag\n• Bericht\n• Wahl\n• Ende\n", false));
  CHECK(agenda.find("• Ende") != std::string::npos);
}

TEST_CASE("read_text: the five documents the product was conceived from", "[extract][data]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  const auto read = [&](const std::string& name) {
    std::ifstream in(data / "seeds" / name, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    return text_of(read_text(bytes, sniff(bytes, name) == ContentKind::kMarkdown));
  };
  const std::string numbered = read("001_a08b1944e00ac6bb.txt");
  CHECK(numbered.find("zu achten nicht umzusetzen.") != std::string::npos);
  CHECK(numbered.find("• die Zuständigkeit für Ausländerangelegenheiten zu verlagern und "
                      "Integrationsaufgaben") != std::string::npos);
  CHECK(numbered.find("16") == std::string::npos);
  const std::string captions = read("002_0f2cfa63a6268e5c.txt");
  CHECK(captions.find("Fishbowl auf der Bundeskonferenz") ==
        captions.rfind("Fishbowl auf der Bundeskonferenz"));
  const std::string teasers = read("003_02693e96af77911f.txt");
  CHECK(teasers.ends_with("sozial beraten und begleiten."));
  const std::string markdown = read("004_ce23ce1f22db8fe0.txt");
  CHECK(markdown.starts_with("KLEINE ANFRAGE\n\ndes Abgeordneten Peter Ritter"));
  CHECK(markdown.find_first_of("*#") == std::string::npos);
}
