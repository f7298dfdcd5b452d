// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/server.h"

#include <fcntl.h>
#include <pistache/endpoint.h>
#include <pistache/http.h>
#include <pistache/peer.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <ctime>

#include "http/connection.h"
#include "http/worker_pool.h"

namespace fundstelle::http {
namespace {

namespace Net = Pistache;

const char* reason_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 302:
      return "Found";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 415:
      return "Unsupported Media Type";
    case 414:
      return "URI Too Long";
    case 413:
      return "Content Too Large";
    case 503:
      return "Service Unavailable";
    default:
      return "Internal Server Error";
  }
}

std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[40];
  // Fixed English names: strftime would follow the locale.
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[utc.tm_wday % 7],
                utc.tm_mday, kMonths[utc.tm_mon % 12], utc.tm_year + 1900, utc.tm_hour, utc.tm_min,
                utc.tm_sec);
  return text;
}

/// The bytes that go over the wire.
std::string serialise(const Response& response, Method method, bool close) {
  const std::size_t length = response.body ? response.body->size() : 0;
  const bool with_body = method != Method::kHead && response.status != 304 && length > 0;
  std::string bytes;
  bytes.reserve(640 + (with_body ? length : 0));
  const auto header = [&bytes](std::string_view name, std::string_view value) {
    bytes.append(name).append(": ");
    // A line end in a value would start a header of its own.
    for (const char c : value) bytes += c == '\r' || c == '\n' ? ' ' : c;
    bytes += "\r\n";
  };
  bytes +=
      "HTTP/1.1 " + std::to_string(response.status) + " " + reason_of(response.status) + "\r\n";
  header("Date", http_date());
  header("Connection", close ? "close" : "keep-alive");
  if (response.status != 304) {
    header("Content-Type",
           response.media_type.empty() ? "application/octet-stream" : response.media_type);
    header("Content-Length", std::to_string(length));
  }
  header("X-Content-Type-Options", "nosniff");
  header("Referrer-Policy", "same-origin");
  header("Cross-Origin-Opener-Policy", "same-origin");
  for (const auto& [name, value] : response.headers) header(name, value);
  bytes += "\r\n";
  if (with_body) bytes += *response.body;
  return bytes;
}

/// A second descriptor of a connection that is to be closed after its answer. The number of the
/// first may belong to another connection by the time the answer has left; this one cannot.
class HalfClose {
 public:
  explicit HalfClose(int socket) : socket_(::fcntl(socket, F_DUPFD_CLOEXEC, 0)) {}
  HalfClose(const HalfClose&) = delete;
  HalfClose& operator=(const HalfClose&) = delete;
  ~HalfClose() {
    if (socket_ >= 0) ::close(socket_);
  }
  void finish() const {
    if (socket_ >= 0) ::shutdown(socket_, SHUT_WR);
  }

 private:
  const int socket_;
};

/// Counts requests from their arrival until their bytes have left.
class InFlight {
 public:
  [[nodiscard]] std::shared_ptr<void> enter() {
    ++count_;
    return std::shared_ptr<void>(nullptr, [this](void*) { --count_; });
  }
  [[nodiscard]] int count() const { return count_; }

 private:
  std::atomic<int> count_{0};
};

}  // namespace

struct Server::State {
  Service& service;
  const ServerOptions options;
  InFlight in_flight;
  std::atomic<bool> draining{false};
  std::unique_ptr<WorkerPool> pool;
  std::unique_ptr<Net::Http::Endpoint> endpoint;
  bool running = false;

  class Gate;
  class Reply;
};

/// The one answer to one request. If nobody sends anything, its end sends 500: a client never waits
/// for the time limit because some path of ours forgot it.
class Server::State::Reply {
 public:
  /// Made in the thread of the connection, where its descriptor is surely still its own.
  Reply(State& state, const std::shared_ptr<Net::Tcp::Peer>& peer,
        std::shared_ptr<ConnectionClock> clock, Method method, bool close)
      : state_(state),
        peer_(peer),
        method_(method),
        clock_(clock),
        half_close_(close ? std::make_shared<HalfClose>(peer->fd()) : nullptr) {
    clock->request_complete();
    counted_ = {nullptr, [clock = std::move(clock), counted = state.in_flight.enter()](void*) {
                  clock->answered();
                }};
  }
  Reply(const Reply&) = delete;
  Reply& operator=(const Reply&) = delete;
  ~Reply() {
    if (!sent_) send(state_.service.problem(request, {"internal_error", "", ""}));
  }

