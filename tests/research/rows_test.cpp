// SPDX-License-Identifier: GPL-3.0-or-later
#include "research/rows.h"

#include <catch2/catch.hpp>

#include "data.h"
#include "research/external_sort.h"
#include "research/kwic.h"

using namespace fundstelle;
using namespace fundstelle::research;

TEST_CASE("rows: a row is the same in both forms", "[research]") {
  const std::vector<std::string> list{"a", "b; c"};
  const std::string formula = "=1+1", quote = "er sagt \"ja\",\nund geht";
  const auto made = [&](RowFormat format) {
    const RowWriter rows(format, {"text", "more", "whole", "number", "yes", "list", "none"});
    std::string out = rows.head();
    rows.append(out, {std::string_view(formula),
                      std::string_view(quote),
                      std::int64_t{-3},
                      0.1,
                      true,
                      &list,
                      {}});
    return out;
  };
  CHECK(made(RowFormat::kCsv) ==
        "text,more,whole,number,yes,list,none\r\n"
        "'=1+1,\"er sagt \"\"ja\"\",\nund geht\",-3,0.1,true,\"a; b; c\",\r\n");
  CHECK(made(RowFormat::kJsonl) ==
        "{\"text\":\"=1+1\",\"more\":\"er sagt \\\"ja\\\",\\nund geht\",\"whole\":-3,"
        "\"number\":0.1,\"yes\":true,\"list\":[\"a\",\"b; c\"],\"none\":null}\n");
}

TEST_CASE("kwic: words are compared as a reader would sort them", "[research]") {
  CHECK(sort_key(" – die „Öl-Straße“, Ça") == "die ol strasse ca");
  CHECK(reversed_sort_key("gegen die sicheren Staaten.") == "staaten sicheren die gegen");
  CHECK(reversed_sort_key("").empty());
}

TEST_CASE("external sort: parts on disk give what memory gives", "[research]") {
  const test::ScratchDir scratch;
  std::vector<std::string> given[2];
  std::size_t parts = 0;
  for (const std::size_t memory : {std::size_t{4096}, std::size_t{64} << 20}) {
    ExternalSort sort(memory, scratch.path());
    for (unsigned i = 0; i < 20'000; ++i) {
      const unsigned key = i * 2654435761U % 1000;
      sort.add(std::to_string(key), std::to_string(key) + " " + std::to_string(i));
    }
    std::vector<std::string>& lines = given[memory > 5000 ? 1 : 0];
    parts = std::max(parts, sort.parts());
    sort.each([&](std::string_view line) { lines.emplace_back(line); });
  }
  CHECK(parts > 1);
  REQUIRE(given[1].size() == 20'000);
  CHECK(given[0] == given[1]);
  // Equal keys keep their order.
  CHECK(given[1][0].substr(0, 2) == "0 ");
  long before = -1;
  for (std::size_t i = 0; given[1][i].starts_with("0 "); ++i) {
    const long number = std::stol(given[1][i].substr(2));
    CHECK(number > before);
    before = number;
  }
  CHECK(std::filesystem::is_empty(scratch.path()));
}
