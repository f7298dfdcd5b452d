// SPDX-License-Identifier: GPL-3.0-or-later
//
// What was made once and may be asked for again, within a number of bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

namespace fundstelle::search {

struct CacheStatistics {
  std::uint64_t hits = 0, misses = 0, bytes = 0;
};

/// Least recently used values go first. Safe for many threads; two threads may make the same value
/// at the same time, then one is dropped. Value has bytes().
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
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->value;
  }

  /// A value above half of the capacity is not kept.
  void keep(const std::string& key, std::shared_ptr<const Value> value) {
    const std::size_t bytes = value->bytes() + 2 * key.size() + kOverhead;
    const std::lock_guard lock(mutex_);
    if (bytes > capacity_ / 2 || by_key_.contains(key)) return;
    entries_.push_front({key, std::move(value), bytes});
    by_key_[key] = entries_.begin();
    bytes_ += bytes;
    while (bytes_ > capacity_) {
      bytes_ -= entries_.back().bytes;
      by_key_.erase(entries_.back().key);
      entries_.pop_back();
    }
  }

  template <typename Make>
  [[nodiscard]] std::shared_ptr<const Value> get(const std::string& key, const Make& make) {
    if (auto known = find(key)) return known;
    auto made = std::make_shared<const Value>(make());
    keep(key, made);
    return made;
  }

  [[nodiscard]] CacheStatistics statistics() const {
    const std::lock_guard lock(mutex_);
    return {hits_, misses_, bytes_};
  }
  /// Gives everything up and keeps nothing from now on: a newer revision needs the memory.
  void retire() {
    const std::lock_guard lock(mutex_);
    capacity_ = bytes_ = 0;
    by_key_.clear();
    entries_.clear();
  }

 private:
  static constexpr std::size_t kOverhead = 150;  // of list, table and reference count
  struct Entry {
    std::string key;
    std::shared_ptr<const Value> value;
    std::size_t bytes = 0;
  };
  std::size_t capacity_;
  mutable std::mutex mutex_;
  mutable std::list<Entry> entries_;  // most recently used first
  std::unordered_map<std::string, typename std::list<Entry>::iterator> by_key_;
  std::size_t bytes_ = 0;
  mutable std::uint64_t hits_ = 0, misses_ = 0;
};

}  // namespace fundstelle::search
