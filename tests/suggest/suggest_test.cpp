// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <memory>

#include "suggest/completer.h"
#include "suggest/typed_word.h"
#include "suggest/edits.h"
#include "suggest/speller.h"
#include "text/lexicon.h"
#include "vocabulary/vocabulary_file.h"

using namespace fundstelle;
using vocabulary::Kind;

namespace {

std::shared_ptr<const WordData> lexicon() {
  LexiconBuilder builder;
  const auto say = [&](const std::string& text, int times) {
    for (int i = 0; i < times; ++i) builder.add_text("Das ist so: " + text + " eben.\n\n");
  };
  say("die Flüchtlinge in der Unterkunft", 60);
  say("die Gemeinschaftsunterkunft und die Notunterkunft, die Asylunterkunft", 20);
  say("der Flüchtlingsrat, die Flüchtlingshilfe, die Flüchtlingspolitik", 20);
  say("der Rat, die Hilfe und die Politik, ein Flüchtling", 20);
  say("ein sozialer Wohnungsbau der Bundesregierung mit Rhythmus", 80);
  say("die Wohnung und die Wohnungen", 80);
  say("eine Wohnunge", 1);
  return std::make_shared<const WordData>(std::move(builder).finish(WordData{}));
}

struct Entry {
  Kind kind;
  std::string text;
  std::uint32_t count;
};

std::filesystem::path write(const std::vector<Entry>& entries) {
  vocabulary::TableDraft terms;
  vocabulary::TableDraft titles;
  for (const Entry& entry : entries) {
    vocabulary::TableDraft& table = entry.kind == Kind::kTitle ? titles : terms;
    vocabulary::EntryInfo info;
    info.kind = entry.kind;
    info.count = entry.count;
    if (entry.kind == Kind::kTitle) {
      info.document = 7;
    } else {
      info.text_begin = static_cast<std::uint32_t>(table.text.size());
      table.text += entry.text;
      info.text_end = static_cast<std::uint32_t>(table.text.size());
    }
    table.entries.push_back(info);
    table.words.push_back(vocabulary::blind_words(entry.text));
    table.inner.emplace_back(table.words.back().size(), true);
    const auto score = static_cast<std::uint16_t>(entry.count);
    table.scores.emplace_back(score, score);
  }
  const auto file = std::filesystem::temp_directory_path() / "fundstelle-suggest-test.bin";
  vocabulary::write_vocabulary(file, terms, titles, {{"asylbewerb", {1}}, {"abc", {0, 2}}});
  return file;
}

std::vector<std::string> queries(const suggest::Completions& found) {
  std::vector<std::string> out;
  for (const auto& one : found.terms) out.push_back(one.query);
  return out;
}

}  // namespace

TEST_CASE("edit cost: German slips are cheaper than any letter", "[suggest]") {
  const double plain = suggest::edit_cost("haus", "maus");
  for (const auto& [typed, meant] :
       std::vector<std::pair<const char*, const char*>>{{"energi", "energie"},
                                                        {"standart", "standard"},
                                                        {"rehtorik", "rhetorik"},
                                                        {"budnes", "bundes"},
                                                        {"komission", "kommission"},
                                                        {"gespaerch", "gespraech"}}) {
    INFO(typed);
    CHECK(suggest::edit_cost(typed, meant) < 0.9);
    CHECK(suggest::edit_cost(typed, meant) > 0);
    CHECK(suggest::edit_cost(typed, meant) < plain);
  }
  CHECK(suggest::edit_cost("gesetz", "gesetz") == 0);
}

TEST_CASE("word tree: finds exactly the words within so many edits", "[suggest]") {
  const std::vector<std::string_view> words{"aber",  "abr",    "baer", "haus",
                                            "hause", "hausen", "maus"};
  const suggest::WordTree tree(words);
  const auto near = [&](std::string_view word, unsigned limit) {
    std::vector<std::string> out;
    for (const auto i : tree.near(word, limit)) out.emplace_back(words[i]);
    return out;
  };
  CHECK(near("haus", 1) == std::vector<std::string>{"haus", "hause", "maus"});
  CHECK(near("haus", 2) == std::vector<std::string>{"haus", "hause", "hausen", "maus"});
  CHECK(near("abre", 1) == std::vector<std::string>{"aber", "abr"});  // swapped; one too many
  CHECK(near("zzzz", 2).empty());
}

TEST_CASE("speller: words are put right, compounds by part, known words left alone", "[suggest]") {
  const suggest::Speller speller(lexicon());
  const auto best = [&](std::string_view word, std::uint64_t documents = 0) {
    const auto found = speller.corrections(word, documents);
    return found.empty() ? std::string() : found.front();
  };
  CHECK(best("wohnunegn") == "wohnungen");
  CHECK(best("rythmus") == "rhythmus");
  CHECK(best("bundesregirung") == "bundesregierung");
  // Never seen as a whole.
  CHECK(best("fluechtlingsunterkumft") == "fluechtlingsunterkunft");
  CHECK(best("fluechtlingsunterkunft").empty());
  CHECK(best("wohnungen").empty());
  CHECK(best("muellermeier").empty());
  // In so many documents it is a word, whatever it looks like.
  CHECK(best("wohnungn") != "");
  CHECK(best("wohnungn", 50).empty());
}

