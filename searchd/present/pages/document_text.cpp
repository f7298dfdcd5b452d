// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/pages/document_text.h"

#include "present/address.h"

#include <cstring>  // ctemplate forgets it

#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <numeric>

namespace fundstelle::present {

using ctemplate::TemplateDictionary;

std::string speaker_name(const Speaker& speaker) {
  if (!speaker.group.empty()) return speaker.name + " (" + speaker.group + ")";
  if (!speaker.role.empty()) return speaker.name + ", " + speaker.role;
  return speaker.name;
}

std::string first_words(const std::string& text, std::size_t bytes) {
  std::string line;
  for (const char c : text) {
    if (line.size() > bytes + 1) break;
    line += c == '\n' || c == '\t' ? ' ' : c;
  }
  if (line.size() <= bytes) return line;
  std::size_t end = line.rfind(' ', bytes);
  if (end == std::string::npos || end < bytes / 2) {
    end = bytes;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
  }
  return line.substr(0, end) + " …";
}

std::vector<SnippetPart> marked_pieces(const std::string& text, std::size_t begin, std::size_t end,
                                       const std::vector<TextMark>& marks) {
  std::vector<SnippetPart> pieces;
  std::size_t at = begin;
  auto mark = std::partition_point(marks.begin(), marks.end(),
                                   [&](const TextMark& one) { return one.end <= begin; });
  for (; mark != marks.end() && mark->begin < end; ++mark) {
    const std::size_t from = std::max<std::size_t>(mark->begin, at);
    const std::size_t to = std::min<std::size_t>(mark->end, end);
    if (from >= to) continue;
    if (from > at) pieces.push_back({text.substr(at, from - at), false});
    pieces.push_back({text.substr(from, to - from), true});
    at = to;
  }
  if (at < end) pieces.push_back({text.substr(at, end - at), false});
  return pieces;
}

namespace {

const char* kind_class(SectionKind kind) {
  switch (kind) {
    case SectionKind::kQuestion:
      return "frage";
    case SectionKind::kAnswer:
      return "antwort";
    case SectionKind::kHeading:
      return "zwischentitel";
    case SectionKind::kSpeech:
      return "rede";
    case SectionKind::kTable:
      return "tabelle";
    case SectionKind::kFootnote:
      return "fussnote";
  }
  return nullptr;
}

/// End of the line that begins at `at`: the next line break the paper really makes. A blank before
/// it tells that the line only ran full.
std::size_t hard_break(const std::string& text, std::size_t at, std::size_t end) {
  for (std::size_t i = text.find('\n', at); i < end; i = text.find('\n', i + 1)) {
    if (i > at && text[i - 1] != ' ') return i;
  }
  return end;
}

/// Rows of cells separated by tabs.
bool is_table(const std::string& text, std::size_t begin, std::size_t end) {
  std::size_t rows = 0, with_cells = 0;
  for (std::size_t at = begin; at < end; ++rows) {
    const std::size_t line_end = std::min(text.find('\n', at), end);
    if (text.find('\t', at) < line_end) ++with_cells;
    at = line_end + 1;
  }
  return with_cells > 0 && 2 * with_cells >= rows;
}

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  for (std::size_t at = 0;;) {
    const std::size_t end = line.find('\t', at);
    cells.push_back(line.substr(at, end - at));
    if (end == std::string_view::npos) return cells;
    at = end + 1;
  }
}

/// "1 876", "47,5 %", "–", "31.12.": counts, shares, dates without words.
bool is_figure(std::string_view cell) {
  bool digit = false;
  for (const char c : cell) {
    digit = digit || (c >= '0' && c <= '9');
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return false;
  }
  return digit || cell == "-" || cell == "–";
}

/// Is the first row plainly the heads of columns: words above figures?
bool has_heads(std::string_view table) {
  const std::size_t first_end = table.find('\n');
  if (first_end == std::string_view::npos) return false;
  const std::vector<std::string_view> heads = cells_of(table.substr(0, first_end));
  if (std::any_of(heads.begin(), heads.end(), is_figure)) return false;
  if (std::count_if(heads.begin(), heads.end(), [](auto head) { return !head.empty(); }) < 2) {
    return false;
  }
  std::size_t figures = 0, others = 0;
  for (std::size_t at = first_end + 1; at < table.size();) {
    const std::size_t end = std::min(table.find('\n', at), table.size());
    const std::vector<std::string_view> cells = cells_of(table.substr(at, end - at));
    for (std::size_t i = 1; i < cells.size(); ++i) {
      if (!cells[i].empty()) ++(is_figure(cells[i]) ? figures : others);
    }
    at = end + 1;
  }
  return figures > others;
}

}  // namespace

