// SPDX-License-Identifier: GPL-3.0-or-later
#include "shards/helpers.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

using fundstelle::shards::Helpers;

TEST_CASE("helpers: each job is done once, whoever asks at the same time", "[shards]") {
  for (const std::size_t most : {std::size_t{0}, std::size_t{1}, std::size_t{6}}) {
    Helpers helpers(most);
    std::atomic<int> wrong{0};
    std::vector<std::thread> callers;
    for (int caller = 0; caller < 4; ++caller) {
      callers.emplace_back([&] {
        for (std::size_t round = 0; round < 500; ++round) {
          std::vector<std::atomic<int>> times(round % 5);
          helpers.run(times.size(), [&](std::size_t i) { ++times[i]; });
          for (const auto& one : times) wrong += one == 1 ? 0 : 1;
        }
      });
    }
    for (std::thread& caller : callers) caller.join();
    CHECK(wrong == 0);
  }
}

TEST_CASE("helpers: jobs that wait are waited for at the same time", "[shards]") {
  Helpers helpers(4);
  std::mutex mutex;
  std::condition_variable all;
  for (int round = 0; round < 3; ++round) {
    std::size_t here = 0;
    bool together = true;
    std::set<std::thread::id> threads;
    helpers.run(4, [&](std::size_t) {
      std::unique_lock lock(mutex);
      threads.insert(std::this_thread::get_id());
      if (++here == 4) all.notify_all();
      together =
          all.wait_for(lock, std::chrono::seconds(10), [&] { return here == 4; }) && together;
    });
    CHECK(together);
    CHECK(threads.size() == 4);
    CHECK(threads.contains(std::this_thread::get_id()));
  }
}
