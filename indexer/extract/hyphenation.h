// SPDX-License-Identifier: GPL-3.0-or-later
//
// Printed lines become running text: words broken at line ends are mended, real hyphens kept.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

namespace fundstelle {

/// Joins lines as German sets them. One for a document: it knows the words the document writes with
/// a hyphen within a line ("deutsch-französisch"), so that they keep it at a line end.
class LineJoiner {
 public:
  /// Learns from a line that is not joined yet.
  void learn(std::string_view line);

  /// Appends `line` to `text`, mending:
  ///   "Integra-" + "tion"        -> "Integration" (also U+00AD; clean_text() made U+2010 plain)
  ///   "Integrations-" + "und"    -> "Integrations- und" (suspended hyphen stays)
  ///   "Nordrhein-" + "Westfalen" -> "Nordrhein-Westfalen" (capital or digit follows)
  ///   "CDU/" + "CSU"             -> "CDU/CSU"
  /// else a blank between. Soft hyphens inside lines are taken out.
  void append(std::string& text, std::string_view line) const;

  /// True if a word of `text` runs on into `next`: append() would put no blank.
  [[nodiscard]] bool runs_on(std::string_view text, std::string_view next) const;

 private:
  enum class Join { kBlank, kDropHyphen, kKeepHyphen, kNoBlank };
  [[nodiscard]] Join decide(std::string_view text, std::string_view next) const;
  std::unordered_set<std::string> hyphenated_;  ///< lower case ASCII letters, else as printed
};

}  // namespace fundstelle
