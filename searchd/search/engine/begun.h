// SPDX-License-Identifier: GPL-3.0-or-later
//
// A search as far as it goes without reading texts: matched, counted, put in order.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "query/answer.h"
#include "query/request.h"
#include "search/engine/plan.h"
#include "search/engine/rank.h"
#include "search/engine/snapshot.h"

namespace fundstelle::search {

struct Begun {
  std::shared_ptr<const Snapshot> snapshot;
  /// The reader it was begun with, until it is finished: the files of a revision may be deleted
  /// meanwhile, so that no other can be made.
  mutable std::unique_ptr<Snapshot::Lease> lease;
  SearchRequest request;  ///< size and page put right
  Deadline deadline;      ///< of the whole answer
  Plan plan;
  Place place;      ///< where the page begins
  RankedPage page;  ///< of `request.size` hits
  /// Totals, facets, histogram, revision; of a shard also how the query was read, without offers.
  SearchAnswer counts;
  bool any = false;             ///< one of the words suffices
  bool relaxed = false;         ///< so, for want of hits
  std::uint64_t all_words = 0;  ///< entries with all words, before filters
  /// Of a shard with few hits: there were more if any word sufficed.
  bool any_adds = false;
  /// Quotations beside words that stand nowhere here, if that was not decided before.
  std::vector<std::string> missing_phrases;

  /// With which a search goes on behind the first `shown` hits of the page, 1 at least. Empty:
  /// there are no more.
  [[nodiscard]] std::string cursor_behind(std::size_t shown) const;
};

}  // namespace fundstelle::search
