// SPDX-License-Identifier: GPL-3.0-or-later
//
// A page cut into blocks: the text between two borders of block elements.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
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

/// All blocks in document order, navigation and furniture included. A table of data is one block.
[[nodiscard]] std::vector<HtmlBlock> read_blocks(const HtmlTree& tree);

[[nodiscard]] bool is_block_element(std::string_view name);
/// Elements whose text no reader sees: scripts, forms, pictures.
[[nodiscard]] bool is_machinery(std::string_view name);
/// 1 for h1 to 6 for h6; else 0.
[[nodiscard]] std::uint32_t heading_level(std::string_view name);

/// Part of the text that stands in links, 0 to 1.
[[nodiscard]] double link_part(const HtmlBlock& block);
[[nodiscard]] bool ends_a_sentence(const std::string& text);
/// Running text: long enough, hardly any links.
[[nodiscard]] bool is_running_text(const HtmlBlock& block);

}  // namespace fundstelle
