// SPDX-License-Identifier: GPL-3.0-or-later
//
// The days a page gives for itself: printed beside its title or below its text, marked as <time>,
// microdata or by a class, declared in meta and JSON-LD, written in its address.
//
// Such lines ("Berlin, 3. Mai 2021", "Stand: 12.11.2021") are furniture to the choice of the main
// text; here they are evidence. Days of events, comments, other articles and copyrights are not the
// page's own and are left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/html_blocks.h"
#include "extract/source_text.h"

namespace fundstelle {

/// Every day the page gives for itself, strongest first; of equal strength as they stand.
[[nodiscard]] std::vector<OwnDate> read_page_dates(const HtmlTree& tree,
                                                   const std::vector<HtmlBlock>& blocks,
                                                   std::size_t title_block,
                                                   const std::vector<Declared>& declared);

}  // namespace fundstelle
