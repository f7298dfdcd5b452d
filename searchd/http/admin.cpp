// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/admin.h"

#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "http/server.h"

namespace fundstelle::http {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostHeadBytes = 8U << 10;
/// Of reading, and again of sending: whoever is slow holds up only the next of these requests.
constexpr std::chrono::milliseconds kPatience{2000};

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return number_; }

 private:
  const int number_;
};

ServerError cannot(const std::string& listen, const std::string& why) {
  return ServerError("cannot listen on " + listen + " for the administrator: " + why +
                     "; admin.listen = \"HOST:PORT\" names another address, \"off\" none");
}

int listening(const std::string& listen) {
  const std::size_t colon = listen.rfind(':');
  if (colon == std::string::npos) throw cannot(listen, "no port");
  std::string host = listen.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  addrinfo wanted{}, *found = nullptr;
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
  if (const int error = getaddrinfo(host.c_str(), listen.c_str() + colon + 1, &wanted, &found)) {
    throw cannot(listen, gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> address(found, &freeaddrinfo);
  const int socket = ::socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) throw cannot(listen, std::strerror(errno));
  const int on = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(socket, address->ai_addr, address->ai_addrlen) != 0 || ::listen(socket, 16) != 0) {
    const int error = errno;
    ::close(socket);
    throw cannot(listen, std::strerror(error));
  }
  return socket;
}

/// True once `socket` is ready for `what`; false when the time is over or `stop` speaks.
bool ready(int socket, short what, int stop, Clock::time_point until) {
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0) return false;
    pollfd waiting[2]{{socket, what, 0}, {stop, POLLIN, 0}};
    const int count = ::poll(waiting, 2, static_cast<int>(left));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || waiting[1].revents != 0) return false;
    return true;
  }
}

/// Path of a GET; empty if it is something else, or did not come in time.
std::string read_path(int socket, int stop) {
  const auto until = Clock::now() + kPatience;
  std::string head;
  while (head.find("\r\n\r\n") == std::string::npos) {
    if (head.size() > kMostHeadBytes || !ready(socket, POLLIN, stop, until)) return {};
    char bytes[2048];
    const ssize_t n = ::recv(socket, bytes, sizeof bytes, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) return {};
    if (n > 0) head.append(bytes, static_cast<std::size_t>(n));
  }
  constexpr std::string_view kGet = "GET ";
  if (!head.starts_with(kGet)) return {};
  const std::size_t end = head.find_first_of(" ?\r", kGet.size());
  return head.substr(kGet.size(), end - kGet.size());
}

void send_all(int socket, int stop, std::string_view bytes) {
  const auto until = Clock::now() + kPatience;
  while (!bytes.empty() && ready(socket, POLLOUT, stop, until)) {
    const ssize_t n = ::send(socket, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN && errno != EINTR) return;
    if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

}  // namespace

struct AdminServer::State {
  State(const std::string& listen, Answer how)
      : socket(listening(listen)), stop(::eventfd(0, EFD_CLOEXEC)), answer(std::move(how)) {}

  void run() const {
    while (true) {
      pollfd waiting[2]{{socket.get(), POLLIN, 0}, {stop.get(), POLLIN, 0}};
      if (::poll(waiting, 2, -1) < 0 && errno != EINTR) return;
      if (waiting[1].revents != 0) return;
      if (waiting[0].revents == 0) continue;
      const Descriptor client(::accept4(socket.get(), nullptr, nullptr, SOCK_CLOEXEC));
      if (client.get() < 0) {
        // No descriptor left: it will not get better by asking again at once.
        if (errno == EMFILE || errno == ENFILE) std::this_thread::sleep_for(kPatience / 20);
        continue;
      }
      serve(client.get());
    }
  }

  void serve(int client) const {
    const std::string path = read_path(client, stop.get());
    Response response;
    if (path.empty()) {
      response.status = 400;
    } else {
      try {
        response = answer(path);
      } catch (...) {
        response = Response{};
        response.status = 500;
      }
    }
    const std::string body = response.body ? *response.body : std::string();
    const std::string type =
        response.media_type.empty() ? "text/plain; charset=utf-8" : response.media_type;
    send_all(client, stop.get(),
             "HTTP/1.1 " + std::to_string(response.status) +
                 (response.status < 400 ? " OK" : " Error") + "\r\nContent-Type: " + type +
                 "\r\nContent-Length: " + std::to_string(body.size()) +
                 "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
                 "Connection: close\r\n\r\n" +
                 body);
    ::shutdown(client, SHUT_WR);
  }

  const Descriptor socket, stop;
  const Answer answer;
  std::thread thread;
};

AdminServer::AdminServer(const std::string& listen, Answer answer)
    : state_(new State(listen, std::move(answer))) {
  state_->thread = std::thread([this] { state_->run(); });
}

AdminServer::~AdminServer() {
  const std::uint64_t one = 1;
  (void)!::write(state_->stop.get(), &one, sizeof one);
  state_->thread.join();
}

std::uint16_t AdminServer::port() const {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (getsockname(state_->socket.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    return 0;
  }
  return ntohs(address.ss_family == AF_INET6
                   ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                   : reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

}  // namespace fundstelle::http
