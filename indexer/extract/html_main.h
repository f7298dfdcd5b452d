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

#include <vector>

#include "extract/html_blocks.h"
#include "extract/html_tree.h"

namespace fundstelle {

struct HtmlMain {
  std::vector<HtmlBlock> blocks;
  /// No running text found: a page of links (result list, index), given whole but for navigation.
  bool link_page = false;
};

[[nodiscard]] HtmlMain read_main(const HtmlTree& tree, std::vector<HtmlBlock> blocks);

}  // namespace fundstelle
