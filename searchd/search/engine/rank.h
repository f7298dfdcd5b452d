// SPDX-License-Identifier: GPL-3.0-or-later
//
// The order of hits, and the page of them that was asked for.
#pragma once

#include <optional>
#include <roaring/roaring.hh>
#include <string>
#include <vector>

#include "query/request.h"
#include "search/engine/evaluate.h"

namespace fundstelle::search {

struct RankedHit {
  Gid gid = 0;
  float score = 0;
  bool all_words = true;
};

/// Where a page begins: what a cursor says. `after` is the last hit of the page before.
struct Place {
  std::uint64_t offset = 0;
  struct After {
    std::uint32_t merit = 0;  ///< tier and score as one number
    std::uint32_t date = 0;
    Gid gid = 0;
  };
  std::optional<After> after;
};

struct RankedPage {
  std::vector<RankedHit> hits;
  Place next;  ///< meaningful if more follow
  bool more = false;
  /// If nearness changed the order of the best: the last of them as it was before.
  std::optional<Place::After> zone_end;
};

/// Order: all words before some words, score, newest, id, passage. The best 100 are scored again
/// with the nearness of their words. By date: date, id, passage; undated last. `complete`: it is
/// known that no hit lacks a word. Where evaluator.ranked_by() is set, the order is found without
/// walking every layer of every hit; it is the same.
[[nodiscard]] RankedPage rank(const Evaluator& evaluator, const Snapshot& snapshot,
                              const PlanNode& root, const SearchRequest& request,
                              const std::vector<Gid>& hits, const Roaring& all_words,
                              const Place& place, bool complete = false);

/// The place behind the ith (from 0) of the hits that rank() gave from the beginning on; `zone_end`
/// as it said.
[[nodiscard]] Place place_after(const std::optional<Place::After>& zone_end, std::size_t i,
                                const RankedHit& hit, std::uint32_t date);

/// Sorts as rank() does by score, where no hit lacks a word.
void in_order_of_relevance(const Snapshot& snapshot, Unit unit, std::vector<Scored::Best>& list);

/// Text form of a place in one revision and one query; nothing if it is not from there.
[[nodiscard]] std::string to_cursor(const Place& place, const std::string& revision,
                                    const SearchRequest& request);
[[nodiscard]] std::optional<Place> from_cursor(const std::string& cursor,
                                               const std::string& revision,
                                               const SearchRequest& request);

}  // namespace fundstelle::search
