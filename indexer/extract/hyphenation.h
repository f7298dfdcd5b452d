// SPDX-License-Identifier: GPL-3.0-or-later
//
// Printed lines become running text: words broken at line ends are mended, real hyphens kept.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

namespace fundstelle {

/// Joins lines as German sets them. One for a document: what it writes within lines decides
/// doubtful line ends ("deutsch-französisch" or "Verwaltung").
class LineJoiner {
 public:
  /// Learns from a line that is not joined yet; its last word may be broken and is not learnt.
  void learn(std::string_view line);

  /// Appends `line` to `text`, mending:
  ///   "Integra-" + "tion"        -> "Integration" (also U+00AD; clean_text() made U+2010 plain)
  ///   "Integrations-" + "und"    -> "Integrations- und" (suspended hyphen stays)
  ///   "Nordrhein-" + "Westfalen" -> "Nordrhein-Westfalen" (capital or digit follows)
  ///   "CDU/" + "CSU"             -> "CDU/CSU"
  /// else a blank between. Soft hyphens inside lines are taken out. In a document that breaks words
  /// without any hyphen (invisible soft hyphens), words it uses elsewhere are put together.
  void append(std::string& text, std::string_view line) const;

  /// True if a word of `text` runs on into `next`: append() would put no blank.
  [[nodiscard]] bool runs_on(std::string_view text, std::string_view next) const;

 private:
  enum class Join { kBlank, kDropHyphen, kKeepHyphen, kNoBlank };
  [[nodiscard]] Join decide(std::string_view text, std::string_view next) const;
  [[nodiscard]] bool knows(std::string_view begin, std::string_view end) const;

  std::unordered_set<std::string> words_;       ///< within lines; ASCII letters lower case
  std::unordered_set<std::string> hyphenated_;  ///< with a hyphen before a lower-case letter
  std::size_t lines_ = 0;
  std::size_t hyphen_ends_ = 0;
};

}  // namespace fundstelle
