// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far a typed word lies from a word of the collection, as people err in German.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace fundstelle::suggest {

/// Weighted distance of two folded words. An ordinary letter more, less or other costs about 1;
/// what sounds alike or slips easily costs less (ie/ei, th/t, doubled letters, ä/e, neighbours
/// swapped), an error in the first letter more. 0 only for equal words.
[[nodiscard]] double edit_cost(std::string_view typed, std::string_view meant);

/// Words as a tree of letters, for finding all within a number of plain edits (letter more, less,
/// other, neighbours swapped) without looking at all of them. About 12 bytes a node.
class WordTree {
 public:
  WordTree() = default;
  /// `words` ascending, without repetition; they are known by their index.
  explicit WordTree(const std::vector<std::string_view>& words);

  /// Indexes of the words at most `limit` (1 or 2) edits away, ascending. Words above 40 bytes have
  /// none.
  [[nodiscard]] std::vector<std::uint32_t> near(std::string_view word, unsigned limit) const;

 private:
  struct Node {
    std::uint32_t first_child = 0;
    std::uint32_t word = 0;  ///< index + 1; 0: none ends here
    std::uint8_t children = 0;
    char letter = 0;
  };
  struct Search;
  void descend(Search& search, std::uint32_t node, unsigned depth) const;
  std::vector<Node> nodes_;
};

}  // namespace fundstelle::suggest
