// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/scored.h"

#include <algorithm>

#include "search/engine/places.h"

namespace fundstelle::search {
namespace {

/// Of a list so many times longer than the hits only the places of the hits are looked up.
constexpr std::size_t kLonger = 2;

}  // namespace

Scored::Scored(const std::vector<Gid>& ids, const std::vector<float>& scores) : scores_(scores) {
  set.addMany(ids.size(), ids.data());
  set.runOptimize();
  set.shrinkToFit();
}

void Scored::ids(std::vector<Gid>& out) const {
  out.resize(size());
  set.toUint32Array(out.data());
}

std::vector<Scored::Best> Scored::highest(std::size_t wanted) const {
  const float least = scores_.highest(wanted);
  std::vector<Gid> all;
  ids(all);
  std::vector<Best> out;
  scores_.for_each([&](std::size_t i, float score) {
    if (score >= least) out.push_back({all[i], score});
  });
  return out;
}

void Scored::add_to(std::vector<float>& sums, std::vector<Gid>& scratch) const {
  ids(scratch);
  scores_.for_each([&](std::size_t i, float score) { sums[scratch[i]] += score; });
}

void Scored::add_to(const std::vector<Gid>& hits, std::vector<float>& scores,
                    std::vector<Gid>& scratch) const {
  if (hits.size() * kLonger < size()) {
    for_each_place(set, hits,
                   [&](std::size_t hit, std::size_t place) { scores[hit] += scores_[place]; });
    return;
  }
  ids(scratch);
  std::size_t hit = 0;
  for (std::size_t i = 0; i < scratch.size() && hit < hits.size(); ++i) {
    while (hit < hits.size() && hits[hit] < scratch[i]) ++hit;
    if (hit < hits.size() && hits[hit] == scratch[i]) scores[hit] += score(i);
  }
}

std::size_t Scored::bytes() const {
  return sizeof(*this) + set.getSizeInBytes(false) +
         (matches ? matches->getSizeInBytes(false) : 0) + scores_.bytes() +
         best.capacity() * sizeof(Best);
}

}  // namespace fundstelle::search
