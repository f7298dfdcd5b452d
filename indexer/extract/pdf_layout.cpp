// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf_layout.h"

#include <re2/re2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>

namespace fundstelle {
namespace {

float median(std::vector<float> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

float quantile(std::vector<float> values, double part) {
  if (values.empty()) return 0;
  const auto at = values.begin() +
                  static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1) + 0.5);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

/// Letters of a short word; 9 if there is anything else in it or it is long.
int letters_only(const std::string& text) {
  int count = 0;
  std::int64_t i = 0;
  const auto size = static_cast<std::int64_t>(text.size());
  while (i < size) {
    UChar32 c = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), i, size, c);
    if (c < 0 || !u_isalpha(c) || ++count > 2) return 9;
  }
  return count;
}

bool is_digits(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](unsigned char c) { return c >= '0' && c <= '9'; });
}

float gap_before(const std::vector<PdfWord>& words, std::size_t i) {
  return words[i].x0 - words[i - 1].x1;
}

/// Length of the run of letter-spaced glyphs that begins at `begin`; 0 if none does.
std::size_t spaced_run(const std::vector<PdfWord>& words, std::size_t begin) {
  std::size_t end = begin;
  std::size_t single = 0;
  while (end < words.size()) {
    const int letters = letters_only(words[end].text);
    if (letters == 9 || letters == 0) {
      // A mark may end a spaced word: "A n l a g e :"
      if (end > begin && words[end].text.size() == 1 && words[end].text[0] == ':') ++end;
      break;
    }
    if (end > begin && gap_before(words, end) > 1.6F * words[end].height()) break;
    single += letters == 1;
    ++end;
  }
  const std::size_t length = end - begin;
  return length >= 4 && single * 4 >= length * 3 ? length : 0;
}

void append_spaced(std::string& out, const std::vector<PdfWord>& words, std::size_t begin,
                   std::size_t length) {
  std::vector<float> gaps;
  for (std::size_t i = begin + 1; i < begin + length; ++i) gaps.push_back(gap_before(words, i));
  const float usual = std::max(median(gaps), 0.05F * words[begin].height());
  for (std::size_t i = begin; i < begin + length; ++i) {
    if (i > begin && gap_before(words, i) > 1.7F * usual) out += ' ';
    out += words[i].text;
  }
}

/// A line's place in the body of its page.
bool raised(const PdfWord& word, const PdfWord& before) {
  return word.height() < 0.82F * before.height() && word.y1 < before.y1 - 0.12F * before.height();
}

}  // namespace

std::vector<TextLine> lines_of(std::vector<PdfWord> words) {
  std::stable_sort(words.begin(), words.end(),
                   [](const PdfWord& a, const PdfWord& b) { return a.middle() < b.middle(); });
  std::vector<TextLine> lines;
  for (PdfWord& word : words) {
    TextLine* home = nullptr;
    float best = 0;
    for (std::size_t back = 0; back < std::min<std::size_t>(lines.size(), 6); ++back) {
      TextLine& line = lines[lines.size() - 1 - back];
      const float overlap = std::min(word.y1, line.y1) - std::max(word.y0, line.y0);
      const float smaller = std::max(0.1F, std::min(word.height(), line.y1 - line.y0));
      const float part = overlap / smaller;
      const float apart = std::abs(word.middle() - line.middle());
      const float larger = std::max(word.height(), line.y1 - line.y0);
      if (part > 0.5F && apart < 0.42F * larger && part - apart / larger > best) {
        best = part - apart / larger;
        home = &line;
      }
    }
    if (home == nullptr) {
      home = &lines.emplace_back();
      home->y0 = word.y0;
      home->y1 = word.y1;
    } else if (word.height() > home->y1 - home->y0) {
      home->y0 = word.y0;
      home->y1 = word.y1;
    }
    home->words.push_back(std::move(word));
  }
  std::vector<float> heights;
  for (TextLine& line : lines) {
    std::stable_sort(line.words.begin(), line.words.end(),
                     [](const PdfWord& a, const PdfWord& b) { return a.x0 < b.x0; });
    line.x0 = line.words.front().x0;
    line.x1 = line.words.front().x1;
    heights.clear();
    for (const PdfWord& word : line.words) {
      line.x1 = std::max(line.x1, word.x1);
      const std::size_t weight = std::min<std::size_t>(word.text.size(), 12);
      heights.insert(heights.end(), weight, word.height());
    }
    line.height = median(heights);
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const TextLine& a, const TextLine& b) { return a.middle() < b.middle(); });
  return lines;
}

