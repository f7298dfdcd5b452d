// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which of the marked lines are the paper's questions, and how far each question goes.
#pragma once

#include <string>
#include <vector>

#include "extract/interpret_paper.h"
#include "extract/interpret_question_marks.h"
#include "extract/interpret_questions.h"

namespace fundstelle {

struct QuestionReader {
  Paper& paper;
  const QuestionRules& rules;
  std::vector<QuestionCandidate> candidates;
  std::vector<AnswerHead> heads;
  std::uint32_t stop = 0;  ///< where questions and answers are over

  struct Found {
    QuestionCandidate candidate;
    Range question;
    Range answer;
    bool has_answer = false;
    std::vector<std::string> together;
  };

  [[nodiscard]] const PaperLine& line(std::size_t i) const { return paper.lines()[i]; }

  /// Does a question stand here: a question mark before the next candidate, or an invitation to
  /// list?
  [[nodiscard]] bool looks_asked(const QuestionCandidate& candidate, std::size_t until_line) const;

  /// The candidates that are the paper's questions: labels rise from 1 without gap; a group may be
  /// printed out of order as long as nothing is answered between.
  [[nodiscard]] std::vector<QuestionCandidate> chain(std::size_t from) const;

  /// The next label follows at once and asks: this one belongs to the same list.
  [[nodiscard]] bool next_is_asked(std::size_t i) const;

  [[nodiscard]] bool better_later(std::size_t i, QuestionLabel want) const;

  /// Nothing but the question itself stands between the two.
  [[nodiscard]] bool follows_unanswered(const QuestionCandidate& before,
                                        const QuestionCandidate& after) const;

  /// "Die Fragen 22 und 24 werden gemeinsam beantwortet" stands soon below.
  [[nodiscard]] bool grouped_near(const QuestionCandidate& candidate,
                                  const QuestionCandidate& with) const;

  /// From the question's first word to the end of asking, at most to `until_line`.
  [[nodiscard]] Range question_range(const QuestionCandidate& candidate,
                                     std::size_t until_line) const;

  [[nodiscard]] bool begins_like_question(std::string_view text) const;

  /// A question mark follows within the same run of lines.
  [[nodiscard]] bool asks_soon(std::size_t k, std::size_t until_line) const;

  [[nodiscard]] bool more_parts(std::size_t k, std::size_t until_line) const;

  /// Whether the source parts paragraphs by empty lines around here.
  [[nodiscard]] bool has_gaps_near(std::size_t k) const;
};

void add_section(Paper& paper, SectionKind kind, std::vector<std::string> labels, Range range);

/// Questions restated without a number above "Zu Frage N:": paragraphs that ask, read upwards.
/// Returns their number.
std::size_t read_restated(QuestionReader& reader);

}  // namespace fundstelle