  void send(const Response& response) noexcept {
    if (sent_) return;
    sent_ = true;
    try {
      const std::shared_ptr<Net::Tcp::Peer> peer = peer_.lock();
      if (!peer) return;  // the client has gone
      std::string bytes = serialise(response, method_, half_close_ || state_.draining);
      const std::size_t size = bytes.size();
      clock_->sends();
      peer->send(Net::RawBuffer(std::move(bytes), size))
          .then(
              // Pistache never closes by itself.
              [counted = counted_, held = response.until_sent, half_close = half_close_](ssize_t) {
                if (half_close) half_close->finish();
              },
              [counted = counted_, held = response.until_sent](std::exception_ptr&) {});
    } catch (...) {
      // The connection broke meanwhile: there is nobody to tell.
    }
  }

  Request request;

 private:
  State& state_;
  std::weak_ptr<Net::Tcp::Peer> peer_;
  const Method method_;
  const std::shared_ptr<ConnectionClock> clock_;
  std::shared_ptr<const HalfClose> half_close_;  ///< null: the connection is kept
  std::shared_ptr<void> counted_;  ///< as in flight, and as being answered by its connection
  bool sent_ = false;
};

class Server::State::Gate : public Net::Http::Handler {
 public:
  HTTP_PROTOTYPE(Gate)

  explicit Gate(State* state) : state_(state) {}

  /// Not called: onInput below hands on what it has read.
  void onRequest(const Net::Http::Request&, Net::Http::ResponseWriter) override {}

 private:
  void onConnection(const std::shared_ptr<Net::Tcp::Peer>& peer) override {
    const ServerOptions& options = state_->options;
    peer->putData(ParserData, std::make_shared<RequestReader>(
                                  options.request_bytes,
                                  std::make_shared<ConnectionClock>(
                                      ConnectionLimits{options.header_timeout, options.body_timeout,
                                                       options.send_timeout, options.keep_alive},
                                      peer)));
  }

  void onInput(const char* bytes, std::size_t size,
               const std::shared_ptr<Net::Tcp::Peer>& peer) override {
    const auto reader = std::static_pointer_cast<RequestReader>(peer->getData(ParserData));
    if (reader->refused) return;
    try {
      reader->clock()->bytes_came(reader->in_body());
      if (!reader->feed(bytes, size)) {
        refuse(peer, *reader, 413, "Request exceeded maximum buffer size");
      } else if (reader->parse() == Net::Http::Private::State::Done) {
        const Net::Http::Request& incoming = reader->request;
        auto reply = std::make_shared<Reply>(*state_, peer, reader->clock(), method_of(incoming),
                                             wants_close(incoming));
        read(incoming, reply->request);
        reader->reset();
        answer(std::move(reply));
      } else {
        reader->clock()->bytes_came(reader->in_body());
      }
    } catch (const Net::Http::HttpError& error) {
      refuse(peer, *reader, error.code(), error.reason());
    } catch (const std::exception&) {
      refuse(peer, *reader, 400, "Bad request");
    } catch (...) {
    }
  }

  /// Where the next request begins cannot be known any more: the connection ends with the answer.
  void refuse(const std::shared_ptr<Net::Tcp::Peer>& peer, RequestReader& reader, int status,
              std::string_view reason) noexcept {
    try {
      reader.refused = true;
      Reply reply(*state_, peer, reader.clock(), method_of(reader.request), true);
      reply.request.path = reader.request.resource();
      if (status == 413 && reader.in_body()) {
        reply.send(state_->service.problem(reply.request, {"request_too_large", "", ""}));
        return;
      }
      Response response;
      response.status = status;
      response.media_type = "text/plain; charset=utf-8";
      response.body = std::make_shared<const std::string>(std::string(reason) + "\n");
      reply.send(response);
    } catch (...) {
      // Out of memory at worst; Reply's end has answered what could be answered.
    }
  }

  static Method method_of(const Net::Http::Request& incoming) {
    if (incoming.method() == Net::Http::Method::Get) return Method::kGet;
    if (incoming.method() == Net::Http::Method::Head) return Method::kHead;
    if (incoming.method() == Net::Http::Method::Post) return Method::kPost;
    return Method::kOther;
  }

  static bool wants_close(const Net::Http::Request& incoming) {
    const auto connection = incoming.headers().tryGet<Net::Http::Header::Connection>();
    if (connection && connection->control() == Net::Http::ConnectionControl::Close) return true;
    const bool keep =
        connection && connection->control() == Net::Http::ConnectionControl::KeepAlive;
    return incoming.version() == Net::Http::Version::Http10 && !keep;
  }