bool is_letter_spaced(const std::vector<PdfWord>& words) {
  std::size_t spaced = 0;
  for (std::size_t i = 0; i < words.size();) {
    const std::size_t run = spaced_run(words, i);
    spaced += run;
    i += std::max<std::size_t>(run, 1);
  }
  return spaced >= 4 && spaced * 10 >= words.size() * 7;
}

namespace {

/// Contents: the dots that lead to a page number, and the number.
void cut_leaders(std::string& text) {
  if (text.find("...") == std::string::npos && text.find(". . .") == std::string::npos &&
      text.find("……") == std::string::npos && text.find("__") == std::string::npos) {
    return;
  }
  static const RE2 kAtEnd(R"(\s*(?:(?:\.\s?){4,}|(?:…\s?){2,}|_{4,})\s*\d{0,4}\s*$)");
  static const RE2 kWithin(R"(\s*(?:(?:\.\s?){4,}|(?:…\s?){2,}|_{4,})\s*)");
  RE2::Replace(&text, kAtEnd, "");
  RE2::GlobalReplace(&text, kWithin, " ");
}

}  // namespace

std::string text_of_line(const std::vector<PdfWord>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size();) {
    if (i > 0) {
      const float height = std::min(words[i].height(), words[i - 1].height());
      if (gap_before(words, i) > 0.08F * height) out += ' ';
    }
    if (const std::size_t run = spaced_run(words, i); run > 0) {
      append_spaced(out, words, i, run);
      i += run;
    } else {
      out += words[i].text;
      ++i;
    }
  }
  cut_leaders(out);
  return out;
}

// ------------------------------------------------------------------------------------------
// columns

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

/// The x of a gap between two columns of running text.
std::optional<float> find_gutter(const std::vector<TextLine>& lines, int least) {
  if (lines.size() < static_cast<std::size_t>(least)) return std::nullopt;
  float left = 1e9F;
  float right = 0;
  for (const TextLine& line : lines) {
    left = std::min(left, line.x0);
    right = std::max(right, line.x1);
  }
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

/// A stretch of the page read from top to bottom before the next begins.
struct Zone {
  std::vector<TextLine> lines;
};

void split_into_zones(std::vector<TextLine> lines, std::optional<float> gutter, int depth,
                      std::vector<Zone>& zones) {
  if (lines.empty()) return;
  if (!gutter) {
    zones.push_back({std::move(lines)});
    return;
  }
  std::vector<AtGutter> sides;
  for (const TextLine& line : lines) sides.push_back(relation(line, *gutter));
  // A narrow gap amid columns is a long line of the left one (or noise of recognition).
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
                        lines.begin() + static_cast<std::ptrdiff_t>(end)}});
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

