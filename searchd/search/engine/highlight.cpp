// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/highlight.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <tuple>

#include "schema/schema.h"

namespace fundstelle::search {
namespace {

std::string_view prefix_of(TokenKind kind) {
  switch (kind) {
    case TokenKind::kExact:
      return schema::kExact;
    case TokenKind::kStem:
      return schema::kStem;
    case TokenKind::kPart:
      return schema::kPart;
    case TokenKind::kBlind:
      return schema::kBlind;
    case TokenKind::kNumber:
      return schema::kNumber;
  }
  return {};
}

/// "TEwort" gives "Ewort": what the same word is called in running text.
std::string text_name(const std::string& name, bool& title) {
  title = name.starts_with(schema::kTitleExact) || name.starts_with(schema::kTitleStem) ||
          name.starts_with(schema::kTitlePart);
  return title ? name.substr(1) : name;
}

TokenKind kind_of(std::string_view name) {
  for (const TokenKind kind :
       {TokenKind::kStem, TokenKind::kPart, TokenKind::kBlind, TokenKind::kNumber}) {
    if (name.starts_with(prefix_of(kind))) return kind;
  }
  return TokenKind::kExact;
}

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }
bool is_lower(char c) {
  return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80) != 0;
}

/// True if a sentence may begin at `at`: after a paragraph, or after . ! ? and a blank, where the
/// word before is longer than an abbreviation.
bool begins_sentence(std::string_view text, std::size_t at) {
  if (at == 0) return true;
  if (!is_blank(text[at - 1])) return false;
  if (at >= 2 && text[at - 1] == '\n' && text[at - 2] == '\n') return true;
  if (at < 3 || is_lower(text[at])) return false;
  const char mark = text[at - 2];
  if (mark == '!' || mark == '?') return true;
  if (mark != '.') return false;
  std::size_t letters = 0;
  for (std::size_t i = at - 2; i > 0 && !is_blank(text[i - 1]) && text[i - 1] != '.'; --i) {
    if (!is_lower(text[i - 1])) break;
    ++letters;
  }
  return letters >= 4;
}

void append(std::vector<SnippetPart>& parts, std::string_view text, bool hit) {
  std::string shown;
  for (const char c : text) {
    if (!is_blank(c)) {
      shown += c;
    } else if ((shown.empty() ? parts.empty() || !parts.back().text.ends_with(' ')
                              : shown.back() != ' ')) {
      shown += ' ';
    }
  }
  if (shown.empty()) return;
  if (!parts.empty() && parts.back().hit == hit) {
    parts.back().text += shown;
  } else {
    parts.push_back({std::move(shown), hit});
  }
}

std::vector<SnippetPart> in_parts(std::string_view text, const std::vector<Occurrence>& occurrences,
                                  std::size_t begin, std::size_t end) {
  std::vector<SnippetPart> parts;
  std::size_t at = begin;
  for (const Occurrence& one : occurrences) {
    if (one.end > end) break;
    if (one.begin < at) continue;
    append(parts, text.substr(at, one.begin - at), false);
    append(parts, text.substr(one.begin, one.end - one.begin), true);
    at = one.end;
  }
  append(parts, text.substr(at, end - at), false);
  return parts;
}

}  // namespace

Highlighter::Highlighter(const PlanNode& root) { add(root); }

std::uint32_t Highlighter::slot_of(const std::string& name) {
  const auto next = static_cast<std::uint32_t>(terms_.size());
  const auto [known, fresh] = slots_.try_emplace(name, next);
  if (fresh) {
    bool title = false;
    const std::string plain = text_name(name, title);
    Term& term = terms_.emplace_back();
    term.name = name;
    term.kind = kind_of(plain);
    term.hash =
        WordPlaces::hash_of(std::string_view(plain).substr(std::min<std::size_t>(1, plain.size())));
  }
  return known->second;
}

std::vector<std::vector<std::string>> Highlighter::slots() const {
  std::vector<std::vector<std::string>> out;
  for (const Term& term : terms_) out.push_back({term.name});
  return out;
}

void Highlighter::add_term(const std::string& name, Meaning meaning) {
  const std::uint32_t slot = slot_of(name);
  auto& known = terms_[slot].meanings;
  for (const Meaning& one : known) {
    if (one.word == meaning.word && one.split == meaning.split && one.part == meaning.part) return;
  }
  known.push_back(meaning);
  bool title = false;
  text_name(name, title);
  if (!title && !name.starts_with(schema::kOwnNumber))
    wanted_.push_back({name, meaning.word, meaning.part, slot});
}

void Highlighter::add_phrase(const Sequence& sequence, std::uint32_t word) {
  Phrase phrase;
  phrase.word = word;
  for (const Sequence::Slot& slot : sequence.slots) {
    const std::string name = text_name(slot.term, phrase.title);
    const std::uint32_t term = slot_of(name);
    if (!phrase.title) wanted_.push_back({name, word, slot.place, term});
    terms_[term].of_phrase = true;
    phrase.slots.emplace_back(slot.place, term);
  }
  phrases_.push_back(std::move(phrase));
}

