// SPDX-License-Identifier: GPL-3.0-or-later
//
// Counts for whoever watches, in the text format of Prometheus (0.0.4). docs/operation.md lists the
// names.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/observation.h"

namespace fundstelle::http {

/// Written line by line. Label values are escaped; names are ours.
class MetricsText {
 public:
  using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

  /// Begins a family; `type` is counter, gauge or histogram.
  void family(std::string_view name, std::string_view type, std::string_view help);
  void sample(std::string_view name, const Labels& labels, double value);
  /// A family of one sample without labels.
  void one(std::string_view name, std::string_view type, std::string_view help, double value);
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

/// Requests by route, status and duration. For many threads.
class RequestMetrics {
 public:
  void count(const Answered& answered);
  void write(MetricsText& text) const;

  /// Upper ends, in seconds; beyond the last is "+Inf".
  static constexpr std::array<double, 14> kBuckets{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                   0.25,  0.5,    1,     2.5,  5,     10,   30};

 private:
  struct Route {
    std::map<int, std::uint64_t> by_status;
    std::array<std::uint64_t, kBuckets.size() + 1> by_duration{};
    double seconds = 0;
    std::uint64_t bytes = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::string_view, Route> routes_;  ///< keys live as long as the program
  std::map<std::string_view, std::uint64_t> refusals_;
  double waited_seconds_ = 0;
};

void write_gauges(MetricsText& text, const ServerGauges& gauges);
/// Memory, descriptors, processor time, start: of this process, as /proc tells.
void write_process(MetricsText& text);

}  // namespace fundstelle::http
