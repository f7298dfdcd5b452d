// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/printed_word.h"

#include <algorithm>
#include <cstdio>

#include "text/abbreviations.h"
#include "text/gender.h"
#include "text/suspended_hyphen.h"

namespace fundstelle::text {

namespace {

constexpr std::size_t kMostPieces = 8;    // of a hyphenated word; a longer chain is cut there
constexpr std::size_t kMostReadings = 4;  // of gender forms inside one

/// A word broken at the end of a line: "Integra-\ntion". A capital after the break keeps the
/// hyphen, and so does "und" and its like (Integrations-\nund …).
bool is_line_break_inside(const Scan& scan, std::size_t i) {
  if (i + 1 >= scan.size()) return false;
  std::string_view gap = scan.gap_after(i);
  const std::size_t hyphen = hyphen_at_start(gap);
  if (hyphen == 0) return false;
  gap.remove_prefix(hyphen);
  const std::size_t line = gap.find('\n');
  if (line == std::string_view::npos || gap.find_first_not_of(" \r\n") != std::string_view::npos)
    return false;
  if (std::count(gap.begin(), gap.end(), '\n') != 1) return false;
  const std::string next = scan.folded(i + 1);
  return next != "und" && next != "oder" && next != "sowie" && next != "bzw" && next != "bis";
}

bool continues_chain(const Scan& scan, std::size_t i) {
  return i + 1 < scan.size() && (is_hyphen(scan.gap_after(i)) ||
                                 (is_line_break_inside(scan, i) && starts_upper(scan.raw(i + 1))));
}

/// Blank between thousands: "10 000", set with a narrow or no-break space as well.
bool is_blank_of_thousands(std::string_view gap) {
  return gap == " " || gap == "\u00A0" || gap == "\u202F" || gap == "\u2009";
}

/// A month by number or name: 1 to 12, 0 for other words.
int month_of(const Scan& scan, std::size_t i) {
  if (scan.atoms[i].digits) {
    const std::string_view raw = scan.raw(i);
    return raw.size() <= 2 ? std::stoi(std::string(raw)) : 0;
  }
  static constexpr std::string_view kMonths[] = {"januar",    "februar", "maerz",    "april",
                                                 "mai",       "juni",    "juli",     "august",
                                                 "september", "oktober", "november", "dezember"};
  static constexpr std::string_view kShort[] = {"jan", "feb", "mrz", "apr", "mai", "jun",
                                                "jul", "aug", "sep", "okt", "nov", "dez"};
  const std::string folded = scan.folded(i);
  for (int month = 0; month < 12; ++month) {
    if (folded == kMonths[month] || folded == kShort[month]) return month + 1;
  }
  if (folded == "jaenner") return 1;
  return folded == "sept" ? 9 : 0;
}

}  // namespace

PrintedWords::PrintedWords(std::string_view text, WordReader& reader)
    : scan_(text), reader_(reader), numbers_(find_drucksache_numbers(text)) {}

bool PrintedWords::is_plain(std::size_t i) const {
  const Atom& atom = scan_.atoms[i];
  const std::string_view text = scan_.text;
  if (atom.digits) return false;
  // Behind the word: a blank, or a mark with a blank behind it.
  if (atom.end < text.size()) {
    const char after = text[atom.end];
    if (after != ' ' && after != '\n') {
      if (after != ',' && after != '.' && after != ':' && after != ';' && after != ')')
        return false;
      if (after == '.' && atom.end - atom.begin <= 4) return false;  // perhaps "z. B."
      if (atom.end + 1u < text.size() && text[atom.end + 1] != ' ' && text[atom.end + 1] != '\n') {
        return false;
      }
    }
  }
  if (atom.begin > 0) {
    const char before = text[atom.begin - 1];
    if (before != ' ' && before != '\n' && before != '(' && before != '\t') return false;
  }
  const std::string_view raw = scan_.raw(i);
  if (raw.find('I', 1) != std::string_view::npos) return false;
  // A roman term or "zu" may begin a number.
  return raw.size() > 5 || numbers_.empty() ||
         (raw.find_first_not_of("IVX") != std::string_view::npos && raw != "zu");
}

Citation PrintedWords::citation(std::size_t i) {
  if (!may_begin_citation(scan_, i)) return {};
  return read_citation(scan_, i, reader_.abbreviations());
}

Piece PrintedWords::piece(std::size_t i, std::size_t& next) {
  Piece piece;
  piece.begin = scan_.atoms[i].begin;
  piece.end = scan_.atoms[i].end;
  next = i + 1;
  if (reader_.words().switched_off.gender) {
    piece.exact = scan_.folded(i);
    return piece;
  }
  if (auto gender = read_gender_form(scan_, i, reader_.words(), reader_.splitter())) {
    piece.end = gender->end;
    piece.exact = std::move(gender->exact);
    piece.opened = std::move(gender->forms);
    piece.word = false;
    next = gender->next;
    return piece;
  }
  piece.exact = scan_.folded(i);
  return piece;
}

/// A number of a paper: its figures are pieces, so that phrases with them work in every print.
bool PrintedWords::read_number(std::size_t i, PrintedWord& word) {
  const Atom& atom = scan_.atoms[i];
  while (next_number_ < numbers_.size() && numbers_[next_number_].byte_end <= atom.begin)
    ++next_number_;
  if (next_number_ >= numbers_.size()) return false;
  const NumberInText& found = numbers_[next_number_];
  if (found.byte_begin > atom.begin || atom.end > found.byte_end) return false;
  // "zu" apart is a word of its own, before the number.
  if (found.byte_begin == atom.begin && fold_letters(scan_.raw(i)) == "zu") return false;
  word.kind = PrintedWord::Kind::kNumber;
  word.begin = atom.begin;
  word.end = found.byte_end;
  const DrucksacheNumber& number = found.number;
  const auto add_piece = [&](std::uint32_t value) {
    Piece piece;
    piece.begin = word.begin;
    piece.end = word.end;
    piece.exact = std::to_string(value);
    word.pieces.push_back(std::move(piece));
  };
  add_piece(number.term);
  if (number.sub != 0) add_piece(number.sub);
  add_piece(number.number);
  DrucksacheNumber bare = number;
  bare.suffix.clear();
  word.numbers.push_back(bare.canonical());
  if (!number.suffix.empty()) word.numbers.push_back(number.canonical());
  word.next = i + 1;
  while (word.next < scan_.size() && scan_.atoms[word.next].begin < word.end) ++word.next;
  ++next_number_;
  return true;
}

/// "12.05.2021", "12. Mai 2021", "12.5.21" and "2021-05-12" are one day: 2021-05-12. Its figures
/// stay words of their own.
bool PrintedWords::read_date(std::size_t i, PrintedWord& word) const {
  if (i + 2 >= scan_.size() || !scan_.atoms[i].digits) return false;
  const auto number = [&](std::size_t k) {
    return scan_.atoms[k].digits && scan_.raw(k).size() <= 4 ? std::stoi(std::string(scan_.raw(k)))
                                                             : 0;
  };
  const std::string_view gap = scan_.gap_after(i), gap2 = scan_.gap_after(i + 1);
  int day = 0, month = 0, year = 0;
  if (gap == "-" && gap2 == "-" && scan_.raw(i).size() == 4 && scan_.raw(i + 1).size() == 2 &&
      scan_.raw(i + 2).size() == 2) {
    year = number(i);
    month = month_of(scan_, i + 1);
    day = number(i + 2);
  } else {
    const bool named = !scan_.atoms[i + 1].digits;
    if (scan_.raw(i).size() > 2) return false;
    if (gap != "." && gap != ". " && gap != ".\u00A0" && gap != ".\n") return false;
    if (named ? gap2 != " " && gap2 != "\u00A0" && gap2 != ". " && gap2 != "\n"
              : gap2 != "." && gap2 != ". ") {
      return false;
    }
    const std::size_t digits = scan_.raw(i + 2).size();
    if (!scan_.atoms[i + 2].digits || (digits != 4 && (digits != 2 || named))) return false;
    day = number(i);
    month = month_of(scan_, i + 1);
    year = number(i + 2);
    constexpr int kFirstOfThisCentury = 40;  // 12.5.21 is 2021, 12.5.89 is 1989
    if (digits == 2) year += year < kFirstOfThisCentury ? 2000 : 1900;
  }
  if (day < 1 || day > 31 || month < 1 || month > 12 || year < 1800 || year > 2199) return false;
  word.kind = PrintedWord::Kind::kNumber;
  word.end = scan_.atoms[i + 2].end;
  word.next = i + 3;
  for (std::size_t k = i; k < i + 3; ++k) {
    Piece piece;
    piece.begin = scan_.atoms[k].begin;
    piece.end = scan_.atoms[k].end;
    piece.exact = scan_.folded(k);
    word.pieces.push_back(std::move(piece));
  }
  char iso[16];
  std::snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, month, day);
  word.numbers.emplace_back(iso);
  return true;
}

