// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lines that mark questions and answers: labels, heads of answers, ends of sentences, and the lines
// at which everything ends. What follows from them is interpret_question_reader's business.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/interpret_paper.h"

namespace fundstelle {

/// "1" or "1.2" as numbers, for order.
struct QuestionLabel {
  int main = 0;
  int sub = 0;
  auto operator<=>(const QuestionLabel&) const = default;
};
[[nodiscard]] QuestionLabel number_of(std::string_view label);
[[nodiscard]] std::string text_of_label(QuestionLabel label);

/// A line that may begin a question.
struct QuestionCandidate {
  std::size_t line = 0;
  QuestionLabel label;
  std::uint32_t text_begin = 0;  ///< where the question's own words begin
  bool headed = false;           ///< "Frage 1:" rather than "1."
};

/// A line that heads an answer and the labels it answers.
struct AnswerHead {
  std::size_t line = 0;
  std::uint32_t text_begin = 0;
  std::vector<std::string> labels;  ///< empty: bare "Antwort:"
};

/// RE2 pattern of a printed list of labels: "1 und 2", "3 bis 5", "1.1, 1.2".
extern const char* const kQuestionLabels;

[[nodiscard]] std::vector<QuestionCandidate> find_candidates(const Paper& paper, Range where);
[[nodiscard]] std::vector<AnswerHead> find_answer_heads(const Paper& paper, Range where);
/// Index of the first candidate behind a table of contents; 0 if there is none.
[[nodiscard]] std::size_t first_behind_contents(const Paper& paper,
                                                const std::vector<QuestionCandidate>& candidates);

/// Lines that end whatever is being read: imprints, annexes, signatures.
[[nodiscard]] bool ends_everything(std::string_view line);
[[nodiscard]] bool is_place_and_date(std::string_view line);
[[nodiscard]] bool is_preface(std::string_view line);
/// Ends of sentences that close a question: "…?", "…?“", "… (bitte auflisten)?", "… ?3".
[[nodiscard]] bool asks(std::string_view line);
[[nodiscard]] bool closes_sentence(std::string_view line);
/// A line that goes on asking after a question mark at the end of the line above.
[[nodiscard]] bool goes_on_asking(std::string_view line);
/// A part of a list: "a) …", "• …".
[[nodiscard]] bool is_part(std::string_view line);
/// Letter of such a part: 'a' of "a) …", "3a) …"; 0 if it has none.
[[nodiscard]] char part_letter(std::string_view line);

}  // namespace fundstelle
