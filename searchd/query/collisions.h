// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where German wins over the operators: numbers of papers, suspended hyphens, gender forms,
// apostrophes.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "query/signs.h"

namespace fundstelle::query {

/// "(neu)", "(B)", "(2)" at `at`, right after a paper's number, belong to it: 19/1234 (neu).
[[nodiscard]] bool is_number_suffix(std::string_view text, std::size_t at,
                                    const std::vector<Sym>& before);

/// The word before is und, oder, sowie …: then "-sicherung" is the end of a suspended compound.
[[nodiscard]] bool after_list_word(const std::vector<Sym>& before);

/// "Autor:innen" is no field.
[[nodiscard]] bool is_gender_ending(std::string_view after_colon);

/// Bürger*innen, Schüler*in: the star is part of the word. `word` ends with no star.
[[nodiscard]] bool has_gender_star(std::string_view word, std::size_t star);

struct Quotation {
  std::size_t begin = 0, end = 0;  ///< of what is inside
  std::size_t after = 0;           ///< first byte after the closing mark
};
/// The quotation whose opening mark stands at `at`; nothing if the mark has no partner or is an
/// apostrophe or a comma that looks like one.
[[nodiscard]] std::optional<Quotation> quotation_at(std::string_view text, std::size_t at);

/// End of the run of characters that make one word; parentheses inside stay (Bürger(innen)).
[[nodiscard]] std::size_t word_end(std::string_view text, std::size_t begin,
                                   const std::vector<Sym>& before);

}  // namespace fundstelle::query
