// SPDX-License-Identifier: GPL-3.0-or-later
//
// An HTML page as a flat list of nodes in document order: no recursion anywhere, however deep a
// page nests. Only html_tree.cpp knows libxml2.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fundstelle {

struct HtmlNode {
  std::uint32_t parent = 0;  ///< index; the root is its own parent
  std::uint32_t end = 0;     ///< index after the last node inside
  std::string_view name;     ///< lower case; empty for text
  std::string_view text;     ///< of a text node, as written
};

class HtmlTree {
 public:
  /// UTF-8. Broken markup is repaired as libxml2 does; hopeless input gives a tree without nodes.
  explicit HtmlTree(const std::string& utf8);
  ~HtmlTree();
  HtmlTree(const HtmlTree&) = delete;
  HtmlTree& operator=(const HtmlTree&) = delete;

  [[nodiscard]] const std::vector<HtmlNode>& nodes() const { return nodes_; }
  /// Value of an attribute; empty if it is not there. `name` in lower case.
  [[nodiscard]] std::string attribute(std::uint32_t node, const char* name) const;
  [[nodiscard]] bool has_attribute(std::uint32_t node, const char* name) const;
  /// All text inside, blanks squeezed, cleaned.
  [[nodiscard]] std::string text_inside(std::uint32_t node) const;

 private:
  struct Document;
  std::unique_ptr<Document> document_;
  std::vector<HtmlNode> nodes_;
  std::vector<void*> raw_;
};

}  // namespace fundstelle
