// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/server.h"

#include <pistache/endpoint.h>
#include <pistache/http.h>
#include <pistache/peer.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstring>
#include <ctime>
#include <mutex>

#include "http/connection.h"
#include "http/sender.h"
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
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
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

bool has_body(const Response& response, Method method) {
  return method != Method::kHead && response.status != 304 && response.body;
}

/// The bytes that go over the wire before the body.
std::string head_of(const Response& response, bool close) {
  const std::size_t length = response.body ? response.body->size() : 0;
  std::string bytes;
  bytes.reserve(768);
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
  return bytes;
}

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

/// A value that is replaced as a whole; readers keep what they have got.
template <typename T>
class Replaceable {
 public:
  explicit Replaceable(std::shared_ptr<T> value) : value_(std::move(value)) {}
  [[nodiscard]] std::shared_ptr<T> get() const {
    const std::lock_guard lock(mutex_);
    return value_;
  }
  void set(std::shared_ptr<T> value) {
    const std::lock_guard lock(mutex_);
    value_.swap(value);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<T> value_;
};

/// Small answers go out whatever else is on its way.
constexpr std::size_t kSmallAnswer = 16U << 10;

/// Descriptors that are not connections: listeners, epoll, logs, and per handler the index.
constexpr std::size_t kOwnFiles = 128, kFilesOfHandler = 64;
/// Pistache's and that of Outgoing.
constexpr std::size_t kFilesOfConnection = 2;
constexpr std::size_t kFewestConnections = 8;

/// Before closing, in which no request is left.
constexpr std::chrono::milliseconds kQuiet{250};

constexpr const char* kRefusal =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nConnection: close\r\n"
    "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 26\r\n\r\n"
    "Zu viele Verbindungen.   \n";

}  // namespace

struct Server::State {
  State(Service& first, ServerOptions chosen)
      : service(std::shared_ptr<Service>(std::shared_ptr<void>(), &first)),
        options(std::make_shared<const ServerOptions>(std::move(chosen))) {}

  Replaceable<Service> service;
  Replaceable<const ServerOptions> options;
  Observer observer;
  InFlight in_flight;
  Connections connections;
  Holding reading, sending;
  RateLimiter limiter;  ///< of the thread of the connections
  std::atomic<std::size_t> addresses_limited{0}, most_connections{0};
  std::atomic<std::uint64_t> connections_refused{0};
  std::atomic<bool> closing_answers{false};  ///< connections end with their answer
  std::atomic<bool> draining{false};         ///< new requests are refused
  std::unique_ptr<Sender> sender;
  std::unique_ptr<WorkerPool> pool;
  std::unique_ptr<Net::Http::Endpoint> endpoint;
  bool running = false;

  /// How many connections open files allow, at most `wanted`.
  /// Whoever left while in the queue still has a descriptor.
  static std::size_t fitting(std::size_t wanted, std::size_t handlers, std::size_t queue);

  class Gate;
  class Reply;
};

std::size_t Server::State::fitting(std::size_t wanted, std::size_t handlers, std::size_t queue) {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return wanted;
  const std::size_t own = kOwnFiles + kFilesOfHandler * handlers + queue;
  if (files.rlim_cur < files.rlim_max) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    getrlimit(RLIMIT_NOFILE, &files);
  }
  if (files.rlim_cur == RLIM_INFINITY) return wanted;
  const std::size_t left = files.rlim_cur > own ? files.rlim_cur - own : 0;
  return std::min(wanted, left / kFilesOfConnection);
}

/// The one answer to one request. If nobody sends anything, its end sends 500: a client never waits
/// for the time limit because some path of ours forgot it.
class Server::State::Reply {
 public:
  Reply(State& state, const RequestReader& reader, Method method, bool close)
      : service(state.service.get()),
        arrived(std::chrono::steady_clock::now()),
        state_(state),
        outgoing_(reader.outgoing),
        turn_(outgoing_->turn()),
        method_(method),
        clock_(reader.clock()),
        close_(close || state.closing_answers) {
    clock_->request_complete();
    counted_ = {nullptr,
                [clock = clock_, counted = state.in_flight.enter()](void*) { clock->answered(); }};
  }
  Reply(const Reply&) = delete;
  Reply& operator=(const Reply&) = delete;
  ~Reply() {
    if (!sent_) send(service->problem(request, {"internal_error", "", ""}));
  }

  /// Nobody worked on it.
  void refuse(std::string_view reason, const Response& response) noexcept {
    refusal_ = reason;
    send(response);
  }

