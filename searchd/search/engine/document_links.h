// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every paper a document's page links to. Hits show a handful of them (engine/linked.h).
#pragma once

#include "query/reading.h"
#include "search/engine/snapshot.h"

namespace fundstelle::search {

/// Fills `cites` and `cited_by` of a view whose document is `gid`.
void add_links(const Reader& reader, Gid gid, DocumentView& view);

/// Fills `further`: links of the linked papers, if both are few. A law that half of the collection
/// cites belongs to no affair, and following everything would make the page slow.
void add_further_links(const Reader& reader, DocumentView& view);

}  // namespace fundstelle::search
