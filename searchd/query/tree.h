// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signs become a tree:
//
//   or := and (OR and)*     and := not ((UND)? not)*     not := (NICHT | - | +)* near
//   near := item (NEAR/n item)*     item := word | "phrase" | word* | field: item | range | ( or )
//
// Every step takes what it can and never fails; what nobody takes is remarked.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "query/parser.h"
#include "query/signs.h"

namespace fundstelle::query {

/// Nobody groups this deep by hand; it bounds recursion here and in whoever walks the tree.
inline constexpr std::size_t kMaxDepth = 20;

/// `text` is what the signs were read from. Null if nothing is asked.
[[nodiscard]] std::unique_ptr<QueryNode> build_tree(std::string_view text, std::vector<Sym> signs,
                                                    Remarks& remarks);

}  // namespace fundstelle::query
