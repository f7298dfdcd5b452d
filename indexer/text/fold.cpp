// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>

namespace fundstelle::text {

namespace {

constexpr char32_t kSoftHyphen = 0xAD;

bool is_ascii_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_ascii_digit(unsigned char c) { return c >= '0' && c <= '9'; }

enum class Class : std::uint8_t { kBreak, kLetter, kJoiner, kApostrophe };

/// Joiners belong to a word but cannot begin one. Raised digits are footnote marks and end a word;
/// lowered ones do not (CO₂, NO₂).
Class classify(char32_t c) {
  if (c < 0x80) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_ascii_letter(byte) || is_ascii_digit(byte)) return Class::kLetter;
    return c == '\'' ? Class::kApostrophe : Class::kBreak;
  }
  if (c >= 0xC0 && c < 0x250) return c == 0xD7 || c == 0xF7 ? Class::kBreak : Class::kLetter;
  if (c == kSoftHyphen || c == 0x200B || c == 0x200C || c == 0x200D || c == 0x2060 || c == 0xFEFF) {
    return Class::kJoiner;
  }
  if (c == 0x2019 || c == 0x02BC) return Class::kApostrophe;
  if (c < 0xC0) return c == 0xB5 ? Class::kLetter : Class::kBreak;  // µ, but not ª ² ³ ¹ º
  if (c >= 0x0300 && c <= 0x036F) return Class::kJoiner;
  if (c >= 0x2080 && c <= 0x2089) return Class::kJoiner;
  if (c >= 0x2000 && c <= 0x206F) return Class::kBreak;
  const auto code = static_cast<UChar32>(c);
  if (u_isalnum(code)) return Class::kLetter;
  const auto type = u_charType(code);
  if (type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK) return Class::kJoiner;
  return Class::kBreak;
}

/// What the letters U+00C0 to U+00FF fold to.
constexpr std::array<const char*, 64> kLatin1 = {
    "a", "a", "a", "a", "ae", "a", "ae", "c", "e",  "e", "e", "e", "i",  "i", "i",  "i",  // À to Ï
    "d", "n", "o", "o", "o",  "o", "oe", "",  "oe", "u", "u", "u", "ue", "y", "th", "ss",  // Ð to ß
    "a", "a", "a", "a", "ae", "a", "ae", "c", "e",  "e", "e", "e", "i",  "i", "i",  "i",  // à to ï
    "d", "n", "o", "o", "o",  "o", "oe", "",  "oe", "u", "u", "u", "ue", "y", "th", "y"};  // ð to ÿ

/// Anything beyond composed Latin-1: ligatures, decomposed letters, other scripts.
std::string fold_with_icu(std::string_view raw) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) return std::string(raw);
  const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(
      icu::StringPiece(raw.data(), static_cast<std::int32_t>(raw.size())));
  icu::UnicodeString composed = casefold->normalize(wide, status);
  icu::UnicodeString out;
  for (std::int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1)) {
    const UChar32 c = composed.char32At(i);
    if (c >= 0xC0 && c <= 0xFF && c != 0xD7 && c != 0xF7) {
      out.append(icu::UnicodeString(kLatin1[c - 0xC0], -1, US_INV));
      continue;
    }
    switch (c) {
      case '\'':
      case 0x2019:
      case 0x02BC:
        continue;
      case 0x0131:  // ı
        out.append(u'i');
        continue;
      case 0x0142:  // ł
        out.append(u'l');
        continue;
      case 0x0111:  // đ
        out.append(u'd');
        continue;
      case 0x0153:  // œ
        out.append(u"oe", 2);
        continue;
      default:
        break;
    }
    icu::UnicodeString parts;
    if (!decompose->getDecomposition(c, parts)) parts.append(c);
    for (std::int32_t k = 0; k < parts.length(); k = parts.moveIndex32(k, 1)) {
      const UChar32 part = parts.char32At(k);
      if (part < 0x0300 || part > 0x036F) out.append(part);
    }
  }
  std::string folded;
  out.toUTF8String(folded);
  return folded;
}

}  // namespace

CodePoint decode(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) return {first, 1};
  std::uint32_t length = 0;
  char32_t value = 0;
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2;
    value = first & 0x1F;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3;
    value = first & 0x0F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4;
    value = first & 0x07;
  } else {
    return {};
  }
  if (at + length > text.size()) return {};
  for (std::uint32_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {};
    value = (value << 6) | (byte(at + i) & 0x3F);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, length};
}

