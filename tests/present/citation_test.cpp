// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/files/citation.h"

#include <catch2/catch.hpp>

#include "document/plain_text.h"

using namespace fundstelle;
using namespace fundstelle::present;

namespace {

CitedWork paper() {
  CitedWork work;
  work.id = "19-1234";
  work.type = "Kleine Anfrage";
  work.type_id = "kleine-anfrage";
  work.body = "Deutscher Bundestag";
  work.body_id = "bt";
  work.number = "19/1234";
  work.title = "Mehr Räder";
  work.date = "2019-05-03";
  return work;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("citation: papers of parliaments in their usual form", "[present]") {
  CitedWork work = paper();
  CHECK(full_citation(work) == "Deutscher Bundestag, Drucksache 19/1234 vom 3. Mai 2019");
  CHECK(full_citation(work, {3, {"4"}, ""}) ==
        "Deutscher Bundestag, Drucksache 19/1234 vom 3. Mai 2019, S. 3, Frage 4");
  CHECK(short_citation(work, {3, {}, ""}) == "BT-Drs. 19/1234, S. 3");
  CHECK(short_citation(work, {0, {"1", "2"}, ""}) == "BT-Drs. 19/1234, Fragen 1, 2");
  struct Row {
    const char *body_id, *number, *expected;
  };
  for (const Row& row :
       {Row{"br", "123/20", "BR-Drs. 123/20"}, Row{"landtag-mv", "7/4949", "LT-Drs. MV 7/4949"},
        Row{"landtag-nw", "17/1", "LT-Drs. NRW 17/1"},
        Row{"landtag-be", "18/12345", "AGH-Drs. BE 18/12345"},
        Row{"landtag-hh", "22/1", "Bü-Drs. HH 22/1"}}) {
    work.body_id = row.body_id;
    work.number = row.number;
    CHECK(short_citation(work) == row.expected);
  }
}

TEST_CASE("citation: minutes name the page of the file, and who spoke", "[present]") {
  CitedWork work = paper();
  work.type = "Plenarprotokoll";
  work.type_id = "plenarprotokoll";
  work.number = "19/12";
  CHECK(short_citation(work, {31, {}, ""}) == "BT-PlPr. 19/12, PDF-S. 31");
  CHECK(full_citation(work, {31, {}, "Eva Muster (SPD)"}) ==
        "Deutscher Bundestag, Plenarprotokoll 19/12 vom 3. Mai 2019, Eva Muster (SPD), PDF-S. 31");
}

TEST_CASE("citation: what has no number of a parliament is named by issuer, kind, title, date",
          "[present]") {
  CitedWork work = paper();
  work.body = "CDU Deutschlands";
  work.body_id = "partei-cdu";
  work.type = "Pressemitteilung";
  work.type_id = "pressemitteilung";
  work.number = "";
  CHECK(full_citation(work) == "CDU Deutschlands, Pressemitteilung „Mehr Räder“ vom 3. Mai 2019");
  CHECK(short_citation(work) == full_citation(work));
  work.number = "12/19";
  CHECK(short_citation(work) == "CDU Deutschlands, Pressemitteilung 12/19 vom 3. Mai 2019");
  work = {};
  work.id = "x";
  CHECK(full_citation(work) == "Dokument x");
  work.title = "Nur ein Titel";
  CHECK(full_citation(work) == "„Nur ein Titel“");
  Document document;
  document.body = "Landtag Brandenburg";
  document.title = "Mehr Räder";
  document.date = "2020-02-03";
  CHECK(citation(document, 2) == "Landtag Brandenburg, „Mehr Räder“, 3. Februar 2020, S. 2");
}

TEST_CASE("citation: a BibTeX entry, whole", "[present]") {
  CitedWork work = paper();
  work.authors = {"Anna von der Au", "Bernd Beispiel"};
  CHECK(bibtex(work, {3, {"4"}, ""}, "https://suche.example/dokument/19-1234#frage-4") ==
        "@techreport{fundstelle-19-1234-f4,\n"
        "  author = {{von der Au}, Anna and {Beispiel}, Bernd},\n"
        "  title = {{Mehr Räder}},\n"
        "  institution = {{Deutscher Bundestag}},\n"
        "  type = {{Drucksache}},\n"
        "  number = {19/1234},\n"
        "  year = {2019},\n"
        "  month = {5},\n"
        "  date = {2019-05-03},\n"
        "  pages = {3},\n"
        "  note = {Deutscher Bundestag, Drucksache 19/1234 vom 3. Mai 2019, S. 3, Frage 4},\n"
        "  url = {https://suche.example/dokument/19-1234#frage-4},\n"
        "  langid = {german}\n"
        "}\n");
}

TEST_CASE("citation: nothing in a title can leave its BibTeX value or its RIS line", "[present]") {
  CitedWork work = paper();
  work.title = "50 % & {mehr} $x_1$ \\input{/etc/passwd} #1 ~^ }\n@misc{evil,\r\nTY  - BOOK";
  work.authors = {"Fraktion A and B", "X {Y"};
  work.urls = {"javascript:alert(1)", "https://a.example/x}y z"};
  const std::string entry = bibtex(work);
  CHECK(
      holds(entry,
            "title = {{50 \\% \\& \\textbraceleft{}mehr\\textbraceright{} \\$x\\_1\\$ "
            "\\textbackslash{}input\\textbraceleft{}/etc/passwd\\textbraceright{} \\#1 "
            "\\textasciitilde{}\\textasciicircum{} \\textbraceright{} @misc\\textbraceleft{}evil, "
            "TY - BOOK}}"));
  CHECK(holds(entry, "{https://a.example/x%7Dy%20z}"));
  CHECK_FALSE(holds(entry, "javascript"));
  // Braces balance, counted as BibTeX counts: backslashes do not matter.
  int depth = 0;
  for (const char c : entry) {
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    CHECK(depth >= 0);
  }
  CHECK(depth == 0);
  const std::string record = ris(work);
  CHECK(holds(record, "evil, TY - BOOK\r\n"));
  CHECK(record.find("\nTY  - BOOK") == std::string::npos);
  CHECK(record.find("TY  - GOVDOC\r\n") == 0);
}

TEST_CASE("citation: a RIS record, whole", "[present]") {
  CitedWork work = paper();
  work.groups = {"SPD", "FDP"};
  work.topics = {"Verkehr"};
  work.urls = {"https://dserver.example/19/1234.pdf"};
  CHECK(ris(work, {3, {}, ""}, "https://suche.example/d") ==
        "TY  - GOVDOC\r\n"
        "ID  - fundstelle-19-1234-s3\r\n"
        "AU  - SPD\r\n"
        "AU  - FDP\r\n"
        "TI  - Mehr Räder\r\n"
        "PB  - Deutscher Bundestag\r\n"
        "PY  - 2019\r\n"
        "DA  - 2019/05/03/\r\n"
        "SN  - 19/1234\r\n"
        "M3  - Drucksache\r\n"
        "SP  - 3\r\n"
        "KW  - Verkehr\r\n"
        "N1  - Deutscher Bundestag, Drucksache 19/1234 vom 3. Mai 2019, S. 3\r\n"
        "LA  - de\r\n"
        "UR  - https://suche.example/d\r\n"
        "UR  - https://dserver.example/19/1234.pdf\r\n"
        "ER  - \r\n");
}

TEST_CASE("plain text: one valid line, whatever came in", "[present]") {
  CHECK(plain_line("  a\r\n\tb\x01"
                   "c \xC2\x85 d ") == "a b c d");
  CHECK(plain_line("x\xFFy\xC0\xAFz") == "x\xEF\xBF\xBDy\xEF\xBF\xBD\xEF\xBF\xBDz");
  CHECK(plain_line("\xED\xA0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // half a surrogate
  CHECK(plain_line("a\xE2\x80\xAE"
                   "cba\xE2\x81\xA6z") == "acbaz");       // bidi override and isolate
  CHECK(plain_line("n\xEF\xBF\xBE") == "n\xEF\xBF\xBD");  // U+FFFE
  CHECK(plain_line("Äß €😀") == "Äß €😀");
  CHECK(plain_text("a \r\nb\tc\x02") == "a\nb\tc");
  CHECK(plain_line("\xE2\x82") == "\xEF\xBF\xBD\xEF\xBF\xBD");
}
