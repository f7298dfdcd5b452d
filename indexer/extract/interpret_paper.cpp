// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/interpret_paper.h"

#include "extract/interpret_fields.h"

#include <algorithm>

namespace fundstelle {
namespace {

std::size_t letter_bytes(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t bytes = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  return std::min(bytes, text.size() - at);
}

// "V o r b e m e r k u n g  d e r  F r a g e s t e l l e r": single letters, one blank apart.
bool is_letter_spaced(std::string_view line) {
  static const RE2 spaced("^\\s*(?:\\pL(?: |  +|$)){5,}[\\pP\\d ]*$");
  return RE2::FullMatch(re2::StringPiece(line.data(), line.size()), spaced);
}

bool begins_lower(std::string_view text) {
  if (text.empty()) return false;
  if (text[0] >= 'a' && text[0] <= 'z') return true;
  return text.starts_with("ä") || text.starts_with("ö") || text.starts_with("ü") ||
         text.starts_with("ß");
}

bool begins_conjunction(std::string_view text) {
  for (const std::string_view word : {"und", "oder", "sowie", "bzw.", "bis", "als", "wie"}) {
    if (text.starts_with(word) && (text.size() == word.size() || text[word.size()] == ' '))
      return true;
  }
  return false;
}

bool is_list_item(std::string_view line) {
  static const RE2 item("^(?:[•●▪■–\\-*]|[a-zA-Z]\\)|\\d{1,2}[.)])\\s");
  return RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), item);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// Appends a line to text that ends with another, mending a word broken between them.
void join_line(std::string& text, std::string_view next, bool keep_line) {
  if (text.empty()) {
    text = next;
    return;
  }
  if (keep_line) {
    text += '\n';
  } else if (text.ends_with("-") && text.size() > 1 && text[text.size() - 2] != ' ') {
    if (begins_lower(next) && !begins_conjunction(next)) {
      text.pop_back();
    } else if (begins_lower(next)) {
      text += ' ';
    }
  } else if (text.back() != '\n') {
    text += ' ';
  }
  text += next;
}

}  // namespace

Paper::Paper(const SourceText& source) : source_(source) {
  for (const Page& page : source.pages) {
    if (!view_.empty()) {
      view_ += '\n';
      origin_.push_back(static_cast<std::uint32_t>(0));
    }
    page_begin_.push_back(size());
    const std::string& raw = page.text;
    std::size_t at = 0;
    while (at < raw.size()) {
      std::size_t stop = raw.find('\n', at);
      if (stop == std::string::npos) stop = raw.size();
      const std::string_view line(raw.data() + at, stop - at);
      const bool spaced = is_letter_spaced(line);
      std::size_t i = 0;
      // "## **KLEINE ANFRAGE**": what a Markdown rendering adds.
      const std::size_t mark = line.find_first_not_of(' ');
      if (mark != std::string_view::npos && line[mark] == '#') {
        const std::size_t behind = line.find_first_not_of('#', mark);
        if (behind != std::string_view::npos && line[behind] == ' ' && behind - mark <= 6)
          i = behind + 1;
      }
      while (i < line.size()) {
        if (line.compare(i, 2, "**") == 0) {
          i += 2;
          continue;
        }
        if (spaced && line[i] == ' ') {
          std::size_t blanks = line.find_first_not_of(' ', i);
          if (blanks == std::string_view::npos) blanks = line.size();
          if (blanks - i > 1 && blanks < line.size()) {
            view_ += ' ';
            origin_.push_back(static_cast<std::uint32_t>(at + i));
          }
          i = blanks;
          continue;
        }
        if (line.compare(i, 2, "\u00AD") == 0) {
          i += 2;
          continue;
        }
        for (std::size_t n = letter_bytes(line, i); n > 0; --n, ++i) {
          view_ += line[i] == '\f' ? ' ' : line[i];
          origin_.push_back(static_cast<std::uint32_t>(at + i));
        }
      }
      if (stop < raw.size()) {
        view_ += '\n';
        origin_.push_back(static_cast<std::uint32_t>(stop));
      }
      at = stop + 1;
    }
  }
  std::uint32_t page = 0;
  bool gap = true;
  for (std::size_t at = 0; at <= view_.size();) {
    std::size_t stop = view_.find('\n', at);
    if (stop == std::string::npos) stop = view_.size();
    while (page + 1 < page_begin_.size() && page_begin_[page + 1] <= at) {
      ++page;
      gap = true;
    }
    const std::string_view whole = std::string_view(view_).substr(at, stop - at);
    const std::string_view line = trimmed(whole);
    if (line.empty()) {
      gap = true;
    } else {
      const auto begin = static_cast<std::uint32_t>(line.data() - view_.data());
      const auto end = static_cast<std::uint32_t>(begin + line.size());
      lines_.push_back({{begin, end}, gap, end < stop && view_[end] == ' ', page});
      gap = false;
    }
    at = stop + 1;
  }
}

std::size_t Paper::line_at(std::uint32_t at) const {
  const auto found = std::upper_bound(
      lines_.begin(), lines_.end(), at,
      [](std::uint32_t value, const PaperLine& line) { return value < line.range.end; });
  return static_cast<std::size_t>(found - lines_.begin());
}

Range Paper::head(std::size_t count) const {
  if (lines_.empty()) return {};
  return {0, lines_[std::min(count, lines_.size()) - 1].range.end};
}

