// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens of a text for a writer that remembers plain words by their print: most words of a corpus
// were met before, and what they give need not be spelt out again.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "text/analyzer.h"

namespace fundstelle {

class PlainWords {
 public:
  virtual ~PlainWords() = default;
  /// A word that no rule of print touches, with the position of its tokens. True: it is known, its
  /// tokens are left out. A provision of law may still add tokens to the position.
  virtual bool take(std::string_view raw, std::uint32_t position, std::uint32_t byte_begin) = 0;
};

/// One per thread.
class TextReader {
 public:
  explicit TextReader(std::shared_ptr<const WordData> words);
  ~TextReader();
  TextReader(TextReader&&) noexcept;
  TextReader& operator=(TextReader&&) noexcept;

  /// The tokens Analyzer::analyze gives, but for those of known words.
  void read(std::string_view text, PlainWords& known, std::vector<Token>& tokens);
  /// All of them.
  [[nodiscard]] std::vector<Token> analyze(std::string_view text);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fundstelle
