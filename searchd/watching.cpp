// SPDX-License-Identifier: GPL-3.0-or-later
#include "watching.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <optional>

#include "log.h"
#include "schema/last_run.h"

namespace fundstelle {
namespace {

const char* name_of(http::Method method) {
  switch (method) {
    case http::Method::kGet:
      return "GET";
    case http::Method::kHead:
      return "HEAD";
    case http::Method::kPost:
      return "POST";
    case http::Method::kOther:
      break;
  }
  return "other";
}

std::string milliseconds(std::chrono::nanoseconds time) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", std::chrono::duration<double, std::milli>(time).count());
  return text;
}

std::string address_of(const http::Request& request) {
  std::string address = request.path;
  char before = '?';
  for (const auto& [name, value] : request.query) {
    address += before + name + "=" + value;
    before = '&';
  }
  return address;
}

/// Seconds since 1970 of "2026-11-22T09:30:00Z".
std::optional<double> seconds_of(const std::string& time) {
  std::tm utc{};
  if (std::sscanf(time.c_str(), "%d-%d-%dT%d:%d:%d", &utc.tm_year, &utc.tm_mon, &utc.tm_mday,
                  &utc.tm_hour, &utc.tm_min, &utc.tm_sec) != 6) {
    return std::nullopt;
  }
  utc.tm_year -= 1900;
  utc.tm_mon -= 1;
  return static_cast<double>(timegm(&utc));
}

/// Of one index without a label, of shards with their names.
void write_last_runs(http::MetricsText& text, const std::vector<Served::Folder>& folders) {
  std::vector<std::pair<std::string, schema::LastRun>> runs;
  for (const Served::Folder& folder : folders) {
    if (auto run = schema::read_last_run(folder.dir)) {
      runs.emplace_back(folder.name, std::move(*run));
    }
  }
  if (runs.empty()) return;
  const auto labels = [](const std::string& name) {
    return name.empty() ? http::MetricsText::Labels{} : http::MetricsText::Labels{{"shard", name}};
  };
  text.family("fundstelle_indexer_last_run_files", "gauge",
              "Files of the last run of the indexer, by what became of them.");
  for (const auto& [name, run] : runs) {
    for (const auto& [state, files] : run.files) {
      auto of_files = labels(name);
      of_files.emplace_back("state", state);
      text.sample("fundstelle_indexer_last_run_files", of_files, static_cast<double>(files));
    }
  }
  const auto of_runs = [&](std::string_view family, std::string_view help, const auto& value) {
    text.family(family, "gauge", help);
    for (const auto& [name, run] : runs) text.sample(family, labels(name), value(run));
  };
  of_runs("fundstelle_indexer_last_run_timestamp_seconds",
          "When the last run of the indexer ended.",
          [](const schema::LastRun& run) { return static_cast<double>(run.ended); });
  of_runs("fundstelle_indexer_last_run_exit_code",
          "0 done, 1 done with some failures, 2 nothing could be done.",
          [](const schema::LastRun& run) { return static_cast<double>(run.exit_code); });
}

http::Response text_response(std::string media_type, std::string text) {
  http::Response response;
  response.media_type = std::move(media_type);
  response.body = std::make_shared<const std::string>(std::move(text));
  return response;
}

}  // namespace

void Watching::follow(const Settings& settings) {
  log_requests_ = settings.log_requests;
  log_queries_ = settings.log_queries;
  log_addresses_ = settings.log_addresses;
}

void Watching::saw(const http::Answered& one) {
  requests_.count(one);
  if (!log_requests_) return;
  // What is logged by default says nothing about who asked for what.
  log(LogLevel::kInfo, "request",
      {{"method", name_of(one.method)},
       {"route", std::string(one.route)},
       {"status", std::to_string(one.status)},
       {"ms", milliseconds(one.took)},
       {"waited_ms", milliseconds(one.waited)},
       {"bytes", std::to_string(one.bytes)},
       {"refused", one.refusal.empty() ? "-" : std::string(one.refusal)},
       {"client", log_addresses_ ? one.client : "-"},
       {"address", log_queries_ ? address_of(one.request) : "-"}});
}

http::Response Watching::answer(const std::string& path, const http::Server& server) const {
  if (path == "/metrics") {
    return text_response("text/plain; version=0.0.4; charset=utf-8", metrics(server));
  }
  if (path == "/healthz") return text_response("application/json", "{\"status\":\"ok\"}\n");
  if (path == "/readyz") {
    const bool open = served_.figures().open && !server.draining();
    http::Response response = text_response(
        "application/json", open ? "{\"status\":\"ready\"}\n" : "{\"status\":\"not ready\"}\n");
    if (!open) response.status = 503;
    return response;
  }
  http::Response response =
      text_response("text/plain; charset=utf-8", "There are /metrics, /healthz and /readyz.\n");
  response.status = 404;
  return response;
}

