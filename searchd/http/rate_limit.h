// SPDX-License-Identifier: GPL-3.0-or-later
//
// How many requests one address may make: a bucket of `burst` tokens each, filled at `per_second`.
#pragma once

#include <chrono>
#include <cstddef>
#include <unordered_map>

#include "http/client_address.h"

namespace fundstelle::http {

struct Rate {
  double per_second = 20;  ///< 0: no limit
  double burst = 100;
};

/// For one thread. Remembers at most kMostAddresses; who is forgotten begins with a full bucket.
class RateLimiter {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::size_t kMostAddresses = 65'536;  ///< 4 MiB

  /// Seconds until the next request is welcome; 0: this one is.
  [[nodiscard]] unsigned wait_for(const AddressBytes& client, const Rate& rate, Time now);
  [[nodiscard]] std::size_t addresses() const { return buckets_.size(); }

 private:
  struct Bucket {
    double tokens = 0;
    Time filled;
  };
  struct Hash {
    std::size_t operator()(const AddressBytes& address) const;
  };
  void forget(const Rate& rate, Time now);

  std::unordered_map<AddressBytes, Bucket, Hash> buckets_;
};

}  // namespace fundstelle::http
