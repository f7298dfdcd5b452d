// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/json_writer.h"

#include <nlohmann/json.hpp>

#include "document/utf8.h"

namespace fundstelle {

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
      const std::size_t bytes = utf8_sequence_at(text, at);
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

JsonWriter& JsonWriter::real(double number) { return raw(nlohmann::json(number).dump()); }

void JsonWriter::separate() {
  if (!out_.empty() && out_.back() != '{' && out_.back() != '[' && out_.back() != ':') out_ += ',';
}

}  // namespace fundstelle