/// "2.500.000" and "2 500 000" are 2500000, "1,5" one word.
bool PrintedWords::read_figure(std::size_t i, PrintedWord& word) const {
  std::string digits(scan_.raw(i));
  std::size_t last = i;
  while (last + 1 < scan_.size() && scan_.gap_after(last) == "." && scan_.atoms[last + 1].digits &&
         scan_.raw(last + 1).size() == 3 && digits.size() <= 12 &&
         (last > i || (digits.size() <= 3 && digits[0] != '0'))) {
    digits += scan_.raw(++last);
  }
  // A blank may as well stand between two numbers: all groups must have three digits, and nothing
  // else of digits may follow.
  if (last == i && digits.size() <= 3 && digits[0] != '0') {
    std::size_t end = i;
    while (end + 1 < scan_.size() && is_blank_of_thousands(scan_.gap_after(end)) &&
           scan_.atoms[end + 1].digits && scan_.raw(end + 1).size() == 3 && end - i < 4) {
      ++end;
    }
    const bool more = end + 1 < scan_.size() && scan_.atoms[end + 1].digits &&
                      is_blank_of_thousands(scan_.gap_after(end));
    const bool before =
        i > 0 && scan_.atoms[i - 1].digits && is_blank_of_thousands(scan_.gap_after(i - 1));
    while (!more && !before && last < end) digits += scan_.raw(++last);
  }
  if (last + 1 < scan_.size() && scan_.gap_after(last) == "," && scan_.atoms[last + 1].digits) {
    digits += ',';
    digits += scan_.raw(++last);
  }
  if (last == i) return false;
  Piece piece;
  piece.begin = scan_.atoms[i].begin;
  piece.end = scan_.atoms[last].end;
  piece.exact = std::move(digits);
  word.begin = piece.begin;
  word.end = piece.end;
  word.next = last + 1;
  word.pieces.push_back(std::move(piece));
  return true;
}