DocumentMeasures measure(const std::vector<std::vector<TextLine>>& pages) {
  DocumentMeasures measures;
  std::map<int, std::size_t> by_height;  // tenths of a point
  std::array<std::vector<float>, 2> gutters;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    for (const TextLine& line : pages[p]) {
      std::size_t letters = 0;
      for (const PdfWord& word : line.words) letters += word.text.size();
      by_height[static_cast<int>(line.height * 5)] += letters;
    }
    if (const auto gutter = find_gutter(pages[p], 5)) gutters[p % 2].push_back(*gutter);
  }
  std::size_t most = 0;
  for (const auto& [height, letters] : by_height) {
    if (letters > most) {
      most = letters;
      measures.body_height = static_cast<float>(height) / 5 + 0.1F;
    }
  }
  const bool usual = (gutters[0].size() + gutters[1].size()) * 3 > pages.size();
  for (const std::vector<float>& side : gutters) {
    measures.gutters.push_back(usual && !side.empty() ? median(side) : 0);
  }
  return measures;
}

// -------------------------------------------------------------------------------------------
// blocks

namespace {

bool is_bullet(const std::string& word) {
  static constexpr std::array<std::string_view, 16> kBullets = {
      "•", "-", "–", "—", "·", "▪", "■", "●", "○", "►", "▶", "", "", "*", "◦", "‒"};
  return std::find(kBullets.begin(), kBullets.end(), word) != kBullets.end();
}

/// "1.", "12)", "(3)", "a)", "b.", "1.2", "§"
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

bool wide_after_label(const TextLine& line) {
  if (line.words.size() < 2) return true;
  return line.words[1].x0 - line.words[0].x1 > 0.5F * line.height;
}

/// "1.", "2.3", "a)", "(1)", a bullet; or "2" and "4.1.1" with a tabulator behind.
bool starts_item(const TextLine& line) {
  const std::string& first = line.words.front().text;
  if (is_bullet(first) || is_item_label(first)) return true;
  return line.words.size() > 1 && first.size() <= 8 && first[0] >= '0' && first[0] <= '9' &&
         first.find_first_not_of("0123456789.") == std::string::npos && wide_after_label(line);
}

struct Segment {
  std::size_t begin = 0, end = 0;  ///< words
  float x0 = 0, x1 = 0;
};

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

std::string text_of_segment(const TextLine& line, const Segment& segment) {
  return text_of_line({line.words.begin() + static_cast<std::ptrdiff_t>(segment.begin),
                       line.words.begin() + static_cast<std::ptrdiff_t>(segment.end)});
}

struct Column {
  float x0 = 0, x1 = 0;
  int rows = 0;
};

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

struct TableRun {
  std::size_t end = 0;  ///< line after the last; 0: no table
  std::vector<Column> columns;
};

/// A table begins at `begin` if rows of cells stand in shared columns there.
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

bool starts_note(const TextLine& line);

/// Reads zones one after the other into blocks.
class BlockBuilder {
 public:
  BlockBuilder(const DocumentMeasures& measures, const LineJoiner& joiner)
      : measures_(measures), joiner_(joiner) {}

  void read(const Zone& zone, std::size_t notes_from) {
    measure_zone(zone.lines);
    std::vector<std::vector<Segment>> cells;
    cells.reserve(zone.lines.size());
    for (const TextLine& line : zone.lines) cells.push_back(segments_of(line));
    bool first_in_zone = true;
    for (std::size_t i = 0; i < zone.lines.size();) {
      if (i >= notes_from) {
        read_line(zone.lines[i], margins_[i], i == notes_from || starts_note(zone.lines[i]),
                  first_in_zone, true);
        ++i;
        continue;
      }
      if (const TableRun table = table_at(zone.lines, cells, i); table.end > 0) {
        close();
        TextBlock block;
        block.kind = BlockKind::kTable;
        block.text = table_text(zone.lines, cells, i, table, joiner_);
        block.height = zone.lines[i].height;
        blocks_.push_back(std::move(block));
        i = table.end;
        first_in_zone = false;
        previous_.reset();
        continue;
      }
      read_line(zone.lines[i], margins_[i], false, first_in_zone, false);
      first_in_zone = false;
      ++i;
    }
  }

  std::vector<TextBlock> finish() {
    close();
    return std::move(blocks_);
  }

