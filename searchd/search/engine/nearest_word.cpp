// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/nearest_word.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace fundstelle::search {
namespace {

/// Inserted, dropped, replaced bytes and swapped neighbours.
std::size_t edits(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> rows(a.size() + 1,
                                             std::vector<std::size_t>(b.size() + 1, 0));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t k = 0; k <= b.size(); ++k) {
      if (i == 0 || k == 0) {
        rows[i][k] = i + k;
        continue;
      }
      rows[i][k] = std::min({rows[i - 1][k] + 1, rows[i][k - 1] + 1,
                             rows[i - 1][k - 1] + (a[i - 1] == b[k - 1] ? 0U : 1U)});
      if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1]) {
        rows[i][k] = std::min(rows[i][k], rows[i - 2][k - 2] + 1);
      }
    }
  }
  return rows[a.size()][b.size()];
}

}  // namespace

NearestWord::NearestWord(std::string typed) : typed_(std::move(typed)) {
  limit_ = typed_.size() < 3 || typed_.size() > 64 ? 0 : typed_.size() <= 5 ? 1 : 2;
}

void NearestWord::consider(const std::string& candidate, const std::string& meaning) {
  if (limit_ == 0 || candidate.size() + limit_ < typed_.size() ||
      candidate.size() > typed_.size() + limit_) {
    return;
  }
  const std::size_t distance = edits(typed_, candidate);
  if (distance > limit_ || distance >= best_distance_) return;
  best_ = meaning;
  best_distance_ = distance;
}

}  // namespace fundstelle::search
