// SPDX-License-Identifier: GPL-3.0-or-later
//
// Decoded posting lists. A leaf of a query (a word with its variants, a phrase, a word beginning)
// becomes one list, is kept for the next query, and serves matching, ranking and counting alike.
//
// Why not let Xapian match: exact facets need every match anyway, a synonym group cannot be skipped
// through, and two passes (all words first, then any) would decode everything twice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <roaring/roaring.hh>
#include <string>
#include <unordered_map>
#include <vector>

namespace fundstelle::search {

/// A document or passage of a snapshot: Xapian docid plus an offset per sub-database, from 1.
using Gid = std::uint32_t;

/// Where a leaf occurs and how much. tf counts 3 for an occurrence of the whole word, 1 for one as
/// part of a compound (schema::kWholeWdf, kPartWdf).
struct Postings {
  std::vector<Gid> ids;   ///< ascending, only living entries
  std::vector<float> tf;  ///< beside ids
  Roaring set;            ///< the same ids
  std::string note;       ///< German, what the user should know (a word beginning cut short …)

  [[nodiscard]] std::size_t bytes() const {
    return ids.capacity() * sizeof(Gid) + tf.capacity() * sizeof(float) +
           set.getSizeInBytes(false) + sizeof(*this);
  }
};

/// Least recently used lists go first. Safe for many threads; two threads may make the same list at
/// the same time, then one is dropped.
class PostingCache {
 public:
  explicit PostingCache(std::size_t capacity_bytes) : capacity_(capacity_bytes) {}

  std::shared_ptr<const Postings> get(const std::string& key,
                                      const std::function<Postings()>& make);

  struct Statistics {
    std::uint64_t hits = 0, misses = 0, bytes = 0;
  };
  [[nodiscard]] Statistics statistics() const;
  /// Gives everything up and keeps nothing from now on: a newer revision needs the memory.
  void retire();

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const Postings> postings;
    std::size_t bytes = 0;
  };
  std::size_t capacity_;
  mutable std::mutex mutex_;
  std::list<Entry> entries_;  // most recently used first
  std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
  std::size_t bytes_ = 0;
  std::uint64_t hits_ = 0, misses_ = 0;
};

}  // namespace fundstelle::search
