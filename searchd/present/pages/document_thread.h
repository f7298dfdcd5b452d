// SPDX-License-Identifier: GPL-3.0-or-later
//
// The thread of an affair: papers that answer, correct, cite one another, in order of time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "present/shown_document.h"

namespace fundstelle::present {

struct ThreadEntry {
  DocumentLink paper;
  /// What it is to the document shown: "Antwort", "Berichtigung", "hier genannt"; of a paper two
  /// links away what it is to the one between: "Nachfrage zu 6/8347". Empty: the document itself.
  std::string role;
  bool here = false;
};

/// The document with all papers linked to it: dated ones by date, then the undated. A paper linked
/// in several ways is listed once, by the most telling. Alone: nothing.
[[nodiscard]] std::vector<ThreadEntry> thread_of(const ShownDocument& shown);

/// What lay between question and answer.
struct AnswerTime {
  std::string asked, answered;  ///< ISO dates
  int days = 0;
};
/// From the dates printed, else from the dates of question and answer of the same house. Nothing if
/// one of them is not known to the day, or the answer comes first.
[[nodiscard]] std::optional<AnswerTime> answer_time(const ShownDocument& shown);

}  // namespace fundstelle::present
