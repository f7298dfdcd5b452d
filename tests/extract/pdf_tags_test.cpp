// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tagged PDF: what the tags add to what geometry sees, and when they are not believed.
#include "extract/pdf_tags.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "extract/extract.h"
#include "pdf_maker.h"

using namespace fundstelle;
using fundstelle::test::make_pdf;
using fundstelle::test::Printed;

namespace {

std::string heading_text(const PdfText& pdf, std::size_t i) {
  const Span span = pdf.text.headings.at(i).span;
  return pdf.text.pages.at(span.page - 1).text.substr(span.begin, span.end - span.begin);
}

const std::vector<std::string> kLines = {
    "Der Ausschuss hat die Vorlage in seiner Sitzung am Mittwoch be-",
    "raten und empfiehlt dem Plenum einstimmig ihre Annahme in der ge-",
    "änderten Fassung; die Kosten tragen Bund und Land je zur Hälfte."};

/// Headings in the type of the text and close to it: only tags can tell.
std::vector<Printed> plain_page(const std::string& first_tag, const std::string& second_tag) {
  std::vector<Printed> page;
  double y = 100;
  const auto add = [&](const std::string& text, const std::string& tag) {
    page.push_back({70, y, text});
    page.back().tag = tag;
    y += 13;
  };
  add("Maßnahmen für die Größe", first_tag);
  for (const std::string& line : kLines) add(line, "P");
  y += 26;
  add("Weitere Gründe", second_tag);
  y += 13;
  for (const std::string& line : kLines) add(line, "P");
  return page;
}

}  // namespace

TEST_CASE("pdf_tags: headings no type size tells come from the tags", "[extract]") {
  CHECK(read_pdf(make_pdf({plain_page("", "")})).text.headings.empty());

  const PdfText pdf = read_pdf(make_pdf({plain_page("H1", "H2")}));
  REQUIRE(pdf.state == ExtractState::kOk);
  REQUIRE(pdf.text.headings.size() == 2);
  // Where it was read together with the paragraph below, it is parted from it.
  CHECK(heading_text(pdf, 0) == "Maßnahmen für die Größe");
  CHECK(pdf.text.headings[0].level == 1);
  CHECK(heading_text(pdf, 1) == "Weitere Gründe");
  CHECK(pdf.text.headings[1].level == 2);
  // The text is the same, word by word.
  std::string words;
  for (const char c : pdf.text.pages[0].text) words += c == '\n' ? ' ' : c;
  CHECK(words.find("Größe Der Ausschuss hat die Vorlage in seiner Sitzung am Mittwoch beraten") !=
        std::string::npos);
}

TEST_CASE("pdf_tags: a tag whose text is not printed there is not believed", "[extract]") {
  std::vector<std::vector<TextBlock>> pages(2);
  for (int i = 0; i < 10; ++i) {
    pages[0].push_back({});
    pages[0].back().text = "Absatz " + std::to_string(i) + " mit einigen Worten darin";
  }
  pages[1].push_back({});
  pages[1].back().text = "Gründe";
  PdfTags tags;
  tags.texts = {{0, 1, "Ganz etwas anderes"},
                {0, 1, "Gründe"},
                {7, 1, "Gründe"},
                {0, 1, "Absatz 3 mit eini"}};
  CHECK(apply_tags(tags, pages) == 0);
  tags.texts = {{1, 2, "Gründe"}};
  CHECK(apply_tags(tags, pages) == 1);
  CHECK(pages[1][0].kind == BlockKind::kHeading);
  CHECK(pages[1][0].level == 2);
}

TEST_CASE("pdf_tags: the blocks of a table become one, its text stays", "[extract]") {
  std::vector<std::vector<TextBlock>> pages(1, std::vector<TextBlock>(4));
  pages[0][0].text = "Davor";
  pages[0][1].text = "Land\tZahl";
  pages[0][2].text = "Hessen\t3";
  pages[0][3].text = "Danach";
  PdfTags tags;
  tags.tables = {{0, "landzahlhessen3"}};
  CHECK(apply_tags(tags, pages) == 1);
  REQUIRE(pages[0].size() == 3);
  CHECK(pages[0][1].kind == BlockKind::kTable);
  CHECK(pages[0][1].text == "Land\tZahl\nHessen\t3");
  CHECK(pages[0][2].kind == BlockKind::kParagraph);
}

TEST_CASE("pdf_tags: tags that call everything a heading are not believed", "[extract]") {
  std::vector<Printed> page = plain_page("H1", "H1");
  for (Printed& printed : page) printed.tag = "H1";
  const PdfText pdf = read_pdf(make_pdf({page}));
  REQUIRE(pdf.state == ExtractState::kOk);
  CHECK(pdf.text.headings.empty());
}

TEST_CASE("pdf_tags: notes in the size of the text", "[extract]") {
  std::vector<Printed> page = plain_page("P", "P");
  page.push_back({70, 400, "Siehe auch den Bericht des Landes."});
  page.back().tag = "Note";
  const PdfText pdf = read_pdf(make_pdf({page}));
  REQUIRE(pdf.text.footnotes.size() == 1);
  const Span note = pdf.text.footnotes[0];
  CHECK(pdf.text.pages[0].text.substr(note.begin, note.end - note.begin) ==
        "Siehe auch den Bericht des Landes.");
}

TEST_CASE("pdf_tags: words in German are compared, not mangled", "[extract]") {
  const PdfTags tags = read_pdf_tags(make_pdf({plain_page("H1", "H2")}));
  REQUIRE(tags.texts.size() == 2);
  CHECK(tags.texts[0].text == "Maßnahmen für die Größe");
  CHECK(tags.texts[0].page == 0);
  CHECK(read_pdf_tags(make_pdf({plain_page("", "")})).texts.empty());
  CHECK(read_pdf_tags("no PDF").texts.empty());
}
