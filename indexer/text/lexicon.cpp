// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/lexicon.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "text/fold.h"

namespace fundstelle {

namespace {

/// Share of uses with a capital, sentence beginnings left out, above which a word is a noun.
constexpr double kNounShare = 0.6;
constexpr std::size_t kLongestWord = 60;  // bytes; longer ones are chains nobody writes twice

struct Count {
  std::uint32_t all = 0;
  std::uint32_t inside = 0;          ///< not at the beginning of a sentence, not in capitals only
  std::uint32_t inside_capital = 0;  ///< of these: with a capital
};

bool begins_sentence(std::string_view text, std::uint32_t previous_end, std::uint32_t begin) {
  if (previous_end == 0) return true;
  for (std::uint32_t i = previous_end; i < begin; ++i) {
    switch (text[i]) {
      case '.':
      case '!':
      case '?':
      case ':':
      case '\n':
      case '"':
        return true;
      default:
        break;
    }
  }
  return false;
}

}  // namespace

struct LexiconBuilder::State {
  Limits limits;
  std::unordered_map<std::string, Count> counts;
  std::unordered_map<std::string, LexiconEntry> listed;
  std::string word;

  void forget_rare() {
    std::uint32_t at_most = 1;
    while (counts.size() > limits.max_counted) {
      std::erase_if(counts, [&](const auto& entry) { return entry.second.all <= at_most; });
      ++at_most;
    }
  }
};

LexiconBuilder::LexiconBuilder() : LexiconBuilder(Limits{}) {}
LexiconBuilder::LexiconBuilder(const Limits& limits) : state_(std::make_unique<State>()) {
  state_->limits = limits;
}
LexiconBuilder::~LexiconBuilder() = default;
LexiconBuilder::LexiconBuilder(LexiconBuilder&&) noexcept = default;
LexiconBuilder& LexiconBuilder::operator=(LexiconBuilder&&) noexcept = default;

void LexiconBuilder::add_text(std::string_view text) {
  std::uint32_t previous_end = 0;
  for (const auto& atom : text::scan_atoms(text)) {
    const std::string_view raw = text.substr(atom.begin, atom.end - atom.begin);
    const bool first = begins_sentence(text, previous_end, atom.begin);
    previous_end = atom.end;
    if (atom.digits || raw.size() < 2 || raw.size() > kLongestWord) continue;
    if (raw[0] >= '0' && raw[0] <= '9') continue;
    Count& count = state_->counts[text::fold_letters(raw)];
    ++count.all;
    if (first || text::all_upper(raw)) continue;
    ++count.inside;
    if (text::starts_upper(raw)) ++count.inside_capital;
  }
  state_->forget_rare();
}

void LexiconBuilder::add_counts(const LexiconBuilder& other) {
  for (const auto& [word, count] : other.state_->counts) {
    Count& mine = state_->counts[word];
    mine.all += count.all;
    mine.inside += count.inside;
    mine.inside_capital += count.inside_capital;
  }
  for (const auto& [word, entry] : other.state_->listed) state_->listed.emplace(word, entry);
  state_->forget_rare();
}

void LexiconBuilder::add_word_list(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw TextError(file.string() + ": cannot be read; leave the word list out or install it");
  std::string line;
  while (std::getline(in, line)) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (line.size() < 2 || line.size() > kLongestWord || line[0] == '#') continue;
    const auto atoms = text::scan_atoms(line);
    if (atoms.size() != 1 || atoms[0].end - atoms[0].begin != line.size()) continue;
    LexiconEntry& entry = state_->listed[text::fold_letters(line)];
    entry.listed = true;
    entry.noun = entry.noun || (text::starts_upper(line) && !text::all_upper(line));
  }
}

WordData LexiconBuilder::finish(WordData base) && {
  std::vector<std::pair<std::string, LexiconEntry>> words;
  words.reserve(state_->counts.size() + state_->listed.size());
  for (const auto& [word, count] : state_->counts) {
    const auto listed = state_->listed.find(word);
    const bool is_listed = listed != state_->listed.end();
    if (!is_listed && count.all < state_->limits.min_frequency) continue;
    LexiconEntry entry;
    entry.frequency = count.all;
    entry.listed = is_listed;
    entry.noun = count.inside > 0 ? count.inside_capital > kNounShare * count.inside
                                  : is_listed && listed->second.noun;
    words.emplace_back(word, entry);
  }
  for (const auto& [word, entry] : state_->listed) {
    if (!state_->counts.contains(word)) words.emplace_back(word, entry);
  }
  std::sort(words.begin(), words.end(), [](const auto& a, const auto& b) {
    if (a.second.frequency != b.second.frequency) return a.second.frequency > b.second.frequency;
    return a.first < b.first;
  });
  if (words.size() > state_->limits.max_words) words.resize(state_->limits.max_words);
  base.lexicon.clear();
  base.lexicon.reserve(words.size());
  for (auto& [word, entry] : words) base.lexicon.emplace(std::move(word), entry);
  return base;
}

}  // namespace fundstelle
