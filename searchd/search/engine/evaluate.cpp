// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/evaluate.h"

#include <algorithm>

#include "query/limits.h"
#include "schema/schema.h"
#include "search/engine/memory.h"

namespace fundstelle::search {
namespace {

using Kind = PlanNode::Kind;

/// For Deadline::step: reading the places of a term in one entry, a term of the index.
constexpr std::uint32_t kWorkOfPositions = 16, kWorkOfTerm = 8;
/// Entries of which places were read; then what was mapped meanwhile is looked after.
constexpr std::uint32_t kEntriesBetween = 256;

std::string join(const std::vector<WeightedTerm>& terms) {
  std::string out;
  for (const WeightedTerm& term : terms) {
    out += term.name;
    out += '\x1F';
    out += std::to_string(term.unit);
    out += '\x1E';
  }
  return out;
}
std::string join(const Sequence& sequence) {
  std::string out;
  for (const Sequence::Slot& slot : sequence.slots) {
    out += std::to_string(slot.place);
    out += '\x1F';
    out += slot.term;
    out += '\x1E';
  }
  return out;
}

std::vector<Gid> to_vector(const Roaring& set) {
  std::vector<Gid> out(set.cardinality());
  set.toUint32Array(out.data());
  return out;
}

/// True if one number of each list lies within `window` of all others. Lists ascending, not empty.
bool within_window(const std::vector<std::vector<std::uint32_t>>& lists, std::uint32_t window) {
  std::vector<std::size_t> at(lists.size(), 0);
  while (true) {
    std::size_t smallest = 0;
    std::uint32_t least = UINT32_MAX, most = 0;
    for (std::size_t i = 0; i < lists.size(); ++i) {
      const std::uint32_t value = lists[i][at[i]];
      if (value < least) {
        least = value;
        smallest = i;
      }
      most = std::max(most, value);
    }
    if (most - least <= window) return true;
    if (++at[smallest] == lists[smallest].size()) return false;
  }
}

}  // namespace

Evaluator::Evaluator(Reader& reader, Unit unit, Within within)
    : reader_(reader), snapshot_(reader.snapshot), unit_(unit), within_(within) {}

std::string Evaluator::key(char kind, const std::string& rest) const {
  const char where = within_ == Within::kQuestion ? 'q' : within_ == Within::kAnswer ? 'a' : 't';
  // Of a list's making only the limit of wildcards can change while a revision stands.
  return std::string{unit_ == Unit::kDocument ? 'd' : 'p', where, kind} + rest + '\x1B' +
         std::to_string(query_limits().wildcard_words);
}

Postings Evaluator::decode(const std::vector<WeightedTerm>& terms,
                           const std::vector<std::pair<List, float>>& lists) const {
  Gatherer& sums = reader_.gatherer;
  for (const WeightedTerm& term : terms) {
    if (term.name.size() > schema::kMaxTermBytes) continue;
    if (schema::is_text_term(term.name)) {
      sums.add(unit_, term.name, term.unit, reader_.deadline);
    } else {
      for (const Gid gid : reader_.filtered(unit_, term.name)) sums.add(gid, term.unit);
    }
  }
  std::vector<Gid> ids;
  for (const auto& [list, weight] : lists) {
    reader_.deadline.check();
    list->ids(ids);
    list->tf.for_each(
        [&, factor = weight](std::size_t i, float tf) { sums.add(ids[i], tf * factor); });
  }
  return sums.take(unit_);
}

Evaluator::List Evaluator::group(const std::vector<WeightedTerm>& terms,
                                 const std::vector<Sequence>& sequences) const {
  std::string rest = join(terms);
  for (const Sequence& one : sequences) {
    rest += '\x1D' + join(one) + std::to_string(one.weight);
  }
  return snapshot_.cache.get(key('g', rest), [&] {
    std::vector<std::pair<List, float>> lists;
    for (const Sequence& one : sequences) lists.emplace_back(sequence(one), one.weight);
    if (within_ == Within::kText) return decode(terms, lists);
    for (const WeightedTerm& term : terms) lists.emplace_back(in_zone(term.name), term.unit);
    return decode({}, lists);
  });
}

Evaluator::List Evaluator::sequence(const Sequence& wanted) const {
  if (wanted.slots.size() == 1) {
    return group({{wanted.slots[0].term, static_cast<float>(schema::kWholeWdf)}}, {});
  }
  return snapshot_.cache.get(key('s', join(wanted)), [&] {
    std::vector<Gid> ids;
    std::vector<float> counts;
    Roaring candidates = snapshot_.space(unit_).alive;
    std::vector<std::pair<std::size_t, const Sequence::Slot*>> by_rarity;
    for (const Sequence::Slot& slot : wanted.slots) {
      const List list = group({{slot.term, 1}}, {});
      by_rarity.emplace_back(list->size(), &slot);
      candidates &= list->set;
    }
    std::sort(by_rarity.begin(), by_rarity.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::vector<std::string>> slots;
    for (const auto& [frequency, slot] : by_rarity) slots.push_back({slot->term});
    TermFinder finder(snapshot_, std::move(slots));
    std::vector<std::uint32_t> begins, kept;
    for (const Gid gid : to_vector(candidates)) {
      const auto& positions = places_in(finder, gid);
      begins.clear();
      for (std::size_t i = 0; i < by_rarity.size(); ++i) {
        const std::uint32_t place = by_rarity[i].second->place;
        if (i == 0) {
          for (const std::uint32_t position : positions[i]) {
            if (position >= place) begins.push_back(position - place);
          }
        } else {
          kept.clear();
          for (const std::uint32_t begin : begins) {
            if (std::binary_search(positions[i].begin(), positions[i].end(), begin + place)) {
              kept.push_back(begin);
            }
          }
          begins.swap(kept);
        }
        if (begins.empty()) break;
      }
      keep_in_zone(gid, begins, wanted.slots.back().place + 1);
      if (begins.empty()) continue;
      ids.push_back(gid);
      counts.push_back(static_cast<float>(begins.size() * schema::kWholeWdf));
    }
    return Postings(ids, counts);
  });
}

std::vector<std::string> Evaluator::expand_prefix(const std::string& prefix,
                                                  std::size_t& found) const {
  std::unordered_map<std::string, std::uint32_t> frequency;
  reader_.each_term(unit_, prefix, [&](const std::string& term, std::uint32_t entries) {
    reader_.deadline.step(kWorkOfTerm);
    frequency[term] += entries;
  });
  found = frequency.size();
  std::vector<std::pair<std::uint32_t, std::string>> terms;
  for (auto& [term, count] : frequency) terms.emplace_back(count, term);
  const auto more = [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  };
  const auto middle = terms.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(
                                          query_limits().wildcard_words, terms.size()));
  std::partial_sort(terms.begin(), middle, terms.end(), more);
  std::vector<std::string> out;
  for (auto it = terms.begin(); it != middle; ++it) out.push_back(it->second);
  return out;
}

Evaluator::List Evaluator::prefix(const std::string& wanted) const {
  return snapshot_.cache.get(key('x', wanted), [&] {
    std::size_t found = 0;
    std::vector<WeightedTerm> terms;
    for (std::string& term : expand_prefix(wanted, found)) {
      terms.push_back({std::move(term), static_cast<float>(schema::kWholeWdf)});
    }
    std::vector<std::pair<List, float>> zones;
    if (within_ != Within::kText) {
      for (const WeightedTerm& term : terms) zones.emplace_back(in_zone(term.name), term.unit);
    }
    Postings out = within_ == Within::kText ? decode(terms, {}) : decode({}, zones);
    if (found > terms.size()) {
      out.note = "nur die " + std::to_string(terms.size()) + " häufigsten von " +
                 std::to_string(found) + " Wörtern mit diesem Anfang";
    }
    return out;
  });
}

Evaluator::List Evaluator::split(const PlannedWord& word, const PlannedWord::Split& wanted) const {
  std::string rest;
  for (const auto& part : wanted.parts) rest += '\x1D' + join(part);
  rest += std::to_string(wanted.window);
  return snapshot_.cache.get(key('c', rest + '\x1C' + join(word.terms)), [&] {
    Roaring candidates = snapshot_.space(unit_).alive;
    for (const auto& part : wanted.parts) candidates &= group(part, {})->set;
    // A document with the whole word has all parts at one place.
    const List whole = group_of(word);
    std::vector<Gid> ids;
    std::vector<std::vector<std::string>> slots;
    for (const auto& part : wanted.parts) {
      std::vector<std::string>& slot = slots.emplace_back();
      for (const WeightedTerm& term : part) slot.push_back(term.name);
    }
    TermFinder finder(snapshot_, std::move(slots));
    for (const Gid gid : to_vector(candidates)) {
      bool near = wanted.window == 0 || whole->set.contains(gid);
      if (!near) {
        std::vector<std::vector<std::uint32_t>> positions = places_in(finder, gid);
        for (auto& list : positions) keep_in_zone(gid, list, 1);
        near = std::none_of(positions.begin(), positions.end(),
                            [](const auto& list) { return list.empty(); }) &&
               within_window(positions, wanted.window);
      }
      if (near) ids.push_back(gid);
    }
    return Postings(ids, std::vector<float>(ids.size(), 1));
  });
}

Roaring Evaluator::near_candidates(const PlanNode& node) const {
  Roaring out = snapshot_.space(unit_).alive;
  for (const auto& child : node.children) out &= matches(*child, true);
  return out;
}

void Evaluator::before_reading(Gid gid) const {
  const std::uint32_t texts = unit_ == Unit::kDocument ? snapshot_.passage_count[gid] + 1 : 1;
  reader_.deadline.step(kWorkOfPositions * std::min(texts, 64U));
  thread_local std::uint32_t read = 0;
  if (++read % kEntriesBetween == 0) give_up_mapped(snapshot_);
}

const std::vector<std::vector<std::uint32_t>>& Evaluator::places_in(TermFinder& finder,
                                                                    Gid gid) const {
  before_reading(gid);
  return finder.positions(unit_, gid);
}

/// Terms of a node of NEAR, by what they are to be told apart: starts() asks in the same order.
void Evaluator::near_slots(const PlanNode& node, std::vector<std::vector<std::string>>& out) const {
  const auto add_sequence = [&](const Sequence& sequence) {
    for (const Sequence::Slot& slot : sequence.slots) out.push_back({slot.term});
  };
  switch (node.kind) {
    case Kind::kWords:
      for (const PlannedWord& word : node.words) {
        std::vector<std::string> terms;
        for (const WeightedTerm& term : word.terms) terms.push_back(term.name);
        if (!word.exact.empty()) terms.push_back(word.exact);
        out.push_back(std::move(terms));
        for (const Sequence& one : word.sequences) add_sequence(one);
      }
      break;
    case Kind::kPrefix: {
      std::size_t found = 0;
      out.push_back(expand_prefix(node.prefix, found));
      break;
    }
    case Kind::kPhrase:
      add_sequence(node.phrase);
      break;
    default:
      for (const auto& child : node.children) near_slots(*child, out);
  }
}

/// Where a node of NEAR is met; `at` is the place of its first slot among `places`.
void Evaluator::starts(const PlanNode& node, const std::vector<std::vector<std::uint32_t>>& places,
                       std::size_t& at, std::vector<std::uint32_t>& out) {
  const auto add_slot = [&] {
    out.insert(out.end(), places[at].begin(), places[at].end());
    ++at;
  };
  switch (node.kind) {
    case Kind::kWords:
      for (const PlannedWord& word : node.words) {
        add_slot();
        for (const Sequence& one : word.sequences) sequence_starts(one, places, at, out);
      }
      break;
    case Kind::kPrefix:
      add_slot();
      break;
    case Kind::kPhrase:
      sequence_starts(node.phrase, places, at, out);
      break;
    default:
      for (const auto& child : node.children) starts(*child, places, at, out);
  }
}

/// Every word of every occurrence: what stands right after a long phrase is near it.
void Evaluator::sequence_starts(const Sequence& sequence,
                                const std::vector<std::vector<std::uint32_t>>& places,
                                std::size_t& at, std::vector<std::uint32_t>& out) {
  const std::size_t slot = at;
  at += sequence.slots.size();
  for (const std::uint32_t first : places[slot]) {
    if (first < sequence.slots[0].place) continue;
    const std::uint32_t begin = first - sequence.slots[0].place;
    bool all = true;
    for (std::size_t i = 1; i < sequence.slots.size() && all; ++i) {
      const std::vector<std::uint32_t>& list = places[slot + i];
      all = std::binary_search(list.begin(), list.end(), begin + sequence.slots[i].place);
    }
    if (!all) continue;
    for (const Sequence::Slot& one : sequence.slots) out.push_back(begin + one.place);
  }
}

Evaluator::List Evaluator::near(const PlanNode& node) const {
  std::vector<Gid> ids;
  const Roaring candidates = near_candidates(node);
  std::vector<std::vector<std::string>> slots;
  for (const auto& child : node.children) near_slots(*child, slots);
  TermFinder finder(snapshot_, std::move(slots));
  std::vector<std::vector<std::uint32_t>> positions(node.children.size());
  for (const Gid gid : to_vector(candidates)) {
    const auto& places = places_in(finder, gid);
    std::size_t at = 0;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      positions[i].clear();
      starts(*node.children[i], places, at, positions[i]);
      std::sort(positions[i].begin(), positions[i].end());
      keep_in_zone(gid, positions[i], 1);
    }
    if (std::any_of(positions.begin(), positions.end(),
                    [](const auto& list) { return list.empty(); }) ||
        !within_window(positions, node.distance)) {
      continue;
    }
    ids.push_back(gid);
  }
  return std::make_shared<Postings>(
      ids, std::vector<float>(ids.size(), static_cast<float>(schema::kWholeWdf)));
}

