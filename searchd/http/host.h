// SPDX-License-Identifier: GPL-3.0-or-later
//
// Addresses this service is reached at, as far as they can be trusted.
#pragma once

#include <string>
#include <string_view>

namespace fundstelle::http {

/// True for "name.example", "name:8080", "127.0.0.1:80", "[::1]:80": letters, digits, dots, hyphens
/// and a port. Whatever else stands in a Host header must never get into an address we print.
[[nodiscard]] bool is_host(std::string_view text);

/// What is wrong with an address for `public_url` (English); empty: nothing. It must be
/// http(s)://host[:port], without path.
[[nodiscard]] std::string public_url_error(std::string_view url);

/// Host of a public address; "localhost" for an empty one. Feeds name their entries by it.
[[nodiscard]] std::string authority_of(std::string_view public_url);

}  // namespace fundstelle::http