  void send(const Response& response) noexcept {
    if (sent_) return;
    sent_ = true;
    try {
      const std::size_t body = response.body ? response.body->size() : 0;
      const std::size_t most = state_.options.get()->sending_bytes;
      std::shared_ptr<void> held;
      if (body > kSmallAnswer) {
        if (!state_.sending.take(body, most)) {
          // Readers that do not read would fill the memory.
          refusal_ = "sending";
          hand_over(service->problem(request, overloaded()), nullptr);
          return;
        }
        held = {nullptr, [&sending = state_.sending, body](void*) { sending.give_back(body); }};
      }
      hand_over(response, std::move(held));
    } catch (...) {
      outgoing_->end();  // no memory left: answers behind this one must not wait for it
    }
  }

  static Problem overloaded() {
    return {"overloaded", "Gerade fragen zu viele zugleich. Bitte gleich noch einmal versuchen.",
            ""};
  }

  const std::shared_ptr<Service> service;  ///< of the moment it arrived
  const std::chrono::steady_clock::time_point arrived;
  std::chrono::nanoseconds waited{0};  ///< in the queue
  Request request;
  AddressBytes client{};

 private:
  void hand_over(const Response& response, std::shared_ptr<void> held) {
    tell(response);
    std::string head = head_of(response, close_ || state_.closing_answers);
    state_.sender->send(outgoing_, turn_, std::move(head),
                        has_body(response, method_) ? response.body : nullptr,
                        [counted = counted_, place = response.until_sent, held,
                         ending = close_ ? outgoing_ : nullptr](bool left) {
                          // Pistache never closes by itself.
                          if (left && ending) ending->finish();
                        });
  }

  void tell(const Response& response) const {
    if (!state_.observer) return;
    const std::string address = to_string(client);
    state_.observer({service->route_name(request.path), refusal_, method_, response.status,
                     response.body ? response.body->size() : 0,
                     std::chrono::steady_clock::now() - arrived, waited, address, request});
  }

