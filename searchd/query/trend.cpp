// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/trend.h"

#include <array>

namespace fundstelle {
namespace {
constexpr std::array<const char*, 4> kNames{"auto", "year", "quarter", "month"};
}

const char* to_string(TrendStep step) { return kNames.at(static_cast<std::size_t>(step)); }

std::optional<TrendStep> trend_step_of(const std::string& name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (name == kNames[i]) return static_cast<TrendStep>(i);
  }
  return std::nullopt;
}

}  // namespace fundstelle
