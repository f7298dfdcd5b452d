// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/encoding.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "document/utf8.h"

namespace fundstelle {
namespace {

constexpr std::array<char16_t, 32> kWindows1252C1 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

void append_utf8(std::string& out, UChar32 c) {
  char buffer[U8_MAX_LENGTH];
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(buffer, length, c);
  out.append(buffer, static_cast<std::size_t>(length));
}

struct Utf8Census {
  std::size_t multibyte = 0;
  std::size_t invalid = 0;
};

Utf8Census census(std::string_view bytes) {
  Utf8Census result;
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto size = static_cast<std::int64_t>(bytes.size());
  for (std::int64_t i = 0; i < size;) {
    if (data[i] < 0x80) {
      ++i;
      continue;
    }
    UChar32 c = 0;
    U8_NEXT(data, i, size, c);
    if (c < 0) {
      ++result.invalid;
    } else {
      ++result.multibyte;
    }
  }
  return result;
}

std::string repaired_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto size = static_cast<std::int64_t>(bytes.size());
  for (std::int64_t i = 0; i < size;) {
    const std::int64_t begin = i;
    UChar32 c = 0;
    U8_NEXT(data, i, size, c);
    if (c < 0) {
      out += "\xEF\xBF\xBD";
    } else {
      out.append(
          bytes.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin)));
    }
  }
  return out;
}

std::string from_windows_1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 16);
  for (const char byte : bytes) {
    const auto b = static_cast<std::uint8_t>(byte);
    if (b < 0x80) {
      out += byte;
    } else {
      append_utf8(out, b < 0xA0 ? kWindows1252C1[b - 0x80] : b);
    }
  }
  return out;
}

/// With ICU; empty optional-like result (false) if ICU does not know the label.
bool convert(std::string_view bytes, const std::string& label, std::string& out) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* from = ucnv_open(label.c_str(), &status);
  if (U_FAILURE(status)) return false;
  UConverter* to = ucnv_open("UTF-8", &status);
  if (U_FAILURE(status)) {
    ucnv_close(from);
    return false;
  }
  out.clear();
  std::array<UChar, 4096> pivot{};
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  const char* source = bytes.data();
  const char* source_end = source + bytes.size();
  std::array<char, 8192> chunk{};
  bool reset = true;
  do {
    char* target = chunk.data();
    status = U_ZERO_ERROR;
    ucnv_convertEx(to, from, &target, chunk.data() + chunk.size(), &source, source_end,
                   pivot.data(), &pivot_source, &pivot_target, pivot.data() + pivot.size(), reset,
                   true, &status);
    reset = false;
    out.append(chunk.data(), static_cast<std::size_t>(target - chunk.data()));
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  ucnv_close(from);
  ucnv_close(to);
  return U_SUCCESS(status);
}

std::string lower_label(std::string_view label) {
  std::string out;
  for (const char c : label) {
    if (c == ' ' || c == '\t' || c == '"' || c == '\'') continue;
    out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  return out;
}

bool means_windows_1252(const std::string& label) {
  static constexpr std::array<std::string_view, 12> kLabels = {
      "iso-8859-1", "iso8859-1", "iso88591", "latin1",      "latin-1",  "l1",
      "us-ascii",   "ascii",     "cp1252",   "windows1252", "x-cp1252", "windows-1252"};
  return std::find(kLabels.begin(), kLabels.end(), label) != kLabels.end();
}

/// Encodings a browser would follow (WHATWG Encoding). Others ICU knows (UTF-7, SCSU, mainframes)
/// would read hidden text where no reader sees any.
bool is_web_encoding(const std::string& label) {
  static constexpr std::array<std::string_view, 14> kStarts = {
      "iso-8859-", "iso8859", "windows-125", "cp125",   "windows-874", "koi8-", "mac",
      "ibm866",    "gb2312",  "gbk",         "gb18030", "big5",        "euc-",  "shift_jis"};
  return label.size() < 30 && std::any_of(kStarts.begin(), kStarts.end(), [&](std::string_view s) {
           return label.rfind(s, 0) == 0;
         });
}

}  // namespace

