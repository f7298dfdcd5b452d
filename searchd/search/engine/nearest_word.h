// SPDX-License-Identifier: GPL-3.0-or-later
//
// The nearest of some names to a mistyped one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace fundstelle::search {

/// Keeps the meaning of the candidate with the fewest edits: at most one in words of up to five
/// bytes, two in longer ones. The first of several wins.
class NearestWord {
 public:
  explicit NearestWord(std::string typed);
  void consider(const std::string& candidate, const std::string& meaning);
  [[nodiscard]] const std::string& best() const { return best_; }  ///< empty: none is near

 private:
  std::string typed_, best_;
  std::size_t limit_ = 0;
  std::size_t best_distance_ = SIZE_MAX;
};

}  // namespace fundstelle::search
