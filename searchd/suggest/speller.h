// SPDX-License-Identifier: GPL-3.0-or-later
//
// "Meinten Sie …?": a better spelling for words the collection does not know. Nothing is replaced;
// the caller shows the suggestion.
//
// A word is left alone if the collection or a word list knows it, if it is a compound of known
// parts, or if nothing near is known well. Otherwise, nearest and most frequent first: a word of
// the collection at most two letters away; the word with one misspelt part put right, though
// perhaps never seen as a whole; the word cut in two, or joined with its neighbour. Every
// suggestion must have hits, together with the other words typed.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "suggest/edits.h"
#include "suggest/typed_word.h"
#include "text/word_data.h"

namespace fundstelle::suggest {

struct Change {
  std::string typed, suggested;
};

struct Spelling {
  std::string query;  ///< what was typed with the changes; empty: no suggestion
  std::vector<Change> changes;
};

class Speller {
 public:
  explicit Speller(std::shared_ptr<const WordData> words);
  ~Speller();
  Speller(const Speller&) = delete;
  Speller& operator=(const Speller&) = delete;

  /// What may be meant by a folded word, best first; none if it is fine. `documents` as above.
  /// "sozialer wohnungsbau" (with a blank) for a word that should be two.
  [[nodiscard]] std::vector<std::string> corrections(std::string_view folded,
                                                     std::uint64_t documents) const;

  /// Two typed words that should be one: the folded whole, else empty.
  [[nodiscard]] std::string joined(std::string_view first, std::uint64_t first_documents,
                                   std::string_view second, std::uint64_t second_documents) const;

  /// What the speller asks of the index.
  struct Index {
    /// Documents with all words of a query.
    std::function<std::uint64_t(const std::string& query)> hits;
    /// How the collection prints a folded word ("fluechtling": "Flüchtling"); the word itself if
    /// unknown.
    std::function<std::string(const std::string& folded)> printed;
  };

  /// At most kMostWords words of a query are looked at.
  static constexpr std::size_t kMostWords = 3;
  [[nodiscard]] Spelling suggest(const std::string& typed, const std::vector<TypedWord>& words,
                                 const Index& index) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fundstelle::suggest