std::vector<Atom> scan_atoms(std::string_view text) {
  std::vector<Atom> atoms;
  atoms.reserve(text.size() / 7);
  std::size_t at = 0;
  while (at < text.size()) {
    CodePoint c = decode(text, at);
    if (c.bytes == 0) {
      ++at;
      continue;
    }
    if (classify(c.value) != Class::kLetter) {
      at += c.bytes;
      continue;
    }
    Atom atom{static_cast<std::uint32_t>(at), 0, true, true};
    std::size_t end =
        at;  // after the last letter; joiners count only if a letter follows or they mark one
    while (at < text.size()) {
      c = decode(text, at);
      if (c.bytes == 0) break;
      const Class kind = classify(c.value);
      if (kind == Class::kBreak) break;
      if (kind == Class::kApostrophe) {
        // Inside a word only (geht's, O'Neill), never between digits (feet and minutes).
        const CodePoint next = decode(text, at + c.bytes);
        if (atom.digits || next.bytes == 0 || classify(next.value) != Class::kLetter ||
            is_ascii_digit(static_cast<unsigned char>(next.value < 0x80 ? next.value : 0))) {
          break;
        }
      }
      if (c.value >= 0x80 || !is_ascii_digit(static_cast<unsigned char>(c.value))) {
        atom.digits = false;
      }
      if (c.value >= 0x80 || kind == Class::kApostrophe) atom.plain = false;
      at += c.bytes;
      const bool invisible =
          kind == Class::kJoiner && (c.value == kSoftHyphen || c.value == 0xFEFF ||
                                     (c.value >= 0x200B && c.value <= 0x200D) || c.value == 0x2060);
      if (!invisible) end = at;
    }
    atom.end = static_cast<std::uint32_t>(end);
    atoms.push_back(atom);
  }
  return atoms;
}

std::string fold_letters(std::string_view raw) {
  std::string folded;
  folded.reserve(raw.size() + 4);
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const auto c = static_cast<unsigned char>(raw[i]);
    if (c < 0x80) {
      if (c == '\'') continue;
      folded += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
      continue;
    }
    if (i + 1 < raw.size()) {
      const auto next = static_cast<unsigned char>(raw[i + 1]);
      if (c == 0xC3 && next >= 0x80 && next != 0x97 && next != 0xB7) {
        folded += kLatin1[next - 0x80];
        ++i;
        // A mark after a composed letter (ạ̈): rare, left to ICU as well.
        if (i + 1 < raw.size() && (static_cast<unsigned char>(raw[i + 1]) & 0xFE) == 0xCC) {
          return fold_with_icu(raw);
        }
        continue;
      }
      if (c == 0xC2 && next == 0xAD) {
        ++i;
        continue;
      }
    }
    return fold_with_icu(raw);
  }
  return folded;
}

std::string without_umlauts(std::string_view folded) {
  std::string blind;
  blind.reserve(folded.size());
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const char c = folded[i];
    blind += c;
    if (i + 1 >= folded.size() || folded[i + 1] != 'e') continue;
    if (c != 'a' && c != 'o' && c != 'u') continue;
    const char before = i > 0 ? folded[i - 1] : ' ';
    const bool after_vowel = before == 'a' || before == 'e' || before == 'i' || before == 'o' ||
                             before == 'u' || before == 'q';
    if (!after_vowel) ++i;
  }
  return blind;
}

bool starts_upper(std::string_view raw) {
  const CodePoint first = decode(raw, 0);
  if (first.bytes == 0) return false;
  if (first.value < 0x80) return first.value >= 'A' && first.value <= 'Z';
  return u_isUUppercase(static_cast<UChar32>(first.value)) != 0;
}

bool all_upper(std::string_view raw) {
  int letters = 0;
  for (std::size_t at = 0; at < raw.size();) {
    const CodePoint c = decode(raw, at);
    if (c.bytes == 0) return false;
    at += c.bytes;
    if (c.value >= '0' && c.value <= '9') continue;
    if (u_isULowercase(static_cast<UChar32>(c.value)) != 0) return false;
    if (u_isUUppercase(static_cast<UChar32>(c.value)) != 0) ++letters;
  }
  return letters >= 2;
}

}  // namespace fundstelle::text
