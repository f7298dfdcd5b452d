// SPDX-License-Identifier: GPL-3.0-or-later
//
// German text analysis: running text in, index terms out.
//
// Indexing, querying, highlighting and suggesting share this header, because a word is only found
// if all of them fold it alike. One Analyzer per thread: libstemmer keeps state.
//
// Every term is a function of the folded spelling, so ü and ue, ß and ss give equal result sets.
//
// Positions. One per printed word; the pieces of a hyphenated compound are printed words of their
// own: "Corona-Pandemie" takes two positions, corona and pandemie, and so does "19/1234". The first
// kExact token of a position is what is printed there, and a phrase is the sequence of these: the
// phrases "Corona-Pandemie" and "Corona Pandemie" match both spellings. Terms of the compound as a
// whole (exact "corona-pandemie", stem "coronapandemi", shared with "Coronapandemie") stand at the
// position of its first piece, after the piece's own, and cover the whole print.
//
// Printed forms and opened forms. kExact holds what is printed (gender marks as ":"); what a rule
// opens ("Bürger:innen" to Bürger and Bürgerinnen, "Integrations- und …" to the whole word) is
// added as kStem and kPart, so that an exact search stays exact.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "text/word_data.h"

namespace fundstelle {

/// What a term stands for; ranking weighs the kinds differently, the schema gives each a prefix.
enum class TokenKind : std::uint8_t {
  kExact,  ///< folded surface form: NFC, lower case, ß=ss, ä=ae ("gesetzes", "fluechtling")
  kStem,   ///< Snowball stem of the folded form ("gesetz")
  kPart,  ///< stem of a part of a compound ("fluechtlingsunterkunft" gives fluechtling, unterkunft)
  kBlind,   ///< umlaut-blind spelling ("fluchtling"): plain u finds ü, not the other way. Its
            ///< stem, and after "=" its full form
  kNumber,  ///< canonical Drucksache number or citation kept whole ("19/1234", "§16a")
};

/// One index term and the place in the text it came from. All terms made from one word share its
/// position and offsets: they are a group. Terms a rule adds for several words at once (gender
/// pairs, suspended hyphens) carry the position of the word they complete.
struct Token {
  TokenKind kind = TokenKind::kExact;
  std::string term;              ///< UTF-8, no prefix, at most 200 bytes
  std::uint32_t position = 0;    ///< word number from 1; stop words are counted too
  std::uint32_t byte_begin = 0;  ///< offset in bytes into the UTF-8 input
  std::uint32_t byte_end = 0;    ///< one past the last byte
  bool stop_word = false;  ///< exact term of a stop word: kept for phrases, weightless elsewhere
};

/// Why a variant belongs to a query word; said to the user in "verstanden als".
enum class VariantReason : std::uint8_t {
  kSame,          ///< the word itself
  kInflection,    ///< same stem
  kCompoundPart,  ///< inside a longer word
  kSplit,         ///< the query word's own parts, all of them
  kSpelling,      ///< umlaut-blind
  kGender,
  kHyphen,
  kAbbreviation,
  kNumber,
};

/// One way a document can meet a query word: all `terms` must occur (usually there is one).
/// `weight` scales its score against the whole word (1.0).
/// A kPart term in a variant of several terms is met by the part of a compound or by the word
/// itself: match kPart OR kStem of the same string (Flüchtlings|unterkunft meets "Unterkunft für
/// Flüchtlinge").
struct Variant {
  struct Term {
    TokenKind kind = TokenKind::kExact;
    std::string term;
  };
  VariantReason reason = VariantReason::kSame;
  std::vector<Term> terms;
  bool in_order = false;  ///< the terms are successive words (long form of an abbreviation)
  std::string shown;      ///< readable form for "verstanden als": "Flüchtlings|unterkunft"
  double weight = 1.0;
  std::uint32_t window = 0;  ///< all terms within so many words of each other; 0: anywhere
  bool fallback = false;     ///< less than what was typed: counts only where any word suffices
};

/// A query word with everything that may stand for it. At most kMaxVariants variants.
struct QueryWord {
  std::string typed;  ///< as typed
  bool stop_word = false;
  std::uint32_t byte_begin = 0, byte_end = 0;  ///< in the analysed text
  std::vector<Variant> variants;
};

/// Which expansions a query applies; each can be switched off by the user.
struct Expansion {
  bool inflection = true;
  bool compounds = true;
  bool spelling = true;
  bool gender = true;
  bool abbreviations = true;
};

inline constexpr std::size_t kMaxVariants = 16;

class Analyzer {
 public:
  /// Word data as frozen into an index or freshly learnt; kept by reference count.
  explicit Analyzer(std::shared_ptr<const WordData> words);
  ~Analyzer();
  Analyzer(Analyzer&&) noexcept;
  Analyzer& operator=(Analyzer&&) noexcept;

  /// Tokens in reading order; empty text gives none. Never fails: bytes that are not UTF-8 end a
  /// word. Words above 200 bytes are dropped, not cut.
  [[nodiscard]] std::vector<Token> analyze(std::string_view text) const;

  /// Words of a query text (no operators) with their variants, in order typed.
  [[nodiscard]] std::vector<QueryWord> analyze_query(std::string_view text,
                                                     const Expansion& expansion = {}) const;

  /// Folded exact form of one word, as kExact terms hold it ("Corona-Pandemie": corona-pandemie).
  [[nodiscard]] std::string fold(std::string_view word) const;

  /// Snowball stem of a folded word, as kStem terms hold it.
  [[nodiscard]] std::string stem(std::string_view folded) const;

  [[nodiscard]] bool is_stop_word(std::string_view folded) const;

  [[nodiscard]] const WordData& words() const;

  /// Version of the analysing code plus hash of the word data: indexes made with another
  /// fingerprint cannot be queried with this analyzer.
  [[nodiscard]] std::string fingerprint() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fundstelle
