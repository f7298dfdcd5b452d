// SPDX-License-Identifier: GPL-3.0-or-later
#include "suggest/typed_word.h"

#include <algorithm>

namespace fundstelle::suggest {
namespace {

bool is_letter(unsigned char c) {
  return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

std::size_t place_of_word(std::string_view text, std::string_view word, std::size_t from) {
  for (std::size_t at = text.find(word, from); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if (at > 0 && is_letter(static_cast<unsigned char>(text[at - 1]))) continue;
    if (end < text.size() && is_letter(static_cast<unsigned char>(text[end]))) continue;
    const std::string_view before = text.substr(0, at);
    if (std::count(before.begin(), before.end(), '"') % 2 != 0) continue;
    return at;
  }
  return std::string_view::npos;
}

}  // namespace fundstelle::suggest
