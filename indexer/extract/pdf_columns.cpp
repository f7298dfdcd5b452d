// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf_columns.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace fundstelle {
namespace {

constexpr float kLeastGutter = 5.5F;

enum class AtGutter { kLeftOnly, kRightOnly, kBoth, kNarrow, kCrossed };

AtGutter relation(const TextLine& line, float gutter) {
  const PdfWord* left = nullptr;
  const PdfWord* right = nullptr;
  for (const PdfWord& word : line.words) {
    if (word.x0 < gutter && word.x1 > gutter) {
      // A glyph that sticks out a little does not cross.
      if (gutter - word.x0 > 2 && word.x1 - gutter > 2) return AtGutter::kCrossed;
    }
    if ((word.x0 + word.x1) / 2 < gutter) {
      if (left == nullptr || word.x1 > left->x1) left = &word;
    } else if (right == nullptr || word.x0 < right->x0) {
      right = &word;
    }
  }
  if (left == nullptr) return AtGutter::kRightOnly;
  if (right == nullptr) return AtGutter::kLeftOnly;
  return right->x0 - left->x1 < kLeastGutter ? AtGutter::kNarrow : AtGutter::kBoth;
}

struct GutterScore {
  int both = 0;         ///< lines with text on both sides in stretches that nothing crosses
  int crossed = 0;      ///< lines across
  bool filled = false;  ///< both sides look like columns of running text, not like table cells
};

/// `least` lines on both sides make a stretch of columns.
GutterScore score_gutter(const std::vector<TextLine>& lines, float gutter, int least) {
  GutterScore score;
  std::vector<float> left_part;
  std::vector<float> right_part;
  float left_begin = 1e9F;
  float left_end = 0;
  float right_begin = 1e9F;
  float right_end = 0;
  std::size_t words = 0;
  struct Sides {
    float left, right;
    int inner_gaps;
  };
  std::vector<Sides> stretch;
  std::vector<Sides> accepted;
  int run = 0;
  const auto close = [&] {
    if (run >= least) {
      score.both += run;
      accepted.insert(accepted.end(), stretch.begin(), stretch.end());
    }
    stretch.clear();
    run = 0;
  };
  for (const TextLine& line : lines) {
    switch (relation(line, gutter)) {
      case AtGutter::kCrossed:
      case AtGutter::kNarrow:
        ++score.crossed;
        close();
        break;
      case AtGutter::kBoth: {
        ++run;
        float left_x1 = 0;
        float right_x0 = 1e9F;
        for (const PdfWord& word : line.words) {
          if ((word.x0 + word.x1) / 2 < gutter) {
            left_x1 = std::max(left_x1, word.x1);
          } else {
            right_x0 = std::min(right_x0, word.x0);
          }
        }
        left_begin = std::min(left_begin, line.x0);
        left_end = std::max(left_end, left_x1);
        right_begin = std::min(right_begin, right_x0);
        right_end = std::max(right_end, line.x1);
        int inner_gaps = -1;  // the gutter itself is one
        for (std::size_t i = 1; i < line.words.size(); ++i) {
          inner_gaps += gap_before(line.words, i) > 0.95F * line.height;
        }
        stretch.push_back({left_x1 - line.x0, line.x1 - right_x0, inner_gaps});
        words += line.words.size();
        break;
      }
      default:
        break;
    }
  }
  close();
  if (score.both == 0) return score;
  const float left_width = left_end - left_begin;
  const float right_width = right_end - right_begin;
  int inner_gaps = 0;
  for (const Sides& sides : accepted) {
    inner_gaps += std::max(sides.inner_gaps, 0);
    left_part.push_back(sides.left / std::max(left_width, 1.0F));
    right_part.push_back(sides.right / std::max(right_width, 1.0F));
  }
  const float height = lines.empty() ? 10 : lines[lines.size() / 2].height;
  score.filled = median(left_part) > 0.62F && median(right_part) > 0.62F &&
                 left_width > 7 * height && right_width > 7 * height &&
                 static_cast<double>(words) / std::max(score.both, 1) > 6 &&
                 inner_gaps * 5 < 2 * static_cast<int>(accepted.size());
  return score;
}

/// Where the lines begin and end on the page.
std::pair<float, float> extent(const std::vector<TextLine>& lines) {
  float left = 1e9F;
  float right = 0;
  for (const TextLine& line : lines) {
    left = std::min(left, line.x0);
    right = std::max(right, line.x1);
  }
  return {left, right};
}

}  // namespace

