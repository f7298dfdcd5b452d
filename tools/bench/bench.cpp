// SPDX-License-Identifier: GPL-3.0-or-later
//
// One engine of the comparison. tools/bench/run starts one process an engine and lets them take
// turns:
//
//   bench-engine index ENGINE DIR < RECORDS.tsv
//   bench-engine ask ENGINE WHERE --questions FILE     commands on standard input, one a line:
//     ask KIND FACETS SECONDS      every question of a class once, until the time is used up;
//                                  answers one JSON line with microseconds and totals
//     saturate THREADS SECONDS     (engines of ours) all questions with facets, by many threads at
//                                  once: a round, and more until the time is used up
//
// Engines: fundstelle, fundstelle-cached, fundstelle-plain (no pruning), xapian, sqlite; http
// (WHERE is a port).
#include <time.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iostream>
#include <limits>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "engine.h"

namespace fundstelle::bench {
namespace {

std::vector<std::string> cells(const std::string& line, char separator) {
  std::vector<std::string> out;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, separator);) out.push_back(std::move(cell));
  if (!line.empty() && line.back() == separator) out.emplace_back();
  return out;
}

double thread_cpu_us() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

double rounded(double value) { return std::round(value * 10) / 10; }

std::unique_ptr<Engine> open(const std::string& name, const std::string& where) {
  if (name == "fundstelle") return open_fundstelle(where, false, true);
  if (name == "fundstelle-cached") return open_fundstelle(where, true, true);
  if (name == "fundstelle-plain") return open_fundstelle(where, false, false);
  if (name == "xapian") return open_xapian(where);
  if (name == "sqlite") return open_sqlite(where);
  if (name == "http") return open_http(static_cast<std::uint16_t>(std::stoul(where)));
  throw std::runtime_error("unknown engine " + name);
}

nlohmann::json ask_all(Engine& engine, const std::vector<Question>& questions,
                       const std::string& kind, bool facets, double seconds) {
  using Clock = std::chrono::steady_clock;
  nlohmann::json wall = nlohmann::json::array(), cpu = wall, totals = wall;
  const Clock::time_point begin = Clock::now();
  for (const Question& question : questions) {
    if (question.kind != kind) continue;
    const double cpu_before = thread_cpu_us();
    const Clock::time_point before = Clock::now();
    const std::uint64_t total = engine.ask(question, facets);
    const Clock::time_point after = Clock::now();
    wall.push_back(rounded(std::chrono::duration<double, std::micro>(after - before).count()));
    cpu.push_back(rounded(thread_cpu_us() - cpu_before));
    totals.push_back(total);
    if (std::chrono::duration<double>(after - begin).count() > seconds) break;
  }
  return {{"us", std::move(wall)}, {"cpu_us", std::move(cpu)}, {"totals", std::move(totals)}};
}

/// The questions one after the other, each to whichever engine is free. Whole rounds, so that every
/// load has the same share of every class.
nlohmann::json saturate(const std::vector<Engine*>& engines, const std::vector<Question>& questions,
                        double seconds) {
  using Clock = std::chrono::steady_clock;
  std::atomic<std::size_t> next = 0, end = std::numeric_limits<std::size_t>::max();
  std::mutex mutex;
  std::vector<double> milliseconds;
  std::uint64_t failures = 0;
  double cpu_us = 0;
  const Clock::time_point begin = Clock::now();
  const auto until = begin + std::chrono::duration<double>(seconds);
  {
    std::vector<std::jthread> threads;
    for (Engine* const engine : engines) {
      threads.emplace_back([&, engine] {
        std::vector<double> times;
        std::uint64_t failed = 0;
        for (std::size_t i = next++; i < end; i = next++) {
          const Clock::time_point before = Clock::now();
          if (std::size_t open = std::numeric_limits<std::size_t>::max(); before >= until) {
            end.compare_exchange_strong(open, (i / questions.size() + 1) * questions.size());
          }
          try {
            engine->ask(questions[i % questions.size()], true);
            times.push_back(
                std::chrono::duration<double, std::milli>(Clock::now() - before).count());
          } catch (const std::exception&) {
            ++failed;
          }
        }
        const std::lock_guard lock(mutex);
        milliseconds.insert(milliseconds.end(), times.begin(), times.end());
        failures += failed;
        cpu_us += thread_cpu_us();
      });
    }
  }
  const std::chrono::duration<double> took = Clock::now() - begin;
  std::sort(milliseconds.begin(), milliseconds.end());
  const std::size_t count = milliseconds.size();
  const auto at = [&](double share) {
    return count == 0 ? 0.0 : milliseconds[static_cast<std::size_t>(share * double(count - 1))];
  };
  return {{"requests", count},
          {"failures", failures},
          {"seconds", took.count()},
          {"p50_ms", at(0.5)},
          {"p95_ms", at(0.95)},
          {"p99_ms", at(0.99)},
          {"cpu_us", rounded(cpu_us / std::max(1.0, double(count)))}};
}

