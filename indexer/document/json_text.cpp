// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/json_text.h"

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>

namespace fundstelle {
namespace {

/// Bytes of the UTF-8 sequence at `at`, which is no ASCII; 0: there is none.
std::size_t sequence_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned lead = byte(0);
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    // No overlong forms, no halves of surrogate pairs.
    const bool second = follows(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
    return second && follows(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const bool second = follows(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
    return second && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes =
        static_cast<unsigned char>(text[at]) < 0x80 ? 1 : sequence_at(text, at);
    if (bytes == 0) return false;
    at += bytes;
  }
  return true;
}

void append_json(std::string& out, std::string_view text) {
  const std::size_t before = out.size();
  out += '"';
  std::size_t copied = 0;
  const auto escape = [&](std::size_t at, std::string_view as) {
    out += text.substr(copied, at - copied);
    out += as;
    copied = at + 1;
  };
  for (std::size_t at = 0; at < text.size();) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 0x80) {
      const std::size_t bytes = sequence_at(text, at);
      if (bytes == 0) {
        out.resize(before);
        out += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        return;
      }
      at += bytes;
      continue;
    }
    if (c < 0x20 || c == '"' || c == '\\') {
      switch (c) {
        case '"':
          escape(at, "\\\"");
          break;
        case '\\':
          escape(at, "\\\\");
          break;
        case '\b':
          escape(at, "\\b");
          break;
        case '\t':
          escape(at, "\\t");
          break;
        case '\n':
          escape(at, "\\n");
          break;
        case '\f':
          escape(at, "\\f");
          break;
        case '\r':
          escape(at, "\\r");
          break;
        default: {
          constexpr char kHex[] = "0123456789abcdef";
          const char code[] = {'\\', 'u', '0', '0', kHex[c >> 4U], kHex[c & 0xFU]};
          escape(at, std::string_view(code, sizeof code));
        }
      }
    }
    ++at;
  }
  out += text.substr(copied);
  out += '"';
}

}  // namespace fundstelle
