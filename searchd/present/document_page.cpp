// SPDX-License-Identifier: GPL-3.0-or-later
//
// The page of a document: what it is, what it asks, its text page by page with hits marked.
#include <cstring>  // ctemplate forgets it

#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <set>

#include "present/address.h"
#include "present/citation.h"
#include "present/german.h"
#include "present/page_parts.h"

namespace fundstelle::present {
namespace {

using ctemplate::TemplateDictionary;

constexpr std::size_t kContentsEntries = 400;  ///< of a table of contents
constexpr std::size_t kExcerptBytes = 180;

/// First words of a text, cut at a blank, on one line.
std::string excerpt(const std::string& text, std::size_t bytes = kExcerptBytes) {
  std::string line;
  for (const char c : text) line += c == '\n' || c == '\t' ? ' ' : c;
  if (line.size() <= bytes) return line;
  std::size_t end = line.rfind(' ', bytes);
  if (end == std::string::npos || end < bytes / 2) {
    end = bytes;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
  }
  return line.substr(0, end) + " …";
}

/// "frage-4-2" for the label "4.2"; empty if nothing of the label can stand in an anchor.
std::string question_anchor(const std::string& label) {
  std::string anchor;
  for (const char character : label) {
    const auto c = static_cast<unsigned char>(character);
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) {
      anchor += character;
    } else if (c >= 'A' && c <= 'Z') {
      anchor += static_cast<char>(c - 'A' + 'a');
    } else if (!anchor.empty() && anchor.back() != '-') {
      anchor += '-';
    }
  }
  while (!anchor.empty() && anchor.back() == '-') anchor.pop_back();
  return anchor.empty() ? anchor : "frage-" + anchor;
}

std::string page_anchor(std::uint32_t page) { return "seite-" + std::to_string(page); }

class DocumentPage {
 public:
  DocumentPage(TemplateDictionary& page, const ShownDocument& shown)
      : page_(page), shown_(shown), document_(shown.document) {}

  void fill() {
    fill_head();
    fill_text();
    fill_contents();
    fill_facts();
    fill_links("CITES", shown_.cites);
    fill_links("CITED_BY", shown_.cited_by);
    fill_notes();
  }

 private:
  void fill_head() {
    const auto show = [this](const char* section, const char* name, const std::string& value) {
      if (!value.empty()) page_.SetValueAndShowSection(name, value, section);
    };
    show("HAS_TYPE", "TYPE", document_.type);
    show("HAS_BODY", "BODY", document_.body);
    show("HAS_NUMBER", "NUMBER", document_.number);
    show("HAS_DATE", "DATE", german_date(document_.date));
    page_.SetValue("CITATION", citation(document_));
    page_.SetValue("PERMALINK", document_address(document_.id));
    std::vector<SnippetPart> title;
    add_pieces(title, document_.title, 0, document_.title.size(), shown_.title_marks);
    if (title.empty()) title = {{untitled(document_.type, document_.number, document_.id), false}};
    fill_pieces(page_, title);
    if (shown_.has_original) {
      TemplateDictionary* original = page_.AddSectionDictionary("ORIGINAL");
      original->SetValue("URL", original_address(document_.id));
      original->SetValue("KIND", original_kind());
    }
  }

  [[nodiscard]] std::string original_kind() const {
    const std::string& type = document_.source.media_type;
    std::string kind = type == "application/pdf"               ? "PDF"
                       : type == "text/html"                   ? "HTML"
                       : type == "text/markdown"               ? "Markdown"
                       : type.find("xml") != std::string::npos ? "XML"
                                                               : "Text";
    if (document_.source.bytes > 0) kind += ", " + german_bytes(document_.source.bytes);
    return kind;
  }

  static void add_pieces(std::vector<SnippetPart>& pieces, const std::string& text,
                         std::size_t begin, std::size_t end, const std::vector<TextMark>& marks) {
    std::size_t at = begin;
    for (const TextMark& mark : marks) {
      const std::size_t from = std::max<std::size_t>(mark.begin, at);
      const std::size_t to = std::min<std::size_t>(mark.end, end);
      if (from >= to || mark.end <= begin) continue;
      if (from > at) pieces.push_back({text.substr(at, from - at), false});
      pieces.push_back({text.substr(from, to - from), true});
      at = to;
    }
    if (at < end) pieces.push_back({text.substr(at, end - at), false});
  }

