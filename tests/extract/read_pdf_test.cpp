// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "data.h"
#include "extract/extract.h"
#include "pdf_maker.h"

using namespace fundstelle;
using fundstelle::test::make_pdf;
using fundstelle::test::Printed;

namespace {

/// Running text in lines of equal length, one every 13 points.
void add_lines(std::vector<Printed>& page, double x, double y,
               const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    page.push_back({x, y, line});
    y += 13;
  }
}

std::string text_of_page(const PdfText& pdf, std::size_t page) {
  return pdf.text.pages.at(page).text;
}

bool has(const std::vector<std::string>& list, const std::string& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

const std::vector<std::string> kFill = {
    "Der Ausschuss hat die Vorlage in seiner Sitzung am Mittwoch be-",
    "raten und empfiehlt dem Plenum einstimmig ihre Annahme in der ge-",
    "änderten Fassung; die Kosten tragen Bund und Land je zur Hälfte.",
    "Die Landesregierung wird gebeten, bis zum Ende des Jahres über die",
    "Umsetzung zu berichten und dabei auf die ländlichen Räume einzu-",
    "gehen, in denen die Versorgung besonders schwierig geworden ist."};

}  // namespace

TEST_CASE("read_pdf: lines become paragraphs with mended words", "[extract]") {
  std::vector<Printed> page;
  add_lines(page, 70, 100, kFill);
  add_lines(page, 70, 200, {"Haushalts- und Finanzpolitik in Nordrhein-", "Westfalen."});
  const PdfText pdf = read_pdf(make_pdf({page}));
  REQUIRE(pdf.state == ExtractState::kOk);
  CHECK(
      text_of_page(pdf, 0) ==
      "Der Ausschuss hat die Vorlage in seiner Sitzung am Mittwoch beraten und empfiehlt dem "
      "Plenum "
      "einstimmig ihre Annahme in der geänderten Fassung; die Kosten tragen Bund und Land je zur "
      "Hälfte. Die Landesregierung wird gebeten, bis zum Ende des Jahres über die Umsetzung zu "
      "berichten und dabei auf die ländlichen Räume einzugehen, in denen die Versorgung besonders "
      "schwierig geworden ist.\n\nHaushalts- und Finanzpolitik in Nordrhein-Westfalen.");
}

TEST_CASE("read_pdf: two columns are read one after the other", "[extract]") {
  // Written row by row, as a careless producer would.
  std::vector<Printed> page;
  for (int i = 0; i < 12; ++i) {
    const double y = 120 + 13 * i;
    const std::string n = std::to_string(i + 1);
    page.push_back({60, y, "links steht in Zeile " + n + " ein Satz, der"});
    page.push_back({320, y, "rechts steht in Zeile " + n + " einer, der"});
  }
  const PdfText pdf = read_pdf(make_pdf({page}));
  const std::string text = text_of_page(pdf, 0);
  const std::size_t last_left = text.find("links steht in Zeile 12 ");
  const std::size_t first_right = text.find("rechts steht in Zeile 1 ");
  REQUIRE(last_left != std::string::npos);
  REQUIRE(first_right != std::string::npos);
  CHECK(last_left < first_right);
}

TEST_CASE("read_pdf: heads, feet, page numbers, sideways text and margin numbers are furniture",
          "[extract]") {
  std::vector<std::vector<Printed>> pages;
  for (int p = 1; p <= 4; ++p) {
    std::vector<Printed> page;
    page.push_back({60, 40, "Landtag von Musterland", 9});
    page.push_back({430, 40, "Drucksache 7 / 4711", 9});
    page.push_back({290, 810, std::to_string(p), 9});
    page.push_back({30, 500, "Vorabfassung", 12, true});
    for (int i = 0; i < 30; ++i) {
      page.push_back({45, 90.0 + 14 * i, std::to_string(i + 1), 8});
      page.push_back({80, 90.0 + 14 * i,
                      "Satz " + std::string(1, static_cast<char>('a' + (7 * p + i) % 26)) +
                          " der Seite steht hier und reicht bis an den rechten Rand"});
    }
    pages.push_back(page);
  }
  const PdfText pdf = read_pdf(make_pdf(pages));
  REQUIRE(pdf.text.pages.size() == 4);
  for (std::size_t p = 0; p < 4; ++p) {
    const std::string text = text_of_page(pdf, p);
    CHECK(text.find("Musterland") == std::string::npos);
    CHECK(text.find("Vorabfassung") == std::string::npos);
    CHECK(text.find_first_of("0123456789") == std::string::npos);
    CHECK(text.find("reicht bis an den rechten Rand") != std::string::npos);
  }
  CHECK(has(pdf.text.furniture, "Landtag von Musterland Drucksache 7 / 4711"));
  CHECK(has(pdf.text.furniture, "Vorabfassung"));
}

