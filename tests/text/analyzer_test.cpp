// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/analyzer.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "data.h"
#include "text/lexicon.h"
#include "text/text_reader.h"

using namespace fundstelle;

namespace {

Analyzer plain_analyzer() {
  return Analyzer(std::make_shared<WordData>(
      WordData::from_lists(std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "stopwords")));
}

std::vector<std::string> terms(const Analyzer& analyzer, std::string_view text, TokenKind kind) {
  std::vector<std::string> found;
  for (const auto& token : analyzer.analyze(text)) {
    if (token.kind == kind) found.push_back(token.term);
  }
  return found;
}

}  // namespace

TEST_CASE("analyzer: both spellings of an umlaut and of ß meet in the same terms", "[text]") {
  const Analyzer analyzer = plain_analyzer();
  const std::vector<std::pair<std::string, std::string>> pairs = {
      {"Müller", "Mueller"},
      {"STRASSE", "Straße"},
      {"Flüchtlinge", "FLUECHTLINGE"},
      {"Maßnahme", "Massnahme"},
      {"Öl", "Oel"},
      {"u\u0308ber Tu\u0308r", "über Tür"},
      {"Flücht\u00ADlings\u00ADheim", "Flüchtlingsheim"},
      {"ﬁnanziert", "finanziert"},
      {"Café", "Cafe"},
      {"GROẞE", "große"},
      {"Erdoğan", "Erdogan"},
      {"CO₂", "CO2"},
  };
  for (const auto& [one, other] : pairs) {
    INFO(one << " / " << other);
    for (const auto kind : {TokenKind::kExact, TokenKind::kStem, TokenKind::kBlind}) {
      CHECK(terms(analyzer, one, kind) == terms(analyzer, other, kind));
    }
  }
}

TEST_CASE("analyzer: offsets are bytes of the input as printed", "[text]") {
  const Analyzer analyzer = plain_analyzer();
  const std::string text =
      "Die u\u0308berprüfte \u00ADFlücht\u00ADlings\u00ADhilfe\u00AD, ﬁnanziert";
  std::vector<std::string> printed;
  for (const auto& token : analyzer.analyze(text)) {
    if (token.kind == TokenKind::kExact) {
      printed.push_back(text.substr(token.byte_begin, token.byte_end - token.byte_begin));
    }
  }
  CHECK(printed == std::vector<std::string>{"Die", "u\u0308berprüfte",
                                            "Flücht\u00ADlings\u00ADhilfe", "ﬁnanziert"});
}

TEST_CASE("analyzer: bytes that are not UTF-8 end a word, very long words go", "[text]") {
  const Analyzer analyzer = plain_analyzer();
  CHECK(terms(analyzer, "Haus\xFFgarten \xC3", TokenKind::kExact) ==
        std::vector<std::string>{"haus", "garten"});
  CHECK(terms(analyzer, std::string(201, 'a') + " kurz", TokenKind::kExact) ==
        std::vector<std::string>{"kurz"});
  CHECK(analyzer.analyze("").empty());
}

TEST_CASE("analyzer: a hyphenated compound is its printed pieces and the whole", "[text]") {
  const Analyzer analyzer = plain_analyzer();
  const auto tokens = analyzer.analyze("Die Corona-Pandemie endet");
  const auto at = [&](TokenKind kind, const std::string& term) -> const Token* {
    for (const auto& token : tokens) {
      if (token.kind == kind && token.term == term) return &token;
    }
    return nullptr;
  };
  REQUIRE(at(TokenKind::kExact, "corona"));
  CHECK(at(TokenKind::kExact, "corona")->position == 2);
  CHECK(at(TokenKind::kExact, "pandemie")->position == 3);
  CHECK(at(TokenKind::kExact, "endet")->position == 4);
  const Token* whole = at(TokenKind::kStem, analyzer.stem("coronapandemie"));
  REQUIRE(whole);
  CHECK(whole->position == 2);
  CHECK(whole->byte_begin == 4);
  CHECK(whole->byte_end == 19);
  CHECK(analyzer.fold("Corona-Pandemie") == "corona-pandemie");
  CHECK(at(TokenKind::kExact, "corona-pandemie"));
}

