// SPDX-License-Identifier: GPL-3.0-or-later
#include <re2/re2.h>
#include <zstd.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <string>

#include "extract/encoding.h"
#include "extract/extract.h"

namespace fundstelle {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t kHeadBytes = 65'536;

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool ends_with_ignoring_case(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() &&
         std::equal(suffix.rbegin(), suffix.rend(), text.rbegin(), [](char a, char b) {
           return a == std::tolower(static_cast<unsigned char>(b));
         });
}

std::string_view without_leading_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n\f\v");
  return begin == std::string_view::npos ? std::string_view{} : text.substr(begin);
}

/// Markup that says nothing about the kind: XML declaration, comments, processing instructions.
std::string_view without_prolog(std::string_view text) {
  for (;;) {
    text = without_leading_blanks(text);
    std::string_view end;
    if (starts_with(text, "<!--")) {
      end = "-->";
    } else if (starts_with(text, "<?")) {
      end = ">";
    } else {
      return text;
    }
    const std::size_t at = text.find(end);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + end.size());
  }
}

bool is_html_tag_at(std::string_view text) {
  static const RE2 kHtmlTag(
      R"((?i)<(?:!doctype\s+html|(?:html|head|body|meta|title|link|script|style|base|div|p|span|a|br|table|tbody|thead|tr|td|th|ul|ol|li|dl|h[1-6]|header|nav|main|article|section|form|img|b|i|em|strong|center|font|frameset|hr|iframe|pre|blockquote)(?:\s|/?>)))");
  return RE2::PartialMatch(re2::StringPiece(text.data(), std::min<std::size_t>(text.size(), 64)),
                           RE2("^" + kHtmlTag.pattern()));
}

bool is_json_record(std::string_view text) {
  static const RE2 kObjectStart(R"(^\{\s*"(?:[^"\\]|\\.)*"\s*:)");
  if (!RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), kObjectStart)) return false;
  const std::size_t newline = text.find('\n');
  if (newline == std::string_view::npos) return true;
  // The first line must be a record of its own: pretty-printed JSON is not a list of records.
  return nlohmann::json::accept(text.substr(0, newline));
}

bool looks_like_markdown(std::string_view text) {
  static const RE2 kYamlHead(
      R"(^---[ \t]*\r?\n(?:[\w-]+:[^\n]*\n|[ \t]+[^\n]*\n|- [^\n]*\n)+---[ \t]*\r?\n)");
  static const RE2 kHeading(R"((?m)^#{1,6} \S)");
  static const RE2 kEmphasis(R"((?m)(?:^|\s)\*\*\S[^*\n]*\S\*\*)");
  static const RE2 kLink(R"(\[[^\]\n]+\]\([^)\s]+\))");
  const re2::StringPiece piece(text.data(), text.size());
  if (RE2::PartialMatch(piece, kYamlHead)) return true;
  const int signs = (RE2::PartialMatch(piece, kHeading) ? 1 : 0) +
                    (RE2::PartialMatch(piece, kEmphasis) ? 1 : 0) +
                    (RE2::PartialMatch(piece, kLink) ? 1 : 0);
  return signs >= 2;
}

/// Text has no control characters to speak of; 1 in 500 is forgiven.
bool is_binary(std::string_view head) {
  std::size_t controls = 0;
  for (const char c : head) {
    const auto b = static_cast<unsigned char>(c);
    if (b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != 0x0B && b != 0x1B) {
      controls += b == 0 ? 8 : 1;
    }
  }
  return controls * 500 > head.size();
}

std::string first_unpacked_bytes(std::string_view packed) {
  std::string out(kHeadBytes, '\0');
  ZSTD_DCtx* context = ZSTD_createDCtx();
  if (context == nullptr) return {};
  ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, 27);
  ZSTD_inBuffer in{packed.data(), packed.size(), 0};
  ZSTD_outBuffer buffer{out.data(), out.size(), 0};
  while (in.pos < in.size && buffer.pos < buffer.size) {
    const std::size_t result = ZSTD_decompressStream(context, &buffer, &in);
    if (ZSTD_isError(result) != 0 || result == 0) break;
  }
  ZSTD_freeDCtx(context);
  out.resize(buffer.pos);
  return out;
}

