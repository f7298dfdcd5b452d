// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/parser.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace fundstelle {
namespace {

constexpr std::size_t kMaxCharacters = 1000;
constexpr std::size_t kMaxWords = 64;
constexpr std::uint32_t kDefaultDistance = 10;
constexpr std::uint32_t kMaxDistance = 100;
/// Nobody groups this deep by hand; it bounds recursion here and in whoever walks the tree.
constexpr std::size_t kMaxDepth = 20;

using Node = QueryNode;
using NodePtr = std::unique_ptr<QueryNode>;
using Kind = QueryNode::Kind;

NodePtr make(Kind kind, std::string_view text = {}) {
  auto node = std::make_unique<Node>();
  node->kind = kind;
  node->text = text;
  return node;
}

/// The code point at `at` and its length in bytes; a byte that begins no UTF-8 sequence stands for
/// itself.
struct Character {
  char32_t code = 0;
  std::size_t bytes = 1;
};
Character character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  const std::size_t bytes = lead < 0x80             ? 1
                            : (lead & 0xE0) == 0xC0 ? 2
                            : (lead & 0xF0) == 0xE0 ? 3
                            : (lead & 0xF8) == 0xF0 ? 4
                                                    : 1;
  if (bytes == 1 || at + bytes > text.size()) return {lead, 1};
  char32_t code = lead & (0xFF >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {lead, 1};
    code = code << 6 | (byte(at + i) & 0x3F);
  }
  return {code, bytes};
}

