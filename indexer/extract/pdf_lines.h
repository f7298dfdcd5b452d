// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words on one base line become printed lines; letter-spaced words are closed.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "extract/pdf_words.h"

namespace fundstelle {

/// Words on one base line, left to right.
struct TextLine {
  std::vector<PdfWord> words;
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  float height = 0;  ///< of its typical word: stands for the type size
  [[nodiscard]] float middle() const { return (y0 + y1) / 2; }
};

/// Words grouped by base line, from top to bottom, without regard to columns.
[[nodiscard]] std::vector<TextLine> lines_of(std::vector<PdfWord> words);

/// The printed line as text: blanks where there are gaps, letter-spaced words closed.
[[nodiscard]] std::string text_of_line(const std::vector<PdfWord>& words);

/// True if the line is printed letter-spaced ("V o r b e m e r k u n g").
[[nodiscard]] bool is_letter_spaced(const std::vector<PdfWord>& words);

/// White space before a word of a line, in points.
[[nodiscard]] inline float gap_before(const std::vector<PdfWord>& words, std::size_t i) {
  return words[i].x0 - words[i - 1].x1;
}

/// Middle value; 0 of nothing.
[[nodiscard]] float median(std::vector<float> values);
/// The value below which `part` of the values lie; 0 of nothing.
[[nodiscard]] float quantile(std::vector<float> values, double part);

}  // namespace fundstelle