/// The x of a gap between two columns of running text.
std::optional<float> find_gutter(const std::vector<TextLine>& lines, int least) {
  if (lines.size() < static_cast<std::size_t>(least)) return std::nullopt;
  const auto [left, right] = extent(lines);
  const float width = right - left;
  if (width < 120) return std::nullopt;
  // Candidates: where many lines have a gap.
  const auto bins = static_cast<std::size_t>(width) + 2;
  std::vector<int> open(bins, 0);
  for (const TextLine& line : lines) {
    float reach = line.words.front().x1;
    for (std::size_t i = 1; i < line.words.size(); ++i) {
      const float begin = reach;
      const float end = line.words[i].x0;
      reach = std::max(reach, line.words[i].x1);
      if (end - begin < kLeastGutter) continue;
      const auto from = static_cast<std::size_t>(std::max(0.0F, begin - left + 1));
      const auto to = static_cast<std::size_t>(std::max(0.0F, end - left));
      for (std::size_t x = from; x < std::min(to, bins); ++x) ++open[x];
    }
  }
  int most = 0;
  const auto first = static_cast<std::size_t>(0.15F * width);
  const auto last = static_cast<std::size_t>(0.85F * width);
  for (std::size_t x = first; x < last; ++x) most = std::max(most, open[x]);
  if (most < least) return std::nullopt;
  std::optional<float> best;
  GutterScore best_score;
  for (std::size_t x = first; x < last;) {
    if (open[x] * 10 < most * 9) {
      ++x;
      continue;
    }
    std::size_t end = x;
    while (end < last && open[end] * 10 >= most * 9) ++end;
    const float gutter = left + static_cast<float>(x + end) / 2;
    const GutterScore score = score_gutter(lines, gutter, least);
    if (score.filled && score.both > best_score.both) {
      best = gutter;
      best_score = score;
    }
    x = end;
  }
  return best;
}

namespace {

void split_into_zones(std::vector<TextLine> lines, std::optional<float> gutter, int depth,
                      std::vector<Zone>& zones) {
  if (lines.empty()) return;
  if (!gutter) {
    zones.push_back({std::move(lines), false});
    return;
  }
  std::vector<AtGutter> sides;
  for (const TextLine& line : lines) sides.push_back(relation(line, *gutter));
  // A narrow gap amid columns is a long line of the left one (or noise of
  // recognition).
  for (std::size_t i = 0; i < sides.size(); ++i) {
    if (sides[i] != AtGutter::kNarrow) continue;
    const bool before = i > 0 && sides[i - 1] == AtGutter::kBoth;
    const bool after = i + 1 < sides.size() && sides[i + 1] == AtGutter::kBoth;
    sides[i] = before && after ? AtGutter::kBoth : AtGutter::kCrossed;
  }
  for (std::size_t begin = 0; begin < lines.size();) {
    const bool across = sides[begin] == AtGutter::kCrossed;
    std::size_t end = begin;
    bool on_right = false;
    while (end < lines.size() && (sides[end] == AtGutter::kCrossed) == across) {
      on_right = on_right || sides[end] == AtGutter::kBoth || sides[end] == AtGutter::kRightOnly;
      ++end;
    }
    if (across || !on_right) {
      zones.push_back({{lines.begin() + static_cast<std::ptrdiff_t>(begin),
                        lines.begin() + static_cast<std::ptrdiff_t>(end)},
                       false});
    } else {
      std::array<std::vector<PdfWord>, 2> columns;
      for (std::size_t i = begin; i < end; ++i) {
        for (PdfWord& word : lines[i].words) {
          columns[(word.x0 + word.x1) / 2 < *gutter ? 0 : 1].push_back(std::move(word));
        }
      }
      for (std::vector<PdfWord>& column : columns) {
        std::vector<TextLine> column_lines = lines_of(std::move(column));
        const auto inner = depth < 2 ? find_gutter(column_lines, 8) : std::nullopt;
        split_into_zones(std::move(column_lines), inner, depth + 1, zones);
      }
    }
    begin = end;
  }
}

}  // namespace

