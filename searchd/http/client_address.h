// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whose request is it? The address of the connection, or what a trusted proxy says of it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fundstelle::http {

/// IPv6, or IPv4 as ::ffff:a.b.c.d.
using AddressBytes = std::array<std::uint8_t, 16>;

/// Nothing if it is no address. Takes IPv4, IPv6, and IPv6 in brackets; no names, no ports.
[[nodiscard]] std::optional<AddressBytes> read_address(std::string_view text);
[[nodiscard]] bool is_loopback(const AddressBytes& address);
/// Who is counted as one: an IPv4 address, or the /64 that an IPv6 customer gets.
[[nodiscard]] AddressBytes counted_as(const AddressBytes& address);

/// "192.0.2.7" or "2001:db8::/32".
struct Network {
  AddressBytes address{};
  unsigned bits = 128;
  [[nodiscard]] bool contains(const AddressBytes& one) const;
};
[[nodiscard]] std::optional<Network> read_network(std::string_view text);
/// One of the networks contains it.
[[nodiscard]] bool is_in(const AddressBytes& address, const std::vector<Network>& networks);

/// Of "X-Forwarded-For: a, b, c" the last that is no trusted proxy: what stands before it may be
/// invented by the visitor. `connection` itself if it is no trusted proxy or nothing sound is said.
[[nodiscard]] AddressBytes client_of(const AddressBytes& connection, std::string_view forwarded_for,
                                     const std::vector<Network>& trusted);

[[nodiscard]] std::string to_string(const AddressBytes& address);

}  // namespace fundstelle::http