/// A part of one page.
struct DocumentText::Stretch {
  const Page& page;
  std::size_t index, begin, end;
  bool whole_text;  ///< all of the document is shown around it
};

DocumentText::DocumentText(const ShownDocument& shown)
    : shown_(shown), document_(shown.document), work_(cited_work(shown.document)) {
  const std::vector<Section>& sections = document_.sections;
  order_.resize(sections.size());
  std::iota(order_.begin(), order_.end(), 0U);
  std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
    const Span &one = sections[a].span, &other = sections[b].span;
    return one.page != other.page ? one.page < other.page : one.begin < other.begin;
  });
  anchors_.resize(sections.size());
  std::size_t speeches = 0, headings = 0;
  for (const std::size_t i : order_) {
    const Section& section = sections[i];
    if (section.kind == SectionKind::kSpeech) {
      anchors_[i] = "rede-" + std::to_string(++speeches);
    } else if (section.kind == SectionKind::kHeading) {
      anchors_[i] = "abschnitt-" + std::to_string(++headings);
    } else if (section.kind == SectionKind::kQuestion) {
      for (const std::string& label : section.labels) {
        const std::string anchor = anchor_of_label(label);
        if (anchor.empty() || !question_anchors_.insert(anchor).second) continue;
        anchors_[i] = anchor;
        break;
      }
    }
  }
  for (std::size_t i = 0; i < document_.pages.size(); ++i) {
    first_hit_.push_back(hits_ + 1);
    hits_ += marks(i).size();
  }
}

const std::vector<TextMark>& DocumentText::marks(std::size_t page) const {
  static const std::vector<TextMark> kNone;
  return page < shown_.marks.size() ? shown_.marks[page] : kNone;
}

std::string DocumentText::question_anchor(const std::string& label) const {
  const std::string anchor = anchor_of_label(label);
  return question_anchors_.count(anchor) != 0 ? anchor : std::string();
}

std::string DocumentText::cited(std::uint32_t page) const {
  return short_citation(work_, {document_.paged ? page : 0, {}, {}});
}

std::string DocumentText::cited(const Section& section) const {
  CitedPlace place;
  if (document_.paged) place.page = section.span.page;
  place.labels = section.labels;
  if (section.kind == SectionKind::kSpeech && section.speaker) {
    place.speaker = speaker_name(*section.speaker);
  }
  return short_citation(work_, place);
}

std::size_t DocumentText::hits_in(const Span& span) const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < document_.pages.size(); ++i) {
    const std::uint32_t number = document_.pages[i].number;
    if (number < span.page || number > std::max(span.page, span.end_page)) continue;
    for (const TextMark& mark : marks(i)) {
      const bool behind_begin = number > span.page || mark.end > span.begin;
      const bool before_end = number < span.end_page || mark.begin < span.end;
      count += behind_begin && before_end;
    }
  }
  return count;
}

void DocumentText::fill_page(TemplateDictionary& parent, std::size_t page) const {
  TemplateDictionary* paragraphs = parent.AddIncludeDictionary("PARAGRAPHS");
  paragraphs->SetFilename("paragraphs.html");
  const Page& source = document_.pages[page];
  fill(*paragraphs, {source, page, 0, source.text.size(), true});
}

