// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf_layout.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>

#include "extract/pdf_columns.h"
#include "extract/pdf_tables.h"

namespace fundstelle {

DocumentMeasures measure(const std::vector<std::vector<TextLine>>& pages) {
  DocumentMeasures measures;
  std::map<int, std::size_t> by_height;  // tenths of a point
  std::array<std::vector<float>, 2> gutters;
  std::size_t all_letters = 0;
  std::size_t bold_letters = 0;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    for (const TextLine& line : pages[p]) {
      std::size_t letters = 0;
      for (const PdfWord& word : line.words) {
        letters += word.text.size();
        bold_letters += word.bold ? word.text.size() : 0;
      }
      all_letters += letters;
      by_height[static_cast<int>(line.height * 5)] += letters;
    }
    if (const auto gutter = find_gutter(pages[p], 5)) gutters[p % 2].push_back(*gutter);
  }
  measures.bold_tells = bold_letters * 4 < all_letters;
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

namespace {

bool is_digits(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](unsigned char c) { return c >= '0' && c <= '9'; });
}

/// A line's place in the body of its page.
bool raised(const PdfWord& word, const PdfWord& before) {
  return word.height() < 0.82F * before.height() && word.y1 < before.y1 - 0.12F * before.height();
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

bool starts_note(const TextLine& line);

/// All words with letters are bold, and there are some.
bool is_bold(const TextLine& line) {
  bool any = false;
  for (const PdfWord& word : line.words) {
    const bool letters = std::any_of(word.text.begin(), word.text.end(), [](unsigned char c) {
      return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    if (letters && !word.bold) return false;
    any = any || (letters && word.text.size() > 1);
  }
  return any;
}

/// Bold type heads what is below; bold sentences, questions, labels and parts of lists do not.
bool reads_like_heading(const std::string& text) {
  static const RE2 none(
      "[.,;:?!-][“”\"'‘’)]*$|^[a-z][.)]|^(?:Frage|Antwort|Seite|Tel\\.?|[Zz]u(?: Frage)?)\\b.{0,30}$|"
      "^[(–-]|^\\P{Ll}{0,3}/\\d|^\\P{L}*$|\t|@|Drucksache \\d");
  return text.size() >= 3 && text.size() < 200 && !RE2::PartialMatch(text, none);
}

/// "Die Antwort wurde namens der Bundesregierung …": small print at the foot, but no note.
bool starts_answer_formula(const TextLine& line) {
  static const RE2 kFormula(R"(^Die Antwort wurde namens|^D(?:er|ie|as) .*hat namens der)");
  return line.words.size() > 3 && line.words.front().text.front() == 'D' &&
         RE2::PartialMatch(text_of_line(line.words), kFormula);
}

/// Reads zones one after the other into blocks.
class BlockBuilder {
 public:
  BlockBuilder(const DocumentMeasures& measures, const LineJoiner& joiner)
      : measures_(measures), joiner_(joiner) {}

  void read(const Zone& zone, std::size_t notes_from) {
    measure_zone(zone.lines);
    if (zone.on_its_own) {
      close();
      previous_.reset();
    }
    std::vector<std::vector<Segment>> cells;
    cells.reserve(zone.lines.size());
    for (const TextLine& line : zone.lines) cells.push_back(segments_of(line));
    bool first_in_zone = true;
    bool formula = false;
    for (std::size_t i = 0; i < zone.lines.size();) {
      if (i >= notes_from) {
        const bool begins_formula = starts_answer_formula(zone.lines[i]);
        const bool begins_note = starts_note(zone.lines[i]);
        formula = begins_formula || (formula && !begins_note);
        read_line(zone.lines[i], margins_[i], i == notes_from || begins_note || begins_formula,
                  first_in_zone, !formula);
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
        !so_far.empty() &&
        (so_far.back() == '-' || so_far.back() == '/' || so_far.back() == '\xAD') &&
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
      bold_ = measures_.bold_tells;
      joiner_.append(current_.text, text);
    } else {
      joiner_.append(current_.text, text);
    }
    bold_ = bold_ && is_bold(line);
    ++lines_in_current_;
    previous_ = shape_of(line, right);
  }

  void close() {
    if (current_.text.empty()) return;
    const bool large = measures_.body_height > 0 && current_.height > 1.12F * measures_.body_height;
    if (current_.kind == BlockKind::kParagraph && lines_in_current_ <= 5 &&
        (large || (spaced_ && lines_in_current_ <= 2)) && current_.text.size() < 600) {
      current_.kind = BlockKind::kHeading;
    } else if (current_.kind == BlockKind::kParagraph && bold_ && lines_in_current_ <= 3 &&
               reads_like_heading(current_.text)) {
      current_.kind = BlockKind::kHeading;
      current_.bold = true;
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
  bool bold_ = false;  ///< all lines of the current block so far
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
    // A question in small type may stand at the foot as well.
    const bool last_and_apart = begin == lines.size() && gap > 1.7F * height &&
                                !is_item_label(lines[block].words.front().text);
    if (!starts_note(lines[block]) && !last_and_apart) break;
    if (segments_of(lines[block]).size() > 2) break;  // a table in small type
    begin = block;
  }
  return begin;
}

/// Poppler may hand over "breit1" for a word with a note call. Where the word proper ends, else 0.
/// "CO2" is none: two letters at least, the last a small one, and the note must be on this page.
std::size_t glued_call(const std::string& text, const std::vector<std::string>& called) {
  std::size_t end = text.size();
  while (end > 0 && text[end - 1] >= '0' && text[end - 1] <= '9') --end;
  if (end == text.size() || end < 2) return 0;
  std::size_t letters = end;
  while (letters > 0 && (text[letters - 1] == '.' || text[letters - 1] == ',')) --letters;
  if (letters == 2 && text[1] == 'm') return 0;  // "km2", "qm3"
  if (letters < 2 || text[letters - 1] < 'a' || text[letters - 1] > 'z') return 0;
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
    if (may_part_at(page, usual)) gutter = usual;
  }
  const auto side = gutter || page_index > 0 ? std::nullopt : find_side_column(page);
  std::vector<Zone> zones = side ? zones_beside(page, *side) : zones_of(page, gutter);

  std::vector<std::string> called;
  std::vector<std::size_t> notes;
  for (const Zone& zone : zones) {
    // What stands above or in a side column is no foot of the page.
    const bool above = zone.on_its_own && &zone != &zones.back();
    notes.push_back(above ? zone.lines.size() : notes_begin(zone.lines, measures.body_height));
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
