// SPDX-License-Identifier: GPL-3.0-or-later
//
// Numbered questions and their answers, whatever family of numbering a parliament uses:
//   "1. Wie viele …?" then the answer, no heading (Bundestag, Bayern 1.1 to 8.3)
//   "1. … 2. …" then "Zu 1 und 2", "Zu Frage 3:", "Antwort zu Frage 4:"
//   "Frage 1: …" then "Antwort zu Frage 1:" or the answer itself
//   the question restated without a number above "Zu Frage 2:" (Saarland)
//   "1. …" then a bare "Antwort:" (Schleswig-Holstein)
// Traps met: month names behind a number ("12. November"), lists inside answers, tables of contents
// that repeat every question, groups printed out of order (22, 24, 23).
#pragma once

#include "extract/interpret_paper.h"

namespace fundstelle {

struct QuestionRules {
  bool answered = true;   ///< false: an inquiry without answers
  bool restated = false;  ///< questions stand unnumbered above "Zu Frage N:"
  Range where;            ///< part of the paper that can hold questions
};

/// Fills `questions` and adds their sections. Returns the number of questions.
std::size_t read_questions(Paper& paper, const QuestionRules& rules);

/// Labels of a printed list: "1 und 2", "3 bis 5", "1.1 bis 2.3" (those among `known` if given).
[[nodiscard]] std::vector<std::string> expand_labels(std::string_view printed,
                                                     const std::vector<std::string>& known = {});

}  // namespace fundstelle
