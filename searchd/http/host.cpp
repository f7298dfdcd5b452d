// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/host.h"

#include <algorithm>

namespace fundstelle::http {
namespace {

constexpr std::size_t kMostBytes = 255;

bool all_of(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHex = "0123456789abcdefABCDEF:.";
constexpr std::string_view kNames =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";

}  // namespace

bool is_host(std::string_view text) {
  if (text.empty() || text.size() > kMostBytes) return false;
  std::string_view port;
  if (text.front() == '[') {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || end < 3 || !all_of(text.substr(1, end - 1), kHex)) {
      return false;
    }
    port = text.substr(end + 1);
  } else {
    const std::size_t colon = std::min(text.find(':'), text.size());
    const std::string_view name = text.substr(0, colon);
    if (name.empty() || !all_of(name, kNames) || name.front() == '.' || name.front() == '-' ||
        name.find("..") != std::string_view::npos) {
      return false;
    }
    port = text.substr(colon);
  }
  if (port.empty()) return true;
  return port.size() >= 2 && port.size() <= 6 && port.front() == ':' &&
         all_of(port.substr(1), kDigits);
}

std::string public_url_error(std::string_view url) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (url.substr(0, scheme.size()) != scheme) continue;
    const std::string_view host = url.substr(scheme.size());
    return is_host(host) ? std::string{}
                         : "must be https://HOST or https://HOST:PORT, without a path";
  }
  return "must begin with https:// or http://";
}

std::string authority_of(std::string_view public_url) {
  const std::size_t begin = public_url.find("://");
  if (begin == std::string_view::npos) return "localhost";
  std::string host(public_url.substr(begin + 3));
  if (host.front() == '[') return "localhost";  // tag: URIs name no addresses of machines
  host.resize(std::min(host.find(':'), host.size()));
  for (char& c : host) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return host;
}

}  // namespace fundstelle::http
