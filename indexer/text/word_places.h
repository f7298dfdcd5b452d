// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the words of a text stand in its bytes, without reading them: who knows from the index
// which terms stand at which position need not analyse the text again to mark them.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "text/analyzer.h"

namespace fundstelle {

struct WordPlaces {
  /// Where all tokens of a position stand, by position - 1; five bytes a word, as there are many.
  std::vector<std::uint32_t> begins;
  std::vector<std::uint8_t> lengths;  ///< 0: `others` has them
  /// Tokens of positions where places differ ("Corona-Pandemie", "§ 16a AufenthG"), ascending by
  /// position.
  struct Other {
    std::uint32_t position = 0, begin = 0, end = 0;
    TokenKind kind = TokenKind::kExact;
    std::uint64_t term = 0;  ///< hash_of
  };
  std::vector<Other> others;

  [[nodiscard]] static std::uint64_t hash_of(std::string_view term);

  /// Calls take(begin, end) for each token of a kind and term at a position, given that the index
  /// says it stands there.
  template <typename Take>
  void find(std::uint32_t position, TokenKind kind, std::uint64_t term, Take&& take) const {
    if (position == 0 || position > begins.size()) return;
    const std::uint32_t begin = begins[position - 1];
    const std::uint8_t length = lengths[position - 1];
    if (length != 0) {
      take(begin, begin + length);
      return;
    }
    for (std::size_t i = first_other(position); i < others.size(); ++i) {
      const Other& other = others[i];
      if (other.position != position) break;
      if (other.kind == kind && other.term == term) take(other.begin, other.end);
    }
  }
  [[nodiscard]] std::size_t bytes() const {
    return begins.capacity() * sizeof(begins[0]) + lengths.capacity() +
           others.capacity() * sizeof(Other);
  }

 private:
  [[nodiscard]] std::size_t first_other(std::uint32_t position) const;
};

/// Finds the places of words as the Analyzer of the same word data counts them. One per thread.
class PlaceReader {
 public:
  explicit PlaceReader(std::shared_ptr<const WordData> words);
  ~PlaceReader();
  PlaceReader(PlaceReader&&) noexcept;
  PlaceReader& operator=(PlaceReader&&) noexcept;

  [[nodiscard]] WordPlaces read(std::string_view text) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fundstelle
