// SPDX-License-Identifier: GPL-3.0-or-later
#include "suggest/speller.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>

#include "text/compounds.h"
#include "text/fold.h"
#include "text/stemmer.h"

namespace fundstelle::suggest {
namespace {

/// Shorter words are too near to too many others. Bytes of the folded word.
constexpr std::size_t kShortest = 4;
constexpr std::size_t kLongest = 40;
constexpr std::size_t kTwoEditsInPart = 8;
constexpr std::size_t kTwoEdits = 6;  ///< from so many letters on two errors are thought of
/// Uses in the corpus a suggestion needs: an unlisted word may be an error made three times.
constexpr std::uint32_t kLeastListed = 2;
constexpr std::uint32_t kLeastUnlisted = 8;
/// An unlisted word of the corpus is doubted if a word near by is used so many times as often.
constexpr double kDoubtRatio = 100;
constexpr std::uint64_t kMostDoubted = 5;  ///< documents; a word in more is no error
/// Cost that a word used e times as often is worth.
constexpr double kFrequencyWorth = 0.1;
constexpr double kPartPenalty = 0.5;  ///< for a compound perhaps never seen
/// A first part is counted in words of the lexicon, not in uses.
constexpr std::uint32_t kUsesOfPart = 10;
constexpr double kSmallError = 0.7;
constexpr double kOneError = 0.96;
constexpr std::uint32_t kLeastUses = 6;  ///< of a word that is more than a small error away
constexpr double kCutCost = 0.9;
/// Collections with fewer running words need fewer uses for the same certainty.
constexpr std::uint64_t kFullCollection = 1'000'000;
constexpr std::uint32_t kLeastInSmall = 2;
constexpr std::size_t kLeastPart = 4;
constexpr std::uint32_t kLeastPartUses = 5;
constexpr std::uint32_t kLeastCutUses = 30;
constexpr std::size_t kMostCorrections = 4;

/// The dearest error believed of a word with so many letters.
double most_cost(std::size_t letters) {
  if (letters < 5) return 0.65;
  if (letters < 6) return 0.9;
  if (letters < 8) return 1.1;
  if (letters < 11) return 1.5;
  return 1.9;
}

bool only_letters(std::string_view folded) {
  return std::all_of(folded.begin(), folded.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

enum class Verdict : std::uint8_t {
  kFine,
  /// A compound of words, one of which the collection never uses: it may be an error that happens
  /// to give a word ("Wandrung").
  kUnusualCompound,
  kDoubtful,
};

/// A word nobody has printed, with the letters of `written` where they agree:
/// "fluechtlingsunterkunft" after "Flüchtlingsunterkumft" is "Flüchtlingsunterkunft".
std::string as_written(const std::string& folded, const std::string& written) {
  std::vector<std::size_t> begins;  // of letters in `written`
  for (std::size_t at = 0; at < written.size();) {
    begins.push_back(at);
    const text::CodePoint letter = text::decode(written, at);
    if (letter.bytes == 0) return folded;
    at += letter.bytes;
  }
  begins.push_back(written.size());
  const auto fold = [&](std::size_t from, std::size_t to) {
    return text::fold_letters(
        std::string_view(written).substr(begins[from], begins[to] - begins[from]));
  };
  const std::size_t letters = begins.size() - 1;
  std::size_t head = 0;
  while (head < letters && folded.starts_with(fold(0, head + 1))) ++head;
  const std::size_t taken = fold(0, head).size();
  std::size_t tail = letters;
  while (tail > head && std::string_view(folded).substr(taken).ends_with(fold(tail - 1, letters))) {
    --tail;
  }
  const std::size_t kept = fold(tail, letters).size();
  return written.substr(0, begins[head]) + folded.substr(taken, folded.size() - taken - kept) +
         written.substr(begins[tail]);
}

}  // namespace

struct Speller::State {
  explicit State(std::shared_ptr<const WordData> data)
      : words(std::move(data)), splitter(*words), stemmer(*words, splitter) {
    for (const auto& [word, entry] : words->lexicon) running_words += entry.frequency;
    for (const auto& [word, entry] : words->lexicon) {
      const std::uint32_t least = entry.listed ? kLeastListed : uses_needed(kLeastUnlisted);
      if (entry.frequency < least || word.size() < 3 || word.size() > kLongest ||
          !only_letters(word)) {
        continue;
      }
      dictionary.push_back(word);
    }
    std::sort(dictionary.begin(), dictionary.end());
    tree = WordTree(dictionary);
    for (const auto& [part, count] : words->modifiers) {
      if (part.size() >= kLeastPart && part.size() <= kLongest && only_letters(part)) {
        modifiers.push_back(part);
      }
    }
    std::sort(modifiers.begin(), modifiers.end());
    modifier_tree = WordTree(modifiers);
  }

  /// `uses` of a full collection, scaled down to this one.
  [[nodiscard]] std::uint32_t uses_needed(std::uint32_t uses) const {
    if (running_words >= kFullCollection) return uses;
    return std::max(kLeastInSmall,
                    static_cast<std::uint32_t>(uses * running_words / kFullCollection));
  }

  [[nodiscard]] const LexiconEntry* find(std::string_view word) const {
    const auto found = words->lexicon.find(std::string(word));
    return found == words->lexicon.end() ? nullptr : &found->second;
  }
  [[nodiscard]] std::uint32_t uses(std::string_view word) const {
    const LexiconEntry* entry = find(word);
    return entry == nullptr ? 0 : entry->frequency;
  }

  [[nodiscard]] std::string stem(const std::string& folded) {
    const std::lock_guard lock(mutex);
    return stemmer.stem(folded);
  }

  /// Is it spelt right, as far as anyone can tell?
  [[nodiscard]] Verdict judge(const std::string& folded, std::uint64_t documents) {
    if (words->stop_words.contains(folded) || words->abbreviations.contains(folded))
      return Verdict::kFine;
    const LexiconEntry* entry = find(folded);
    if (entry != nullptr && (entry->listed || entry->name)) return Verdict::kFine;
    if (documents > kMostDoubted) return Verdict::kFine;
    // Cutting and stemming keep state.
    const std::lock_guard lock(mutex);
    if (const auto& parts = splitter.split(folded); !parts.empty()) {
      const bool used =
          std::all_of(parts.begin(), parts.end(), [&](const text::CompoundPart& part) {
            return uses(part.base) > 0 ||
                   uses(std::string_view(folded).substr(part.begin, part.end - part.begin)) > 0;
          });
      return used ? Verdict::kFine : Verdict::kUnusualCompound;
    }
    // An inflection no list has, of a word one has.
    for (const std::string_view ending : {"en", "er", "es", "e", "n", "s"}) {
      if (!folded.ends_with(ending) || folded.size() < ending.size() + 4) continue;
      const LexiconEntry* base =
          find(std::string_view(folded).substr(0, folded.size() - ending.size()));
      if (base != nullptr && base->listed) return Verdict::kFine;
    }
    return Verdict::kDoubtful;
  }

  std::shared_ptr<const WordData> words;
  std::uint64_t running_words = 0;
  std::mutex mutex;
  text::CompoundSplitter splitter;
  text::Stemmer stemmer;
  std::vector<std::string_view> dictionary, modifiers;  // words of the lexicon
  WordTree tree, modifier_tree;
};

Speller::Speller(std::shared_ptr<const WordData> words)
    : state_(std::make_unique<State>(std::move(words))) {}
Speller::~Speller() = default;

std::vector<std::string> Speller::corrections(std::string_view typed,
                                              std::uint64_t documents) const {
  const std::string word(typed);
  if (word.size() < kShortest || word.size() > kLongest || !only_letters(word)) return {};
  const Verdict verdict = state_->judge(word, documents);
  if (verdict == Verdict::kFine) return {};
  struct Candidate {
    double score = 0;
    std::string word;
  };
  std::vector<Candidate> candidates;
  const double dearest = most_cost(word.size());
  const double own_uses = std::max<double>(state_->uses(word), static_cast<double>(documents));
  const auto offer = [&](std::string suggested, double cost, double uses) {
    if (cost <= 0 || cost > dearest ||
        uses < (cost > kSmallError ? state_->uses_needed(kLeastUses) : 1))
      return;
    if (verdict == Verdict::kUnusualCompound && (cost > kOneError || uses < kLeastCutUses)) return;
    if (own_uses > 0 && uses < kDoubtRatio * own_uses) return;
    candidates.push_back({cost - kFrequencyWorth * std::log(1 + uses), std::move(suggested)});
  };

  const unsigned edits = word.size() < kTwoEdits ? 1 : 2;
  for (const std::uint32_t near : state_->tree.near(word, edits)) {
    const std::string_view other = state_->dictionary[near];
    if (other == word) continue;
    offer(std::string(other), edit_cost(word, other), state_->uses(other));
  }

  const std::uint32_t part_uses = state_->uses_needed(kLeastPartUses);
  // One part of a compound misspelt: the other must be known as it stands.
  const std::size_t last_cut = verdict == Verdict::kDoubtful ? word.size() : 0;
  for (std::size_t cut = kLeastPart; cut + kLeastPart <= last_cut; ++cut) {
    const std::string_view first = std::string_view(word).substr(0, cut);
    const std::string_view last = std::string_view(word).substr(cut);
    const auto modifier = state_->words->modifiers.find(std::string(first));
    if (modifier != state_->words->modifiers.end()) {
      for (const std::uint32_t near :
           state_->tree.near(last, last.size() < kTwoEditsInPart ? 1 : 2)) {
        const std::string_view head = state_->dictionary[near];
        const LexiconEntry* entry = state_->find(head);
        if (head == last || head.size() < kLeastPart || entry == nullptr || !entry->noun ||
            entry->name || entry->frequency < part_uses) {
          continue;
        }
        offer(std::string(first) + std::string(head), edit_cost(last, head) + kPartPenalty,
              std::min(entry->frequency, kUsesOfPart * modifier->second));
      }
    }
    const LexiconEntry* head = state_->find(last);
    if (head != nullptr && head->noun && !head->name && head->frequency >= part_uses) {
      for (const std::uint32_t near :
           state_->modifier_tree.near(first, first.size() < kTwoEditsInPart ? 1 : 2)) {
        const std::string_view part = state_->modifiers[near];
        if (part == first) continue;
        const auto counted = state_->words->modifiers.find(std::string(part));
        offer(std::string(part) + std::string(last), edit_cost(first, part) + kPartPenalty,
              std::min(head->frequency, kUsesOfPart * counted->second));
      }
    }
    // Two words written as one; two nouns would be a compound.
    const LexiconEntry* left = state_->find(first);
    const std::uint32_t uses = std::min(state_->uses(first), state_->uses(last));
    if (uses >= kLeastCutUses && !left->noun &&
        !state_->words->stop_words.contains(std::string(last))) {
      offer(std::string(first) + " " + std::string(last), kCutCost, uses / 10.0);
    }
  }

  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.score != b.score ? a.score < b.score : a.word < b.word;
  });
  std::vector<std::string> out;
  const std::string stem = state_->stem(word);
  for (Candidate& candidate : candidates) {
    if (out.size() == kMostCorrections) break;
    // Another form of the same word is found anyway.
    if (state_->stem(candidate.word) == stem) return {};
    if (std::find(out.begin(), out.end(), candidate.word) == out.end()) {
      out.push_back(std::move(candidate.word));
    }
  }
  return out;
}

std::string Speller::joined(std::string_view first, std::uint64_t first_documents,
                            std::string_view second, std::uint64_t second_documents) const {
  const std::string whole = std::string(first) + std::string(second);
  if (whole.size() > kLongest || !only_letters(whole) || first.size() < 2 || second.size() < 2) {
    return {};
  }
  const std::uint32_t uses = state_->uses(whole);
  const LexiconEntry* left = state_->find(first);
  const LexiconEntry* right = state_->find(second);
  const bool known = uses >= kLeastListed;
  // "Flüchtlings unterkunft": the first word is none by itself.
  const auto no_word = [&](const LexiconEntry* entry, std::uint64_t documents) {
    return documents == 0 || ((entry == nullptr || !entry->listed) && 10 * documents < uses);
  };
  const bool stump = (left == nullptr || !left->listed) && first.ends_with('s') &&
                     state_->words->modifiers.contains(std::string(first)) && right != nullptr &&
                     right->noun;
  if (stump) return whole;
  if (known && (no_word(left, first_documents) || no_word(right, second_documents))) return whole;
  return {};
}

Spelling Speller::suggest(const std::string& typed, const std::vector<TypedWord>& words,
                          const Index& index) const {
  Spelling out;
  std::string query = typed;
  const auto replace = [](const std::string& text, const std::string& from,
                          const std::string& to) -> std::string {
    const std::size_t at = place_of_word(text, from);
    return at == std::string::npos ? "" : text.substr(0, at) + to + text.substr(at + from.size());
  };
  const auto printed = [&](const std::string& folded, const std::string& written) {
    const std::size_t blank = folded.find(' ');
    if (blank == std::string::npos) {
      std::string shown = index.printed(folded);
      return shown == folded ? as_written(folded, written) : shown;
    }
    return index.printed(folded.substr(0, blank)) + " " + index.printed(folded.substr(blank + 1));
  };

  std::size_t looked = 0;
  for (std::size_t i = 0; i < words.size() && looked < kMostWords; ++i) {
    const std::string folded = text::fold_letters(words[i].typed);
    if (i + 1 < words.size()) {
      const std::string whole =
          joined(folded, words[i].documents, text::fold_letters(words[i + 1].typed),
                 words[i + 1].documents);
      if (!whole.empty()) {
        const std::string both = words[i].typed + " " + words[i + 1].typed;
        const std::string shown = printed(whole, words[i].typed + words[i + 1].typed);
        const std::string next = replace(query, both, shown);
        if (!next.empty()) {
          ++looked;
          query = next;
          out.changes.push_back({both, shown});
          ++i;
          continue;
        }
      }
    }
    const std::vector<std::string> better = corrections(folded, words[i].documents);
    if (better.empty()) continue;
    ++looked;
    for (const std::string& one : better) {
      const std::string shown = printed(one, words[i].typed);
      const std::string next = replace(query, words[i].typed, shown);
      if (next.empty() || next == query) continue;
      // By itself: other words may be misspelt as well.
      if (index.hits(shown) == 0) continue;
      query = next;
      out.changes.push_back({words[i].typed, shown});
      break;
    }
  }
  if (!out.changes.empty() && index.hits(query) > 0) {
    out.query = query;
  } else {
    out.changes.clear();
  }
  return out;
}

}  // namespace fundstelle::suggest
