// SPDX-License-Identifier: GPL-3.0-or-later
//
// The grammar comes from the numbers of 228,549 Bundestag and Bundesrat papers (DIP), the spaced
// and suffixed forms from papers of the Landtage.
#include "text/drucksache_number.h"

#include <algorithm>
#include <array>
#include <limits>

#include "text/fold.h"

namespace fundstelle {

namespace {

constexpr std::uint32_t kLastTerm = 30;      // highest Wahlperiode taken for one without a label
constexpr std::uint32_t kLeastByForm = 100;  // smaller numbers look like fractions and pages
constexpr std::uint32_t kMonths = 12;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// Letters of any script roughly; dashes, quotes and blanks of U+2000 to U+206F are none.
bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return c >= 0xC0 && c != 0xD7 && c != 0xF7 && (c < 0x2000 || c > 0x206F);
}

bool letter_at(std::string_view text, std::size_t at) {
  return is_letter(text::decode(text, at).value);
}

bool letter_before(std::string_view text, std::size_t at) {
  if (at == 0) return false;
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && (text[begin] & 0xC0) == 0x80) --begin;
  return letter_at(text, begin);
}

/// A position in the text that only moves forward.
class Cursor {
 public:
  explicit Cursor(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}

  [[nodiscard]] std::size_t at() const { return at_; }
  void back_to(std::size_t at) { at_ = at; }
  [[nodiscard]] bool done() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool take(char c) {
    if (peek() != c || done()) return false;
    ++at_;
    return true;
  }
  /// Blank, no-break, thin and narrow no-break space.
  bool take_blank() {
    if (peek() == ' ' || peek() == '\t') {
      ++at_;
      return true;
    }
    const auto rest = text_.substr(std::min(at_, text_.size()));
    for (const std::string_view blank : {"\u00A0", "\u2009", "\u202F"}) {
      if (rest.substr(0, blank.size()) == blank) {
        at_ += blank.size();
        return true;
      }
    }
    return false;
  }
  void take_blanks() {
    while (take_blank()) {
    }
  }
  /// ASCII word, in any case.
  bool take_word(std::string_view lower) {
    if (text_.size() - std::min(at_, text_.size()) < lower.size()) return false;
    for (std::size_t i = 0; i < lower.size(); ++i) {
      char c = text_[at_ + i];
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
      if (c != lower[i]) return false;
    }
    at_ += lower.size();
    return true;
  }
  /// Up to `most` digits; more of them are no number of ours.
  std::optional<std::uint32_t> take_digits(std::size_t least, std::size_t most) {
    std::size_t count = 0;
    std::uint32_t value = 0;
    while (is_digit(peek(count))) {
      if (++count > most) return std::nullopt;
      value = value * 10 + static_cast<std::uint32_t>(peek(count - 1) - '0');
    }
    if (count < least) return std::nullopt;
    at_ += count;
    return value;
  }
  [[nodiscard]] bool at_letter(std::size_t ahead = 0) const {
    return letter_at(text_, at_ + ahead);
  }
  [[nodiscard]] std::size_t digits_ahead() const {
    std::size_t count = 0;
    while (is_digit(peek(count))) ++count;
    return count;
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

/// Roman numerals I to XXXIX in their one regular spelling.
std::optional<std::uint32_t> take_roman(Cursor& cursor) {
  static constexpr std::array<const char*, 10> kOnes = {"",  "I",  "II",  "III",  "IV",
                                                        "V", "VI", "VII", "VIII", "IX"};
  const std::size_t begin = cursor.at();
  std::string seen;
  while (cursor.peek() == 'I' || cursor.peek() == 'V' || cursor.peek() == 'X') {
    seen += cursor.peek();
    cursor.take(cursor.peek());
  }
  for (std::uint32_t value = 1; value < 40; ++value) {
    if (seen == std::string(value / 10, 'X') + kOnes[value % 10]) return value;
  }
  cursor.back_to(begin);
  return std::nullopt;
}

enum class Where { kAlone, kInText };

struct Printed {
  DrucksacheNumber number;
  std::size_t end = 0;
  bool spaced_slash = false;
  bool roman = false;
  bool bracket_suffix = false;  ///< (B), (neu) …: nothing but a paper is printed so
};

/// One suffix at the cursor: its canonical form, or nothing and the cursor unmoved.
std::optional<std::string> take_suffix(Cursor& cursor, Where where) {
  const std::size_t begin = cursor.at();
  const auto fail = [&]() -> std::optional<std::string> {
    cursor.back_to(begin);
    return std::nullopt;
  };
  cursor.take_blanks();
  if (cursor.take('-')) cursor.take_blanks();
  const bool touching = cursor.at() == begin;
  if (cursor.take('(')) {
    cursor.take_blanks();
    std::string suffix;
    do {  // several only in the canonical form: (b-neu)
      if (!suffix.empty()) suffix += '-';
      if (cursor.take_word("beschluss") || cursor.take_word("beschluß") || cursor.take_word("b")) {
        suffix += "b";
      } else if (cursor.take_word("neu")) {
        cursor.take_blanks();
        const auto version = cursor.take_digits(1, 1);
        suffix += "neu" + (version ? std::to_string(*version) : std::string());
      } else if (cursor.take_word("zu")) {
        suffix += "zu";
      } else if (cursor.peek(1) == ')' && cursor.take_word("s")) {
        suffix += "s";
      } else {
        // A bare number in brackets after a blank is a footnote or an enumeration in running text.
        if (where == Where::kInText && !touching) return fail();
        const auto version = cursor.take_digits(1, 1);
        if (!version) return fail();
        suffix += std::to_string(*version);
      }
      cursor.take_blanks();
    } while (cursor.take('-'));
    if (!cursor.take(')')) return fail();
    return suffix;
  }
  if (cursor.take_word("neu")) {
    const std::size_t after = cursor.at();
    cursor.take_blanks();
    auto version = cursor.digits_ahead() == 1 ? cursor.take_digits(1, 1) : std::nullopt;
    if (!version || cursor.at_letter()) {
      cursor.back_to(after);
      version.reset();
    }
    if (cursor.at_letter()) return fail();
    return "neu" + (version ? std::to_string(*version) : std::string());
  }
  // City papers of Bremen (20/324 S). "S." is a page.
  if (cursor.peek() == 'S' && !cursor.at_letter(1) && !is_digit(cursor.peek(1)) &&
      cursor.peek(1) != '.') {
    cursor.take('S');
    return "s";
  }
  if (where == Where::kAlone && cursor.take_word("zu") && !cursor.at_letter()) return "zu";
  return fail();
}

/// A number that begins at the cursor with its term.
std::optional<Printed> take_number(Cursor& cursor, Where where) {
  const std::size_t begin = cursor.at();
  const auto fail = [&]() -> std::optional<Printed> {
    cursor.back_to(begin);
    return std::nullopt;
  };
  Printed printed;
  DrucksacheNumber& number = printed.number;
  auto term = cursor.take_digits(1, 4);
  if (!term) {
    term = take_roman(cursor);
    printed.roman = term.has_value();
  }
  if (!term) return fail();
  number.term = *term;

  const auto take_slash = [&] {
    const std::size_t before = cursor.at();
    cursor.take_blanks();
    const bool blank_before = cursor.at() != before;
    if (!cursor.take('/')) return false;
    const std::size_t after = cursor.at();
    cursor.take_blanks();
    printed.spaced_slash = printed.spaced_slash || blank_before || cursor.at() != after;
    return true;
  };
  if (!take_slash()) return fail();
  const std::size_t count = cursor.digits_ahead();
  std::size_t last_digits = count;
  auto value = cursor.take_digits(1, 6);
  if (!value) return fail();
  if (cursor.peek() == '/' && is_digit(cursor.peek(1))) {
    // Bundesrat: number / sub-paper / year
    if (count > 2) return fail();
    number.sub = *value;
    cursor.take('/');
    value = cursor.take_digits(where == Where::kAlone ? 1 : 2, 2);
    last_digits = 2;
    if (!value || number.sub == 0) return fail();
  } else if (count <= 2) {
    // Thousands set apart: 10 006
    const std::size_t before = cursor.at();
    if ((cursor.take_blank() || cursor.take('.')) && cursor.digits_ahead() == 3) {
      const auto rest = cursor.take_digits(3, 3);
      const char next = cursor.peek();
      if (cursor.at_letter() || ((next == '.' || next == ',') && is_digit(cursor.peek(1)))) {
        cursor.back_to(before);
      } else {
        value = *value * 1000 + *rest;
      }
    } else {
      cursor.back_to(before);
    }
  }
  number.number = *value;
  if (cursor.at_letter() && where == Where::kInText && cursor.peek() != 'n') return fail();

  while (auto suffix = take_suffix(cursor, where)) {
    printed.bracket_suffix = printed.bracket_suffix || suffix->at(0) == 'b' || suffix->at(0) == 'n';
    if (*suffix == "zu") {
      number.to = true;
      continue;
    }
    if (!number.suffix.empty()) number.suffix += '-';
    number.suffix += *suffix;
  }
  if (cursor.at_letter() || is_digit(cursor.peek())) return fail();
  // Only a year can be nought (Bundesrat, 10/00).
  if (number.term == 0 || (number.number == 0 && last_digits != 2 && where == Where::kInText)) {
    return fail();
  }
  printed.end = cursor.at();
  return printed;
}

/// Word that ends right before `end`, folded; `begin` is set to its first byte.
std::string word_before(std::string_view text, std::size_t end, std::size_t& begin) {
  begin = end;
  while (letter_before(text, begin)) {
    do {
      --begin;
    } while (begin > 0 && (text[begin] & 0xC0) == 0x80);
  }
  return text::fold_letters(text.substr(begin, end - begin));
}

std::size_t skip_back(std::string_view text, std::size_t at, std::string_view any_of) {
  while (at > 0) {
    if (any_of.find(text[at - 1]) != std::string_view::npos) {
      --at;
    } else if (at > 1 && text.substr(at - 2, 2) == "\u00A0") {
      at -= 2;
    } else {
      break;
    }
  }
  return at;
}

bool is_label(std::string_view folded) {
  for (const std::string_view label :
       {"drucksache", "drucksachen", "drs", "drucks", "ds", "ka", "drsn"}) {
    if (folded == label) return true;
  }
  // Bundestagsdrucksache, Landtagsdrucksachen, BTDrs
  for (const std::string_view label : {"drucksache", "drucksachen", "drs"}) {
    if (folded.size() > label.size() && folded.ends_with(label)) return true;
  }
  return false;
}

/// A label stands before `at`: "Drs. ", "BT-Drucksache Nr. ", "Drs.-Nr.: ", "KA ".
bool labelled(std::string_view text, std::size_t at) {
  static constexpr std::string_view kBetween = " \t\n.:-(";
  std::size_t end = skip_back(text, at, kBetween);
  std::size_t begin = 0;
  std::string word = word_before(text, end, begin);
  if (word == "zu") {
    end = skip_back(text, begin, kBetween);
    word = word_before(text, end, begin);
  }
  if (word == "nr" || word == "nrn" || word == "nummer" || word == "nummern") {
    end = skip_back(text, begin, kBetween);
    word = word_before(text, end, begin);
  }
  return is_label(word);
}

/// Nothing but separators of a list lies between two numbers: ", ", " und ", "; ", " bis ".
bool continues_list(std::string_view text, std::size_t from, std::size_t to) {
  if (to < from || to - from > 16) return false;
  for (const auto& atom : text::scan_atoms(text.substr(from, to - from))) {
    const std::string word =
        text::fold_letters(text.substr(from + atom.begin, atom.end - atom.begin));
    if (word != "und" && word != "sowie" && word != "bis" && word != "oder" && word != "zu" &&
        word != "u") {
      return false;
    }
  }
  const auto between = text.substr(from, to - from);
  return between.find_first_of(".!?") == std::string_view::npos &&
         between.find("\n\n") == std::string_view::npos;
}

/// What stands before says it is something else: a page, an article, a case of a court.
bool other_meaning(std::string_view text, std::size_t at) {
  if (at > 0 && (text[at - 1] == '-' || text[at - 1] == '/' || text[at - 1] == '.' ||
                 text[at - 1] == ',' || letter_before(text, at) || is_digit(text[at - 1]))) {
    return true;
  }
  std::size_t begin = 0;
  const std::size_t end = skip_back(text, at, " \t\n.:");
  const std::string word = word_before(text, end, begin);
  for (const std::string_view other : {"seite", "seiten", "s", "art", "artikel", "kapitel", "az",
                                       "aktenzeichen", "blatt", "bl", "stand", "quartal", "rn"}) {
    if (word == other) return true;
  }
  return end >= 2 && text.substr(end - 2, 2) == "§";
}

bool is_paper_by_form(const Printed& printed, std::string_view text, std::size_t begin) {
  const DrucksacheNumber& number = printed.number;
  if (other_meaning(text, begin)) return false;
  if (number.sub != 0) return printed.bracket_suffix;
  if (number.term > kLastTerm) return printed.bracket_suffix && number.number < 100;
  if (printed.bracket_suffix) return true;
  if (number.number < kLeastByForm) return false;
  if (printed.spaced_slash && number.number < 1000) return false;
  const bool year = number.number >= 1900 && number.number <= 2099;
  if (year && (number.term <= kMonths)) return false;
  return true;
}

std::vector<NumberInText> find_numbers(std::string_view text, bool only_cited) {
  std::vector<NumberInText> found;
  std::size_t list_end = std::string_view::npos;  // end of the last labelled number
  std::size_t done = 0;
  for (std::size_t slash = text.find('/'); slash != std::string_view::npos;
       slash = text.find('/', slash + 1)) {
    if (slash < done) continue;
    // Back over blanks to the term before the slash.
    std::size_t end = skip_back(text, slash, " ");
    if (slash - end > 2) continue;
    std::size_t begin = end;
    while (begin > done && is_digit(text[begin - 1])) --begin;
    if (begin == end) {
      while (begin > done &&
             std::string_view("IVX").find(text[begin - 1]) != std::string_view::npos) {
        --begin;
      }
    }
    if (begin == end) continue;
    if (letter_before(text, begin) && !text.substr(0, begin).ends_with("zu")) {
      continue;
    }
    Cursor cursor(text, begin);
    auto printed = take_number(cursor, Where::kInText);
    if (!printed) continue;
    std::size_t first = begin;  // with its "zu"
    {
      std::size_t word = 0;
      const std::size_t before = skip_back(text, begin, " ");
      if (word_before(text, before, word) == "zu" && begin - before <= 1) {
        printed->number.to = true;
        first = word;
      }
    }
    const bool in_list =
        list_end != std::string_view::npos && continues_list(text, list_end, first);
    const bool cited = in_list || labelled(text, first) || labelled(text, begin);
    if (cited) list_end = printed->end;
    if (!cited && (only_cited || !is_paper_by_form(*printed, text, begin))) continue;
    done = printed->end;
    if (!printed->number.to || cited) {
      if (!cited) first = begin;
    }
    found.push_back({printed->number, static_cast<std::uint32_t>(first),
                     static_cast<std::uint32_t>(printed->end)});
  }
  return found;
}

}  // namespace

std::string DrucksacheNumber::canonical() const {
  std::string text = std::to_string(term) + '/';
  if (sub != 0) text += std::to_string(sub) + '/';
  text += std::to_string(number);
  if (!suffix.empty()) text += '(' + suffix + ')';
  return text;
}

std::optional<DrucksacheNumber> parse_drucksache_number(std::string_view text) {
  Cursor cursor(text);
  cursor.take_blanks();
  const bool to = cursor.take_word("zu");
  cursor.take_blanks();
  auto printed = take_number(cursor, Where::kAlone);
  if (!printed) return std::nullopt;
  cursor.take_blanks();
  if (!cursor.done()) return std::nullopt;
  printed->number.to = printed->number.to || to;
  return printed->number;
}

std::vector<NumberInText> find_drucksache_numbers(std::string_view text) {
  return find_numbers(text, false);
}

std::vector<NumberInText> find_cited_drucksache_numbers(std::string_view text) {
  return find_numbers(text, true);
}

}  // namespace fundstelle