  void fill_text() {
    std::size_t hits = 0;
    for (const std::vector<TextMark>& marks : shown_.marks) hits += marks.size();
    hit_count_ = hits;
    if (!shown_.q.empty()) {
      TemplateDictionary* summary = page_.AddSectionDictionary("HIT_SUMMARY");
      summary->SetValue("Q", shown_.q);
      summary->SetValue("HIT_COUNT", counted(hits, "Treffer", "Treffer"));
      if (hits > 0) summary->ShowSection("TO_FIRST");
      for (std::size_t i = 0; i < shown_.marks.size() && i < document_.pages.size(); ++i) {
        if (shown_.marks[i].empty() || !document_.paged) continue;
        TemplateDictionary* entry = summary->AddSectionDictionary("HIT_PAGE");
        entry->SetValue("URL", "#" + page_anchor(document_.pages[i].number));
        entry->SetIntValue("NUMBER", document_.pages[i].number);
        entry->SetValue("COUNT", german_count(shown_.marks[i].size()));
      }
    }
    for (std::size_t i = 0; i < document_.pages.size(); ++i) {
      static const std::vector<TextMark> kNone;
      fill_page(document_.pages[i], i < shown_.marks.size() ? shown_.marks[i] : kNone);
    }
    if (document_.pages.empty()) page_.ShowSection("NO_TEXT");
  }

  void fill_page(const Page& source, const std::vector<TextMark>& marks) {
    TemplateDictionary* sheet = page_.AddSectionDictionary("SHEET");
    sheet->SetValue("ANCHOR", page_anchor(source.number));
    if (document_.paged) {
      TemplateDictionary* head = sheet->AddSectionDictionary("SHEET_HEAD");
      head->SetIntValue("NUMBER", source.number);
      head->SetValue("ANCHOR_URL", "#" + page_anchor(source.number));
      head->SetValue("CITATION", citation(document_, source.number));
      if (shown_.has_original && document_.source.media_type == "application/pdf") {
        head->SetValueAndShowSection("ORIGINAL_URL", original_address(document_.id, source.number),
                                     "AT_ORIGINAL");
      }
    }
    const std::string& text = source.text;
    std::size_t begin = 0;
    while (begin < text.size()) {
      std::size_t end = text.find("\n\n", begin);
      if (end == std::string::npos) end = text.size();
      if (end > begin) fill_paragraph(*sheet, source, begin, end, marks);
      begin = end;
      while (begin < text.size() && text[begin] == '\n') ++begin;
    }
    if (text.empty()) sheet->ShowSection("EMPTY_SHEET");
  }

  void fill_paragraph(TemplateDictionary& sheet, const Page& source, std::size_t begin,
                      std::size_t end, const std::vector<TextMark>& marks) {
    TemplateDictionary* paragraph = sheet.AddSectionDictionary("PARAGRAPH");
    // Sections stand in reading order, pages are read in order: one cursor suffices.
    const char* kind = nullptr;
    std::vector<std::string> anchors;
    while (next_section_ < document_.sections.size()) {
      const Section& section = document_.sections[next_section_];
      const bool before = section.span.page < source.number ||
                          (section.span.page == source.number && section.span.begin < end);
      if (!before) break;
      ++next_section_;
      if (section.span.page != source.number || section.span.begin < begin) continue;
      if (kind == nullptr) kind = kind_class(section.kind);
      if (section.kind != SectionKind::kQuestion) continue;
      for (const std::string& label : section.labels) {
        const std::string anchor = question_anchor(label);
        if (anchor.empty() || !anchors_.insert(anchor).second) continue;
        anchors.push_back(anchor);
      }
    }
    const bool table = is_table(source.text, begin, end);
    TemplateDictionary* block = paragraph->AddSectionDictionary(table ? "TABLE" : "LINES");
    for (const std::string& anchor : anchors) {
      block->AddSectionDictionary("ANCHORED")->SetValue("ANCHOR", anchor);
    }
    if (table) {
      block->SetValue("TABLE_NAME", "Tabelle " + std::to_string(++tables_));
      fill_table(*block, source.text, begin, end, marks);
    } else {
      fill_lines(*block, kind, source.text, begin, end, marks);
    }
  }

  void fill_lines(TemplateDictionary& lines, const char* kind, const std::string& text,
                  std::size_t begin, std::size_t end, const std::vector<TextMark>& marks) {
    if (kind != nullptr) lines.SetValueAndShowSection("KIND", kind, "OF_KIND");
    for (std::size_t at = begin; at < end;) {
      const std::size_t line_end = hard_break(text, at, end);
      TemplateDictionary* line = lines.AddSectionDictionary("LINE");
      fill_marked(*line, text, at, line_end, marks);
      if (line_end < end) line->ShowSection("BREAK");
      at = line_end + 1;
    }
  }