bool may_part_at(const std::vector<TextLine>& lines, float gutter) {
  const GutterScore score = score_gutter(lines, gutter, 1);
  return score.both > 0 && score.crossed <= 3 + score.both;
}

std::optional<SideColumn> find_side_column(const std::vector<TextLine>& lines) {
  if (lines.size() < 8) return std::nullopt;
  const auto [left, right] = extent(lines);
  const float width = right - left;
  if (width < 200) return std::nullopt;
  // Where the last stretch of a line begins behind a clear gap, in the right half.
  struct Start {
    float x;
    std::size_t line;
  };
  std::vector<Start> starts;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::vector<PdfWord>& words = lines[i].words;
    std::size_t k = words.size() - 1;
    while (k > 0 && gap_before(words, k) < 1.2F * lines[i].height) --k;
    if (words[k].x0 > left + 0.55F * width) starts.push_back({words[k].x0, i});
  }
  std::optional<SideColumn> best;
  std::size_t best_rows = 5;
  for (const Start& start : starts) {
    std::vector<std::size_t> rows;
    for (const Start& other : starts) {
      if (std::abs(other.x - start.x) < 2.5F) rows.push_back(other.line);
    }
    if (rows.size() < 6 || rows.size() <= best_rows) continue;
    SideColumn side{start.x - 3, lines[rows.front()].y0 - 1, lines[rows.back()].y1 + 1};
    std::size_t beside = 0;   // lines of text at the left
    std::size_t aligned = 0;  // with a row of the column on the same base line
    std::size_t words_left = 0;
    bool crossed = false;
    for (const TextLine& line : lines) {
      if (line.middle() < side.top || line.middle() > side.bottom) continue;
      bool at_left = false;
      bool at_right = false;
      for (const PdfWord& word : line.words) {
        crossed = crossed || (word.x0 < side.x - 2 && word.x1 > side.x + 2);
        at_left = at_left || word.x1 < side.x + 2;
        at_right = at_right || word.x0 >= side.x;
        words_left += word.x1 < side.x + 2;
      }
      beside += at_left;
      aligned += at_left && at_right;
    }
    // A table has a cell at the left of nearly every one at the right, and few words in it.
    if (crossed || beside < 4 || words_left < 3 * beside) continue;
    if (aligned * 4 > rows.size() * 3 && aligned * 4 > beside * 3) continue;
    best = side;
    best_rows = rows.size();
  }
  return best;
}

std::vector<Zone> zones_beside(std::vector<TextLine> lines, const SideColumn& side) {
  std::vector<PdfWord> above;
  std::vector<PdfWord> column;
  std::vector<PdfWord> text;
  for (TextLine& line : lines) {
    const bool in_reach = line.middle() >= side.top && line.middle() <= side.bottom;
    for (PdfWord& word : line.words) {
      const bool aside = in_reach && word.x0 >= side.x;
      (aside ? column : line.middle() < side.top ? above : text).push_back(std::move(word));
    }
  }
  std::vector<Zone> zones;
  for (std::vector<PdfWord>* part : {&above, &column, &text}) {
    if (!part->empty()) zones.push_back({lines_of(std::move(*part)), true});
  }
  return zones;
}

std::vector<Zone> zones_of(std::vector<TextLine> lines, std::optional<float> gutter) {
  std::vector<Zone> zones;
  split_into_zones(std::move(lines), gutter, 0, zones);
  return zones;
}

}  // namespace fundstelle
