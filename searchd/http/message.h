// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request and its response as plain data: what stands between the network and the answers.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace fundstelle::http {

enum class Method { kGet, kHead, kPost, kOther };

struct Request {
  Method method = Method::kGet;
  std::string path;                                        ///< as sent, not decoded
  std::vector<std::pair<std::string, std::string>> query;  ///< as sent, not decoded, any order
  std::string host;                                        ///< as sent; see is_host
  std::string if_none_match, accept_encoding;              ///< header values, empty if not sent
  std::string content_type, body;                          ///< of a POST
  std::string forwarded_for;                               ///< as sent; see client_of
};

struct Response {
  int status = 200;
  std::string media_type;
  std::shared_ptr<const std::string> body;  ///< null: empty
  std::vector<std::pair<std::string, std::string>> headers;
  /// Held until the bytes have left or the peer is gone; limits big answers in flight.
  std::shared_ptr<void> until_sent;
};

}  // namespace fundstelle::http
