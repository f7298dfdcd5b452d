// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <memory>

#include "text/lexicon.h"
#include "vocabulary/learn.h"
#include "vocabulary/related.h"
#include "vocabulary/vocabulary_file.h"

using namespace fundstelle;
using vocabulary::Kind;

namespace {

/// A collection of short papers: two words are used alike, a third is not.
std::vector<vocabulary::Harvest> harvests() {
  std::vector<vocabulary::Harvest> out(2);
  const std::vector<std::string> frames{"die Aufnahme der %s in den Gemeinden kostet viel Geld",
                                        "den %s steht eine Unterbringung im Heim zu",
                                        "Sprachkurse helfen %s bei der Suche nach Arbeit",
                                        "für %s gilt das Gesetz über Leistungen"};
  const auto fill = [](std::string frame, const std::string& word) {
    return frame.replace(frame.find("%s"), 2, word);
  };
  for (int i = 0; i < 40; ++i) {
    Document document;
    document.title = "Bericht über die Lage im Jahr " + std::to_string(1980 + i);
    document.date = std::to_string(1980 + i) + "-01-01";
    document.authors = {"Erika Beispiel"};
    document.topics = {"Migration"};
    document.body = "Bundestag";
    vocabulary::Harvest& harvest = out[i < 20 ? 0 : 1];
    harvest.add(document);
    std::vector<std::string> texts{document.title};
    const std::string word = i % 2 == 0 ? "Asylbewerber" : "Geflüchtete";
    for (const std::string& frame : frames) texts.push_back(fill(frame, word));
    texts.push_back(
        "Der Ausbau der Schleuse am Kanal dauert, sagt das Amt; die Schleuse bleibt zu.");
    texts.push_back("Wir fordern den sozialen Wohnungsbau. Ein sozialer Wohnungsbau ist nötig.");
    harvest.sample.push_back(texts);
  }
  return out;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("vocabulary: words, phrases, names and titles of the documents", "[vocabulary]") {
  LexiconBuilder builder;
  for (const auto& harvest : harvests()) {
    for (const auto& document : harvest.sample) {
      for (const std::string& text : document) builder.add_text(text);
    }
  }
  WordData data = std::move(builder).finish(WordData{});
  data.stop_words = {"die", "der", "den", "das", "ein", "im", "in", "am", "für", "ist", "zu"};
  const Analyzer analyzer(std::make_shared<const WordData>(std::move(data)));
  const auto dir = std::filesystem::temp_directory_path();
  std::vector<std::string> written;
  for (int round = 0; round < 2; ++round) {
    vocabulary::Vocabulary learnt(harvests(), analyzer);
    learnt.write(dir / "fundstelle-vocabulary-test.bin", [](const std::string&) { return 20U; });
    written.push_back(bytes_of(dir / "fundstelle-vocabulary-test.bin"));
  }
  CHECK(written[0] == written[1]);  // the same documents give the same bytes

  const vocabulary::VocabularyFile file(dir / "fundstelle-vocabulary-test.bin");
  std::map<Kind, std::map<std::string, std::uint32_t>> found;
  for (std::uint32_t i = 0; i < file.terms().entries.size(); ++i) {
    found[file.terms().entries[i].kind][std::string(file.terms().printed(i))] =
        file.terms().entries[i].count;
  }
  CHECK(found[Kind::kTerm].count("Asylbewerber") == 1);
  CHECK(found[Kind::kTerm]["Asylbewerber"] == 20);
  CHECK(found[Kind::kTerm].count("der") == 0);
  CHECK(found[Kind::kPhrase].count("sozialer Wohnungsbau") == 1);
  CHECK(found[Kind::kPerson]["Erika Beispiel"] == 40);
  CHECK(found[Kind::kTopic]["Migration"] == 40);
  CHECK(found[Kind::kBody]["Bundestag"] == 40);
  CHECK(file.titles().entries.size() == 40);
}

TEST_CASE("related rows: those in the same company come first", "[vocabulary]") {
  vocabulary::Company company;
  company.columns = 6;
  company.rows = {{{0, 9}, {1, 8}, {2, 7}},
                  {{0, 8}, {1, 9}, {2, 6}},
                  {{3, 9}, {4, 8}, {5, 7}},
                  {{3, 7}, {4, 9}, {5, 9}},
                  {{0, 1}, {3, 1}}};
  const auto near = vocabulary::nearest_rows(company, 2);
  REQUIRE(near.size() == 5);
  CHECK(near[0].front().row == 1);
  CHECK(near[1].front().row == 0);
  CHECK(near[2].front().row == 3);
  CHECK(near[0].front().similarity > near[0].back().similarity + 0.3F);
  CHECK(vocabulary::nearest_rows({}, 3).empty());
}
