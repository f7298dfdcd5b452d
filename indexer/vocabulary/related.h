// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words that stand in similar company.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace fundstelle::vocabulary {

struct Neighbour {
  std::uint32_t row = 0;
  float similarity = 0;
};

/// How often each row was met beside each column, as lists by row, columns ascending.
struct Company {
  struct Cell {
    std::uint32_t column = 0, count = 0;
  };
  std::vector<std::vector<Cell>> rows;
  std::uint32_t columns = 0;
};

/// The `wanted` most similar rows of each row, nearest first; deterministic, one thread.
[[nodiscard]] std::vector<std::vector<Neighbour>> nearest_rows(const Company& company,
                                                               std::size_t wanted);

}  // namespace fundstelle::vocabulary
