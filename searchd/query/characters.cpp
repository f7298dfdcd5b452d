// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/characters.h"

namespace fundstelle::query {

Character character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  const std::size_t bytes = lead < 0x80             ? 1
                            : (lead & 0xE0) == 0xC0 ? 2
                            : (lead & 0xF0) == 0xE0 ? 3
                            : (lead & 0xF8) == 0xF0 ? 4
                                                    : 1;
  if (bytes == 1 || at + bytes > text.size()) return {lead, 1};
  char32_t code = lead & (0xFF >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {lead, 1};
    code = code << 6 | (byte(at + i) & 0x3F);
  }
  return {code, bytes};
}

namespace {
bool is_invisible(char32_t c) {
  return c == 0xAD || (c >= 0x200C && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}
bool is_sound(Character c) {
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (c.bytes == 1) return c.code >= 0x20 && c.code < 0x7F;
  return c.code >= kLeast[c.bytes] && c.code <= 0x10FFFF && c.code >= 0xA0 &&
         (c.code < 0xD800 || c.code > 0xDFFF);
}
}  // namespace

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const Character c = character_at(text, i);
    if (!is_sound(c)) {
      out += ' ';
    } else if (!is_invisible(c.code)) {
      out.append(text, i, c.bytes);
    }
    i += c.bytes;
  }
  return out;
}

bool is_blank(char32_t c) {
  return c <= 0x20 || c == 0x7F || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter_or_digit(char32_t c) {
  if (c < 0x80) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
  if (c < 0xC0) return c == 0xAA || c == 0xB2 || c == 0xB3 || c == 0xB5 || c == 0xB9 || c == 0xBA;
  return c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c < 0x2C00) && !(c >= 0x3000 && c < 0x3020) &&
         c != 0xFF02;
}

bool letter_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_letter_or_digit(character_at(text, at).code);
}

bool is_minus(char32_t c) { return c == U'-' || c == U'‐' || c == U'‑' || c == U'−'; }

std::u32string_view closers_of(char32_t open) {
  switch (open) {
    case U'"':
    case U'„':
    case U'“':
    case U'”':
    case U'‟':
    case U'＂':
      return U"\"“”‟＂";
    case U'«':
      return U"»";
    case U'»':
      return U"«»";
    case U'‚':
    case U'‛':
    case U'‘':
    case U'’':
    case U'\'':
      return U"'‘’";
    case U'‹':
      return U"›";
    case U'›':
      return U"‹›";
    case U'「':
      return U"」";
    default:
      return {};
  }
}

bool is_single_quote(char32_t c) { return c == U'\'' || c == U'‘' || c == U'’'; }

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

std::string blanks_closed(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto [code, bytes] = character_at(text, i);
    if (!is_blank(code)) {
      out.append(text.substr(i, bytes));
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
    i += bytes;
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

bool only_blanks(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto [code, bytes] = character_at(text, i);
    if (!is_blank(code)) return false;
    i += bytes;
  }
  return true;
}

}  // namespace fundstelle::query
