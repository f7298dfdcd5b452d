// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/csv.h"

#include "document/plain_text.h"

namespace fundstelle {

std::string csv_field(std::string_view text) {
  std::string value = plain_text(text);
  const auto begins = [&value](std::string_view sign) {
    return std::string_view(value).substr(0, sign.size()) == sign;
  };
  for (const std::string_view sign : {"=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠"}) {
    if (!begins(sign)) continue;
    value.insert(0, "'");
    break;
  }
  if (value.find_first_of("\",\n;\t") == std::string::npos) return value;
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace fundstelle
