// SPDX-License-Identifier: GPL-3.0-or-later
//
// What whoever runs the service sees: metrics, health, a log of requests if it is wanted.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

#include "http/metrics.h"
#include "http/server.h"
#include "served.h"
#include "settings.h"

namespace fundstelle {

class Watching {
 public:
  explicit Watching(const Served& served) : served_(served) {}

  /// Counts, and logs if wanted. For many threads.
  void saw(const http::Answered& answered);
  /// Which requests are logged, and how far.
  void follow(const Settings& settings);
  /// How the last reading of the settings went.
  void reloaded(bool well) { well ? ++reloads_ : ++failed_reloads_; }

  /// Answers the administrator's door: /metrics, /healthz, /readyz.
  [[nodiscard]] http::Response answer(const std::string& path, const http::Server& server) const;

 private:
  [[nodiscard]] std::string metrics(const http::Server& server) const;

  const Served& served_;
  const std::chrono::system_clock::time_point started_ = std::chrono::system_clock::now();
  http::RequestMetrics requests_;
  std::atomic<bool> log_requests_{false}, log_queries_{false}, log_addresses_{false};
  std::atomic<std::uint64_t> reloads_{0}, failed_reloads_{0};
};

}  // namespace fundstelle
