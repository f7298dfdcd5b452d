// SPDX-License-Identifier: GPL-3.0-or-later
//
// How well an entry answers: evaluate.h says what is added up, query/ranking.h how much of each.
#include <algorithm>
#include <cmath>

#include "schema/schema.h"
#include "search/engine/evaluate.h"

namespace fundstelle::search {
namespace {

using Kind = PlanNode::Kind;

constexpr float kOwnNumberWeight = 3;  // above any number of mentions
constexpr float kLooseWeight = 0.3F;

/// Pairs of places at most `reach` words apart.
float near_pairs(const std::vector<std::uint32_t>& one, const std::vector<std::uint32_t>& other,
                 std::uint32_t reach) {
  float pairs = 0;
  std::size_t low = 0;
  for (const std::uint32_t place : other) {
    while (low < one.size() && one[low] + reach < place) ++low;
    for (std::size_t i = low; i < one.size() && one[i] <= place + reach; ++i) {
      if (one[i] != place) ++pairs;
    }
  }
  return pairs;
}

float saturated(float count, float k1) { return count > 0 ? count * (k1 + 1) / (count + k1) : 0; }

}  // namespace

float Evaluator::idf(const Postings& list) const {
  const auto total = static_cast<double>(snapshot_.space(unit_).count);
  const auto df = static_cast<double>(list.ids.size());
  return static_cast<float>(std::log(1 + (total - df + 0.5) / (df + 0.5)));
}

float Evaluator::rarity(const PlannedWord& word) const {
  return word.weight * std::pow(idf(*group_of(word)), Ranking{}.idf_power);
}

void Evaluator::add(const Postings& list, const Bm25& how, const Roaring* within,
                    const std::vector<Gid>& hits, std::vector<float>& scores) const {
  reader_.deadline.check();
  if (list.ids.empty() || hits.empty() || how.weight == 0) return;
  const std::vector<float>& length = snapshot_.space(unit_).length;
  const float scale = how.weight * std::pow(idf(list), how.idf_power) * (how.k1 + 1);
  const float fixed = how.k1 * (1 - how.b), by_length = how.k1 * how.b;
  const auto give = [&](std::size_t hit, std::size_t posting) {
    const Gid gid = hits[hit];
    if (within != nullptr && !within->contains(gid)) return;
    scores[hit] += scale * list.tf[posting] / (list.tf[posting] + fixed + by_length * length[gid]);
  };
  if (hits.size() * 16 < list.ids.size()) {
    auto from = list.ids.begin();
    for (std::size_t hit = 0; hit < hits.size() && from != list.ids.end(); ++hit) {
      from = std::lower_bound(from, list.ids.end(), hits[hit]);
      if (from != list.ids.end() && *from == hits[hit]) {
        give(hit, static_cast<std::size_t>(from - list.ids.begin()));
      }
    }
    return;
  }
  std::size_t hit = 0;
  for (std::size_t i = 0; i < list.ids.size(); ++i) {
    const Gid gid = list.ids[i];
    while (hit < hits.size() && hits[hit] < gid) ++hit;
    if (hit == hits.size()) return;
    if (hits[hit] == gid) give(hit, i);
  }
}

void Evaluator::score_word(const PlannedWord& word, const Ranking& ranking,
                           const std::vector<Gid>& hits, std::vector<float>& scores) const {
  const auto bm25 = [&](float weight, float k1) {
    return Bm25{word.weight * weight, k1, ranking.b, ranking.idf_power};
  };
  add(*group_of(word), bm25(1, ranking.k1), nullptr, hits, scores);
  for (const auto& one : word.splits) {
    const List both = split(word, one);
    std::vector<List> parts;
    float rarest = 0;
    for (const auto& part : one.parts) {
      parts.push_back(group(part, {}));
      rarest = std::max(rarest, idf(*parts.back()));
    }
    if (rarest == 0) continue;
    // A general part (gesetz, verkehr) is little evidence beside the one that names the matter.
    for (const List& part : parts) {
      const float share = std::pow(idf(*part) / rarest, ranking.split_idf);
      add(*part, bm25(ranking.split * one.weight * share, ranking.k1), &both->set, hits, scores);
    }
  }
  // Without inflection the group is the exact form already.
  if (!word.exact.empty() && !word.stem.empty()) {
    add(*group({{word.exact, 1}}, {}), bm25(ranking.exact, ranking.exact_k1), nullptr, hits,
        scores);
  }
  const std::string& term = word.stem.empty() ? word.exact : word.stem;
  if (!term.empty() && within_ == Within::kText && ranking.question > 0) {
    // tf counts questions, not words: whole units.
    const float k1 = ranking.k1 / static_cast<float>(schema::kWholeWdf);
    add(*asked_in(term), bm25(ranking.question, k1), nullptr, hits, scores);
  }
  for (const WeightedTerm& own : word.own) {
    add(*group({{own.name, 1}}, {}), bm25(kOwnNumberWeight * own.unit, ranking.k1), nullptr, hits,
        scores);
  }
  if (word.has_loose()) {
    add(*group(word.loose, word.loose_sequences), bm25(kLooseWeight, ranking.k1), nullptr, hits,
        scores);
  }
  if (!word.title.empty() && unit_ == Unit::kDocument) {
    add(*group(word.title, {}), bm25(ranking.title, ranking.k1), nullptr, hits, scores);
  }
}

void Evaluator::score(const PlanNode& node, const Ranking& ranking, const std::vector<Gid>& hits,
                      std::vector<float>& scores) const {
  const Bm25 plain{1, ranking.k1, ranking.b, ranking.idf_power};
  switch (node.kind) {
    case Kind::kWords:
      for (const PlannedWord& word : node.words) score_word(word, ranking, hits, scores);
      break;
    case Kind::kPhrase:
      add(*sequence(node.phrase), plain, nullptr, hits, scores);
      break;
    case Kind::kPrefix:
      add(*prefix(node.prefix), plain, nullptr, hits, scores);
      break;
    case Kind::kTitle:
      if (unit_ == Unit::kDocument) score(*node.children[0], ranking, hits, scores);
      break;
    case Kind::kNear:
    case Kind::kQuestions:
    case Kind::kAnd:
    case Kind::kOr:
      for (const auto& child : node.children) score(*child, ranking, hits, scores);
      break;
    default:
      break;
  }
}

float Evaluator::nearness(const PlanNode& node, const Ranking& ranking, Gid gid) const {
  if (node.kind == Kind::kNot) return 0;
  reader_.deadline.check();
  float sum = 0;
  if (node.kind == Kind::kWords && node.words.size() > 1) {
    const std::size_t count = node.words.size();
    std::vector<std::vector<std::string>> slots(count);
    for (std::size_t i = 0; i < count; ++i) {
      const PlannedWord& word = node.words[i];
      const std::string& term = word.stem.empty() ? word.exact : word.stem;
      if (!term.empty()) slots[i].push_back(term);
    }
    const auto& found = reader_.finder(slots).positions(unit_, gid);
    static const std::vector<std::uint32_t> kNowhere;
    std::vector<const std::vector<std::uint32_t>*> places(count, &kNowhere);
    std::vector<float> idfs(count);
    for (std::size_t i = 0; i < count; ++i) {
      const PlannedWord& word = node.words[i];
      const List list = group_of(word);
      idfs[i] = idf(*list);
      if (found[i].empty() || !list->set.contains(gid)) continue;
      places[i] = &found[i];
      sum +=
          ranking.lead * idfs[i] * std::exp(-static_cast<float>(found[i][0]) / ranking.lead_words);
    }
    const auto words_apart = static_cast<std::uint32_t>(ranking.nearness_words);
    const auto reach = static_cast<std::size_t>(ranking.nearness_reach);
    for (std::size_t i = 1; i < count; ++i) {
      for (std::size_t j = i > reach ? i - reach : 0; j < i; ++j) {
        const float pairs = near_pairs(*places[j], *places[i], words_apart);
        sum += (j + 1 == i ? 1 : ranking.nearness_far) * ranking.nearness * (idfs[i] + idfs[j]) /
               2 * saturated(pairs, ranking.nearness_k1);
      }
    }
  }
  for (const auto& child : node.children) sum += nearness(*child, ranking, gid);
  return sum;
}

}  // namespace fundstelle::search
