// SPDX-License-Identifier: GPL-3.0-or-later
//
// The network side: one thread reads and writes sockets, a fixed pool of threads answers. The queue
// between them is bounded; what does not fit is told 503 at once.
//
// Pistache is used for sockets and parsing only; response bytes are written here, so that HEAD has
// the right length, connections are kept, and "Connection: close" really closes. Rules it needs
// (docs/operation.md): loopback or a proxy in front, no TLS, no file serving.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include "http/service.h"

namespace fundstelle::http {

/// Cannot listen; what() names the address and the likely remedy.
struct ServerError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct ServerOptions {
  std::string listen = "127.0.0.1:8080";  ///< "HOST:PORT", "[::1]:PORT"; port 0 takes any free one
  unsigned handlers = 0;                  ///< threads that answer; 0: as many as cores
  unsigned queue = 64;                    ///< requests waiting for a handler
  /// Request line, headers and body: a draft of 200,000 bytes, each written as %XX in a form.
  std::size_t request_bytes = 640U << 10;
  std::size_t head_bytes = 16U << 10;                ///< path and query of a request
  std::chrono::milliseconds header_timeout{10'000};  ///< of request line and headers
  std::chrono::milliseconds body_timeout{30'000};    ///< of the body, once the head is there
  std::chrono::milliseconds send_timeout{300'000};   ///< of an answer; making it has no limit here
  std::chrono::milliseconds keep_alive{60'000};
  std::chrono::milliseconds longest_wait{5'000};  ///< in the queue; then 503
};

class Server {
 public:
  /// The service must outlive the server.
  Server(Service& service, ServerOptions options);
  ~Server();  ///< stops at once if stop() was not called
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Binds and serves in threads of its own. Throws ServerError.
  void start();
  [[nodiscard]] std::uint16_t port() const;

  /// Refuses new requests (503), lets those in flight finish for at most `patience`, closes. True
  /// if all of them finished.
  bool stop(std::chrono::milliseconds patience = std::chrono::seconds(5));

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fundstelle::http
