// SPDX-License-Identifier: GPL-3.0-or-later
//
// Papers that hold the questions of many members: the weekly Schriftliche Fragen with their
// answers, and the Fragen for a Fragestunde, still without.
#pragma once

#include <cstddef>

#include "extract/interpret_paper.h"

namespace fundstelle {

/// One section a question with its asker and group, and one an answer with who gave it; the area of
/// government they stand under is their agenda item. Questions answered together share the answer
/// the paper prints once. Returns the number of questions.
std::size_t read_collective_questions(Paper& paper);

}  // namespace fundstelle
