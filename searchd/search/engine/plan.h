// SPDX-License-Identifier: GPL-3.0-or-later
//
// A parsed query with its words analysed: which index terms stand for what was typed. Knows the
// schema, not the index.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/parser.h"
#include "query/request.h"
#include "text/analyzer.h"

namespace fundstelle::search {

/// An index term with its prefix; `unit` turns its wdf into tf (see Postings), so that a whole word
/// counts 3 whatever kind of term found it.
struct WeightedTerm {
  std::string name;
  float unit = 1;
};

/// Successive words: term names and where they stand, from 0. The same place twice: both wanted.
struct Sequence {
  struct Slot {
    std::uint32_t place = 0;
    std::string term;
  };
  std::vector<Slot> slots;
  float weight = 1;
};

/// A query word: met by any of `terms`, any of `sequences`, or all parts of any of `splits`.
struct PlannedWord {
  QueryWord word;
  float weight = 1;  ///< of all it adds to a score
  std::vector<WeightedTerm> terms;
  std::vector<Sequence> sequences;
  struct Split {
    std::vector<std::vector<WeightedTerm>> parts;
    float weight = 1;
    std::uint32_t window = 0;  ///< all parts within so many words; 0: anywhere
  };
  std::vector<Split> splits;
  std::string exact;                ///< exact term, with prefix; empty: none
  std::string stem;                 ///< stem term for nearness, with prefix; empty: none
  std::vector<WeightedTerm> title;  ///< the same word in the title
  std::vector<WeightedTerm> own;    ///< own numbers of papers; unit: how surely this one is meant
  /// Less than the word: enough where any word suffices.
  std::vector<WeightedTerm> loose;
  std::vector<Sequence> loose_sequences;
  [[nodiscard]] bool has_loose() const { return !loose.empty() || !loose_sequences.empty(); }
};

struct PlanNode {
  enum class Kind : std::uint8_t {
    kWords,
    kPhrase,
    kPrefix,
    kNear,
    kTerms,      ///< documents with all of the filter terms `terms`
    kAnyTerm,    ///< documents with any of them
    kQuestions,  ///< children[0] within question passages
    kTitle,  ///< children[0] in titles; its terms say so themselves, but only documents have them
    kDate,
    kLegislature,  ///< from..to
    kAnd,
    kOr,
    kNot,
    kAll,
    kNothing,
  };
  Kind kind = Kind::kAll;
  std::vector<PlannedWord> words;
  Sequence phrase;
  std::string prefix;  ///< term name, with prefix
  std::uint32_t distance = 0, from = 0, to = 0;
  std::vector<std::string> terms;
  std::vector<std::unique_ptr<PlanNode>> children;
  std::string typed;  ///< for "verstanden als"
  std::string field;
};

struct Plan {
  std::unique_ptr<PlanNode> root;
  std::vector<std::string> ignored;  ///< German
  std::vector<QueryOffer> offers;
  std::vector<std::string> stop_words;  ///< as typed, left out of the search
};

/// What the planner must ask the index.
class SlugFinder {
 public:
  virtual ~SlugFinder() = default;
  /// Slugs of a facet that a typed value may mean.
  [[nodiscard]] virtual std::vector<std::string> slugs(Facet facet,
                                                       std::string_view typed) const = 0;
  /// The value has a name outside this index: a party without papers here.
  [[nodiscard]] virtual bool known_elsewhere(Facet, std::string_view) const { return false; }
  /// A value of the facet near to what was typed, and how readers know it.
  struct Near {
    std::string slug, label;
  };
  [[nodiscard]] virtual std::optional<Near> nearest(Facet, std::string_view) const { return {}; }
  [[nodiscard]] virtual std::optional<Near> nearest_author(std::string_view) const { return {}; }
  /// Some document has this term.
  [[nodiscard]] virtual bool holds(const std::string&) const { return true; }
};

/// The canonical form of a paper's number, then, if it has a suffix, the one without: to be asked
/// in this order. The index holds both for a paper with suffix.
[[nodiscard]] std::vector<std::string> own_numbers(const std::string& typed);

[[nodiscard]] Plan make_plan(const ParsedQuery& parsed, const Analyzer& analyzer,
                             const ExpansionSwitches& expand, const SlugFinder& finder);

}  // namespace fundstelle::search
