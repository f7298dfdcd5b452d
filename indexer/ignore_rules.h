// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which files of a folder are left out: .fundstelleignore files with the rules of gitignore
// (git-scm.com/docs/gitignore, "PATTERN FORMAT"), after a few rules of our own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fundstelle {

/// Rules in effect below a folder. Later rules win; a folder left out takes all below it along,
/// because nobody looks into it.
class IgnoreRules {
 public:
  /// Hidden files, README*, LICENSE* and *.gold.* are left out; a .fundstelleignore may take them
  /// back in ("!README.md").
  IgnoreRules();

  /// Adds the lines of a .fundstelleignore that stands in `folder`, relative to the walk's root and
  /// without slashes at its ends ("" for the root itself).
  void add(std::string_view lines, const std::string& folder);

  /// `path` relative to the walk's root, with slashes.
  [[nodiscard]] bool ignored(std::string_view path, bool is_folder) const;

 private:
  struct Rule {
    std::string folder;   ///< where the rule stands
    std::string pattern;  ///< without marks
    bool take_in = false, folders_only = false, anchored = false;
  };
  std::vector<Rule> rules_;
};

/// Shell pattern over a path: * and ? stop at slashes, ** does not, [a-z] and [!a-z] are sets, a
/// backslash takes the next sign literally.
[[nodiscard]] bool path_matches(std::string_view pattern, std::string_view path);

}  // namespace fundstelle
