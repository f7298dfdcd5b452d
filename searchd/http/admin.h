// SPDX-License-Identifier: GPL-3.0-or-later
//
// The other door: metrics and health for whoever runs the service, on an address of its own. One
// thread, one small request at a time, each connection closed after its answer.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "http/message.h"

namespace fundstelle::http {

class AdminServer {
 public:
  /// The answer to GET of a path; called in the server's thread, may throw.
  using Answer = std::function<Response(const std::string& path)>;

  /// Listens on "HOST:PORT" or "[::1]:PORT", numbers only; port 0 takes any free one. Throws
  /// ServerError.
  AdminServer(const std::string& listen, Answer answer);
  ~AdminServer();
  AdminServer(const AdminServer&) = delete;
  AdminServer& operator=(const AdminServer&) = delete;

  [[nodiscard]] std::uint16_t port() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fundstelle::http