Roaring Evaluator::of_documents(Roaring documents) const {
  if (unit_ == Unit::kDocument) return documents;
  Roaring out;
  for (const Gid gid : documents) {
    const std::uint64_t first = snapshot_.first_passage[gid];
    out.addRange(first, first + snapshot_.passage_count[gid]);
  }
  return out;
}

Roaring Evaluator::by_column(const PlanNode& node) const {
  std::vector<Gid> found;
  const FacetColumn& legislature = snapshot_.facet(Facet::kLegislature);
  for (const Gid gid : snapshot_.documents.alive) {
    bool inside = false;
    if (node.kind == Kind::kDate) {
      inside = snapshot_.date[gid] != 0 && snapshot_.date[gid] >= node.from &&
               snapshot_.date[gid] <= node.to;
    } else {
      legislature.for_each(
          gid, [&](std::uint32_t value) { inside = value >= node.from && value <= node.to; });
    }
    if (inside) found.push_back(gid);
  }
  return Roaring(found.size(), found.data());
}

Roaring Evaluator::matches(const PlannedWord& word) const {
  if (ranking_ != nullptr) return scored({nullptr, &word}, *ranking_)->matched();
  Roaring out = group_of(word)->set;
  for (const auto& one : word.splits) out |= split(word, one)->set;
  return out;
}