int serve(const std::string& name, const std::string& where, const std::string& file) {
  const std::vector<Question> questions = read_questions(file);
  const auto begin = std::chrono::steady_clock::now();
  const std::unique_ptr<Engine> engine = open(name, where);
  const std::chrono::duration<double> opened = std::chrono::steady_clock::now() - begin;
  std::cout << nlohmann::json{{"ready", opened.count()}} << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string command;
    words >> command;
    if (command == "ask") {
      std::string kind;
      int facets = 0;
      double seconds = 0;
      words >> kind >> facets >> seconds;
      std::cout << ask_all(*engine, questions, kind, facets != 0, seconds) << std::endl;
    } else if (command == "saturate" && (name == "http" || name.starts_with("fundstelle"))) {
      unsigned threads = 0;
      double seconds = 0;
      words >> threads >> seconds;
      // A Searcher answers many threads; a connection one.
      std::vector<Engine*> engines(threads, engine.get());
      std::vector<std::unique_ptr<Engine>> connections;
      if (name == "http") {
        for (Engine*& one : engines) one = connections.emplace_back(open(name, where)).get();
      }
      std::cout << saturate(engines, questions, seconds) << std::endl;
    } else {
      throw std::runtime_error("unknown command " + line);
    }
  }
  return 0;
}

}  // namespace

bool read_record(std::istream& in, Record& record) {
  std::string line;
  if (!std::getline(in, line)) return false;
  std::vector<std::string> cell = cells(line, '\t');
  if (cell.size() != 7) throw std::runtime_error("not a record of seven fields: " + line);
  record = {std::move(cell[0]), std::move(cell[1]), std::move(cell[2]), std::move(cell[3]),
            std::move(cell[5]), std::move(cell[6]), cells(cell[4], '|')};
  return true;
}

std::vector<Question> read_questions(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  std::vector<Question> questions;
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> cell = cells(line, '\t');
    if (cell.size() != 5) throw std::runtime_error("not a question of five fields: " + line);
    questions.push_back({cell[0], cells(cell[1], ' '),
                         static_cast<std::uint32_t>(std::stoul(cell[2])),
                         static_cast<std::uint32_t>(std::stoul(cell[3])), cell[4]});
  }
  return questions;
}

}  // namespace fundstelle::bench

int main(int argc, char** argv) {
  using namespace fundstelle::bench;
  CLI::App app{"One engine of the comparison; tools/bench/run starts it."};
  app.require_subcommand(1);
  std::string name, where, questions;
  CLI::App* const index = app.add_subcommand("index", "Records on standard input become an index");
  index->add_option("ENGINE", name)->required()->check(CLI::IsMember({"xapian", "sqlite"}));
  index->add_option("DIR", where)->required();
  CLI::App* const ask = app.add_subcommand("ask", "Answer commands on standard input");
  ask->add_option("ENGINE", name)->required();
  ask->add_option("WHERE", where, "Folder of the index; port of the server")->required();
  ask->add_option("--questions", questions)->required();
  CLI11_PARSE(app, argc, argv);
  try {
    if (*ask) return serve(name, where, questions);
    std::ios::sync_with_stdio(false);
    if (name == "xapian") index_xapian(std::cin, where);
    if (name == "sqlite") index_sqlite(std::cin, where);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "bench-engine: " << error.what() << '\n';
    return 2;
  }
}
