// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/document.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace fundstelle {
namespace {

constexpr std::array<std::pair<SectionKind, const char*>, 6> kSectionKinds{{
    {SectionKind::kQuestion, "question"},
    {SectionKind::kAnswer, "answer"},
    {SectionKind::kHeading, "heading"},
    {SectionKind::kSpeech, "speech"},
    {SectionKind::kTable, "table"},
    {SectionKind::kFootnote, "footnote"},
}};

constexpr std::array<std::pair<RelationKind, const char*>, 5> kRelationKinds{{
    {RelationKind::kAnswers, "answers"},
    {RelationKind::kCorrects, "corrects"},
    {RelationKind::kSupplements, "supplements"},
    {RelationKind::kFollowsUp, "follows_up"},
    {RelationKind::kConcerns, "concerns"},
}};

std::string_view trimmed_right(std::string_view text) {
  const auto last = text.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

std::string_view trimmed_left(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

bool ends_with_letter(std::string_view text) {
  if (text.empty()) return false;
  const auto last = static_cast<unsigned char>(text.back());
  // The last byte of ä, ö, ü, ß and of any other letter beyond ASCII is a continuation byte.
  return (last >= 'a' && last <= 'z') || (last >= 'A' && last <= 'Z') || (last & 0xC0U) == 0x80U;
}

bool begins_lower_case(std::string_view text) {
  if (text.empty()) return false;
  if (text[0] >= 'a' && text[0] <= 'z') return true;
  return text.starts_with("ä") || text.starts_with("ö") || text.starts_with("ü") ||
         text.starts_with("ß");
}

/// Bytes of the hyphen a word broken at the end of `left` leaves there; 0 if none does.
std::size_t broken_word_hyphen(std::string_view left, std::string_view right) {
  std::size_t hyphen = 0;
  if (left.ends_with("-")) hyphen = 1;
  if (left.ends_with("\u00AD")) hyphen = 2;
  if (left.ends_with("\u2010")) hyphen = 3;
  if (hyphen == 0 || !begins_lower_case(right)) return 0;
  if (!ends_with_letter(left.substr(0, left.size() - hyphen))) return 0;
  // "Integrations-" + "und Ausländerbeauftragte": the hyphen stands for a word, not for a line end.
  for (const std::string_view conjunction : {"und", "oder", "sowie", "bzw.", "bis", "als", "wie"}) {
    if (right.starts_with(conjunction) &&
        (right.size() == conjunction.size() || right[conjunction.size()] == ' ' ||
         right[conjunction.size()] == '\n')) {
      return 0;
    }
  }
  return hyphen;
}

}  // namespace

const char* to_string(SectionKind kind) {
  for (const auto& [value, name] : kSectionKinds) {
    if (value == kind) return name;
  }
  return "heading";
}

std::optional<SectionKind> section_kind(const std::string& name) {
  for (const auto& [value, known] : kSectionKinds) {
    if (name == known) return value;
  }
  return std::nullopt;
}

const char* to_string(RelationKind kind) {
  for (const auto& [value, name] : kRelationKinds) {
    if (value == kind) return name;
  }
  return "concerns";
}

std::optional<RelationKind> relation_kind(const std::string& name) {
  for (const auto& [value, known] : kRelationKinds) {
    if (name == known) return value;
  }
  return std::nullopt;
}

bool is_document_id(const std::string& id) {
  if (id.empty() || id.size() > 80 || id == "." || id == "..") return false;
  return std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}

std::string text_of(const std::vector<Page>& pages, const Span& span) {
  std::string text;
  bool first = true;
  for (const Page& page : pages) {
    if (page.number < span.page || page.number > span.end_page) continue;
    const std::size_t size = page.text.size();
    const std::size_t begin =
        page.number == span.page ? std::min<std::size_t>(span.begin, size) : 0;
    const std::size_t end =
        page.number == span.end_page ? std::min<std::size_t>(span.end, size) : size;
    if (begin >= end) continue;
    std::string_view piece = std::string_view(page.text).substr(begin, end - begin);
    if (first) {
      text = piece;
      first = false;
      continue;
    }
    piece = trimmed_left(piece);
    if (piece.empty()) continue;
    text.resize(trimmed_right(text).size());
    if (const std::size_t hyphen = broken_word_hyphen(text, piece); hyphen > 0) {
      text.resize(text.size() - hyphen);
    } else if (!text.empty()) {
      text += "\n\n";
    }
    text += piece;
  }
  return text;
}

}  // namespace fundstelle
