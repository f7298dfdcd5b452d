// SPDX-License-Identifier: GPL-3.0-or-later
//
// Limits of POST /api/v1/batch. docs/api.md and the OpenAPI description state them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fundstelle::http {

inline constexpr std::size_t kMostBatchLines = 10'000;
inline constexpr std::size_t kMostBatchLineBytes = 16U << 10;
inline constexpr std::uint64_t kBatchHits = 1000;  ///< of a line that does not say
inline constexpr std::uint64_t kMostBatchHits = 1'000'000;
/// Reading goes on this long; then the answer ends and says where to go on.
inline constexpr std::chrono::seconds kBatchPatience{5};
inline constexpr std::string_view kBatchTypes[] = {"application/x-ndjson", "application/ndjson",
                                                   "application/jsonl", "application/json"};

}  // namespace fundstelle::http
