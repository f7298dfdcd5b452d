// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/analyzer.h"

#include "text/analyzer_state.h"
#include "text/fold.h"
#include "text/printed_word.h"
#include "text/token_writer.h"

namespace fundstelle {

namespace {

/// Raised whenever the same text gives other terms than before: old indexes then decline.
constexpr std::string_view kCodeVersion = "g6";

}  // namespace

Analyzer::Analyzer(std::shared_ptr<const WordData> words)
    : state_(std::make_unique<State>(std::move(words))) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

std::vector<Token> Analyzer::analyze(std::string_view text) const {
  std::vector<Token> tokens;
  text::PrintedWords words(text, state_->reader);
  tokens.reserve(words.scan().size() * 3);
  text::TokenWriter writer(state_->reader, tokens);
  text::read_words(words, writer);
  return tokens;
}

std::string Analyzer::fold(std::string_view word) const {
  text::PrintedWords words(word, state_->reader);
  if (words.scan().size() == 0) return {};
  const text::PrintedWord first = words.read(0);
  if (first.next == words.scan().size()) {
    if (!first.whole.empty()) return first.whole;
    if (first.pieces.size() == 1) return first.pieces.front().exact;
  }
  return text::fold_letters(word);
}

std::string Analyzer::stem(std::string_view folded) const {
  return state_->reader.stemmer().stem(folded);
}

bool Analyzer::is_stop_word(std::string_view folded) const {
  return state_->reader.is_stop_word(std::string(folded));
}

const WordData& Analyzer::words() const { return state_->reader.words(); }

std::string Analyzer::fingerprint() const {
  return std::string(kCodeVersion) + "-" + words().hash();
}

}  // namespace fundstelle
