// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection in shards, asked the questions of the other benchmarks. tools/bench/shards runs it
// once a form:
//
//   bench-shards --questions FILE [--rounds N] --folder DIR | --server HOST:PORT … [--cpu-of PGID
//   …]
//
// One --folder: one index, without shards. Answers one JSON line a class, with and without facets:
// microseconds of every question (median of the rounds), CPU milliseconds of a question in this
// process, and in the processes of the groups --cpu-of.
#include <time.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <stdexcept>
#include <variant>

#include "engine.h"
#include "question_text.h"
#include "search/searcher.h"
#include "shards/sharded_searcher.h"

namespace fundstelle::bench {
namespace {

double own_cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Of all processes of these groups, in steps of the clock of /proc (10 ms).
double cpu_ms_of(const std::set<long>& groups) {
  double ticks = 0;
  if (groups.empty()) return 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream in(entry.path() / "stat");
    std::string stat;
    if (!std::getline(in, stat)) continue;
    std::istringstream fields(stat.substr(stat.rfind(')') + 1));
    std::string state;
    long parent = 0, group = 0;
    fields >> state >> parent >> group;
    if (!groups.contains(group)) continue;
    double value = 0;
    for (int field = 6; field <= 15 && fields >> value; ++field) {
      if (field >= 14) ticks += value;
    }
  }
  return ticks * 1000 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

long memory_kb(const std::string& name) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(name + ":")) return std::stol(line.substr(name.size() + 1));
  }
  return 0;
}

std::vector<Question> questions_in(const std::string& file) {
  std::ifstream in(file);
  std::vector<Question> out;
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> cells;
    std::istringstream stream(line + "\t");
    for (std::string cell; std::getline(stream, cell, '\t');) cells.push_back(cell);
    if (cells.size() != 5) throw std::runtime_error(file + ": not a question: " + line);
    Question question;
    question.kind = cells[0];
    std::istringstream words(cells[1]);
    for (std::string word; words >> word;) question.words.push_back(word);
    question.from = static_cast<std::uint32_t>(std::stoul(cells[2]));
    question.to = static_cast<std::uint32_t>(std::stoul(cells[3]));
    question.body = cells[4];
    out.push_back(std::move(question));
  }
  return out;
}

using Ask = std::function<std::variant<SearchAnswer, Problem>(const SearchRequest&)>;

nlohmann::json measured(const Ask& ask, const std::vector<Question>& questions,
                        const std::string& kind, bool facets, int rounds,
                        const std::set<long>& groups) {
  using Clock = std::chrono::steady_clock;
  std::vector<SearchRequest> requests;
  for (const Question& question : questions) {
    if (question.kind == kind) requests.push_back(request_of(question, facets));
  }
  std::vector<std::vector<double>> times(requests.size());
  std::uint64_t total = 0;
  double own = 0, served = 0;
  for (int round = -1; round < rounds; ++round) {  // one warms up
    const double own_before = own_cpu_ms(), served_before = cpu_ms_of(groups);
    total = 0;
    for (std::size_t i = 0; i < requests.size(); ++i) {
      const Clock::time_point before = Clock::now();
      const auto answer = ask(requests[i]);
      const std::chrono::duration<double, std::micro> took = Clock::now() - before;
      if (const auto* problem = std::get_if<Problem>(&answer)) {
        throw std::runtime_error(requests[i].q + ": " + problem->code);
      }
      const auto& whole = std::get<SearchAnswer>(answer);
      if (!whole.incomplete.empty()) throw std::runtime_error(whole.incomplete[0]);
      total += whole.total;
      if (round >= 0) times[i].push_back(took.count());
    }
    if (round < 0) continue;
    own += own_cpu_ms() - own_before;
    served += cpu_ms_of(groups) - served_before;
  }
  std::vector<double> medians;
  for (std::vector<double>& one : times) {
    std::nth_element(one.begin(), one.begin() + static_cast<std::ptrdiff_t>(one.size() / 2),
                     one.end());
    medians.push_back(one[one.size() / 2]);
  }
  const double asked = static_cast<double>(requests.size()) * rounds;
  return {{"kind", kind},
          {"facets", facets},
          {"us", medians},
          {"cpu_ms", own / asked},
          {"server_cpu_ms", served / asked},
          {"hits", total}};
}

int run(int argc, char** argv) {
  CLI::App app("Measures a collection in shards");
  std::string file;
  std::vector<std::string> folders, servers;
  std::vector<long> groups;
  int rounds = 5;
  app.add_option("--questions", file)->required();
  app.add_option("--rounds", rounds)->check(CLI::Range(1, 1000));
  app.add_option("--folder", folders);
  app.add_option("--server", servers);
  app.add_option("--cpu-of", groups);
  CLI11_PARSE(app, argc, argv);

  const std::vector<Question> questions = questions_in(file);
  std::unique_ptr<Searcher> one;
  std::unique_ptr<shards::ShardedSearcher> several;
  Ask ask;
  if (folders.size() == 1 && servers.empty()) {
    SearcherOptions options;
    options.answer_cache_bytes = 0;
    one = std::make_unique<Searcher>(folders[0], options);
    ask = [&](const SearchRequest& request) { return one->search(request); };
  } else {
    std::vector<shards::ShardPlace> places;
    for (const std::string& folder : folders) places.push_back({folder, "", ""});
    for (const std::string& server : servers) places.push_back({"", server, ""});
    several = std::make_unique<shards::ShardedSearcher>(places);
    ask = [&](const SearchRequest& request) { return several->search(request); };
  }
  std::vector<std::string> kinds;
  for (const Question& question : questions) {
    if (std::find(kinds.begin(), kinds.end(), question.kind) == kinds.end()) {
      kinds.push_back(question.kind);
    }
  }
  const std::set<long> watched(groups.begin(), groups.end());
  for (const std::string& kind : kinds) {
    for (const bool facets : {false, true}) {
      std::cout << measured(ask, questions, kind, facets, rounds, watched) << std::endl;
    }
  }
  std::cout << nlohmann::json{{"rss_mb", memory_kb("VmRSS") / 1024},
                              {"anonymous_mb", memory_kb("RssAnon") / 1024}}
            << std::endl;
  return 0;
}

}  // namespace
}  // namespace fundstelle::bench

int main(int argc, char** argv) {
  try {
    return fundstelle::bench::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "bench-shards: " << error.what() << "\n";
    return 1;
  }
}