TEST_CASE("analyzer: the first exact tokens of the positions are the printed phrase", "[text]") {
  const Analyzer analyzer = plain_analyzer();
  const auto phrase = [&](std::string_view text) {
    std::string words;
    std::uint32_t last = 0;
    for (const auto& token : analyzer.analyze(text)) {
      if (token.kind != TokenKind::kExact || token.position == last) continue;
      CHECK(token.position == last + 1);
      last = token.position;
      words += token.term + " ";
    }
    return words;
  };
  CHECK(phrase("die Corona-Pandemie in M-V") == phrase("die Corona Pandemie in M V"));
  CHECK(phrase("Drucksache 19 / 10 006 (neu)") == phrase("Drucksache 19/10006"));
  CHECK(phrase("alle Bürger*innen fragen") == "alle buerger:innen fragen ");
  CHECK(phrase("Bürger(innen)") == phrase("BürgerInnen"));
  CHECK(phrase("Bund- und Länder, z. B. 2.500 Euro") == "bund und laender zb 2500 euro ");
  CHECK(phrase("nach § 16a Abs. 2 AufenthG") == "nach 16a abs 2 aufenthg ");
  CHECK(phrase("Inte-\ngration") == "integration ");
}

TEST_CASE("analyzer: a hit inside a gender form marks the whole print", "[text]") {
  const Analyzer analyzer = plain_analyzer();
  for (const std::string print :
       {"Bürger:innen", "BürgerInnen", "Bürger(innen)", "Bürger/-innen"}) {
    const std::string text = "Alle " + print + " fragen.";
    const std::string stem = analyzer.stem("buerger");
    bool seen = false;
    for (const auto& token : analyzer.analyze(text)) {
      if (token.kind != TokenKind::kStem || token.term != stem) continue;
      CHECK(text.substr(token.byte_begin, token.byte_end - token.byte_begin) == print);
      seen = true;
    }
    INFO(print);
    CHECK(seen);
  }
}

TEST_CASE("analyzer: opened forms are no exact forms", "[text]") {
  const Analyzer analyzer = plain_analyzer();
  const auto exact = terms(analyzer, "Bürger:innen der Bundes- und Landesebene", TokenKind::kExact);
  CHECK(exact == std::vector<std::string>{"buerger:innen", "der", "bundes", "und", "landesebene"});
}

TEST_CASE("analyzer: stop words keep their place and have no stem", "[text]") {
  const Analyzer analyzer = plain_analyzer();
  for (const auto& token : analyzer.analyze("und der Antrag")) {
    CHECK(token.stop_word == (token.position < 3));
    if (token.position < 3) CHECK(token.kind == TokenKind::kExact);
  }
  const auto query = analyzer.analyze_query("und der Antrag");
  REQUIRE(query.size() == 3);
  CHECK(query[0].stop_word);
  CHECK_FALSE(query[2].stop_word);
}

TEST_CASE("analyzer: every expansion can be switched off", "[text]") {
  LexiconBuilder::Limits limits;
  limits.min_frequency = 1;
  LexiconBuilder builder(limits);
  builder.add_text("Es fragen die Burger und eine Burgerin.");
  const Analyzer analyzer(std::make_shared<WordData>(std::move(builder).finish(
      WordData::from_lists(std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "stopwords"))));
  const auto reasons = [&](std::string_view text, const Expansion& expansion) {
    std::vector<VariantReason> found;
    for (const auto& word : analyzer.analyze_query(text, expansion)) {
      for (const auto& variant : word.variants) found.push_back(variant.reason);
    }
    return found;
  };
  const auto has = [](const std::vector<VariantReason>& list, VariantReason reason) {
    return std::find(list.begin(), list.end(), reason) != list.end();
  };
  const std::string text = "Burgers BAMF";
  const auto all = reasons(text, {});
  for (const auto reason :
       {VariantReason::kInflection, VariantReason::kCompoundPart, VariantReason::kSpelling,
        VariantReason::kGender, VariantReason::kAbbreviation}) {
    CHECK(has(all, reason));
  }
  Expansion expansion;
  expansion.inflection = expansion.compounds = expansion.spelling = expansion.gender =
      expansion.abbreviations = false;
  CHECK(reasons(text, expansion) ==
        std::vector<VariantReason>{VariantReason::kSame, VariantReason::kSame});
}