  /// End of the line that begins at `at`: the next line break the paper really makes. A blank
  /// before it tells that the line only ran full.
  static std::size_t hard_break(const std::string& text, std::size_t at, std::size_t end) {
    for (std::size_t i = text.find('\n', at); i < end; i = text.find('\n', i + 1)) {
      if (i > at && text[i - 1] != ' ') return i;
    }
    return end;
  }

  /// Rows of cells separated by tabs.
  static bool is_table(const std::string& text, std::size_t begin, std::size_t end) {
    std::size_t rows = 0, with_cells = 0;
    for (std::size_t at = begin; at < end; ++rows) {
      const std::size_t line_end = std::min(text.find('\n', at), end);
      if (text.find('\t', at) < line_end) ++with_cells;
      at = line_end + 1;
    }
    return with_cells > 0 && 2 * with_cells >= rows;
  }

  void fill_table(TemplateDictionary& table, const std::string& text, std::size_t begin,
                  std::size_t end, const std::vector<TextMark>& marks) {
    for (std::size_t at = begin; at < end;) {
      const std::size_t line_end = std::min(text.find('\n', at), end);
      TemplateDictionary* row = table.AddSectionDictionary("ROW");
      for (std::size_t cell = at; cell <= line_end;) {
        const std::size_t cell_end = std::min(text.find('\t', cell), line_end);
        fill_marked(*row->AddSectionDictionary("CELL"), text, cell, cell_end, marks);
        cell = cell_end + 1;
      }
      at = line_end + 1;
    }
  }

  /// A stretch of text with its hits numbered and linked to their neighbours.
  void fill_marked(TemplateDictionary& parent, const std::string& text, std::size_t begin,
                   std::size_t end, const std::vector<TextMark>& marks) {
    std::vector<SnippetPart> pieces;
    add_pieces(pieces, text, begin, end, marks);
    TemplateDictionary* marked = parent.AddIncludeDictionary("MARKED");
    marked->SetFilename("marked_text.html");
    for (const SnippetPart& part : pieces) {
      TemplateDictionary* piece = marked->AddSectionDictionary("PIECE");
      TemplateDictionary* content = piece->AddSectionDictionary(part.hit ? "HIT" : "PLAIN");
      content->SetValue("TEXT", part.text);
      if (!part.hit) continue;
      ++hit_number_;
      content->SetIntValue("NUMBER", static_cast<long>(hit_number_));
      content->SetIntValue("OF", static_cast<long>(hit_count_));
      if (hit_number_ > 1) {
        content->SetValueAndShowSection("PREVIOUS_URL",
                                        "#treffer-" + std::to_string(hit_number_ - 1), "PREVIOUS");
      }
      if (hit_number_ < hit_count_) {
        content->SetValueAndShowSection("NEXT_URL", "#treffer-" + std::to_string(hit_number_ + 1),
                                        "NEXT");
      }
    }
  }

