// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf_tables.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace fundstelle {

bool is_bullet(const std::string& word) {
  static constexpr std::array<std::string_view, 16> kBullets = {
      "•", "-", "–", "—", "·", "▪", "■", "●", "○", "►", "▶", "", "", "*", "◦", "‒"};
  return std::find(kBullets.begin(), kBullets.end(), word) != kBullets.end();
}

bool is_item_label(const std::string& word) {
  if (word.empty() || word.size() > 7) return false;
  std::size_t i = 0;
  if (word[i] == '(') ++i;
  const std::size_t begin = i;
  while (i < word.size() && word[i] >= '0' && word[i] <= '9') ++i;
  if (i > begin) {
    if (i - begin > 3) return false;
    if (i == word.size()) return false;
    while (i < word.size() && (word[i] == '.' || (word[i] >= '0' && word[i] <= '9'))) ++i;
    if (i < word.size() && word[i] >= 'a' && word[i] <= 'z') ++i;
    while (i < word.size() && (word[i] == ')' || word[i] == '.')) ++i;
    return i == word.size();
  }
  if (i < word.size() &&
      ((word[i] >= 'a' && word[i] <= 'z') || (word[i] >= 'A' && word[i] <= 'Z'))) {
    ++i;
    if (i < word.size() && word[i] == word[i - 1]) ++i;  // "aa)"
    const std::size_t marks = i;
    while (i < word.size() && (word[i] == ')' || word[i] == '.')) ++i;
    return i == word.size() && i > marks;
  }
  return false;
}

std::vector<Segment> segments_of(const TextLine& line) {
  std::vector<Segment> segments;
  for (std::size_t i = 0; i < line.words.size(); ++i) {
    const PdfWord& word = line.words[i];
    if (segments.empty() || word.x0 - segments.back().x1 > 0.95F * line.height) {
      segments.push_back({i, i, word.x0, word.x1});
    }
    segments.back().end = i + 1;
    segments.back().x1 = std::max(segments.back().x1, word.x1);
  }
  return segments;
}

namespace {

std::string text_of_segment(const TextLine& line, const Segment& segment) {
  return text_of_line({line.words.begin() + static_cast<std::ptrdiff_t>(segment.begin),
                       line.words.begin() + static_cast<std::ptrdiff_t>(segment.end)});
}

/// Columns as the x ranges that segments of all rows share.
std::vector<Column> columns_of(const std::vector<std::vector<Segment>>& rows) {
  std::vector<Segment> all;
  for (const auto& row : rows) {
    if (row.size() >= 2) all.insert(all.end(), row.begin(), row.end());
  }
  std::sort(all.begin(), all.end(), [](const Segment& a, const Segment& b) { return a.x0 < b.x0; });
  std::vector<Column> columns;
  for (const Segment& segment : all) {
    if (columns.empty() || segment.x0 > columns.back().x1 - 1) {
      columns.push_back({segment.x0, segment.x1, 0});
    }
    columns.back().x1 = std::max(columns.back().x1, segment.x1);
    ++columns.back().rows;
  }
  return columns;
}

std::size_t column_at(const std::vector<Column>& columns, float x) {
  std::size_t i = 0;
  while (i + 1 < columns.size() && columns[i + 1].x0 <= x) ++i;
  return i;
}

}  // namespace

