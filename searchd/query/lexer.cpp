// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>

#include "query/characters.h"
#include "query/collisions.h"
#include "query/fields.h"
#include "query/limits.h"
#include "query/signs.h"

namespace fundstelle::query {
namespace {

std::string in_quotes(std::string_view text) { return "„" + std::string(text) + "“"; }

class Lexer {
 public:
  Lexer(std::string_view text, Remarks& remarks) : text_(text), remarks_(remarks) {}

  std::vector<Sym> run() {
    while (next()) {
    }
    return std::move(signs_);
  }

 private:
  /// Reads one sign, or steps over what is none; false at the end.
  bool next() {
    while (at_ < text_.size() && is_blank(here().code)) at_ += here().bytes;
    if (at_ >= text_.size()) return false;
    const auto [code, bytes] = here();
    if (code == U'(' && !is_number_suffix(text_, at_, signs_)) return open();
    if (code == U')') return close();
    if (code == U'|' || code == U';') return push(Sign::kOr, at_, at_ + bytes);
    if (!closers_of(code).empty()) {
      const auto quotation = quotation_at(text_, at_);
      if (quotation) return phrase(*quotation);
      if (!is_single_quote(code) && code != U'‚') {
        remarks_.ignore("ein Anführungszeichen ohne Gegenstück");
      }
      at_ += bytes;
      return true;
    }
    const bool minus = is_minus(code);
    if (minus && after_quotation() && letter_at(text_, at_ + bytes)) {
      at_ += bytes;  // „Model C“-Schulen: one compound, nobody excludes without a blank
      return true;
    }
    if ((minus || code == U'+') && begins_operand(at_ + bytes)) {
      if (!(minus && after_list_word(signs_))) {
        return push(minus ? Sign::kNot : Sign::kMust, at_, at_ + bytes);
      }
    }
    return word();
  }

  [[nodiscard]] Character here() const { return character_at(text_, at_); }

  bool push(Sign sign, std::size_t begin, std::size_t end, bool spoken = false) {
    signs_.push_back({.sign = sign,
                      .text = std::string(text_.substr(begin, end - begin)),
                      .begin = begin,
                      .end = end,
                      .spoken = spoken});
    at_ = end;
    return true;
  }

  bool open() {
    ++open_;
    return push(Sign::kOpen, at_, at_ + 1);
  }
  bool close() {
    if (open_ == 0) {
      remarks_.ignore("eine schließende Klammer ohne öffnende");
      ++at_;
      return true;
    }
    --open_;
    return push(Sign::kClose, at_, at_ + 1);
  }

  bool phrase(const Quotation& quotation) {
    if (!count_words(quotation.begin, quotation.end)) return false;
    const std::size_t begin = at_;
    at_ = quotation.after;
    std::string inner =
        without_stars(text_.substr(quotation.begin, quotation.end - quotation.begin));
    if (inner.empty()) {
      remarks_.ignore("leere Anführungszeichen");
      return true;
    }
    signs_.push_back({.sign = Sign::kPhrase, .text = std::move(inner), .begin = begin, .end = at_});
    return true;
  }

  /// A phrase holds exact words: a star at their end cannot be used.
  std::string without_stars(std::string_view inside) {
    std::string closed = blanks_closed(inside);
    bool star = false;
    for (std::size_t i = closed.find('*'); i != std::string::npos; i = closed.find('*', i)) {
      const bool inner_star = letter_at(closed, i + 1) && i > 0 && closed[i - 1] != ' ';
      if (inner_star) {
        ++i;
        continue;
      }
      closed.erase(i, 1);
      star = true;
    }
    if (star) remarks_.ignore("der Stern in einer genauen Wortfolge");
    return star ? blanks_closed(closed) : closed;
  }

  /// A quotation ends right here.
  [[nodiscard]] bool after_quotation() const {
    return !signs_.empty() && signs_.back().sign == Sign::kPhrase && signs_.back().end == at_;
  }

  /// True if an operator sign may stand before what begins at `at`.
  [[nodiscard]] bool begins_operand(std::size_t at) const {
    if (at >= text_.size()) return false;
    const char32_t code = character_at(text_, at).code;
    if (code == U'(' || !closers_of(code).empty()) return true;
    return is_letter_or_digit(code) || code == U'§';
  }