Roaring Evaluator::matches(const PlanNode& node, bool any) const {
  reader_.deadline.check();
  const Roaring& alive = snapshot_.space(unit_).alive;
  switch (node.kind) {
    case Kind::kAll:
      return alive;
    case Kind::kNothing:
      return {};
    case Kind::kWords: {
      Roaring out = matches(node.words[0]);
      for (const PlannedWord& word : node.words) {
        if (any && word.has_loose()) out |= group(word.loose, word.loose_sequences)->set;
      }
      for (std::size_t i = 1; i < node.words.size(); ++i) {
        if (any) {
          out |= matches(node.words[i]);
        } else if (!out.isEmpty()) {
          out &= matches(node.words[i]);
        }
      }
      return out;
    }
    case Kind::kPhrase:
      if (ranking_ != nullptr) return scored({&node, nullptr}, *ranking_)->matched();
      return sequence(node.phrase)->set;
    case Kind::kPrefix:
      if (ranking_ != nullptr) return scored({&node, nullptr}, *ranking_)->matched();
      return prefix(node.prefix)->set;
    case Kind::kNear:
      return near(node)->set;
    case Kind::kTerms: {
      Roaring out = alive;
      for (const std::string& term : node.terms) out &= filter(term)->set;
      return out;
    }
    case Kind::kAnyTerm: {
      Roaring out;
      for (const std::string& term : node.terms) out |= filter(term)->set;
      return out;
    }
    case Kind::kTitle:
      if (unit_ == Unit::kDocument) return matches(*node.children[0], any);
      return of_documents(Evaluator(reader_, Unit::kDocument).matches(*node.children[0], any));
    case Kind::kQuestions: {
      const Roaring inside = in_questions(node, any);
      if (unit_ == Unit::kPassage) return inside;
      Roaring out;
      for (const Gid gid : inside) out.add(snapshot_.parent[gid]);
      return out;
    }
    case Kind::kDate:
    case Kind::kLegislature:
      return of_documents(by_column(node));
    case Kind::kNot:
      return alive - unranked().matches(*node.children[0], false);
    case Kind::kOr: {
      Roaring out;
      for (const auto& child : node.children) out |= matches(*child, any);
      return out;
    }
    case Kind::kAnd: {
      Roaring out = alive;
      for (const auto& child : node.children) {
        if (out.isEmpty()) break;
        if (child->kind == Kind::kNot) {
          out -= unranked().matches(*child->children[0], false);
        } else {
          out &= matches(*child, any);
        }
      }
      return out;
    }
  }
  return {};
}

bool Evaluator::ranks(const PlanNode& node) {
  switch (node.kind) {
    case Kind::kWords:
    case Kind::kPhrase:
    case Kind::kPrefix:
      return true;
    case Kind::kNot:
      return false;
    default:
      return std::any_of(node.children.begin(), node.children.end(),
                         [](const auto& child) { return ranks(*child); });
  }
}

void Evaluator::notes(const PlanNode& node, std::vector<std::string>& out) const {
  if (node.kind == Kind::kPrefix) {
    const List list = prefix(node.prefix);
    if (!list->note.empty()) out.push_back("„" + node.typed + "*“: " + list->note);
  }
  for (const auto& child : node.children) notes(*child, out);
}

}  // namespace fundstelle::search
