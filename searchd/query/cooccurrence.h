// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words that go with a query more than chance would have it, as plain data.
//
// Of each word a table of two by two is made, counted in documents (or passages):
//
//                  with the word   without it
//   in the hits          a           n1 - a
//   in the rest          b           n2 - b
//
// log_likelihood = 2 * sum of O ln(O / E) over the four cells, E as if hits and rest were alike:
//   how sure it is that the word goes with the query (3.84: p < 0.05, 10.83: p < 0.001, one word
//   alone). Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, Computational
//   Linguistics 19(1), 1993.
// log_ratio = log2((a / n1) / (b / n2)), a zero counted as 0.5: how much more often, by doublings.
//   Hardie, Log Ratio: an informal introduction, CASS (Lancaster), 2014.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "query/request.h"

namespace fundstelle {

struct Contingency {
  std::uint64_t a = 0, n1 = 0, b = 0, n2 = 0;
};
/// 0 if either side is empty.
[[nodiscard]] double log_likelihood(const Contingency& counts);
[[nodiscard]] double log_ratio(const Contingency& counts);

enum class CooccurrenceMeasure : std::uint8_t { kLogLikelihood, kLogRatio };

struct CooccurrenceRequest {
  CooccurrenceMeasure order = CooccurrenceMeasure::kLogLikelihood;
  std::uint32_t top = 50;            ///< words a group
  std::uint64_t least_together = 5;  ///< smaller a are left out
  double least_likelihood = 10.83;   ///< so are words less sure
  /// Without: hits against all else that passes the filters. With: hits of each value against the
  /// other hits.
  std::optional<Facet> by;
  std::uint32_t groups = 10;  ///< values, those with most hits
};

struct CooccurringWord {
  std::string stem;     ///< as the index has it
  std::string printed;  ///< its most frequent print in some of the hits
  Contingency counts;
  double log_likelihood = 0, log_ratio = 0;
};

struct CooccurrenceGroup {
  std::string slug, label;  ///< of the facet's value; empty without one
  std::uint64_t hits = 0, rest = 0;
  std::vector<CooccurringWord> words;  ///< best first
};

}  // namespace fundstelle
