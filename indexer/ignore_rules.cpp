// SPDX-License-Identifier: GPL-3.0-or-later
#include "ignore_rules.h"

#include <algorithm>

namespace fundstelle {
namespace {

/// Reads the set after "[" and tells whether `c` is in it; `rest` becomes what follows "]". False
/// in `closed`: there is no "]", the bracket is a plain sign.
bool set_contains(std::string_view& rest, char c, bool& closed) {
  std::size_t i = 0;
  const bool negated = i < rest.size() && (rest[i] == '!' || rest[i] == '^');
  if (negated) ++i;
  bool found = false;
  for (bool first = true; i < rest.size() && (first || rest[i] != ']'); first = false) {
    char low = rest[i++];
    if (low == '\\' && i < rest.size()) low = rest[i++];
    char high = low;
    if (i + 1 < rest.size() && rest[i] == '-' && rest[i + 1] != ']') {
      high = rest[i + 1];
      i += 2;
    }
    found = found || (c >= low && c <= high);
  }
  closed = i < rest.size();
  if (closed) rest.remove_prefix(i + 1);
  return found != negated;
}

}  // namespace

bool path_matches(std::string_view pattern, std::string_view path) {
  while (!pattern.empty()) {
    if (pattern.starts_with("**/")) {
      // Any number of folders, none included.
      const std::string_view rest = pattern.substr(3);
      if (path_matches(rest, path)) return true;
      for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
           slash = path.find('/', slash + 1)) {
        if (path_matches(rest, path.substr(slash + 1))) return true;
      }
      return false;
    }
    if (pattern == "**") return !path.empty();
    const char p = pattern.front();
    if (p == '*') {
      while (!pattern.empty() && pattern.front() == '*') pattern.remove_prefix(1);
      for (std::size_t taken = 0;; ++taken) {
        if (path_matches(pattern, path.substr(taken))) return true;
        if (taken == path.size() || path[taken] == '/') return false;
      }
    }
    if (path.empty()) return false;
    const char c = path.front();
    pattern.remove_prefix(1);
    if (p == '?') {
      if (c == '/') return false;
    } else if (p == '[') {
      bool closed = false;
      std::string_view rest = pattern;
      const bool inside = set_contains(rest, c, closed);
      if (closed) {
        if (!inside || c == '/') return false;
        pattern = rest;
      } else if (c != '[') {
        return false;
      }
    } else if (p == '\\' && !pattern.empty()) {
      if (pattern.front() != c) return false;
      pattern.remove_prefix(1);
    } else if (p != c) {
      return false;
    }
    path.remove_prefix(1);
  }
  return path.empty();
}

IgnoreRules::IgnoreRules() { add(".*\nREADME*\nLICENSE*\n*.gold.*\n", ""); }

void IgnoreRules::add(std::string_view lines, const std::string& folder) {
  if (lines.starts_with("\xEF\xBB\xBF")) lines.remove_prefix(3);
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    // Blanks at the end count only after a backslash.
    while (line.ends_with(' ') && !line.ends_with("\\ ")) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    Rule rule;
    rule.folder = folder;
    if (line.front() == '!') {
      rule.take_in = true;
      line.remove_prefix(1);
    }
    if (line.ends_with('/')) {
      rule.folders_only = true;
      line.remove_suffix(1);
    }
    rule.anchored = line.find('/') != std::string_view::npos;
    if (line.starts_with('/')) line.remove_prefix(1);
    if (line.empty()) continue;
    rule.pattern = line;
    rules_.push_back(std::move(rule));
  }
}

bool IgnoreRules::ignored(std::string_view path, bool is_folder) const {
  const auto rule = std::find_if(rules_.rbegin(), rules_.rend(), [&](const Rule& candidate) {
    if (candidate.folders_only && !is_folder) return false;
    std::string_view inside = path;
    if (!candidate.folder.empty()) {
      if (!inside.starts_with(candidate.folder) || inside.size() <= candidate.folder.size() ||
          inside[candidate.folder.size()] != '/') {
        return false;
      }
      inside.remove_prefix(candidate.folder.size() + 1);
    }
    if (!candidate.anchored) {
      const std::size_t slash = inside.rfind('/');
      if (slash != std::string_view::npos) inside.remove_prefix(slash + 1);
    }
    return path_matches(candidate.pattern, inside);
  });
  return rule != rules_.rend() && !rule->take_in;
}

}  // namespace fundstelle
