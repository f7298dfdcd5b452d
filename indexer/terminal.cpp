// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace fundstelle {
namespace {

/// Bytes of the letter that begins at `at`.
std::size_t letter_bytes(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return end - at;
}

/// U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069 turn the direction of what follows; U+0080
/// to U+009F are control characters too.
bool upsets_terminal(std::string_view letter) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(letter[i]); };
  if (letter.size() == 1) return byte(0) < 0x20 || byte(0) >= 0x7F;
  if (letter.size() == 2) return byte(0) == 0xC2 && byte(1) < 0xA0;
  if (letter.size() == 3 && byte(0) == 0xE2) {
    if (byte(1) == 0x80) {
      return byte(2) == 0x8E || byte(2) == 0x8F || (byte(2) >= 0xAA && byte(2) <= 0xAE);
    }
    return byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9;
  }
  return false;
}

}  // namespace

std::size_t terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 100;
  return std::clamp<std::size_t>(size.ws_col, 40, 160);
}

bool wants_colour() {
  const char* const none = std::getenv("NO_COLOR");
  const char* const terminal = std::getenv("TERM");
  return isatty(STDOUT_FILENO) == 1 && (none == nullptr || *none == '\0') && terminal != nullptr &&
         std::string_view(terminal) != "dumb";
}

std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view letter = text.substr(at, letter_bytes(text, at));
    at += letter.size();
    if (letter == "\n" || letter == "\t" || letter == "\r") {
      if (!out.ends_with(' ')) out += ' ';
    } else if (upsets_terminal(letter)) {
      out += '?';
    } else {
      out += letter;
    }
  }
  return out;
}

std::size_t letters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string padded(std::string text, std::size_t letters) {
  const std::size_t have = letters_in(text);
  if (have < letters) text.append(letters - have, ' ');
  return text;
}

std::string shortened(std::string_view text, std::size_t letters) {
  std::string clean = printable(text);
  if (letters_in(clean) <= letters) return clean;
  std::size_t at = 0;
  for (std::size_t n = 0; n + 2 < letters && at < clean.size(); ++n) at += letter_bytes(clean, at);
  clean.resize(at);
  while (clean.ends_with(' ')) clean.pop_back();
  return clean + " …";
}

std::vector<std::string> wrapped(std::string_view text, std::size_t letters) {
  const std::string clean = printable(text);
  std::vector<std::string> lines;
  std::string line;
  std::size_t in_line = 0;
  const auto end_line = [&] {
    lines.push_back(std::move(line));
    line.clear();
    in_line = 0;
  };
  for (std::size_t at = 0; at < clean.size();) {
    if (clean[at] == ' ') {
      ++at;
      continue;
    }
    const std::size_t end = std::min(clean.find(' ', at), clean.size());
    std::string_view word = std::string_view(clean).substr(at, end - at);
    at = end;
    if (in_line > 0 && in_line + 1 + letters_in(word) > letters) end_line();
    while (letters_in(word) > letters) {  // longer than a line: an address, a hash
      std::size_t part = 0;
      for (std::size_t n = 0; n < letters; ++n) part += letter_bytes(word, part);
      line += word.substr(0, part);
      word.remove_prefix(part);
      end_line();
    }
    if (in_line > 0) {
      line += ' ';
      ++in_line;
    }
    line += word;
    in_line += letters_in(word);
  }
  if (!line.empty() || lines.empty()) end_line();
  return lines;
}

}  // namespace fundstelle
