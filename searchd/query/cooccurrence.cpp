// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/cooccurrence.h"

#include <cmath>

namespace fundstelle {

double log_likelihood(const Contingency& counts) {
  const auto a = static_cast<double>(counts.a), b = static_cast<double>(counts.b);
  const auto n1 = static_cast<double>(counts.n1), n2 = static_cast<double>(counts.n2);
  if (n1 == 0 || n2 == 0) return 0;
  const double with = a + b, without = n1 + n2 - with, all = n1 + n2;
  const auto cell = [all](double observed, double row, double column) {
    return observed > 0 ? observed * std::log(observed * all / (row * column)) : 0;
  };
  return 2 * (cell(a, n1, with) + cell(n1 - a, n1, without) + cell(b, n2, with) +
              cell(n2 - b, n2, without));
}

double log_ratio(const Contingency& counts) {
  if (counts.n1 == 0 || counts.n2 == 0) return 0;
  const auto share = [](std::uint64_t with, std::uint64_t all) {
    return (with == 0 ? 0.5 : static_cast<double>(with)) / static_cast<double>(all);
  };
  return std::log2(share(counts.a, counts.n1) / share(counts.b, counts.n2));
}

}  // namespace fundstelle
