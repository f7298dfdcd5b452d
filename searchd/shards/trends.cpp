// SPDX-License-Identifier: GPL-3.0-or-later
#include "shards/trends.h"

#include <algorithm>
#include <map>

namespace fundstelle::shards {
namespace {

struct Range {
  std::uint32_t first = UINT32_MAX, last = 0;
  [[nodiscard]] bool empty() const { return last == 0; }
};

Range range_of(const std::vector<TrendAnswer>& parts) {
  Range out;
  for (const TrendAnswer& part : parts) {
    if (part.periods.empty()) continue;
    out.first = std::min(out.first, part.periods.front().from);
    out.last = std::max(out.last, part.periods.back().to);
  }
  return out;
}

void add(TrendPeriod& sum, const TrendPeriod& part) {
  sum.count += part.count;
  sum.filtered += part.filtered;
  sum.all += part.all;
}

/// The most frequent values over all parts, which list every value.
std::vector<std::string> top_values(const std::vector<TrendAnswer>& parts, std::uint32_t most,
                                    std::uint64_t& distinct) {
  struct Value {
    std::string label;
    std::uint64_t total = 0;
  };
  std::map<std::string, Value> values;
  for (const TrendAnswer& part : parts) {
    for (const TrendSeries& series : part.series) {
      if (series.kind != TrendSeries::Kind::kValue || series.total == 0) continue;
      values[series.slug].total += series.total;
      values[series.slug].label = series.label;
    }
  }
  distinct = values.size();
  std::vector<std::pair<std::string, Value>> order(values.begin(), values.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    if (a.second.total != b.second.total) return a.second.total > b.second.total;
    return a.second.label < b.second.label;
  });
  if (order.size() > most) order.resize(most);
  std::vector<std::string> out;
  for (auto& [slug, value] : order) out.push_back(slug);
  return out;
}

}  // namespace

TrendAnswer add_trends(const TrendRequest& request,
                       const std::function<std::vector<TrendAnswer>(const TrendRequest&)>& ask) {
  TrendRequest one = request;
  one.step = TrendStep::kYear;
  one.top = UINT32_MAX;
  std::vector<TrendAnswer> parts = ask(one);
  TrendRequest::Frame frame;
  TrendAnswer out;
  if (request.by) frame.values = top_values(parts, request.top, out.distinct);
  Range range = range_of(parts);
  out.step = range.empty() ? (request.step == TrendStep::kAuto ? TrendStep::kYear : request.step)
                           : trend_step_for(request.step, range.first, range.last);
  one.step = out.step;
  one.top = request.top;
  if (!range.empty() && out.step != TrendStep::kYear) {
    TrendRequest bare = one;
    bare.by.reset();
    // Where all hits of a shard lie in a month or two, and those of another elsewhere.
    range = range_of(ask(bare));
  }
  frame.first = range.empty() ? 0 : range.first;
  frame.last = range.last;
  one.frame = frame;
  parts = ask(one);

  std::map<std::string, std::size_t> row;
  for (const std::string& slug : frame.values) {
    row.emplace(slug, out.series.size());
    out.series.emplace_back().slug = slug;
    out.series.back().label = slug;
  }
  TrendSeries rest, missing;
  rest.kind = TrendSeries::Kind::kRest;
  missing.kind = TrendSeries::Kind::kMissing;
  for (const TrendAnswer& part : parts) {
    if (out.periods.size() < part.periods.size()) {
      for (std::size_t i = out.periods.size(); i < part.periods.size(); ++i) {
        out.periods.push_back({part.periods[i].from, part.periods[i].to});
      }
    }
    for (std::size_t i = 0; i < part.periods.size(); ++i) add(out.periods[i], part.periods[i]);
    add(out.undated, part.undated);
    out.total += part.total;
    out.relaxed = out.relaxed || part.relaxed;
    for (const TrendSeries& series : part.series) {
      TrendSeries* sum = series.kind == TrendSeries::Kind::kRest ? &rest : &missing;
      if (series.kind == TrendSeries::Kind::kValue) {
        const auto found = row.find(series.slug);
        if (found == row.end()) continue;
        sum = &out.series[found->second];
        sum->label = series.label;
      }
      sum->total += series.total;
      sum->undated += series.undated;
      sum->counts.resize(std::max(sum->counts.size(), series.counts.size()), 0);
      for (std::size_t i = 0; i < series.counts.size(); ++i) sum->counts[i] += series.counts[i];
    }
  }
  if (rest.total > 0) out.series.push_back(std::move(rest));
  if (missing.total > 0) out.series.push_back(std::move(missing));
  for (TrendSeries& series : out.series) series.counts.resize(out.periods.size(), 0);
  return out;
}

}  // namespace fundstelle::shards
