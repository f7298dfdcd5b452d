// SPDX-License-Identifier: GPL-3.0-or-later
//
// The text of a paper made ready for reading: one running view over all pages, its lines, and the
// document being filled. Every layout and every mechanism (dates, names, houses, questions) works
// on a Paper; offsets into the view lead back to page and byte.
#pragma once

#include <re2/re2.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "extract/source_text.h"

namespace fundstelle {

/// A stretch of the view: bytes [begin, end).
struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  [[nodiscard]] bool empty() const { return begin >= end; }
};

/// A non-empty line of the view without blanks at its ends.
struct PaperLine {
  Range range;
  bool gap_before = false;  ///< an empty line, or the start of a page, stands above
  bool soft_break = false;  ///< the source marks the break as wrapping (a blank before the newline)
  std::uint32_t page = 0;   ///< index into the pages
};

class Paper {
 public:
  explicit Paper(const SourceText& source);

  /// All pages, parted by newlines; letter-spaced words closed up, Markdown emphasis and heading
  /// marks left out.
  [[nodiscard]] std::string_view text() const { return view_; }
  [[nodiscard]] const std::vector<PaperLine>& lines() const { return lines_; }
  [[nodiscard]] std::string_view line(std::size_t i) const { return in(lines_[i].range); }
  [[nodiscard]] std::string_view in(Range range) const {
    return std::string_view(view_).substr(range.begin, range.end - range.begin);
  }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(view_.size()); }
  /// Index of the first line that ends after `at`; lines().size() if none.
  [[nodiscard]] std::size_t line_at(std::uint32_t at) const;

  /// The first `count` lines as a range: where papers say what they are.
  [[nodiscard]] Range head(std::size_t count) const;

  [[nodiscard]] Span span(Range range) const;
  /// Range of a span the source gives (headings, tables, footnotes).
  [[nodiscard]] Range range_of(const Span& span) const;

  /// Text of a range for readers: lines joined (rows of tables and list items stay lines), page
  /// breaks and broken words mended, what is no running text left out.
  [[nodiscard]] std::string readable(Range range) const;
  /// The same as one line, with words broken at hyphens joined: for titles and names.
  [[nodiscard]] std::string one_line(Range range) const;

  /// Marks a range that is no running text: notes of the printer, formulas at the foot of a page.
  void leave_out(Range range);
  [[nodiscard]] bool left_out(std::uint32_t at) const;

  /// First match of `pattern` inside `where`; `group` 0 is the whole match. False: none.
  bool find(const RE2& pattern, Range where, Range* group0, Range* group1 = nullptr,
            Range* group2 = nullptr) const;

  /// Records where a field was read.
  void note(const std::string& field, Range range, std::string how);
  void note_declared(const std::string& field, std::string how);

  [[nodiscard]] const SourceText& source() const { return source_; }
  /// Value of the first declared name (exact), or empty.
  [[nodiscard]] std::string_view declared(std::string_view name) const;

  Document document;

 private:
  const SourceText& source_;
  std::string view_;
  std::vector<std::uint32_t> origin_;      ///< by byte of the view: byte in its page
  std::vector<std::uint32_t> page_begin_;  ///< by page: where it begins in the view
  std::vector<PaperLine> lines_;
  std::vector<Range> left_out_;  ///< sorted
};

}  // namespace fundstelle