ContentKind sniff_text(std::string_view text, std::string_view file_name) {
  const std::string_view begin = without_leading_blanks(text);
  if (begin.empty()) return ContentKind::kText;
  if (begin.front() == '{' && is_json_record(begin)) return ContentKind::kJsonl;
  if (begin.front() == '{' || begin.front() == '[') {
    static const RE2 kJsonStart(
        R"(^(?:\{\s*"(?:[^"\\]|\\.)*"\s*:|\[\s*(?:\{\s*["}]|\]\s*$)|\{\s*\}\s*$))");
    if (RE2::PartialMatch(re2::StringPiece(begin.data(), begin.size()), kJsonStart) ||
        ends_with_ignoring_case(file_name, ".json"))
      return ContentKind::kJson;
  }
  if (begin.front() == '<') {
    const std::string_view element = without_prolog(begin);
    if (is_html_tag_at(element)) return ContentKind::kHtml;
    if (starts_with(begin, "<?xml")) return ContentKind::kXml;
    static const RE2 kElement(R"(^<(?:![A-Za-z]|[A-Za-z_][\w.:-]*[\s/>]))");
    if (RE2::PartialMatch(re2::StringPiece(element.data(), element.size()), kElement)) {
      // A foreign root element; HTML if HTML follows (custom elements, frameworks).
      static const RE2 kHtmlInside(R"((?i)<(?:html|body|head)[\s>])");
      if (RE2::PartialMatch(re2::StringPiece(element.data(), element.size()), kHtmlInside)) {
        return ContentKind::kHtml;
      }
      return ContentKind::kXml;
    }
  }
  static const RE2 kLateHtml(R"((?i)<!doctype\s+html|<html[\s>]|<body[\s>])");
  const std::string_view early = begin.substr(0, 4096);
  if (RE2::PartialMatch(re2::StringPiece(early.data(), early.size()), kLateHtml)) {
    return ContentKind::kHtml;
  }
  if (ends_with_ignoring_case(file_name, ".md") ||
      ends_with_ignoring_case(file_name, ".markdown") || looks_like_markdown(begin)) {
    return ContentKind::kMarkdown;
  }
  return ContentKind::kText;
}

}  // namespace

ContentKind sniff(std::string_view head, std::string_view file_name) {
  head = head.substr(0, kHeadBytes);
  if (starts_with(head, "\x28\xB5\x2F\xFD"sv)) {
    const std::string unpacked = first_unpacked_bytes(head);
    if (is_binary(unpacked)) return ContentKind::kUnknown;
    const ContentKind inside = sniff_text(unpacked, {});
    return inside == ContentKind::kJsonl || inside == ContentKind::kJson ? ContentKind::kJsonlZst
                                                                         : ContentKind::kUnknown;
  }
  // Readers accept the signature anywhere in the first kilobyte (ISO 32000-1, annex H.3, note 13).
  const std::size_t pdf = head.substr(0, 1024).find("%PDF-");
  if (pdf == 0) return ContentKind::kPdf;
  if (pdf != std::string_view::npos && head.find(" obj") != std::string_view::npos) {
    return ContentKind::kPdf;
  }
  static constexpr std::string_view kBinarySignatures[] = {"\x89PNG\r\n"sv,
                                                           "\xFF\xD8\xFF"sv,
                                                           "GIF8"sv,
                                                           "PK\x03\x04"sv,
                                                           "\xD0\xCF\x11\xE0"sv,
                                                           "\x1F\x8B"sv,
                                                           "BZh"sv,
                                                           "\xFD"
                                                           "7zXZ"sv,
                                                           "Rar!\x1A"sv,
                                                           "II*\0"sv,
                                                           "MM\0*"sv,
                                                           "\x7F"
                                                           "ELF"sv,
                                                           "SQLite format"sv};
  for (const std::string_view signature : kBinarySignatures) {
    if (starts_with(head, signature)) return ContentKind::kUnknown;
  }
  if (starts_with(head, "\xEF\xBB\xBF"sv)) return sniff_text(head.substr(3), file_name);
  const bool marked_utf16 = starts_with(head, "\xFF\xFE"sv) || starts_with(head, "\xFE\xFF"sv);
  if (marked_utf16 || head.find('\0') != std::string_view::npos) {
    const DecodedText decoded = decode_text(head);
    if (decoded.encoding.rfind("utf-16", 0) != 0 && decoded.encoding.rfind("utf-32", 0) != 0) {
      return is_binary(head) ? ContentKind::kUnknown : sniff_text(head, file_name);
    }
    return is_binary(decoded.utf8) ? ContentKind::kUnknown : sniff_text(decoded.utf8, file_name);
  }
  if (is_binary(head)) return ContentKind::kUnknown;
  return sniff_text(head, file_name);
}

}  // namespace fundstelle
