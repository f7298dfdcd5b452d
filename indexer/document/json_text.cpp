// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/json_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace fundstelle {

void append_json(std::string& out, std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return c >= ' ' && c < 0x7F && c != '"' && c != '\\';
  });
  if (plain) {
    out += '"';
    out += text;
    out += '"';
  } else {
    out += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }
}

}  // namespace fundstelle
