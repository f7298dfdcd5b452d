// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/highlight.h"

#include <algorithm>
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

void Highlighter::add_term(const std::string& name, Meaning meaning) {
  auto& known = meanings_[name];
  for (const Meaning& one : known) {
    if (one.word == meaning.word && one.split == meaning.split && one.part == meaning.part) return;
  }
  known.push_back(meaning);
  bool title = false;
  text_name(name, title);
  if (!title && !name.starts_with(schema::kOwnNumber))
    wanted_.push_back({name, meaning.word, meaning.part});
}

void Highlighter::add_phrase(const Sequence& sequence, std::uint32_t word) {
  Phrase phrase;
  phrase.word = word;
  for (const Sequence::Slot& slot : sequence.slots) {
    std::string name = text_name(slot.term, phrase.title);
    if (!phrase.title) wanted_.push_back({name, word, slot.place});
    phrase_terms_.insert(name);
    phrase.slots.emplace_back(slot.place, std::move(name));
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
  std::vector<Occurrence> found;
  if (empty()) return found;
  struct SplitHit {
    Meaning meaning;
    Occurrence occurrence;
    std::uint32_t position;
  };
  std::vector<SplitHit> split_hits;
  const std::vector<Token> tokens = analyzer.analyze(text);
  std::string name;
  for (const Token& token : tokens) {
    const std::size_t ways = title ? 2 : 1;
    for (std::size_t way = 0; way < ways; ++way) {
      name = way == 0 ? "" : "T";
      name += prefix_of(token.kind);
      name += token.term;
      if (const auto known = meanings_.find(name); known != meanings_.end()) {
        for (const Meaning& meaning : known->second) {
          // Parts of the word's own split are no examples of longer words that hold it.
          const Occurrence occurrence{token.byte_begin, token.byte_end, meaning.word,
                                      meaning.split == 0 && token.kind == TokenKind::kPart};
          if (meaning.split == 0) {
            found.push_back(occurrence);
          } else {
            split_hits.push_back({meaning, occurrence, token.position});
          }
        }
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
    struct Place {
      std::uint32_t position, begin, end;
      std::string name;
    };
    std::vector<Place> places;
    for (const Token& token : tokens) {
      name = prefix_of(token.kind);
      name += token.term;
      if (!phrase_terms_.contains(name)) continue;
      places.push_back({token.position, token.byte_begin, token.byte_end, name});
    }
    const auto at = [&](std::size_t from, std::uint32_t position,
                        const std::string& term) -> const Place* {
      for (std::size_t i = from; i < places.size() && places[i].position <= position; ++i) {
        if (places[i].position == position && places[i].name == term) return &places[i];
      }
      return nullptr;
    };
    for (const Phrase& phrase : phrases_) {
      if (phrase.title && !title) continue;
      for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i].name != phrase.slots[0].second) continue;
        const Place* last = &places[i];
        for (const auto& [place, term] : phrase.slots) {
          last = at(i, places[i].position + place, term);
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
