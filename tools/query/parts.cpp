// SPDX-License-Identifier: GPL-3.0-or-later
#include "parts.h"

#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "remote/remote_source.h"

namespace fundstelle::query_tool {

using research::ResearchError;

namespace {

/// Queries of one batch find the same documents again and again; enough for some 100,000.
constexpr std::size_t kListedCacheBytes = std::size_t{192} << 20;

}  // namespace

Opened open(const Settings& settings) {
  if (settings.index.empty() == settings.server.empty()) {
    throw ResearchError("name one source: --index DIR or --server URL");
  }
  Opened out;
  if (!settings.server.empty()) {
    if (!settings.ranking.empty()) throw ResearchError("--ranking needs --index");
    out.source = remote::remote_source(settings.server);
    return out;
  }
  out.searcher = open_index(settings);
  out.source = research::local_source(*out.searcher);
  return out;
}

std::unique_ptr<const Searcher> open_index(const Settings& settings) {
  if (settings.index.empty()) throw ResearchError("name the index: --index DIR");
  SearcherOptions options;
  options.listed_cache_bytes = kListedCacheBytes;
  return std::make_unique<const Searcher>(settings.index, options);
}

research::HitsRequest request_of(const Settings& settings) {
  research::HitsRequest out;
  out.parameters = {{"unit", settings.unit}, {"match", settings.match}, {"sort", settings.sort}};
  for (const std::string& one : settings.where) {
    const std::size_t equals = one.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw ResearchError("--where " + one + ": expected NAME=VALUE, for example topic=verkehr");
    }
    out.parameters[one.substr(0, equals)] = one.substr(equals + 1);
  }
  for (const std::string& assignment : settings.ranking) {
    const std::string wrong = set_ranking(out.ranking, assignment);
    if (!wrong.empty()) throw ResearchError("--ranking " + assignment + ": " + wrong);
  }
  out.most = settings.hits == 0 ? research::kEveryHit : settings.hits;
  out.budget = std::chrono::milliseconds(static_cast<std::int64_t>(settings.seconds * 1000));
  // What is wrong with the flags is wrong with every query: told once, before anything is done.
  const auto read = research::request_of(out);
  if (const auto* problem = std::get_if<Problem>(&read)) throw ResearchError(problem->detail);
  return out;
}

SearchRequest search_of(const Settings& settings, const std::string& q) {
  research::HitsRequest request = request_of(settings);
  request.parameters["q"] = q;
  auto read = research::request_of(request);
  if (const auto* problem = std::get_if<Problem>(&read)) throw ResearchError(problem->detail);
  return std::get<SearchRequest>(read);
}

research::SourceState state_of(const Searcher& searcher) {
  const IndexState state = searcher.state();
  return {state.revision, state.fingerprint, state.documents, state.passages};
}

research::Provenance provenance_of(
    const Settings& settings, const research::SourceState& state,
    std::initializer_list<std::pair<const std::string, std::string>> extra) {
  research::Provenance out;
  out.program = std::string("fundstelle-query ") + FUNDSTELLE_VERSION;
  out.command = settings.command;
  out.revision = state.revision;
  out.fingerprint = state.fingerprint;
  out.documents = state.documents;
  out.passages = state.passages;
  out.parameters = {{"unit", settings.unit}, {"match", settings.match}, {"sort", settings.sort}};
  for (const std::string& one : settings.where) {
    const std::size_t equals = one.find('=');
    out.parameters[one.substr(0, equals)] = one.substr(equals + 1);
  }
  for (const std::string& one : settings.ranking) {
    out.parameters["ranking." + one.substr(0, one.find('='))] = one.substr(one.find('=') + 1);
  }
  if (settings.hits != 0) out.parameters["hits"] = std::to_string(settings.hits);
  if (settings.seconds > 0) out.parameters["seconds"] = std::to_string(settings.seconds);
  for (const auto& [name, value] : extra) out.parameters[name] = value;
  return out;
}

research::RowFormat row_format(const Settings& settings) {
  return settings.format == "jsonl" ? research::RowFormat::kJsonl : research::RowFormat::kCsv;
}

void put_provenance(const Settings& settings, research::TextOutput& output,
                    const research::Provenance& provenance) {
  const std::string record = to_record(provenance);
  if (settings.format == "jsonl") {
    output.write(record + "\n");
  } else if (!output.to_standard_output()) {
    output.put_beside(record);
  } else if (!settings.quiet) {
    std::cerr << record << '\n';
  }
}

Progress::Progress(const Settings& settings, std::string what)
    : what_(std::move(what)), shown_(!settings.quiet && isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (drawn_) std::fputs("\r\x1b[K", stderr);
}

double Progress::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
}

void Progress::at(std::uint64_t done, std::uint64_t all, const std::string& more) {
  const auto now = std::chrono::steady_clock::now();
  if (!shown_ || (drawn_ && now - last_ < std::chrono::milliseconds(100))) return;
  last_ = now;
  drawn_ = true;
  constexpr int kWidth = 30;
  const int full =
      all == 0 ? kWidth
               : static_cast<int>(kWidth * (static_cast<double>(done) / static_cast<double>(all)));
  const std::string bar(static_cast<std::size_t>(full), '#');
  const double rate = seconds() > 0 ? static_cast<double>(done) / seconds() : 0;
  std::fprintf(stderr, "\r\x1b[K[%-30s] %llu/%llu %s, %.0f/s%s%s", bar.c_str(),
               static_cast<unsigned long long>(done), static_cast<unsigned long long>(all),
               what_.c_str(), rate, more.empty() ? "" : ", ", more.c_str());
  std::fflush(stderr);
}

void tell(const std::string& line) { std::cerr << "fundstelle-query: " << line << '\n'; }

}  // namespace fundstelle::query_tool
