// SPDX-License-Identifier: GPL-3.0-or-later
//
// Papers of the same affair: found by the number they cite or share.
#pragma once

#include <string>
#include <vector>

#include "document/document.h"
#include "query/answer.h"
#include "search/engine/snapshot.h"

namespace fundstelle::search {

/// Papers that bear a canonical number, as the paper `from` would mean it. Numbers are counted by
/// each house for itself: papers of the citing house first, and only if it has none of this number,
/// those of others. Several of one number are all named.
[[nodiscard]] std::vector<Gid> papers_of_number(const Reader& reader, const std::string& number,
                                                Gid from);

/// Other prints of a paper, the paper it answers or is answered by, corrections; a handful at most.
/// `document`: the record of `gid`, text not needed.
[[nodiscard]] std::vector<LinkedPaper> linked_papers(const Reader& reader, Gid gid,
                                                     const Document& document);

}  // namespace fundstelle::search
