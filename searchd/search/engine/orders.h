// SPDX-License-Identifier: GPL-3.0-or-later
//
// Documents of a revision in orders, and by time, as many answers need them; made when first asked
// for.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <roaring/roaring.hh>
#include <vector>

#include "search/engine/postings.h"

namespace fundstelle::search {

class Snapshot;

/// Safe for many threads.
class Orders {
 public:
  /// Living documents, newest first, undated last; of one day by id.
  [[nodiscard]] const std::vector<Gid>& newest(const Snapshot& snapshot) const;

  /// Month of each document: year * 13 + month, month 0: not known; 0: undated. Years from 5041 on
  /// count as 5040.
  [[nodiscard]] const std::vector<std::uint16_t>& months(const Snapshot& snapshot) const;
  static constexpr std::uint32_t kMonthsAYear = 13;

  /// Living documents dated in these years, both included.
  [[nodiscard]] Roaring of_years(const Snapshot& snapshot, std::uint32_t first,
                                 std::uint32_t last) const;

 private:
  mutable std::once_flag newest_once_, months_once_, years_once_;
  mutable std::vector<Gid> newest_;
  mutable std::vector<std::uint16_t> months_;
  mutable std::map<std::uint32_t, Roaring> years_;
};

}  // namespace fundstelle::search
