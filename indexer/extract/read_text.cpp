// SPDX-License-Identifier: GPL-3.0-or-later
#include <re2/re2.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "extract/encoding.h"
#include "extract/extract.h"
#include "extract/repeats.h"
#include "extract/text_lines.h"
#include "extract/yaml_head.h"

namespace fundstelle {
namespace {

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// No blanks at the ends; within the line a wide gap (a tabulator once) stays visible as two
/// blanks.
std::string with_narrow_gaps(std::string_view line) {
  std::string out;
  std::size_t blanks = 0;
  for (const char c : line) {
    if (c == ' ' || c == '\t') {
      ++blanks;
      continue;
    }
    if (!out.empty()) out.append(std::min<std::size_t>(blanks, 8), ' ');
    blanks = 0;
    out += c;
  }
  return out;
}

/// A head of "key: value" lines between two "---": into `declared` and out of `text`.
void take_off_yaml(std::string& text, std::vector<Declared>& declared) {
  if (!text.starts_with("---\n")) return;
  std::size_t end = text.find("\n---", 3);
  while (end != std::string::npos && end + 4 < text.size() && text[end + 4] != '\n' &&
         text[end + 4] != ' ') {
    end = text.find("\n---", end + 1);
  }
  if (end == std::string::npos || end > 50'000) return;
  const std::string_view head = std::string_view(text).substr(4, end > 4 ? end - 3 : 0);
  // A rule above and below some text is no head.
  static const RE2 kKeys(R"(^(?:\s*#[^\n]*\n)*["']?[A-Za-z_][\w .-]{0,60}["']?:(?:\s|$))");
  if (!RE2::PartialMatch(re2::StringPiece(head.data(), head.size()), kKeys)) return;
  std::vector<Declared> found = read_yaml_head(head);
  if (found.empty()) return;
  declared.insert(declared.end(), std::make_move_iterator(found.begin()),
                  std::make_move_iterator(found.end()));
  text.erase(0, std::min(text.find('\n', end + 1), text.size() - 1) + 1);
}

/// Inline marks of Markdown: emphasis, links, code, escapes. A star or underscore inside a word
/// (Bürger*innen, file_name) is none.
std::string without_inline_marks(std::string line) {
  static const RE2 kImage(R"(!\[([^\]\n]*)\]\([^)\n]*\))");
  static const RE2 kLink(R"(\[([^\]\n]+)\]\((?:[^()\n]|\([^()\n]*\))*\))");
  static const RE2 kStrong(R"(\*\*([^*\n]*)\*\*)");
  static const RE2 kStrongLow(R"((^|[\s(„"])__([^_\n]+)__($|[\s.,;:!?)“"]))");
  static const RE2 kEmphasis(R"((^|[\s(„"])\*([^\s*](?:[^*\n]*[^\s*])?)\*($|[\s.,;:!?)“"]))");
  static const RE2 kEmphasisLow(R"((^|[\s(„"])_([^\s_](?:[^_\n]*[^\s_])?)_($|[\s.,;:!?)“"]))");
  static const RE2 kCode(R"(`([^`\n]+)`)");
  static const RE2 kAddress(R"(<((?:https?|mailto):[^>\s]+)>)");
  static const RE2 kEscape(R"(\\([\\*_#\[\]()>.!+`~|-]))");
  if (line.find_first_of("*_[`<\\!") == std::string::npos) return line;
  RE2::GlobalReplace(&line, kImage, "\\1");
  RE2::GlobalReplace(&line, kLink, "\\1");
  RE2::GlobalReplace(&line, kStrong, "\\1");
  RE2::GlobalReplace(&line, kStrongLow, "\\1\\2\\3");
  RE2::GlobalReplace(&line, kEmphasis, "\\1\\2\\3");
  RE2::GlobalReplace(&line, kEmphasisLow, "\\1\\2\\3");
  RE2::GlobalReplace(&line, kCode, "\\1");
  RE2::GlobalReplace(&line, kAddress, "\\1");
  RE2::GlobalReplace(&line, kEscape, "\\1");
  return line;
}

struct TextLineMarks {
  std::uint32_t heading = 0;  ///< level
  bool table_row = false;
};

