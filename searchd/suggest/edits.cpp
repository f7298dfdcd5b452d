// SPDX-License-Identifier: GPL-3.0-or-later
#include "suggest/edits.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <string>

namespace fundstelle::suggest {
namespace {

constexpr std::size_t kLongest = 40;

struct Confusion {
  std::string_view one, other;
  double cost;
};
/// What sounds or looks alike; both directions.
constexpr std::array<Confusion, 48> kConfusions{{
    {"ie", "i", 0.4},   {"ie", "ei", 0.5},     {"ss", "s", 0.4},   {"th", "t", 0.4},
    {"ph", "f", 0.4},   {"ck", "k", 0.4},      {"tz", "z", 0.4},   {"ai", "ei", 0.4},
    {"aeu", "eu", 0.3}, {"ae", "e", 0.4},      {"ae", "a", 0.3},   {"oe", "o", 0.3},
    {"ue", "u", 0.3},   {"x", "ks", 0.5},      {"x", "chs", 0.5},  {"chs", "ks", 0.5},
    {"x", "gs", 0.6},   {"dt", "t", 0.4},      {"rh", "r", 0.4},   {"y", "ue", 0.5},
    {"y", "i", 0.5},    {"v", "f", 0.5},       {"v", "w", 0.5},    {"c", "k", 0.5},
    {"c", "z", 0.5},    {"d", "t", 0.6},       {"b", "p", 0.6},    {"g", "k", 0.6},
    {"sch", "ch", 0.6}, {"s", "z", 0.6},       {"m", "n", 0.7},    {"ah", "a", 0.4},
    {"eh", "e", 0.4},   {"ih", "i", 0.4},      {"oh", "o", 0.4},   {"uh", "u", 0.4},
    {"ieh", "ie", 0.4}, {"zion", "tion", 0.4}, {"qu", "kw", 0.5},  {"ieren", "iern", 0.6},
    {"ng", "n", 0.7},   {"cks", "x", 0.5},     {"sh", "sch", 0.5}, {"oi", "eu", 0.5},
    {"ei", "eih", 0.5}, {"er", "a", 0.8},      {"tt", "dt", 0.4},  {"ei", "e", 0.7},
}};

/// Keys of a German keyboard in rows; neighbours slip.
bool neighbour_keys(char a, char b) {
  static constexpr std::array<std::string_view, 3> kRows{"qwertzuiop", "asdfghjkl", "yxcvbnm"};
  const auto place = [](char c) -> std::pair<int, int> {
    for (int row = 0; row < 3; ++row) {
      const std::size_t column = kRows[static_cast<std::size_t>(row)].find(c);
      if (column != std::string_view::npos) return {row, static_cast<int>(column)};
    }
    return {-9, -9};
  };
  const auto [row_a, column_a] = place(a);
  const auto [row_b, column_b] = place(b);
  if (row_a < 0 || row_b < 0) return false;
  if (row_a == row_b) return column_a - column_b == 1 || column_b - column_a == 1;
  // Each row stands half a key to the right of the one above.
  const int below = row_a > row_b ? column_a - column_b : column_b - column_a;
  return (row_a - row_b == 1 || row_b - row_a == 1) && (below == 0 || below == -1);
}

constexpr double kMissing = 0.85;  ///< people leave letters out more than they add some
constexpr double kExtra = 0.95;
constexpr double kReplace = 1.0;
constexpr double kNeighbourKey = 0.85;
constexpr double kSwap = 0.6;
constexpr double kDoubled = 0.4;
constexpr double kFirstLetter = 0.5;  ///< more, if the first letters differ

}  // namespace

double edit_cost(std::string_view typed, std::string_view meant) {
  if (typed.size() > kLongest || meant.size() > kLongest) {
    return std::numeric_limits<double>::infinity();
  }
  std::array<std::array<double, kLongest + 1>, kLongest + 1> cost;
  cost[0][0] = 0;
  const auto one_less = [](std::string_view word, std::size_t i, double single) {
    const bool doubled =
        (i > 0 && word[i] == word[i - 1]) || (i + 1 < word.size() && word[i] == word[i + 1]);
    return doubled ? kDoubled : single;
  };
  for (std::size_t i = 0; i <= typed.size(); ++i) {
    for (std::size_t k = 0; k <= meant.size(); ++k) {
      if (i == 0 && k == 0) continue;
      double best = std::numeric_limits<double>::infinity();
      if (i > 0) best = std::min(best, cost[i - 1][k] + one_less(typed, i - 1, kExtra));
      if (k > 0) best = std::min(best, cost[i][k - 1] + one_less(meant, k - 1, kMissing));
      if (i > 0 && k > 0) {
        const char a = typed[i - 1];
        const char b = meant[k - 1];
        const double change = a == b ? 0 : neighbour_keys(a, b) ? kNeighbourKey : kReplace;
        best = std::min(best, cost[i - 1][k - 1] + change);
        if (i > 1 && k > 1 && a == meant[k - 2] && b == typed[i - 2] && a != b) {
          best = std::min(best, cost[i - 2][k - 2] + kSwap);
        }
        // An umlaut and its neighbour swapped: "gespaerch".
        const auto swapped = [](std::string_view a3, std::string_view b3) {
          return a3[1] == 'e' && (a3[0] == 'a' || a3[0] == 'o' || a3[0] == 'u') && b3[0] == a3[2] &&
                 b3[1] == a3[0] && b3[2] == 'e';
        };
        if (i > 2 && k > 2) {
          const std::string_view a3 = typed.substr(i - 3, 3);
          const std::string_view b3 = meant.substr(k - 3, 3);
          if (swapped(a3, b3) || swapped(b3, a3)) best = std::min(best, cost[i - 3][k - 3] + kSwap);
        }
        const std::string_view left = typed.substr(0, i);
        const std::string_view right = meant.substr(0, k);
        if (a != b || i != k) {
          for (const Confusion& pair : kConfusions) {
            if (left.ends_with(pair.one) && right.ends_with(pair.other)) {
              best = std::min(best, cost[i - pair.one.size()][k - pair.other.size()] + pair.cost);
            }
            if (left.ends_with(pair.other) && right.ends_with(pair.one)) {
              best = std::min(best, cost[i - pair.other.size()][k - pair.one.size()] + pair.cost);
            }
          }
        }
      }
      cost[i][k] = best;
    }
  }
  double total = cost[typed.size()][meant.size()];
  if (!typed.empty() && !meant.empty() && typed.front() != meant.front()) total += kFirstLetter;
  return total;
}

WordTree::WordTree(const std::vector<std::string_view>& words) {
  struct Range {
    std::uint32_t begin, end, depth;
  };
  nodes_.emplace_back();
  std::vector<Range> ranges{{0, static_cast<std::uint32_t>(words.size()), 0}};
  // Level by level, so that the children of a node lie side by side.
  for (std::uint32_t node = 0; node < nodes_.size(); ++node) {
    auto [begin, end, depth] = ranges[node];
    if (begin < end && words[begin].size() == depth) nodes_[node].word = ++begin;
    nodes_[node].first_child = static_cast<std::uint32_t>(nodes_.size());
    while (begin < end) {
      const char letter = words[begin][depth];
      std::uint32_t next = begin;
      while (next < end && words[next][depth] == letter) ++next;
      nodes_.push_back({0, 0, 0, letter});
      ranges.push_back({begin, next, depth + 1});
      ++nodes_[node].children;
      begin = next;
    }
  }
  nodes_.shrink_to_fit();
}

struct WordTree::Search {
  std::string_view word;
  unsigned limit = 0;
  /// Row d: distances of the first d letters of the path to the beginnings of the word.
  std::array<std::array<std::uint8_t, kLongest + 1>, kLongest + 4> rows{};
  std::array<char, kLongest + 4> path{};
  std::vector<std::uint32_t> found;
};

void WordTree::descend(Search& search, std::uint32_t node, unsigned depth) const {
  const std::size_t length = search.word.size();
  for (std::uint32_t child = nodes_[node].first_child;
       child < nodes_[node].first_child + nodes_[node].children; ++child) {
    const char letter = nodes_[child].letter;
    const unsigned d = depth + 1;
    search.path[d] = letter;
    auto& now = search.rows[d];
    const auto& last = search.rows[d - 1];
    const auto far = static_cast<std::uint8_t>(search.limit + 1);
    const std::size_t from = d > search.limit ? d - search.limit : 0;
    const std::size_t to = std::min<std::size_t>(length, d + search.limit);
    if (from > length) continue;
    std::uint8_t least = far;
    // Only a band around the diagonal can stay within the limit.
    if (from > 0) now[from - 1] = far;
    for (std::size_t k = from; k <= to; ++k) {
      unsigned best = far;
      if (k == 0) {
        best = d;
      } else {
        best = std::min(best, last[k - 1] + (search.word[k - 1] == letter ? 0U : 1U));
        if (k > from) best = std::min(best, now[k - 1] + 1U);
        if (k + 1 <= d + search.limit) best = std::min(best, last[k] + 1U);
        if (d > 1 && k > 1 && search.word[k - 1] == search.path[d - 1] &&
            search.word[k - 2] == letter) {
          best = std::min(best, search.rows[d - 2][k - 2] + 1U);
        }
      }
      now[k] = static_cast<std::uint8_t>(std::min<unsigned>(best, far));
      least = std::min(least, now[k]);
    }
    if (to < length) now[to + 1] = far;
    if (least > search.limit) continue;
    if (nodes_[child].word != 0 && to == length && now[length] <= search.limit) {
      search.found.push_back(nodes_[child].word - 1);
    }
    if (d < kLongest + 2) descend(search, child, d);
  }
}

std::vector<std::uint32_t> WordTree::near(std::string_view word, unsigned limit) const {
  if (nodes_.empty() || word.empty() || word.size() > kLongest) return {};
  Search search;
  search.word = word;
  search.limit = std::min(limit, 2U);
  for (std::size_t k = 0; k <= word.size(); ++k) {
    search.rows[0][k] = static_cast<std::uint8_t>(std::min<std::size_t>(k, search.limit + 1));
  }
  descend(search, 0, 0);
  std::sort(search.found.begin(), search.found.end());
  return search.found;
}

}  // namespace fundstelle::suggest
