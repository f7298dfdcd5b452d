// SPDX-License-Identifier: GPL-3.0-or-later
//
// Earlier questions near to the questions of a draft.
//
// Two scales are read together. A paper is near if it meets the telling words of the whole draft,
// most of all of its title. A question is near if its own words meet it, and the nearer the paper
// it stands in: "Wie viele davon waren minderjährig?" says nothing without its draft. How the
// shares were chosen is in docs/asked.md.
#pragma once

#include "query/asked.h"
#include "search/engine/snapshot.h"

namespace fundstelle::search {

/// Everything but `took_us`.
[[nodiscard]] AskedAnswer answer_asked(Reader& reader, const AskedRequest& request);

}  // namespace fundstelle::search
