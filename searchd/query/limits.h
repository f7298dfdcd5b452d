// SPDX-License-Identifier: GPL-3.0-or-later
//
// How much one query may ask for. Set once by the program (and again when it reloads its settings);
// the defaults hold for everybody else.
#pragma once

#include <atomic>
#include <cstdint>

namespace fundstelle {

struct QueryLimits {
  std::atomic<std::uint32_t> characters{1000};  ///< read of what is typed; the rest is said
  std::atomic<std::uint32_t> words{64};         ///< of a query; at most 64
  std::atomic<std::uint32_t> wildcard_words{
      100};                                       ///< most frequent ones that a wildcard stands for
  std::atomic<std::uint32_t> filter_values{100};  ///< of one filter
  std::atomic<std::uint32_t> deepest_hit{10'000};  ///< that pages reach; cursors go on
};

[[nodiscard]] inline QueryLimits& query_limits() {
  static QueryLimits limits;
  return limits;
}

}  // namespace fundstelle
