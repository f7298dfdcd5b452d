// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/postings.h"

namespace fundstelle::search {

std::shared_ptr<const Postings> PostingCache::get(const std::string& key,
                                                  const std::function<Postings()>& make) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = by_key_.find(key); found != by_key_.end()) {
      entries_.splice(entries_.begin(), entries_, found->second);
      return found->second->postings;
    }
  }
  auto made = std::make_shared<const Postings>(make());
  const std::size_t bytes = made->bytes() + 2 * key.size() + 100;
  if (bytes > capacity_ / 2) return made;
  const std::lock_guard lock(mutex_);
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

}  // namespace fundstelle::search
