// SPDX-License-Identifier: GPL-3.0-or-later
#include "asked/draft.h"

#include <algorithm>
#include <map>
#include <optional>

namespace fundstelle::asked {
namespace {

constexpr std::size_t kLongestWhole = 2000;  ///< bytes of a text that asks nothing
constexpr std::size_t kLongestTitle = 300;
constexpr std::size_t kLongestLine = 90;  ///< of a page head, a heading

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_small(std::string_view text) {  // äöüß are C3 A4, B6, BC, 9F
  if (text.empty()) return false;
  if (text[0] >= 'a' && text[0] <= 'z') return true;
  return text.size() > 1 && text[0] == '\xC3' && static_cast<unsigned char>(text[1]) >= 0x9F;
}
bool is_capital(std::string_view text) {  // ÄÖÜ are C3 84, 96, 9C
  if (text.empty()) return false;
  if (text[0] >= 'A' && text[0] <= 'Z') return true;
  return text.size() > 1 && text[0] == '\xC3' && static_cast<unsigned char>(text[1]) < 0x9F;
}
bool is_letter(std::string_view text) { return is_small(text) || is_capital(text); }
bool ends_with_letter(std::string_view text) {
  if (text.empty()) return false;
  const auto c = static_cast<unsigned char>(text.back());
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// Line ends as \n, every blank a blank, what cannot be seen away.
std::string plain(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("\r\n")) continue;
    if (rest[0] == '\r' || rest[0] == '\f' || rest[0] == '\v') {
      out += '\n';
    } else if (rest[0] == '\t') {
      out += ' ';
    } else if (rest.starts_with("\xC2\xA0") || rest.starts_with("\xC2\xAD")) {
      if (rest[1] == '\xA0') out += ' ';  // the other is the soft hyphen
      ++i;
    } else if (rest.starts_with("\xE2\x80") && rest.size() > 2 &&
               (static_cast<unsigned char>(rest[2]) <= 0x8B || rest[2] == '\xAF')) {
      // U+2000 to U+200A and U+202F are blanks of many widths, U+200B has none.
      if (rest[2] != '\x8B') out += ' ';
      i += 2;
    } else if (rest.starts_with("\xEF\xBB\xBF")) {
      i += 2;
    } else {
      out += rest[0];
    }
  }
  return out;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(trimmed(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// "– 3 –", "3", "Seite 3 von 5"
bool is_page_number(std::string_view line) {
  if (line.empty() || line.size() > 24) return false;
  std::size_t digits = 0, letters = 0;
  for (const char c : line) {
    digits += is_digit(c) ? 1 : 0;
    letters += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? 1 : 0;
  }
  if (digits == 0 || digits > 6) return false;
  if (line.starts_with("Seite ") && is_digit(line[6])) return true;
  const bool sentence = line.back() == '?' || line.back() == '.' || line.back() == ')';
  return letters == 0 && !sentence && digits <= 3;
}

/// A number or letter that begins a question, and where its text begins.
struct Sign {
  enum class Kind { kNumber, kLetter, kBullet };
  Kind kind = Kind::kNumber;
  int number = 0;  ///< of a letter: 1 for a
  std::size_t length = 0;
  bool said = false;  ///< "Frage 3"
};

bool is_month(std::string_view text) {
  for (const char* month : {"Januar", "Jänner", "Februar", "März", "April", "Mai", "Juni", "Juli",
                            "August", "September", "Oktober", "November", "Dezember"}) {
    if (text.starts_with(month)) return true;
  }
  return false;
}

std::optional<Sign> sign_of(std::string_view text) {
  Sign sign;
  std::size_t at = 0;
  for (const char* word : {"Frage Nr. ", "Frage "}) {
    if (text.substr(at).starts_with(word)) {
      at += std::string_view(word).size();
      sign.said = true;
      break;
    }
  }
  const bool bracket = at < text.size() && text[at] == '(';
  if (bracket) ++at;
  std::size_t digits = 0;
  while (at < text.size() && is_digit(text[at]) && digits < 3) {
    sign.number = sign.number * 10 + (text[at++] - '0');
    ++digits;
  }
  if (digits > 0) {
    const char next = at < text.size() ? text[at] : '\0';
    if (sign.number == 0 || is_digit(next)) return std::nullopt;
    const bool closed = bracket ? next == ')' : next == '.' || next == ')' || next == ':';
    if (closed) {
      ++at;
    } else if (!sign.said || bracket || (next != '\0' && next != ' ')) {
      return std::nullopt;
    }
    if (at < text.size() && text[at] == ':') ++at;
    if (at < text.size() && text[at] != ' ' && !is_letter(text.substr(at))) return std::nullopt;
    while (at < text.size() && text[at] == ' ') ++at;
    const std::string_view rest = text.substr(at);
    if (is_month(rest) || rest.starts_with("Wahlperiode") || rest.starts_with("Legislatur")) {
      return std::nullopt;
    }
    sign.length = at;
    return sign;
  }
  if (sign.said) return std::nullopt;
  if (at < text.size() && text[at] >= 'a' && text[at] <= 'z' && at + 1 < text.size() &&
      (text[at + 1] == ')' ||
       (!bracket && text[at + 1] == '.' && at + 2 < text.size() && text[at + 2] == ' '))) {
    sign.kind = Sign::Kind::kLetter;
    sign.number = text[at] - 'a' + 1;
    at += 2;
    while (at < text.size() && text[at] == ' ') ++at;
    // "z. B." at the beginning of a line is no sub-question.
    if (at + 1 < text.size() && text[at + 1] == '.') return std::nullopt;
    sign.length = at;
    return sign;
  }
  if (bracket) return std::nullopt;
  for (const char* bullet :
       {"- ", "– ", "— ", "• ", "* ", "· ", "● ", "○ ", "▪ ", "\xEF\x82\xB7 "}) {
    if (!text.starts_with(bullet)) continue;
    sign.kind = Sign::Kind::kBullet;
    sign.length = std::string_view(bullet).size();
    return sign;
  }
  return std::nullopt;
}

/// Heads of printed papers, and short lines that come again and again but for their numbers.
class Furniture {
 public:
  explicit Furniture(const std::vector<std::string_view>& lines) {
    for (const std::string_view line : lines) {
      if (!line.empty() && line.size() <= kLongestLine) ++seen_[mask(line)];
    }
  }
  /// `alone`: between empty lines.
  [[nodiscard]] bool holds(std::string_view line, bool alone) const {
    if (line.empty() || line.size() > kLongestLine + 40) return false;
    if (is_page_number(line)) return true;
    const bool paper = has(line, "Drucksache") && !has(line, "?");
    if (paper && has(line, "Wahlperiode")) return true;
    if (paper && line.size() <= kLongestLine &&
        (line.starts_with("Deutscher Bundestag") || line.starts_with("Landtag") ||
         line.starts_with("Drucksache") || line.starts_with("LANDTAG") || has(line, " Landtag"))) {
      return true;
    }
    if (line.starts_with("Vorabfassung") || line.starts_with("Elektronische Vorab-Fassung")) {
      return true;
    }
    // Twice may be chance. Questions repeat whole lines too: what comes again must count pages or
    // stand alone.
    const auto found = seen_.find(mask(line));
    const bool counts = found != seen_.end() && found->first.size() < line.size() &&
                        (has(line, "Seite ") || has(line, "Blatt ") || has(line, "– ") ||
                         has(line, " - ") || has(line, "| "));
    return found != seen_.end() && found->second >= 3 && (counts || alone) && line.size() > 8 &&
           !has(line, "?") && !sign_of(line);
  }

 private:
  static std::string mask(std::string_view line) {
    std::string out;
    for (const char c : line) {
      if (!is_digit(c)) out += c;
    }
    return out;
  }
  std::map<std::string, int> seen_;
};

/// Appends a line to a text: words cut at its end are mended.
void join(std::string& text, std::string_view line) {
  if (text.empty()) {
    text = line;
    return;
  }
  const bool cut = text.size() > 1 && text.back() == '-' &&
                   ends_with_letter(std::string_view(text).substr(0, text.size() - 1));
  if (!cut) {
    text += ' ';
  } else if (is_small(line)) {
    const std::string_view word = line.substr(0, line.find(' '));
    bool suspended = false;  // Integrations- und
    for (const char* one : {"und", "oder", "sowie", "bzw.", "beziehungsweise", "wie", "als"}) {
      suspended = suspended || word == one;
    }
    if (suspended) {
      text += ' ';
    } else {
      text.pop_back();
    }
  }
  text += line;
}

/// "Wir fragen die Bundesregierung:", "Dies vorausgeschickt frage ich den Senat:"
bool announces(std::string_view line) {
  const bool asks =
      has(line, "fragen") || has(line, "frage ich") || has(line, "Fragen:") || line == "Fragen";
  return asks && line.size() <= 2 * kLongestLine && (line.back() == ':' || line == "Fragen") &&
         !has(line, "?");
}

bool is_month_in(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if ((i == 0 || line[i - 1] == ' ') && is_month(line.substr(i))) return true;
  }
  return false;
}

/// What stands below the questions: place and day, a greeting, the reasons.
bool closes(std::string_view line) {
  for (const char* word :
       {"Begründung", "Mit freundlichen", "Vorbemerkung", "Anlage", "Erläuterung"}) {
    if (line.starts_with(word) && line.size() <= kLongestLine && !has(line, "?")) return true;
  }
  const bool dated = has(line, ", den ") || has(line, ", im ") || has(line, ", ");
  return dated && is_capital(line) && line.size() <= 50 && !has(line, "?") &&
         (line.back() >= '0' && line.back() <= '9') && (is_month_in(line) || has(line, ", den "));
}

/// A question ends with its last question mark, or with what asks on behind it: "Bitte nach Ländern
/// aufschlüsseln." Headings and notes that follow are cut.
std::string_view without_rest(std::string_view text) {
  const std::size_t mark = text.rfind('?');
  const std::size_t from = mark == std::string_view::npos ? 0 : mark + 1;
  const std::size_t stop = text.find_last_of(".):;");
  if (stop != std::string_view::npos && stop >= from) return text.substr(0, stop + 1);
  if (mark == std::string_view::npos) return text;
  std::size_t end = mark + 1;
  for (const char* quote : {"“", "\"", "«", "’"}) {
    if (text.substr(end).starts_with(quote)) end += std::string_view(quote).size();
  }
  return text.substr(0, end);
}

struct Item {
  Sign sign;
  std::string text;
};

/// A row of numbered questions, 1, 2, 3 …
struct Chain {
  std::size_t first = 0, end = 0;  ///< of the items
  std::size_t numbered = 0, asking = 0;
};

/// Numbers within a line: "1. Wie viele …? 2. Welche …?", as clipboards give it that know no lines.
std::vector<std::string_view> pieces_of(std::string_view line) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  for (std::size_t i = 1; i + 1 < line.size(); ++i) {
    if (line[i] != ' ') continue;
    const std::string_view before = trimmed(line.substr(begin, i - begin));
    if (before.empty()) continue;
    const char last = before.back();
    if (last != '?' && last != ':' && last != ';') continue;
    const auto sign = sign_of(line.substr(i + 1));
    if (!sign || sign->kind == Sign::Kind::kBullet || sign->length == 0) continue;
    out.push_back(before);
    begin = i + 1;
  }
  out.push_back(trimmed(line.substr(begin)));
  return out;
}

std::string label_of(int number, int letter) {
  std::string label = number > 0 ? std::to_string(number) : "";
  if (letter > 0) label += static_cast<char>('a' + letter - 1);
  return label;
}

/// Where sentences end. A full stop behind a number or a short word may be no end.
std::vector<std::string_view> sentences_of(std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c != '.' && c != '?' && c != '!' && c != ':') continue;
    std::size_t next = i + 1;
    for (const char* quote : {"“", "\"", "«", ")"}) {
      if (text.substr(next).starts_with(quote)) next += std::string_view(quote).size();
    }
    if (next < text.size() && text[next] != ' ' && text[next] != '\n') continue;
    if (c == '.' && i > 0) {
      std::size_t word = i;
      while (word > begin && text[word - 1] != ' ' && text[word - 1] != '\n') --word;
      const std::string_view before = text.substr(word, i - word);
      const bool ordinal = !before.empty() && is_digit(before.back()) && before.size() <= 2;
      if (ordinal || before.size() <= 3 || has(before, ".")) continue;
      std::size_t after = next;
      while (after < text.size() && (text[after] == ' ' || text[after] == '\n')) ++after;
      if (after < text.size() && is_small(text.substr(after))) continue;
    }
    out.push_back(trimmed(text.substr(begin, next - begin)));
    begin = next;
  }
  if (!trimmed(text.substr(begin)).empty()) out.push_back(trimmed(text.substr(begin)));
  return out;
}

