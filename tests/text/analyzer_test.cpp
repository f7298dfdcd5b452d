// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/analyzer.h"

#include <algorithm>

#include "data.h"

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
