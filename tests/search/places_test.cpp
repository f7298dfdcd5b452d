// SPDX-License-Identifier: GPL-3.0-or-later
//
// Places of ids in a set, against counting.
#include "search/engine/places.h"

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

using namespace fundstelle::search;

namespace {

/// Ids of 200,000: few or many of each stretch, or all of them.
std::set<Gid> some_ids(std::mt19937& random) {
  std::set<Gid> out;
  for (Gid begin = 0; begin < 200'000; begin += 10'000) {
    const unsigned kind = random() % 4;
    const unsigned share = kind == 0 ? 0 : kind == 1 ? 5 : kind == 2 ? 400 : 1000;
    for (Gid id = begin; id < begin + 10'000; ++id) {
      if (random() % 1000 < share) out.insert(id);
    }
  }
  return out;
}

}  // namespace

TEST_CASE("places of ids in a set are those counted one by one") {
  std::mt19937 random(11);
  for (int round = 0; round < 20; ++round) {
    const std::set<Gid> members = some_ids(random);
    Roaring set;
    for (const Gid id : members) set.add(id);
    if (round % 2 == 0) set.runOptimize();
    std::map<Gid, std::size_t> place_of;
    for (const Gid id : members) place_of.emplace(id, place_of.size());

    std::set<Gid> asked = some_ids(random);
    asked.insert({0, 65'535, 65'536, 131'071, 199'999, 4'000'000});
    const std::vector<Gid> ids(asked.begin(), asked.end());
    std::map<std::size_t, std::size_t> expected, found;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (const auto known = place_of.find(ids[i]); known != place_of.end()) {
        expected[i] = known->second;
      }
    }
    for_each_place(
        set, ids, [&](std::size_t i, std::size_t place) { CHECK(found.emplace(i, place).second); });
    REQUIRE(found == expected);
  }
  for_each_place(Roaring(), {1, 2, 3}, [](std::size_t, std::size_t) { FAIL("nothing is there"); });
}