std::string Watching::metrics(const http::Server& server) const {
  http::MetricsText text;
  text.family("fundstelle_build_info", "gauge", "1; the version is a label.");
  text.sample("fundstelle_build_info", {{"version", FUNDSTELLE_VERSION}}, 1);
  requests_.write(text);
  write_gauges(text, server.gauges());
  text.one("fundstelle_http_connections_limit", "gauge", "Connections there may be.",
           static_cast<double>(server.connections()));

  const Served::Figures index = served_.figures();
  text.one("fundstelle_index_open", "gauge", "1 if there is an index to answer from.", index.open);
  text.one("fundstelle_index_newer_unreadable", "gauge",
           "1 while a newer revision cannot be read and an older one is served.",
           index.newer_is_unreadable);
  text.one("fundstelle_index_swaps_total", "counter", "Revisions taken over while running.",
           static_cast<double>(index.swaps));
  text.one("fundstelle_index_failures_total", "counter", "Revisions that could not be read.",
           static_cast<double>(index.failures));
  text.one("fundstelle_index_seconds_since_swap", "gauge",
           "Time since the revision being served was opened.", index.seconds_since_swap);
  if (const auto state = served_.state()) {
    text.family("fundstelle_index_info", "gauge", "1; the revision being served is a label.");
    text.sample("fundstelle_index_info", {{"revision", state->revision}}, 1);
    text.one("fundstelle_index_documents", "gauge", "Documents in the index.",
             static_cast<double>(state->documents));
    text.one("fundstelle_index_passages", "gauge", "Passages in the index.",
             static_cast<double>(state->passages));
    if (const auto made = seconds_of(state->indexed)) {
      text.one("fundstelle_index_made_timestamp_seconds", "gauge",
               "When the revision being served was made.", *made);
    }
  }
  if (const auto read = served_.statistics()) {
    const SearcherStatistics& statistics = *read;
    text.one("fundstelle_queries_total", "counter", "Questions to the engine.",
             static_cast<double>(statistics.queries));
    text.one("fundstelle_queries_slow_total", "counter",
             "Questions given up when their time was used up.",
             static_cast<double>(statistics.slow_queries));
    const std::pair<std::string_view, const SearcherStatistics::Cache&> caches[] = {
        {"postings", statistics.postings},
        {"answers", statistics.answers},
        {"records", statistics.records}};
    const auto of_caches = [&](std::string_view name, std::string_view type, std::string_view help,
                               std::uint64_t SearcherStatistics::Cache::*member) {
      text.family(name, type, help);
      for (const auto& [cache, figures] : caches) {
        text.sample(name, {{"cache", cache}}, static_cast<double>(figures.*member));
      }
    };
    using Cache = SearcherStatistics::Cache;
    of_caches("fundstelle_cache_hits_total", "counter", "Found in a cache.", &Cache::hits);
    of_caches("fundstelle_cache_misses_total", "counter", "Not found in a cache.", &Cache::misses);
    of_caches("fundstelle_cache_bytes", "gauge", "Bytes in a cache.", &Cache::bytes);
    of_caches("fundstelle_cache_capacity_bytes", "gauge", "Bytes a cache may hold.",
              &Cache::capacity_bytes);
  }
  const std::vector<Served::Part> parts = served_.parts();
  if (!parts.empty()) {
    text.family("fundstelle_shard_answers", "gauge",
                "1 if a shard is asked and answered when it was last.");
    for (const Served::Part& part : parts) {
      text.sample("fundstelle_shard_answers", {{"shard", part.name}}, part.answers);
    }
    text.family("fundstelle_shard_documents", "gauge", "Documents a shard held when last seen.");
    for (const Served::Part& part : parts) {
      text.sample("fundstelle_shard_documents", {{"shard", part.name}},
                  static_cast<double>(part.documents));
    }
  }
  write_last_runs(text, served_.folders());
  text.one("fundstelle_settings_reloads_total", "counter", "Settings read again.",
           static_cast<double>(reloads_));
  text.one("fundstelle_settings_reload_failures_total", "counter",
           "Settings that could not be read again; the old ones hold.",
           static_cast<double>(failed_reloads_));
  text.one("process_start_time_seconds", "gauge", "When the process started.",
           std::chrono::duration<double>(started_.time_since_epoch()).count());
  http::write_process(text);
  return text.take();
}

}  // namespace fundstelle
