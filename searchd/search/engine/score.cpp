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

float Evaluator::idf(std::uint64_t entries) const {
  const auto total = static_cast<double>(snapshot_.space(unit_).count);
  const auto df = static_cast<double>(entries);
  return static_cast<float>(std::log(1 + (std::max(total - df, 0.0) + 0.5) / (df + 0.5)));
}
float Evaluator::idf(const Postings& list) const { return idf(list.size()); }

float Evaluator::rarity(const PlannedWord& word) const {
  return word.weight * std::pow(idf(*group_of(word)), Ranking{}.idf_power);
}

void Evaluator::add(const Postings& list, const Bm25& how, const Roaring* within,
                    const std::vector<Gid>& hits, std::vector<float>& scores) const {
  reader_.deadline.check();
  if (list.size() == 0 || hits.empty() || how.weight == 0) return;
  if (within != nullptr) {  // few: a part counts where all parts are
    std::vector<Gid> inside;
    std::vector<std::size_t> places;
    std::vector<Gid> ids(within->cardinality());
    within->toUint32Array(ids.data());
    std::size_t hit = 0;
    for (const Gid gid : ids) {
      while (hit < hits.size() && hits[hit] < gid) ++hit;
      if (hit == hits.size()) break;
      if (hits[hit] != gid) continue;
      inside.push_back(gid);
      places.push_back(hit);
    }
    std::vector<float> own(inside.size(), 0);
    add(list, how, nullptr, inside, own);
    for (std::size_t i = 0; i < places.size(); ++i) scores[places[i]] += own[i];
    return;
  }
  const std::vector<float>& length = snapshot_.space(unit_).length;
  const float scale = how.weight * std::pow(idf(list), how.idf_power) * (how.k1 + 1);
  const float fixed = how.k1 * (1 - how.b), by_length = how.k1 * how.b;
  const auto give = [&](std::size_t hit, float tf) {
    scores[hit] += scale * tf / (tf + fixed + by_length * length[hits[hit]]);
  };
  if (hits.size() * 512 < list.size()) {
    for (std::size_t hit = 0; hit < hits.size(); ++hit) {
      if (list.set.contains(hits[hit])) give(hit, list.tf[list.set.rank(hits[hit]) - 1]);
    }
    return;
  }
  std::vector<Gid>& ids = reader_.ids;
  list.ids(ids);
  if (ids.size() == hits.size() && ids == hits) {
    list.tf.for_each(give);
    return;
  }
  if (hits.size() * 16 < ids.size()) {
    auto from = ids.begin();
    for (std::size_t hit = 0; hit < hits.size() && from != ids.end(); ++hit) {
      from = std::lower_bound(from, ids.end(), hits[hit]);
      if (from != ids.end() && *from == hits[hit]) {
        give(hit, list.tf[static_cast<std::size_t>(from - ids.begin())]);
      }
    }
    return;
  }
  std::size_t hit = 0;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Gid gid = ids[i];
    while (hit < hits.size() && hits[hit] < gid) ++hit;
    if (hit == hits.size()) return;
    if (hits[hit] == gid) give(hit, list.tf[i]);
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

void Evaluator::score_part(const Part& part, const Ranking& ranking, const std::vector<Gid>& hits,
                           std::vector<float>& scores) const {
  if (part.word != nullptr) {
    score_word(*part.word, ranking, hits, scores);
    return;
  }
  const Bm25 plain{1, ranking.k1, ranking.b, ranking.idf_power};
  const PlanNode& node = *part.node;
  add(node.kind == Kind::kPrefix ? *prefix(node.prefix) : *sequence(node.phrase), plain, nullptr,
      hits, scores);
}

void Evaluator::parts(const PlanNode& node, std::vector<Part>& out) const {
  switch (node.kind) {
    case Kind::kWords:
      for (const PlannedWord& word : node.words) out.push_back({&node, &word});
      break;
    case Kind::kPhrase:
    case Kind::kPrefix:
      out.push_back({&node, nullptr});
      break;
    case Kind::kTitle:
      if (unit_ == Unit::kDocument) parts(*node.children[0], out);
      break;
    case Kind::kNear:
    case Kind::kQuestions:
    case Kind::kAnd:
    case Kind::kOr:
      for (const auto& child : node.children) parts(*child, out);
      break;
    default:
      break;
  }
}

void Evaluator::score(const PlanNode& root, const Ranking& ranking, const std::vector<Gid>& hits,
                      std::vector<float>& scores) const {
  std::vector<Part> all;
  parts(root, all);
  // Part by part, as scored() has them: the last digit of a sum depends on its order.
  std::vector<float> own;
  for (const Part& part : all) {
    own.assign(hits.size(), 0);
    score_part(part, ranking, hits, own);
    for (std::size_t i = 0; i < hits.size(); ++i) scores[i] += own[i];
  }
}

bool Evaluator::has_nearness(const PlanNode& node) {
  if (node.kind == Kind::kNot) return false;
  if (node.kind == Kind::kWords && node.words.size() > 1) return true;
  return std::any_of(node.children.begin(), node.children.end(),
                     [](const auto& child) { return has_nearness(*child); });
}

void Evaluator::gather(const PlanNode& node, Near& out) const {
  if (node.kind == Kind::kNot) return;
  if (node.kind == Kind::kWords && node.words.size() > 1) {
    Near::Group& group = out.groups.emplace_back();
    for (const PlannedWord& word : node.words) {
      Near::Word& one = group.words.emplace_back();
      const std::string& term = word.stem.empty() ? word.exact : word.stem;
      std::vector<std::string>& slot = group.slots.emplace_back();
      if (!term.empty()) slot.push_back(term);
      if (ranking_ != nullptr) {
        const auto list = scored({&node, &word}, *ranking_);
        one.idf = list->idf;
        one.holding = std::shared_ptr<const Roaring>(list, &list->matched());
      } else {
        const List list = group_of(word);
        one.idf = idf(*list);
        one.holding = std::shared_ptr<const Roaring>(list, &list->set);
      }
    }
  }
  for (const auto& child : node.children) gather(*child, out);
}

Evaluator::Near Evaluator::near_words(const PlanNode& root) const {
  Near out;
  gather(root, out);
  return out;
}

float Evaluator::nearness(const Near& near, const Ranking& ranking, Gid gid) const {
  static const std::vector<std::uint32_t> kNowhere;
  float all = 0;
  std::vector<const std::vector<std::uint32_t>*> places;
  for (const Near::Group& group : near.groups) {
    reader_.deadline.check();
    const std::vector<Near::Word>& words = group.words;
    const auto& found = reader_.finder(group.slots).positions(unit_, gid);
    places.assign(words.size(), &kNowhere);
    float sum = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (found[i].empty() || !words[i].holding->contains(gid)) continue;
      places[i] = &found[i];
      sum += ranking.lead * words[i].idf *
             std::exp(-static_cast<float>(found[i][0]) / ranking.lead_words);
    }
    const auto words_apart = static_cast<std::uint32_t>(ranking.nearness_words);
    const auto reach = static_cast<std::size_t>(ranking.nearness_reach);
    for (std::size_t i = 1; i < words.size(); ++i) {
      for (std::size_t j = i > reach ? i - reach : 0; j < i; ++j) {
        const float pairs = near_pairs(*places[j], *places[i], words_apart);
        sum += (j + 1 == i ? 1 : ranking.nearness_far) * ranking.nearness *
               (words[i].idf + words[j].idf) / 2 * saturated(pairs, ranking.nearness_k1);
      }
    }
    all += sum;
  }
  return all;
}

}  // namespace fundstelle::search
