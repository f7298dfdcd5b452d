// SPDX-License-Identifier: GPL-3.0-or-later
//
// What one part of a query (a word with all its variants and layers, a phrase, a word beginning)
// adds to the score of every entry that has it. Made once, kept, and then ranking is adding up: no
// layer is walked again.
#pragma once

#include <cstdint>
#include <optional>
#include <roaring/roaring.hh>
#include <vector>

#include "search/engine/coded.h"
#include "search/engine/postings.h"

namespace fundstelle::search {

class Scored {
 public:
  Scored() = default;
  /// `scores` beside `ids`, which ascend.
  Scored(const std::vector<Gid>& ids, const std::vector<float>& scores);

  Roaring set;                     ///< entries with a score
  std::optional<Roaring> matches;  ///< entries that match, where these are others
  float idf = 0;                   ///< of the group, without parts of a compound
  /// Of long lists the entries that come first when nothing else is asked for, in this order.
  struct Best {
    Gid gid = 0;
    float score = 0;
  };
  std::vector<Best> best;

  [[nodiscard]] const Roaring& matched() const { return matches ? *matches : set; }
  [[nodiscard]] std::size_t size() const { return scores_.size(); }
  /// Score of the `i`th entry of the set.
  [[nodiscard]] float score(std::size_t i) const { return scores_[i]; }
  /// Entries of which the scores are among the highest: at least `wanted`, all that are as good as
  /// the last of them.
  [[nodiscard]] std::vector<Best> highest(std::size_t wanted) const;
  /// Adds to sums by gid.
  void add_to(std::vector<float>& sums, std::vector<Gid>& scratch) const;
  /// Adds to `scores` beside `hits`, which ascend.
  void add_to(const std::vector<Gid>& hits, std::vector<float>& scores,
              std::vector<Gid>& scratch) const;
  /// All ids, ascending, into `out`.
  void ids(std::vector<Gid>& out) const;

  [[nodiscard]] std::size_t bytes() const;

 private:
  Coded scores_;  // beside the set
};

}  // namespace fundstelle::search
