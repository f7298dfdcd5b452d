// SPDX-License-Identifier: GPL-3.0-or-later
//
// Columns of running text on a page, and the order in which its parts are read.
#pragma once

#include <optional>
#include <vector>

#include "extract/pdf_lines.h"

namespace fundstelle {

/// A stretch of the page read from top to bottom before the next begins.
struct Zone {
  std::vector<TextLine> lines;
  bool on_its_own = false;  ///< no sentence runs into it from the zone before
};

/// The x of a gap between two columns of running text; `least` lines on both sides make one.
[[nodiscard]] std::optional<float> find_gutter(const std::vector<TextLine>& lines, int least);

/// True if a page may have its columns parted at `gutter`, where other pages have theirs: some
/// lines stand on both sides and few run across.
[[nodiscard]] bool may_part_at(const std::vector<TextLine>& lines, float gutter);

/// A narrow column at the right of a letter or press release: addresses, contacts, reference,
/// date. It has base lines of its own; read line by line with the text it would tear it apart.
struct SideColumn {
  float x = 0, top = 0, bottom = 0;
};
[[nodiscard]] std::optional<SideColumn> find_side_column(const std::vector<TextLine>& lines);

/// Three zones: lines above the column, the column, the lines beside and below it.
[[nodiscard]] std::vector<Zone> zones_beside(std::vector<TextLine> lines, const SideColumn& side);

/// The page's zones in reading order: lines across, left column, right column, lines across …
[[nodiscard]] std::vector<Zone> zones_of(std::vector<TextLine> lines, std::optional<float> gutter);

}  // namespace fundstelle
