// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a parliamentary document is: plain structs, no I/O.
//
// The same structs come out of extraction, go into the index, and come back to whoever reads a
// document. Their JSON form (document/interchange.h) is the interchange record.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fundstelle {

/// Text of one printed page. Offsets elsewhere are UTF-8 bytes into `text`.
struct Page {
  std::uint32_t number = 1;  ///< 1-based position in the file, not the printed number
  std::string text;          ///< NFC UTF-8, paragraphs separated by one empty line
};

/// A stretch of text: from `begin` on `page` to `end` (exclusive) on `end_page`.
struct Span {
  std::uint32_t page = 1;
  std::uint32_t begin = 0;
  std::uint32_t end_page = 1;
  std::uint32_t end = 0;
};

enum class SectionKind : std::uint8_t { kQuestion, kAnswer, kHeading, kSpeech, kTable, kFootnote };

struct Speaker {
  std::string name;   ///< without titles
  std::string group;  ///< as printed
  std::string role;   ///< "Präsident", "Bundesminister …"; empty if none
};

/// A part of the document a reader would cite. Sections may lie in one another (a table in an
/// answer) and stand in reading order of their begin.
struct Section {
  SectionKind kind = SectionKind::kHeading;
  std::vector<std::string>
      labels;        ///< question numbers as printed, without full stop: "1", "2.3", "4a"
  std::string text;  ///< readable text of the span (page breaks mended)
  Span span;
  std::optional<Speaker> speaker;  ///< speeches; the asker of a question in a collective paper
  std::string agenda_item;         ///< speeches: the item of the agenda they belong to, as printed
};

/// Part a), b) … of a question. Its words are also in the text (or, where the paper asks on behind
/// an answer, in the answer) of its question.
struct QuestionPart {
  std::string label;   ///< with the question's number: "3a"; "3.1a"
  std::string text;    ///< without the letter
  std::string answer;  ///< what answers this part alone; empty: answered with the whole question
  std::vector<std::string> answered_together_with;  ///< "3", "3b"
  std::uint32_t page = 1;
};

/// A question with its answer. Grouped answers are repeated in every question of the group.
struct Question {
  std::string label;
  std::string text;
  std::string answer;  ///< empty if the paper holds none
  std::vector<std::string> answered_together_with;
  std::uint32_t page = 1;
  std::vector<QuestionPart> parts = {};  ///< in printed order; empty if it has none
};

enum class RelationKind : std::uint8_t { kAnswers, kCorrects, kSupplements, kFollowsUp, kConcerns };

/// "This paper answers Drucksache 21/64."
struct Relation {
  RelationKind kind = RelationKind::kConcerns;
  std::string number;  ///< canonical Drucksache number, or empty
  std::string id;      ///< document id, or empty
};

/// Where a field was read and how: "head line", "meta article:published_time", "YAML title".
struct Reading {
  Span span;
  std::string how;
};

/// Something a person should know about the extraction: `needs_ocr`, `encrypted`, `truncated`, …
struct Warning {
  std::string code;     ///< from the list in docs/extraction.md, lower_snake_case
  std::string message;  ///< English, names the place
};

struct Source {
  std::string media_type;  ///< "application/pdf", "text/html", …
  std::string sha256;      ///< lower-case hex of the original bytes
  std::uint64_t bytes = 0;
};

/// Printed dates by role, ISO 8601 (YYYY-MM-DD); empty or missing if not printed.
struct Dates {
  std::string asked, received, answered, decided, published;
  std::vector<std::string> event;  ///< dates of an event the text reports on
  std::string modified;            ///< last change of a web page; never its date
};

/// One Drucksache, resolution, press release, minutes of one sitting. An empty string or list
/// means: not printed, or not read; `abstained` tells which fields were looked for in vain.
struct Document {
  std::string id;  ///< [A-Za-z0-9._-]{1,80}; the record's own, else a hash of the source bytes

  std::string type, type_id;  ///< label as we print it, slug of the identity table
  std::string body, body_id;
  std::optional<int> legislature;  ///< Wahlperiode
  std::string number;              ///< as printed, blanks around the slash closed: "19/10006"
  std::string title;
  std::string date;  ///< date of the document, ISO
  Dates dates;

  std::vector<std::string> authors;  ///< names without titles
  std::vector<std::string> groups, group_ids;
  std::vector<std::string> ministries, ministry_ids;
  std::vector<std::string> topics, topic_ids;
  /// Beside `topics`: how probable each is, 0 to 1, if a classifier gave them; empty if the source
  /// did.
  std::vector<double> topic_scores;
  std::vector<std::string> keywords;
  std::string committee, agenda_item, place;
  /// Annexes the paper has or names, as printed ("Anlage 2 zu Frage 9"), one each.
  std::vector<std::string> attachments;
  /// Why parts of an answer are not printed ("VS – Nur für den Dienstgebrauch"); empty: all is.
  std::string withheld;
  std::vector<std::string> references;  ///< canonical numbers of papers cited
  std::vector<Relation> relations;
  std::vector<std::string> urls;
  std::string language = "de";

  /// True if `pages` are printed pages; false for HTML, text and records: then there is one entry.
  bool paged = false;
  std::vector<Page> pages;
  std::vector<Section> sections;
  std::vector<Question> questions;

  Source source;
  std::map<std::string, Reading> read;  ///< by field name
  std::vector<std::string> abstained;   ///< field names
  std::vector<Warning> warnings;
  std::string first_seen;  ///< ISO date-time (UTC) of the first indexing

  std::string extra;  ///< unknown fields of the record as a JSON object; empty if none
};

/// Names as they stand in the interchange record: "question", "answer", …
[[nodiscard]] const char* to_string(SectionKind kind);
[[nodiscard]] std::optional<SectionKind> section_kind(const std::string& name);
[[nodiscard]] const char* to_string(RelationKind kind);
[[nodiscard]] std::optional<RelationKind> relation_kind(const std::string& name);

/// True if `id` may be a document id: 1 to 80 of [A-Za-z0-9._-], not "." or "..".
[[nodiscard]] bool is_document_id(const std::string& id);

/// Text of a span, pages joined by a blank line (or nothing, if a hyphenated word runs on). Spans
/// outside the pages are cut to what is there.
[[nodiscard]] std::string text_of(const std::vector<Page>& pages, const Span& span);

}  // namespace fundstelle
