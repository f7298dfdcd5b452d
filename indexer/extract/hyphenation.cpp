// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/hyphenation.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace fundstelle {
namespace {

constexpr std::string_view kSoftHyphen = "\xC2\xAD";

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

UChar32 first_letter(std::string_view text) {
  if (text.empty()) return 0;
  UChar32 c = 0;
  std::int64_t i = 0;
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), i,
          static_cast<std::int64_t>(text.size()), c);
  return std::max(c, 0);
}

UChar32 last_letter(std::string_view text) {
  if (text.empty()) return 0;
  UChar32 c = 0;
  text = text.substr(text.size() - std::min<std::size_t>(text.size(), 8));
  auto i = static_cast<std::int32_t>(text.size());
  U8_PREV(reinterpret_cast<const std::uint8_t*>(text.data()), 0, i, c);
  return std::max(c, 0);
}

std::string_view last_word(std::string_view text) {
  const std::size_t at = text.find_last_of(" \n\t");
  return at == std::string_view::npos ? text : text.substr(at + 1);
}

std::string_view first_word(std::string_view text) {
  return text.substr(0, text.find_first_of(" \n\t"));
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

std::string_view without_outer_marks(std::string_view word) {
  static constexpr std::string_view kMarks = "()[],.;:!?\"'";
  while (!word.empty() && kMarks.find(word.front()) != std::string_view::npos)
    word.remove_prefix(1);
  while (!word.empty() && kMarks.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  return word;
}

/// Words after which a hyphen was suspended: "Haupt- und Ehrenamt", "19- bis 21-Jährige".
bool continues_a_list(std::string_view word) {
  static constexpr std::array<std::string_view, 16> kWords = {
      "und",        "oder",  "bzw",   "bzw.",  "sowie", "und/oder",
      "bis",        "noch",  "statt", "wie",   "als",   "beziehungsweise",
      "respektive", "resp.", "u.",    "versus"};
  while (!word.empty() && (word.back() == ',' || word.back() == ')')) word.remove_suffix(1);
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

/// "EU-weit", "CDU-geführt", "E-mail": an abbreviation or single letter keeps its hyphen.
bool is_abbreviation(std::string_view part) {
  const std::size_t cut = part.find_last_of("-/(\"");
  if (cut != std::string_view::npos) part.remove_prefix(cut + 1);
  if (part.empty()) return false;
  int letters = 0;
  std::int64_t i = 0;
  while (i < static_cast<std::int64_t>(part.size())) {
    UChar32 c = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(part.data()), i,
            static_cast<std::int64_t>(part.size()), c);
    if (c < 0 || !u_isalpha(c)) continue;
    if (u_islower(c)) return false;
    ++letters;
  }
  return letters >= 1;
}

bool is_address(std::string_view word) {
  return word.find("://") != std::string_view::npos ||
         word.find("www.") != std::string_view::npos ||
         (word.find('@') != std::string_view::npos && word.find('.') != std::string_view::npos);
}

void append_without_soft_hyphens(std::string& text, std::string_view line) {
  for (;;) {
    const std::size_t at = line.find(kSoftHyphen);
    if (at == std::string_view::npos) break;
    text += line.substr(0, at);
    line.remove_prefix(at + kSoftHyphen.size());
    if (line.empty()) {  // at the line end it says that the word goes on
      text += kSoftHyphen;
      return;
    }
  }
  text += line;
}

}  // namespace

void LineJoiner::learn(std::string_view line) {
  for (std::size_t at = line.find('-'); at != std::string_view::npos; at = line.find('-', at + 1)) {
    if (at == 0 || at + 1 >= line.size()) continue;
    const UChar32 before = last_letter(line.substr(0, at));
    const UChar32 after = first_letter(line.substr(at + 1));
    if (!u_isalpha(before) || !u_islower(after)) continue;
    const std::size_t begin = line.find_last_of(' ', at) + 1;  // npos + 1 is 0
    const std::size_t end = std::min(line.find(' ', at), line.size());
    if (end - begin > 60) continue;
    hyphenated_.insert(lower_ascii(without_outer_marks(line.substr(begin, end - begin))));
  }
}

LineJoiner::Join LineJoiner::decide(std::string_view text, std::string_view next) const {
  if (text.empty() || next.empty()) return Join::kNoBlank;
  const bool soft = ends_with(text, kSoftHyphen);
  const bool hyphen = text.back() == '-';
  const UChar32 after = first_letter(next);
  if (soft) return Join::kDropHyphen;
  if (hyphen) {
    const std::string_view before = text.substr(0, text.size() - 1);
    const std::string_view part = last_word(before);
    const UChar32 letter = last_letter(before);
    if (part.empty()) return Join::kBlank;  // a dash or bullet of its own
    const std::string_view word = first_word(next);
    if (continues_a_list(word)) return Join::kBlank;
    if (is_address(part)) return Join::kKeepHyphen;
    if (u_isdigit(letter)) return u_isalnum(after) ? Join::kKeepHyphen : Join::kBlank;
    if (!u_isalpha(letter) && letter != ')' && letter != '*') return Join::kBlank;
    if (!u_isalnum(after))
      return after == '(' || after == 0x201E ? Join::kBlank : Join::kKeepHyphen;
    if (!u_islower(after)) return Join::kKeepHyphen;
    if (is_abbreviation(part)) return Join::kKeepHyphen;
    const std::string whole =
        lower_ascii(without_outer_marks(part)) + "-" + lower_ascii(without_outer_marks(word));
    return hyphenated_.contains(whole) ? Join::kKeepHyphen : Join::kDropHyphen;
  }
  if (text.back() == '/' && text.size() >= 2) {
    const UChar32 before = last_letter(text.substr(0, text.size() - 1));
    if (u_isalnum(before) && u_isalnum(after)) return Join::kNoBlank;
  }
  if (next.front() == '/' && next.size() >= 2 && is_address(last_word(text))) return Join::kNoBlank;
  return Join::kBlank;
}

bool LineJoiner::runs_on(std::string_view text, std::string_view next) const {
  return !text.empty() && !next.empty() && decide(text, next) != Join::kBlank;
}

void LineJoiner::append(std::string& text, std::string_view line) const {
  switch (decide(text, line)) {
    case Join::kDropHyphen:
      text.resize(text.size() - (text.back() == '-' ? 1 : kSoftHyphen.size()));
      break;
    case Join::kBlank:
      text += ' ';
      break;
    case Join::kKeepHyphen:
    case Join::kNoBlank:
      break;
  }
  append_without_soft_hyphens(text, line);
}

}  // namespace fundstelle
