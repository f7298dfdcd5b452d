// SPDX-License-Identifier: GPL-3.0-or-later
//
// The words analysis knows: stop words, abbreviations, a lexicon for splitting compounds. They are
// frozen into each generation of the index, so that queries cut words exactly as the indexer did.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace fundstelle {

/// A word list that cannot be read; what() names file, line and remedy.
struct TextError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What the lexicon knows about a folded word.
struct LexiconEntry {
  std::uint32_t frequency =
      0;                ///< occurrences in the corpus it was learnt from; 0: from a word list only
  bool noun = false;    ///< mostly written with a capital
  bool listed = false;  ///< stands in a word list: spelt right
  bool name = false;    ///< mostly a person's name: never split
  std::uint32_t heads = 0;  ///< words of the lexicon that are a compound with this word as head
};

/// What analysis leaves out. For measuring what it costs; every index we make has all of it.
struct SwitchedOff {
  bool compounds = false;  ///< words are not split
  bool gender = false;     ///< "Bürger:innen" is two words
  bool hyphens = false;    ///< "Corona-Pandemie" is two words, "Bundes- und Landesebene" three
};

struct WordData {
  SwitchedOff switched_off;
  std::unordered_set<std::string> stop_words;  ///< folded
  /// Letters and digits of an abbreviation, folded ("mv" for M-V), to its long forms (each a
  /// readable phrase).
  std::unordered_map<std::string, std::vector<std::string>> abbreviations;
  std::unordered_map<std::string, std::string> short_forms;  ///< the same keys, as printed ("M-V")
  /// Folded inflected form to folded base form where the stemmer sees no kinship ("haeuser":
  /// "haus"). A base form after "=" is the stem already ("=note": not that of "Not").
  std::unordered_map<std::string, std::string> irregular;
  std::unordered_set<std::string> whole_words;  ///< folded; look like compounds, are never split
  /// How many words of the lexicon begin with this first part of a compound, linking element
  /// included ("arbeits", "schul"); parts seen once are left out.
  std::unordered_map<std::string, std::uint32_t> modifiers;
  std::unordered_map<std::string, LexiconEntry> lexicon;  ///< by folded word; empty: no splitting

  /// Stop words and abbreviations from `stopwords/` (one word a line, # comments). No lexicon. An
  /// optional list switched-off.txt names what analysis leaves out: compounds, gender, hyphens.
  /// Throws TextError naming file and line if something is not UTF-8 or missing.
  static WordData from_lists(const std::filesystem::path& stopwords_dir);

  /// One compressed file, written atomically; loading checks the hash. Throw TextError.
  void save(const std::filesystem::path& file) const;
  static WordData load(const std::filesystem::path& file);

  /// Hash over all words, independent of the order they were added in; 16 hex digits.
  [[nodiscard]] std::string hash() const;
};

}  // namespace fundstelle
