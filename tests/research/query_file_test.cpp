// SPDX-License-Identifier: GPL-3.0-or-later
#include "research/query_file.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "data.h"

using namespace fundstelle;
using namespace fundstelle::research;

namespace {

std::vector<QueryEntry> entries(const std::string& name, const std::string& text) {
  const test::ScratchDir scratch;
  const std::filesystem::path file = scratch.path() / name;
  std::ofstream(file, std::ios::binary) << text;
  return read_query_file(file);
}

using Filters = std::map<std::string, std::string>;

}  // namespace

TEST_CASE("queries: tables with tabs, filters in further columns") {
  const auto found = entries("q.tsv",
                             "# Fragen an den Index\n"
                             "a\tWohnung Miete\ttopic=wohnen,verkehr\tfrom=2019\r\n"
                             "\n"
                             "ohne Tabulator\n"
                             "b\t\n"
                             "a\tnoch einmal\n"
                             "c\tx\tkein Filter");
  REQUIRE(found.size() == 5);
  CHECK(found[0].line == 2);
  CHECK(found[0].id == "a");
  CHECK(found[0].text == "Wohnung Miete");
  CHECK(found[0].filters == Filters{{"topic", "wohnen,verkehr"}, {"from", "2019"}});
  CHECK(found[1].line == 4);
  CHECK_FALSE(found[1].malformed.empty());
  CHECK(found[2].malformed.empty());  // an empty query finds everything
  CHECK(found[3].malformed == "Diese „id“ kommt weiter oben schon vor.");
  CHECK(found[4].malformed == "Spalte 3: Erwartet wird name=wert.");
}

TEST_CASE("queries: CSV with quotations, line ends within fields and a wrong record") {
  const auto found = entries("q.csv",
                             "\xEF\xBB\xBFid,query,body,year\r\n"
                             "1,\"Miete, \"\"warm\"\"\",bt,2020\r\n"
                             "2,\"zwei\nZeilen\",,\r\n"
                             "3,zu wenig\r\n"
                             "4,gut,,\r\n");
  REQUIRE(found.size() == 4);
  CHECK(found[0].text == "Miete, \"warm\"");
  CHECK(found[0].filters == Filters{{"body", "bt"}, {"year", "2020"}});
  CHECK(found[1].text == "zwei\nZeilen");
  CHECK(found[1].filters.empty());
  CHECK(found[2].id == "3");
  CHECK(found[2].line == 5);
  CHECK(found[2].malformed == "Die Zeile hat 2 Felder statt 4.");
  CHECK(found[3].malformed.empty());
  CHECK_THROWS_AS(entries("q.csv", "nummer,frage\n1,x\n"), ResearchError);
}

TEST_CASE("queries: JSON lines, filters beside or in an object") {
  const auto found = entries("q.jsonl",
                             "{\"id\":1,\"query\":\"Kita\",\"topic\":[\"familie\",\"-bildung\"],"
                             "\"filters\":{\"legislature\":19}}\n"
                             "{\"id\":\"2\",\"query\":\n"
                             "{\"id\":\"3\"}\n"
                             "{\"id\":\"4\",\"query\":\"x\",\"from\":{\"year\":1}}\n"
                             "[]\n");
  REQUIRE(found.size() == 5);
  CHECK(found[0].id == "1");
  CHECK(found[0].filters == Filters{{"legislature", "19"}, {"topic", "familie,-bildung"}});
  CHECK(found[1].malformed == "Die Zeile ist kein gültiges JSON.");
  CHECK(found[2].malformed == "„query“ fehlt oder ist kein Text.");
  CHECK(found[3].malformed == "„from“ muss Text, ganze Zahl oder Liste davon sein.");
  CHECK(found[4].malformed == "Erwartet wird ein JSON-Objekt mit „id“ und „query“.");
  // A hyphen excludes: a number too large must not come out with one.
  const auto large =
      entries("q.jsonl", "{\"id\":1,\"query\":\"x\",\"legislature\":18446744073709551615}\n");
  REQUIRE(large.size() == 1);
  CHECK(large[0].filters == Filters{{"legislature", "18446744073709551615"}});
}

TEST_CASE("queries: TREC topics, old with names in the text and new with closed tags") {
  const auto found = entries("topics.xml",
                             "<top>\n<num> Number: 301\n<title> Organisierte\n Kriminalität\n\n"
                             "<desc> Description:\nWas ist ...\n</top>\n"
                             "<top><num>302</num><title>Kinderlähmung</title></top>\n"
                             "<top><num>303</num></top>\n");
  REQUIRE(found.size() == 3);
  CHECK(found[0].id == "301");
  CHECK(found[0].text == "Organisierte Kriminalität");
  CHECK(found[1].id == "302");
  CHECK(found[1].text == "Kinderlähmung");
  CHECK(found[2].line == 10);
  CHECK_FALSE(found[2].malformed.empty());
}
