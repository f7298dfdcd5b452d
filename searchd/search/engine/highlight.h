// SPDX-License-Identifier: GPL-3.0-or-later
//
// Finds the words of a query in stored text, by the same analysis that indexed it, and cuts
// snippets around them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "query/answer.h"
#include "search/engine/plan.h"
#include "text/analyzer.h"
#include "text/word_places.h"

namespace fundstelle::search {

/// A place in a text where the query is met. Words of a phrase are one occurrence.
struct Occurrence {
  std::uint32_t begin = 0, end = 0;  ///< bytes
  std::uint32_t word = 0;            ///< number of the query's word or phrase it meets
  bool part = false;                 ///< found inside a longer word
};

class Highlighter {
 public:
  /// Excluded words are not marked.
  explicit Highlighter(const PlanNode& root);

  /// In reading order, not overlapping. `title`: fields of titles count as well.
  [[nodiscard]] std::vector<Occurrence> find(const Analyzer& analyzer, std::string_view text,
                                             bool title = false) const;
  /// A term of slots() that stands in a text.
  struct Met {
    std::uint32_t position = 0, slot = 0;
    std::uint32_t begin = 0, end = 0;  ///< bytes
  };
  /// The same without analysing the text, by what the index knows to stand there. Not for queries
  /// with word beginnings (prefixes()). `met`: ascending by position.
  [[nodiscard]] std::vector<Occurrence> find(const std::vector<Met>& met, bool title = false) const;
  /// The terms asked for, each once, as slots of a TermFinder; those of titles too.
  [[nodiscard]] std::vector<std::vector<std::string>> slots() const;
  /// Terms by slot at positions of a text whose words stand at `places`.
  [[nodiscard]] std::vector<Met> meet(const std::vector<std::vector<std::uint32_t>>& positions,
                                      const WordPlaces& places) const;
  [[nodiscard]] bool empty() const { return count_ == 0; }
  /// Words and phrases the query has.
  [[nodiscard]] std::uint32_t count() const { return count_; }

  /// Index terms by word or phrase, to see which passages meet it.
  struct Wanted {
    std::string term;
    std::uint32_t word = 0;
    std::uint32_t piece = 0;  ///< which word of a phrase or part of a split, from 0
    std::uint32_t slot = 0;   ///< of slots()
  };
  [[nodiscard]] const std::vector<Wanted>& wanted() const { return wanted_; }
  void want(std::string term, std::uint32_t word) {
    const std::uint32_t slot = slot_of(term);
    wanted_.push_back({std::move(term), word, 0, slot});
  }
  /// Word beginnings with prefix and number; their terms are only known to the index.
  [[nodiscard]] const std::vector<std::pair<std::string, std::uint32_t>>& prefixes() const {
    return prefixes_;
  }

 private:
  struct Meaning {
    std::uint32_t word = 0;
    std::uint32_t split = 0;  ///< number of the split it belongs to, from 1; 0: stands for itself
    std::uint32_t part = 0;
  };
  struct Phrase {
    std::uint32_t word = 0;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> slots;  ///< place, slot
    bool title = false;
  };
  /// An index term, with prefix, and what it means.
  struct Term {
    std::string name;
    std::vector<Meaning> meanings;
    bool of_phrase = false;
    TokenKind kind = TokenKind::kExact;
    std::uint64_t hash = 0;  ///< of the term itself
  };
  [[nodiscard]] std::uint32_t slot_of(const std::string& name);
  /// `found`: what was met otherwise.
  [[nodiscard]] std::vector<Occurrence> find(const std::vector<Met>& met, bool title,
                                             std::vector<Occurrence> found) const;
  void add(const PlanNode& node);
  void add_term(const std::string& name, Meaning meaning);
  void add_phrase(const Sequence& sequence, std::uint32_t word);

  std::vector<Term> terms_;  // by slot
  std::unordered_map<std::string, std::uint32_t> slots_;
  std::vector<Phrase> phrases_;
  std::vector<std::pair<std::string, std::uint32_t>> prefixes_;
  std::vector<Wanted> wanted_;
  struct Split {
    std::uint32_t parts = 0, window = 0;
  };
  std::vector<Split> splits_{{}};
  std::uint32_t count_ = 0;
};

/// About `length` bytes of `text` around its best occurrences, cut at sentences or words, in parts.
/// `from` is set to where it begins.
[[nodiscard]] std::vector<SnippetPart> make_snippet(std::string_view text,
                                                    const std::vector<Occurrence>& occurrences,
                                                    std::size_t length, std::size_t& from);

/// The whole text in parts.
[[nodiscard]] std::vector<SnippetPart> mark_all(std::string_view text,
                                                const std::vector<Occurrence>& occurrences);

}  // namespace fundstelle::search