DecodedText decode_text(std::string_view bytes, std::string_view declared) {
  const auto starts = [&](std::string_view mark) { return bytes.substr(0, mark.size()) == mark; };
  const auto with_icu = [&](std::string_view rest, const char* label) {
    DecodedText result;
    result.encoding = label;
    if (!convert(rest, label, result.utf8)) result.utf8 = repaired_utf8(rest);
    result.damaged = result.utf8.find("\xEF\xBF\xBD") != std::string::npos;
    return result;
  };
  using std::string_view_literals::operator""sv;
  if (starts("\xFF\xFE\0\0"sv)) return with_icu(bytes.substr(4), "utf-32le");
  if (starts("\0\0\xFE\xFF"sv)) return with_icu(bytes.substr(4), "utf-32be");
  if (starts("\xFF\xFE"sv)) return with_icu(bytes.substr(2), "utf-16le");
  if (starts("\xFE\xFF"sv)) return with_icu(bytes.substr(2), "utf-16be");
  if (starts("\xEF\xBB\xBF"sv)) {
    bytes.remove_prefix(3);
    const bool valid = is_utf8(bytes);
    return {valid ? std::string(bytes) : repaired_utf8(bytes), "utf-8", !valid};
  }
  // UTF-16 without a mark: Western text has a zero in every other byte.
  const std::string_view head = bytes.substr(0, 4096);
  if (head.size() >= 8) {
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == '\0';
    const std::size_t half = head.size() / 2;
    if (zeros[1] * 10 > half * 7 && zeros[0] * 10 < half) return with_icu(bytes, "utf-16le");
    if (zeros[0] * 10 > half * 7 && zeros[1] * 10 < half) return with_icu(bytes, "utf-16be");
  }
  const Utf8Census counts = census(bytes);
  if (counts.invalid == 0) return {std::string(bytes), "utf-8", false};
  // A UTF-8 page with one broken insertion is still UTF-8; in windows-1252 text valid sequences are
  // rare accidents.
  if (counts.multibyte > 4 * counts.invalid) return {repaired_utf8(bytes), "utf-8", true};
  const std::string label = lower_label(declared);
  if (!means_windows_1252(label) && is_web_encoding(label)) {
    DecodedText result;
    result.encoding = label;
    if (convert(bytes, label, result.utf8)) {
      result.damaged = result.utf8.find("\xEF\xBF\xBD") != std::string::npos;
      return result;
    }
  }
  return {from_windows_1252(bytes), "windows-1252", false};
}

std::string clean_text(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  const auto* data = reinterpret_cast<const std::uint8_t*>(utf8.data());
  const auto size = static_cast<std::int64_t>(utf8.size());
  for (std::int64_t i = 0; i < size;) {
    const std::uint8_t b = data[i];
    if (b < 0x80) {
      ++i;
      if (b == '\r') {
        if (i >= size || data[i] != '\n') out += '\n';
      } else if (b >= 0x20 ? b != 0x7F : (b == '\n' || b == '\t' || b == '\f')) {
        out += static_cast<char>(b);
      } else if (b == 0x0B) {
        out += '\n';
      }
      continue;
    }
    const std::int64_t begin = i;
    UChar32 c = 0;
    U8_NEXT(data, i, size, c);
    if (c >= 0x80 && c < 0xA0) {
      const UChar32 mapped = kWindows1252C1[static_cast<std::size_t>(c - 0x80)];
      if (c == 0x85) {
        out += '\n';
      } else if (mapped >= 0xA0) {
        append_utf8(out, mapped);
      }
    } else if (c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
               c == 0x3000) {
      out += ' ';
    } else if (c == 0x2010 || c == 0x2011) {
      out += '-';
    } else if (c == 0x2028) {
      out += '\n';
    } else if (c == 0x2029) {
      out += "\n\n";
    } else if (c == 0xFEFF || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
               (c >= 0x2060 && c <= 0x2069) || c < 0) {
      // marks of direction and joining, byte order marks inside the text
    } else if (c >= 0xFB00 && c <= 0xFB06) {
      static constexpr std::array<const char*, 7> kLigatures = {"ff",  "fi", "fl", "ffi",
                                                                "ffl", "st", "st"};
      out += kLigatures[static_cast<std::size_t>(c - 0xFB00)];
    } else {
      out.append(utf8.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin)));
    }
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status) || nfc->isNormalizedUTF8(out, status)) return out;
  std::string normal;
  icu::StringByteSink<std::string> sink(&normal);
  status = U_ZERO_ERROR;
  nfc->normalizeUTF8(0, out, sink, nullptr, status);
  return U_SUCCESS(status) ? normal : out;
}

std::string squeeze_blanks(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r') {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += c;
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace fundstelle
