// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/lexicon.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "text/compounds.h"
#include "text/fold.h"

namespace fundstelle {

namespace {

/// Share of uses with a capital, sentence beginnings left out, above which a word is a noun.
constexpr double kNounShare = 0.6;
constexpr std::size_t kLongestWord = 60;  // bytes; longer ones are chains nobody writes twice

/// Uses after a title or "Abgeordnete" from which a word is a person's name.
constexpr double kNameShare = 0.25;
constexpr std::uint32_t kLeastNameUses = 2;
/// Below so many uses in the corpus a word list knows better whether a word is a noun.
constexpr std::uint32_t kTrustedUses = 4;

struct Count {
  std::uint32_t all = 0;
  std::uint32_t capital = 0;  ///< anywhere
  std::uint32_t as_name =
      0;  ///< with a capital after "Dr.", "Abgeordneten" and at most one first name
  std::uint32_t inside = 0;          ///< not at the beginning of a sentence, not in capitals only
  std::uint32_t inside_capital = 0;  ///< of these: with a capital
};

/// "Herr" and "Frau" are not here: they precede offices as well (Frau Ministerin).
bool introduces_name(std::string_view folded) {
  return folded == "dr" || folded == "prof" || folded == "abgeordnete" ||
         folded == "abgeordneten" || folded == "abgeordneter" || folded == "abg";
}

bool only_blanks_and_dots(std::string_view between) {
  return between.find_first_not_of(" .\n") == std::string_view::npos;
}

/// A single line break is none: printed lines end anywhere.
bool begins_sentence(std::string_view text, std::uint32_t previous_end, std::uint32_t begin) {
  if (previous_end == 0) return true;
  if (text.substr(previous_end, begin - previous_end).find("\n\n") != std::string_view::npos) {
    return true;
  }
  for (std::uint32_t i = previous_end; i < begin; ++i) {
    switch (text[i]) {
      case '.':
      case '!':
      case '?':
      case ':':
      case '"':
        return true;
      default:
        break;
    }
  }
  return false;
}

/// Part of an address or a file name ("…/kirchenasyl-mit-…"): says nothing about spelling.
bool in_address(std::string_view text, const text::Atom& atom) {
  static constexpr std::string_view kMarks = "/._=@&%?#~";
  const bool after = atom.begin > 0 && kMarks.find(text[atom.begin - 1]) != std::string_view::npos;
  const bool before = atom.end + 1u < text.size() &&
                      kMarks.find(text[atom.end]) != std::string_view::npos &&
                      text[atom.end + 1] != ' ' && text[atom.end + 1] != '\n';
  return after || before;
}

/// "Impf- und Testpflicht", "kirchenasyl-mit": no word of its own.
bool before_hyphen(std::string_view text, const text::Atom& atom) {
  return atom.end < text.size() && text[atom.end] == '-';
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
  int since_title = 9;  // words since a title, if only names and blanks lie between
  for (const auto& atom : text::scan_atoms(text)) {
    const std::string_view raw = text.substr(atom.begin, atom.end - atom.begin);
    const bool first = begins_sentence(text, previous_end, atom.begin);
    const bool joined = only_blanks_and_dots(text.substr(previous_end, atom.begin - previous_end));
    previous_end = atom.end;
    since_title = joined && text::starts_upper(raw) ? since_title + 1 : 9;
    if (atom.digits || raw.size() < 2 || raw.size() > kLongestWord) continue;
    if (raw[0] >= '0' && raw[0] <= '9') continue;
    if (in_address(text, atom)) continue;
    if (before_hyphen(text, atom) && (!text::starts_upper(raw) || atom.end + 1u >= text.size() ||
                                      text[atom.end + 1] == ' ' || text[atom.end + 1] == ',')) {
      continue;
    }
    std::string folded = text::fold_letters(raw);
    const bool title = introduces_name(folded);
    Count& count = state_->counts[std::move(folded)];
    ++count.all;
    if (text::starts_upper(raw)) ++count.capital;
    if (title) {
      since_title = 0;
    } else if (since_title == 1 || since_title == 2) {
      ++count.as_name;
    }
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
    mine.capital += count.capital;
    mine.as_name += count.as_name;
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
  // A word list gives a word that exists in both cases in lower case only (arten, schulen); another
  // form with a capital tells the noun.
  const auto listed_noun = [&](const std::string& word) {
    const auto has_capital = [&](const std::string& form) {
      const auto found = state_->listed.find(form);
      return found != state_->listed.end() && found->second.noun;
    };
    if (has_capital(word) || has_capital(word + "s") || has_capital(word + "es")) return true;
    for (const std::string_view ending : {"n", "en", "e", "er"}) {
      if (word.size() > ending.size() + 2 && word.ends_with(ending) &&
          has_capital(word.substr(0, word.size() - ending.size()))) {
        return true;
      }
    }
    return false;
  };
  for (const auto& [word, count] : state_->counts) {
    const auto listed = state_->listed.find(word);
    const bool is_listed = listed != state_->listed.end();
    if (!is_listed && count.all < state_->limits.min_frequency) continue;
    LexiconEntry entry;
    entry.frequency = count.all;
    entry.listed = is_listed;
    if (count.inside >= kTrustedUses || (count.inside > 0 && !is_listed)) {
      entry.noun = count.inside_capital > kNounShare * count.inside;
    } else {
      entry.noun = is_listed ? listed_noun(word) : count.capital == count.all;
    }
    entry.name = count.as_name >= kLeastNameUses && count.as_name > kNameShare * count.all;
    words.emplace_back(word, entry);
  }
  for (const auto& [word, entry] : state_->listed) {
    if (state_->counts.contains(word)) continue;
    words.emplace_back(word, entry);
    words.back().second.noun = listed_noun(word);
  }
  // If there are too many, the rarest words of the corpus go; the lists stay.
  std::sort(words.begin(), words.end(), [](const auto& a, const auto& b) {
    if (a.second.listed != b.second.listed) return a.second.listed;
    if (a.second.frequency != b.second.frequency) return a.second.frequency > b.second.frequency;
    return a.first < b.first;
  });
  if (words.size() > state_->limits.max_words) words.resize(state_->limits.max_words);
  base.lexicon.clear();
  base.lexicon.reserve(words.size());
  for (auto& [word, entry] : words) base.lexicon.emplace(std::move(word), entry);
  text::learn_productivity(base);
  return base;
}

}  // namespace fundstelle
