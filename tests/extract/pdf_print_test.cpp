// SPDX-License-Identifier: GPL-3.0-or-later
//
// Prints that mislead: side columns, heads beside large type, repeated last lines, short papers,
// words broken without a sign, scans.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "data.h"
#include "extract/extract.h"
#include "extract/hyphenation.h"
#include "extract/ocr.h"
#include "extract/word_list.h"
#include "pdf_maker.h"

using namespace fundstelle;
using fundstelle::test::make_pdf;
using fundstelle::test::Printed;

namespace {

/// Text of a page in one line.
std::string text_of(const PdfText& pdf, std::size_t page = 0) {
  std::string text = pdf.text.pages.at(page).text;
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("read_pdf: a letter's side column does not tear its text apart", "[extract]") {
  std::ifstream in(std::string(FUNDSTELLE_SOURCE_DIR) + "/corpus/sachsen/7_Drs_28114_0_1_1_.pdf",
                   std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  const std::string text = text_of(read_pdf(bytes));
  CHECK(contains(text, "Verbleib der Seiteneinsteiger an Oberschulen"));
  CHECK(contains(text, "Staatsregierung beantworte ich die Kleine Anfrage wie folgt"));
  CHECK(contains(text, "14. September 2021"));
}

TEST_CASE("read_pdf: two small lines beside one in large type stay two", "[extract]") {
  std::vector<Printed> page = {{60, 80, "HESSISCHER LANDTAG", 20},
                               {430, 73, "20. Wahlperiode", 10},
                               {430, 85, "Drucksache 20/16215", 10}};
  for (int i = 0; i < 6; ++i)
    page.push_back(
        {60, 130.0 + 14 * i, "Bekannt sind die Schließungen von vier Lichtspielhäusern."});
  const std::string text = text_of(read_pdf(make_pdf({page})));
  CHECK(contains(text, "20. Wahlperiode"));
  CHECK(contains(text, "Drucksache 20/16215"));
}

TEST_CASE("read_pdf: one small line at the very edge of a single page is its foot", "[extract]") {
  const auto paper = [](double y, double size, const std::string& last) {
    std::vector<Printed> page;
    for (int i = 0; i < 12; ++i)
      page.push_back({60, 80.0 + 16 * i, "Bekannt sind die Schließungen von vier Häusern.", 11});
    page.push_back({60, y, last, size});
    return read_pdf(make_pdf({page}));
  };
  const std::string foot = "Imkerbund Landesverband Nord";
  const PdfText taken = paper(815, 8, foot);
  CHECK_FALSE(contains(text_of(taken), foot));
  CHECK(taken.text.furniture == std::vector<std::string>{foot});
  // In the type of the text, nearer to it, a note or the source of a table: text.
  CHECK(contains(text_of(paper(815, 11, foot)), foot));
  CHECK(contains(text_of(paper(700, 8, foot)), foot));
  CHECK(contains(text_of(paper(815, 8, "1 Ohne Bienen")), "Ohne Bienen"));
  CHECK(contains(text_of(paper(815, 8, "Quelle: Imkerbund")), "Quelle: Imkerbund"));
}

TEST_CASE("read_pdf: a line that asks is no running foot, however alike", "[extract]") {
  const std::vector<std::string> things = {"Brücken", "Tunnel", "Durchlässe", "Bahnhöfe"};
  std::vector<std::vector<Printed>> pages;
  for (int p = 0; p < 4; ++p) {
    std::vector<Printed> page;
    for (int i = 0; i < 40; ++i)
      page.push_back({60, 80.0 + 14 * i,
                      "Zeile " + std::string(1, static_cast<char>('a' + p)) +
                          " mit laufendem Text über Brücken und Straßen im Land."});
    // Question 3.1 on the first page, 4.2 on the next: the number seems to count the pages.
    const std::string label = std::to_string(3 + p) + "." + std::to_string(1 + p);
    page.push_back({60, 646,
                    label + " Welche " + things[static_cast<std::size_t>(p)] +
                        " der Bahn sind nach dem Bericht des Jahres in einem"});
    page.push_back({290, 800, "Seite " + std::to_string(p + 1) + " / 4"});
    pages.push_back(page);
  }
  const PdfText pdf = read_pdf(make_pdf(pages));
  for (std::size_t p = 0; p < 4; ++p) {
    CHECK(contains(text_of(pdf, p), "Welche " + things[p] + " der Bahn"));
    CHECK_FALSE(contains(text_of(pdf, p), "Seite "));
  }
}

TEST_CASE("read_pdf: a short paper is read, a stamp on a scan is not", "[extract]") {
  const PdfText paper = read_pdf(make_pdf({{{60, 100, "Berichtigung folgt."}}}));
  REQUIRE(paper.state == ExtractState::kOk);
  CHECK(text_of(paper) == "Berichtigung folgt.");
  // The same words on a page mostly covered by a picture (here: a black area).
  const PdfText scan = read_pdf(
      test::pdf_of_streams({"BT /F1 10 Tf 60 800 Td (Eingang 12) Tj ET 0 g 80 80 400 600 re f"}));
  CHECK(scan.state == ExtractState::kNeedsOcr);
}

TEST_CASE("line joiner: words broken without a sign are mended by a word list", "[extract]") {
  const test::ScratchDir scratch;
  const auto path = scratch.path() / "words";
  std::ofstream(path) << "Ausbau\nBau\nBundesregierung\nEntscheidung\nProjektnummer\n"
                         "Prüfung\nVerfahren\nZuge\naus\nden\nfahren\n"
                         "gehen\nhat\nlaufend\nlaufenden\nsagen\nsagt\nseitens\nzu\n"
                         "zugehen\nzugesagt\nzusagen\n";
  const WordList words(path.string());
  CHECK(words.knows("ausbau"));
  CHECK(words.knows("Laufenden"));
  CHECK_FALSE(words.knows("Laufende"));
  LineJoiner joiner(&words);
  for (int i = 0; i < 30; ++i) joiner.learn("Ein Satz steht hier in einer Zeile und endet in ihr.");
  for (const char* line : {"mit der Pro", "jektnummer und der Bundesregie", "rung ist die Entschei",
                           "dung gefallen, sei", "tens des Bundes"})
    joiner.learn(line);
  joiner.finish_learning();
  const auto join = [&](std::string text, const char* next) {
    joiner.append(text, next);
    return text;
  };
  CHECK(join("mit der Pro", "jektnummer 5") == "mit der Projektnummer 5");
  CHECK(join("mit der laufen", "den Nummer") == "mit der laufenden Nummer");
  CHECK(join("das ist zu", "sagen") == "das ist zu sagen");
  CHECK(join("im Prüfungsver", "fahren ist") == "im Prüfungsverfahren ist");
  CHECK(join("nach Prüfung", "fahren sie") == "nach Prüfung fahren sie");
  CHECK(join("schon zuge", "sagt worden") == "schon zugesagt worden");
  CHECK(join("im Zuge", "dessen") == "im Zuge dessen");
  CHECK(join("(amt.de/leben/wege/aus-dem-bue", "ro-artikel.html)") ==
        "(amt.de/leben/wege/aus-dem-buero-artikel.html)");
  CHECK(join("eine Regelung", "gehen wir an") == "eine Regelung gehen wir an");
  // Without evidence in the document nothing is joined.
  LineJoiner other(&words);
  for (int i = 0; i < 30; ++i) other.learn("Ein Satz steht hier in einer Zeile und endet in ihr.");
  other.finish_learning();
  std::string text = "das Pro";
  other.append(text, "jektnummer");
  CHECK(text == "das Pro jektnummer");
}

TEST_CASE("line joiner: addresses keep their hyphens unless they break a word", "[extract]") {
  const test::ScratchDir scratch;
  const auto path = scratch.path() / "words";
  std::ofstream(path) << "Artikel\nErziehung\nManagement\n";
  const WordList words(path.string());
  LineJoiner joiner(&words);
  std::string one = "www.example.org/leben/erzie-";
  joiner.append(one, "hung/cannabis");
  CHECK(one == "www.example.org/leben/erziehung/cannabis");
  std::string two = "onen/externe-";
  joiner.append(two, "personen-artikel.html");
  CHECK(two == "onen/externe-personen-artikel.html");
  const auto join = [&](std::string text, const char* next) {
    joiner.append(text, next);
    return text;
  };
  CHECK(join("(region.ratsmanage-", "ment.net/wege") == "(region.ratsmanagement.net/wege");
  CHECK(join("https://a.de/Qx7T-", "w2Ju/x") == "https://a.de/Qx7T-w2Ju/x");
  // A document that certainly breaks one address like words does so with all.
  joiner.learn("siehe (region.ratsmanage-");
  joiner.learn("ment.net/wege/aus/dem) und weiter");
  CHECK(join("https://a.de/Qx7T-", "w2Ju/x") == "https://a.de/Qx7Tw2Ju/x");
  CHECK(join("https://a.de/gegen-", "rechts/x") == "https://a.de/gegen-rechts/x");
}

TEST_CASE("read_pdf: bold lines in the size of the text are headings; questions and labels are not",
          "[extract]") {
  std::vector<Printed> page;
  double y = 100;
  const auto add = [&](const std::string& text, bool bold, double below = 13) {
    page.push_back({70, y, text});
    page.back().bold = bold;
    y += below;
  };
  const auto paragraph = [&] {
    add("Der Ausschuss hat die Vorlage in seiner Sitzung am Mittwoch lange", false);
    add("beraten und empfiehlt dem Plenum einstimmig ihre Annahme in der", false);
    add("geänderten Fassung; die Kosten tragen Bund und Land zur Hälfte.", false, 26);
  };
  add("Gesunde Böden", true);
  paragraph();
  add("1. Wie viele Böden sind krank?", true);
  paragraph();
  add("Zu Frage 2:", true);
  paragraph();
  add("Ein fetter Satz endet mit einem Punkt.", true);
  paragraph();
  add("Wasser für alle Gemeinden", true);
  paragraph();
  const PdfText pdf = read_pdf(make_pdf({page}));
  REQUIRE(pdf.state == ExtractState::kOk);
  std::vector<std::string> headings;
  for (const MarkedHeading& heading : pdf.text.headings) {
    headings.push_back(
        pdf.text.pages[0].text.substr(heading.span.begin, heading.span.end - heading.span.begin));
    CHECK(heading.level == 3);
  }
  CHECK(headings == std::vector<std::string>{"Gesunde Böden", "Wasser für alle Gemeinden"});

  // Where most is bold, bold says nothing.
  for (Printed& printed : page) printed.bold = true;
  CHECK(read_pdf(make_pdf({page})).text.headings.empty());
}

TEST_CASE("read_pdf: a scan is read by recognition and says so", "[extract][data]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  const TextRecognizer recognizer;
  std::ifstream in(data / "gold/typeset/i-fallen-08.pdf", std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  ExtractOptions options;
  options.ocr = true;
  options.ocr_pages = 1;
  const PdfText pdf = read_pdf(bytes, options);
  if (!recognizer.trouble().empty()) {
    CHECK(contains(pdf.message, "tesseract-ocr-deu"));
    WARN("no text recognition here: " << recognizer.trouble());
    return;
  }
  REQUIRE(pdf.state == ExtractState::kOk);
  CHECK(contains(text_of(pdf), "Drucksache"));
  CHECK(std::any_of(pdf.text.warnings.begin(), pdf.text.warnings.end(),
                    [](const Warning& warning) { return warning.code == "ocr"; }));
}
