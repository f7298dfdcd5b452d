// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cuts compounds into their parts with a lexicon learnt from the corpus and word lists.
//
// Source of the idea: Koehn and Knight, "Empirical Methods for Compound Splitting" (EACL 2003).
// They compare token counts; here a cut is scored by how productive its parts are (how many words
// of the lexicon share the first part, or the head), which does not depend on the size of the
// corpus and lets frequent compounds be cut as well as rare ones. The weights are fitted: see
// compounds.cpp.
//
// Heads are nouns: adjectives and verbs (verkehrspolitisch, ausbauen) stay whole. Separable
// prefixes are no parts (Ausländer, Vorschrift).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/word_data.h"

namespace fundstelle::text {

/// One part of a compound: bytes of the folded word, linking element included, and its base form
/// ("landes" in landesregierung: landes; "arbeits": arbeit; "schul": schule).
struct CompoundPart {
  std::uint32_t begin = 0, end = 0;
  std::string base;
};

class CompoundSplitter {
 public:
  explicit CompoundSplitter(const WordData& words);  ///< `words` must outlive it

  /// Parts in order, at least two; none if the word is not a compound, or not one we can tell.
  [[nodiscard]] const std::vector<CompoundPart>& split(std::string_view folded);

  /// Base forms of successive parts that are a known word together, the whole excepted
  /// ("atomkraftwerk": kraftwerk).
  [[nodiscard]] std::vector<std::string> inner_words(std::string_view folded,
                                                     const std::vector<CompoundPart>& parts) const;

  /// Best cut of a word that must be cut, for suspended hyphens ("Nachteile" in "Vor- und
  /// Nachteile"): byte where the last part begins, 0 if nothing known ends the word.
  [[nodiscard]] std::uint32_t head_begin(std::string_view folded);

  [[nodiscard]] bool known(std::string_view folded) const;
  [[nodiscard]] bool known_noun(std::string_view folded) const;

  /// May stand before another part ("bruecken", "arbeits").
  [[nodiscard]] bool is_first_part(std::string_view folded) const;

  /// Prefixes of verbs and prepositions, which are no parts of compounds ("aus", "vor").
  [[nodiscard]] static bool is_verb_prefix(std::string_view folded);

 private:
  struct Reading {
    double score = 0;
    std::string base;
  };
  std::vector<CompoundPart> decide(std::string_view word) const;
  [[nodiscard]] std::vector<CompoundPart> adjective_parts(std::string_view word) const;
  bool read_modifier(std::string_view span, Reading& best) const;
  /// `states` are those of the span's beginnings (running_states).
  bool read_modifier(std::string_view span, const std::uint64_t* states, Reading& best) const;
  bool read_head(std::string_view span, double& score) const;
  [[nodiscard]] double doubt_linking_s(std::string_view word, std::size_t head) const;
  [[nodiscard]] double score_whole(std::string_view word) const;
  [[nodiscard]] bool is_inflected_adjective(std::string_view word) const;
  [[nodiscard]] bool is_verb_form(std::string_view word) const;
  [[nodiscard]] bool is_whole(std::string_view word) const;
  [[nodiscard]] std::size_t whole_at(std::string_view word, std::size_t begin) const;
  [[nodiscard]] const LexiconEntry* find(std::string_view word) const;
  /// Of a word with a letter or two behind it; `state` is that of the whole.
  [[nodiscard]] const LexiconEntry* find(std::string_view word, std::string_view ending,
                                         std::uint64_t state) const;

  [[nodiscard]] std::uint32_t compounds_beginning(std::string_view span) const;

  const WordData& words_;
  /// Most spans of a word are no words: a Bloom filter over the lexicon, the bits of a word in one
  /// number, answers for them without a look into the big table (splitting is three times as fast).
  std::vector<std::uint64_t> filter_;
  std::vector<bool> whole_starts_;  ///< by hash of the first letters of words that are never split
  /// Words cut lately. What is met again stays, what is not goes with its generation.
  std::unordered_map<std::string, std::vector<CompoundPart>> cache_, cache_before_;
  /// Cuts of parts, which come again and again.
  std::unordered_map<std::string, std::vector<CompoundPart>> parts_;
  mutable std::vector<std::uint64_t> states_;
  mutable std::string key_;
};

/// Counts, for every word and first part of the lexicon, the compounds they stand in. Part of
/// learning: LexiconBuilder::finish calls it last.
void learn_productivity(WordData& words);

}  // namespace fundstelle::text