 private:
  struct LineShape {
    float x0, x1, middle, height;
    float zone_left, zone_right;
    bool item;
    float text_x0;  ///< where the text after a bullet or label begins
  };

  void measure_zone(const std::vector<TextLine>& lines) {
    std::vector<float> lefts;
    std::vector<float> rights;
    std::vector<float> steps;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      lefts.push_back(lines[i].x0);
      rights.push_back(lines[i].x1);
      if (i > 0 && std::abs(lines[i].height - lines[i - 1].height) < 0.1F * lines[i].height) {
        steps.push_back((lines[i].middle() - lines[i - 1].middle()) / lines[i].height);
      }
    }
    zone_left_ = quantile(lefts, 0.05);
    zone_right_ = quantile(rights, 0.92);
    margins_.assign(lines.size(), zone_right_);
    for (std::size_t i = 0; i < lines.size(); ++i) margins_[i] = right_margin(lines, i);
    // In units of type height; the lower third, for gaps between paragraphs count as well.
    step_ = steps.size() >= 3 ? std::clamp(quantile(steps, 0.35), 0.8F, 2.4F) : 1.25F;
  }

  /// Where lines around this one end, if several end there (set justified); else the zone's.
  [[nodiscard]] float right_margin(const std::vector<TextLine>& lines, std::size_t at) const {
    const TextLine& own = lines[at];
    std::vector<float> ends;
    for (std::size_t i = at >= 6 ? at - 6 : 0; i < std::min(lines.size(), at + 7); ++i) {
      if (std::abs(lines[i].height - own.height) < 0.08F * own.height) ends.push_back(lines[i].x1);
    }
    std::sort(ends.rbegin(), ends.rend());
    for (std::size_t i = 0; i + 2 < ends.size(); ++i) {
      if (ends[i] - ends[i + 2] < 0.3F * own.height) {
        return own.x1 > ends[i] ? std::min(own.x1, zone_right_) : ends[i];
      }
    }
    return zone_right_;
  }

  [[nodiscard]] LineShape shape_of(const TextLine& line, float right) const {
    LineShape shape{line.x0,    line.x1, line.middle(),     line.height,
                    zone_left_, right,   starts_item(line), line.x0};
    if (shape.item && line.words.size() > 1) shape.text_x0 = line.words[1].x0;
    return shape;
  }

  /// The first word of `next` would have fitted on the line before: it ended on purpose.
  [[nodiscard]] static bool ended_early(const LineShape& before, const TextLine& next) {
    const PdfWord& word = next.words.front();
    float room = before.zone_right - before.x1;
    const float left_room = before.x0 - before.zone_left;
    const bool centred = left_room > 1.5F * before.height && std::abs(left_room - room) < 6;
    if (centred) room += left_room;
    return room > word.width() + 0.45F * before.height;
  }

  enum class Break { kNone, kLine, kParagraph };

