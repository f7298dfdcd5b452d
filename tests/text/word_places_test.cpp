// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/word_places.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <tuple>

#include "corpus.h"
#include "text/analyzer.h"

using namespace fundstelle;

namespace {

using Place = std::pair<std::uint32_t, std::uint32_t>;

/// Every token of the analyzer is found where it stands, and nowhere else.
void check(const Analyzer& analyzer, const PlaceReader& reader, std::string_view text) {
  std::map<std::tuple<std::uint32_t, TokenKind, std::string>, std::multiset<Place>> expected;
  for (const Token& token : analyzer.analyze(text)) {
    expected[{token.position, token.kind, token.term}].emplace(token.byte_begin, token.byte_end);
  }
  const WordPlaces places = reader.read(text);
  std::size_t wrong = 0;
  for (const auto& [token, wanted] : expected) {
    const auto& [position, kind, term] = token;
    std::multiset<Place> found;
    places.find(position, kind, WordPlaces::hash_of(term),
                [&](std::uint32_t begin, std::uint32_t end) { found.emplace(begin, end); });
    // A term that two rules give for the same print is marked once.
    if (std::set(found.begin(), found.end()) == std::set(wanted.begin(), wanted.end())) continue;
    if (++wrong > 3) continue;
    UNSCOPED_INFO(
        "position " << position << " term " << term << " of: "
                    << text.substr(wanted.begin()->first > 40 ? wanted.begin()->first - 40 : 0,
                                   160));
  }
  CHECK(wrong == 0);
}

std::vector<std::string> sentences() {
  std::vector<std::string> out;
  std::ifstream in(std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "tests/text/phenomena.tsv");
  for (std::string line; std::getline(in, line);) {
    const std::size_t begin = line.find('\t');
    if (line.starts_with('#') || begin == std::string::npos) continue;
    const std::size_t end = line.find('\t', begin + 1);
    out.push_back(line.substr(begin + 1, end - begin - 1));
  }
  return out;
}

}  // namespace

TEST_CASE("word places: those of the analyzer's tokens, in random texts", "[text]") {
  const auto words = std::make_shared<WordData>(
      WordData::from_lists(std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "stopwords"));
  const Analyzer analyzer(words);
  const PlaceReader reader(words);
  const std::vector<std::string> sources = sentences();
  REQUIRE(sources.size() > 100);
  std::vector<std::string> pieces{"Corona-Pandemie",
                                  "Bürger:innen",
                                  "Lehrer*innen-Mangel",
                                  "Ver-\nkehr",
                                  "Flücht\u00ADlings\u00ADheim",
                                  "Wahl- und Stimmrecht",
                                  "§ 16a Absatz 2 Satz 1 AufenthG",
                                  "§§ 3, 4 und 7a BGB",
                                  "Artikel 5 GG",
                                  "Drucksache 19/10 006 (neu)",
                                  "1. Januar 2020",
                                  "12.500,30 Euro",
                                  "z. B.",
                                  "\xFF\xC3",
                                  std::string(201, 'a'),
                                  std::string(120, 'b') + "-" + std::string(130, 'c'),
                                  "COVID-19-Impf-Stoff",
                                  "\n\n",
                                  "(",
                                  "/",
                                  "-",
                                  "2.3.1",
                                  "u\u0308ber"};
  // A word printed longer than its folded form may be.
  std::string loose;
  for (int i = 0; i < 190; ++i) loose += "a\u00AD";
  pieces.push_back(loose + "z");
  std::mt19937 random(4);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t i = 0, n = 1 + random() % 12; i < n; ++i) {
      if (random() % 3 == 0) {
        const std::string& one = sources[random() % sources.size()];
        const std::size_t from = random() % one.size();
        text += one.substr(from, 1 + random() % (one.size() - from));  // also inside a letter
      } else {
        text += pieces[random() % pieces.size()];
      }
      if (random() % 5 != 0) text += ' ';
    }
    check(analyzer, reader, text);
  }
  check(analyzer, reader, "");
}

TEST_CASE("word places: those of the analyzer's tokens, in real papers", "[text]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  const auto words = test::learnt_words(data);
  const Analyzer analyzer(words);
  const PlaceReader reader(words);
  const std::string tar = test::unpack(data / "documents/text/dip-drucksachen.tar.zst");
  std::size_t papers = 0;
  test::for_each_file(tar, [&](std::string_view text) {
    if (++papers % 20 == 0) check(analyzer, reader, text.substr(0, 200'000));
  });
  CHECK(papers > 1000);
}
