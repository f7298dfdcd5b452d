// SPDX-License-Identifier: GPL-3.0-or-later
//
// Learns the lexicon compounds are split with: which words the corpus uses, how often, and whether
// they are nouns. For the writer, while it streams the documents of a new generation:
//
//   LexiconBuilder builder;
//   for (each document) builder.add_text(all its text);      // title and pages, any order
//   for (each word list that exists) builder.add_word_list("/usr/share/dict/ngerman");
//   WordData words = std::move(builder).finish(WordData::from_lists(stopwords_dir));
//   words.save(generation / "words");                         // frozen
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "text/word_data.h"

namespace fundstelle {

class LexiconBuilder {
 public:
  struct Limits {
    std::uint32_t min_frequency = 3;  ///< rarer words of the corpus are left out (listed ones stay)
    std::size_t max_words = 600'000;  ///< of the finished lexicon, most frequent first
    std::size_t max_counted = 3'000'000;  ///< while counting; beyond, words seen once are forgotten
  };

  LexiconBuilder();
  explicit LexiconBuilder(const Limits& limits);
  ~LexiconBuilder();
  LexiconBuilder(LexiconBuilder&&) noexcept;
  LexiconBuilder& operator=(LexiconBuilder&&) noexcept;

  /// Counts the words of running text. Not for several threads at once; about 30 MB/s.
  void add_text(std::string_view text);

  /// Adds what another builder counted (one builder a thread).
  void add_counts(const LexiconBuilder& other);

  /// One word a line, UTF-8, in its normal spelling (nouns with a capital). Throws TextError.
  void add_word_list(const std::filesystem::path& file);

  /// `base` with the lexicon filled in. The result depends on the texts, not on their order, as
  /// long as max_counted was not reached.
  [[nodiscard]] WordData finish(WordData base) &&;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fundstelle
