// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/analyzer.h"

#include "text/analyzer_state.h"
#include "text/fold.h"
#include "text/printed_word.h"

namespace fundstelle {

namespace {

/// Raised whenever the same text gives other terms than before: old indexes then decline.
constexpr std::string_view kCodeVersion = "g6";

/// Appends tokens of one printed word after another.
class TokenWriter {
 public:
  TokenWriter(text::WordReader& reader, std::vector<Token>& tokens)
      : reader_(reader), tokens_(tokens) {}

  void plain(std::string_view raw, const text::Atom& atom) {
    if (raw.size() > text::kLongestWord) return;
    ++position_;
    append(reader_.read(raw), position_, atom.begin, atom.end);
  }

  void printed(const text::PrintedWord& word, std::string_view text) {
    bool first = true;
    const std::uint32_t position = position_ + 1;
    for (const auto& piece : word.pieces) {
      if (piece.exact.empty() || piece.exact.size() > text::kLongestWord) continue;
      ++position_;
      if (piece.word) {
        // The print reads faster than its folded form: it is remembered.
        const auto raw = text.substr(piece.begin, piece.end - piece.begin);
        const auto& readings = reader_.read(raw);
        const bool same = !readings.empty() && readings.front().term == piece.exact;
        append(same ? readings : reader_.read(piece.exact), position_, piece.begin, piece.end);
      } else {
        tokens_.push_back(
            {TokenKind::kExact, piece.exact, position_, piece.begin, piece.end, false});
        for (const auto& form : piece.opened) {
          append(reader_.read_opened(form), position_, piece.begin, piece.end);
        }
      }
      if (first) append_whole(word, position);
      first = false;
    }
  }

  void provision(const text::CitedProvision& provision, std::uint32_t begin, std::uint32_t end) {
    for (const auto& term : provision.terms) {
      tokens_.push_back({TokenKind::kNumber, term, position_, begin, end, false});
    }
  }

 private:
  void append(const std::vector<text::Reading>& readings, std::uint32_t position,
              std::uint32_t begin, std::uint32_t end) {
    for (const auto& reading : readings) {
      tokens_.push_back({reading.kind, reading.term, position, begin, end, reading.stop_word});
    }
  }

  void append_whole(const text::PrintedWord& word, std::uint32_t position) {
    if (!word.whole.empty() && word.whole.size() <= text::kLongestWord) {
      tokens_.push_back({TokenKind::kExact, word.whole, position, word.begin, word.end, false});
    }
    for (const auto& opened : word.opened) {
      append(reader_.read_opened(opened), position, word.begin, word.end);
    }
    for (const auto& span : word.spans) {
      tokens_.push_back(
          {TokenKind::kPart, reader_.stemmer().stem(span), position, word.begin, word.end, false});
    }
    for (const auto& number : word.numbers) {
      tokens_.push_back({TokenKind::kNumber, number, position, word.begin, word.end, false});
    }
  }

  text::WordReader& reader_;
  std::vector<Token>& tokens_;
  std::uint32_t position_ = 0;
};

}  // namespace

Analyzer::Analyzer(std::shared_ptr<const WordData> words)
    : state_(std::make_unique<State>(std::move(words))) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

std::vector<Token> Analyzer::analyze(std::string_view text) const {
  std::vector<Token> tokens;
  text::PrintedWords words(text, state_->reader);
  const text::Scan& scan = words.scan();
  tokens.reserve(scan.size() * 3);
  TokenWriter writer(state_->reader, tokens);
  text::Citation citation;
  std::size_t next_provision = 0;
  for (std::size_t i = 0; i < scan.size();) {
    if (text::may_begin_citation(scan, i) && i >= citation.next) {
      citation = words.citation(i);
      next_provision = 0;
    }
    const std::size_t at = i;
    if (words.is_plain(i)) {
      writer.plain(scan.raw(i), scan.atoms[i]);
      ++i;
    } else {
      const text::PrintedWord word = words.read(i);
      writer.printed(word, text);
      i = word.next;
    }
    while (next_provision < citation.provisions.size() &&
           citation.provisions[next_provision].atom >= at &&
           citation.provisions[next_provision].atom < i) {
      writer.provision(citation.provisions[next_provision], citation.begin, citation.end);
      ++next_provision;
    }
  }
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