void Highlighter::add(const PlanNode& node) {
  switch (node.kind) {
    case PlanNode::Kind::kNot:
      return;
    case PlanNode::Kind::kWords:
      for (const PlannedWord& word : node.words) {
        const std::uint32_t number = count_++;
        for (const WeightedTerm& term : word.terms) add_term(term.name, {number, 0, 0});
        if (!word.exact.empty()) add_term(word.exact, {number, 0, 0});
        for (const Sequence& one : word.sequences) add_phrase(one, number);
        for (const WeightedTerm& term : word.loose) add_term(term.name, {number, 0, 0});
        for (const Sequence& one : word.loose_sequences) add_phrase(one, number);
        for (const PlannedWord::Split& split : word.splits) {
          splits_.push_back({static_cast<std::uint32_t>(split.parts.size()), split.window});
          const auto split_number = static_cast<std::uint32_t>(splits_.size() - 1);
          for (std::uint32_t part = 0; part < split.parts.size(); ++part) {
            for (const WeightedTerm& term : split.parts[part]) {
              add_term(term.name, {number, split_number, part});
            }
          }
        }
      }
      break;
    case PlanNode::Kind::kPhrase:
      add_phrase(node.phrase, count_++);
      break;
    case PlanNode::Kind::kPrefix:
      prefixes_.emplace_back(node.prefix, count_++);
      break;
    default:
      break;
  }
  for (const auto& child : node.children) add(*child);
}

std::vector<Occurrence> Highlighter::find(const Analyzer& analyzer, std::string_view text,
                                          bool title) const {
  if (empty()) return {};
  std::vector<Occurrence> found;
  std::vector<Met> met;
  std::string name;
  for (const Token& token : analyzer.analyze(text)) {
    const std::size_t ways = title ? 2 : 1;
    for (std::size_t way = 0; way < ways; ++way) {
      name = way == 0 ? "" : "T";
      name += prefix_of(token.kind);
      name += token.term;
      if (const auto known = slots_.find(name); known != slots_.end()) {
        met.push_back({token.position, known->second, token.byte_begin, token.byte_end});
      }
      if (token.kind == TokenKind::kExact) {
        for (const auto& [prefix, word] : prefixes_) {
          if (name.starts_with(prefix)) {
            found.push_back({token.byte_begin, token.byte_end, word, false});
          }
        }
      }
    }
  }
  return find(met, title, std::move(found));
}

std::vector<Highlighter::Met> Highlighter::meet(
    const std::vector<std::vector<std::uint32_t>>& positions, const WordPlaces& places) const {
  std::vector<Met> met;
  for (std::uint32_t slot = 0; slot < positions.size(); ++slot) {
    const Term& term = terms_[slot];
    for (const std::uint32_t position : positions[slot]) {
      places.find(position, term.kind, term.hash, [&](std::uint32_t begin, std::uint32_t end) {
        met.push_back({position, slot, begin, end});
      });
    }
  }
  std::stable_sort(met.begin(), met.end(),
                   [](const Met& a, const Met& b) { return a.position < b.position; });
  return met;
}

std::vector<Occurrence> Highlighter::find(const std::vector<Met>& met, bool title) const {
  return find(met, title, {});
}

