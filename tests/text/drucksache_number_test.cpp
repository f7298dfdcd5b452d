// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/drucksache_number.h"

#include <sstream>

#include "corpus.h"

using namespace fundstelle;

TEST_CASE("Drucksache numbers: every printed form has one canonical form", "[text]") {
  const std::vector<std::pair<std::string, std::string>> forms = {
      {"19/10006", "19/10006"},
      {"19 / 10 006", "19/10006"},
      {"17/13 032", "17/13032"},
      {"19/10\u00A0006", "19/10006"},
      {"08/980", "8/980"},
      {"07/5910", "7/5910"},
      {"IV/3229", "4/3229"},
      {"XIX/12", "19/12"},
      {"458/85", "458/85"},
      {"458/85(B)", "458/85(b)"},
      {"458/85 (Beschluss)", "458/85(b)"},
      {"zu529/85(B)", "529/85(b)"},
      {"zu 19/1234", "19/1234"},
      {"19/1234 zu", "19/1234"},
      {"30/1/86", "30/1/86"},
      {"505/1/00", "505/1/0"},
      {"10/00", "10/0"},
      {"19/1234(neu)", "19/1234(neu)"},
      {"19/1234 neu", "19/1234(neu)"},
      {"19/1234-neu", "19/1234(neu)"},
      {"19/1234 (neu2)", "19/1234(neu2)"},
      {"435/11(2)", "435/11(2)"},
      {"20/324 S", "20/324(s)"},
      {"72/07(B)(neu)", "72/7(b-neu)"},
  };
  for (const auto& [printed, canonical] : forms) {
    INFO(printed);
    const auto number = parse_drucksache_number(printed);
    REQUIRE(number);
    CHECK(number->canonical() == canonical);
    CHECK(number->to == (printed.find("zu") != std::string::npos));
    const auto again = parse_drucksache_number(canonical);
    REQUIRE(again);
    CHECK(again->canonical() == canonical);
  }
  for (const auto* other :
       {"", "19", "19/", "/12", "19/1234 und 19/1235", "IIII/12", "19/12a", "a/12", "0/12",
        "19.1234", "19/1234567", "Drucksache 19/12", "1/2/3/4"}) {
    INFO(other);
    CHECK_FALSE(parse_drucksache_number(other));
  }
}

TEST_CASE("Drucksache numbers: found in running text by form or by label", "[text]") {
  const auto found = [](const std::string& text, bool only_cited) {
    std::string all;
    for (const auto& number :
         only_cited ? find_cited_drucksache_numbers(text) : find_drucksache_numbers(text)) {
      if (!all.empty()) all += ' ';
      all += number.number.canonical();
    }
    return all;
  };
  struct Row {
    std::string text, all, cited;
  };
  for (const Row& row : std::vector<Row>{
           {"auf Drucksache 19/1234 und Drs. 19 / 10 006", "19/1234 19/10006", "19/1234 19/10006"},
           {"in Drucksache 6/1686, 6/2198\nund 6/2691", "6/1686 6/2198 6/2691",
            "6/1686 6/2198 6/2691"},
           {"Seite 2/4, Stand 11/2024, 24/7, Art. 5/6, 3/4, 12/3/2020", "", ""},
           {"Drucksachen 2/4 und 24/7", "2/4 24/7", "2/4 24/7"},
           {"Drs.-Nr.: 6/14650, KA 7/1234", "6/14650 7/1234", "6/14650 7/1234"},
           {"BR-Drs. 458/85(B) und zu529/85(B)", "458/85(b) 529/85(b)", "458/85(b) 529/85(b)"},
           {"wie in 19/1234 steht", "19/1234", ""},
           {"von 11/2024 bis 02/2025", "", ""},
           {"Antrag 20/324 S; Drucksache 20/324 S. 5", "20/324(s) 20/324", "20/324"},
           {"Rs. C-19/1234, Nr. 45/2001, (EU) 2016/679, Az. 12/3456", "", ""},
           {"Schuljahr 2018/2019 und 2018/19", "", ""},
           {"19/4567–19/4570 (ä19/8888)", "19/4567 19/4570", ""},
           {"Drs.\u00A019/1234, vom\u00A018/4321", "19/1234 18/4321", "19/1234"},
           {"17/1637 zu Drucksache 17/1218", "17/1637 17/1218", "17/1218"},
           {"Drucksache 20/9100 (2)", "20/9100", "20/9100"},
       }) {
    INFO(row.text);
    CHECK(found(row.text, false) == row.all);
    CHECK(found(row.text, true) == row.cited);
  }
}

TEST_CASE("Drucksache numbers: offsets cover the number as printed", "[text]") {
  const std::string text = "siehe zu Drs. 19 / 10 006 (neu), S. 5";
  const auto found = find_drucksache_numbers(text);
  REQUIRE(found.size() == 1);
  CHECK(text.substr(found[0].byte_begin, found[0].byte_end - found[0].byte_begin) ==
        "19 / 10 006 (neu)");
}

TEST_CASE("Drucksache numbers: those of 100,000 matters are read", "[text][slow]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  std::istringstream records(test::unpack(data / "scale/dip21-wp10-17.jsonl.zst"));
  std::string line, missed;
  std::size_t read = 0;
  while (std::getline(records, line)) {
    const std::size_t at = line.find("\"number\":\"");
    if (at == std::string::npos) continue;
    const std::string number = line.substr(at + 10, line.find('"', at + 10) - at - 10);
    if (number.starts_with("PlPr")) continue;  // minutes have numbers of their own
    if (!parse_drucksache_number(number)) missed += number + " ";
    ++read;
  }
  CHECK(read > 80'000);
  CHECK(missed == "");
}
