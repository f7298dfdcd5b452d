// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/print.h"

#include <array>

#include "query/characters.h"

namespace fundstelle {
namespace {

using Kind = QueryNode::Kind;

/// In marks that do not stand in the text.
std::string quoted(const std::string& text) {
  struct Marks {
    const char *open, *close;
    std::array<const char*, 5> inside;
  };
  static constexpr Marks kMarks[] = {{"\"", "\"", {"\"", "“", "”", "‟", "＂"}},
                                     {"»", "«", {"«", "»"}},
                                     {"›", "‹", {"‹", "›"}},
                                     {"「", "」", {"」"}}};
  for (const Marks& marks : kMarks) {
    bool fits = true;
    for (const char* mark : marks.inside) {
      fits = fits && (mark == nullptr || text.find(mark) == std::string::npos);
    }
    if (fits) return marks.open + text + marks.close;
  }
  return "‚" + text + "‘";
}

std::string range(const QueryNode& node) {
  if (node.text == node.text2) return node.field + ":" + node.text;
  return node.field + ":" + node.text + ".." + node.text2;
}

class Printer {
 public:
  explicit Printer(const Replacement& replacement) : replacement_(replacement) {}

  std::string print(const QueryNode& node) {
    switch (node.kind) {
      case Kind::kWords:
        return text(node);
      case Kind::kPhrase:
        return quoted(text(node));
      case Kind::kPrefix:
        return node.text + "*";
      case Kind::kNear:
        return list(node, " NAHE/" + std::to_string(node.distance) + " ");
      case Kind::kField: {
        const Kind inner = node.children[0]->kind;
        if (inner == Kind::kField || inner == Kind::kRange) {
          return node.field + ":(" + print(*node.children[0]) + ")";
        }
        return node.field + ":" + operand(*node.children[0]);
      }
      case Kind::kRange:
        return range(node);
      case Kind::kAnd:
        return list(node, " UND ");
      case Kind::kOr:
        return list(node, " ODER ");
      case Kind::kNot:
        return "NICHT " + operand(*node.children[0]);
      case Kind::kAll:
        return {};
    }
    return {};
  }

 private:
  [[nodiscard]] const std::string& text(const QueryNode& node) const {
    return &node == replacement_.leaf ? replacement_.text : node.text;
  }

  /// Whether a node can be an operand without parentheses. A row of UND can, in ODER.
  std::string operand(const QueryNode& node, bool in_or = false) {
    bool alone = true;
    switch (node.kind) {
      case Kind::kWords:
        alone = in_or || text(node).find_first_of(" ()") == std::string::npos;
        for (std::size_t i = 0; alone && !in_or && i < text(node).size();) {
          const auto [code, bytes] = query::character_at(text(node), i);
          alone = !query::is_blank(code);
          i += bytes;
        }
        break;
      case Kind::kAnd:
      case Kind::kNot:
        alone = in_or;
        break;
      case Kind::kOr:
      case Kind::kNear:
        alone = false;
        break;
      default:
        break;
    }
    return alone ? print(node) : "(" + print(node) + ")";
  }

  std::string list(const QueryNode& node, const std::string& between) {
    std::string out;
    for (const auto& child : node.children) {
      if (!out.empty()) out += between;
      if (node.kind == Kind::kAnd && (child->kind == Kind::kWords || child->kind == Kind::kNot)) {
        out += print(*child);
      } else {
        out += operand(*child, node.kind == Kind::kOr);
      }
    }
    return out;
  }

  const Replacement& replacement_;
};

}  // namespace

std::string print_query(const QueryNode& root, const Replacement& replacement) {
  return Printer(replacement).print(root);
}

}  // namespace fundstelle
