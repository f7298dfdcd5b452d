// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tables: rows of cells that stand in shared columns, with rules or without.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "extract/hyphenation.h"
#include "extract/pdf_lines.h"

namespace fundstelle {

/// Words of a line without a wide gap between them: a cell, or the whole line.
struct Segment {
  std::size_t begin = 0, end = 0;  ///< words
  float x0 = 0, x1 = 0;
};
[[nodiscard]] std::vector<Segment> segments_of(const TextLine& line);

struct Column {
  float x0 = 0, x1 = 0;
  int rows = 0;
};

struct TableRun {
  std::size_t end = 0;  ///< line after the last; 0: no table
  std::vector<Column> columns;
};

/// A table begins at `begin` if rows of cells stand in shared columns there.
[[nodiscard]] TableRun table_at(const std::vector<TextLine>& lines,
                                const std::vector<std::vector<Segment>>& cells, std::size_t begin);

/// Its rows as lines, cells parted by tabulators, wrapped cells joined.
[[nodiscard]] std::string table_text(const std::vector<TextLine>& lines,
                                     const std::vector<std::vector<Segment>>& cells,
                                     std::size_t begin, const TableRun& table,
                                     const LineJoiner& joiner);

/// "•", "–", "■" …
[[nodiscard]] bool is_bullet(const std::string& word);
/// "1.", "12)", "(3)", "a)", "b.", "1.2", "§"
[[nodiscard]] bool is_item_label(const std::string& word);

}  // namespace fundstelle
