// SPDX-License-Identifier: GPL-3.0-or-later
#include "research/batch.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <exception>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "research/rows.h"

namespace fundstelle::research {
namespace {

/// Documents with all words come first whatever their score; a run has one score only.
constexpr double kTierScore = 10'000;
constexpr std::size_t kPieceBytes = 1U << 20;

const std::vector<std::string> kColumns{"query",  "rank",  "id",        "passage", "page",
                                        "labels", "score", "all_words", "body",    "type",
                                        "number", "date",  "title",     "authors", "groups"};

RowWriter rows_of(RunFormat format) {
  return {format == RunFormat::kCsv ? RowFormat::kCsv : RowFormat::kJsonl, kColumns};
}

std::string name_of(const Hit& hit) {
  return hit.passages.empty() ? hit.id : hit.id + "#" + std::to_string(hit.passages[0].passage);
}

double run_score(const Hit& hit) { return hit.score + (hit.all_words ? kTierScore : 0); }

/// Asks for one entry; `take` gets the hits that are listed, without those excluded.
std::optional<Problem> answer_entry(const Source& source, const BatchOptions& options,
                                    const QueryEntry& entry, bool metadata,
                                    const Source::Begin& begin,
                                    const std::function<void(const Hit&)>& take) {
  if (!entry.malformed.empty()) return Problem{"malformed_line", entry.malformed, ""};
  HitsRequest request = options.request;
  request.metadata = metadata;
  for (const auto& [name, value] : entry.filters) {
    if (name == "q" || name == "hits") {
      return Problem{"unknown_parameter", "„" + name + "“ kann eine Zeile nicht setzen.", name};
    }
    request.parameters[name] = value;
  }
  request.parameters["q"] = entry.text;
  const auto excluded = options.excluded.find(entry.id);
  const bool excludes = excluded != options.excluded.end();
  const std::uint64_t wanted = request.most;
  if (excludes && wanted != kEveryHit) request.most += excluded->second.size();
  std::uint64_t listed = 0;
  return source.hits(request, begin, [&](const std::vector<Hit>& hits) {
    for (const Hit& hit : hits) {
      if (listed >= wanted) return;
      if (excludes && excluded->second.contains(hit.id)) continue;
      ++listed;
      take(hit);
    }
  });
}

void append_row(std::string& out, const RowWriter& rows, std::string_view query, std::size_t rank,
                const Hit& hit) {
  static const std::vector<std::string> kNone;
  Cell passage, page;
  const std::vector<std::string>* labels = &kNone;
  if (!hit.passages.empty()) {
    const PassageHit& place = hit.passages[0];
    passage = static_cast<std::int64_t>(place.passage);
    if (place.page > 0) page = static_cast<std::int64_t>(place.page);
    labels = &place.labels;
  }
  const auto text = [](const std::string& value) {
    return value.empty() ? Cell{} : Cell{std::string_view(value)};
  };
  rows.append(out, {query, static_cast<std::int64_t>(rank), std::string_view(hit.id), passage, page,
                    labels, hit.score, hit.all_words, text(hit.body), text(hit.type),
                    text(hit.number), text(hit.date), text(hit.title), &hit.authors, &hit.groups});
}

std::string to_json(const QueryRecord& record, bool listed = true) {
  nlohmann::ordered_json json{{"query", record.query}};
  if (record.problem.code.empty()) {
    const ListingFacts& facts = record.facts;
    json["status"] = "ok";
    json["total"] = facts.total;
    json["all_words"] = facts.total_all_words;
    if (listed) json["listed"] = record.listed;
    json["relaxed"] = facts.relaxed;
    json["understood"] = facts.understood;
    json["ignored"] = facts.ignored;
  } else {
    json["status"] = "failed";
    json["line"] = record.line;
    json["code"] = record.problem.code;
    json["reason"] = record.problem.detail;
    if (!record.problem.parameter.empty()) json["parameter"] = record.problem.parameter;
  }
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// Answers one entry and writes its lines.
class Answerer {
 public:
  Answerer(const Source& source, const BatchOptions& options, BatchOutput& output)
      : source_(source),
        options_(options),
        output_(output),
        rows_(rows_of(options.format)),
        fields_(options.format == RunFormat::kCsv || options.format == RunFormat::kJsonl) {}

  QueryRecord answer(std::size_t number, const QueryEntry& entry) {
    QueryRecord record;
    record.query = entry.id;
    record.line = entry.line;
    if (auto problem = list(number, entry, record)) record.problem = std::move(*problem);
    if (!record.problem.code.empty() && options_.format == RunFormat::kJsonl) {
      output_.write(number, to_json(record) + "\n");
    }
    output_.finish(number, to_json(record));
    return record;
  }

 private:
  std::optional<Problem> list(std::size_t number, const QueryEntry& entry, QueryRecord& record) {
    TrecLines trec(entry.id, options_.tag);
    std::string lines;
    const auto begin = [&](const ListingFacts& facts) {
      record.facts = facts;
      if (options_.format != RunFormat::kJsonl) return;
      // Told before the hits are read, so that the record stands in front of them.
      // With exclusions nobody knows yet how many there will be.
      record.listed = std::min(facts.total, options_.request.most);
      lines += to_json(record, !options_.excluded.contains(entry.id)) + "\n";
    };
    std::uint64_t listed = 0;
    const auto take = [&](const Hit& hit) {
      ++listed;
      if (fields_) {
        append_row(lines, rows_, entry.id, listed, hit);
      } else if (options_.format == RunFormat::kTrec) {
        trec.append(lines, name_of(hit), run_score(hit));
      } else {
        lines += entry.id;
        lines += '\t';
        lines += name_of(hit);
        lines += '\n';
      }
      if (lines.size() < kPieceBytes) return;
      output_.write(number, lines);
      lines.clear();
    };
    auto problem = answer_entry(source_, options_, entry, fields_, begin, take);
    // A server that gives up half-way leaves what it gave; the record says so.
    if (!lines.empty()) output_.write(number, lines);
    record.listed = listed;
    return problem;
  }

  const Source& source_;
  const BatchOptions& options_;
  BatchOutput& output_;
  RowWriter rows_;
  bool fields_;
};

}  // namespace

std::string batch_head(RunFormat format, const std::string& provenance) {
  if (format == RunFormat::kJsonl) return provenance + "\n";
  return format == RunFormat::kCsv ? rows_of(format).head() : std::string();
}

Run run_of(const Source& source, const std::vector<QueryEntry>& entries,
           const BatchOptions& options) {
  Run run;
  run.tag = options.tag;
  for (const QueryEntry& entry : entries) {
    std::vector<Run::Line>& lines = run.by_query[entry.id];
    const auto take = [&](const Hit& hit) { lines.push_back({name_of(hit), run_score(hit)}); };
    const auto problem = answer_entry(
        source, options, entry, false, [](const ListingFacts&) {}, take);
    if (problem) throw ResearchError("query " + entry.id + ": " + problem->detail);
  }
  return run;
}

BatchSummary run_batch(const Source& source, const std::vector<QueryEntry>& entries,
                       const BatchOptions& options, BatchOutput& output,
                       const std::function<void(const QueryRecord&)>& told) {
  BatchSummary summary;
  summary.queries = entries.size();
  summary.done_before = std::min(output.done(), entries.size());
  std::atomic<std::size_t> next{summary.done_before};
  std::mutex mutex;  // guards `summary`, `failure` and `told`
  std::exception_ptr failure;
  const auto work = [&] {
    try {
      Answerer answerer(source, options, output);
      for (std::size_t i = next++; i < entries.size(); i = next++) {
        const QueryRecord record = answerer.answer(i, entries[i]);
        const std::lock_guard lock(mutex);
        summary.hits += record.listed;
        if (!record.problem.code.empty()) {
          ++summary.failed;
          ++summary.codes[record.problem.code];
        } else {
          ++summary.answered;
          if (record.facts.total == 0) ++summary.without_hits;
          if (!record.facts.ignored.empty()) ++summary.with_ignored;
        }
        told(record);
      }
    } catch (...) {
      next = entries.size();
      {
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
      }
      // Only then: those let go here fail because of it.
      output.abort();
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < options.jobs; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
  return summary;
}

}  // namespace fundstelle::research
