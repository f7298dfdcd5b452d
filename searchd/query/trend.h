// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hits over time, as plain data: how many in each year, quarter or month, of which value of a
// facet, and how many documents the collection has there at all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "query/request.h"

namespace fundstelle {

/// kAuto: months up to 3 years, quarters up to 12, else years.
enum class TrendStep : std::uint8_t { kAuto, kYear, kQuarter, kMonth };
[[nodiscard]] const char* to_string(TrendStep step);  ///< "auto", "year", …
[[nodiscard]] std::optional<TrendStep> trend_step_of(const std::string& name);
/// What `wanted` comes to for hits from `first` to `last` (yyyymmdd); never kAuto.
[[nodiscard]] TrendStep trend_step_for(TrendStep wanted, std::uint32_t first, std::uint32_t last);

struct TrendRequest {
  SearchRequest search;  ///< words, filters, period, unit, match; order and page do not matter
  TrendStep step = TrendStep::kAuto;
  std::optional<Facet> by;  ///< a row for each of its values
  std::uint32_t top = 6;    ///< values with a row of their own; the others share one
  /// Set where an index is one shard of several: what was chosen over all of them.
  struct Frame {
    std::uint32_t first = 0, last = 0;  ///< yyyymmdd; the periods of both are in. 0: no periods
    std::vector<std::string> values;    ///< slugs with a row of their own, in this order
  };
  std::optional<Frame> frame;
};

/// One period. Counts are of the unit asked for.
struct TrendPeriod {
  std::uint32_t from = 0, to = 0;  ///< yyyymmdd of its first and last day
  std::uint64_t count = 0;         ///< hits
  std::uint64_t filtered = 0;      ///< what passes the filters, whatever it says
  std::uint64_t all = 0;           ///< what the collection has
};

struct TrendSeries {
  enum class Kind : std::uint8_t { kValue, kRest, kMissing };
  Kind kind = Kind::kValue;
  std::string slug, label;  ///< of a value
  std::uint64_t total = 0;  ///< of all periods and of hits without a date
  std::uint64_t undated = 0;
  std::vector<std::uint64_t> counts;  ///< beside TrendAnswer::periods
};

struct TrendAnswer {
  TrendStep step = TrendStep::kYear;  ///< never kAuto
  std::vector<TrendPeriod> periods;   ///< without gaps; empty if no hit has a date
  /// Without a date, or without a month where periods are shorter than a year.
  TrendPeriod undated;
  /// By total, then label; then the rest and hits without a value, if there are any. A hit with two
  /// values counts in both, so rows may sum up to more than `count`; in the rest it counts once.
  std::vector<TrendSeries> series;
  std::uint64_t distinct = 0;  ///< values with hits
  std::uint64_t total = 0;     ///< hits, dated or not
  bool relaxed = false;        ///< hits may lack words, as in SearchAnswer
  std::uint64_t took_us = 0;
  std::string revision;
};

}  // namespace fundstelle
