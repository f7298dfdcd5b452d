// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is kept of answers and lists: numbers in few bytes, and which value goes when room is short.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "search/engine/bounded_cache.h"
#include "search/engine/coded.h"

using namespace fundstelle::search;

namespace {

struct Block {
  std::size_t size;
  [[nodiscard]] std::size_t bytes() const { return size; }
};

bool keeps(const BoundedCache<Block>& cache, const std::string& key) {
  return cache.find(key) != nullptr;
}

}  // namespace

TEST_CASE("kept: coded numbers read back, whatever their number and spread", "[search]") {
  std::mt19937 random(5);
  // Different values: none, one, what fits a byte, just not, two bytes, just not.
  for (const std::size_t different : {0U, 1U, 2U, 256U, 257U, 65'536U, 65'537U}) {
    std::vector<float> values;
    const std::size_t size = different == 0 ? 0 : std::max<std::size_t>(10'000, 2 * different);
    for (std::size_t i = 0; i < size; ++i) {
      values.push_back(0.25F + static_cast<float>(i % different));
    }
    std::shuffle(values.begin(), values.end(), random);
    const Coded coded(values);
    INFO(different << " different values");
    REQUIRE(coded.size() == values.size());
    std::vector<float> at, each;
    for (std::size_t i = 0; i < values.size(); ++i) at.push_back(coded[i]);
    coded.for_each([&](std::size_t i, float value) {
      REQUIRE(i == each.size());
      each.push_back(value);
    });
    CHECK((at == values));
    CHECK((each == values));
    if (values.empty()) continue;
    std::vector<float> falling = values;
    std::sort(falling.rbegin(), falling.rend());
    for (const std::size_t wanted : {std::size_t{1}, falling.size() / 2 + 1, falling.size()}) {
      CHECK(coded.highest(wanted) == falling[wanted - 1]);
    }
    CHECK(coded.highest(falling.size() + 1) == falling.back());
    // A byte for up to 256 values is what it is for.
    if (different <= 256) CHECK(coded.bytes() < values.size() * 3 / 2);
  }
}

TEST_CASE("kept: what was asked for lately stays, and never more than there is room for",
          "[search]") {
  BoundedCache<Block> cache(10'000);
  for (const char* key : {"a", "b", "c"}) {
    cache.keep(key, std::make_shared<const Block>(Block{2'500}));
  }
  CHECK(keeps(cache, "a"));  // the others are older now
  cache.keep("d", std::make_shared<const Block>(Block{2'500}));
  CHECK(keeps(cache, "a"));
  CHECK_FALSE(keeps(cache, "b"));
  CHECK(keeps(cache, "c"));
  CHECK(keeps(cache, "d"));
  cache.keep("huge", std::make_shared<const Block>(Block{6'000}));
  CHECK_FALSE(keeps(cache, "huge"));
  CHECK(cache.statistics().bytes <= 10'000);
  cache.resize(3'000);
  CHECK(cache.statistics().bytes <= 3'000);
  cache.retire();
  CHECK(cache.statistics().bytes == 0);
  cache.keep("late", std::make_shared<const Block>(Block{1}));
  CHECK_FALSE(keeps(cache, "late"));
}

TEST_CASE("kept: what was dear to make outlives what was cheap, but not for ever", "[search]") {
  const auto still_there_after = [](int others) {
    BoundedCache<Block> cache(10'000);
    cache.keep("dear", std::make_shared<const Block>(Block{2'500}), 50'000);
    for (int i = 0; i < others; ++i) {
      cache.keep("cheap" + std::to_string(i), std::make_shared<const Block>(Block{2'500}), 2'500);
    }
    return keeps(cache, "dear");
  };
  CHECK(still_there_after(10));
  CHECK_FALSE(still_there_after(200));
}