  State& state_;
  const std::shared_ptr<Outgoing> outgoing_;
  const std::uint64_t turn_;
  const Method method_;
  const std::shared_ptr<ConnectionClock> clock_;
  const bool close_;               ///< the connection ends with this answer
  std::shared_ptr<void> counted_;  ///< as in flight, and as being answered by its connection
  std::string_view refusal_;
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
    const auto options = state_->options.get();
    const AddressBytes address = read_address(peer->address().host()).value_or(AddressBytes{});
    const bool many = is_loopback(address) || is_in(address, options->trusted_proxies);
    std::shared_ptr<void> place = state_->connections.enter(
        address, state_->most_connections,
        many ? std::size_t{state_->most_connections} : options->connections_per_address);
    const bool refused = place == nullptr;
    auto outgoing = refused ? nullptr : std::make_shared<Outgoing>(peer->fd());
    auto reader = std::make_shared<RequestReader>(
        options->request_bytes,
        std::make_shared<ConnectionClock>(
            ConnectionLimits{options->header_timeout, options->body_timeout, options->send_timeout,
                             options->keep_alive},
            peer, outgoing),
        address, std::move(place), state_->reading);
    reader->refused = refused;
    reader->outgoing = std::move(outgoing);
    peer->putData(ParserData, std::move(reader));
    if (!refused) return;
    ++state_->connections_refused;
    // Said without waiting for anything; Pistache hears of the end and lets go of it.
    (void)!::send(peer->fd(), kRefusal, std::strlen(kRefusal), MSG_DONTWAIT | MSG_NOSIGNAL);
    ::shutdown(peer->fd(), SHUT_RDWR);
  }

  void onInput(const char* bytes, std::size_t size,
               const std::shared_ptr<Net::Tcp::Peer>& peer) override {
    const auto reader = std::static_pointer_cast<RequestReader>(peer->getData(ParserData));
    if (reader->refused) return;
    try {
      const auto options = state_->options.get();
      // What comes at once may be several requests.
      while (size > 0 && !reader->refused) {
        // Line ends before a request are no part of one (RFC 9112, 2.2), and start no clock.
        if (reader->bytes() == 0 && (*bytes == '\r' || *bytes == '\n')) {
          ++bytes;
          --size;
          continue;
        }
        const std::size_t behind = take_in(*reader, bytes, size, *options);
        bytes += size - behind;
        size = behind;
      }
    } catch (const Net::Http::HttpError& error) {
      refuse(*reader, error.code(), error.reason());
    } catch (const std::exception&) {
      refuse(*reader, 400, "Bad request");
    } catch (...) {
    }
  }

  /// Answers if the request is complete with these bytes; how many of them lie behind it.
  std::size_t take_in(RequestReader& reader, const char* bytes, std::size_t size,
                      const ServerOptions& options) {
    reader.clock()->bytes_came(reader.in_body());
    if (!reader.make_room(size, options.reading_bytes)) {
      refuse(reader, 503, "Too many requests are being read");
    } else if (!reader.feed(bytes, size)) {
      refuse(reader, 413, "Request exceeded maximum buffer size");
    } else if (reader.parse() == Net::Http::Private::State::Done) {
      const Net::Http::Request& incoming = reader.request;
      // Pistache leaves the trailers of a body in chunks unread: they would be the next request.
      const bool last = wants_close(incoming) || state_->closing_answers ||
                        incoming.headers().tryGetRaw("Transfer-Encoding").has_value();
      reader.refused = last;
      const std::size_t behind = last ? 0 : std::min(size, reader.behind());
      auto reply = std::make_shared<Reply>(*state_, reader, method_of(incoming), last);
      read(incoming, reply->request);
      reply->client =
          client_of(reader.address, reply->request.forwarded_for, options.trusted_proxies);
      reader.begin_next();
      answer(std::move(reply), options);
      return behind;
    } else if (!reader.in_body() && reader.bytes() > options.header_bytes) {
      refuse(reader, 431, "Request header fields too large");
    } else {
      reader.clock()->bytes_came(reader.in_body());
    }
    return 0;
  }

  /// Where the next request begins cannot be known any more: the connection ends with the answer.
  void refuse(RequestReader& reader, int status, std::string_view reason) noexcept {
    try {
      reader.refused = true;
      Reply reply(*state_, reader, method_of(reader.request), true);
      reply.request.path = reader.request.resource();
      reply.client = reader.address;
      if (status == 413 && reader.in_body()) {
        reply.refuse("size", reply.service->problem(reply.request, {"request_too_large", "", ""}));
      } else if (status == 503) {
        reply.refuse("reading", reply.service->problem(reply.request, Reply::overloaded()));
      } else {
        Response response;
        response.status = status;
        response.media_type = "text/plain; charset=utf-8";
        response.body = std::make_shared<const std::string>(std::string(reason) + "\n");
        reply.refuse(status == 431 || status == 413 ? "size" : "malformed", response);
      }
      reader.begin_next();  // gives back what it holds; nothing more is read
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
    request.forwarded_for = raw("X-Forwarded-For");
    if (request.method == Method::kPost) {
      request.content_type = raw("Content-Type");
      request.body = incoming.body();
    }
  }

  /// False, and answered, if this client asks too often.
  bool within_rate(Reply& reply, const Rate& rate) {
    // What comes from this machine is a proxy that says nothing of its visitors, or ours.
    if (is_loopback(reply.client)) return true;
    const unsigned wait = state_->limiter.wait_for(reply.client, rate, reply.arrived);
    state_->addresses_limited = state_->limiter.addresses();
    if (wait == 0) return true;
    Response response = reply.service->problem(
        reply.request,
        {"too_many_requests", "Von dieser Adresse kommen zu viele Anfragen. Bitte langsamer.", ""});
    std::erase_if(response.headers, [](const auto& one) { return one.first == "Retry-After"; });
    response.headers.emplace_back("Retry-After", std::to_string(wait));
    reply.refuse("rate", response);
    return false;
  }

  void answer(std::shared_ptr<Reply> reply, const ServerOptions& options) {
    const Service& service = *reply->service;
    if (address_bytes(reply->request) > options.head_bytes) {
      reply->request.query.clear();  // no page is built from it
      reply->refuse("size",
                    service.problem(reply->request,
                                    {"address_too_long",
                                     "Die Adresse ist zu lang. Bitte die Suche kürzen.", ""}));
      return;
    }
    if (service.is_immediate(reply->request.path)) {
      reply->send(service.answer(reply->request));
      return;
    }
    if (state_->draining) {
      reply->refuse("draining",
                    service.problem(
                        reply->request,
                        {"shutting_down", "Bitte in einem Augenblick noch einmal versuchen.", ""}));
      return;
    }
    if (!within_rate(*reply, options.rate)) return;
    const auto longest_wait = options.longest_wait;
    const bool queued = state_->pool->submit([reply, longest_wait] {
      reply->waited = std::chrono::steady_clock::now() - reply->arrived;
      if (reply->waited > longest_wait) {
        reply->refuse("waited", reply->service->problem(reply->request, Reply::overloaded()));
      } else {
        reply->send(reply->service->answer(reply->request));
      }
    });
    if (!queued) {
      reply->refuse("queue", service.problem(reply->request, Reply::overloaded()));
    }
  }

  State* state_;
};

