// SPDX-License-Identifier: GPL-3.0-or-later
//
// Folded words to stems. Source: Snowball's German stemmer ("german", snowballstem.org) through
// libstemmer, run on the folded spelling (ae for ä), so that both spellings of an umlaut meet.
//
// Snowball itself turns ä into a at the end: Haus meets Häuser, but fordern also meets fördern.
// Here umlauts stay, and plurals, comparatives and verb forms with an umlaut go back to their base
// form first (word_data irregular forms, and nouns the lexicon knows in both forms).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "text/word_data.h"

struct sb_stemmer;

namespace fundstelle::text {

class Stemmer {
 public:
  explicit Stemmer(const WordData& words);  ///< `words` must outlive it
  ~Stemmer();
  Stemmer(const Stemmer&) = delete;
  Stemmer& operator=(const Stemmer&) = delete;

  [[nodiscard]] std::string stem(std::string_view folded) const;

 private:
  [[nodiscard]] std::string snowball(std::string_view word) const;
  [[nodiscard]] std::string base_form(std::string_view folded) const;

  const WordData& words_;
  sb_stemmer* german_;
};

}  // namespace fundstelle::text
