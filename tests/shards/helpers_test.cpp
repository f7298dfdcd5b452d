// SPDX-License-Identifier: GPL-3.0-or-later
#include "shards/helpers.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <new>
#include <optional>
#include <set>
#include <thread>
#include <vector>

using fundstelle::shards::Helpers;

namespace {

/// So many more allocations of this thread succeed, then one fails; below 0: all succeed.
thread_local int allocations_left = -1;

}  // namespace

void* operator new(std::size_t size) {
  if (allocations_left >= 0 && allocations_left-- == 0) throw std::bad_alloc();
  if (void* const out = std::malloc(size == 0 ? 1 : size)) return out;
  throw std::bad_alloc();
}
// Sanitizers want what goes together to be replaced together.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return std::malloc(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

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

TEST_CASE("helpers: without memory a job is done all the same, or never", "[shards]") {
  for (int left = 0; left < 12; ++left) {
    std::optional<Helpers> helpers(std::in_place, 6);
    std::atomic<int> times{0};
    const std::function<void(std::size_t)> job = [&](std::size_t) { ++times; };
    bool refused = false;
    allocations_left = left;
    try {
      helpers->run(6, job);
    } catch (const std::bad_alloc&) {
      refused = true;
    }
    allocations_left = -1;
    INFO("allocations: " << left);
    CHECK(times == (refused ? 0 : 6));
    // Nobody does it later, either.
    for (int round = 0; round < 50; ++round) helpers->run(6, [](std::size_t) {});
    helpers.reset();
    CHECK(times == (refused ? 0 : 6));
  }
}
