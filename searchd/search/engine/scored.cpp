// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/scored.h"

#include <algorithm>
#include <functional>

namespace fundstelle::search {
namespace {

constexpr std::size_t kMostCodes = 65'536;
/// Of a list so many times longer than the hits only the places of the hits are looked up.
constexpr std::size_t kMuchLonger = 16;

}  // namespace

Scored::Scored(std::vector<Gid> ids, const std::vector<float>& scores) : size_(ids.size()) {
  set.addMany(ids.size(), ids.data());
  set.runOptimize();
  set.shrinkToFit();
  values_ = scores;
  std::sort(values_.begin(), values_.end());
  values_.erase(std::unique(values_.begin(), values_.end()), values_.end());
  if (values_.size() > kMostCodes) {
    values_ = scores;
    return;
  }
  values_.shrink_to_fit();
  codes_.resize(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    codes_[i] = static_cast<std::uint16_t>(
        std::lower_bound(values_.begin(), values_.end(), scores[i]) - values_.begin());
  }
}

void Scored::ids(std::vector<Gid>& out) const {
  out.resize(size_);
  set.toUint32Array(out.data());
}

std::vector<Scored::Best> Scored::highest(std::size_t wanted) const {
  float least = 0;
  if (wanted < size_ && !codes_.empty()) {
    std::vector<std::uint32_t> counts(values_.size(), 0);
    for (const std::uint16_t code : codes_) ++counts[code];
    std::size_t code = values_.size(), found = 0;
    while (code > 0 && found < wanted) found += counts[--code];
    least = values_[code];
  } else if (wanted < size_) {
    std::vector<float> sorted = values_;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(wanted);
    std::nth_element(sorted.begin(), middle, sorted.end(), std::greater<>());
    least = *middle;
  }
  std::vector<Gid> all;
  ids(all);
  std::vector<Best> out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (score(i) >= least) out.push_back({all[i], score(i)});
  }
  return out;
}

void Scored::add_to(std::vector<float>& sums, std::vector<Gid>& scratch) const {
  ids(scratch);
  if (codes_.empty()) {
    for (std::size_t i = 0; i < size_; ++i) sums[scratch[i]] += values_[i];
  } else {
    for (std::size_t i = 0; i < size_; ++i) sums[scratch[i]] += values_[codes_[i]];
  }
}

void Scored::add_to(const std::vector<Gid>& hits, std::vector<float>& scores,
                    std::vector<Gid>& scratch) const {
  ids(scratch);
  if (hits.size() * kMuchLonger < size_) {
    auto from = scratch.begin();
    for (std::size_t hit = 0; hit < hits.size(); ++hit) {
      from = std::lower_bound(from, scratch.end(), hits[hit]);
      if (from == scratch.end()) return;
      if (*from == hits[hit]) {
        scores[hit] += score(static_cast<std::size_t>(from - scratch.begin()));
      }
    }
    return;
  }
  std::size_t hit = 0;
  for (std::size_t i = 0; i < size_ && hit < hits.size(); ++i) {
    while (hit < hits.size() && hits[hit] < scratch[i]) ++hit;
    if (hit < hits.size() && hits[hit] == scratch[i]) scores[hit] += score(i);
  }
}

std::size_t Scored::bytes() const {
  return sizeof(*this) + set.getSizeInBytes(false) +
         (matches ? matches->getSizeInBytes(false) : 0) + codes_.capacity() * sizeof(codes_[0]) +
         values_.capacity() * sizeof(values_[0]) + best.capacity() * sizeof(Best);
}

}  // namespace fundstelle::search
