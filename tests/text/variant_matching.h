// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether a query finds a text, by the terms alone: what the index would do, without an index.
#pragma once

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "text/analyzer.h"

namespace fundstelle::test {

inline std::set<std::uint32_t> positions_of(const Variant& variant, const Variant::Term& term,
                                            const std::vector<Token>& tokens) {
  std::set<std::uint32_t> positions;
  const bool part_or_word = variant.terms.size() > 1 && term.kind == TokenKind::kPart;
  for (const auto& token : tokens) {
    const bool kind = token.kind == term.kind || (part_or_word && token.kind == TokenKind::kStem);
    if (kind && token.term == term.term) positions.insert(token.position);
  }
  return positions;
}

inline bool meets(const Variant& variant, const std::vector<Token>& tokens) {
  if (variant.fallback) return false;  // where all words must match, it does not count
  std::vector<std::set<std::uint32_t>> positions;
  for (const auto& term : variant.terms) {
    positions.push_back(positions_of(variant, term, tokens));
    if (positions.back().empty()) return false;
  }
  if (!variant.in_order && variant.window == 0) return true;
  for (const auto& starts : positions) {
    for (const auto start : starts) {
      bool all = true;
      for (std::uint32_t k = 0; k < positions.size() && all; ++k) {
        if (variant.in_order) {
          all = positions[k].contains(start + k);
        } else {
          const auto at = positions[k].lower_bound(start);
          all = at != positions[k].end() && *at < start + variant.window;
        }
      }
      if (all) return true;
    }
    if (variant.in_order) break;  // the first term's positions are the starts
  }
  return false;
}

/// Every word of the query that is no stop word is met by one of its variants (all words count if
/// there are only stop words).
inline bool finds(const Analyzer& analyzer, std::string_view query, std::string_view text) {
  const auto tokens = analyzer.analyze(text);
  const auto words = analyzer.analyze_query(query);
  const bool only_stop_words =
      std::all_of(words.begin(), words.end(), [](const auto& word) { return word.stop_word; });
  if (words.empty()) return false;
  return std::all_of(words.begin(), words.end(), [&](const QueryWord& word) {
    if (word.stop_word && !only_stop_words) return true;
    return std::any_of(word.variants.begin(), word.variants.end(),
                       [&](const Variant& variant) { return meets(variant, tokens); });
  });
}

}  // namespace fundstelle::test
