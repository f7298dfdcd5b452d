// SPDX-License-Identifier: GPL-3.0-or-later
//
// Places of some ids in a set. A Roaring bitmap knows the place of one id by counting from the
// beginning; for many ids, ascending, it is counted once.
#pragma once

#include <roaring/containers/containers.h>
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <roaring/roaring.hh>
#include <vector>

#include "search/engine/postings.h"

namespace fundstelle::search {

/// Calls take(place among `ids`, place in the set, from 0) for those that are in the set. `ids`
/// ascend. Costs about what counting the bits of the set does.
template <typename Take>
void for_each_place(const Roaring& set, const std::vector<Gid>& ids, Take&& take) {
  const roaring_array_t& all = set.roaring.high_low_container;
  std::size_t before = 0;  // ids of the set in the containers passed
  auto id = ids.begin();
  for (std::int32_t i = 0; i < all.size && id != ids.end(); ++i) {
    const Gid base = static_cast<Gid>(all.keys[i]) << 16U;
    std::uint8_t type = all.typecodes[i];
    const void* const container = container_unwrap_shared(all.containers[i], &type);
    id = std::lower_bound(id, ids.end(), base);
    const auto end = std::upper_bound(id, ids.end(), base | 0xFFFFU);
    const auto found = [&](std::size_t inside) {
      take(static_cast<std::size_t>(id - ids.begin()), before + inside);
    };
    if (id == end) {
      // nothing is asked of it
    } else if (type == BITSET_CONTAINER_TYPE_CODE) {
      const std::uint64_t* const words = static_cast<const bitset_container_t*>(container)->array;
      std::size_t word = 0, passed = 0;
      for (; id != end; ++id) {
        const std::uint32_t low = *id & 0xFFFFU;
        for (; word < low / 64; ++word)
          passed += static_cast<std::size_t>(std::popcount(words[word]));
        const std::uint64_t bit = std::uint64_t{1} << (low % 64);
        if ((words[word] & bit) == 0) continue;
        found(passed + static_cast<std::size_t>(std::popcount(words[word] & (bit - 1))));
      }
    } else if (type == ARRAY_CONTAINER_TYPE_CODE) {
      const auto* const array = static_cast<const array_container_t*>(container);
      const std::uint16_t* at = array->array;
      const std::uint16_t* const last = at + array->cardinality;
      for (; id != end; ++id) {
        const auto low = static_cast<std::uint16_t>(*id & 0xFFFFU);
        at = std::lower_bound(at, last, low);
        if (at == last) break;
        if (*at == low) found(static_cast<std::size_t>(at - array->array));
      }
    } else {
      const auto* const runs = static_cast<const run_container_t*>(container);
      std::int32_t run = 0;
      std::size_t passed = 0;
      for (; id != end; ++id) {
        const std::uint32_t low = *id & 0xFFFFU;
        while (run < runs->n_runs &&
               std::uint32_t{runs->runs[run].value} + runs->runs[run].length < low) {
          passed += std::size_t{runs->runs[run++].length} + 1;
        }
        if (run == runs->n_runs) break;
        if (runs->runs[run].value <= low) found(passed + low - runs->runs[run].value);
      }
    }
    id = end;
    before += static_cast<std::size_t>(container_get_cardinality(container, type));
  }
}

}  // namespace fundstelle::search