  /// Counts the words in a stretch; false (and said) once there are too many.
  bool count_words(std::size_t begin, std::size_t end) {
    bool inside = false;
    for (std::size_t i = begin; i < end;) {
      const auto [code, bytes] = character_at(text_, i);
      const bool blank = is_blank(code);
      if (!blank && !inside) ++words_;
      inside = !blank;
      i += bytes;
    }
    const std::size_t most = query_limits().words;
    if (words_ <= most) return true;
    remarks_.ignore("alles nach dem " + std::to_string(most) + ". Wort");
    return false;
  }

  bool word() {
    const std::size_t begin = at_;
    const std::size_t end = word_end(text_, begin, signs_);
    if (end == begin) {  // a lone closing mark
      at_ += here().bytes;
      return true;
    }
    const std::string_view word = text_.substr(begin, end - begin);
    if (spoken_operator(word, begin, end)) return true;
    if (!count_words(begin, end)) return false;
    if (word[0] == '(') {  // a number's suffix: is_number_suffix() let it through
      signs_.back().text = text_.substr(signs_.back().begin, end - signs_.back().begin);
      signs_.back().end = end;
      at_ = end;
      return true;
    }
    if (const std::size_t colon = word.find(':'); colon != std::string_view::npos && colon > 0) {
      const std::string_view field = field_of(word.substr(0, colon));
      if (!field.empty() && !is_gender_ending(word.substr(colon + 1))) {
        return field_sign(field, begin, begin + colon + 1, end);
      }
      if (field.empty()) offer_field(word, begin, colon);
    }
    if (word.find('*') != std::string_view::npos) return starred(word, begin, end);
    return push(Sign::kWord, begin, end);
  }

  bool spoken_operator(std::string_view word, std::size_t begin, std::size_t end) {
    if (word == "UND" || word == "AND") return push(Sign::kAnd, begin, end, true);
    if (word == "ODER" || word == "OR") return push(Sign::kOr, begin, end, true);
    if (word == "NICHT" || word == "NOT") return push(Sign::kNot, begin, end, true);
    if (!word.starts_with("NEAR") && !word.starts_with("NAHE")) return false;
    std::uint32_t distance = kDefaultDistance;
    if (word.size() > 4) {
      if (word[4] != '/') return false;
      const std::string_view digits = word.substr(5);
      if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_digit)) return false;
      const unsigned asked = number_of(digits).value_or(kMaxDistance + 1);
      distance = std::clamp<std::uint32_t>(asked, 1, kMaxDistance);
      if (asked != distance) {
        remarks_.ignore(in_quotes(word) + ": der Abstand gilt als " + std::to_string(distance) +
                        " (möglich sind 1 bis " + std::to_string(kMaxDistance) + " Wörter)");
      }
    }
    push(Sign::kNear, begin, end, true);
    signs_.back().distance = distance;
    return true;
  }

  /// A word with a star somewhere: at the end it stands for any ending.
  bool starred(std::string_view word, std::size_t begin, std::size_t end) {
    std::size_t from = begin;
    while (from < end && !letter_at(text_, from)) from += character_at(text_, from).bytes;
    const std::size_t star = word.find('*');
    if (from >= end) {
      at_ = end;
      if (!only_blanks_but(begin, end)) remarks_.ignore("ein einzelner Stern");
      return true;  // "*" alone: everything
    }
    if (from > begin) {
      if (begin + star < from) {
        remarks_.ignore("der Stern am Anfang von " + in_quotes(word) +
                        " (Wortteile findet die Suche auch ohne Stern)");
      }
      at_ = from;  // the rest is read anew
      --words_;
      return true;
    }
    if (word.substr(0, star).find('(') != std::string_view::npos) {
      remarks_.ignore("der Stern in " + in_quotes(word) + " (der Stern steht am Wortende)");
      return push(Sign::kWord, begin, end);
    }
    std::size_t trimmed = word.size();
    while (trimmed > 0 && std::string_view(",.?!").find(word[trimmed - 1]) != word.npos) --trimmed;
    const std::size_t after = word.find_first_not_of('*', star);
    const bool at_end = after == std::string_view::npos || after >= trimmed;
    if (!at_end) {
      if (has_gender_star(word.substr(0, trimmed), after - 1)) {
        if (word.ends_with('*')) end = begin + trimmed_stars(word);
        return push(Sign::kWord, begin, end);
      }
      remarks_.ignore("alles nach dem Stern in " + in_quotes(word) +
                      " (der Stern steht am Wortende)");
    }
    push(Sign::kPrefix, from, begin + star);
    signs_.back().end = at_ = end;
    return true;
  }