Server::Server(Service& service, ServerOptions options)
    : state_(new State(service, std::move(options))) {}

Server::~Server() {
  if (state_->running) stop(std::chrono::milliseconds(0));
}

void Server::observe(Observer observer) { state_->observer = std::move(observer); }

void Server::start() {
  const auto options = state_->options.get();
  // Writing to a client that has gone must not end the process.
  std::signal(SIGPIPE, SIG_IGN);
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  const unsigned handlers = options->handlers != 0 ? options->handlers : cores;
  // Where descriptors run out, accepting would spin: connections end before that.
  state_->most_connections = State::fitting(options->connections, handlers, options->queue);
  if (state_->most_connections < std::min(kFewestConnections, options->connections)) {
    throw ServerError("too few open files are allowed for " + std::to_string(handlers) +
                      " handlers; raise the limit (ulimit -n, LimitNOFILE=)");
  }
  state_->sender = std::make_unique<Sender>();
  state_->pool = std::make_unique<WorkerPool>(handlers, options->queue);
  try {
    state_->endpoint = std::make_unique<Net::Http::Endpoint>(Net::Address(options->listen));
    auto settings = Net::Http::Endpoint::options()
                        .threads(1)
                        .threadsName("http")
                        .flags(Net::Flags<Net::Tcp::Options>(Net::Tcp::Options::ReuseAddr) |
                               Net::Tcp::Options::NoDelay | Net::Tcp::Options::CloseOnExec)
                        .maxRequestSize(options->request_bytes)
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
    throw ServerError("cannot listen on " + options->listen + ": " + error.what() +
                      "; is another program using the port? --listen HOST:PORT takes another");
  }
  state_->running = true;
}

std::uint16_t Server::port() const {
  return static_cast<std::uint16_t>(state_->endpoint->getPort());
}

std::size_t Server::connections() const { return state_->most_connections; }

void Server::serve_with(std::shared_ptr<Service> service) {
  if (state_->closing_answers) service->start_draining();
  state_->service.set(std::move(service));
}

std::vector<std::string> Server::reload(ServerOptions options) {
  const auto old = state_->options.get();
  std::vector<std::string> kept;
  if (options.listen != old->listen) kept.emplace_back("listen");
  if (options.handlers != old->handlers) kept.emplace_back("handlers");
  if (options.queue != old->queue) kept.emplace_back("queue");
  options.listen = old->listen;
  options.handlers = old->handlers;
  options.queue = old->queue;
  state_->most_connections =
      State::fitting(options.connections, state_->pool->threads(), options.queue);
  state_->options.set(std::make_shared<const ServerOptions>(std::move(options)));
  return kept;
}

ServerGauges Server::gauges() const {
  ServerGauges gauges;
  gauges.connections = state_->connections.count();
  gauges.in_flight = static_cast<std::size_t>(std::max(0, state_->in_flight.count()));
  if (state_->pool) {
    gauges.queued = state_->pool->queued();
    gauges.busy_handlers = state_->pool->busy();
    gauges.handlers = state_->pool->threads();
  }
  gauges.bytes_reading = state_->reading.held();
  gauges.bytes_sending = state_->sending.held();
  gauges.connections_refused = state_->connections_refused;
  gauges.addresses_limited = state_->addresses_limited;
  return gauges;
}

bool Server::draining() const { return state_->closing_answers; }

bool Server::stop(std::chrono::milliseconds patience, std::chrono::milliseconds notice) {
  if (!state_->running) return true;
  state_->running = false;
  state_->closing_answers = true;
  state_->service.get()->start_draining();
  std::this_thread::sleep_for(notice);
  state_->draining = true;
  const auto until = std::chrono::steady_clock::now() + patience;
  // What was sent before the end may not have been read yet: it ends when nothing has come for a
  // while.
  auto quiet_since = std::chrono::steady_clock::now();
  for (auto now = quiet_since; now < until; now = std::chrono::steady_clock::now()) {
    if (state_->in_flight.count() > 0) quiet_since = now;
    if (now - quiet_since >= kQuiet) break;
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
