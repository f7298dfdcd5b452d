// SPDX-License-Identifier: GPL-3.0-or-later
//
// The draft of an inquiry as somebody pastes it: its title and the questions in it. Standard
// library only; nothing is kept.
//
// The indexer reads questions of printed papers by their layout (extract/interpret_questions.h).
// A draft has none: it comes from an editor, a mail or the clipboard of a PDF viewer. So the signs
// read here are fewer and looser: numbers in a row at the beginning of lines, letters below them,
// question marks. web/scripts/draft.ts reads drafts by the same rules in the browser.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fundstelle::asked {

struct DraftQuestion {
  std::string label;  ///< "3", "3a"; empty if the draft does not number
  std::string text;   ///< lines joined, hyphenation mended
  std::string lead;   ///< of a sub-question: the beginning it completes, if that is no question
};

struct Draft {
  std::string title;  ///< empty if none was recognised
  std::vector<DraftQuestion> questions;
};

/// Reads UTF-8 text. Preamble, page heads, signatures and reasons given after the questions are
/// left out. Text that asks nothing is one question as a whole, at most its first 2,000 bytes.
/// Never fails; empty text gives none.
[[nodiscard]] Draft read_draft(std::string_view text);

}  // namespace fundstelle::asked
