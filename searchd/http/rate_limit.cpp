// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/rate_limit.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace fundstelle::http {

std::size_t RateLimiter::Hash::operator()(const AddressBytes& address) const {
  return std::hash<std::string_view>{}(
      {reinterpret_cast<const char*>(address.data()), address.size()});
}

unsigned RateLimiter::wait_for(const AddressBytes& client, const Rate& rate, Time now) {
  if (rate.per_second <= 0) return 0;
  const AddressBytes who = counted_as(client);
  auto found = buckets_.find(who);
  if (found == buckets_.end()) {
    if (buckets_.size() >= kMostAddresses) forget(rate, now);
    found = buckets_.emplace(who, Bucket{rate.burst, now}).first;
  }
  Bucket& bucket = found->second;
  const double passed = std::chrono::duration<double>(now - bucket.filled).count();
  bucket.tokens = std::min(rate.burst, bucket.tokens + passed * rate.per_second);
  bucket.filled = now;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return 0;
  }
  return static_cast<unsigned>(std::ceil((1 - bucket.tokens) / rate.per_second));
}

void RateLimiter::forget(const Rate& rate, Time now) {
  // A bucket that is full again says nothing. If all are in use, some of them have to go: which,
  // nobody outside can choose.
  std::erase_if(buckets_, [&](const auto& one) {
    const double passed = std::chrono::duration<double>(now - one.second.filled).count();
    return one.second.tokens + passed * rate.per_second >= rate.burst;
  });
  std::size_t too_many =
      buckets_.size() > kMostAddresses / 2 ? buckets_.size() - kMostAddresses / 2 : 0;
  for (auto it = buckets_.begin(); it != buckets_.end() && too_many > 0; --too_many) {
    it = buckets_.erase(it);
  }
}

}  // namespace fundstelle::http
