// SPDX-License-Identifier: GPL-3.0-or-later
//
// From printed words to tokens, in reading order: shared by the analyzer and by what only asks
// where words stand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/analyzer.h"
#include "text/citations.h"
#include "text/printed_word.h"
#include "text/word_reader.h"

namespace fundstelle::text {

/// Appends tokens of one printed word after another.
class TokenWriter {
 public:
  TokenWriter(WordReader& reader, std::vector<Token>& tokens) : reader_(reader), tokens_(tokens) {}

  void plain(std::string_view raw, const Atom& atom) {
    if (raw.size() > kLongestWord) return;
    ++position_;
    append(reader_.read(raw), position_, atom.begin, atom.end);
  }

  /// A word whose readings the caller has.
  void plain(const std::vector<Reading>& readings, const Atom& atom) {
    append(readings, ++position_, atom.begin, atom.end);
  }

  void printed(const PrintedWord& word, std::string_view text) {
    bool first = true;
    const std::uint32_t position = position_ + 1;
    for (const auto& piece : word.pieces) {
      if (piece.exact.empty() || piece.exact.size() > kLongestWord) continue;
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

  void provision(const CitedProvision& provision, std::uint32_t begin, std::uint32_t end) {
    for (const auto& term : provision.terms) {
      tokens_.push_back({TokenKind::kNumber, term, position_, begin, end, false});
    }
  }

  /// A word passed over: it takes its position and gives no tokens.
  void skip() { ++position_; }
  [[nodiscard]] std::uint32_t position() const { return position_; }

 private:
  void append(const std::vector<Reading>& readings, std::uint32_t position, std::uint32_t begin,
              std::uint32_t end) {
    for (const auto& reading : readings) {
      tokens_.push_back({reading.kind, reading.term, position, begin, end, reading.stop_word});
    }
  }

  void append_whole(const PrintedWord& word, std::uint32_t position) {
    if (!word.whole.empty() && word.whole.size() <= kLongestWord) {
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

  WordReader& reader_;
  std::vector<Token>& tokens_;
  std::uint32_t position_ = 0;
};

/// Hands the printed words of a text and the provisions of law it cites to `writer` (plain,
/// printed, provision as above), in reading order.
template <typename Writer>
void read_words(PrintedWords& words, Writer& writer) {
  const Scan& scan = words.scan();
  Citation citation;
  std::size_t next_provision = 0;
  for (std::size_t i = 0; i < scan.size();) {
    if (may_begin_citation(scan, i) && i >= citation.next) {
      citation = words.citation(i);
      next_provision = 0;
    }
    const std::size_t at = i;
    if (words.is_plain(i)) {
      writer.plain(scan.raw(i), scan.atoms[i]);
      ++i;
    } else {
      const PrintedWord word = words.read(i);
      writer.printed(word, scan.text);
      i = word.next;
    }
    while (next_provision < citation.provisions.size() &&
           citation.provisions[next_provision].atom >= at &&
           citation.provisions[next_provision].atom < i) {
      writer.provision(citation.provisions[next_provision], citation.begin, citation.end);
      ++next_provision;
    }
  }
}

}  // namespace fundstelle::text