TEST_CASE("analyzer: variants are bounded, whatever is typed", "[text]") {
  const Analyzer analyzer = plain_analyzer();
  std::string many;
  for (int i = 0; i < 40; ++i)
    many += "Bundesamt-für-Migration:innen/BAMF*innen M-V 19/1234(neu) § 3 ";
  for (const auto& word : analyzer.analyze_query(many)) {
    CHECK(word.variants.size() <= kMaxVariants);
    CHECK_FALSE(word.variants.empty());
  }
}

TEST_CASE("analyzer: any bytes are read", "[text]") {
  const Analyzer analyzer = plain_analyzer();
  std::uint32_t state = 7;
  const std::string alphabet = "aB1-:*/_(). §ä\xC3\xAD\xC2\xE2\x80\x99\n\xFF,InnenIundXV";
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
      state = state * 1664525 + 1013904223;
      text += alphabet[(state >> 16) % alphabet.size()];
    }
    std::uint32_t last = 0;
    for (const auto& token : analyzer.analyze(text)) {
      REQUIRE(token.byte_begin < token.byte_end);
      REQUIRE(token.byte_end <= text.size());
      REQUIRE(token.position >= last);
      REQUIRE(token.term.size() <= 220);
      last = token.position;
    }
    (void)analyzer.analyze_query(text);
  }
}

namespace {

/// Knows every plain word from its second time on.
class Remembering : public PlainWords {
 public:
  struct Taken {
    std::string print;
    std::uint32_t position = 0, byte_begin = 0;
  };
  std::vector<Taken> taken;
  bool take(std::string_view raw, std::uint32_t position, std::uint32_t byte_begin) override {
    if (met_.emplace(raw).second) return false;
    taken.push_back({std::string(raw), position, byte_begin});
    return true;
  }

 private:
  std::set<std::string, std::less<>> met_;
};

}  // namespace

TEST_CASE("text reader: what is left out is just the tokens of the words known", "[text]") {
  const auto words = std::make_shared<WordData>(
      WordData::from_lists(std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "stopwords"));
  const Analyzer analyzer(words);
  TextReader reader(words);
  using Printed = std::tuple<TokenKind, std::string, std::uint32_t, std::uint32_t, std::uint32_t>;
  const auto printed = [](const Token& token, std::uint32_t position, std::uint32_t moved) {
    return Printed{token.kind, token.term, position, token.byte_begin + moved,
                   token.byte_end + moved};
  };
  const std::string long_word(201, 'x');
  const std::string text =
      "Häuser und Straßen und Häuser, Bürger:innen der Schul- und Bundesebene. Häuser " +
      long_word +
      " und Gesetz: nach Gesetz § 16a Abs. 2 AufenthG Häuser AufenthG § 3 AufenthG, Drucksache "
      "19/1234 Häuser Corona-Pandemie und Pandemie Pandemie";
  Remembering known;
  std::vector<Token> tokens;
  reader.read(text, known, tokens);
  REQUIRE(known.taken.size() >= 8);
  std::multiset<Printed> all, told;
  for (const Token& token : analyzer.analyze(text)) all.insert(printed(token, token.position, 0));
  for (const Token& token : tokens) told.insert(printed(token, token.position, 0));
  CHECK(told.size() < all.size());
  for (const auto& word : known.taken) {
    CHECK(text.substr(word.byte_begin, word.print.size()) == word.print);
    for (const Token& token : analyzer.analyze(word.print)) {
      told.insert(printed(token, word.position, word.byte_begin));
    }
  }
  CHECK(told == all);
  // The words of a text before do not show in the next.
  reader.read("und Haus", known, tokens);
  CHECK(known.taken.back().position == 1);
  std::multiset<Printed> second, whole;
  for (const Token& token : tokens) second.insert(printed(token, token.position, 0));
  for (const Token& token : reader.analyze("und Haus")) {
    if (token.position == 2) whole.insert(printed(token, 2, 0));
  }
  CHECK(second == whole);
  CHECK_FALSE(second.empty());
}
