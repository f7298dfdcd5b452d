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
/// Words read of the hits that are put in order.
constexpr std::size_t kMaxWordsRead = 300'000;

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
  float idf = 0;
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
  for (Candidate& one : candidates) {
    const std::uint64_t entries = reader_.frequency(unit_, one.term);
    one.idf = entries < kLeastDocuments ? 0 : idf(entries);
    one.weight *= one.idf;
  }
  cut(static_cast<std::size_t>(ranking.feedback_terms));
  if (candidates.empty() || candidates[0].weight <= 0) return;

  // Their texts are read, not the lists of fifty words: a list of each is worth the time only for
  // far more hits than anybody looks through.
  std::vector<std::vector<std::string>> slots;
  std::vector<float> worth;
  for (const Candidate& one : candidates) {
    if (one.weight <= 0) break;
    slots.push_back({one.term});
    worth.push_back(one.weight / candidates[0].weight * std::pow(one.idf, ranking.idf_power) *
                    (ranking.k1 + 1));
  }
  TermFinder finder(snapshot_, std::move(slots));
  std::vector<float> shared(hits.size(), 0);
  for (std::size_t i = 0; i < hits.size() && finder.words_read() < kMaxWordsRead; ++i) {
    before_reading(hits[i]);
    const float slow = ranking.k1 * (1 - ranking.b + ranking.b * length[hits[i]]);
    const std::vector<std::uint32_t>& counts = finder.counts(unit_, hits[i]);
    for (std::size_t slot = 0; slot < worth.size(); ++slot) {
      const auto tf = static_cast<float>(counts[slot]);
      if (tf > 0) shared[i] += worth[slot] * tf / (tf + slow);
    }
  }
  const float most = *std::max_element(shared.begin(), shared.end());
  const float highest = *std::max_element(scores.begin(), scores.end());
  if (most <= 0) return;
  const float scale = ranking.feedback / static_cast<float>(words * words) * highest / most;
  for (std::size_t i = 0; i < hits.size(); ++i) scores[i] += scale * shared[i];
}

}  // namespace fundstelle::search
