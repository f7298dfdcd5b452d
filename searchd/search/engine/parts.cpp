// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts of a plan that give scores, each as one list made once and kept (scored.h).
#include <algorithm>
#include <bit>

#include "search/engine/evaluate.h"
#include "search/engine/rank.h"

namespace fundstelle::search {
namespace {

using Kind = PlanNode::Kind;

/// Lists so long keep their best entries in order; so many of them.
constexpr std::size_t kLongList = 4096, kBest = 1024;

void append(std::string& out, float number) {
  const auto bits = std::bit_cast<std::uint32_t>(number);
  out.append(reinterpret_cast<const char*>(&bits), sizeof bits);
}
void append(std::string& out, const std::vector<WeightedTerm>& terms) {
  for (const WeightedTerm& term : terms) {
    out += term.name;
    out += '\x1F';
    append(out, term.unit);
  }
  out += '\x1E';
}
void append(std::string& out, const Sequence& sequence) {
  for (const Sequence::Slot& slot : sequence.slots) {
    out += slot.term;
    out += '\x1F';
    out += std::to_string(slot.place);
    out += '\x1F';
  }
  append(out, sequence.weight);
  out += '\x1D';
}
void append(std::string& out, const PlannedWord& word) {
  append(out, word.weight);
  append(out, word.terms);
  for (const Sequence& one : word.sequences) append(out, one);
  out += '\x1E';
  for (const PlannedWord::Split& split : word.splits) {
    append(out, split.weight);
    out += std::to_string(split.window);
    for (const auto& part : split.parts) append(out, part);
    out += '\x1D';
  }
  out += '\x1E';
  out += word.exact + '\x1E' + word.stem + '\x1E';
  append(out, word.title);
  append(out, word.own);
  append(out, word.loose);
  for (const Sequence& one : word.loose_sequences) append(out, one);
}

}  // namespace

std::string Evaluator::part_key(const Part& part, const Ranking& ranking) const {
  std::string out;
  if (ranking != Ranking{}) {
    for (const RankingParameter& parameter : ranking_parameters()) {
      append(out, ranking.*parameter.value);
    }
  }
  if (part.word != nullptr) {
    append(out, *part.word);
    return key('W', out);
  }
  if (part.node->kind == Kind::kPrefix) return key('X', out + part.node->prefix);
  append(out, part.node->phrase);
  return key('S', out);
}

std::shared_ptr<const Scored> Evaluator::scored(const Part& part, const Ranking& ranking) const {
  return snapshot_.scored.get(part_key(part, ranking), [&] {
    Roaring matched, all;
    float group_idf = 0;
    if (part.word != nullptr) {
      const PlannedWord& word = *part.word;
      const List whole = group_of(word);
      group_idf = idf(*whole);
      matched = whole->set;
      for (const auto& one : word.splits) matched |= split(word, one)->set;
      all = matched;
      // Layers reach beyond the word only for what counts less than the word.
      if (word.has_loose()) all |= group(word.loose, word.loose_sequences)->set;
      if (!word.exact.empty() && !word.stem.empty()) all |= group({{word.exact, 1}}, {})->set;
      if (!word.title.empty() && unit_ == Unit::kDocument) all |= group(word.title, {})->set;
    } else {
      const List list = part.node->kind == Kind::kPrefix ? prefix(part.node->prefix)
                                                         : sequence(part.node->phrase);
      group_idf = idf(*list);
      all = matched = list->set;
    }
    std::vector<Gid> ids(all.cardinality());
    all.toUint32Array(ids.data());
    std::vector<float> scores(ids.size(), 0);
    score_part(part, ranking, ids, scores);
    Scored out(ids, scores);
    out.idf = group_idf;
    if (matched.cardinality() != out.size()) out.matches = std::move(matched);
    if (out.size() >= kLongList) {
      out.best = out.highest(kBest);
      in_order_of_relevance(snapshot_, unit_, out.best);
      if (out.best.size() > kBest) out.best.resize(kBest);
      out.best.shrink_to_fit();
    }
    return out;
  });
}

}  // namespace fundstelle::search
