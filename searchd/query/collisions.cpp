// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/collisions.h"

#include <algorithm>
#include <iterator>

#include "query/characters.h"

namespace fundstelle::query {
namespace {

/// The sign before, if it is a word that no field and no operator holds.
const Sym* free_word(const std::vector<Sym>& before) {
  if (before.empty() || before.back().sign != Sign::kWord) return nullptr;
  return &before.back();
}

bool held(const std::vector<Sym>& before) {
  if (before.size() < 2) return false;
  const Sign sign = before[before.size() - 2].sign;
  return sign == Sign::kField || sign == Sign::kMust || sign == Sign::kNot || sign == Sign::kNear;
}

}  // namespace

bool is_number_suffix(std::string_view text, std::size_t at, const std::vector<Sym>& before) {
  const Sym* number = free_word(before);
  if (number == nullptr || at < number->end ||
      !only_blanks(text.substr(number->end, at - number->end))) {
    return false;
  }
  const std::string& word = number->text;
  const std::size_t slash = word.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 >= word.size()) return false;
  if (!is_digit(word.back()) && word.back() != ')') return false;
  const std::size_t close = text.find(')', at);
  if (close == std::string_view::npos || close - at < 2 || close - at > 12) return false;
  const std::string inner = lower_ascii(text.substr(at + 1, close - at - 1));
  if (inner == "b" || inner == "beschluss" || inner == "beschluß" || inner == "n") return true;
  const std::string_view rest =
      inner.starts_with("neu") ? std::string_view(inner).substr(3) : std::string_view(inner);
  return std::all_of(rest.begin(), rest.end(), is_digit);
}

bool after_list_word(const std::vector<Sym>& before) {
  const Sym* last = free_word(before);
  if (last == nullptr || held(before)) return false;
  const std::string& word = last->text;
  if (word.ends_with('-') || word.ends_with(',') || word == "/" || word == "&") return true;
  static constexpr std::string_view kList[] = {
      "und", "oder", "sowie", "bzw.", "bzw", "bis", "noch", "u.", "o.", "als", "beziehungsweise"};
  return std::find(std::begin(kList), std::end(kList), lower_ascii(word)) != std::end(kList);
}

bool is_gender_ending(std::string_view after_colon) {
  while (!after_colon.empty() && (after_colon.back() == ',' || after_colon.back() == '.' ||
                                  after_colon.back() == '?' || after_colon.back() == '!')) {
    after_colon.remove_suffix(1);
  }
  const std::string ending = lower_ascii(after_colon);
  return ending == "in" || ending == "innen" || ending == "r" || ending == "n" || ending == "e" ||
         ending == "er" || ending == "en";
}

bool has_gender_star(std::string_view word, std::size_t star) {
  const std::string rest = lower_ascii(word.substr(star + 1));
  if (rest.starts_with("in")) return true;  // innen, and compounds: Bürger*innenrechte
  return rest.size() <= 2 && is_gender_ending(rest);
}

std::optional<Quotation> quotation_at(std::string_view text, std::size_t at) {
  const auto [open, bytes] = character_at(text, at);
  const std::u32string_view closers = closers_of(open);
  if (closers.empty()) return std::nullopt;
  const bool single = is_single_quote(open) || open == U'‚' || open == U'‛';
  const std::size_t begin = at + bytes;
  // ‚ looks like a comma and is typed as one; an apostrophe may stand alone.
  if (single && (begin >= text.size() || is_blank(character_at(text, begin).code))) {
    return std::nullopt;
  }
  bool blank_before = true;
  for (std::size_t i = begin; i < text.size();) {
    const auto [code, length] = character_at(text, i);
    const std::size_t next = i + length;
    const bool at_edge = !letter_at(text, next);
    if (closers.find(code) != std::u32string_view::npos &&
        (!single || (at_edge && !blank_before))) {
      return Quotation{begin, i, next};
    }
    blank_before = is_blank(code);
    i = next;
  }
  return std::nullopt;
}

std::size_t word_end(std::string_view text, std::size_t begin, const std::vector<Sym>& before) {
  std::size_t i = begin;
  bool after_letter = false;
  while (i < text.size()) {
    const auto [code, bytes] = character_at(text, i);
    if (is_blank(code) || code == U'|' || code == U';') break;
    if (code == U'(') {
      const std::size_t close = text.find_first_of("() \t\n|;\"", i + 1);
      const bool inside = i > begin && after_letter && close != std::string_view::npos &&
                          text[close] == ')' && close > i + 1;
      const bool suffix = i == begin && is_number_suffix(text, i, before);
      if (!inside && !suffix) break;
      i = text.find(')', i) + 1;
      after_letter = false;
      continue;
    }
    if (code == U')') break;
    if (!closers_of(code).empty() && !is_single_quote(code)) break;
    after_letter = is_letter_or_digit(code);
    i += bytes;
  }
  return i;
}

}  // namespace fundstelle::query
