// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/text_reader.h"

#include "text/printed_word.h"
#include "text/token_writer.h"
#include "text/word_reader.h"

namespace fundstelle {
namespace {

/// A TokenWriter that passes over what is known.
class Unknown {
 public:
  Unknown(text::TokenWriter& writer, text::WordReader& reader, PlainWords& known)
      : writer_(writer), reader_(reader), known_(known) {}

  void plain(std::string_view raw, const text::Atom& atom) {
    if (raw.size() > text::kLongestWord) return;
    if (known_.take(raw, writer_.position() + 1, atom.begin)) {
      writer_.skip();
    } else {
      reader_.read(raw, readings_);
      writer_.plain(readings_, atom);
    }
  }
  void printed(const text::PrintedWord& word, std::string_view text) {
    writer_.printed(word, text);
  }
  void provision(const text::CitedProvision& provision, std::uint32_t begin, std::uint32_t end) {
    writer_.provision(provision, begin, end);
  }

 private:
  text::TokenWriter& writer_;
  text::WordReader& reader_;
  PlainWords& known_;
  std::vector<text::Reading> readings_;
};

}  // namespace

struct TextReader::State {
  explicit State(std::shared_ptr<const WordData> words) : reader(std::move(words)) {}
  text::WordReader reader;
};

TextReader::TextReader(std::shared_ptr<const WordData> words)
    : state_(std::make_unique<State>(std::move(words))) {}
TextReader::~TextReader() = default;
TextReader::TextReader(TextReader&&) noexcept = default;
TextReader& TextReader::operator=(TextReader&&) noexcept = default;

void TextReader::read(std::string_view text, PlainWords& known, std::vector<Token>& tokens) {
  tokens.clear();
  text::PrintedWords words(text, state_->reader);
  text::TokenWriter writer(state_->reader, tokens);
  Unknown unknown(writer, state_->reader, known);
  text::read_words(words, unknown);
}

std::vector<Token> TextReader::analyze(std::string_view text) {
  std::vector<Token> tokens;
  text::PrintedWords words(text, state_->reader);
  text::TokenWriter writer(state_->reader, tokens);
  text::read_words(words, writer);
  return tokens;
}

}  // namespace fundstelle
