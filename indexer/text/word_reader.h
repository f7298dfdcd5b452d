// SPDX-License-Identifier: GPL-3.0-or-later
//
// What one word gives: its exact form, stem, umlaut-blind stem and parts. Remembers the words it
// has read; not for several threads.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/abbreviations.h"
#include "text/analyzer.h"
#include "text/compounds.h"
#include "text/stemmer.h"
#include "text/word_data.h"

namespace fundstelle::text {

inline constexpr std::size_t kLongestWord = 200;  ///< bytes of print; longer words are dropped

struct Reading {
  TokenKind kind = TokenKind::kExact;
  std::string term;
  bool stop_word = false;
};

class WordReader {
 public:
  explicit WordReader(std::shared_ptr<const WordData> words);

  /// Readings of a word as printed, its exact form first. Empty if it is too long. The reference
  /// holds until the next call of any member.
  [[nodiscard]] const std::vector<Reading>& read(std::string_view raw);

  /// The same for a word the caller remembers: it is not kept here.
  void read(std::string_view raw, std::vector<Reading>& readings);

  /// Readings of a folded word a rule has opened: the same without the exact form.
  [[nodiscard]] const std::vector<Reading>& read_opened(const std::string& folded);

  [[nodiscard]] bool is_stop_word(const std::string& folded) const {
    return words_->stop_words.contains(folded);
  }
  [[nodiscard]] const WordData& words() const { return *words_; }
  [[nodiscard]] CompoundSplitter& splitter() { return splitter_; }
  [[nodiscard]] const Stemmer& stemmer() const { return stemmer_; }
  [[nodiscard]] const Abbreviations& abbreviations();

 private:
  using Remembered = std::unordered_map<std::string, std::vector<Reading>>;

  void append_readings(const std::string& folded, std::vector<Reading>& readings);
  /// Readings of key_, if they are remembered.
  const std::vector<Reading>* recall(Remembered& young, Remembered& old) const;

  std::shared_ptr<const WordData> words_;
  CompoundSplitter splitter_;
  Stemmer stemmer_;
  std::unique_ptr<Abbreviations> abbreviations_;  // made when first asked for
  // What is met again stays, what is not goes with its generation.
  Remembered printed_, printed_before_, opened_, opened_before_;
  std::string key_;
};

}  // namespace fundstelle::text
