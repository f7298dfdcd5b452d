// SPDX-License-Identifier: GPL-3.0-or-later
//
// Printed lines become running text: words broken at line ends are mended, real hyphens kept.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "extract/word_list.h"

namespace fundstelle {

/// Joins lines as German sets them. One for a document: what it writes within lines decides
/// doubtful line ends ("deutsch-französisch" or "Verwaltung").
class LineJoiner {
 public:
  /// `words`, if given, decides where the document itself does not; it must outlive the joiner.
  explicit LineJoiner(const WordList* words = nullptr) : list_(words) {}

  /// Learns from a line that is not joined yet; its last word may be broken and is not learnt.
  void learn(std::string_view line);

  /// To be called when every line is learnt: finds out whether words are broken at line ends
  /// without a sign (soft hyphens that the PDF does not show).
  void finish_learning();

  /// Appends `line` to `text`, mending:
  ///   "Integra-" + "tion"        -> "Integration" (also U+00AD; clean_text() made U+2010 plain)
  ///   "Integrations-" + "und"    -> "Integrations- und" (suspended hyphen stays)
  ///   "Nordrhein-" + "Westfalen" -> "Nordrhein-Westfalen" (capital or digit follows)
  ///   "CDU/" + "CSU"             -> "CDU/CSU"
  /// else a blank between. Soft hyphens inside lines are taken out. In a document that breaks words
  /// without any hyphen (invisible soft hyphens), words it uses elsewhere or the word list knows
  /// are put together.
  void append(std::string& text, std::string_view line) const;

  /// True if a word of `text` runs on into `next`: append() would put no blank.
  [[nodiscard]] bool runs_on(std::string_view text, std::string_view next) const;

  /// True if the document breaks words without showing a hyphen.
  [[nodiscard]] bool hides_hyphens() const { return invisible_hyphens_; }

 private:
  enum class Join { kBlank, kDropHyphen, kKeepHyphen, kNoBlank };
  [[nodiscard]] Join decide(std::string_view text, std::string_view next) const;
  [[nodiscard]] bool knows(std::string_view begin, std::string_view end) const;

  /// "Prenz" + "lau" where no hyphen shows.
  [[nodiscard]] bool broken_without_sign(std::string_view begin, std::string_view end) const;
  /// A word of the language, by the list or by this document.
  [[nodiscard]] bool is_word(std::string_view word) const;
  /// "Aufstellungsver" + "fahren": two words of the list that meet elsewhere than at the break.
  [[nodiscard]] bool is_compound_broken_within(std::string_view begin, std::string_view end) const;
  /// An address set like a word: "ratsinfomanage-" + "ment.net", not "berlin-" + "brandenburg".
  [[nodiscard]] bool is_hyphenated_word(std::string_view tail, std::string_view head) const;

  const WordList* list_;
  bool invisible_hyphens_ = false;
  std::string last_end_;  ///< last word of the line learnt last, if it may go on
  std::vector<std::pair<std::string, std::string>> ends_;  ///< ends and beginnings of lines
  std::string last_broken_;            ///< last word of the line learnt last, if a hyphen ends it
  bool hyphenates_addresses_ = false;  ///< some address is certainly broken like a word
  std::unordered_set<std::string> words_;       ///< within lines; ASCII letters lower case
  std::unordered_set<std::string> hyphenated_;  ///< with a hyphen before a lower-case letter
  std::size_t lines_ = 0;
  std::size_t hyphen_ends_ = 0;
  std::size_t broken_words_ = 0;  ///< line ends with a hyphen before a small letter
  bool ended_in_hyphen_ = false;
};

}  // namespace fundstelle
