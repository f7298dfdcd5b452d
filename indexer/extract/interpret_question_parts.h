// SPDX-License-Identifier: GPL-3.0-or-later
//
// Parts a), b) … of a question, with the answers the paper gives to them alone. Seen in print:
//   "3. …? a) …, b) …?" with one answer for all (every parliament)
//   "3. …?" answer, "a) Wenn ja, …?" answer, "b) …?" answer (Bundestag)
//   "Die Fragen 3 und 3a werden gemeinsam beantwortet", "Antwort zu Frage 3b:" (Bundestag)
//   "Zu 3 a):", "Zu a) und b):" (Berlin, Mecklenburg-Vorpommern), "zu 3 a" (Bayern)
//   "1.a) …? 1.b) …?" (Bayern), "Frage 1a:" (Sachsen)
//   "a) … b) …" asked and "a) … b) …" answered
// Traps: lists inside answers, which ask nothing or go on behind the last part.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/interpret_question_reader.h"

namespace fundstelle {

/// Parts of a question whose range and answer are known; none if it has none.
[[nodiscard]] std::vector<QuestionPart> read_parts(const QuestionReader& reader,
                                                   const QuestionReader::Found& question);

/// Letters a printed list names of question `number`: "3a bis 3c und 4" of 3 gives "abc", a blank
/// standing for the question itself ("3 und 3a": " a"). Letters without a number are those of the
/// number before, or of the question.
[[nodiscard]] std::string part_letters(std::string_view printed, std::string_view number);

}  // namespace fundstelle