  static std::size_t address_bytes(const Request& request) {
    std::size_t bytes = request.path.size();
    for (const auto& [name, value] : request.query) bytes += name.size() + value.size() + 2;
    return bytes;
  }

  static void read(const Net::Http::Request& incoming, Request& request) {
    request.method = method_of(incoming);
    request.path = incoming.resource();
    for (auto it = incoming.query().parameters_begin(); it != incoming.query().parameters_end();
         ++it) {
      request.query.emplace_back(it->first, it->second);
    }
    const auto raw = [&incoming](const char* name) {
      const auto header = incoming.headers().tryGetRaw(name);
      return header ? header->value() : std::string{};
    };
    request.host = raw("Host");
    request.if_none_match = raw("If-None-Match");
    request.accept_encoding = raw("Accept-Encoding");
    if (request.method == Method::kPost) {
      request.content_type = raw("Content-Type");
      request.body = incoming.body();
    }
  }

  void answer(std::shared_ptr<Reply> reply) {
    Service& service = state_->service;
    if (address_bytes(reply->request) > state_->options.head_bytes) {
      reply->request.query.clear();  // no page is built from it
      reply->send(service.problem(
          reply->request,
          {"address_too_long", "Die Adresse ist zu lang. Bitte die Suche kürzen.", ""}));
      return;
    }
    if (service.is_immediate(reply->request.path)) {
      reply->send(service.answer(reply->request));
      return;
    }
    if (state_->draining) {
      reply->send(service.problem(
          reply->request,
          {"shutting_down", "Bitte in einem Augenblick noch einmal versuchen.", ""}));
      return;
    }
    const auto arrived = std::chrono::steady_clock::now();
    const auto longest_wait = state_->options.longest_wait;
    const bool queued = state_->pool->submit([reply, &service, arrived, longest_wait] {
      if (std::chrono::steady_clock::now() - arrived > longest_wait) {
        reply->send(service.problem(reply->request, overloaded()));
      } else {
        reply->send(service.answer(reply->request));
      }
    });
    if (!queued) reply->send(service.problem(reply->request, overloaded()));
  }

  static Problem overloaded() {
    return {"overloaded", "Gerade fragen zu viele zugleich. Bitte gleich noch einmal versuchen.",
            ""};
  }

  State* state_;
};

Server::Server(Service& service, ServerOptions options)
    : state_(new State{service, std::move(options), {}, {}, nullptr, nullptr, false}) {}

Server::~Server() {
  if (state_->running) stop(std::chrono::milliseconds(0));
}

void Server::start() {
  const ServerOptions& options = state_->options;
  // Writing to a client that has gone must not end the process.
  std::signal(SIGPIPE, SIG_IGN);
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  state_->pool =
      std::make_unique<WorkerPool>(options.handlers != 0 ? options.handlers : cores, options.queue);
  try {
    state_->endpoint = std::make_unique<Net::Http::Endpoint>(Net::Address(options.listen));
    auto settings = Net::Http::Endpoint::options()
                        .threads(1)
                        .threadsName("http")
                        .flags(Net::Flags<Net::Tcp::Options>(Net::Tcp::Options::ReuseAddr) |
                               Net::Tcp::Options::NoDelay | Net::Tcp::Options::CloseOnExec)
                        .maxRequestSize(options.request_bytes)
                        // ConnectionClock decides; these say "now".
                        .headerTimeout(std::chrono::milliseconds(0))
                        .bodyTimeout(std::chrono::milliseconds(0))
                        .keepaliveTimeout(std::chrono::milliseconds(0));
    state_->endpoint->init(settings);
    state_->endpoint->setHandler(std::make_shared<State::Gate>(state_.get()));
    state_->endpoint->serveThreaded();
  } catch (const std::exception& error) {
    state_->endpoint.reset();
    state_->pool.reset();
    throw ServerError("cannot listen on " + options.listen + ": " + error.what() +
                      "; is another program using the port? --listen HOST:PORT takes another");
  }
  state_->running = true;
}

std::uint16_t Server::port() const {
  return static_cast<std::uint16_t>(state_->endpoint->getPort());
}

bool Server::stop(std::chrono::milliseconds patience) {
  if (!state_->running) return true;
  state_->running = false;
  state_->service.start_draining();
  state_->draining = true;
  const auto until = std::chrono::steady_clock::now() + patience;
  while (state_->in_flight.count() > 0 && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  const bool finished = state_->in_flight.count() == 0;
  state_->endpoint->shutdown();
  // Handlers may still hold connections of the endpoint: they end first.
  state_->pool->join();
  state_->endpoint.reset();
  return finished;
}

}  // namespace fundstelle::http