  static const char* kind_class(SectionKind kind) {
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

  void fill_contents() {
    TemplateDictionary* contents = nullptr;
    std::size_t entries = 0;
    const auto add = [&](const std::string& heading, const std::string& label,
                         const std::string& text, const std::string& anchor, std::uint32_t page) {
      if (contents == nullptr) {
        contents = page_.AddSectionDictionary("CONTENTS");
        contents->SetValue("HEADING", heading);
      }
      if (++entries > kContentsEntries) return;
      TemplateDictionary* entry = contents->AddSectionDictionary("ENTRY");
      if (!label.empty()) entry->SetValueAndShowSection("LABEL", label, "HAS_LABEL");
      entry->SetValue("TEXT", excerpt(text));
      entry->SetValue("URL", "#" + anchor);
      if (document_.paged) {
        entry->SetValueAndShowSection("PAGE", std::to_string(page), "HAS_PAGE");
      }
    };
    for (const Question& question : document_.questions) {
      const std::string anchor = question_anchor(question.label);
      add("Fragen", question.label, question.text,
          anchors_.count(anchor) != 0 ? anchor : page_anchor(question.page), question.page);
    }
    if (contents == nullptr) fill_headings(add);
    if (contents == nullptr) return;
    contents->SetValue("COUNT", german_count(entries));
    if (entries > 12)
      contents->ShowSection("LONG");
    else
      contents->ShowSection("SHORT");
  }

  template <typename Add>
  void fill_headings(Add add) const {
    std::size_t speeches = 0, headings = 0;
    for (const Section& section : document_.sections) {
      speeches += section.kind == SectionKind::kSpeech;
      headings += section.kind == SectionKind::kHeading;
    }
    if (speeches + headings < 3 || !document_.paged) return;
    for (const Section& section : document_.sections) {
      if (section.kind == SectionKind::kSpeech && section.speaker) {
        std::string who = section.speaker->name;
        if (!section.speaker->group.empty())
          who += " (" + section.speaker->group + ")";
        else if (!section.speaker->role.empty())
          who += ", " + section.speaker->role;
        add(speeches > headings ? "Reden" : "Inhalt", "", who, page_anchor(section.span.page),
            section.span.page);
      } else if (section.kind == SectionKind::kHeading && speeches <= headings) {
        add("Inhalt", "", section.text, page_anchor(section.span.page), section.span.page);
      }
    }
  }

  /// One row of the table: name, linked or plain values, and where it was read.
  void add_row(const std::string& name, const std::string& field,
               const std::vector<std::pair<std::string, std::string>>& values) {
    if (values.empty()) return;
    TemplateDictionary* row = page_.AddSectionDictionary("FACT");
    row->SetValue("NAME", name);
    for (const auto& [text, url] : values) {
      TemplateDictionary* value = row->AddSectionDictionary("VALUE");
      TemplateDictionary* form = value->AddSectionDictionary(url.empty() ? "TEXT_ONLY" : "LINKED");
      form->SetValue("TEXT", text);
      if (!url.empty()) form->SetValue("URL", url);
    }
    const auto reading = document_.read.find(field);
    if (reading == document_.read.end()) return;
    TemplateDictionary* where = row->AddSectionDictionary("READ");
    where->SetValue("HOW", reading->second.how);
    if (document_.paged) {
      where->SetIntValue("PAGE", reading->second.span.page);
      where->SetValue("URL", "#" + page_anchor(reading->second.span.page));
      where->ShowSection("ON_PAGE");
    } else {
      where->ShowSection("IN_FILE");
    }
  }

  void add_text_row(const std::string& name, const std::string& field, const std::string& value) {
    if (!value.empty()) add_row(name, field, {{value, ""}});
  }

  void add_facet_row(const std::string& name, const std::string& field, Facet facet,
                     const std::vector<std::string>& labels,
                     const std::vector<std::string>& slugs) {
    std::vector<std::pair<std::string, std::string>> values;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      SearchRequest request;
      if (i < slugs.size() && !slugs[i].empty()) request.filters.push_back({facet, {slugs[i]}, {}});
      values.emplace_back(labels[i], request.filters.empty() ? "" : search_address(request));
    }
    add_row(name, field, values);
  }

  static std::vector<std::string> one(const std::string& value) {
    return value.empty() ? std::vector<std::string>{} : std::vector<std::string>{value};
  }

  void fill_facts() {
    add_facet_row("Dokumentart", "type", Facet::kType, one(document_.type), one(document_.type_id));
    add_facet_row("Herausgeber", "body", Facet::kBody, one(document_.body), one(document_.body_id));
    if (document_.legislature) {
      const std::string term = std::to_string(*document_.legislature);
      add_facet_row("Wahlperiode", "legislature", Facet::kLegislature, {term + "."}, {term});
    }
    add_text_row("Nummer", "number", document_.number);
    add_text_row("Datum", "date", german_date(document_.date));
    const Dates& dates = document_.dates;
    const auto date_row = [&](const char* name, const char* field, const std::string& date) {
      if (date != document_.date) add_text_row(name, field, german_date(date));
    };
    date_row("Gefragt", "dates.asked", dates.asked);
    date_row("Eingegangen", "dates.received", dates.received);
    date_row("Beantwortet", "dates.answered", dates.answered);
    date_row("Beschlossen", "dates.decided", dates.decided);
    date_row("Veröffentlicht", "dates.published", dates.published);
    date_row("Zuletzt geändert", "dates.modified", dates.modified);
    std::vector<std::pair<std::string, std::string>> names;
    for (const std::string& author : document_.authors) names.emplace_back(author, "");
    add_row("Namen", "authors", names);
    add_facet_row("Fraktion", "groups", Facet::kGroup, document_.groups, document_.group_ids);
    add_facet_row("Ministerium", "ministries", Facet::kMinistry, document_.ministries,
                  document_.ministry_ids);
    add_text_row("Ausschuss", "committee", document_.committee);
    add_text_row("Tagesordnungspunkt", "agenda_item", document_.agenda_item);
    add_text_row("Ort", "place", document_.place);
    // Given by the classifier or by the source: a reader must be able to tell.
    const auto topics = document_.read.find("topics");
    const bool assigned = topics != document_.read.end() && topics->second.how == "classifier";
    add_facet_row(assigned ? "Sachgebiet (zugeordnet)" : "Sachgebiet", assigned ? "" : "topics",
                  Facet::kTopic, document_.topics, document_.topic_ids);
    std::vector<std::pair<std::string, std::string>> keywords;
    for (const std::string& keyword : document_.keywords) keywords.emplace_back(keyword, "");
    add_row("Schlagwörter", "keywords", keywords);
    std::vector<std::pair<std::string, std::string>> references;
    for (const std::string& reference : document_.references) {
      SearchRequest request;
      request.q = reference;
      references.emplace_back(reference, search_address(request));
    }
    add_row("Genannte Drucksachen", "references", references);
    std::vector<std::pair<std::string, std::string>> urls;
    for (const std::string& url : document_.urls) {
      const bool web = url.rfind("https://", 0) == 0 || url.rfind("http://", 0) == 0;
      urls.emplace_back(url, web ? url : "");
    }
    add_row("Quelle", "urls", urls);
    add_text_row("Kennung", "", document_.id);
  }

