// SPDX-License-Identifier: GPL-3.0-or-later
//
// What was made once and may be asked for again, within a number of bytes.
//
// What goes first is what is cheapest to make again for its bytes and has not been asked for
// lately: a list of ten hits that took the places of two common words to find stays, a long list
// that is read in no time goes. Method: GreedyDual-Size (Cao and Irani, Cost-Aware WWW Proxy
// Caching Algorithms, 1997). Where nobody says what a value cost, all bytes count alike, and least
// recently used values go first.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

namespace fundstelle::search {

struct CacheStatistics {
  std::uint64_t hits = 0, misses = 0, bytes = 0;
};

/// Safe for many threads; two threads may make the same value at the same time, then one is
/// dropped. Value has bytes().
template <typename Value>
class BoundedCache {
 public:
  explicit BoundedCache(std::size_t capacity_bytes) : capacity_(capacity_bytes) {}

  [[nodiscard]] std::shared_ptr<const Value> find(const std::string& key) const {
    const std::lock_guard lock(mutex_);
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) {
      ++misses_;
      return nullptr;
    }
    ++hits_;
    Entry& entry = found->second;
    auto node = order_.extract(entry.place);
    node.key() = {gone_ + entry.worth, ++asked_};
    entry.place = order_.insert(std::move(node)).position;
    return entry.value;
  }

  /// `cost`: of making it, in whatever unit all of them have. A value above half of the capacity is
  /// not kept.
  void keep(const std::string& key, std::shared_ptr<const Value> value, double cost = 0) {
    const std::size_t bytes = value->bytes() + 2 * key.size() + kOverhead;
    const std::lock_guard lock(mutex_);
    if (bytes > capacity_ / 2) return;
    const auto [entry, fresh] = by_key_.try_emplace(key);
    if (!fresh) return;
    entry->second.value = std::move(value);
    entry->second.bytes = bytes;
    entry->second.worth = cost / static_cast<double>(bytes);
    entry->second.place =
        order_.emplace(Rank{gone_ + entry->second.worth, ++asked_}, &entry->first).first;
    bytes_ += bytes;
    drop_beyond();
  }

  /// From now on so many bytes; what is beyond them is given up.
  void resize(std::size_t capacity_bytes) {
    const std::lock_guard lock(mutex_);
    capacity_ = capacity_bytes;
    drop_beyond();
  }

  template <typename Make>
  [[nodiscard]] std::shared_ptr<const Value> get(const std::string& key, const Make& make) {
    using Clock = std::chrono::steady_clock;
    if (auto known = find(key)) return known;
    const Clock::time_point begin = Clock::now();
    auto made = std::make_shared<const Value>(make());
    keep(key, made, std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
    return made;
  }

  [[nodiscard]] CacheStatistics statistics() const {
    const std::lock_guard lock(mutex_);
    return {hits_, misses_, bytes_};
  }
  /// Gives everything up and keeps nothing from now on: a newer revision needs the memory.
  void retire() { resize(0); }

 private:
  static constexpr std::size_t kOverhead = 250;  // of tables and reference count
  /// Worth, and then when it was last asked for; the least goes first.
  using Rank = std::pair<double, std::uint64_t>;
  using Order = std::map<Rank, const std::string*>;
  struct Entry {
    std::shared_ptr<const Value> value;
    std::size_t bytes = 0;
    double worth = 0;  // cost of a byte
    typename Order::iterator place;
  };
  void drop_beyond() {
    while (bytes_ > capacity_) {
      const auto least = order_.begin();
      gone_ = least->first.first;
      const auto entry = by_key_.find(*least->second);
      order_.erase(least);
      bytes_ -= entry->second.bytes;
      by_key_.erase(entry);
    }
  }

  std::size_t capacity_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<std::string, Entry> by_key_;
  mutable Order order_;
  double gone_ = 0;  // worth of the last that went: what is asked for is worth so much more
  mutable std::uint64_t asked_ = 0;
  std::size_t bytes_ = 0;
  mutable std::uint64_t hits_ = 0, misses_ = 0;
};

}  // namespace fundstelle::search
