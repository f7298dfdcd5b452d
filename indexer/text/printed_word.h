// SPDX-License-Identifier: GPL-3.0-or-later
//
// From atoms to printed words: what a reader takes as one ("Corona-Pandemie", "Bürger:innen",
// "z. B.", "19/10 006"), with all that the rules open it to. Indexing and querying both read text
// through here, so they agree on where words begin and end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/citations.h"
#include "text/drucksache_number.h"
#include "text/scan.h"
#include "text/word_reader.h"

namespace fundstelle::text {

/// One position of the text.
struct Piece {
  std::uint32_t begin = 0, end = 0;
  std::string exact;  ///< folded print
  std::vector<std::string>
      opened;        ///< folded words a gender form stands for; empty: `exact` itself
  bool word = true;  ///< has a stem; false for digits of a number and gender forms
};

struct PrintedWord {
  enum class Kind : std::uint8_t { kWord, kGender, kHyphenated, kStump, kNumber };
  Kind kind = Kind::kWord;
  std::uint32_t begin = 0, end = 0;
  std::size_t next = 0;  ///< first atom after it
  std::vector<Piece> pieces;
  std::string whole;  ///< kHyphenated: exact form of all pieces ("corona-pandemie")
  std::vector<std::string>
      opened;  ///< folded words all pieces stand for together ("coronapandemie")
  std::vector<std::string> spans;    ///< folded runs of pieces within a longer chain ("covid19")
  std::vector<std::string> numbers;  ///< kNumber: canonical forms, the bare number first
};

/// Reads a text word by word.
class PrintedWords {
 public:
  PrintedWords(std::string_view text, WordReader& reader);

  [[nodiscard]] const Scan& scan() const { return scan_; }

  /// Atom i is a word with nothing around it that any rule looks at: read it as it is. Cheap.
  [[nodiscard]] bool is_plain(std::size_t i) const;

  /// The printed word that begins with atom i. Atoms must be asked for in ascending order.
  [[nodiscard]] PrintedWord read(std::size_t i);

  /// Citation of law whose first number is atom i, or that begins there; provisions may be empty.
  [[nodiscard]] Citation citation(std::size_t i);

 private:
  [[nodiscard]] Piece piece(std::size_t i, std::size_t& next);
  bool read_number(std::size_t i, PrintedWord& word);
  bool read_date(std::size_t i, PrintedWord& word) const;
  bool read_figure(std::size_t i, PrintedWord& word) const;

  Scan scan_;
  WordReader& reader_;
  std::vector<NumberInText> numbers_;
  std::size_t next_number_ = 0;
};

}  // namespace fundstelle::text