TEST_CASE("speller: a suggestion has hits, with the other words typed", "[suggest]") {
  const suggest::Speller speller(lexicon());
  std::vector<std::string> asked;
  suggest::Speller::Index index;
  std::uint64_t answer = 3;
  index.hits = [&](const std::string& query) {
    asked.push_back(query);
    return query.find(' ') == std::string::npos ? 3 : answer;
  };
  index.printed = [](const std::string& folded) {
    return folded == "wohnungen" ? "Wohnungen" : folded;
  };
  const auto spelling = speller.suggest("Wohnunegn titel:Bonn", {{"Wohnunegn", 0}}, index);
  CHECK(spelling.query == "Wohnungen titel:Bonn");
  REQUIRE(spelling.changes.size() == 1);
  CHECK(spelling.changes[0].suggested == "Wohnungen");
  // Printed nowhere: the letters typed are kept where they are right.
  CHECK(speller.suggest("Flüchtlingsunterkumft", {{"Flüchtlingsunterkumft", 0}}, index).query ==
        "Flüchtlingsunterkunft");
  answer = 0;
  CHECK(speller.suggest("Wohnunegn titel:Bonn", {{"Wohnunegn", 0}}, index).query.empty());
  // Wrongly split.
  answer = 2;
  CHECK(speller.suggest("bundes regierung", {{"bundes", 0}, {"regierung", 0}}, index).query ==
        "bundesregierung");
}

TEST_CASE("completion: any word of an entry, blind to case and umlauts, best first", "[suggest]") {
  const auto file = write({{Kind::kTerm, "Flüchtling", 90},
                           {Kind::kTerm, "Fluch", 10},
                           {Kind::kTerm, "Straße", 50},
                           {Kind::kPhrase, "sozialer Wohnungsbau", 40},
                           {Kind::kTerm, "Wohnung", 80},
                           {Kind::kPerson, "Anna Flügge", 5},
                           {Kind::kTopic, "Wohnung", 70},
                           {Kind::kTitle, "Ausbau der Flüchtlingshilfe", 1}});
  const vocabulary::VocabularyFile vocabulary(file);
  const auto complete = [&](std::string_view typed) {
    return suggest::complete(vocabulary, typed, 5, 5);
  };
  using Queries = std::vector<std::string>;
  CHECK(queries(complete("FLU")) == Queries{"Flüchtling", "Fluch", "von:\"Anna Flügge\""});
  CHECK(queries(complete("flue")) == Queries{"Flüchtling", "Fluch", "von:\"Anna Flügge\""});
  CHECK(queries(complete("strass")) == Queries{"Straße"});
  CHECK(queries(complete("sozialer W")) == Queries{"sozialer Wohnungsbau"});
  CHECK(queries(complete("sozialen W")) == Queries{"sozialen Wohnungsbau"});
  CHECK(queries(complete("Bonn sozialer w")) == Queries{"Bonn sozialer Wohnungsbau"});
  // A subject area is another search than the word; a phrase completes from its second word too.
  CHECK(queries(complete("wohn")) == Queries{"Wohnung", "thema:Wohnung", "sozialer Wohnungsbau"});
  CHECK(queries(complete("x von:fl")) == Queries{"x von:\"Anna Flügge\""});
  CHECK(queries(complete("x sachgebiet:wohn")) == Queries{"x thema:Wohnung"});
  CHECK(complete("ausbau der fl").titles.size() == 1);
  CHECK(complete("flüchtlingsh").titles.size() == 1);
  CHECK(complete("f").terms.empty());
  CHECK(complete("\"flü").terms.empty());
  CHECK(complete(std::string(5000, 'f')).terms.empty());
  CHECK(complete("\xff\xfe").terms.empty());
  CHECK(vocabulary.related("asylbewerb").size() == 1);
  CHECK(vocabulary.related("unbekannt").empty());
}

TEST_CASE("vocabulary: a damaged file is declined, not read", "[suggest]") {
  const auto file = write({{Kind::kTerm, "Wohnung", 80}});
  std::string bytes;
  {
    std::ifstream in(file, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
  }
  for (const std::size_t cut : {std::size_t{0}, std::size_t{20}, bytes.size() / 2}) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes.substr(0, cut);
    CHECK_THROWS_AS(vocabulary::VocabularyFile(file), vocabulary::VocabularyError);
  }
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string broken = bytes;
    broken[at] = static_cast<char>(broken[at] ^ 0x55);
    std::ofstream(file, std::ios::binary | std::ios::trunc) << broken;
    try {
      const vocabulary::VocabularyFile vocabulary(file);
      (void)suggest::complete(vocabulary, "wo", 5, 5);
    } catch (const vocabulary::VocabularyError&) {
    }
  }
}

TEST_CASE("typed words: found whole, outside quotation marks") {
  CHECK(suggest::place_of_word("Kindergarten art", "art") == 13);
  CHECK(suggest::place_of_word("\"Asyl Recht\" Asyl", "Asyl") == 13);
  CHECK(suggest::place_of_word("Asylrecht", "Asyl") == std::string::npos);
}
