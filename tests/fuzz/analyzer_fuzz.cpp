// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any bytes as text and as words of a query: terms stand where they say, within their limits.
//
// Rooms: text document
#include <cstring>
#include <memory>

#include "checks.h"
#include "text/analyzer.h"

namespace {

const fundstelle::Analyzer& analyzer() {
  static const fundstelle::Analyzer instance = [] {
    auto words = std::make_shared<fundstelle::WordData>();
    words->stop_words = {"der", "die", "und", "fuer"};
    words->abbreviations["mv"] = {"Mecklenburg-Vorpommern"};
    words->short_forms["mv"] = "M-V";
    for (const char* word : {"schule", "schul", "amt", "flucht", "fluechtling", "unterkunft",
                             "integration", "kurs", "landtag", "wahl", "periode"}) {
      words->lexicon[word] = {100, true, true, false, 5};
      words->modifiers[word] = 5;
    }
    return fundstelle::Analyzer(words);
  }();
  return instance;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fundstelle;
  const std::string_view text = fuzz::as_text(data, size);
  for (const Token& token : analyzer().analyze(text)) {
    fuzz::require(token.byte_begin <= token.byte_end && token.byte_end <= size,
                  "a token lies in the text");
    fuzz::require(!token.term.empty() && token.term.size() <= 200, "a term has 1 to 200 bytes");
    fuzz::require(token.position >= 1, "positions count from one");
  }
  for (const QueryWord& word : analyzer().analyze_query(text)) {
    fuzz::require(word.byte_end <= size, "a query word lies in the text");
    fuzz::require(word.variants.size() <= kMaxVariants, "variants are bounded");
  }
  return 0;
}