  void fill_links(const char* section, const std::vector<DocumentLink>& links) {
    for (const DocumentLink& link : links) {
      TemplateDictionary* entry = page_.AddSectionDictionary(section);
      std::string head = link.type_label;
      if (!link.number.empty()) head += (head.empty() ? "" : " ") + link.number;
      if (!link.body_label.empty()) head += (head.empty() ? "" : ", ") + link.body_label;
      if (!link.date.empty()) head += (head.empty() ? "" : ", ") + german_date(link.date);
      entry->SetValue("HEAD", head);
      entry->SetValue("TITLE", link.title.empty() ? untitled(link.type_label, link.number, link.id)
                                                  : link.title);
      entry->SetValue("URL", document_address(link.id));
      const std::string relation = relation_name(link.relation);
      if (!relation.empty()) entry->SetValueAndShowSection("RELATION", relation, "HAS_RELATION");
    }
    if (!links.empty()) {
      page_.ShowSection(std::string_view(section) == "CITES" ? "HAS_CITES" : "HAS_CITED_BY");
      page_.ShowSection("HAS_LINKS");
    }
  }

  static std::string relation_name(const std::string& relation) {
    if (relation == "answers") return "Antwort";
    if (relation == "corrects") return "Berichtigung";
    if (relation == "supplements") return "Ergänzung";
    if (relation == "follows_up") return "Nachfrage";
    if (relation == "concerns") return "Bezug";
    if (relation == "copy") return "Andere Fassung";
    return {};
  }

  void fill_notes() {
    static constexpr std::pair<std::string_view, std::string_view> kFields[] = {
        {"type", "Dokumentart"},
        {"body", "Herausgeber"},
        {"number", "Nummer"},
        {"title", "Titel"},
        {"date", "Datum"},
        {"authors", "Namen"},
        {"groups", "Fraktion"},
        {"legislature", "Wahlperiode"},
        {"ministries", "Ministerium"},
        {"topics", "Sachgebiet"}};
    std::string missing;
    for (const std::string& field : document_.abstained) {
      for (const auto& [code, name] : kFields) {
        if (code != field) continue;
        if (!missing.empty()) missing += ", ";
        missing += name;
      }
    }
    if (!missing.empty()) page_.SetValueAndShowSection("MISSING", missing, "HAS_MISSING");
    for (const Warning& warning : document_.warnings) {
      if (warning.code == "needs_ocr") page_.ShowSection("NEEDS_OCR");
      if (warning.code == "ocr") page_.ShowSection("OCR");
      if (warning.code == "truncated") page_.ShowSection("TRUNCATED");
    }
  }

  TemplateDictionary& page_;
  const ShownDocument& shown_;
  const Document& document_;
  std::set<std::string> anchors_;
  std::size_t next_section_ = 0;
  std::size_t tables_ = 0;
  std::size_t hit_number_ = 0, hit_count_ = 0;
};

}  // namespace

void fill_document(ctemplate::TemplateDictionary& page, const ShownDocument& shown) {
  DocumentPage(page, shown).fill();
}

}  // namespace fundstelle::present