PrintedWord PrintedWords::read(std::size_t i) {
  PrintedWord word;
  word.begin = scan_.atoms[i].begin;
  word.end = scan_.atoms[i].end;
  word.next = i + 1;
  if (read_number(i, word)) return word;
  if (scan_.atoms[i].digits && (read_date(i, word) || read_figure(i, word))) return word;

  if (const auto dotted = read_dotted_abbreviation(scan_, i, reader_.words()); dotted.next != 0) {
    Piece piece;
    piece.begin = word.begin;
    piece.end = word.end = dotted.end;
    piece.exact = dotted.key;
    word.pieces.push_back(std::move(piece));
    word.next = dotted.next;
    return word;
  }

  word.pieces.push_back(piece(i, word.next));
  word.end = word.pieces.back().end;
  if (!word.pieces.back().opened.empty()) word.kind = PrintedWord::Kind::kGender;

  if (is_line_break_inside(scan_, word.next - 1) && !starts_upper(scan_.raw(word.next)) &&
      !scan_.atoms[word.next].digits && word.pieces.back().word) {
    Piece& mended = word.pieces.back();
    mended.exact += scan_.folded(word.next);
    mended.end = word.end = scan_.atoms[word.next].end;
    ++word.next;
    return word;
  }

  while (word.pieces.size() < kMostPieces && continues_chain(scan_, word.next - 1)) {
    word.kind = PrintedWord::Kind::kHyphenated;
    word.pieces.push_back(piece(word.next, word.next));
    word.end = word.pieces.back().end;
  }
  if (reader_.words().switched_off.hyphens) return word;
  if (word.pieces.size() > 1) {
    word.opened = {""};
    for (const auto& piece : word.pieces) {
      if (!word.whole.empty()) word.whole += '-';
      word.whole += piece.exact;
      const std::vector<std::string> alternatives =
          piece.opened.empty() ? std::vector<std::string>{piece.exact} : piece.opened;
      std::vector<std::string> longer;
      for (const auto& begun : word.opened) {
        for (const auto& alternative : alternatives) {
          if (longer.size() < kMostReadings) longer.push_back(begun + alternative);
        }
      }
      word.opened = std::move(longer);
    }
  }
  // Covid-19-Lage is about Covid-19, written Covid19 or not.
  for (std::size_t k = 0; word.pieces.size() > 2 && k + 1 < word.pieces.size(); ++k) {
    if (word.pieces[k].opened.empty() && word.pieces[k + 1].opened.empty()) {
      word.spans.push_back(word.pieces[k].exact + word.pieces[k + 1].exact);
    }
  }
  const std::size_t last = word.next - 1;
  std::string completed;
  if (is_stump_before_gap(scan_, last)) {
    completed = complete_to_the_right(scan_, last, reader_.splitter());
    // EU- und Nicht-EU-Länder: the pieces before the stump's last one come along.
    for (std::size_t k = word.pieces.size() - 1; !completed.empty() && k > 0; --k) {
      completed.insert(0, word.pieces[k - 1].exact);
    }
  } else if (is_stump_after_gap(scan_, i)) {
    completed = complete_to_the_left(scan_, i, reader_.splitter());
    for (std::size_t k = 1; !completed.empty() && k < word.pieces.size(); ++k) {
      completed += word.pieces[k].exact;
    }
  }
  if (!completed.empty()) {
    word.opened.push_back(std::move(completed));
    if (word.pieces.size() == 1) word.kind = PrintedWord::Kind::kStump;
  }
  return word;
}

}  // namespace fundstelle::text
