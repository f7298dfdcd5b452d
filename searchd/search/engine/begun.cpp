// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/begun.h"

namespace fundstelle::search {

std::string Begun::cursor_behind(std::size_t shown) const {
  const std::string& revision = snapshot->current.revision;
  if (shown >= page.hits.size()) {
    return page.more ? to_cursor(page.next, revision, request) : std::string();
  }
  const RankedHit& last = page.hits[shown - 1];
  const std::uint32_t date = snapshot->date[snapshot->document_of(request.unit, last.gid)];
  return to_cursor(place_after(page.zone_end, place.offset + shown - 1, last, date), revision,
                   request);
}

}  // namespace fundstelle::search