TableRun table_at(const std::vector<TextLine>& lines,
                  const std::vector<std::vector<Segment>>& cells, std::size_t begin) {
  if (cells[begin].size() < 2) return {};
  std::size_t end = begin;
  std::size_t rows = 0;
  std::size_t wide_rows = 0;
  float pitch = 2.6F * lines[begin].height;
  std::vector<Column> columns;
  std::size_t last_row = begin;
  for (std::size_t i = begin; i < lines.size(); ++i) {
    if (i > begin && lines[i].middle() - lines[i - 1].middle() > pitch) break;
    if (cells[i].size() >= 2) {
      std::vector<std::vector<Segment>> so_far(cells.begin() + static_cast<std::ptrdiff_t>(begin),
                                               cells.begin() + static_cast<std::ptrdiff_t>(i + 1));
      std::vector<Column> now = columns_of(so_far);
      // A row that glues columns together is not a row of this table.
      if (rows >= 2 && now.size() < std::max<std::size_t>(columns.size(), 2)) break;
      if (now.size() < 2) break;
      columns = std::move(now);
      ++rows;
      wide_rows += cells[i].size() >= 3;
      last_row = i;
      end = i + 1;
    } else {
      // The rest of a wrapped cell lies within one column; two such lines may follow each other.
      if (columns.empty() || i - last_row > 3) break;
      const Segment& only = cells[i].front();
      const Column& home = columns[column_at(columns, only.x0)];
      if (only.x0 < home.x0 - 4 || only.x1 > home.x1 + 4) break;
    }
  }
  if (rows < 2 || (rows < 3 && wide_rows < 2)) return {};
  // Wrapped ends of the last row.
  while (end < lines.size() && cells[end].size() == 1 &&
         lines[end].middle() - lines[end - 1].middle() < 1.45F * lines[end].height) {
    const Segment& only = cells[end].front();
    const std::size_t home = column_at(columns, only.x0);
    if (home == 0 || only.x0 < columns[home].x0 - 4 || only.x1 > columns[home].x1 + 4) break;
    ++end;
  }
  // Lists and lines of "Name: value" have two columns too, but are no tables.
  std::size_t labels = 0;
  std::size_t colons = 0;
  std::size_t aligned = 0;
  std::size_t counted = 0;
  for (std::size_t i = begin; i < end; ++i) {
    if (cells[i].size() < 2) continue;
    ++counted;
    const std::string first = text_of_segment(lines[i], cells[i].front());
    labels += is_bullet(first) || is_item_label(first);
    colons += !first.empty() && first.back() == ':';
    std::vector<std::size_t> homes;
    for (const Segment& segment : cells[i]) homes.push_back(column_at(columns, segment.x0));
    aligned += std::adjacent_find(homes.begin(), homes.end()) == homes.end();
  }
  if ((columns.size() == 2 || counted < 4) && labels * 2 >= counted) return {};
  if (columns.size() == 2 && colons * 2 >= counted) return {};
  if (aligned * 10 < counted * 8) return {};
  int shared = 0;
  for (const Column& column : columns) shared += column.rows >= 2;
  if (shared < 2) return {};
  return {end, std::move(columns)};
}

std::string table_text(const std::vector<TextLine>& lines,
                       const std::vector<std::vector<Segment>>& cells, std::size_t begin,
                       const TableRun& table, const LineJoiner& joiner) {
  std::vector<float> steps;
  for (std::size_t i = begin + 1; i < table.end; ++i) {
    steps.push_back(lines[i].middle() - lines[i - 1].middle());
  }
  const float usual = median(steps);
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = begin; i < table.end; ++i) {
    std::vector<bool> has(table.columns.size(), false);
    for (const Segment& segment : cells[i]) has[column_at(table.columns, segment.x0)] = true;
    const float step = i > begin ? lines[i].middle() - lines[i - 1].middle() : 1e9F;
    const bool continues =
        i > begin && !has[0] && step < 1.4F * lines[i].height && step <= 1.1F * usual + 0.5F;
    if (!continues) rows.emplace_back(table.columns.size());
    for (const Segment& segment : cells[i]) {
      std::string& cell = rows.back()[column_at(table.columns, segment.x0)];
      const std::string text = text_of_segment(lines[i], segment);
      if (cell.empty()) {
        cell = text;
      } else {
        joiner.append(cell, text);
      }
    }
  }
  std::string out;
  for (const auto& row : rows) {
    if (!out.empty()) out += '\n';
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c > 0) out += '\t';
      out += row[c];
    }
  }
  return out;
}

}  // namespace fundstelle
