// SPDX-License-Identifier: GPL-3.0-or-later
//
// A plan against a snapshot: which entries match, and how well.
//
// Score of an entry = sum over the words of the query (not over excluded ones) of
//   BM25 of the word's group (idf ln(1 + (N - df + .5) / (df + .5)), to a power)
//   + a share of the BM25 of each part of a split compound, where all parts stand near each other
//   + a share of the BM25 of the exact form, of the word in the title, and in a question
// and, for the best 100, something for words near each other and for words that stand early.
// The shares are in query/ranking.h, how they were chosen in docs/ranking.md.
#pragma once

#include <memory>
#include <optional>
#include <roaring/roaring.hh>
#include <unordered_map>
#include <vector>

#include "query/ranking.h"
#include "search/engine/plan.h"
#include "search/engine/postings.h"
#include "search/engine/scored.h"
#include "search/engine/snapshot.h"

namespace fundstelle::search {

/// Where in a passage the words must stand.
enum class Within : std::uint8_t { kText, kQuestion, kAnswer };

class Evaluator {
 public:
  /// `within` other than kText needs Unit::kPassage.
  Evaluator(Reader& reader, Unit unit, Within within = Within::kText);

  /// From now on what is matched will also be ranked so: lists with scores serve both. The ranking
  /// must live as long. Null: nothing is.
  void rank_by(const Ranking* ranking) { ranking_ = ranking; }
  [[nodiscard]] const Ranking* ranked_by() const { return ranking_; }

  /// A word, phrase or word beginning of a plan: what gives a score.
  struct Part {
    const PlanNode* node = nullptr;
    const PlannedWord* word = nullptr;  ///< null: the node itself
  };
  /// Those of a plan, in the order their scores are added up.
  void parts(const PlanNode& root, std::vector<Part>& out) const;
  /// What a part adds to every entry. parts.cpp.
  [[nodiscard]] std::shared_ptr<const Scored> scored(const Part& part,
                                                     const Ranking& ranking) const;
  /// False if nearness() is 0 for every entry.
  [[nodiscard]] static bool has_nearness(const PlanNode& root);
  /// Zeroed sums by gid; whoever uses them leaves them zero.
  [[nodiscard]] std::vector<float>& sums() const { return reader_.scratch; }
  /// For lists written out; nobody relies on what is in it.
  [[nodiscard]] std::vector<Gid>& ids() const { return reader_.ids; }
  void check_time() const { reader_.deadline.check(); }

  /// Living entries that match. `any`: of the words of one kWords node one suffices.
  [[nodiscard]] Roaring matches(const PlanNode& node, bool any) const;

  /// Entries that meet a word by whatever variant.
  [[nodiscard]] Roaring matches(const PlannedWord& word) const;

  /// Passages that meet a frage: or antwort: of the plan; nothing if it has none.
  [[nodiscard]] std::optional<Roaring> question_passages(const PlanNode& node, bool any) const;

  /// Adds the scores of `hits` (ascending) into `scores` (beside hits, starting at 0). score.cpp.
  void score(const PlanNode& root, const Ranking& ranking, const std::vector<Gid>& hits,
             std::vector<float>& scores) const;
  /// What the places of the words add for one entry: near each other, early in the text.
  /// `near`: what near_words() gathered once for all entries.
  struct Near {
    struct Word {
      std::shared_ptr<const Roaring> holding;
      float idf = 0;
    };
    /// Words asked together; `slots` beside them for the finder, empty where there is no term.
    struct Group {
      std::vector<Word> words;
      std::vector<std::vector<std::string>> slots;
    };
    std::vector<Group> groups;
  };
  [[nodiscard]] Near near_words(const PlanNode& root) const;
  [[nodiscard]] float nearness(const Near& near, const Ranking& ranking, Gid gid) const;
  /// So many hits that lack a word are put in a new order at most.
  static constexpr std::size_t kLearningHits = 1000;
  /// Adds, for entries that lack a word of the query (`hits`, best first; `scores` beside them),
  /// what they share with the best hits (`best`): their characteristic words. Changes the order
  /// only, never what matches; reaches less far down where papers are long. feedback.cpp.
  void feedback(const PlanNode& root, const Ranking& ranking, const std::vector<Gid>& best,
                const std::vector<Gid>& hits, std::vector<float>& scores) const;

  /// False if feedback() changes nothing, however many hits lack a word.
  [[nodiscard]] static bool learns(const PlanNode& root);

  /// What one occurrence of a word is worth at most, but for the constants all words share.
  [[nodiscard]] float rarity(const PlannedWord& word) const;

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
  [[nodiscard]] List in_zone(const std::string& term) const;
  /// Entries in whose questions a term stands; of documents, tf counts their passages.
  [[nodiscard]] List asked_in(const std::string& term) const;
  [[nodiscard]] List filter(const std::string& term) const;
  [[nodiscard]] Roaring in_questions(const PlanNode& node, bool any) const;
  /// Drops positions where `length` words do not lie in a question (answer), if that is asked.
  void keep_in_zone(Gid gid, std::vector<std::uint32_t>& positions, std::uint32_t length) const;
  /// To be called for each entry of which the words are read: looks after time and memory.
  void before_reading(Gid gid) const;
  [[nodiscard]] const std::vector<std::vector<std::uint32_t>>& places_in(TermFinder& finder,
                                                                         Gid gid) const;
  void near_slots(const PlanNode& node, std::vector<std::vector<std::string>>& out) const;
  static void starts(const PlanNode& node, const std::vector<std::vector<std::uint32_t>>& places,
                     std::size_t& at, std::vector<std::uint32_t>& out);
  static void sequence_starts(const Sequence& sequence,
                              const std::vector<std::vector<std::uint32_t>>& places,
                              std::size_t& at, std::vector<std::uint32_t>& out);
  /// What is excluded gives no scores.
  [[nodiscard]] Evaluator unranked() const { return {reader_, unit_, within_}; }
  [[nodiscard]] List prefix(const std::string& prefix) const;
  [[nodiscard]] List near(const PlanNode& node) const;
  [[nodiscard]] List split(const PlannedWord& word, const PlannedWord::Split& split) const;
  [[nodiscard]] Roaring near_candidates(const PlanNode& node) const;
  [[nodiscard]] Roaring of_documents(Roaring documents) const;
  [[nodiscard]] Roaring by_column(const PlanNode& node) const;
  [[nodiscard]] Postings decode(const std::vector<WeightedTerm>& terms,
                                const std::vector<std::pair<List, float>>& lists) const;
  struct Bm25 {
    float weight = 1, k1 = 1, b = 0, idf_power = 1;
  };
  void add(const Postings& list, const Bm25& how, const Roaring* within,
           const std::vector<Gid>& hits, std::vector<float>& scores) const;
  void score_word(const PlannedWord& word, const Ranking& ranking, const std::vector<Gid>& hits,
                  std::vector<float>& scores) const;
  void gather(const PlanNode& node, Near& out) const;
  void score_part(const Part& part, const Ranking& ranking, const std::vector<Gid>& hits,
                  std::vector<float>& scores) const;
  [[nodiscard]] std::string part_key(const Part& part, const Ranking& ranking) const;
  [[nodiscard]] float idf(const Postings& list) const;
  [[nodiscard]] float idf(std::uint64_t entries) const;
  [[nodiscard]] std::string key(char kind, const std::string& rest) const;

  Reader& reader_;
  const Snapshot& snapshot_;
  Unit unit_;
  Within within_;
  const Ranking* ranking_ = nullptr;
};

}  // namespace fundstelle::search
