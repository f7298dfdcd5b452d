// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/coded.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <numeric>

namespace fundstelle::search {
namespace {

constexpr std::size_t kMostCodes = 65'536, kMostBytes = 256;

/// Numbers values in the order they come. An open hash table, at most half full.
class Numbering {
 public:
  Numbering() { grow(256); }

  std::uint32_t of(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    std::size_t at = place(bits);
    while (entries_[at].number != kFree) {
      if (entries_[at].bits == bits) return entries_[at].number;
      at = (at + 1) & (entries_.size() - 1);
    }
    const auto number = static_cast<std::uint32_t>(values_.size());
    entries_[at] = {bits, number};
    values_.push_back(value);
    if (values_.size() * 2 > entries_.size()) grow(entries_.size() * 4);
    return number;
  }
  [[nodiscard]] const std::vector<float>& values() const { return values_; }

 private:
  static constexpr std::uint32_t kFree = UINT32_MAX;
  struct Entry {
    std::uint32_t bits = 0, number = kFree;
  };
  [[nodiscard]] std::size_t place(std::uint32_t bits) const {
    return (bits * 2654435761U) >> shift_;
  }
  void grow(std::size_t size) {
    entries_.assign(size, {});
    shift_ = 32 - std::countr_zero(size);
    for (std::uint32_t number = 0; number < values_.size(); ++number) {
      const auto bits = std::bit_cast<std::uint32_t>(values_[number]);
      std::size_t at = place(bits);
      while (entries_[at].number != kFree) at = (at + 1) & (size - 1);
      entries_[at] = {bits, number};
    }
  }

  std::vector<Entry> entries_;
  int shift_ = 0;
  std::vector<float> values_;
};

}  // namespace

Coded::Coded(const std::vector<float>& values) : size_(values.size()) {
  const auto plain = [&] {
    values_ = values;
    words_ = std::vector<std::uint16_t>();  // {} would keep its room
  };
  if (size_ == 0) return;
  Numbering numbering;
  words_.resize(size_);
  for (std::size_t i = 0; i < size_; ++i) {
    const std::uint32_t number = numbering.of(values[i]);
    if (number >= kMostCodes) {
      plain();
      return;
    }
    words_[i] = static_cast<std::uint16_t>(number);
  }
  const std::vector<float>& distinct = numbering.values();
  const std::size_t a_code = distinct.size() == 1 ? 0 : distinct.size() <= kMostBytes ? 1 : 2;
  if (distinct.size() * sizeof(float) + size_ * a_code >= size_ * sizeof(float)) {
    plain();
    return;
  }
  std::vector<std::uint32_t> order(distinct.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return distinct[a] < distinct[b]; });
  std::vector<std::uint16_t> rank(order.size());
  values_.reserve(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    rank[order[i]] = static_cast<std::uint16_t>(i);
    values_.push_back(distinct[order[i]]);
  }
  if (a_code == 2) {
    form_ = Form::kWords;
    for (std::uint16_t& word : words_) word = rank[word];
    return;
  }
  form_ = a_code == 0 ? Form::kOne : Form::kBytes;
  if (a_code == 1) {
    bytes_.resize(size_);
    for (std::size_t i = 0; i < size_; ++i) bytes_[i] = static_cast<std::uint8_t>(rank[words_[i]]);
  }
  words_ = std::vector<std::uint16_t>();  // {} would keep its room
}

float Coded::highest(std::size_t wanted) const {
  if (size_ == 0) return 0;
  wanted = std::clamp<std::size_t>(wanted, 1, size_);
  if (form_ == Form::kOne) return values_[0];
  if (form_ == Form::kPlain) {
    std::vector<float> sorted = values_;
    const auto place = sorted.begin() + static_cast<std::ptrdiff_t>(wanted - 1);
    std::nth_element(sorted.begin(), place, sorted.end(), std::greater<>());
    return *place;
  }
  std::vector<std::uint32_t> counts(values_.size(), 0);
  for (const std::uint8_t code : bytes_) ++counts[code];
  for (const std::uint16_t code : words_) ++counts[code];
  std::size_t code = values_.size(), found = 0;
  while (code > 0 && found < wanted) found += counts[--code];
  return values_[code];
}

}  // namespace fundstelle::search