  static std::size_t trimmed_stars(std::string_view word) {
    while (word.ends_with('*')) word.remove_suffix(1);
    return word.size();
  }

  [[nodiscard]] bool only_blanks_but(std::size_t begin, std::size_t end) const {
    return only_blanks(text_.substr(0, begin)) && only_blanks(text_.substr(end));
  }

  void offer(std::string what, std::size_t from, std::size_t to, std::string_view instead) {
    std::string q(text_.substr(0, from));
    q += instead;
    q += text_.substr(to);
    remarks_.offers.push_back({std::move(what), std::move(q)});
  }

  /// "tietel:Rente": the word is searched, the field is offered.
  void offer_field(std::string_view word, std::size_t begin, std::size_t colon) {
    const std::string_view near = nearest_field(word.substr(0, colon));
    if (near.empty() || colon + 1 >= word.size()) return;
    offer("Das Feld " + in_quotes(word.substr(0, colon + 1)) + " gibt es nicht", begin,
          begin + colon, near);
  }

  /// `value` is where the text after the colon begins, `end` where the word ends.
  bool field_sign(std::string_view field, std::size_t begin, std::size_t value, std::size_t end) {
    if (value == end) {
      const bool operand = value < text_.size() && !is_blank(character_at(text_, value).code) &&
                           text_[value] != ')' && text_[value] != '|' && text_[value] != ';';
      if (!operand) return no_field(begin, value);
      push(Sign::kField, begin, value);
      signs_.back().field = field;
      return true;
    }
    if (is_range_field(field)) return range_sign(field, begin, value, end);
    push(Sign::kField, begin, value);
    signs_.back().field = field;
    --words_;  // the value comes again as a word of its own
    return true;
  }

  /// "Frage: Wie viele …" is pasted text far more often than a field; "titel: Rente" may be one.
  bool no_field(std::size_t begin, std::size_t end) {
    const std::string_view name = text_.substr(begin, end - begin);
    if (name[0] >= 'a' && name[0] <= 'z') {
      remarks_.ignore(in_quotes(name) + " als Feld (kein Leerzeichen nach dem Doppelpunkt setzen)");
      std::size_t next = end;
      while (next < text_.size() && is_blank(character_at(text_, next).code)) {
        next += character_at(text_, next).bytes;
      }
      if (letter_at(text_, next) || text_.substr(next).starts_with('"')) {
        offer("Als Feld gemeint", begin, next, name);
      }
    }
    return push(Sign::kWord, begin, end);
  }

  bool range_sign(std::string_view field, std::size_t begin, std::size_t value, std::size_t end) {
    const std::string_view typed = text_.substr(value, end - value);
    at_ = end;
    auto range = read_range(field, typed);
    if (!range && (typed.ends_with(',') || typed.ends_with('.'))) {
      range = read_range(field, typed.substr(0, typed.size() - 1));
    }
    if (!range) {
      const bool date = field == "datum";
      remarks_.ignore(in_quotes(text_.substr(begin, end - begin)) +
                      (date ? " (kein Datum wie 2021, 2021-04, 6.4.2021 oder 2019..2021)"
                            : " (keine Wahlperiode wie 19 oder 18..20)"));
      return true;
    }
    if (range->swapped) {
      remarks_.ignore("die Reihenfolge in " + in_quotes(text_.substr(begin, end - begin)) +
                      " (gesucht wird " + range->from + " bis " + range->to + ")");
    }
    signs_.push_back({.sign = Sign::kRange,
                      .text = std::move(range->from),
                      .text2 = std::move(range->to),
                      .field = std::string(field),
                      .begin = begin,
                      .end = end});
    return true;
  }

  std::string_view text_;
  Remarks& remarks_;
  std::vector<Sym> signs_;
  std::size_t at_ = 0;
  std::size_t words_ = 0;
  std::size_t open_ = 0;
};

}  // namespace

std::vector<Sym> read_signs(std::string_view text, Remarks& remarks) {
  return Lexer(text, remarks).run();
}

}  // namespace fundstelle::query
