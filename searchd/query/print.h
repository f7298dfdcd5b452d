// SPDX-License-Identifier: GPL-3.0-or-later
//
// A tree as a query that can be typed.
#pragma once

#include <string>

#include "query/parser.h"

namespace fundstelle {

/// Another text for one leaf.
struct Replacement {
  const QueryNode* leaf = nullptr;
  std::string text;
};

/// The tree in one normal form, operators as German words: parsing it again gives the same tree.
/// Empty for kAll.
[[nodiscard]] std::string print_query(const QueryNode& root, const Replacement& replacement = {});

}  // namespace fundstelle
