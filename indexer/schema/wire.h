// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bytes of stored data: whole numbers as varints (seven bits a byte, lowest first), strings with
// their length before them.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace fundstelle::schema {

/// Stored bytes that end early or hold nonsense: the index is damaged.
struct WireError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline void put_number(std::string& out, std::uint64_t value) {
  while (value >= 0x80U) {
    out.push_back(static_cast<char>((value & 0x7FU) | 0x80U));
    value >>= 7U;
  }
  out.push_back(static_cast<char>(value));
}

inline void put_text(std::string& out, std::string_view text) {
  put_number(out, text.size());
  out.append(text);
}

/// Reads what the functions above wrote. Every call throws WireError at the end of the bytes.
class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) throw WireError("stored data ends in the middle of a number");
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80U) return value;
    }
    throw WireError("stored number is too long");
  }

  std::uint32_t number32() {
    const std::uint64_t value = number();
    if (value > UINT32_MAX) throw WireError("stored number is out of range");
    return static_cast<std::uint32_t>(value);
  }

  std::string_view text() {
    const std::uint64_t size = number();
    if (size > rest_.size()) throw WireError("stored text ends early");
    const std::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return text;
  }

  /// A count of items that take at least one byte each.
  std::size_t count() {
    const std::uint64_t items = number();
    if (items > rest_.size()) throw WireError("stored list ends early");
    return items;
  }

  std::string_view rest() {
    const std::string_view all = rest_;
    rest_ = {};
    return all;
  }
  [[nodiscard]] bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

}  // namespace fundstelle::schema
