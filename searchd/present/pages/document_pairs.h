// SPDX-License-Identifier: GPL-3.0-or-later
//
// A document as the list of what one cites of it: questions with their answers, or speeches.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "document/document.h"

namespace fundstelle::present {

/// Questions that are answered together, and their answer; or one speech. Indices into sections,
/// in reading order.
struct Pair {
  std::vector<std::size_t> questions, answers;
  std::vector<std::size_t> speeches;
};

/// Questions stand with the answer that names their numbers, wherever it is printed; an answer
/// without numbers belongs to the question before it. Documents without questions give their
/// speeches; neither: nothing.
[[nodiscard]] std::vector<Pair> pairs_of(const Document& document);

/// Parts a), b) … that are asked on inside an answer, one right behind the other, and the stretch
/// that answers them; empty (begin == end) if the next part follows at once.
struct AskedOn {
  std::vector<std::string> labels;  ///< "3a"
  std::vector<Span> questions;      ///< from the letter on
  Span answer;
};

/// An answer as it is printed: what stands before the first part, then part by part.
struct AnswerInParts {
  Span head;
  std::vector<AskedOn> parts;
};

/// Parts are found where their letter and their words stand; one that is not found stays in the
/// text around it. Parts printed in the question itself are no matter of the answer.
[[nodiscard]] AnswerInParts in_parts(const Document& document, const Pair& pair,
                                     std::size_t answer);

/// What the list is called: "Fragen und Antworten", "Fragen", "Reden"; empty if there is none.
[[nodiscard]] std::string pairs_name(const Document& document);

}  // namespace fundstelle::present
