// SPDX-License-Identifier: GPL-3.0-or-later
//
// What someone may be about to type: words, phrases, names and titles of the collection that go on
// as the last words typed do. Blind to case, umlauts and ß.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/vocabulary_file.h"

namespace fundstelle::suggest {

struct Completion {
  vocabulary::Kind kind = vocabulary::Kind::kTerm;
  std::string text;         ///< as printed; empty for titles, whose record has it
  std::string query;        ///< what was typed, completed: to be searched. Titles: see `before`
  std::string before;       ///< what was typed before the completed words
  std::uint64_t count = 0;  ///< documents
  bool estimated = false;
  std::uint32_t document = 0;  ///< titles: docid in the generation
};

struct Completions {
  std::vector<Completion> terms;   ///< everything but titles, best first
  std::vector<Completion> titles;  ///< best first
};

/// The longest run of typed words that something in the collection begins with decides; words
/// before it are kept as typed. Behind "von:", "fraktion:", "ministerium:", "gremium:" or "thema:"
/// only names of that kind are offered. Nothing is offered inside quotes, after an operator
/// character, or for fewer than two letters.
[[nodiscard]] Completions complete(const vocabulary::VocabularyFile& vocabulary,
                                   std::string_view typed, std::size_t wanted_terms,
                                   std::size_t wanted_titles);

}  // namespace fundstelle::suggest
