// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/orders.h"

#include <algorithm>

#include "search/engine/snapshot.h"

namespace fundstelle::search {

const std::vector<Gid>& Orders::newest(const Snapshot& snapshot) const {
  std::call_once(newest_once_, [&] {
    const std::vector<std::uint32_t>& ids = snapshot.id_ranks();
    newest_.resize(snapshot.documents.alive.cardinality());
    snapshot.documents.alive.toUint32Array(newest_.data());
    std::sort(newest_.begin(), newest_.end(), [&](Gid a, Gid b) {
      if (snapshot.date[a] != snapshot.date[b]) return snapshot.date[a] > snapshot.date[b];
      return ids[a] < ids[b];
    });
  });
  return newest_;
}

const std::vector<std::uint16_t>& Orders::months(const Snapshot& snapshot) const {
  std::call_once(months_once_, [&] {
    months_.assign(snapshot.documents.end, 0);
    for (const Gid gid : snapshot.documents.alive) {
      const std::uint32_t year = std::min(snapshot.date[gid] / 10000, 5040U);
      const std::uint32_t month = std::min(snapshot.date[gid] / 100 % 100, 12U);
      months_[gid] = static_cast<std::uint16_t>(year * kMonthsAYear + month);
    }
  });
  return months_;
}

Roaring Orders::of_years(const Snapshot& snapshot, std::uint32_t first, std::uint32_t last) const {
  std::call_once(years_once_, [&] {
    std::map<std::uint32_t, std::vector<Gid>> lists;
    for (const Gid gid : snapshot.documents.alive) {
      if (snapshot.date[gid] != 0) lists[snapshot.date[gid] / 10000].push_back(gid);
    }
    for (const auto& [year, list] : lists) {
      Roaring& set = years_[year];
      set.addMany(list.size(), list.data());
      set.runOptimize();
      set.shrinkToFit();
    }
  });
  std::vector<const Roaring*> wanted;
  for (auto it = years_.lower_bound(first); it != years_.end() && it->first <= last; ++it) {
    wanted.push_back(&it->second);
  }
  return Roaring::fastunion(wanted.size(), wanted.data());
}

}  // namespace fundstelle::search
