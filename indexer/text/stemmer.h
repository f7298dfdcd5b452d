// SPDX-License-Identifier: GPL-3.0-or-later
//
// Folded words to stems. Source: Snowball's German stemmer ("german", snowballstem.org) through
// libstemmer, run on the folded spelling (ae for ä), so that both spellings of an umlaut meet.
//
// Snowball itself turns ä into a at the end: Haus meets Häuser, but fordern also meets fördern and
// Bürger meets Burg. Here umlauts stay, and what an umlaut inflects goes back to its base form
// first: irregular forms from the word data, alone, after a verb's prefix or as the head of a
// compound, and plurals in -e whose singular the lexicon knows. Feminine -innen becomes -in, which
// Snowball lacks.
#pragma once

#include <string>
#include <string_view>

#include "text/compounds.h"
#include "text/word_data.h"

struct sb_stemmer;

namespace fundstelle::text {

class Stemmer {
 public:
  /// Both must outlive it.
  Stemmer(const WordData& words, CompoundSplitter& splitter);
  ~Stemmer();
  Stemmer(const Stemmer&) = delete;
  Stemmer& operator=(const Stemmer&) = delete;

  [[nodiscard]] std::string stem(std::string_view folded) const;

 private:
  [[nodiscard]] std::string base_form(std::string_view folded) const;
  [[nodiscard]] std::string infinitive_of_participle(std::string_view word) const;
  [[nodiscard]] std::string infinitive_of_finite_verb(std::string_view word) const;
  [[nodiscard]] std::string base_of_simple_word(std::string_view word) const;

  const WordData& words_;
  CompoundSplitter& splitter_;
  sb_stemmer* german_;
};

}  // namespace fundstelle::text
