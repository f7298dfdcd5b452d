// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can be told of the running service: one record a request for logs and metrics, figures of
// the moment.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace fundstelle::http {

/// One request that was answered or refused.
struct Answered {
  std::string_view route;    ///< as in the table of addresses, "{}" for what varies; "unknown"
  std::string_view refusal;  ///< why nobody worked on it, empty if somebody did
  Method method = Method::kGet;
  int status = 0;
  std::size_t bytes = 0;  ///< of the body
  std::chrono::nanoseconds took{},
      waited{};  ///< from arrival to handing over; of that in the queue
  // Personal data: told only to logs that ask for it.
  const std::string& client;  ///< address of the visitor
  const Request& request;
};

/// Called in the thread that answers; must not throw and must be quick.
using Observer = std::function<void(const Answered&)>;

/// Figures of the moment.
struct ServerGauges {
  std::size_t connections = 0, in_flight = 0, queued = 0, busy_handlers = 0, handlers = 0;
  std::size_t bytes_reading = 0, bytes_sending = 0;  ///< held for requests and for answers
  std::uint64_t connections_refused = 0;             ///< since the start
  std::uint64_t addresses_limited = 0;               ///< whose requests are being counted
};

}  // namespace fundstelle::http
