// SPDX-License-Identifier: GPL-3.0-or-later
#include "research/batch.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "document/csv.h"

namespace fundstelle::research {
namespace {

constexpr std::uint32_t kPageSize = 100;
/// Documents with all words come first whatever their score; a run has one score only.
constexpr double kTierScore = 10'000;

BatchResult run_one(const Searcher& searcher, const Query& query, const BatchOptions& options) {
  BatchResult out;
  out.query = query;
  SearchRequest request = options.request;
  request.q = query.text;
  request.facets.clear();
  request.histogram = request.snippets = false;
  request.page = 1;
  request.cursor.clear();
  const auto excluded = options.excluded.find(query.id);
  while (out.hits.size() < options.hits) {
    request.size = static_cast<std::uint32_t>(
        std::clamp<std::size_t>(options.hits - out.hits.size(), 1, kPageSize));
    auto given = searcher.search(request);
    if (const auto* error = std::get_if<Problem>(&given)) throw ResearchError(error->detail);
    auto& answer = std::get<SearchAnswer>(given);
    out.total = answer.total;
    out.understood = answer.query.understood;
    out.revision = answer.revision;
    for (Hit& hit : answer.hits) {
      if (excluded != options.excluded.end() && excluded->second.contains(hit.id)) continue;
      out.hits.push_back(std::move(hit));
    }
    if (answer.cursor.empty()) break;
    request.cursor = answer.cursor;
  }
  return out;
}

std::string name_of(const Hit& hit, Unit unit) {
  return unit == Unit::kPassage && !hit.passages.empty()
             ? hit.id + "#" + std::to_string(hit.passages[0].passage)
             : hit.id;
}

}  // namespace

std::vector<BatchResult> run_batch(const Searcher& searcher, const std::vector<Query>& queries,
                                   const BatchOptions& options) {
  std::vector<BatchResult> results(queries.size());
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&] {
    try {
      for (std::size_t i = next++; i < queries.size(); i = next++) {
        results[i] = run_one(searcher, queries[i], options);
      }
    } catch (...) {
      next = queries.size();
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < options.jobs; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
  return results;
}

Run to_run(const std::vector<BatchResult>& results, const BatchOptions& options) {
  Run run;
  run.tag = options.tag;
  for (const BatchResult& result : results) {
    auto& lines = run.by_query[result.query.id];
    for (const Hit& hit : result.hits) {
      lines.push_back(
          {name_of(hit, options.request.unit), hit.score + (hit.all_words ? kTierScore : 0)});
    }
  }
  return run;
}

std::string to_jsonl(const std::vector<BatchResult>& results) {
  std::string out;
  for (const BatchResult& result : results) {
    std::size_t rank = 0;
    for (const Hit& hit : result.hits) {
      nlohmann::ordered_json line{{"query", result.query.id}, {"rank", ++rank}, {"id", hit.id}};
      if (!hit.passages.empty()) {
        line["passage"] = hit.passages[0].passage;
        if (hit.passages[0].page > 0) line["page"] = hit.passages[0].page;
        line["labels"] = hit.passages[0].labels;
      }
      line["score"] = hit.score;
      line["all_words"] = hit.all_words;
      line["body"] = hit.body;
      line["type"] = hit.type;
      line["number"] = hit.number;
      line["date"] = hit.date;
      line["title"] = hit.title;
      line["revision"] = result.revision;
      out += line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    }
  }
  return out;
}

std::string to_csv(const std::vector<BatchResult>& results) {
  std::string out = "query,rank,id,passage,score,body,type,number,date,title\r\n";
  for (const BatchResult& result : results) {
    std::size_t rank = 0;
    for (const Hit& hit : result.hits) {
      const std::string passage =
          hit.passages.empty() ? "" : std::to_string(hit.passages[0].passage);
      for (const std::string& field :
           {csv_field(result.query.id), std::to_string(++rank), csv_field(hit.id), passage,
            std::to_string(hit.score), csv_field(hit.body), csv_field(hit.type),
            csv_field(hit.number), hit.date}) {
        out += field + ",";
      }
      out += csv_field(hit.title) + "\r\n";
    }
  }
  return out;
}

}  // namespace fundstelle::research
