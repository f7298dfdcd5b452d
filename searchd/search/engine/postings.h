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
#include <roaring/roaring.hh>
#include <string>
#include <vector>

#include "search/engine/coded.h"

namespace fundstelle::search {

/// A document or passage of a snapshot: Xapian docid plus an offset per sub-database, from 1.
using Gid = std::uint32_t;

/// Where a leaf occurs and how much. tf counts 3 for an occurrence of the whole word, 1 for one as
/// part of a compound (schema::kWholeWdf, kPartWdf).
struct Postings {
  Postings() = default;
  /// `counts` beside `ids`, which ascend.
  Postings(const std::vector<Gid>& ids, const std::vector<float>& counts) : tf(counts) {
    set.addMany(ids.size(), ids.data());
    set.runOptimize();
    set.shrinkToFit();
  }

  Roaring set;       ///< only living entries
  Coded tf;          ///< of the entries of the set, in their order
  std::string note;  ///< German, what the user should know (a word beginning cut short …)

  [[nodiscard]] std::size_t size() const { return tf.size(); }
  /// All of them, ascending, into `out`.
  void ids(std::vector<Gid>& out) const {
    out.resize(size());
    set.toUint32Array(out.data());
  }
  [[nodiscard]] std::size_t bytes() const {
    return tf.bytes() + set.getSizeInBytes(false) + sizeof(*this);
  }
};

}  // namespace fundstelle::search
