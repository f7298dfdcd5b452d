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

/// What the list is called: "Fragen und Antworten", "Fragen", "Reden"; empty if there is none.
[[nodiscard]] std::string pairs_name(const Document& document);

}  // namespace fundstelle::present
