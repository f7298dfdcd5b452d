// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace fundstelle {
namespace {

bool is_plain_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

icu::UnicodeString case_folded(std::string_view text) {
  const icu::UnicodeString raw = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  UErrorCode status = U_ZERO_ERROR;
  // Drops soft hyphens and zero-width characters, opens ligatures, folds ß to ss.
  const icu::Normalizer2* form = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) return raw;
  icu::UnicodeString folded = form->normalize(raw, status);
  return U_FAILURE(status) ? raw : folded;
}

void append_letter(std::string& out, UChar32 c, const icu::Normalizer2& nfd) {
  switch (c) {
    case 0xE4:
      out += "ae";
      return;
    case 0xF6:
      out += "oe";
      return;
    case 0xFC:
      out += "ue";
      return;
    default:
      break;
  }
  icu::UnicodeString parts;
  if (nfd.getDecomposition(c, parts)) {
    for (std::int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
      const UChar32 part = parts.char32At(i);
      if (u_isalnum(part)) icu::UnicodeString(part).toUTF8String(out);
    }
    return;
  }
  icu::UnicodeString(c).toUTF8String(out);
}

}  // namespace

std::string folded_words(std::string_view text) {
  std::string out;
  bool gap = false;
  if (is_plain_ascii(text)) {  // the common case, without ICU
    for (char c : text) {
      const bool upper = c >= 'A' && c <= 'Z';
      if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        if (gap && !out.empty()) out += '-';
        gap = false;
        out += upper ? static_cast<char>(c + ('a' - 'A')) : c;
      } else {
        gap = true;
      }
    }
    return out;
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) return out;
  const icu::UnicodeString folded = case_folded(text);
  for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    if (c == 0xFFFD) continue;
    if (u_isalnum(c)) {
      if (gap && !out.empty()) out += '-';
      gap = false;
      append_letter(out, c, *nfd);
    } else if (u_charType(c) != U_NON_SPACING_MARK) {
      gap = true;
    }
  }
  return out;
}

std::string folded_key(std::string_view text) {
  std::string key = folded_words(text);
  key.erase(std::remove(key.begin(), key.end(), '-'), key.end());
  return key;
}

}  // namespace fundstelle
