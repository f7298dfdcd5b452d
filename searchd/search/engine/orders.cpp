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

}  // namespace fundstelle::search
