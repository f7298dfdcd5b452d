// SPDX-License-Identifier: GPL-3.0-or-later
//
// A tree in one line, for tests: words bare, "phrase", prefix*, (and a b), (or a b), (not a),
// field:a, (near5 a b), field[from,to].
#pragma once

#include <string>

#include "query/parser.h"

inline std::string show(const fundstelle::QueryNode& node) {
  using Kind = fundstelle::QueryNode::Kind;
  const auto children = [&] {
    std::string out;
    for (const auto& child : node.children) out += " " + show(*child);
    return out;
  };
  switch (node.kind) {
    case Kind::kWords:
      return node.text;
    case Kind::kPhrase:
      return "\"" + node.text + "\"";
    case Kind::kPrefix:
      return node.text + "*";
    case Kind::kNear:
      return "(near" + std::to_string(node.distance) + children() + ")";
    case Kind::kField:
      return node.field + ":" + show(*node.children.at(0));
    case Kind::kRange:
      return node.field + "[" + node.text + "," + node.text2 + "]";
    case Kind::kAnd:
      return "(and" + children() + ")";
    case Kind::kOr:
      return "(or" + children() + ")";
    case Kind::kNot:
      return "(not" + children() + ")";
    case Kind::kAll:
      return "<all>";
  }
  return "?";
}