  [[nodiscard]] Break break_before(const TextLine& line, bool first_in_zone) const {
    if (!previous_) return Break::kParagraph;
    const LineShape& before = *previous_;
    const float height = std::max(line.height, before.height);
    const bool same_type = std::abs(line.height - before.height) < 0.1F * height;
    const std::string_view so_far = current_.text;
    const bool word_runs_on =
        !so_far.empty() && (so_far.back() == '-' || so_far.substr(so_far.size() - 1) == "\xAD") &&
        joiner_.runs_on(so_far, line.words.front().text);
    const bool item = starts_item(line);
    if (first_in_zone) {
      // From the foot of one column to the head of the next.
      if (!same_type) return Break::kParagraph;
      if (word_runs_on) return Break::kNone;
      const bool indented = line.x0 > zone_left_ + 0.6F * height;
      return indented || item || ended_early(before, line) ? Break::kParagraph : Break::kNone;
    }
    const float step = line.middle() - before.middle;
    if (step > step_ * height * 1.22F + 0.8F) return Break::kParagraph;
    if (word_runs_on && std::abs(line.height - before.height) < 0.25F * height) return Break::kNone;
    if (!same_type) return Break::kParagraph;
    const float tolerance = 0.7F * height;
    const float centre = std::abs((line.x0 + line.x1) - (before.x0 + before.x1)) / 2;
    const bool centred = centre < 3 && line.x0 > zone_left_ + tolerance;
    const bool large = line.height > 1.12F * measures_.body_height;
    const bool short_line = ended_early(before, line);
    const float moved = line.x0 - before.x0;
    if (item && (short_line || std::abs(moved) > tolerance || wide_after_label(line))) {
      return short_line && lines_in_current_ <= 2 ? Break::kLine : Break::kParagraph;
    }
    if (!centred) {
      if (lines_in_current_ == 1) {
        const bool hanging =
            before.item && line.x0 > before.x0 - 1 && line.x0 < before.text_x0 + tolerance;
        if (moved > tolerance && !hanging) return Break::kParagraph;
        if (moved < -8 * height) return Break::kParagraph;
      } else if (moved > tolerance || moved < -tolerance) {
        return Break::kParagraph;
      }
    }
    if (large && same_type) return Break::kNone;
    if (short_line) {
      const bool head_like = lines_in_current_ == 1 &&
                             before.x1 - before.x0 < 0.7F * (before.zone_right - before.zone_left);
      return head_like ? Break::kLine : Break::kParagraph;
    }
    return Break::kNone;
  }

  void read_line(const TextLine& line, float right, bool begins_note, bool first_in_zone,
                 bool note) {
    Break between = break_before(line, first_in_zone);
    if (begins_note) between = Break::kParagraph;
    const std::string text = text_of_line(line.words);
    if (between != Break::kNone) {
      close();
      current_ = {};
      current_.kind = note ? BlockKind::kFootnote : BlockKind::kParagraph;
      current_.close_to_previous = between == Break::kLine;
      current_.height = line.height;
      lines_in_current_ = 0;
      spaced_ = is_letter_spaced(line.words);
      joiner_.append(current_.text, text);
    } else {
      joiner_.append(current_.text, text);
    }
    ++lines_in_current_;
    previous_ = shape_of(line, right);
  }

  void close() {
    if (current_.text.empty()) return;
    const bool large = measures_.body_height > 0 && current_.height > 1.12F * measures_.body_height;
    if (current_.kind == BlockKind::kParagraph && lines_in_current_ <= 5 &&
        (large || (spaced_ && lines_in_current_ <= 2)) && current_.text.size() < 600) {
      current_.kind = BlockKind::kHeading;
    }
    blocks_.push_back(std::move(current_));
    current_ = {};
    lines_in_current_ = 0;
  }

  const DocumentMeasures& measures_;
  const LineJoiner& joiner_;
  std::vector<TextBlock> blocks_;
  TextBlock current_;
  std::size_t lines_in_current_ = 0;
  bool spaced_ = false;
  std::optional<LineShape> previous_;
  std::vector<float> margins_;  ///< right margin at each line of the zone
  float zone_left_ = 0, zone_right_ = 0, step_ = 1.25F;
};

bool starts_note(const TextLine& line) {
  if (line.words.size() < 2) return false;
  const std::string& first = line.words.front().text;
  if (first == "*" || first == "**" || first == "†") return true;
  if (!is_digits(first) || first.size() > 2) return false;
  const std::string& second = line.words[1].text;
  return !is_digits(second) && segments_of(line).size() == 1;
}

