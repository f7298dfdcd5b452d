// SPDX-License-Identifier: GPL-3.0-or-later
//
// The time one answer may take, and took. Every loop whose length a query decides asks now and
// then.
#pragma once

#include <chrono>
#include <cstdint>
#include <exception>

namespace fundstelle::search {

/// The time is used up. What was being made is incomplete and must be thrown away.
class TooSlow : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "time of the query used up"; }
};

class Deadline {
 public:
  using Clock = std::chrono::steady_clock;

  /// Never passes.
  Deadline() = default;
  /// Passes in `budget` from now; 0: never.
  explicit Deadline(std::chrono::milliseconds budget) : set_(budget.count() > 0) {
    if (set_) end_ = Clock::now() + budget;
  }

  /// Throws TooSlow when the time is used up.
  void check() const {
    if (set_ && Clock::now() >= end_) throw TooSlow();
  }
  /// As check(), but looks at the clock only once for about a thousand units of `work`, of some
  /// nanoseconds each.
  void step(std::uint32_t work = 1) {
    done_ += work;
    if (done_ < kWorkBetween) return;
    done_ = 0;
    check();
  }

 private:
  static constexpr std::uint32_t kWorkBetween = 1024;
  bool set_ = false;
  std::uint32_t done_ = 0;
  Clock::time_point end_;
};

[[nodiscard]] inline std::uint64_t microseconds_since(Deadline::Clock::time_point begin) {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(Deadline::Clock::now() - begin)
          .count());
}

}  // namespace fundstelle::search
