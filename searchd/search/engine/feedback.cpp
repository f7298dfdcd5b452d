// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pseudo-relevance feedback, for order only: the words the best hits share say more of the matter
// than two words asked. Entries that hold all words asked are left alone, so is what matches.
// Method: Rocchio's, as term weights summed over the best (Manning, Raghavan, Schütze, Introduction
// to Information Retrieval, chapter 9).
#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "schema/schema.h"
#include "search/engine/evaluate.h"

namespace fundstelle::search {
namespace {

/// Bounds of the work: words read from the best hits, words of which the frequency is asked.
constexpr std::size_t kMaxRead = 10'000;
constexpr std::size_t kMaxCandidates = 150;
/// A longer query says enough, and would gain less than the work costs.
constexpr std::size_t kMaxWordsAsked = 4;
/// A word found in one paper only tells about that paper.
constexpr std::size_t kLeastDocuments = 3;
constexpr std::size_t kManyHits = 10'000;

void asked_terms(const PlanNode& node, std::vector<std::string>& out, std::size_t& words) {
  if (node.kind == PlanNode::Kind::kNot) return;
  words += node.words.size();
  for (const PlannedWord& word : node.words) {
    for (const WeightedTerm& term : word.terms) out.push_back(term.name);
  }
  for (const auto& child : node.children) asked_terms(*child, out, words);
}

struct Candidate {
  std::string term;
  float weight = 0;
  std::size_t entries = 0;  ///< of the best that hold it
};

bool heavier(const Candidate& a, const Candidate& b) {
  return a.weight != b.weight ? a.weight > b.weight : a.term < b.term;
}

}  // namespace

bool Evaluator::learns(const PlanNode& root) {
  std::vector<std::string> asked;
  std::size_t words = 0;
  asked_terms(root, asked, words);
  return words > 0 && words <= kMaxWordsAsked;
}

void Evaluator::feedback(const PlanNode& root, const Ranking& ranking, const std::vector<Gid>& best,
                         const std::vector<Gid>& hits, std::vector<float>& scores) const {
  std::vector<std::string> asked;
  std::size_t words = 0;
  asked_terms(root, asked, words);
  // Passages are left alone: what a question asks is said in it.
  if (unit_ == Unit::kPassage || words == 0 || words > kMaxWordsAsked || best.size() < 2) return;

  const std::vector<float>& length = snapshot_.space(unit_).length;
  std::unordered_map<std::string, Candidate> gathered;
  std::vector<std::pair<std::string, std::uint32_t>> terms;
  std::size_t read = 0;
  for (const Gid gid : best) {
    terms.clear();
    reader_.deadline.check();
    if (!reader_.stems(gid, kMaxRead / best.size() * 4, terms)) continue;
    read += terms.size();
    if (read > kMaxRead) break;
    const float slow = ranking.k1 * (1 - ranking.b + ranking.b * length[gid]);
    for (auto& [term, count] : terms) {
      const bool word = term.size() > schema::kStem.size() + 2 &&
                        (term[schema::kStem.size()] < '0' || term[schema::kStem.size()] > '9');
      if (!word) continue;
      Candidate& one = gathered[term];
      const auto tf = static_cast<float>(count);
      one.weight += tf / (tf + slow);
      ++one.entries;
    }
  }
  for (const std::string& term : asked) gathered.erase(term);
  std::vector<Candidate> candidates;
  for (auto& [term, one] : gathered) {
    if (one.entries < 2) continue;
    one.term = term;
    candidates.push_back(std::move(one));
  }
  const auto cut = [&](std::size_t most) {
    const std::size_t kept = std::min(most, candidates.size());
    std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(kept),
                      candidates.end(), heavier);
    candidates.resize(kept);
  };
  cut(kMaxCandidates);
  const auto total = static_cast<double>(snapshot_.space(unit_).count);
  for (Candidate& one : candidates) {
    const auto df = static_cast<double>(reader_.frequency(unit_, one.term));
    one.weight *=
        df < kLeastDocuments
            ? 0
            : static_cast<float>(std::log(1 + (std::max(total - df, 0.0) + 0.5) / (df + 0.5)));
  }
  cut(static_cast<std::size_t>(ranking.feedback_terms));
  if (candidates.empty() || candidates[0].weight <= 0) return;

  std::vector<float> shared(hits.size(), 0);
  const bool many = hits.size() > kManyHits;
  std::vector<float>& sums = reader_.scratch;
  std::vector<List> lists;
  for (const Candidate& one : candidates) {
    if (one.weight <= 0) break;
    lists.push_back(group({{one.term, 1}}, {}));
    const Bm25 how{one.weight / candidates[0].weight, ranking.k1, ranking.b, ranking.idf_power};
    if (!many) add(*lists.back(), how, nullptr, hits, shared);
  }
  std::vector<Gid> ids;
  if (many) {  // what each list holds, instead of all hits against each list
    for (std::size_t i = 0; i < lists.size(); ++i) {
      const float weight = candidates[i].weight / candidates[0].weight;
      add(*lists[i], {weight, ranking.k1, ranking.b, ranking.idf_power}, sums);
    }
    for (std::size_t i = 0; i < hits.size(); ++i) shared[i] = sums[hits[i]];
    for (const List& list : lists) {
      list->ids(ids);
      for (const Gid gid : ids) sums[gid] = 0;
    }
  }
  const float most = *std::max_element(shared.begin(), shared.end());
  const float highest = *std::max_element(scores.begin(), scores.end());
  if (most <= 0) return;
  const float scale = ranking.feedback / static_cast<float>(words * words) * highest / most;
  for (std::size_t i = 0; i < hits.size(); ++i) scores[i] += scale * shared[i];
}

}  // namespace fundstelle::search