Span Paper::span(Range range) const {
  Span span;
  if (page_begin_.empty() || view_.empty()) return span;
  const auto page_of = [&](std::uint32_t at) {
    const auto after = std::upper_bound(page_begin_.begin(), page_begin_.end(), at);
    return static_cast<std::uint32_t>(after - page_begin_.begin()) - 1;
  };
  const std::uint32_t begin = std::min(range.begin, size() - 1);
  const std::uint32_t first = page_of(begin);
  span.page = source_.pages[first].number;
  span.begin = origin_[begin];
  std::uint32_t last_byte =
      std::max(begin, std::min(range.end, size()) - (range.end > 0 ? 1 : 0));
  // The newline between two pages is on neither.
  while (last_byte > begin && page_of(last_byte + 1) != page_of(last_byte)) --last_byte;
  const std::uint32_t last = page_of(last_byte);
  span.end_page = source_.pages[last].number;
  span.end = origin_[last_byte] + 1;
  return span;
}

Range Paper::range_of(const Span& span) const {
  const auto place = [&](std::uint32_t page_number, std::uint32_t byte) -> std::uint32_t {
    for (std::size_t p = 0; p < source_.pages.size(); ++p) {
      if (source_.pages[p].number != page_number) continue;
      const std::uint32_t end = p + 1 < page_begin_.size() ? page_begin_[p + 1] - 1 : size();
      const auto first = origin_.begin() + page_begin_[p];
      return static_cast<std::uint32_t>(std::lower_bound(first, origin_.begin() + end, byte) -
                                        origin_.begin());
    }
    return size();
  };
  Range range{place(span.page, span.begin), place(span.end_page, span.end)};
  if (range.end < range.begin) range.end = range.begin;
  return range;
}

std::string Paper::readable(Range range) const {
  std::string out;
  bool after_table = false;
  std::uint32_t last_page = 0;  // of what was taken: heads left out stand between the halves
  for (std::size_t i = line_at(range.begin); i < lines_.size() && lines_[i].range.begin < range.end;
       ++i) {
    Range part{std::max(lines_[i].range.begin, range.begin),
               std::min(lines_[i].range.end, range.end)};
    const std::string_view line = trimmed(in(part));
    if (line.empty() || left_out(part.begin)) continue;
    const bool table = line.find('\t') != std::string_view::npos;
    // A page break inside a sentence is no paragraph.
    const bool new_page = !out.empty() && lines_[i].page != last_page;
    last_page = lines_[i].page;
    const bool goes_on =
        !out.empty() && (begins_lower(line) || out.back() == '-' || out.back() == ',');
    if (!out.empty() && lines_[i].gap_before && !(new_page && goes_on)) {
      out += "\n\n";
      out += line;
    } else {
      join_line(out, line, table || after_table || is_list_item(line));
    }
    after_table = table;
  }
  return out;
}

std::string Paper::one_line(Range range) const {
  std::string out;
  for (std::size_t i = line_at(range.begin); i < lines_.size() && lines_[i].range.begin < range.end;
       ++i) {
    const Range part{std::max(lines_[i].range.begin, range.begin),
                     std::min(lines_[i].range.end, range.end)};
    const std::string_view line = trimmed(in(part));
    if (line.empty() || left_out(part.begin)) continue;
    join_line(out, line, false);
  }
  RE2::GlobalReplace(&out, compiled("\\s+"), " ");
  return out;
}

void Paper::leave_out(Range range) {
  if (range.empty()) return;
  left_out_.push_back(range);
  std::sort(left_out_.begin(), left_out_.end(),
            [](const Range& a, const Range& b) { return a.begin < b.begin; });
}

bool Paper::left_out(std::uint32_t at) const {
  for (const Range& range : left_out_) {
    if (range.begin > at) break;
    if (at < range.end) return true;
  }
  return false;
}

bool Paper::find(const RE2& pattern, Range where, Range* group0, Range* group1,
                 Range* group2) const {
  where.end = std::min(where.end, size());
  if (where.begin > where.end) return false;
  re2::StringPiece groups[3];
  const re2::StringPiece all(view_.data(), view_.size());
  if (!pattern.Match(all, where.begin, where.end, RE2::UNANCHORED, groups,
                     1 + std::min(2, pattern.NumberOfCapturingGroups()))) {
    return false;
  }
  const auto range = [&](const re2::StringPiece& piece) -> Range {
    if (piece.data() == nullptr) return {};
    const auto begin = static_cast<std::uint32_t>(piece.data() - view_.data());
    return {begin, static_cast<std::uint32_t>(begin + piece.size())};
  };
  if (group0 != nullptr) *group0 = range(groups[0]);
  if (group1 != nullptr) *group1 = range(groups[1]);
  if (group2 != nullptr) *group2 = range(groups[2]);
  return true;
}

void Paper::note(const std::string& field, Range range, std::string how) {
  document.read.insert_or_assign(field, Reading{span(range), std::move(how)});
}

void Paper::note_declared(const std::string& field, std::string how) {
  document.read.insert_or_assign(field, Reading{Span{}, std::move(how)});
}

std::string_view Paper::declared(std::string_view name) const {
  for (const Declared& entry : source_.declared) {
    if (entry.name == name) return entry.value;
  }
  return {};
}

}  // namespace fundstelle
