// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace fundstelle::http {
namespace {

std::string number(double value) {
  char text[40];
  if (std::abs(value) < 1e15 && value == std::floor(value)) {
    std::snprintf(text, sizeof text, "%.0f", value);
  } else {
    std::snprintf(text, sizeof text, "%.9g", value);
  }
  return text;
}

}  // namespace

void MetricsText::family(std::string_view name, std::string_view type, std::string_view help) {
  text_.append("# HELP ").append(name).append(" ").append(help).append("\n");
  text_.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

void MetricsText::sample(std::string_view name, const Labels& labels, double value) {
  text_.append(name);
  char before = '{';
  for (const auto& [label, content] : labels) {
    text_ += before;
    text_.append(label).append("=\"");
    for (const char c : content) {
      if (c == '\\' || c == '"') text_ += '\\';
      if (c == '\n')
        text_ += "\\n";
      else
        text_ += c;
    }
    text_ += '"';
    before = ',';
  }
  if (!labels.empty()) text_ += '}';
  text_.append(" ").append(number(value)).append("\n");
}

void MetricsText::one(std::string_view name, std::string_view type, std::string_view help,
                      double value) {
  family(name, type, help);
  sample(name, {}, value);
}

void RequestMetrics::count(const Answered& answered) {
  const double seconds = std::chrono::duration<double>(answered.took).count();
  const auto bucket = static_cast<std::size_t>(
      std::lower_bound(kBuckets.begin(), kBuckets.end(), seconds) - kBuckets.begin());
  const std::lock_guard lock(mutex_);
  Route& route = routes_[answered.route];
  ++route.by_status[answered.status];
  ++route.by_duration[bucket];
  route.seconds += seconds;
  route.bytes += answered.bytes;
  waited_seconds_ += std::chrono::duration<double>(answered.waited).count();
  if (!answered.refusal.empty()) ++refusals_[answered.refusal];
}

void RequestMetrics::write(MetricsText& text) const {
  const std::lock_guard lock(mutex_);
  text.family("fundstelle_http_requests_total", "counter", "Requests by address and status.");
  for (const auto& [name, route] : routes_) {
    for (const auto& [status, count] : route.by_status) {
      text.sample("fundstelle_http_requests_total",
                  {{"route", name}, {"status", std::to_string(status)}},
                  static_cast<double>(count));
    }
  }
  text.family("fundstelle_http_request_duration_seconds", "histogram",
              "From the last byte of a request until its answer is handed over.");
  for (const auto& [name, route] : routes_) {
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i <= kBuckets.size(); ++i) {
      so_far += route.by_duration[i];
      const std::string end = i < kBuckets.size() ? number(kBuckets[i]) : "+Inf";
      text.sample("fundstelle_http_request_duration_seconds_bucket", {{"route", name}, {"le", end}},
                  static_cast<double>(so_far));
    }
    text.sample("fundstelle_http_request_duration_seconds_sum", {{"route", name}}, route.seconds);
    text.sample("fundstelle_http_request_duration_seconds_count", {{"route", name}},
                static_cast<double>(so_far));
  }
  text.family("fundstelle_http_response_bytes_total", "counter", "Bytes of answers' bodies.");
  for (const auto& [name, route] : routes_) {
    text.sample("fundstelle_http_response_bytes_total", {{"route", name}},
                static_cast<double>(route.bytes));
  }
  text.family("fundstelle_http_refused_total", "counter", "Requests nobody worked on, by reason.");
  for (const auto& [reason, count] : refusals_) {
    text.sample("fundstelle_http_refused_total", {{"reason", reason}}, static_cast<double>(count));
  }
  text.one("fundstelle_http_queue_wait_seconds_total", "counter",
           "Time requests have waited for a handler.", waited_seconds_);
}

void write_gauges(MetricsText& text, const ServerGauges& gauges) {
  const auto gauge = [&text](std::string_view name, std::string_view help, double value) {
    text.one(name, "gauge", help, value);
  };
  gauge("fundstelle_http_connections", "Open connections.",
        static_cast<double>(gauges.connections));
  text.one("fundstelle_http_connections_refused_total", "counter",
           "Connections closed at once: too many in all or of one address.",
           static_cast<double>(gauges.connections_refused));
  gauge("fundstelle_http_requests_in_flight", "Requests whose answer has not left yet.",
        static_cast<double>(gauges.in_flight));
  gauge("fundstelle_http_queue_length", "Requests waiting for a handler.",
        static_cast<double>(gauges.queued));
  gauge("fundstelle_http_handlers_busy", "Handlers at work.",
        static_cast<double>(gauges.busy_handlers));
  gauge("fundstelle_http_handlers", "Handlers there are.", static_cast<double>(gauges.handlers));
  gauge("fundstelle_http_reading_bytes", "Held of requests that are not complete.",
        static_cast<double>(gauges.bytes_reading));
  gauge("fundstelle_http_sending_bytes", "Held of answers on their way.",
        static_cast<double>(gauges.bytes_sending));
  gauge("fundstelle_http_limited_addresses", "Addresses whose requests are counted.",
        static_cast<double>(gauges.addresses_limited));
}

void write_process(MetricsText& text) {
  const double page = static_cast<double>(sysconf(_SC_PAGESIZE));
  std::ifstream memory("/proc/self/statm");
  double all = 0, resident = 0;
  if (memory >> all >> resident) {
    text.one("process_resident_memory_bytes", "gauge", "Memory in use.", resident * page);
    text.one("process_virtual_memory_bytes", "gauge", "Memory mapped.", all * page);
  }
  std::error_code error;
  double descriptors = -1;  // the one that reads the folder is no news
  for (std::filesystem::directory_iterator it("/proc/self/fd", error), end; !error && it != end;
       it.increment(error)) {
    ++descriptors;
  }
  if (!error) text.one("process_open_fds", "gauge", "Open descriptors.", descriptors);
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    text.one("process_max_fds", "gauge", "Descriptors there may be.",
             static_cast<double>(files.rlim_cur));
  }
  rusage used{};
  if (getrusage(RUSAGE_SELF, &used) == 0) {
    const auto seconds = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    text.one("process_cpu_seconds_total", "counter", "Processor time.",
             seconds(used.ru_utime) + seconds(used.ru_stime));
  }
  std::ifstream threads("/proc/self/status");
  for (std::string line; std::getline(threads, line);) {
    if (line.rfind("Threads:", 0) == 0) {
      text.one("process_threads", "gauge", "Threads.", std::strtod(line.c_str() + 8, nullptr));
    }
  }
}

}  // namespace fundstelle::http