void DocumentText::fill_span(TemplateDictionary& parent, const Span& span) const {
  TemplateDictionary* paragraphs = parent.AddIncludeDictionary("PARAGRAPHS");
  paragraphs->SetFilename("paragraphs.html");
  for (std::size_t i = 0; i < document_.pages.size(); ++i) {
    const Page& page = document_.pages[i];
    if (page.number < span.page || page.number > std::max(span.page, span.end_page)) continue;
    const std::size_t size = page.text.size();
    const std::size_t begin =
        page.number == span.page ? std::min<std::size_t>(span.begin, size) : 0;
    const std::size_t end =
        page.number == span.end_page ? std::min<std::size_t>(span.end, size) : size;
    if (begin < end) fill(*paragraphs, {page, i, begin, end, false});
  }
}

void DocumentText::fill(TemplateDictionary& paragraphs, const Stretch& stretch) const {
  const std::string& text = stretch.page.text;
  std::size_t from = stretch.begin, begin = stretch.begin;
  while (begin < stretch.end) {
    const std::size_t end = std::min(text.find("\n\n", begin), stretch.end);
    if (end > begin) {
      fill_paragraph(paragraphs, stretch, from, begin, end);
      from = end;
    }
    begin = end;
    while (begin < stretch.end && text[begin] == '\n') ++begin;
  }
}

const char* DocumentText::kind_at(std::uint32_t page, std::size_t begin) const {
  // A question of several paragraphs is one in each of them.
  for (const std::size_t i : order_) {
    const Section& section = document_.sections[i];
    if (section.span.page > page) break;
    if (section.kind != SectionKind::kQuestion || section.span.end_page < page) continue;
    const bool behind = section.span.page < page || section.span.begin < begin;
    const bool before = section.span.end_page > page || begin < section.span.end;
    if (behind && before) return kind_class(section.kind);
  }
  return nullptr;
}

void DocumentText::fill_paragraph(TemplateDictionary& paragraphs, const Stretch& stretch,
                                  std::size_t from, std::size_t begin, std::size_t end) const {
  const std::uint32_t number = stretch.page.number;
  const auto first = std::partition_point(order_.begin(), order_.end(), [&](std::size_t i) {
    const Span& span = document_.sections[i].span;
    return span.page < number || (span.page == number && span.begin < from);
  });
  const char* kind = nullptr;
  std::vector<const Section*> anchored;
  std::vector<std::string> anchors;
  for (auto it = first; it != order_.end(); ++it) {
    const Section& section = document_.sections[*it];
    if (section.span.page != number || section.span.begin >= end) break;
    if (kind == nullptr) kind = kind_class(section.kind);
    if (anchors_[*it].empty() || !stretch.whole_text) continue;
    anchors.push_back(anchors_[*it]);
    anchored.push_back(&section);
  }
  if (kind == nullptr) kind = kind_at(number, begin);
  TemplateDictionary* paragraph = paragraphs.AddSectionDictionary("PARAGRAPH");
  const bool table = is_table(stretch.page.text, begin, end);
  TemplateDictionary* block = paragraph->AddSectionDictionary(table ? "TABLE" : "LINES");
  for (std::size_t i = 0; i < anchors.size(); ++i) {
    block->AddSectionDictionary("ANCHORED")->SetValue("ANCHOR", anchors[i]);
    // What is cited gets a link of its own beside it.
    if (anchored[i]->kind == SectionKind::kHeading) continue;
    TemplateDictionary* link = block->AddSectionDictionary("PERMANENT");
    link->SetValue("URL", "#" + anchors[i]);
    link->SetValue("CITATION", cited(*anchored[i]));
  }
  if (table) {
    fill_table(*block, stretch, begin, end);
    return;
  }
  if (kind != nullptr) block->SetValueAndShowSection("KIND", kind, "OF_KIND");
  fill_lines(*block, stretch, begin, end);
}