TEST_CASE("read_pdf: the head of the first page stays, the running head of the second goes",
          "[extract]") {
  std::vector<Printed> first{{60, 60, "Deutscher Bundestag", 14},
                             {400, 60, "Drucksache 21/4711", 14},
                             {60, 80, "21. Wahlperiode"},
                             {400, 80, "21.07.2025"}};
  add_lines(first, 60, 160, kFill);
  std::vector<Printed> second{{60, 40, "Drucksache 21/4711"},
                              {280, 40, "– 2 –"},
                              {360, 40, "Deutscher Bundestag – 21. Wahlperiode"}};
  add_lines(second, 60, 90, kFill);
  const PdfText pdf = read_pdf(make_pdf({first, second}));
  CHECK(text_of_page(pdf, 0).find("Drucksache 21/4711") != std::string::npos);
  CHECK(text_of_page(pdf, 1).find("Drucksache") == std::string::npos);
}

TEST_CASE("read_pdf: letter-spaced words are closed and marked as headings", "[extract]") {
  std::vector<Printed> page;
  page.push_back({60, 80, "V o r b e m e r k u n g   d e r   F r a g e s t e l l e r"});
  add_lines(page, 60, 110, kFill);
  const PdfText pdf = read_pdf(make_pdf({page}));
  CHECK(text_of_page(pdf, 0).starts_with("Vorbemerkung der Fragesteller\n"));
  CHECK(pdf.text.headings.size() == 1);
}

TEST_CASE("read_pdf: a table keeps rows and cells", "[extract]") {
  std::vector<Printed> page;
  add_lines(page, 60, 80, kFill);
  const std::vector<std::vector<std::string>> rows = {{"Land", "2023", "2024"},
                                                      {"Bayern", "12,5", "13,1"},
                                                      {"Hessen", "9,8", "10,2"},
                                                      {"Saarland", "7,0", "7,4"}};
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < 3; ++c) {
      page.push_back(
          {60.0 + 120 * static_cast<double>(c), 200 + 14 * static_cast<double>(r), rows[r][c]});
    }
  }
  const PdfText pdf = read_pdf(make_pdf({page}));
  REQUIRE(pdf.text.tables.size() == 1);
  const Span span = pdf.text.tables[0].span;
  CHECK(text_of_page(pdf, 0).substr(span.begin, span.end - span.begin) ==
        "Land\t2023\t2024\nBayern\t12,5\t13,1\nHessen\t9,8\t10,2\nSaarland\t7,0\t7,4");
}

TEST_CASE("read_pdf: a word broken by the page end is whole on the first page", "[extract]") {
  std::vector<Printed> first;
  add_lines(first, 60, 80, kFill);
  add_lines(first, 60, 80 + 6 * 13,
            {"Das Gesetz regelt die Zuständigkeit der unteren Verwaltungsbe-"});
  std::vector<Printed> second;
  add_lines(second, 60, 80, {"hörden neu und tritt am Tag nach seiner Verkündung in Kraft."});
  const PdfText pdf = read_pdf(make_pdf({first, second}));
  CHECK(text_of_page(pdf, 0).ends_with("der unteren Verwaltungsbehörden"));
  CHECK(text_of_page(pdf, 1).starts_with("neu und tritt"));
}

TEST_CASE("read_pdf: what cannot be read has a name", "[extract]") {
  CHECK(read_pdf("%PDF-1.4 and nothing more").state == ExtractState::kBroken);
  const PdfText scan = read_pdf(test::pdf_of_streams({"", ""}));
  CHECK(scan.state == ExtractState::kNeedsOcr);
  REQUIRE(scan.text.warnings.size() == 1);
  CHECK(scan.text.warnings[0].code == "needs_ocr");
  // A font without character map: letters shifted to signs.
  std::vector<Printed> page;
  for (int i = 0; i < 12; ++i)
    page.push_back({60, 80.0 + 13 * i, "GX,@3h 3ah#nN03 R0N3j3 =+;Q,1 lYeYlz 7!a<Cj 9cz+l"});
  CHECK(read_pdf(make_pdf({page})).state == ExtractState::kNeedsOcr);
}

// ------------------------------------------------------------------------------------- real papers

namespace {

std::string file_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::map<std::string, int> words_of(const std::string& text) {
  std::map<std::string, int> words;
  std::istringstream in(text);
  for (std::string word; in >> word;) ++words[word];
  return words;
}

}  // namespace

TEST_CASE("read_pdf: papers with known text", "[extract][data]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  std::size_t wanted = 0;
  std::size_t found = 0;
  for (const auto& entry : std::filesystem::directory_iterator(data / "gold/typeset")) {
    if (entry.path().extension() != ".pdf") continue;
    const std::string name = entry.path().stem().string();
    const PdfText pdf = read_pdf(file_text(entry.path()));
    if (name.starts_with("h-") || name == "i-fallen-08") {
      CAPTURE(name);
      CHECK(pdf.state == ExtractState::kNeedsOcr);
      continue;
    }
    std::string read;
    for (const Page& page : pdf.text.pages) read += page.text + "\n";
    const auto have = words_of(read);
    std::size_t here = 0;
    std::size_t here_found = 0;
    for (const auto& [word, count] :
         words_of(file_text(entry.path().parent_path() / (name + ".txt")))) {
      const auto at = have.find(word);
      here += static_cast<std::size_t>(count);
      here_found += static_cast<std::size_t>(at == have.end() ? 0 : std::min(count, at->second));
    }
    wanted += here;
    found += here_found;
    CAPTURE(name, here, here_found);
    CHECK(here_found * 100 >= here * 90);
  }
  CHECK(found * 1000 >= wanted * 995);
}