/// Length of "1.1" before a question, as Bavaria counts; 0 if none is there.
std::size_t part_label(std::string_view text) {
  std::size_t at = 0, digits = 0;
  while (at < text.size() && is_digit(text[at]) && digits < 2) ++at, ++digits;
  if (digits == 0 || at >= text.size() || text[at] != '.') return 0;
  ++at;
  digits = 0;
  while (at < text.size() && is_digit(text[at]) && digits < 2) ++at, ++digits;
  if (digits == 0 || at + 1 >= text.size() || text[at] != ' ') return 0;
  return is_capital(text.substr(at + 1)) ? at : 0;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(plain(text)) {
    const std::vector<std::string_view> all = lines_of(text_);
    const Furniture furniture(all);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool alone = i > 0 && i + 1 < all.size() && all[i - 1].empty() && all[i + 1].empty();
      if (!furniture.holds(all[i], alone)) lines_.push_back(all[i]);
    }
  }

  Draft read() {
    Draft draft;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      // The last announcement that something follows: an earlier one belongs to the preamble.
      if (!lines_[i].empty() && announces(lines_[i]) && asks_below(i + 1)) begin = i + 1;
    }
    read_items(begin);
    draft.questions = numbered();
    if (draft.questions.empty()) draft.questions = sentences(begin);
    draft.title = title();
    if (draft.questions.empty()) {
      std::string whole = joined(0, lines_.size());
      if (whole.size() > kLongestWhole) {
        std::size_t end = kLongestWhole;
        while (end > 0 && (static_cast<unsigned char>(whole[end]) & 0xC0) == 0x80) --end;
        whole.resize(end);
      }
      if (!whole.empty()) draft.questions.push_back({"", std::move(whole), ""});
      draft.title.clear();
    }
    return draft;
  }

 private:
  [[nodiscard]] bool asks_below(std::size_t from) const {
    return std::any_of(lines_.begin() + static_cast<std::ptrdiff_t>(from), lines_.end(),
                       [](std::string_view line) {
                         const auto sign = sign_of(line);
                         return has(line, "?") || (sign && sign->kind == Sign::Kind::kNumber);
                       });
  }

  [[nodiscard]] std::string joined(std::size_t from, std::size_t to) const {
    std::string out;
    for (std::size_t i = from; i < to; ++i) {
      if (!lines_[i].empty()) join(out, lines_[i]);
    }
    return out;
  }

  void read_items(std::size_t from) {
    bool blank = true, closed = false;
    for (std::size_t i = from; i < lines_.size(); ++i) {
      if (lines_[i].empty()) {
        blank = true;
        continue;
      }
      for (const std::string_view piece : pieces_of(lines_[i])) {
        const auto sign = sign_of(piece);
        if (sign && sign->kind != Sign::Kind::kBullet) {
          items_.push_back({*sign, std::string(piece.substr(sign->length))});
          closed = false;
        } else if (!items_.empty() && !closed) {
          Item& item = items_.back();
          if (closes(piece)) {
            closed = true;
          } else if (blank && !item.text.empty() &&
                     (item.text.back() == '?' || item.text.back() == '.') && !has(piece, "?") &&
                     !(sign && sign->kind == Sign::Kind::kBullet) && !asks_on(piece)) {
            closed = true;  // a heading, a note, the reasons
          } else {
            join(item.text, piece);
          }
        }
        blank = false;
      }
    }
  }

  /// "Bitte nach Ländern aufschlüsseln."
  static bool asks_on(std::string_view line) {
    return line.starts_with("Bitte") || line.starts_with("(") || line.starts_with("bitte");
  }

  std::vector<DraftQuestion> numbered() {
    std::vector<Chain> chains;
    int last = 0;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const Item& item = items_[i];
      if (item.sign.kind == Sign::Kind::kNumber) {
        const bool goes_on =
            !chains.empty() && item.sign.number > last && item.sign.number <= last + 3;
        if (!goes_on && (item.sign.number == 1 || chains.empty() || item.sign.said)) {
          chains.push_back({i, i, 0, 0});
        } else if (!goes_on) {
          // A number out of the row belongs to the text before it.
          if (i > 0) {
            join(items_[i - 1].text, std::to_string(item.sign.number) + ". " + item.text);
            items_[i].text.clear();
            items_[i].sign.number = 0;
          }
          if (!chains.empty()) chains.back().end = i + 1;
          continue;
        }
        last = item.sign.number;
        ++chains.back().numbered;
      } else if (chains.empty()) {
        chains.push_back({i, i, 0, 0});  // letters alone
        last = 0;
      }
      chains.back().end = i + 1;
    }
    for (Chain& chain : chains) {
      for (std::size_t i = chain.first; i < chain.end; ++i) {
        chain.asking += has(items_[i].text, "?") ? 1 : 0;
      }
    }
    const bool some_ask =
        std::any_of(chains.begin(), chains.end(), [](const Chain& one) { return one.asking > 0; });
    std::vector<DraftQuestion> out;
    const Chain* longest = nullptr;
    for (const Chain& chain : chains) {
      if (longest == nullptr || chain.end - chain.first > longest->end - longest->first) {
        longest = &chain;
      }
    }
    for (const Chain& chain : chains) {
      const std::size_t size = chain.end - chain.first;
      // A list in the preamble does not ask; without any question mark the longest list is meant.
      if (some_ask ? chain.asking * 3 < size : &chain != longest || size < 2) continue;
      if (chain.numbered == 0 && chain.asking == 0) continue;
      add(chain, out);
    }
    return out;
  }

  void add(const Chain& chain, std::vector<DraftQuestion>& out) const {
    int number = 0;
    std::string lead;
    for (std::size_t i = chain.first; i < chain.end; ++i) {
      const Item& item = items_[i];
      const std::string_view text = trimmed(without_rest(item.text));
      if (item.sign.kind == Sign::Kind::kNumber) {
        if (item.sign.number == 0) continue;
        number = item.sign.number;
        const bool parts = i + 1 < chain.end && items_[i + 1].sign.kind == Sign::Kind::kLetter;
        // "3. Wie viele Fälle gab es" – "a) 2019," is no question before its letters.
        lead = parts && !has(text, "?") ? std::string(trimmed(item.text)) : "";
        if (!text.empty() && lead.empty())
          out.push_back({label_of(number, 0), std::string(text), ""});
        continue;
      }
      if (text.empty()) continue;
      out.push_back({label_of(number, item.sign.number), std::string(text), lead});
    }
  }

  std::vector<DraftQuestion> sentences(std::size_t from) const {
    std::vector<DraftQuestion> out;
    std::string paragraph;
    const auto take = [&] {
      for (const std::string_view sentence : sentences_of(paragraph)) {
        if (!has(sentence, "?") || sentence.size() < 8) continue;
        const std::size_t label = part_label(sentence);
        out.push_back({std::string(sentence.substr(0, label)),
                       std::string(trimmed(sentence.substr(label))), ""});
      }
      paragraph.clear();
    };
    for (std::size_t i = from; i < lines_.size(); ++i) {
      if (lines_[i].empty()) {
        take();
        continue;
      }
      const auto sign = sign_of(lines_[i]);
      if (sign && sign->kind == Sign::Kind::kBullet) {
        take();
        join(paragraph, lines_[i].substr(sign->length));
      } else {
        join(paragraph, lines_[i]);
      }
    }
    take();
    return out;
  }

  static bool is_kind(std::string_view line) {
    for (const char* word :
         {"Kleine Anfrage", "Große Anfrage", "Schriftliche", "Mündliche", "Entwurf",
          "Deutscher Bundestag", "Landtag", "Anfrage", "KLEINE ANFRAGE"}) {
      if (line.starts_with(word) && line.size() <= 50) return true;
    }
    return false;
  }

  [[nodiscard]] std::string title() const {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      for (const char* word : {"Betreff:", "Titel:", "Betr.:", "Thema:"}) {
        if (lines_[i].starts_with(word)) {
          return title_from(i, lines_[i].substr(std::string_view(word).size()));
        }
      }
    }
    // Behind the names of those who ask, else at the very beginning.
    std::size_t at = 0;
    bool names = false;
    for (std::size_t i = 0; i < std::min<std::size_t>(lines_.size(), 40); ++i) {
      if (lines_[i].starts_with("der Abgeordneten") || lines_[i].starts_with("des Abgeordneten")) {
        names = true;
      }
      if (names && (has(lines_[i], "Fraktion") || has(lines_[i], "Gruppe "))) {
        at = i + 1;
        // "und der Fraktion" – "Die Linke"
        const std::string_view line = lines_[i];
        if (line.ends_with("Fraktion") || line.ends_with("Fraktion der") || line.ends_with("90/")) {
          ++at;
        }
        break;
      }
    }
    while (at < lines_.size() && (lines_[at].empty() || is_kind(lines_[at]))) ++at;
    if (at >= lines_.size()) return "";
    const std::string_view line = lines_[at];
    const bool stands_alone =
        names || (at + 1 < lines_.size() && (lines_[at + 1].empty() || announces(lines_[at + 1])));
    if (!stands_alone || has(line, "?") || line.back() == '.' || line.back() == ':' ||
        line.size() > kLongestTitle || sign_of(line) || announces(line)) {
      return "";
    }
    return title_from(at, line);
  }

  /// A title goes on in lines that begin small, or up to an empty one close by.
  [[nodiscard]] std::string title_from(std::size_t at, std::string_view first) const {
    std::string out;
    join(out, trimmed(first));
    if (out.empty()) return out;
    std::size_t end = at + 1;
    while (end < lines_.size() && end < at + 4 && !lines_[end].empty()) ++end;
    const bool block = end < lines_.size() && lines_[end].empty();
    for (std::size_t i = at + 1; i < end; ++i) {
      const std::size_t word = out.rfind(' ');
      const bool goes_on =
          is_small(lines_[i]) || out.back() == '-' ||
          (word != std::string::npos && is_small(std::string_view(out).substr(word + 1)));
      if (!goes_on && !block) break;
      if (has(lines_[i], "?") || announces(lines_[i]) || sign_of(lines_[i])) break;
      if (out.size() + lines_[i].size() > kLongestTitle) break;
      join(out, lines_[i]);
    }
    return out;
  }

  std::string text_;
  std::vector<std::string_view> lines_;
  std::vector<Item> items_;
};

}  // namespace

Draft read_draft(std::string_view text) { return Reader(text).read(); }

}  // namespace fundstelle::asked
