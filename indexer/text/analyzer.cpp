// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/analyzer.h"

#include <unordered_map>

#include "text/drucksache_number.h"
#include "text/fold.h"
#include "text/stemmer.h"

namespace fundstelle {

namespace {

/// Raised whenever the same text gives other terms than before: old indexes then decline.
constexpr std::string_view kCodeVersion = "g1";
constexpr std::size_t kLongestWord = 200;  // bytes
constexpr std::size_t kCachedWords = 200'000;

struct Reading {
  TokenKind kind;
  std::string term;
  bool stop_word = false;
};

}  // namespace

struct Analyzer::State {
  explicit State(std::shared_ptr<const WordData> data) : words(std::move(data)), stemmer(*words) {}

  std::shared_ptr<const WordData> words;
  text::Stemmer stemmer;
  std::unordered_map<std::string, std::vector<Reading>> cache;  // by printed word
  std::string key;

  /// Terms of one printed word without inner punctuation.
  const std::vector<Reading>& read(std::string_view raw) {
    key.assign(raw);
    const auto found = cache.find(key);
    if (found != cache.end()) return found->second;
    if (cache.size() >= kCachedWords) cache.clear();
    std::vector<Reading> readings;
    const std::string folded = text::fold_letters(raw);
    if (!folded.empty() && folded.size() <= kLongestWord) {
      const bool stop = words->stop_words.contains(folded);
      readings.push_back({TokenKind::kExact, folded, stop});
      if (!stop) {
        std::string stem = stemmer.stem(folded);
        std::string blind = text::without_umlauts(folded);
        if (blind != folded) {
          blind = stemmer.stem(blind);
          if (blind != stem) readings.push_back({TokenKind::kBlind, std::move(blind)});
        }
        readings.push_back({TokenKind::kStem, std::move(stem)});
      }
    }
    return cache.emplace(key, std::move(readings)).first->second;
  }
};

Analyzer::Analyzer(std::shared_ptr<const WordData> words)
    : state_(std::make_unique<State>(std::move(words))) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

std::vector<Token> Analyzer::analyze(std::string_view text) const {
  std::vector<Token> tokens;
  const auto atoms = text::scan_atoms(text);
  const auto numbers = find_drucksache_numbers(text);
  tokens.reserve(atoms.size() * 3);
  std::uint32_t position = 0;
  std::size_t next_number = 0;
  for (const auto& atom : atoms) {
    const std::string_view raw = text.substr(atom.begin, atom.end - atom.begin);
    if (raw.size() > kLongestWord) continue;
    ++position;
    while (next_number < numbers.size() && numbers[next_number].byte_end <= atom.begin)
      ++next_number;
    if (next_number < numbers.size() && numbers[next_number].byte_begin == atom.begin) {
      const NumberInText& number = numbers[next_number];
      DrucksacheNumber bare = number.number;
      bare.suffix.clear();
      tokens.push_back({TokenKind::kNumber, bare.canonical(), position, number.byte_begin,
                        number.byte_end, false});
      if (!number.number.suffix.empty()) {
        tokens.push_back({TokenKind::kNumber, number.number.canonical(), position,
                          number.byte_begin, number.byte_end, false});
      }
    }
    for (const Reading& reading : state_->read(raw)) {
      tokens.push_back(
          {reading.kind, reading.term, position, atom.begin, atom.end, reading.stop_word});
    }
  }
  return tokens;
}

std::vector<QueryWord> Analyzer::analyze_query(std::string_view text,
                                               const Expansion& expansion) const {
  std::vector<QueryWord> query;
  const auto numbers = find_drucksache_numbers(text);
  std::size_t next_number = 0;
  std::uint32_t number_end = 0;
  for (const auto& atom : text::scan_atoms(text)) {
    if (atom.begin < number_end || atom.end - atom.begin > kLongestWord) continue;
    while (next_number < numbers.size() && numbers[next_number].byte_end <= atom.begin)
      ++next_number;
    QueryWord word;
    word.byte_begin = atom.begin;
    word.byte_end = atom.end;
    if (next_number < numbers.size() && numbers[next_number].byte_begin == atom.begin) {
      const NumberInText& number = numbers[next_number];
      number_end = word.byte_end = number.byte_end;
      word.typed = text.substr(word.byte_begin, word.byte_end - word.byte_begin);
      Variant variant;
      variant.reason = VariantReason::kNumber;
      variant.terms.push_back({TokenKind::kNumber, number.number.canonical()});
      variant.shown = number.number.canonical();
      word.variants.push_back(std::move(variant));
      query.push_back(std::move(word));
      continue;
    }
    word.typed = text.substr(word.byte_begin, word.byte_end - word.byte_begin);
    for (const Reading& reading : state_->read(word.typed)) {
      Variant variant;
      if (reading.kind == TokenKind::kExact) {
        word.stop_word = reading.stop_word;
        variant = {
            VariantReason::kSame, {{TokenKind::kExact, reading.term}}, false, word.typed, 1.0};
      } else if (reading.kind == TokenKind::kStem && expansion.inflection) {
        variant = {VariantReason::kInflection,
                   {{TokenKind::kStem, reading.term}},
                   false,
                   reading.term + "…",
                   1.0};
      } else {
        continue;
      }
      word.variants.push_back(std::move(variant));
      if (reading.kind != TokenKind::kStem) continue;
      if (expansion.compounds) {
        word.variants.push_back({VariantReason::kCompoundPart,
                                 {{TokenKind::kPart, reading.term}},
                                 false,
                                 "…" + reading.term + "…",
                                 0.3});
      }
      if (expansion.spelling) {
        word.variants.push_back({VariantReason::kSpelling,
                                 {{TokenKind::kBlind, reading.term}},
                                 false,
                                 reading.term,
                                 0.5});
      }
    }
    if (!word.variants.empty()) query.push_back(std::move(word));
  }
  return query;
}

std::string Analyzer::fold(std::string_view word) const { return text::fold_letters(word); }

std::string Analyzer::stem(std::string_view folded) const { return state_->stemmer.stem(folded); }

bool Analyzer::is_stop_word(std::string_view folded) const {
  return state_->words->stop_words.contains(std::string(folded));
}

const WordData& Analyzer::words() const { return *state_->words; }

std::string Analyzer::fingerprint() const {
  return std::string(kCodeVersion) + "-" + state_->words->hash();
}

}  // namespace fundstelle
