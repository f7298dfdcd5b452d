// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/postings.h"

namespace fundstelle::search {

std::shared_ptr<const Postings> PostingCache::get(const std::string& key,
                                                  const std::function<Postings()>& make) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = by_key_.find(key); found != by_key_.end()) {
      ++hits_;
      entries_.splice(entries_.begin(), entries_, found->second);
      return found->second->postings;
    }
    ++misses_;
  }
  auto made = std::make_shared<const Postings>(make());
  const std::size_t bytes = made->bytes() + 2 * key.size() + 100;
  const std::lock_guard lock(mutex_);
  if (bytes > capacity_ / 2) return made;
  if (by_key_.contains(key)) return made;
  entries_.push_front({key, made, bytes});
  by_key_[key] = entries_.begin();
  bytes_ += bytes;
  while (bytes_ > capacity_) {
    bytes_ -= entries_.back().bytes;
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
  return made;
}

PostingCache::Statistics PostingCache::statistics() const {
  const std::lock_guard lock(mutex_);
  return {hits_, misses_, bytes_};
}

void PostingCache::retire() {
  const std::lock_guard lock(mutex_);
  capacity_ = 0;
  bytes_ = 0;
  by_key_.clear();
  entries_.clear();
}

}  // namespace fundstelle::search
