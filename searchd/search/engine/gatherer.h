// SPDX-License-Identifier: GPL-3.0-or-later
//
// Adds up the postings of terms into one list. Bundles of a term come one after the other; what
// they hold is thrown into arrays by gid, and a bitmap says in which order to take it out: nothing
// is sorted.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "query/request.h"
#include "search/engine/deadline.h"
#include "search/engine/postings.h"

namespace fundstelle::search {

class Snapshot;

/// Of one thread. After an exception its owner must not use it again.
class Gatherer {
 public:
  /// `sums`: zeros by gid, lent by the owner; zeros again whenever nothing is being added up.
  Gatherer(const Snapshot& snapshot, std::vector<float>& sums);

  /// Adds `unit` times what the occurrences of a word count (wdf).
  void add(Unit unit, const std::string& term, float weight, Deadline& deadline);
  void add(Gid gid, float count) {
    sums_[gid] += count;
    mark(of_sums_, gid);
  }
  /// What has been added, living entries only.
  [[nodiscard]] Postings take(Unit unit);

  /// Living entries with a word and what its occurrences count.
  [[nodiscard]] Postings postings(Unit unit, const std::string& term, Deadline& deadline);
  /// Those passages of them in whose question (answer) it stands; what counts is all of the
  /// passage.
  [[nodiscard]] Postings in_zone(const std::string& term, bool answer, Deadline& deadline);

 private:
  using Bits = std::vector<std::uint64_t>;  ///< by gid
  static void mark(Bits& bits, Gid gid) { bits[gid >> 6U] |= std::uint64_t{1} << (gid & 63U); }
  /// Calls take(gid) for those marked, ascending, and forgets them.
  template <typename Take>
  static void drain(Bits& bits, Take&& take) {
    for (std::size_t word = 0; word < bits.size(); ++word) {
      if (bits[word] == 0) continue;
      for (std::uint64_t rest = std::exchange(bits[word], 0); rest != 0; rest &= rest - 1) {
        take(static_cast<Gid>(word * 64) + static_cast<Gid>(std::countr_zero(rest)));
      }
    }
  }
  /// Fills counts_ and of_counts_; if `zones` is not 0 zoned_ too.
  void count(Unit unit, const std::string& term, std::uint32_t zones, Deadline& deadline);

  const Snapshot& snapshot_;
  std::vector<float>& sums_;
  std::vector<std::uint32_t> counts_;  // by gid; zeros between calls
  Bits of_sums_, of_counts_, zoned_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> bundles_;
  std::vector<Gid> ids_;
  std::vector<float> tf_;
};

}  // namespace fundstelle::search
