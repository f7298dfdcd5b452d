// SPDX-License-Identifier: GPL-3.0-or-later
//
// Documents about the same matter as a given one: its most telling words, met by any. No model and
// no second index: the posting lists and the ranking of the search serve.
// Method: a query made of a document's heaviest words (Manning, Raghavan, Schütze, Introduction to
// Information Retrieval, chapter 9: relevance feedback from one document).
#pragma once

#include <string>
#include <vector>

#include "search/engine/evaluate.h"
#include "search/engine/rank.h"

namespace fundstelle::search {

/// What tells a text from others: weighed words (`PlannedWord::weight`), most telling first, and
/// its subject areas.
struct Telling {
  PlanNode words, topics;
};

/// Of a document of the index. `document`: the same, read.
[[nodiscard]] Telling telling_words(const Reader& reader, Gid gid, const Document& document);

/// The best `size` of all documents that share a word, `excluded` left out, best first.
[[nodiscard]] std::vector<RankedHit> alike(const Evaluator& evaluator, const Snapshot& snapshot,
                                           const Telling& telling, const Roaring& excluded,
                                           std::size_t size);

/// The words of `words` that add most to the score of an entry, as printed; at most `most`.
[[nodiscard]] std::vector<std::string> shared_words(const Evaluator& evaluator,
                                                    const PlanNode& words, Gid gid,
                                                    std::size_t most);

}  // namespace fundstelle::search
