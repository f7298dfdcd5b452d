// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ours as a program sees it: GET /api/v1/search over kept-alive connections of the loopback.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "engine.h"
#include "question_text.h"

namespace fundstelle::bench {
namespace {

class Connection {
 public:
  explicit Connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int yes = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      ::close(socket_);
      throw std::runtime_error("nobody listens on port " + std::to_string(port));
    }
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { ::close(socket_); }

  /// Body of the answer, valid until the next call; throws std::runtime_error if it is not 200.
  std::string_view get(const std::string& address) {
    const std::string request =
        "GET " + address + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n\r\n";
    if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(request.size())) {
      throw std::runtime_error("the server does not read");
    }
    buffer_.clear();
    std::size_t head = std::string::npos;
    std::size_t wanted = 0;
    while (head == std::string::npos || buffer_.size() < head + wanted) {
      char piece[65536];
      const ssize_t got = ::recv(socket_, piece, sizeof piece, 0);
      if (got <= 0) throw std::runtime_error("the server hung up");
      buffer_.append(piece, static_cast<std::size_t>(got));
      if (head != std::string::npos) continue;
      head = buffer_.find("\r\n\r\n");
      if (head == std::string::npos) continue;
      head += 4;
      constexpr std::string_view kLength = "\r\nContent-Length: ";
      const std::size_t at = buffer_.find(kLength);
      if (at == std::string::npos || at > head) throw std::runtime_error("no Content-Length");
      const char* digits = buffer_.data() + at + kLength.size();
      std::from_chars(digits, buffer_.data() + head, wanted);
    }
    if (!buffer_.starts_with("HTTP/1.1 200")) {
      throw std::runtime_error(address + ": " + buffer_.substr(0, 200));
    }
    return std::string_view(buffer_).substr(head);
  }

 private:
  int socket_;
  std::string buffer_;
};

std::string encoded(std::string_view text) {
  constexpr const char* kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
        (byte >= 'a' && byte <= 'z') || byte == '-' || byte == '.') {
      out += c;
    } else {
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

std::string day(std::uint32_t date) {
  std::string digits = std::to_string(date);
  return digits.substr(0, 4) + '-' + digits.substr(4, 2) + '-' + digits.substr(6, 2);
}

std::string address_of(const Question& question, bool facets) {
  std::string address = "/api/v1/search?size=" + std::to_string(kHits) +
                        "&facets=" + (facets ? "type,body,year,topic" : "none") +
                        "&q=" + encoded(question_text(question));
  if (question.from != 0) address += "&from=" + day(question.from) + "&to=" + day(question.to);
  if (!question.body.empty()) address += "&body=" + body_slug(question.body);
  return address;
}

class Http : public Engine {
 public:
  explicit Http(std::uint16_t port) : port_(port) {}

  std::uint64_t ask(const Question& question, bool facets) override {
    if (!connection_) connection_.emplace(port_);
    std::string_view body;
    try {
      body = connection_->get(address_of(question, facets));
    } catch (...) {
      connection_.reset();
      throw;
    }
    constexpr std::string_view kTotal = "\"total\":{";
    std::size_t at = body.find(kTotal);
    if (at != std::string_view::npos) at = body.find("\"value\":", at);
    std::uint64_t total = 0;
    if (at != std::string_view::npos) {
      std::from_chars(body.data() + at + 8, body.data() + body.size(), total);
    }
    return total;
  }

 private:
  const std::uint16_t port_;
  std::optional<Connection> connection_;
};

}  // namespace

std::unique_ptr<Engine> open_http(std::uint16_t port) { return std::make_unique<Http>(port); }

}  // namespace fundstelle::bench