void DocumentText::fill_lines(TemplateDictionary& lines, const Stretch& stretch, std::size_t begin,
                              std::size_t end) const {
  for (std::size_t at = begin; at < end;) {
    const std::size_t line_end = hard_break(stretch.page.text, at, end);
    TemplateDictionary* line = lines.AddSectionDictionary("LINE");
    fill_marked(*line, stretch, at, line_end);
    if (line_end < end) line->ShowSection("BREAK");
    at = line_end + 1;
  }
}

void DocumentText::fill_table(TemplateDictionary& table, const Stretch& stretch, std::size_t begin,
                              std::size_t end) const {
  const std::string_view text(stretch.page.text);
  bool heads = has_heads(text.substr(begin, end - begin));
  for (std::size_t at = begin; at < end;) {
    const std::size_t line_end = std::min(text.find('\n', at), end);
    const std::vector<std::string_view> cells = cells_of(text.substr(at, line_end - at));
    TemplateDictionary* row = table.AddSectionDictionary("ROW");
    for (std::size_t i = 0; i < cells.size();) {
      const bool head = heads && !cells[i].empty();
      TemplateDictionary* cell =
          row->AddSectionDictionary("CELL")->AddSectionDictionary(head ? "HEAD" : "DATA");
      const auto from = static_cast<std::size_t>(cells[i].data() - text.data());
      fill_marked(*cell, stretch, from, from + cells[i].size());
      std::size_t next = i + 1;
      // Figures set to the right make a column of their own: the head is above both.
      while (head && next < cells.size() && cells[next].empty()) ++next;
      if (next > i + 1) cell->SetValueAndShowSection("COLUMNS", std::to_string(next - i), "WIDE");
      i = next;
    }
    heads = false;
    at = line_end + 1;
  }
}

void DocumentText::fill_marked(TemplateDictionary& parent, const Stretch& stretch,
                               std::size_t begin, std::size_t end) const {
  const std::vector<TextMark>& marks_here = marks(stretch.index);
  TemplateDictionary* marked = parent.AddIncludeDictionary("MARKED");
  marked->SetFilename("marked_text.html");
  std::size_t at = begin;
  for (const SnippetPart& part : marked_pieces(stretch.page.text, begin, end, marks_here)) {
    TemplateDictionary* piece = marked->AddSectionDictionary("PIECE");
    TemplateDictionary* content = piece->AddSectionDictionary(part.hit ? "HIT" : "PLAIN");
    content->SetValue("TEXT", part.text);
    const std::size_t piece_begin = at;
    at += part.text.size();
    if (!part.hit) continue;
    const auto mark =
        std::partition_point(marks_here.begin(), marks_here.end(),
                             [&](const TextMark& one) { return one.end <= piece_begin; });
    const std::size_t number =
        first_hit_[stretch.index] + static_cast<std::size_t>(mark - marks_here.begin());
    // A hit that runs on in the next line or cell is numbered where it begins.
    if (piece_begin != mark->begin) continue;
    TemplateDictionary* numbered = content->AddSectionDictionary("NUMBERED");
    numbered->SetIntValue("NUMBER", static_cast<long>(number));
    if (!stretch.whole_text) continue;
    TemplateDictionary* jumps = content->AddSectionDictionary("JUMPS");
    jumps->SetIntValue("NUMBER", static_cast<long>(number));
    jumps->SetIntValue("OF", static_cast<long>(hits_));
    if (number > 1) {
      jumps->SetValueAndShowSection("PREVIOUS_URL", "#treffer-" + std::to_string(number - 1),
                                    "PREVIOUS");
    }
    if (number < hits_) {
      jumps->SetValueAndShowSection("NEXT_URL", "#treffer-" + std::to_string(number + 1), "NEXT");
    }
  }
}

}  // namespace fundstelle::present
