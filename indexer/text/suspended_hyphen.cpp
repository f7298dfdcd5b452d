// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/suspended_hyphen.h"

namespace fundstelle::text {

namespace {

constexpr std::size_t kFarthest = 12;  // atoms between a stump and the word that completes it

bool joins_list(std::string_view folded) {
  for (const std::string_view word : {"und", "oder", "sowie", "bzw", "beziehungsweise", "bis",
                                      "als", "auch", "wie", "noch", "u", "respektive"}) {
    if (folded == word) return true;
  }
  return false;
}

bool is_article(std::string_view folded) {
  for (const std::string_view word :
       {"der", "die", "das", "den", "dem", "des", "von", "fuer", "in", "im"}) {
    if (folded == word) return true;
  }
  return false;
}

bool only_of(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

/// First byte where the word left of the cut and the one right of it are both words.
bool plausible_cut(std::string_view word, std::size_t cut, const CompoundSplitter& splitter) {
  const auto before = word.substr(0, cut);
  return splitter.known(word.substr(cut)) &&
         (splitter.known(before) || CompoundSplitter::is_verb_prefix(before) ||
          (before.ends_with('s') && splitter.known(before.substr(0, before.size() - 1))));
}

/// Length of the prefix of a verb that ends (begins) a word, 0 if there is none: "wasserver",
/// "entsorgung".
constexpr std::string_view kPrefixes[] = {"ver", "ent", "aus", "ein", "ab",    "an",    "auf", "zu",
                                          "be",  "er",  "vor", "um",  "unter", "ueber", "nach"};
std::size_t prefix_at_end(std::string_view word, const CompoundSplitter& splitter) {
  for (const auto prefix : kPrefixes) {
    if (word.size() > prefix.size() + 2 && word.ends_with(prefix) &&
        splitter.is_first_part(word.substr(0, word.size() - prefix.size()))) {
      return prefix.size();
    }
  }
  return 0;
}
std::size_t prefix_at_start(std::string_view word, const CompoundSplitter& splitter) {
  for (const auto prefix : kPrefixes) {
    if (word.size() > prefix.size() + 3 && word.starts_with(prefix) && splitter.known(word)) {
      return prefix.size();
    }
  }
  return 0;
}

/// Folded pieces of the hyphenated chain that begins at atom i.
std::vector<std::string> chain_from(const Scan& scan, std::size_t i) {
  std::vector<std::string> pieces = {scan.folded(i)};
  while (i + 1 < scan.size() && is_hyphen(scan.gap_after(i))) pieces.push_back(scan.folded(++i));
  return pieces;
}

std::string join(const std::vector<std::string>& pieces, std::size_t from, std::size_t to) {
  std::string joined;
  for (std::size_t i = from; i < to; ++i) joined += pieces[i];
  return joined;
}

}  // namespace

bool is_stump_before_gap(const Scan& scan, std::size_t i) {
  const std::string_view gap = scan.gap_after(i);
  const std::size_t hyphen = hyphen_at_start(gap);
  if (hyphen == 0 || gap.size() == hyphen || i + 1 >= scan.size()) return false;
  const char next = gap[hyphen];
  return next == ' ' || next == ',' || next == '/' || next == ')' || next == '\n' || next == ';' ||
         gap.substr(hyphen).starts_with("\u00A0");
}

bool is_stump_after_gap(const Scan& scan, std::size_t i) {
  if (i == 0 || scan.atoms[i].digits) return false;
  const std::string_view gap = scan.gap_before(i);
  const std::size_t hyphen = hyphen_at_end(gap);
  if (hyphen == 0 || gap.size() == hyphen) return false;
  const char before = gap[gap.size() - hyphen - 1];
  return before == ' ' || before == '(' || before == '/' || before == '\n';
}

std::string complete_to_the_right(const Scan& scan, std::size_t i, CompoundSplitter& splitter) {
  const std::string stump = scan.folded(i);
  // (Landes-)Regierung
  const std::string_view gap = scan.gap_after(i);
  if (hyphen_at_start(gap) + 1 == gap.size() && gap.ends_with(')')) {
    return join({stump, join(chain_from(scan, i + 1), 0, chain_from(scan, i + 1).size())}, 0, 2);
  }
  bool joined = false;
  std::size_t target = scan.size();
  for (std::size_t at = i; at + 1 < scan.size() && at < i + kFarthest; ++at) {
    std::string_view between = scan.gap_after(at);
    const bool stump_here = is_stump_before_gap(scan, at);
    if (stump_here) between.remove_prefix(hyphen_at_start(between));
    const std::size_t tail = hyphen_at_end(between);  // Verkehrsplanungs- und -sicherungsmaßnahmen
    between.remove_suffix(tail);
    if (!only_of(between, " ,/\n();.") && between.find("\u00A0") == std::string_view::npos)
      return {};
    if (between.find_first_of(",/") != std::string_view::npos) joined = true;
    const std::string next = scan.folded(at + 1);
    if (between.find('.') != std::string_view::npos && scan.folded(at) != "bzw") return {};
    if (joins_list(next)) {
      joined = true;
      continue;
    }
    if (is_stump_before_gap(scan, at + 1)) continue;
    if (is_article(next)) continue;
    target = at + 1;
    break;
  }
  if (!joined || target >= scan.size()) return {};

  // Wasserver- und -entsorgung
  if (is_stump_after_gap(scan, target)) {
    const std::string second = scan.folded(target);
    const std::size_t end = prefix_at_end(stump, splitter);
    const std::size_t start = prefix_at_start(second, splitter);
    if (end != 0 && start != 0) {
      const std::string verb = stump.substr(stump.size() - end) + second.substr(start);
      if (splitter.known(verb)) return stump + second.substr(start);
    }
  }
  const auto chain = chain_from(scan, target);
  if (chain.size() > 2) return stump + chain.back();
  if (chain.size() == 2) return stump + chain[1];
  const std::string& word = chain[0];
  const auto& parts = splitter.split(word);
  const bool prefix = CompoundSplitter::is_verb_prefix(stump);
  // A completion the lexicon knows, first at the word's own parts, then wherever two words meet.
  for (const auto& part : parts) {
    if (part.begin > 0 && splitter.known(stump + word.substr(part.begin))) {
      return stump + word.substr(part.begin);
    }
  }
  // Ein- und Ausfuhrzölle: another prefix of the first part.
  if (prefix && !parts.empty()) {
    const auto first = std::string_view(word).substr(0, parts[1].begin);
    for (const auto other : kPrefixes) {
      if (first.starts_with(other) &&
          splitter.known(stump + std::string(first.substr(other.size())))) {
        return stump + word.substr(other.size());
      }
    }
  }
  if (parts.empty() || prefix) {
    for (std::size_t cut = 2; cut + 3 <= word.size(); ++cut) {
      if (plausible_cut(word, cut, splitter) && splitter.known(stump + word.substr(cut))) {
        return stump + word.substr(cut);
      }
    }
  }
  if (!parts.empty()) return stump + word.substr(parts[1].begin);
  const std::uint32_t head = splitter.head_begin(word);
  return head == 0 ? std::string() : stump + word.substr(head);
}

std::string complete_to_the_left(const Scan& scan, std::size_t i, CompoundSplitter& splitter) {
  const std::string stump = scan.folded(i);
  bool joined = false;
  std::size_t source = scan.size();
  for (std::size_t at = i; at > 0 && at + kFarthest > i; --at) {
    std::string_view between = scan.gap_before(at);
    if (is_stump_after_gap(scan, at)) between.remove_suffix(hyphen_at_end(between));
    between.remove_prefix(hyphen_at_start(between));
    if (!only_of(between, " ,/\n().")) return {};
    if (between.find_first_of(",/(") != std::string_view::npos) joined = true;
    const std::string before = scan.folded(at - 1);
    if (between.find('.') != std::string_view::npos && before != "bzw") return {};
    if (joins_list(before)) {
      joined = true;
      continue;
    }
    if (is_stump_before_gap(scan, at - 1)) {
      const std::string before_stump = scan.folded(at - 1);
      const std::size_t end = prefix_at_end(before_stump, splitter);
      if (joined && end != 0 && prefix_at_start(stump, splitter) != 0) {
        return before_stump.substr(0, before_stump.size() - end) + stump;
      }
    }
    if (is_stump_after_gap(scan, at - 1) || is_stump_before_gap(scan, at - 1)) continue;
    source = at - 1;
    break;
  }
  if (!joined || source >= scan.size()) return {};

  std::size_t first = source;
  while (first > 0 && is_hyphen(scan.gap_before(first))) --first;
  if (first < source) {
    const auto chain = chain_from(scan, first);
    return join(chain, 0, source - first) + stump;
  }
  const std::string word = scan.folded(source);
  if (stump == "innen" || stump == "in") return word + stump;  // Bürger und -innen
  const auto& parts = splitter.split(word);
  for (std::size_t k = parts.size(); k > 1; --k) {
    const auto candidate = word.substr(0, parts[k - 1].begin) + stump;
    if (splitter.known(candidate)) return candidate;
  }
  if (parts.empty()) {
    for (std::size_t cut = word.size() - std::min<std::size_t>(3, word.size()); cut >= 2; --cut) {
      if (plausible_cut(word, cut, splitter) && splitter.known(word.substr(0, cut) + stump)) {
        return word.substr(0, cut) + stump;
      }
    }
  }
  if (!parts.empty()) {
    // Pensionsrückstellungen und -rücklagen: a part both words have is taken once.
    std::size_t k = parts.size() - 1;
    while (k > 1 && stump.starts_with(
                        word.substr(parts[k - 1].begin, parts[k - 1].end - parts[k - 1].begin))) {
      --k;
    }
    return word.substr(0, parts[k].begin) + stump;
  }
  const std::uint32_t head = splitter.head_begin(word);
  return head == 0 ? std::string() : word.substr(0, head) + stump;
}

}  // namespace fundstelle::text
