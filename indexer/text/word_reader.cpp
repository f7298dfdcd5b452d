// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/word_reader.h"

#include <algorithm>
#include <utility>

#include "text/fold.h"

namespace fundstelle::text {

namespace {
constexpr std::size_t kRememberedWords = 50'000;  // of a generation
}

WordReader::WordReader(std::shared_ptr<const WordData> words)
    : words_(std::move(words)), splitter_(*words_), stemmer_(*words_, splitter_) {}

const Abbreviations& WordReader::abbreviations() {
  if (!abbreviations_) abbreviations_ = std::make_unique<Abbreviations>(*words_, stemmer_);
  return *abbreviations_;
}

void WordReader::append_readings(const std::string& folded, std::vector<Reading>& readings) {
  std::string stem = stemmer_.stem(folded);
  const std::string blind = without_umlauts(folded);
  if (blind != folded) {
    std::string blind_stem = stemmer_.stem(blind);
    if (blind_stem != stem) readings.push_back({TokenKind::kBlind, std::move(blind_stem)});
    readings.push_back({TokenKind::kBlind, "=" + blind});
  }
  const auto parts = splitter_.split(folded);
  std::vector<std::string> stems;
  const auto add = [&](const std::string& base) {
    std::string part = stemmer_.stem(base);
    if (part == stem || std::find(stems.begin(), stems.end(), part) != stems.end()) return;
    stems.push_back(std::move(part));
  };
  for (const auto& part : parts) add(part.base);
  if (parts.size() > 2) {
    for (const auto& inner : splitter_.inner_words(folded, parts)) add(inner);
  }
  readings.push_back({TokenKind::kStem, std::move(stem)});
  for (auto& part : stems) readings.push_back({TokenKind::kPart, std::move(part)});
}

const std::vector<Reading>* WordReader::recall(Remembered& young, Remembered& old) const {
  if (const auto found = young.find(key_); found != young.end()) return &found->second;
  if (young.size() >= kRememberedWords) old = std::exchange(young, {});
  auto met_before = old.extract(key_);
  if (met_before.empty()) return nullptr;
  return &young.insert(std::move(met_before)).position->second;
}

const std::vector<Reading>& WordReader::read(std::string_view raw) {
  key_.assign(raw);
  if (const auto* known = recall(printed_, printed_before_)) return *known;
  std::vector<Reading> readings;
  read(raw, readings);
  return printed_.emplace(key_, std::move(readings)).first->second;
}

void WordReader::read(std::string_view raw, std::vector<Reading>& readings) {
  readings.clear();
  const std::string folded = fold_letters(raw);
  if (folded.empty() || folded.size() > kLongestWord) return;
  const bool stop = is_stop_word(folded);
  readings.push_back({TokenKind::kExact, folded, stop});
  if (!stop) append_readings(folded, readings);
}

const std::vector<Reading>& WordReader::read_opened(const std::string& folded) {
  key_ = folded;
  if (const auto* known = recall(opened_, opened_before_)) return *known;
  std::vector<Reading> readings;
  if (!folded.empty() && folded.size() <= kLongestWord) append_readings(folded, readings);
  return opened_.emplace(key_, std::move(readings)).first->second;
}

}  // namespace fundstelle::text
