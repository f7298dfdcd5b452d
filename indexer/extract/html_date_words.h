// SPDX-License-Identifier: GPL-3.0-or-later
//
// What words before a day and names of elements around it say of it.
#pragma once

#include <cstdint>
#include <string_view>

#include "extract/html_tree.h"
#include "extract/source_text.h"

namespace fundstelle {

/// The last telling word before a day sets its role; `role` stays as it is if there is none. False:
/// the day is an event's, a comment's, a copyright's, or the end of a span.
[[nodiscard]] bool role_of_label(std::string_view before, OwnDateRole& role);

struct NameHint {
  bool published = false, modified = false, date = false, foreign = false, list = false;
};
/// Classes, ids and microdata of the element that holds the day and of those around it, up to
/// `stop`.
[[nodiscard]] NameHint hint_of_names(const HtmlTree& tree, std::uint32_t node, std::uint32_t stop);

}  // namespace fundstelle
