// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/plain_bundles.h"

#include <catch2/catch.hpp>
#include <random>
#include <string>

using fundstelle::writer::PlainBundles;

TEST_CASE("plain bundles: what is remembered is right, what is met often is remembered",
          "[writer]") {
  PlainBundles bundles(8);
  std::mt19937 random(3);
  int remembered = 0;
  for (int i = 0; i < 20'000; ++i) {
    // The first words come in every second time, as words of a text do.
    const unsigned number = random() % 2 == 0 ? random() % 4 : 4 + random() % 500;
    const std::string print = "wort" + std::to_string(number);
    if (const PlainBundles::Word* word = bundles.find(print)) {
      CHECK(word->bundle == number);
      CHECK(word->length == number + 1);
      if (number < 4) ++remembered;
    } else {
      bundles.put(print, {number, static_cast<std::uint16_t>(number + 1), 0});
    }
  }
  CHECK(remembered > 5'000);
}
