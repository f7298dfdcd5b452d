// SPDX-License-Identifier: GPL-3.0-or-later
//
// A plan against a snapshot: which entries match, and how well.
//
// Score of an entry = sum over the words of the query (not over excluded ones) of
//   BM25 of the word's group (k1 1.2 in tf units, b 0.5, idf ln(1 + (N - df + .5) / (df + .5)))
//   + 0.3 x BM25 of each part of a split compound, where all parts stand near each other
//   + 0.2 x BM25 of the exact form (k1 0.5)
//   + a little for the word in the title
// and, for the best 200, 0.4 x mean idf for pairs of successive words within five words.
#pragma once

#include <memory>
#include <roaring/roaring.hh>
#include <vector>

#include "search/engine/plan.h"
#include "search/engine/postings.h"
#include "search/engine/snapshot.h"

namespace fundstelle::search {

class Evaluator {
 public:
  Evaluator(Reader& reader, Unit unit);

  /// Living entries that match. `any`: of the words of one kWords node one suffices.
  [[nodiscard]] Roaring matches(const PlanNode& node, bool any) const;

  /// Entries that meet a word by whatever variant.
  [[nodiscard]] Roaring matches(const PlannedWord& word) const;

  /// Adds the scores of `hits` (ascending) into `scores` (beside hits, starting at 0).
  void score(const PlanNode& root, const std::vector<Gid>& hits, std::vector<float>& scores) const;
  /// What nearness of successive words adds for one entry.
  [[nodiscard]] float nearness(const PlanNode& root, Gid gid) const;
  /// True if any node of the plan gives a score.
  [[nodiscard]] static bool ranks(const PlanNode& root);

  /// Notes of leaves (word beginnings cut short …), German.
  void notes(const PlanNode& node, std::vector<std::string>& out) const;

  /// Index terms a word beginning stands for, most frequent first.
  [[nodiscard]] std::vector<std::string> expand_prefix(const std::string& prefix,
                                                       std::size_t& found) const;

 private:
  using List = std::shared_ptr<const Postings>;

  [[nodiscard]] List group(const std::vector<WeightedTerm>& terms,
                           const std::vector<Sequence>& sequences) const;
  [[nodiscard]] List group_of(const PlannedWord& word) const {
    return group(word.terms, word.sequences);
  }
  [[nodiscard]] List sequence(const Sequence& sequence) const;
  [[nodiscard]] List prefix(const std::string& prefix) const;
  [[nodiscard]] List near(const PlanNode& node) const;
  [[nodiscard]] List split(const PlannedWord& word, const PlannedWord::Split& split) const;
  [[nodiscard]] Roaring near_candidates(const PlanNode& node) const;
  void starts(const PlanNode& node, Gid gid, std::vector<std::uint32_t>& out) const;
  [[nodiscard]] Roaring of_documents(Roaring documents) const;
  [[nodiscard]] Roaring by_column(const PlanNode& node) const;
  [[nodiscard]] Postings decode(const std::vector<WeightedTerm>& terms,
                                const std::vector<std::pair<List, float>>& lists) const;
  void add(const Postings& list, float weight, float k1, const Roaring* within,
           const std::vector<Gid>& hits, std::vector<float>& scores) const;
  [[nodiscard]] float idf(const Postings& list) const;
  [[nodiscard]] std::string key(char kind, const std::string& rest) const;

  Reader& reader_;
  const Snapshot& snapshot_;
  Unit unit_;
};

}  // namespace fundstelle::search
