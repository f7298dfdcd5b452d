// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/trend.h"

#include <array>

namespace fundstelle {
namespace {

constexpr std::uint32_t kMonthsAtMostYears = 3, kQuartersAtMostYears = 12;  // of kAuto
/// Periods shorter than a year are given up beyond: a single misread date of the year 1200 would
/// make ten thousand.
constexpr std::uint32_t kMostPeriods = 2400;

}  // namespace

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

TrendStep trend_step_for(TrendStep wanted, std::uint32_t first, std::uint32_t last) {
  const std::uint32_t years = last / 10000 - first / 10000 + 1;
  if (wanted == TrendStep::kAuto) {
    if (years <= kMonthsAtMostYears) return TrendStep::kMonth;
    return years <= kQuartersAtMostYears ? TrendStep::kQuarter : TrendStep::kYear;
  }
  if (wanted == TrendStep::kMonth && years * 12 > kMostPeriods) return TrendStep::kYear;
  if (wanted == TrendStep::kQuarter && years * 4 > kMostPeriods) return TrendStep::kYear;
  return wanted;
}

}  // namespace fundstelle