/// Takes Markdown off one line; false if the line is nothing but marks (a rule, a table's dashes).
bool take_off_markdown(std::string& line, TextLineMarks& marks) {
  static const RE2 kHeading(R"(^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$)");
  static const RE2 kRule(R"(^\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}|={3,})$)");
  static const RE2 kDashes(R"(^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$)");
  static const RE2 kRow(R"(^\s*\|(.*)\|\s*$)");
  static const RE2 kQuote(R"(^\s{0,3}>\s?)");
  static const RE2 kBreak(R"((?i)<br\s*/?>)");
  std::string hashes;
  std::string inner;
  if (RE2::FullMatch(line, kRule) ||
      (line.find('|') != std::string::npos && RE2::FullMatch(line, kDashes))) {
    return false;
  }
  while (RE2::Replace(&line, kQuote, "")) {
  }
  RE2::GlobalReplace(&line, kBreak, " ");
  if (RE2::FullMatch(line, kHeading, &hashes, &inner)) {
    line = inner;
    marks.heading = static_cast<std::uint32_t>(hashes.size());
  } else if (RE2::FullMatch(line, kRow, &inner)) {
    marks.table_row = true;
    std::string row;
    std::string_view rest = inner;
    for (;;) {
      const std::size_t bar = std::min(rest.find('|'), rest.size());
      row += squeeze_blanks(rest.substr(0, bar));
      if (bar == rest.size()) break;
      row += '\t';
      rest.remove_prefix(bar + 1);
    }
    line = row;
  }
  line = without_inline_marks(std::move(line));
  return true;
}

void append_page(std::vector<std::string> lines, bool markdown, SourceText& result) {
  for (std::string& taken : take_off_page_lines(lines))
    result.furniture.push_back(std::move(taken));
  take_off_line_numbers(lines);
  std::vector<TextLineMarks> marks;
  if (markdown) {
    std::vector<std::string> plain;
    for (std::string& line : lines) {
      TextLineMarks mark;
      if (!take_off_markdown(line, mark)) continue;
      plain.push_back(std::move(line));
      marks.push_back(mark);
    }
    lines = std::move(plain);
  } else {
    for (std::string& line : lines) line = close_letter_spacing(line);
  }
  marks.resize(lines.size());
  const std::size_t end = end_of_article(lines);

  Page page;
  page.number = static_cast<std::uint32_t>(result.pages.size() + 1);
  bool gap = false;
  Span table{};
  const auto close_table = [&] {
    if (table.end > 0) result.tables.push_back({table});
    table = {};
  };
  for (std::size_t i = 0; i < end; ++i) {
    // The soft hyphens left are inside lines and say nothing any more.
    std::string text = lines[i];
    for (std::size_t at = 0; (at = text.find("\xC2\xAD", at)) != std::string::npos;)
      text.erase(at, 2);
    // A blank before the line end is how many renderings mark a line as wrapped: interpretation
    // needs it to tell a two-line title from a title and a name.
    const bool wrapped = text.ends_with(' ');
    if (!marks[i].table_row) text = without_repeats(with_narrow_gaps(text));
    if (text.empty()) {
      gap = true;
      close_table();
      continue;
    }
    if (!page.text.empty()) page.text += gap || marks[i].heading > 0 ? "\n\n" : "\n";
    gap = marks[i].heading > 0;
    Span span{page.number, static_cast<std::uint32_t>(page.text.size()), page.number, 0};
    page.text += text;
    if (wrapped) page.text += ' ';
    span.end = static_cast<std::uint32_t>(page.text.size());
    if (marks[i].heading > 0) result.headings.push_back({marks[i].heading, span});
    if (marks[i].table_row) {
      if (table.end == 0) table = span;
      table.end = span.end;
    } else {
      close_table();
    }
  }
  close_table();
  result.pages.push_back(std::move(page));
}

}  // namespace

SourceText read_text(std::string_view bytes, bool markdown) {
  SourceText result;
  result.media_type = markdown ? "text/markdown" : "text/plain";
  const DecodedText decoded = decode_text(bytes);
  if (decoded.damaged) {
    result.warnings.push_back({"damaged_encoding", "bytes that are no " + decoded.encoding});
  }
  std::string text = clean_text(decoded.utf8);
  take_off_yaml(text, result.declared);
  // Form feeds part the pages of a printed paper.
  std::string_view rest = text;
  if (!rest.empty() && rest.back() == '\f') rest.remove_suffix(1);
  result.paged = rest.find('\f') != std::string_view::npos;
  for (;;) {
    const std::size_t end = std::min(rest.find('\f'), rest.size());
    append_page(split_lines(rest.substr(0, end)), markdown, result);
    if (end == rest.size()) break;
    rest.remove_prefix(end + 1);
  }
  return result;
}

}  // namespace fundstelle