bool is_blank(char32_t c) {
  return c <= 0x20 || c == 0x7F || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

/// Closing marks that end a phrase opened by `open`; empty: `open` is no quotation mark.
std::u32string_view closers_of(char32_t open) {
  switch (open) {
    case U'"':
    case U'„':
    case U'“':
    case U'”':
    case U'‟':
    case U'＂':
      return U"\"“”‟＂";
    case U'«':
      return U"»";
    case U'»':
      return U"«»";
    case U'‚':
    case U'‘':
    case U'’':
    case U'\'':
      return U"'‘’";
    case U'‹':
      return U"›";
    case U'›':
      return U"‹›";
    default:
      return {};
  }
}
/// Marks that are apostrophes unless they stand at the edge of a word (geht's, Hans’).
bool is_single_quote(char32_t c) { return c == U'\'' || c == U'‘' || c == U'’'; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter_or_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

struct FieldName {
  std::string_view typed, canonical;
};
constexpr FieldName kFields[] = {
    {"titel", "titel"},
    {"title", "titel"},
    {"frage", "frage"},
    {"question", "frage"},
    {"antwort", "antwort"},
    {"answer", "antwort"},
    {"von", "von"},
    {"from", "von"},
    {"author", "von"},
    {"autor", "von"},
    {"urheber", "von"},
    {"fraktion", "fraktion"},
    {"group", "fraktion"},
    {"party", "fraktion"},
    {"partei", "fraktion"},
    {"ministerium", "ministerium"},
    {"ministry", "ministerium"},
    {"ressort", "ministerium"},
    {"typ", "typ"},
    {"type", "typ"},
    {"gremium", "gremium"},
    {"body", "gremium"},
    {"parlament", "gremium"},
    {"thema", "thema"},
    {"topic", "thema"},
    {"drs", "drs"},
    {"drucksache", "drs"},
    {"nummer", "drs"},
    {"number", "drs"},
    {"wp", "wp"},
    {"wahlperiode", "wp"},
    {"legislature", "wp"},
    {"term", "wp"},
    {"datum", "datum"},
    {"date", "datum"},
    {"jahr", "datum"},
    {"year", "datum"},
};
std::string_view field_of(std::string_view name) {
  const std::string lower = lower_ascii(name);
  for (const FieldName& field : kFields) {
    if (lower == field.typed) return field.canonical;
  }
  return {};
}

std::optional<unsigned> number_of(std::string_view digits) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::string two_digits(unsigned value) {
  std::string out = std::to_string(value);
  return out.size() < 2 ? "0" + out : out;
}

/// "2021", "2021-04", "2021-04-06" (also 6.4.2021, 04.2021) as an ISO date of that precision.
std::optional<std::string> iso_of(std::string_view typed) {
  std::vector<std::string_view> parts;
  const char separator = typed.find('.') != std::string_view::npos ? '.' : '-';
  std::size_t begin = 0;
  while (begin <= typed.size()) {
    const std::size_t end = std::min(typed.find(separator, begin), typed.size());
    parts.push_back(typed.substr(begin, end - begin));
    begin = end + 1;
  }
  if (parts.size() > 3) return std::nullopt;
  if (separator == '.') std::reverse(parts.begin(), parts.end());
  std::array<unsigned, 3> values{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto value = number_of(parts[i]);
    if (!value || parts[i].size() > (i == 0 ? 4u : 2u)) return std::nullopt;
    values[i] = *value;
  }
  if (parts[0].size() != 4 || values[0] < 1000) return std::nullopt;
  if (parts.size() > 1 && (values[1] < 1 || values[1] > 12)) return std::nullopt;
  if (parts.size() > 2 && (values[2] < 1 || values[2] > 31)) return std::nullopt;
  std::string out = std::to_string(values[0]);
  for (std::size_t i = 1; i < parts.size(); ++i) out += "-" + two_digits(values[i]);
  return out;
}

/// A Wahlperiode or a date in normal form; nothing if it is neither.
std::optional<std::string> range_end(std::string_view field, std::string_view typed) {
  if (typed.empty()) return std::string();
  if (field == "datum") return iso_of(typed);
  const auto value = number_of(typed);
  if (!value || *value > 999) return std::nullopt;
  return std::to_string(*value);
}

bool before(std::string_view field, const std::string& a, const std::string& b) {
  if (field == "wp") return number_of(a) < number_of(b);
  return a.substr(0, b.size()) < b.substr(0, a.size());
}

enum class Sign : std::uint8_t {
  kWord,
  kPhrase,
  kPrefix,
  kField,
  kRange,
  kOpen,
  kClose,
  kAnd,
  kOr,
  kNot,
  kMust,
  kNear,
  kEnd,
};

struct Sym {
  Sign sign = Sign::kEnd;
  std::string text{}, text2{};
  std::string field{};         ///< canonical, for kField and kRange
  std::uint32_t distance = 0;  ///< for kNear
  std::size_t begin = 0, end = 0;
  bool spoken = false;  ///< operator written as a word: „NICHT“, not „-“
};

/// Cuts the typed text into signs. All decisions about collisions are made here, so that the parser
/// above it sees only a clean sequence.
class Lexer {
 public:
  Lexer(std::string_view text, std::vector<std::string>& ignored)
      : text_(text), ignored_(ignored) {}

  std::vector<Sym> run() {
    while (next()) {
    }
    return std::move(signs_);
  }

 private:
  bool next() {
    while (at_ < text_.size() && is_blank(here().code)) at_ += here().bytes;
    if (at_ >= text_.size()) return false;
    const auto [code, bytes] = here();
    if (code == U'(' && !is_number_suffix()) return push_open();
    if (code == U')') return push_close();
    if (code == U'|' || code == U';') return push(Sign::kOr, at_, at_ + bytes);
    if (const auto phrase = phrase_here()) {
      if (!count_words(phrase->first, phrase->second)) return false;
      const std::size_t begin = at_;
      const std::string inner =
          blanks_closed(text_.substr(phrase->first, phrase->second - phrase->first));
      at_ = after_phrase_;
      if (inner.empty()) {
        ignored_.emplace_back("leere Anführungszeichen");
        return true;
      }
      Sym sym{.sign = Sign::kPhrase, .text = inner, .begin = begin, .end = at_};
      signs_.push_back(std::move(sym));
      return true;
    }
    if ((code == U'+' || code == U'-') && begins_operand(at_ + 1)) {
      const bool minus = code == U'-';
      if (!(minus && after_list_word()))
        return push(minus ? Sign::kNot : Sign::kMust, at_, at_ + 1);
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
  bool push_open() {
    ++open_;
    return push(Sign::kOpen, at_, at_ + 1);
  }
  bool push_close() {
    if (open_ == 0) {
      ignored_.emplace_back("eine schließende Klammer ohne öffnende");
      ++at_;
      return true;
    }
    --open_;
    return push(Sign::kClose, at_, at_ + 1);
  }

  /// "(neu)", "(B)", "(2)" right after a paper's number belong to it: 19/1234 (neu).
  [[nodiscard]] bool is_number_suffix() const {
    if (signs_.empty() || signs_.back().sign != Sign::kWord) return false;
    const std::string& word = signs_.back().text;
    const std::size_t slash = word.find('/');
    if (slash == std::string::npos || slash == 0 || slash + 1 >= word.size()) return false;
    if (!is_digit(word.back()) && word.back() != ')') return false;
    const std::size_t close = text_.find(')', at_);
    if (close == std::string_view::npos || close - at_ < 2 || close - at_ > 12) return false;
    const std::string inner = lower_ascii(text_.substr(at_ + 1, close - at_ - 1));
    if (inner == "b" || inner == "beschluss" || inner == "beschluß" || inner == "n") return true;
    const std::string_view rest =
        inner.starts_with("neu") ? std::string_view(inner).substr(3) : std::string_view(inner);
    return std::all_of(rest.begin(), rest.end(), is_digit);
  }

  /// True if an operator sign may stand before what begins at `at`.
  [[nodiscard]] bool begins_operand(std::size_t at) const {
    if (at >= text_.size()) return false;
    const char32_t code = character_at(text_, at).code;
    return is_letter_or_digit(text_[at]) ? !is_blank(code) && code != U'–' && code != U'—'
                                         : code == U'(' || code == U'"' || code == U'\'';
  }

  /// The word before is und, oder, sowie …: then "-sicherung" is the end of a suspended compound.
  [[nodiscard]] bool after_list_word() const {
    if (signs_.empty() || signs_.back().sign != Sign::kWord) return false;
    const std::string& word = signs_.back().text;
    if (word.ends_with('-') || word.ends_with(',') || word == "/" || word == "&") return true;
    static constexpr std::string_view kList[] = {
        "und", "oder", "sowie", "bzw.", "bzw", "bis", "noch", "u.", "o.", "als", "beziehungsweise"};
    return std::find(std::begin(kList), std::end(kList), lower_ascii(word)) != std::end(kList);
  }

  /// If a phrase begins here: bounds of its inside; after_phrase_ is set.
  std::optional<std::pair<std::size_t, std::size_t>> phrase_here() {
    const auto [open, bytes] = here();
    const std::u32string_view closers = closers_of(open);
    if (closers.empty()) return std::nullopt;
    const bool single = is_single_quote(open) || open == U'‚';
    for (std::size_t i = at_ + bytes; i < text_.size();) {
      const auto [code, length] = character_at(text_, i);
      const bool at_edge = i + length >= text_.size() || !is_letter_or_digit(text_[i + length]) ||
                           is_blank(character_at(text_, i + length).code);
      if (closers.find(code) != std::u32string_view::npos && (!single || at_edge)) {
        after_phrase_ = i + length;
        return std::pair{at_ + bytes, i};
      }
      i += length;
    }
    // The mark has no partner; word() steps over it.
    if (!single) ignored_.emplace_back("ein Anführungszeichen ohne Gegenstück");
    at_ += bytes;
    skipped_mark_ = true;
    return std::nullopt;
  }

  static std::string blanks_closed(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
      const auto [code, bytes] = character_at(text, i);
      if (!is_blank(code)) {
        out.append(text.substr(i, bytes));
      } else if (!out.empty() && out.back() != ' ') {
        out += ' ';
      }
      i += bytes;
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
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
    if (words_ <= kMaxWords) return true;
    ignored_.push_back("alles nach dem " + std::to_string(kMaxWords) + ". Wort");
    return false;
  }

  /// End of the run of characters that make one word; parentheses inside stay (Bürger(innen)).
  [[nodiscard]] std::size_t word_end(std::size_t begin) const {
    std::size_t i = begin;
    while (i < text_.size()) {
      const auto [code, bytes] = character_at(text_, i);
      if (is_blank(code) || code == U'|' || code == U';') break;
      if (code == U'(') {
        const std::size_t close = text_.find_first_of("() \t\n", i + 1);
        const bool inside = i > begin && is_letter_or_digit(text_[i - 1]) &&
                            close != std::string_view::npos && text_[close] == ')' && close > i + 1;
        const bool suffix = i == begin && is_number_suffix();
        if (!inside && !suffix) break;
        i = text_.find(')', i) + 1;
        continue;
      }
      if (code == U')') break;
      if (!closers_of(code).empty() && !is_single_quote(code)) break;
      i += bytes;
    }
    return i;
  }

  bool word() {
    if (std::exchange(skipped_mark_, false)) return at_ < text_.size();
    const std::size_t begin = at_;
    std::size_t end = word_end(begin);
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
      if (!field.empty()) return field_sign(field, begin, begin + colon + 1, end);
    }
    if (word.ends_with('*')) return wildcard(begin, end);
    if (word.starts_with('*') && word.size() > 1 && is_letter_or_digit(word[1])) {
      ignored_.push_back("der Stern am Anfang von „" + std::string(word) +
                         "“ (nur am Wortende möglich)");
      return push(Sign::kWord, begin + 1, end);
    }
    return push(Sign::kWord, begin, end);
  }

  bool spoken_operator(std::string_view word, std::size_t begin, std::size_t end) {
    if (word == "UND" || word == "AND") return push(Sign::kAnd, begin, end, true);
    if (word == "ODER" || word == "OR") return push(Sign::kOr, begin, end, true);
    if (word == "NICHT" || word == "NOT") return push(Sign::kNot, begin, end, true);
    if (!word.starts_with("NEAR") && !word.starts_with("NAHE")) return false;
    std::uint32_t distance = kDefaultDistance;
    if (word.size() > 4) {
      const auto number = word[4] == '/' ? number_of(word.substr(5)) : std::nullopt;
      if (!number || *number == 0) return false;
      distance = std::min<std::uint32_t>(*number, kMaxDistance);
      if (*number > kMaxDistance) {
        ignored_.push_back("„" + std::string(word) + "“: höchstens " +
                           std::to_string(kMaxDistance) + " Wörter Abstand");
      }
    }
    push(Sign::kNear, begin, end, true);
    signs_.back().distance = distance;
    return true;
  }

  bool wildcard(std::size_t begin, std::size_t end) {
    std::size_t cut = end;
    while (cut > begin && text_[cut - 1] == '*') --cut;
    if (cut == begin) {
      ignored_.emplace_back("ein einzelner Stern");
      at_ = end;
      return true;
    }
    push(Sign::kPrefix, begin, cut);
    signs_.back().end = end;
    at_ = end;
    return true;
  }

  /// `value` is where the text after the colon begins, `end` where the word ends.
  bool field_sign(std::string_view field, std::size_t begin, std::size_t value, std::size_t end) {
    const std::string name(text_.substr(begin, value - begin));
    if (value == end) {
      const bool operand = value < text_.size() && !is_blank(character_at(text_, value).code) &&
                           text_[value] != ')' && text_[value] != '|' && text_[value] != ';';
      if (!operand) {
        // "Frage: Wie viele …" is pasted text far more often than a field.
        ignored_.push_back("„" + name +
                           "“ als Feld (kein Leerzeichen nach dem Doppelpunkt setzen)");
        return push(Sign::kWord, begin, end);
      }
      push(Sign::kField, begin, value);
      signs_.back().field = field;
      return true;
    }
    if (field == "datum" || field == "wp") return range_sign(field, begin, value, end);
    push(Sign::kField, begin, value);
    signs_.back().field = field;
    --words_;  // the value comes again as a word of its own
    return true;
  }

  bool range_sign(std::string_view field, std::size_t begin, std::size_t value, std::size_t end) {
    std::string_view typed = text_.substr(value, end - value);
    std::string_view from = typed, to = typed;
    int exclusive = 0;  // 1: later than, -1: earlier than
    std::size_t dots = typed.find("..");
    std::size_t width = 2;
    if (dots == std::string_view::npos) {
      dots = typed.find("…");
      width = std::string_view("…").size();
    }
    if (dots != std::string_view::npos) {
      from = typed.substr(0, dots);
      to = typed.substr(dots + width);
    } else if (typed.starts_with(">=") || typed.starts_with("<=")) {
      (typed[0] == '>' ? to : from) = {};
      (typed[0] == '>' ? from : to) = typed.substr(2);
    } else if (typed.starts_with('>') || typed.starts_with('<')) {
      (typed[0] == '>' ? to : from) = {};
      (typed[0] == '>' ? from : to) = typed.substr(1);
      exclusive = typed[0] == '>' ? 1 : -1;
    } else if (field == "datum" && typed.size() == 9 && typed[4] == '-') {
      from = typed.substr(0, 4);
      to = typed.substr(5);
    } else if (field == "wp" && typed.find('-') != std::string_view::npos) {
      from = typed.substr(0, typed.find('-'));
      to = typed.substr(typed.find('-') + 1);
    }
    auto first = range_end(field, from);
    auto last = range_end(field, to);
    at_ = end;
    if (!first || !last || (first->empty() && last->empty())) {
      ignored_.push_back("„" + std::string(text_.substr(begin, end - begin)) +
                         (field == "datum" ? "“ (kein Datum wie 2021, 2021-04 oder 2019..2021)"
                                           : "“ (keine Wahlperiode wie 19 oder 18..20)"));
      return true;
    }
    if (exclusive != 0) {
      // Whole years and Wahlperioden move by one; a day or month is taken as it stands.
      std::string& end_typed = exclusive > 0 ? *first : *last;
      if (const auto number = number_of(end_typed); number && *number > 0) {
        end_typed = std::to_string(static_cast<int>(*number) + exclusive);
      }
    }
    if (!first->empty() && !last->empty() && before(field, *last, *first)) std::swap(first, last);
    Sym sym{.sign = Sign::kRange,
            .text = *first,
            .text2 = *last,
            .field = std::string(field),
            .begin = begin,
            .end = end};
    signs_.push_back(std::move(sym));
    return true;
  }

  std::string_view text_;
  std::vector<std::string>& ignored_;
  std::vector<Sym> signs_;
  std::size_t at_ = 0;
  std::size_t after_phrase_ = 0;
  std::size_t words_ = 0;
  std::size_t open_ = 0;
  bool skipped_mark_ = false;
};

/// or := and (OR and)*     and := not ((UND)? not)*     not := (NICHT | - | +)* near
/// near := item (NEAR/n item)*     item := word | "phrase" | word* | field: item | range | ( or )
/// Every function takes what it can and never fails; what nobody takes is reported.
class Parser {
 public:
  Parser(std::string_view text, std::vector<Sym> signs, std::vector<std::string>& ignored)
      : text_(text), signs_(std::move(signs)), ignored_(ignored) {
    signs_.push_back({});
  }

  NodePtr run() { return parse_or(0); }

 private:
  /// One operand of a row, with what the row must know to join words.
  struct Item {
    NodePtr node;
    bool plain_word = false;  ///< joins its neighbours to one kWords
    std::size_t begin = 0, end = 0;
  };

  [[nodiscard]] const Sym& now() const { return signs_[at_]; }
  [[nodiscard]] bool is(Sign sign) const { return now().sign == sign; }

  void unused_operator(const Sym& sym) {
    if (sym.spoken) ignored_.push_back("„" + sym.text + "“ (dazu fehlt ein Suchwort)");
  }

  NodePtr parse_or(std::size_t depth) {
    std::vector<NodePtr> choices;
    const Sym* pending = nullptr;
    while (true) {
      NodePtr row = parse_and(depth);
      if (row) {
        choices.push_back(std::move(row));
        pending = nullptr;
      } else if (pending != nullptr) {
        unused_operator(*pending);
      }
      if (!is(Sign::kOr)) break;
      if (choices.empty()) {
        unused_operator(now());
      } else {
        pending = &now();
      }
      ++at_;
    }
    if (choices.empty()) return nullptr;
    if (choices.size() == 1) return std::move(choices[0]);
    NodePtr node = make(Kind::kOr);
    node->children = std::move(choices);
    return node;
  }

  NodePtr parse_and(std::size_t depth) {
    std::vector<NodePtr> parts;
    // Words beside each other, also around phrases and exclusions, are one node: the match mode
    // decides together how many of them a document needs. UND and + separate for good.
    std::vector<Item> words;
    std::size_t words_at = 0;
    const auto close_words = [&] {
      if (words.empty()) return;
      std::string joined(text_.substr(words[0].begin, words[0].end - words[0].begin));
      for (std::size_t i = 1; i < words.size(); ++i) {
        const bool adjacent =
            words[i].begin >= words[i - 1].end && only_blanks(words[i - 1].end, words[i].begin);
        joined += adjacent ? text_.substr(words[i - 1].end, words[i].begin - words[i - 1].end)
                           : std::string_view(" ");
        joined += text_.substr(words[i].begin, words[i].end - words[i].begin);
      }
      parts.insert(parts.begin() + static_cast<std::ptrdiff_t>(words_at),
                   make(Kind::kWords, joined));
      words.clear();
    };
    while (!is(Sign::kOr) && !is(Sign::kEnd) && !(is(Sign::kClose) && depth > 0)) {
      if (is(Sign::kClose)) {
        ++at_;
        continue;
      }
      if (is(Sign::kAnd)) {
        if (words.empty() && parts.empty()) unused_operator(now());
        const Sym& sym = now();
        ++at_;
        if (is(Sign::kOr) || is(Sign::kEnd) || is(Sign::kClose)) {
          if (!words.empty() || !parts.empty()) unused_operator(sym);
        }
        close_words();
        continue;
      }
      if (is(Sign::kNear)) {
        unused_operator(now());
        ++at_;
        continue;
      }
      bool negated = false, must = false, dangling = false;
      while (is(Sign::kNot) || is(Sign::kMust)) {
        const Sym& sym = now();
        if (is(Sign::kNot))
          negated = !negated;
        else
          must = true;
        ++at_;
        if (is(Sign::kOr) || is(Sign::kEnd) || is(Sign::kClose) || is(Sign::kAnd) ||
            is(Sign::kNear)) {
          unused_operator(sym);
          dangling = true;
          break;
        }
      }
      if (dangling) continue;
      Item item = parse_near(depth);
      if (!item.node) continue;
      if (negated) {
        NodePtr node = make(Kind::kNot);
        node->children.push_back(std::move(item.node));
        parts.push_back(std::move(node));
      } else if (item.plain_word && !must) {
        if (words.empty()) words_at = parts.size();
        words.push_back(std::move(item));
      } else {
        parts.push_back(std::move(item.node));
      }
    }
    close_words();
    if (parts.empty()) return nullptr;
    if (parts.size() == 1) return std::move(parts[0]);
    NodePtr node = make(Kind::kAnd);
    node->children = std::move(parts);
    return node;
  }

  [[nodiscard]] bool only_blanks(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end;) {
      const auto [code, bytes] = character_at(text_, i);
      if (!is_blank(code)) return false;
      i += bytes;
    }
    return true;
  }

  Item parse_near(std::size_t depth) {
    Item first = parse_item(depth);
    while (first.node && is(Sign::kNear)) {
      const std::size_t operator_at = at_++;
      if (is(Sign::kOr) || is(Sign::kEnd) || is(Sign::kClose) || is(Sign::kAnd) ||
          is(Sign::kNear) || is(Sign::kNot) || is(Sign::kMust)) {
        unused_operator(signs_[operator_at]);
        continue;
      }
      Item second = parse_item(depth);
      if (!second.node) continue;
      NodePtr node = make(Kind::kNear);
      node->distance = signs_[operator_at].distance;
      // a NEAR/5 b NEAR/5 c: one group of three, as long as the distances agree
      if (first.node->kind == Kind::kNear && first.node->distance == node->distance) {
        first.node->children.push_back(std::move(second.node));
      } else {
        node->children.push_back(std::move(first.node));
        node->children.push_back(std::move(second.node));
        first.node = std::move(node);
      }
      first.plain_word = false;
    }
    return first;
  }

  Item parse_item(std::size_t depth) {
    Item item;
    std::size_t said_before = 0;
    const Sym& sym = now();
    item.begin = sym.begin;
    item.end = sym.end;
    switch (sym.sign) {
      case Sign::kWord:
        item.node = make(Kind::kWords, sym.text);
        item.plain_word = true;
        ++at_;
        break;
      case Sign::kPhrase:
        item.node = make(Kind::kPhrase, sym.text);
        ++at_;
        break;
      case Sign::kPrefix:
        item.node = make(Kind::kPrefix, sym.text);
        ++at_;
        break;
      case Sign::kRange:
        item.node = make(Kind::kRange);
        item.node->field = sym.field;
        item.node->text = sym.text;
        item.node->text2 = sym.text2;
        ++at_;
        break;
      case Sign::kField: {
        const std::size_t field_at = at_++;
        const bool operand =
            is(Sign::kWord) || is(Sign::kPhrase) || is(Sign::kPrefix) || is(Sign::kOpen);
        if (!operand) {
          ignored_.push_back("„" + signs_[field_at].text + "“ (dazu fehlt ein Suchwort)");
          break;
        }
        Item value = parse_item(depth);
        if (!value.node) break;
        item.node = make(Kind::kField);
        item.node->field = signs_[field_at].field;
        item.node->children.push_back(std::move(value.node));
        break;
      }
      case Sign::kOpen:
        ++at_;
        if (depth >= kMaxDepth) {
          ignored_.emplace_back("zu tief verschachtelte Klammern");
          skip_group();
          break;
        }
        said_before = ignored_.size();
        item.node = parse_or(depth + 1);
        if (is(Sign::kClose)) {
          ++at_;
        } else {
          ignored_.emplace_back("eine öffnende Klammer ohne schließende");
        }
        if (!item.node && ignored_.size() == said_before) ignored_.emplace_back("leere Klammern");
        break;
      default:
        break;  // an operator or the end: the caller deals with it
    }
    return item;
  }

  void skip_group() {
    std::size_t open = 1;
    while (open > 0 && !is(Sign::kEnd)) {
      if (is(Sign::kOpen)) ++open;
      if (is(Sign::kClose)) --open;
      ++at_;
    }
  }

  std::string_view text_;
  std::vector<Sym> signs_;
  std::vector<std::string>& ignored_;
  std::size_t at_ = 0;
};

/// The first kMaxCharacters characters, cut before the word that would be torn.
std::string_view shortened(std::string_view typed, std::vector<std::string>& ignored) {
  std::size_t characters = 0, at = 0, last_blank = 0;
  while (at < typed.size() && characters < kMaxCharacters) {
    const auto [code, bytes] = character_at(typed, at);
    if (is_blank(code)) last_blank = at;
    at += bytes;
    ++characters;
  }
  if (at >= typed.size()) return typed;
  ignored.push_back("alles nach dem " + std::to_string(kMaxCharacters) + ". Zeichen");
  return typed.substr(0, last_blank > 0 ? last_blank : at);
}

}  // namespace

ParsedQuery parse_query(std::string_view typed) {
  ParsedQuery parsed;
  const std::string_view text = shortened(typed, parsed.ignored);
  std::vector<Sym> signs = Lexer(text, parsed.ignored).run();
  const bool operators_only =
      !signs.empty() && std::all_of(signs.begin(), signs.end(), [](const Sym& sym) {
        return sym.sign == Sign::kAnd || sym.sign == Sign::kOr || sym.sign == Sign::kNot ||
               sym.sign == Sign::kNear || sym.sign == Sign::kMust;
      });
  if (operators_only) {
    // "ODER" alone, or "NOT" (distress): someone looks for the word itself.
    std::string words;
    for (const Sym& sym : signs) {
      if (!sym.spoken) continue;
      if (!words.empty()) words += ' ';
      words += sym.text;
    }
    parsed.root = words.empty() ? make(Kind::kAll) : make(Kind::kWords, words);
    return parsed;
  }
  parsed.root = Parser(text, std::move(signs), parsed.ignored).run();
  if (!parsed.root) parsed.root = make(Kind::kAll);
  // The same slip made ten times is said once.
  std::vector<std::string> once;
  for (std::string& reason : parsed.ignored) {
    if (std::find(once.begin(), once.end(), reason) == once.end())
      once.push_back(std::move(reason));
  }
  parsed.ignored = std::move(once);
  return parsed;
}

}  // namespace fundstelle
