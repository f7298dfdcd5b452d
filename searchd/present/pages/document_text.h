// SPDX-License-Identifier: GPL-3.0-or-later
//
// The text of a document as paragraphs: printed lines, tables, anchors, numbered hits. Pages and
// the view of questions and answers show the same stretches, so a hit keeps its number in both.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "present/files/citation.h"
#include "present/shown_document.h"
#include "query/answer.h"

namespace ctemplate {
class TemplateDictionary;
}

namespace fundstelle::present {

/// Pieces of `text` from `begin` to `end`, cut where marks (in order, not overlapping) begin or
/// end.
[[nodiscard]] std::vector<SnippetPart> marked_pieces(const std::string& text, std::size_t begin,
                                                     std::size_t end,
                                                     const std::vector<TextMark>& marks);

/// First words of a text, cut at a blank, on one line.
[[nodiscard]] std::string first_words(const std::string& text, std::size_t bytes = 180);

class DocumentText {
 public:
  /// `shown` must outlive it.
  explicit DocumentText(const ShownDocument& shown);

  [[nodiscard]] const CitedWork& work() const { return work_; }
  [[nodiscard]] std::size_t hits() const { return hits_; }
  [[nodiscard]] std::size_t hits_in(const Span& span) const;
  /// Of a section: "frage-4", "rede-12", "abschnitt-2"; empty if it has none. A number that occurs
  /// twice leads to its first place. Kept as long as the document is read alike: they are cited.
  [[nodiscard]] const std::string& anchor(std::size_t section) const { return anchors_[section]; }
  /// Where a question begins; empty if its place is not known.
  [[nodiscard]] std::string question_anchor(const std::string& label) const;
  /// "BT-Drs. 19/1234, S. 3, Frage 4"
  [[nodiscard]] std::string cited(const Section& section) const;
  [[nodiscard]] std::string cited(std::uint32_t page) const;

  /// Fills paragraphs.html, included as PARAGRAPHS, with a whole page (index into pages) or a span.
  /// Hits link to their neighbours only where all of them are shown.
  void fill_page(ctemplate::TemplateDictionary& parent, std::size_t page) const;
  void fill_span(ctemplate::TemplateDictionary& parent, const Span& span) const;

 private:
  struct Stretch;
  void fill(ctemplate::TemplateDictionary& paragraphs, const Stretch& stretch) const;
  void fill_paragraph(ctemplate::TemplateDictionary& paragraphs, const Stretch& stretch,
                      std::size_t from, std::size_t begin, std::size_t end) const;
  void fill_lines(ctemplate::TemplateDictionary& lines, const Stretch& stretch, std::size_t begin,
                  std::size_t end) const;
  void fill_table(ctemplate::TemplateDictionary& table, const Stretch& stretch, std::size_t begin,
                  std::size_t end) const;
  void fill_marked(ctemplate::TemplateDictionary& parent, const Stretch& stretch, std::size_t begin,
                   std::size_t end) const;
  [[nodiscard]] const std::vector<TextMark>& marks(std::size_t page) const;
  [[nodiscard]] const char* kind_at(std::uint32_t page, std::size_t begin) const;

  const ShownDocument& shown_;
  const Document& document_;
  CitedWork work_;
  std::vector<std::size_t> order_;  ///< sections by place
  std::vector<std::string> anchors_;
  std::set<std::string> question_anchors_;
  std::vector<std::size_t> first_hit_;  ///< number of the first hit of each page
  std::size_t hits_ = 0;
};

/// What a heading of a speech says: "Anna Muster (SPD)".
[[nodiscard]] std::string speaker_name(const Speaker& speaker);

}  // namespace fundstelle::present
