// SPDX-License-Identifier: GPL-3.0-or-later
#include "research/batch_output.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <random>
#include <thread>

#include "data.h"

using namespace fundstelle;
using namespace fundstelle::research;

namespace {

const std::string kProvenance = R"({"record":"batch","revision":"r1"})";
constexpr std::size_t kEntries = 40;

std::string lines_of(std::size_t entry) {
  std::string out;
  for (std::size_t i = 0; i < entry % 7; ++i) {
    out += std::to_string(entry) + " line " + std::to_string(i) + "\n";
  }
  return out;
}

std::string record_of(std::size_t entry) { return "{\"id\":\"" + std::to_string(entry) + "\"}"; }

/// The entries from done() on, by several threads in whatever order they come.
void work(BatchOutput& output, std::size_t end = kEntries) {
  std::atomic<std::size_t> next{output.done()};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (std::size_t entry = next++; entry < end; entry = next++) {
        const std::string lines = lines_of(entry);
        std::this_thread::sleep_for(std::chrono::microseconds(entry * 37 % 300));
        output.write(entry, lines.substr(0, lines.size() / 2));
        output.write(entry, lines.substr(lines.size() / 2));
        output.finish(entry, record_of(entry));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("batch output: lines stand in the order of the queries, the log knows where each ends") {
  const test::ScratchDir scratch;
  const std::filesystem::path file = scratch.path() / "run.txt";
  {
    BatchOutput output(file, kProvenance, "head\n", false);
    CHECK(output.done() == 0);
    work(output);
  }
  std::string expected = "head\n", log = kProvenance + "\n";
  for (std::size_t i = 0; i < kEntries; ++i) {
    expected += lines_of(i);
    log +=
        "{\"id\":\"" + std::to_string(i) + "\",\"end\":" + std::to_string(expected.size()) + "}\n";
  }
  CHECK(bytes_of(file) == expected);
  CHECK(bytes_of(BatchOutput::log_of(file)) == log);
}

TEST_CASE("batch output: wherever it was cut off, resuming gives the uninterrupted files") {
  const test::ScratchDir scratch;
  const std::filesystem::path whole = scratch.path() / "whole.txt";
  {
    BatchOutput output(whole, kProvenance, "head\n", false);
    work(output);
  }
  const std::string bytes = bytes_of(whole), log = bytes_of(BatchOutput::log_of(whole));
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    const std::filesystem::path file = scratch.path() / ("cut" + std::to_string(round));
    // The log is behind the lines when a process dies, and may be ahead of them after a power cut.
    const std::size_t log_cut = random() % (log.size() + 1);
    const std::size_t cut = random() % (bytes.size() + 1);
    std::ofstream(BatchOutput::log_of(file), std::ios::binary) << log.substr(0, log_cut);
    std::ofstream(file, std::ios::binary) << bytes.substr(0, cut);
    INFO("log cut at " << log_cut << ", lines at " << cut);
    {
      BatchOutput output(file, kProvenance, "head\n", true);
      work(output);
    }
    CHECK(bytes_of(file) == bytes);
    CHECK(bytes_of(BatchOutput::log_of(file)) == log);
  }
}

TEST_CASE("batch output: nothing is overwritten, nothing foreign is gone on with") {
  const test::ScratchDir scratch;
  const std::filesystem::path file = scratch.path() / "run.txt";
  {
    BatchOutput output(file, kProvenance, "", false);
    work(output, 3);
  }
  const std::string before = bytes_of(file);
  CHECK_THROWS_WITH(BatchOutput(file, kProvenance, "", false),
                    Catch::Contains("run.txt") && Catch::Contains("--resume"));
  CHECK_THROWS_WITH(BatchOutput(file, R"({"revision":"r2"})", "", true),
                    Catch::Contains("r1") && Catch::Contains("r2"));
  std::filesystem::remove(BatchOutput::log_of(file));
  CHECK_THROWS_WITH(BatchOutput(file, kProvenance, "", true), Catch::Contains("log"));
  CHECK(bytes_of(file) == before);
  CHECK_THROWS_AS(BatchOutput(scratch.path() / "no" / "folder", kProvenance, "", false),
                  ResearchError);
}

TEST_CASE("batch output: an entry too large to be kept waits for its turn") {
  const test::ScratchDir scratch;
  const std::filesystem::path file = scratch.path() / "run.txt";
  const std::string megabyte(1U << 20, 'x');
  {
    BatchOutput output(file, kProvenance, "", false);
    std::atomic<int> written{0};
    std::thread second([&] {
      for (int i = 0; i < 10; ++i) {
        output.write(1, megabyte);
        ++written;
      }
      output.finish(1, record_of(1));
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    CHECK(written == 4);
    output.write(0, "first\n");
    output.finish(0, record_of(0));
    second.join();
  }
  CHECK(bytes_of(file).size() == 6 + (10U << 20));
  CHECK(bytes_of(file).starts_with("first\nxxx"));
}
