// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a Listing holds: the hits of one request by number, and what is needed to read them.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "search/engine/plan.h"
#include "search/engine/rank.h"
#include "search/engine/snapshot.h"
#include "search/listing.h"

namespace fundstelle::search {

struct ListedHits {
  std::shared_ptr<const Snapshot> snapshot;
  SearchRequest request;
  Plan plan;
  ListingFacts facts;
  std::vector<RankedHit> hits;
  std::optional<Place::After> zone_end;  ///< RankedPage::zone_end
};

}  // namespace fundstelle::search
