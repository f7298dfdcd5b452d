// SPDX-License-Identifier: GPL-3.0-or-later
//
// How an index that is one of several (shards/) shall read a query, so that all of them read it
// alike: what one of them does not hold, another may.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "query/parser.h"
#include "query/request.h"

namespace fundstelle::search {

class Evaluator;
class Reader;
class SlugFinder;
struct Plan;

/// Decided over all shards, carried by SearchRequest::directions.
struct Directions {
  std::shared_ptr<const SlugFinder> finder;     ///< never null
  std::vector<std::string> phrases_as_words{};  ///< quotations that stand in no shard, as typed
  bool any = false;                             ///< of the words one suffices
  bool relaxed = false;                         ///< so, for want of hits
};

/// What one index has to say before that is decided.
struct Census {
  std::uint64_t all_words = 0;                 ///< entries with all words, before filters
  std::vector<std::string> missing_phrases{};  ///< quotations that stand nowhere here, as typed
};

/// `request.directions` must be set; its finder and phrases are used.
[[nodiscard]] Census take_census(Reader& reader, const SearchRequest& request);

/// Quotations beside words, as questions in plain German have them (Wer bekam „den Preis“?), that
/// stand nowhere: nothing could be found with them. None if the query is of another kind: a phrase
/// alone, one asked for by UND or +, stays exact.
[[nodiscard]] std::vector<std::string> missing_phrases(const ParsedQuery& parsed, const Plan& plan,
                                                       const Evaluator& evaluator);
/// Reads these quotations as words, and says so. False if there are none.
bool read_as_words(ParsedQuery& parsed, const std::vector<std::string>& phrases);

}  // namespace fundstelle::search
