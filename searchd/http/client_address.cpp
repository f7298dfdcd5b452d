// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/client_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace fundstelle::http {
namespace {

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool is_v4(const AddressBytes& address) {
  return std::equal(kMapped.begin(), kMapped.end(), address.begin());
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<AddressBytes> read_address(std::string_view text) {
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
    text = text.substr(1, text.size() - 2);
  }
  if (text.size() > 45) return std::nullopt;
  const std::string copy(text);
  AddressBytes address{};
  if (inet_pton(AF_INET6, copy.c_str(), address.data()) == 1) return address;
  std::copy(kMapped.begin(), kMapped.end(), address.begin());
  if (inet_pton(AF_INET, copy.c_str(), address.data() + kMapped.size()) == 1) return address;
  return std::nullopt;
}

bool is_loopback(const AddressBytes& address) {
  if (is_v4(address)) return address[12] == 127;
  return std::all_of(address.begin(), address.end() - 1, [](auto byte) { return byte == 0; }) &&
         address.back() == 1;
}

AddressBytes counted_as(const AddressBytes& address) {
  AddressBytes counted = address;
  if (!is_v4(address)) std::fill(counted.begin() + 8, counted.end(), std::uint8_t{0});
  return counted;
}

bool Network::contains(const AddressBytes& one) const {
  for (unsigned bit = 0; bit < bits; bit += 8) {
    const unsigned of_byte = std::min(8U, bits - bit);
    const auto mask = static_cast<std::uint8_t>(0xFF00U >> of_byte);
    if (((one[bit / 8] ^ address[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

std::optional<Network> read_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = read_address(text.substr(0, slash));
  if (!address) return std::nullopt;
  Network network{*address, 128};
  if (slash == std::string_view::npos) return network;
  const std::string_view digits = text.substr(slash + 1);
  const unsigned most = is_v4(*address) ? 32 : 128;
  unsigned bits = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  if (error != std::errc{} || end != digits.data() + digits.size() || bits > most) {
    return std::nullopt;
  }
  network.bits = bits + 128 - most;
  return network;
}

bool is_in(const AddressBytes& address, const std::vector<Network>& networks) {
  return std::any_of(networks.begin(), networks.end(),
                     [&](const Network& network) { return network.contains(address); });
}

AddressBytes client_of(const AddressBytes& connection, std::string_view forwarded_for,
                       const std::vector<Network>& trusted) {
  AddressBytes client = connection;
  while (is_in(client, trusted) && !forwarded_for.empty()) {
    const std::size_t comma = forwarded_for.rfind(',');
    const std::size_t begin = comma == std::string_view::npos ? 0 : comma + 1;
    const auto before = read_address(trimmed(forwarded_for.substr(begin)));
    if (!before) break;  // "unknown", or nonsense: as far as we know it was the proxy
    client = *before;
    forwarded_for = forwarded_for.substr(0, comma == std::string_view::npos ? 0 : comma);
  }
  return client;
}

std::string to_string(const AddressBytes& address) {
  char text[INET6_ADDRSTRLEN] = {};
  if (is_v4(address)) {
    inet_ntop(AF_INET, address.data() + kMapped.size(), text, sizeof text);
  } else {
    inet_ntop(AF_INET6, address.data(), text, sizeof text);
  }
  return text;
}

}  // namespace fundstelle::http
