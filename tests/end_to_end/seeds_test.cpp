// SPDX-License-Identifier: GPL-3.0-or-later
//
// The five documents the product was conceived from: every word their gold says a search must find,
// whatever its printed form, finds them through the whole path.
#include <algorithm>

#include "end_to_end/indexed.h"

using namespace fundstelle;
using namespace fundstelle::test;

TEST_CASE("seeds: every word that must find a document does", "[end-to-end]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  const auto indexed = index_folder(data / "seeds");
  std::ifstream gold(data / "seeds/gold.jsonl");
  int words = 0;
  for (std::string line; std::getline(gold, line);) {
    const auto expected = nlohmann::json::parse(line);
    const std::string file = expected.at("file");
    REQUIRE(indexed->id_of_file.count(file) == 1);
    for (std::string word : expected.at("must_find")) {
      // "Mecklenburg-Vorpommern (from M-V)": the bracket explains.
      if (const auto bracket = word.find(" ("); bracket != std::string::npos) word.resize(bracket);
      const auto ids = hit_ids(*indexed->searcher, word, MatchMode::kAll);
      ++words;
      INFO(word << " must find " << file);
      CHECK(std::find(ids.begin(), ids.end(), indexed->id_of_file[file]) != ids.end());
    }
  }
  CHECK(words >= 20);
}

TEST_CASE("seeds: teasers and line numbers do not find a document", "[end-to-end]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  const auto indexed = index_folder(data / "seeds");
  std::ifstream gold(data / "seeds/gold.jsonl");
  for (std::string line; std::getline(gold, line);) {
    const auto expected = nlohmann::json::parse(line);
    const std::string file = expected.at("file");
    for (const std::string phrase : expected.value("must_not_contain", nlohmann::json::array())) {
      if (phrase.find("caption") != std::string::npos) continue;  // prose, not text to look for
      const auto ids = hit_ids(*indexed->searcher, '"' + phrase + '"', MatchMode::kAll);
      INFO(phrase << " must not find " << file);
      CHECK(std::find(ids.begin(), ids.end(), indexed->id_of_file[file]) == ids.end());
    }
  }
}
