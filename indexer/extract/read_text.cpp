// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/encoding.h"
#include "extract/extract.h"

namespace fundstelle {

SourceText read_text(std::string_view bytes, bool markdown) {
  SourceText result;
  result.media_type = markdown ? "text/markdown" : "text/plain";
  result.pages.push_back({1, clean_text(decode_text(bytes).utf8)});
  return result;
}

}  // namespace fundstelle
