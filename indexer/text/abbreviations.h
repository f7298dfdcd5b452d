// SPDX-License-Identifier: GPL-3.0-or-later
//
// Abbreviations and their long forms, both ways: "BAMF" to "Bundesamt für Migration und
// Flüchtlinge" and back. Used on queries only; documents keep what they print.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/scan.h"
#include "text/stemmer.h"
#include "text/word_data.h"

namespace fundstelle::text {

/// One word of a long form: folded, with its stem unless it is a stop word.
struct LongFormWord {
  std::string folded;
  std::string stem;  ///< empty: stop word
};

struct LongForm {
  std::string printed;
  std::vector<LongFormWord> words;
  std::vector<std::string> keys;  ///< abbreviations that stand for it
};

class Abbreviations {
 public:
  /// Both must outlive it.
  Abbreviations(const WordData& words, const Stemmer& stemmer);

  /// Long forms of an abbreviation given as letters and digits only ("mv"); may be none.
  [[nodiscard]] std::vector<const LongForm*> long_forms(std::string_view key) const;

  struct Match {
    const LongForm* form = nullptr;
    std::size_t next = 0;          ///< first atom after it
    bool only_stop_words = false;  ///< "zum Beispiel"
  };
  /// The longest long form that begins with atom i, inflected or not; form is null if there is
  /// none.
  [[nodiscard]] Match match_long_form(const Scan& scan, std::size_t i) const;

  /// First abbreviation of a long form that is this one word, written with a hyphen or without
  /// (Straßenverkehrs-Ordnung: stvo); empty if there is none.
  [[nodiscard]] std::string key_of_word(std::string_view folded) const;

  /// As printed in the list, dots and hyphens included ("M-V").
  [[nodiscard]] std::string printed(const std::string& key) const;

 private:
  const WordData& words_;
  const Stemmer& stemmer_;
  std::vector<LongForm> forms_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_key_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_first_word_;  // stem or folded
};

/// A dotted abbreviation printed as several atoms: "z. B.", "i. V. m.", "F.D.P.".
struct DottedAbbreviation {
  std::size_t next = 0;   ///< first atom after it; 0: none begins here
  std::uint32_t end = 0;  ///< one past its last full stop
  std::string key;        ///< "zb"
};
[[nodiscard]] DottedAbbreviation read_dotted_abbreviation(const Scan& scan, std::size_t i,
                                                          const WordData& words);

}  // namespace fundstelle::text
