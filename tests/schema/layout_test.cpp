// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "data.h"
#include "schema/layout.h"

using namespace fundstelle;

TEST_CASE("layout: numbers of a damaged `current` are refused, not bent into others", "[schema]") {
  const test::ScratchDir dir;
  const auto with = [&](const std::string& generation, const std::string& delta) {
    std::ofstream(dir.path() / "current")
        << R"({"schema_version":4,"fingerprint":"f","generation":)" << generation << R"(,"delta":)"
        << delta << R"(,"revision":"r"})";
    return schema::read_current_if_any(dir.path());
  };
  CHECK(with("7", "4294967295")->delta == 4294967295U);
  for (const std::string wrong : {"-1", "1e300", "1.5", "4294967296", "18446744073709551616",
                                  "\"1\"", "null", "true", "[]"}) {
    CAPTURE(wrong);
    CHECK_THROWS_AS(with(wrong, "1"), schema::IndexError);
    CHECK_THROWS_AS(with("1", wrong), schema::IndexError);
  }
}
