// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/word_data.h"

#include <fstream>

#include "data.h"
#include "text/analyzer.h"
#include "text/lexicon.h"

using namespace fundstelle;

namespace {

const std::filesystem::path kLists = std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "stopwords";

WordData small_lexicon() {
  LexiconBuilder::Limits limits;
  limits.min_frequency = 1;
  LexiconBuilder builder(limits);
  builder.add_text(
      "Die Unterkunft für Flüchtlinge. Eine Unterkunft der Stadt, die Haltung der Stadt.");
  builder.add_text("Der Abgeordnete Dr. Zimmermann und die Abgeordnete Zimmermann sind halt da.");
  return std::move(builder).finish(WordData::from_lists(kLists));
}

}  // namespace

TEST_CASE("word data: saved and loaded, it is the same and has the same hash", "[text]") {
  const test::ScratchDir dir;
  const WordData words = small_lexicon();
  words.save(dir.path() / "words");
  const WordData loaded = WordData::load(dir.path() / "words");
  CHECK(loaded.hash() == words.hash());
  CHECK(loaded.lexicon.size() == words.lexicon.size());
  CHECK(loaded.lexicon.at("unterkunft").frequency == 2);
  CHECK(loaded.lexicon.at("unterkunft").noun);
  CHECK(loaded.stop_words == words.stop_words);
  CHECK(loaded.abbreviations == words.abbreviations);
  CHECK(loaded.whole_words == words.whole_words);
  CHECK(Analyzer(std::make_shared<WordData>(loaded)).fingerprint() ==
        Analyzer(std::make_shared<WordData>(words)).fingerprint());
}

TEST_CASE("word data: a damaged file is refused with its name", "[text]") {
  const test::ScratchDir dir;
  const auto file = dir.path() / "words";
  small_lexicon().save(file);
  std::string content;
  {
    std::ifstream in(file, std::ios::binary);
    content.assign(std::istreambuf_iterator<char>(in), {});
  }
  for (const std::size_t at :
       {std::size_t{3}, std::size_t{20}, content.size() / 2, content.size() - 3}) {
    std::string damaged = content;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x15);
    std::ofstream(file, std::ios::binary) << damaged;
    INFO("byte " << at);
    CHECK_THROWS_WITH(WordData::load(file), Catch::Contains(file.string()));
  }
  std::ofstream(file, std::ios::binary) << content.substr(0, content.size() / 2);
  CHECK_THROWS_AS(WordData::load(file), TextError);
  CHECK_THROWS_AS(WordData::load(dir.path() / "none"), TextError);
}

TEST_CASE("word data: any change of a word changes the hash", "[text]") {
  const WordData words = small_lexicon();
  WordData other = words;
  other.lexicon["unterkunft"].frequency += 1;
  CHECK(other.hash() != words.hash());
  other = words;
  other.lexicon["unterkunft"].noun = false;
  CHECK(other.hash() != words.hash());
  other = words;
  other.stop_words.erase("und");
  CHECK(other.hash() != words.hash());
  other = words;
  other.abbreviations["mv"].push_back("Mikrowelle");
  CHECK(other.hash() != words.hash());
}

TEST_CASE("word data: a list that is not UTF-8 is refused with file and line", "[text]") {
  const test::ScratchDir dir;
  std::filesystem::copy(kLists, dir.path() / "lists", std::filesystem::copy_options::recursive);
  std::ofstream(dir.path() / "lists/german.txt", std::ios::binary) << "und\nf\xFCr\n";
  CHECK_THROWS_WITH(WordData::from_lists(dir.path() / "lists"), Catch::Contains("german.txt:2"));
  std::filesystem::remove(dir.path() / "lists/german.txt");
  CHECK_THROWS_WITH(WordData::from_lists(dir.path() / "lists"), Catch::Contains("german.txt"));
}

TEST_CASE("lexicon: nouns are told by their capitals inside sentences, names by what stands before",
          "[text]") {
  const WordData words = small_lexicon();
  CHECK(words.lexicon.at("stadt").noun);
  CHECK_FALSE(words.lexicon.at("halt").noun);
  CHECK(words.lexicon.at("zimmermann").name);
  CHECK_FALSE(words.lexicon.at("unterkunft").name);
}

TEST_CASE("lexicon: it does not depend on the order of texts or on how they were shared out",
          "[text]") {
  const std::vector<std::string> texts = {"Der Klimaschutz und der Schutz des Klimas.",
                                          "Das Klima, der Schutz, das Haus.",
                                          "Klimaschutz im Haus"};
  LexiconBuilder::Limits limits;
  limits.min_frequency = 1;
  LexiconBuilder forward(limits), backward(limits), one(limits), two(limits);
  for (const auto& text : texts) forward.add_text(text);
  for (auto text = texts.rbegin(); text != texts.rend(); ++text) backward.add_text(*text);
  one.add_text(texts[1]);
  two.add_text(texts[0]);
  two.add_text(texts[2]);
  one.add_counts(two);
  const std::string hash = std::move(forward).finish({}).hash();
  CHECK(std::move(backward).finish({}).hash() == hash);
  CHECK(std::move(one).finish({}).hash() == hash);
}

TEST_CASE("lexicon: memory stays bounded, frequent words stay", "[text]") {
  LexiconBuilder::Limits limits;
  limits.min_frequency = 2;
  limits.max_counted = 1000;
  LexiconBuilder builder(limits);
  for (int i = 0; i < 200; ++i) {
    std::string text = "Die Regierung ";
    for (int k = 0; k < 100; ++k) {
      text += "wort";
      for (int number = i * 100 + k; number > 0; number /= 26)
        text += static_cast<char>('a' + number % 26);
      text += ' ';
    }
    builder.add_text(text);
  }
  const WordData words = std::move(builder).finish({});
  CHECK(words.lexicon.size() < 1100);
  CHECK(words.lexicon.contains("regierung"));
}

TEST_CASE("word data: what analysis leaves out is frozen with the words", "[text]") {
  const test::ScratchDir dir;
  for (const auto& file : std::filesystem::directory_iterator(kLists)) {
    std::filesystem::copy(file.path(), dir.path() / file.path().filename());
  }
  const auto exact_and_stems = [](const WordData& words) {
    std::string all;
    const Analyzer analyzer(std::make_shared<WordData>(words));
    for (const auto& token : analyzer.analyze("Bürger:innen der Bundes- und Landesebene im "
                                              "Corona-Ausschuss")) {
      if (token.kind == TokenKind::kStem) all += token.term + ' ';
    }
    return all;
  };
  std::ofstream(dir.path() / "switched-off.txt") << "compounds\ngender\nhyphens\n";
  const WordData plain = WordData::from_lists(dir.path());
  CHECK(exact_and_stems(plain) == "buerg inn bund landeseb corona ausschuss ");
  CHECK(plain.hash() != WordData::from_lists(kLists).hash());
  plain.save(dir.path() / "words");
  CHECK(exact_and_stems(WordData::load(dir.path() / "words")) == exact_and_stems(plain));

  std::ofstream(dir.path() / "switched-off.txt") << "stemming\n";
  CHECK_THROWS_WITH(WordData::from_lists(dir.path()), Catch::Contains("switched-off.txt:1"));
}
