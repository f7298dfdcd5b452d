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

/// The middle of an address whose begin stands elsewhere: "projekte.de/schiene",
/// "leben/aus-dem-amt".
bool is_address_part(std::string_view word) {
  for (const std::string_view end : {".htm", ".pdf", ".php", ".aspx"}) {
    if (word.find(end) != std::string_view::npos) return true;
  }
  const auto hyphens = std::count(word.begin(), word.end(), '-');
  const auto digits =
      std::count_if(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (hyphens >= 3 || (hyphens >= 2 && digits >= 5)) return true;
  if (word.find('/') == std::string_view::npos) return false;
  return word.find('_') != std::string_view::npos || word.find(".de") != std::string_view::npos ||
         std::count(word.begin(), word.end(), '/') >= 2;
}

bool ends_an_address(std::string_view word) {
  for (const std::string_view end : {".htm", ".html", ".pdf", ".php", ".aspx"}) {
    if (word.ends_with(end)) return true;
  }
  return false;
}

/// "T1T", "ExjZ": letters mixed with digits or capitals, as in keys and check sums.
bool is_code(std::string_view piece) {
  bool digit = false;
  bool letter = false;
  bool inner_capital = false;
  for (const char c : piece) {
    digit = digit || (c >= '0' && c <= '9');
    inner_capital = inner_capital || (letter && c >= 'A' && c <= 'Z');
    letter = letter || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
  return letter && (digit || inner_capital);
}

/// The pieces of two halves of an address that meet at its break.
std::string_view address_tail(std::string_view part) {
  return part.substr(part.find_last_of("-/._=?&") + 1);
}
std::string_view address_head(std::string_view part) {
  return part.substr(0, part.find_first_of("-/._=?&"));
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
  ++lines_;
  broken_words_ += ended_in_hyphen_ && u_islower(first_letter(line));
  ended_in_hyphen_ = ends_with(line, "-") || ends_with(line, kSoftHyphen);
  hyphen_ends_ += ended_in_hyphen_;
  if (list_ != nullptr && !list_->empty()) {
    const std::string_view next = without_outer_marks(first_word(line));
    if (!hyphenates_addresses_ && !last_broken_.empty() &&
        (is_address(last_broken_) || is_address_part(last_broken_) || is_address_part(next)))
      hyphenates_addresses_ = is_hyphenated_word(address_tail(last_broken_), address_head(next));
    last_broken_.clear();
    if (line.ends_with('-')) last_broken_ = last_word(line.substr(0, line.size() - 1));
  }
  if (list_ != nullptr && !list_->empty() && ends_.size() < 3000) {
    const std::string_view begin = without_outer_marks(first_word(line));
    if (!last_end_.empty() && u_islower(first_letter(begin))) ends_.emplace_back(last_end_, begin);
    const std::string_view end = last_word(line);
    last_end_ = !end.empty() && u_isalpha(last_letter(end)) ? std::string(end) : std::string();
  }
  while (!line.empty()) {
    const std::size_t end = line.find(' ');
    if (end == std::string_view::npos) return;
    const std::string_view word = without_outer_marks(line.substr(0, end));
    line.remove_prefix(end + 1);
    if (word.size() < 2 || word.size() > 60) continue;
    const std::size_t hyphen = word.find('-');
    if (hyphen == std::string_view::npos) {
      words_.insert(lower_ascii(word));
    } else if (u_isalpha(last_letter(word.substr(0, hyphen))) &&
               u_islower(first_letter(word.substr(hyphen + 1)))) {
      hyphenated_.insert(lower_ascii(word));
    }
  }
}

bool LineJoiner::is_word(std::string_view word) const {
  return words_.contains(lower_ascii(word)) || (list_ != nullptr && list_->knows(word));
}

void LineJoiner::finish_learning() {
  // A few lines end in hyphens of their own ("Mecklenburg-").
  if (list_ == nullptr || lines_ < 30 || broken_words_ * 100 >= 5 * lines_) return;
  // Certain: the piece is no word, what both make is one.
  std::size_t certain = 0;
  for (const auto& [end, begin] : ends_) {
    if (list_->knows(without_outer_marks(end))) continue;
    certain += list_->knows(std::string(without_outer_marks(end)).append(begin));
  }
  invisible_hyphens_ = certain >= 3;
  ends_.clear();
  ends_.shrink_to_fit();
}

bool LineJoiner::is_hyphenated_word(std::string_view tail, std::string_view head) const {
  if (knows(tail, head)) return true;
  if (list_ == nullptr || tail.size() < 2 || head.empty()) return false;
  if (list_->knows(std::string(tail).append(head))) return true;
  if (head.size() < 2 || list_->knows(head)) return false;
  for (std::size_t i = 1; i + 3 <= tail.size() && tail.size() - i + head.size() >= 7; ++i) {
    if (list_->knows(lower_ascii(tail.substr(i)).append(head))) return true;
  }
  return false;
}

bool LineJoiner::is_compound_broken_within(std::string_view begin, std::string_view end) const {
  const std::string whole = std::string(begin).append(end);
  for (std::size_t i = 4; i + 4 <= whole.size(); ++i) {
    if (i == begin.size() || (static_cast<unsigned char>(whole[i]) & 0xC0U) == 0x80U) continue;
    const std::string first = whole.substr(0, i);
    const bool joined_by_s =
        first.size() > 4 && first.back() == 's' && list_->knows(first.substr(0, first.size() - 1));
    if ((joined_by_s || list_->knows(first)) && list_->knows(whole.substr(i))) return true;
  }
  return false;
}

bool LineJoiner::broken_without_sign(std::string_view begin, std::string_view end) const {
  // Only the pieces beside the break are looked up: "Mecklenburg-Vorpom" + "mern".
  begin = begin.substr(begin.find_last_of("-/(") + 1);
  end = end.substr(0, end.find_first_of("-/"));
  if (begin.size() < 2 || end.size() < 2) return false;
  const std::string whole = std::string(begin).append(end);
  // Of the pieces the document's own words say nothing: broken ends are among them.
  if (!is_word(whole)) {
    if (begin.size() < 3 || list_->knows(begin)) return false;
    return !list_->knows(end) || is_compound_broken_within(begin, end);
  }
  // A small letter is as telling as a spelling: "zuge" + "sagt" are no two words.
  const bool capital = u_isupper(first_letter(begin));
  const bool begin_is_word = capital ? list_->knows(begin) : list_->has(begin);
  if (!begin_is_word || !list_->knows(end)) return true;
  // Both are words, too: "Aus" + "bau", "laufen" + "den", but "zu" + "sagen" is said apart.
  return capital || begin.size() > 5;
}

bool LineJoiner::knows(std::string_view begin, std::string_view end) const {
  return words_.contains(lower_ascii(std::string(begin).append(end)));
}

LineJoiner::Join LineJoiner::decide(std::string_view text, std::string_view next) const {
  if (text.empty() || next.empty()) return Join::kNoBlank;
  if (ends_with(text, kSoftHyphen)) return Join::kDropHyphen;
  const UChar32 after = first_letter(next);
  if (text.back() == '-') {
    const std::string_view before = text.substr(0, text.size() - 1);
    const std::string_view printed = last_word(before);
    const std::string_view part = without_outer_marks(printed);
    const UChar32 letter = last_letter(before);
    if (part.empty()) return Join::kBlank;  // a dash or bullet of its own
    const std::string_view printed_next = first_word(next);
    const std::string_view word = without_outer_marks(printed_next);
    if (is_address(printed) || is_address_part(printed_next) || is_address_part(printed)) {
      // An address breaks at its own hyphens, but some typesetters hyphenate it like a word.
      const std::string_view tail = address_tail(part);
      const std::string_view head = address_head(word);
      if (is_hyphenated_word(tail, head)) return Join::kDropHyphen;
      // Where one address is set like words, all are; but only codes have no hyphens of their own
      // to break at: "T1T-" + "w2Ju7".
      const bool code = hyphenates_addresses_ && !head.empty() && (is_code(tail) || is_code(head));
      return code ? Join::kDropHyphen : Join::kKeepHyphen;
    }
    if (continues_a_list(printed_next)) {
      // "so-" + "wie" is one word, "Haupt-" + "und" are two.
      static constexpr std::array<std::string_view, 4> kWhole = {"sowie", "anstatt", "dennoch",
                                                                 "gleichwie"};
      const std::string whole = lower_ascii(std::string(part).append(word));
      const bool one_word = std::find(kWhole.begin(), kWhole.end(), whole) != kWhole.end();
      return one_word ? Join::kDropHyphen : Join::kBlank;
    }
    if (u_isdigit(letter)) return u_isalnum(after) ? Join::kKeepHyphen : Join::kBlank;
    if (!u_isalpha(letter) && letter != ')' && letter != '*') return Join::kBlank;
    if (!u_isalnum(after))
      return after == '(' || after == 0x201E ? Join::kBlank : Join::kKeepHyphen;
    if (!u_islower(after)) {
      // "BÜND-" + "NIS" in capitals; "CDU-" + "Fraktion", "Nordrhein-" + "Westfalen" keep theirs.
      const std::string_view tail = part.substr(part.find_last_of("-/") + 1);
      const std::string_view head = word.substr(0, word.find_first_of("-/"));
      const bool capitals = is_abbreviation(tail) && is_abbreviation(head) && tail.size() > 1;
      return capitals && knows(tail, head) ? Join::kDropHyphen : Join::kKeepHyphen;
    }
    if (is_abbreviation(part)) return Join::kKeepHyphen;
    const std::string whole = lower_ascii(part) + "-" + lower_ascii(word);
    return hyphenated_.contains(whole) && !knows(part, word) ? Join::kKeepHyphen
                                                             : Join::kDropHyphen;
  }
  const UChar32 before = last_letter(text);
  if (before == '/' && text.size() >= 2) {
    if (u_isalnum(last_letter(text.substr(0, text.size() - 1))) &&
        (u_isalnum(after) || (after == '_' && is_address(last_word(text))))) {
      return Join::kNoBlank;
    }
  }
  if (next.front() == '/' && next.size() >= 2) {
    if (u_isalnum(before) && u_isalnum(first_letter(next.substr(1)))) return Join::kNoBlank;
  }
  if (u_islower(after) && u_isalpha(before) &&
      (invisible_hyphens_ || (lines_ >= 30 && hyphen_ends_ * 100 < lines_))) {
    const std::string_view part = last_word(text);
    const std::string_view word = without_outer_marks(first_word(next));
    // What ends like the name of a file belongs to the address that begins before it.
    if (invisible_hyphens_ && (is_address(part) || is_address_part(part)) &&
        !ends_an_address(part) && ends_an_address(word))
      return Join::kNoBlank;
    if (invisible_hyphens_ && broken_without_sign(without_outer_marks(part), word))
      return Join::kNoBlank;
    if (part.size() >= 2 && knows(part, word) && !words_.contains(lower_ascii(part))) {
      return Join::kNoBlank;
    }
  }
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
