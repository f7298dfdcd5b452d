// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a word stands in what was typed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fundstelle::suggest {

/// A word of the query outside quotes.
struct TypedWord {
  std::string typed;
  std::uint64_t documents = 0;  ///< that hold it in any variant
};

/// Byte offset of the first place from `from` on where `word` stands as a whole word ("art" not in
/// "Kindergarten") outside straight double quotes; npos: none.
[[nodiscard]] std::size_t place_of_word(std::string_view text, std::string_view word,
                                        std::size_t from = 0);

}  // namespace fundstelle::suggest