std::vector<Occurrence> Highlighter::find(const std::vector<Met>& met, bool title,
                                          std::vector<Occurrence> found) const {
  struct SplitHit {
    Meaning meaning;
    Occurrence occurrence;
    std::uint32_t position;
  };
  std::vector<SplitHit> split_hits;
  for (const Met& one : met) {
    const Term& term = terms_[one.slot];
    for (const Meaning& meaning : term.meanings) {
      // Parts of the word's own split are no examples of longer words that hold it.
      const Occurrence occurrence{one.begin, one.end, meaning.word,
                                  meaning.split == 0 && term.kind == TokenKind::kPart};
      if (meaning.split == 0) {
        found.push_back(occurrence);
      } else {
        split_hits.push_back({meaning, occurrence, one.position});
      }
    }
  }
  // Parts of a split compound count where all of them are near.
  for (std::size_t at = 0; at < split_hits.size(); ++at) {  // in order of position
    const SplitHit& hit = split_hits[at];
    const Split& split = splits_[hit.meaning.split];
    const std::uint32_t window = split.window == 0 ? UINT32_MAX / 2 : split.window;
    std::vector<bool> seen(split.parts, false);
    std::size_t missing = split.parts;
    const auto look = [&](const SplitHit& other) {
      if (other.meaning.split != hit.meaning.split || seen[other.meaning.part]) return;
      seen[other.meaning.part] = true;
      --missing;
    };
    for (std::size_t i = at; i < split_hits.size() && missing > 0; ++i) {
      if (split_hits[i].position > hit.position + window) break;
      look(split_hits[i]);
    }
    for (std::size_t i = at; i-- > 0 && missing > 0;) {
      if (split_hits[i].position + window < hit.position) break;
      look(split_hits[i]);
    }
    if (missing == 0) found.push_back(hit.occurrence);
  }
  if (!phrases_.empty()) {
    std::vector<Met> places;
    std::copy_if(met.begin(), met.end(), std::back_inserter(places),
                 [&](const Met& one) { return terms_[one.slot].of_phrase; });
    const auto at = [&](std::size_t from, std::uint32_t position,
                        std::uint32_t slot) -> const Met* {
      while (from > 0 && places[from - 1].position == position) --from;
      for (std::size_t i = from; i < places.size() && places[i].position <= position; ++i) {
        if (places[i].position == position && places[i].slot == slot) return &places[i];
      }
      return nullptr;
    };
    for (const Phrase& phrase : phrases_) {
      if (phrase.title && !title) continue;
      for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i].slot != phrase.slots[0].second) continue;
        const Met* last = &places[i];
        for (const auto& [place, slot] : phrase.slots) {
          last = at(i, places[i].position + place, slot);
          if (last == nullptr) break;
        }
        if (last == nullptr) continue;
        found.push_back({places[i].begin, std::max(places[i].end, last->end), phrase.word, false});
      }
    }
  }
  std::sort(found.begin(), found.end(), [](const Occurrence& a, const Occurrence& b) {
    return std::tuple(a.begin, b.end, a.part, a.word) < std::tuple(b.begin, a.end, b.part, b.word);
  });
  std::vector<Occurrence> apart;
  for (const Occurrence& one : found) {
    if (apart.empty() || one.begin >= apart.back().end) apart.push_back(one);
  }
  return apart;
}

std::vector<SnippetPart> make_snippet(std::string_view text,
                                      const std::vector<Occurrence>& occurrences,
                                      std::size_t length, std::size_t& from) {
  // The stretch that holds the most different words, then the most words, then the first.
  const std::size_t inner = length - length / 4;
  std::size_t best = 0, best_end = 0;
  std::pair<std::size_t, std::size_t> best_score{0, 0};
  for (std::size_t i = 0; i < occurrences.size(); ++i) {
    std::vector<std::uint32_t> words;
    std::size_t k = i;
    for (; k < occurrences.size() && occurrences[k].end <= occurrences[i].begin + inner; ++k) {
      if (std::find(words.begin(), words.end(), occurrences[k].word) == words.end()) {
        words.push_back(occurrences[k].word);
      }
    }
    const std::pair<std::size_t, std::size_t> score{words.size(), std::min<std::size_t>(k - i, 4)};
    if (score > best_score) {
      best_score = score;
      best = occurrences[i].begin;
      best_end = k > i ? occurrences[k - 1].end : occurrences[i].end;
    }
  }
  // Back to the beginning of the sentence, or of a word not far before.
  std::size_t begin = best;
  const std::size_t used = std::min(length, best_end - best);
  const std::size_t reach = std::min(best, std::max(length - used, length / 3) * 2 / 3);
  std::size_t word_start = best;
  std::optional<std::size_t> sentence;
  for (std::size_t i = best;; --i) {
    if (begins_sentence(text, i)) {
      sentence = i;
      break;
    }
    if (best - i <= length / 5 && (i == 0 || is_blank(text[i - 1]))) word_start = i;
    if (i == 0 || best - i >= reach) break;
  }
  begin = sentence.value_or(word_start);
  // On to the end of a sentence or word.
  std::size_t end = std::min(text.size(), begin + length);
  end = std::max(end, std::min(text.size(), best_end));
  if (end < text.size()) {
    std::size_t cut = end;
    while (cut > best_end && cut > begin && !is_blank(text[cut])) --cut;
    if (cut <= begin) cut = end;
    std::size_t stop = cut;
    while (stop > begin + length / 2 && stop > best_end && !begins_sentence(text, stop)) --stop;
    end = stop > begin + length / 2 && stop > best_end ? stop : cut;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  }
  while (begin < end && is_blank(text[begin])) ++begin;
  while (end > begin && is_blank(text[end - 1])) --end;
  from = begin;
  std::vector<SnippetPart> parts = in_parts(text, occurrences, begin, end);
  if (parts.empty()) return parts;
  const auto edge = [&](bool front) {
    const std::string dots = front ? "… " : " …";
    if (front && parts.front().hit) {
      parts.insert(parts.begin(), SnippetPart{dots, false});
    } else if (front) {
      parts.front().text.insert(0, dots);
    } else if (parts.back().hit) {
      parts.push_back({dots, false});
    } else {
      parts.back().text += dots;
    }
  };
  if (begin > 0) edge(true);
  if (end < text.size()) edge(false);
  return parts;
}

std::vector<SnippetPart> mark_all(std::string_view text,
                                  const std::vector<Occurrence>& occurrences) {
  return in_parts(text, occurrences, 0, text.size());
}

}  // namespace fundstelle::search
