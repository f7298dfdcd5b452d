// SPDX-License-Identifier: GPL-3.0-or-later
//
// The network side: one thread reads sockets, a fixed pool of threads answers and sends at once,
// another thread sends what a connection did not take yet (sender.h). The queue between the first
// two is bounded; what does not fit is told 503 at once.
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
#include <vector>

#include "http/client_address.h"
#include "http/observation.h"
#include "http/rate_limit.h"
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
  std::size_t head_bytes = 16U << 10;         ///< path and query of a request
  std::size_t header_bytes = 32U << 10;       ///< request line and headers together
  std::size_t reading_bytes = 64U << 20;      ///< held of all incomplete requests
  std::size_t sending_bytes = 256U << 20;     ///< held of all answers on their way
  std::size_t connections = 1000;             ///< at once; lowered to the descriptors there are
  std::size_t connections_per_address = 100;  ///< not for loopback and trusted proxies
  Rate rate;                                  ///< of an address; not for loopback
  std::vector<Network> trusted_proxies;       ///< whose X-Forwarded-For is believed
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

  /// Told of every request; set before start().
  void observe(Observer observer);

  /// Binds and serves in threads of its own. Throws ServerError.
  void start();
  [[nodiscard]] std::uint16_t port() const;
  /// Connections there may be at once: what was asked for, or what open files allow.
  [[nodiscard]] std::size_t connections() const;

  /// Requests that arrive from now on are answered by this service; those being answered keep the
  /// old one alive.
  void serve_with(std::shared_ptr<Service> service);
  /// Takes over the limits of `options` for new requests and connections. What holds until a
  /// restart (listen, handlers, queue) is left as it is and named.
  std::vector<std::string> reload(ServerOptions options);

  [[nodiscard]] ServerGauges gauges() const;
  [[nodiscard]] bool draining() const;  ///< stop() has begun

  /// First /readyz says 503 for `notice`, while all else is answered, so that a proxy turns away.
  /// Then new requests are refused (503), those in flight finish for at most `patience`, and all is
  /// closed. True if all of them finished.
  bool stop(std::chrono::milliseconds patience = std::chrono::seconds(5),
            std::chrono::milliseconds notice = std::chrono::milliseconds(0));

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fundstelle::http