/// Index of the first line of the notes at the foot of the zone; lines.size() if there are none.
/// Notes are small, stand last, and begin with their call or after a gap.
std::size_t notes_begin(const std::vector<TextLine>& lines, float body_height) {
  std::size_t begin = lines.size();
  while (begin > 1) {
    const float height = lines[begin - 1].height;
    if (height >= 0.93F * body_height) break;
    std::size_t block = begin - 1;
    while (block > 0 && lines[block].middle() - lines[block - 1].middle() < 1.45F * height &&
           std::abs(lines[block - 1].height - height) < 0.06F * height) {
      --block;
    }
    if (block == 0) break;
    const float gap = lines[block].middle() - lines[block - 1].middle();
    const bool last_and_apart = begin == lines.size() && gap > 1.7F * height;
    if (!starts_note(lines[block]) && !last_and_apart) break;
    if (segments_of(lines[block]).size() > 2) break;  // a table in small type
    begin = block;
  }
  return begin;
}

/// Poppler may hand over "breit1" for a word with a note call. Where the word proper ends, else 0.
/// "CO2" is none: three letters at least, the last a small one, and the note must be on this page.
std::size_t glued_call(const std::string& text, const std::vector<std::string>& called) {
  std::size_t end = text.size();
  while (end > 0 && text[end - 1] >= '0' && text[end - 1] <= '9') --end;
  if (end == text.size() || end < 3) return 0;
  std::size_t letters = end;
  while (letters > 0 && (text[letters - 1] == '.' || text[letters - 1] == ',')) --letters;
  if (letters < 3 || text[letters - 1] < 'a' || text[letters - 1] > 'z') return 0;
  return std::find(called.begin(), called.end(), text.substr(end)) != called.end() ? end : 0;
}

/// Superscript numbers that call a note on this page are no part of the sentence.
void drop_note_calls(std::vector<TextLine>& lines, std::size_t notes,
                     const std::vector<std::string>& called) {
  for (std::size_t l = 0; l < notes; ++l) {
    std::vector<PdfWord>& words = lines[l].words;
    for (std::size_t i = words.size(); i-- > 0;) {
      if (const std::size_t cut = glued_call(words[i].text, called); cut > 0) {
        words[i].text.resize(cut);
      }
      if (i > 0 && raised(words[i], words[i - 1]) &&
          gap_before(words, i) < 0.3F * words[i - 1].height() &&
          std::find(called.begin(), called.end(), words[i].text) != called.end()) {
        words.erase(words.begin() + static_cast<std::ptrdiff_t>(i));
      }
    }
  }
}

}  // namespace

std::vector<TextBlock> lay_out(const std::vector<TextLine>& page, std::size_t page_index,
                               const DocumentMeasures& measures, const LineJoiner& joiner) {
  std::optional<float> gutter = find_gutter(page, 5);
  if (!gutter && page_index % 2 < measures.gutters.size() && measures.gutters[page_index % 2] > 0) {
    // A last page with few lines in its columns: believe the other pages if nothing speaks against.
    const float usual = measures.gutters[page_index % 2];
    const GutterScore score = score_gutter(page, usual, 1);
    if (score.both > 0 && score.crossed <= 3 + score.both) gutter = usual;
  }
  std::vector<Zone> zones;
  split_into_zones(page, gutter, 0, zones);

  std::vector<std::string> called;
  std::vector<std::size_t> notes;
  for (const Zone& zone : zones) {
    notes.push_back(notes_begin(zone.lines, measures.body_height));
    for (std::size_t i = notes.back(); i < zone.lines.size(); ++i) {
      const std::string& first = zone.lines[i].words.front().text;
      if (is_digits(first) || first == "*" || first == "**") called.push_back(first);
    }
  }
  BlockBuilder builder(measures, joiner);
  for (std::size_t z = 0; z < zones.size(); ++z) {
    drop_note_calls(zones[z].lines, notes[z], called);
    builder.read(zones[z], notes[z]);
  }
  std::vector<TextBlock> blocks = builder.finish();
  // Notes of every column stand at the end of the page.
  std::stable_partition(blocks.begin(), blocks.end(),
                        [](const TextBlock& b) { return b.kind != BlockKind::kFootnote; });
  return blocks;
}

}  // namespace fundstelle
