// SPDX-License-Identifier: GPL-3.0-or-later
//
// A server on a free loopback port, and a client that speaks to it over a plain socket.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "data.h"
#include "hand_made_backend.h"
#include "http/server.h"

namespace fundstelle::test {

using namespace std::chrono_literals;

struct Answer {
  int status = 0;
  std::string reason;                          ///< "Not Found"
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
};

/// One connection. Reads answers by their Content-Length, as a keep-alive client must.
class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void send(const std::string& bytes) const {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
      const ssize_t n = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (n <= 0) return;
      sent += static_cast<std::size_t>(n);
    }
  }

  /// status 0: nothing came within the time, or the connection was closed.
  Answer receive(bool head = false, std::chrono::milliseconds patience = 5s) {
    Answer answer;
    while (buffer_.find("\r\n\r\n") == std::string::npos) {
      if (!more(patience)) return answer;
    }
    const std::size_t end = buffer_.find("\r\n\r\n");
    std::string head_text = buffer_.substr(0, end);
    buffer_.erase(0, end + 4);
    answer.status = std::stoi(head_text.substr(9, 3));
    std::size_t line = head_text.find("\r\n");
    answer.reason = head_text.substr(13, line - 13);
    while (line != std::string::npos) {
      const std::size_t next = head_text.find("\r\n", line + 2);
      const std::string text = head_text.substr(line + 2, next - line - 2);
      std::string name = text.substr(0, text.find(':'));
      for (char& c : name) c = static_cast<char>(std::tolower(c));
      answer.headers[name] = text.substr(text.find(':') + 2);
      line = next;
    }
    std::size_t length = 0;
    if (!head && answer.headers.count("content-length") != 0) {
      length = std::stoul(answer.headers["content-length"]);
    }
    while (buffer_.size() < length) {
      if (!more(patience)) break;
    }
    answer.body = buffer_.substr(0, length);
    buffer_.erase(0, length);
    return answer;
  }

  Answer get(const std::string& target, const std::string& headers = "",
             const std::string& method = "GET") {
    send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    return receive(method == "HEAD");
  }

  /// True once the server has closed its side.
  bool closed(std::chrono::milliseconds patience = 2s) {
    while (more(patience)) {
    }
    return at_end_;
  }

 private:
  bool more(std::chrono::milliseconds patience) {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(patience.count())) <= 0) return false;
    char bytes[65536];
    const ssize_t n = ::recv(socket_, bytes, sizeof bytes, 0);
    if (n <= 0) {
      at_end_ = true;
      return false;
    }
    buffer_.append(bytes, static_cast<std::size_t>(n));
    return true;
  }

  int socket_;
  std::string buffer_;
  bool at_end_ = false;
};

/// As assembled: the style sheet is made of several.
inline std::filesystem::path web_dir() {
  return std::filesystem::path(FUNDSTELLE_BIN_DIR) / "../share/fundstelle/web";
}

struct Running {
  explicit Running(http::ServerOptions options = {}, http::ServiceLimits limits = {})
      : assets(web_dir() / "assets"),
        pages(web_dir() / "templates", assets.addresses()),
        service(backend, pages, assets, limits) {
    options.listen = "127.0.0.1:0";
    server = std::make_unique<http::Server>(service, options);
    server->start();
  }
  [[nodiscard]] std::uint16_t port() const { return server->port(); }
  Answer get(const std::string& target, const std::string& headers = "",
             const std::string& method = "GET") const {
    return Client(port()).get(target, headers, method);
  }

  HandMadeBackend backend;
  http::Assets assets;
  present::Pages pages;
  http::Service service;
  std::unique_ptr<http::Server> server;
};

inline bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace fundstelle::test
