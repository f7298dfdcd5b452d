// SPDX-License-Identifier: GPL-3.0-or-later
//
// The main content of a page: the article without navigation, teasers, comments, cookie texts.
//
// Decided by structure (elements, roles), by what authors call things (class, id), by density of
// text and links; nothing is known of single sites. The idea of descending to the element that
// holds most of the running text is that of Readability (Arc90, 2009); blocks are judged by length
// and link density after Kohlschütter et al., Boilerplate Detection using Shallow Text Features
// (WSDM 2010).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "extract/html_tree.h"

namespace fundstelle {

enum class HtmlBlockKind : std::uint8_t { kText, kHeading, kItem, kTable, kPreformatted };

struct HtmlBlock {
  HtmlBlockKind kind = HtmlBlockKind::kText;
  std::uint32_t level = 0;     ///< of a heading
  std::uint32_t node = 0;      ///< the element that holds it
  std::size_t link_bytes = 0;  ///< of the text, inside links
  bool same_item = false;      ///< goes on in the list item of the block before
  std::string text;            ///< clean; lines parted by "\n" where the page breaks them
};

struct HtmlMain {
  std::vector<HtmlBlock> blocks;
  /// No running text found: a page of links (result list, index), given whole but for navigation.
  bool link_page = false;
};

[[nodiscard]] HtmlMain read_main(const HtmlTree& tree);

}  // namespace fundstelle
