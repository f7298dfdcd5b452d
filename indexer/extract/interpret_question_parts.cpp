// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/interpret_question_parts.h"

#include <algorithm>
#include <optional>

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

/// The question's own number in a list of letters.
constexpr char kItself = ' ';

// "3a", "3 a)", "a)", "3": one entry of a printed list of parts.
const std::string kEntry = "(?:\\d{1,3}(?:\\.\\d{1,2})?\\s?\\.?\\s?)?(?:[a-z]\\b\\)?|\\b)";
const std::string kList =
    kEntry + "(?:\\s*(?:,|/|und|sowie|bis|-|–)\\s*(?:zu\\s+)?" + kEntry + ")*";

struct Label {
  char letter = 0;
  std::uint32_t text_begin = 0;
};

/// "a) …", "3a) …", "Frage 3a: …" of question `number` at the begin of [from, end of line).
std::optional<Label> part_label(const Paper& paper, Range line, std::string_view number,
                                bool behind_number = false) {
  static const RE2 pattern(
      "^(?:(?:Frage\\s+)?(\\d{1,3}(?:\\.\\d{1,2})?)\\s?\\.?\\s?)?([a-z])(\\)\\.?|\\.\\)?\\s|:|$)"
      "\\s*(.*)$");
  const std::string_view text = paper.in(line);
  std::string printed;
  std::string letter;
  std::string mark;
  re2::StringPiece rest;
  if (!RE2::FullMatch(piece(text), pattern, &printed, &letter, &mark, &rest)) return {};
  if (!printed.empty() && printed != number) return {};
  // A colon or nothing marks a part only behind its number: "Frage 3a:".
  if (printed.empty() && !behind_number && (mark.empty() || mark == ":")) return {};
  // "d. h.", "a. D.": abbreviations.
  static const RE2 abbreviation("^\\pL{1,2}\\.");
  if (mark.starts_with(".") && RE2::PartialMatch(rest, abbreviation)) return {};
  const auto begin =
      rest.empty() ? line.end : static_cast<std::uint32_t>(rest.data() - paper.text().data());
  return Label{letter.front(), begin};
}

/// Heads and statements that name the parts an answer is for.
std::optional<std::string> answered_letters(const Paper& paper, Range line, std::string_view number,
                                            std::uint32_t* text_begin) {
  static const RE2 head(
      std::string("^(?:(?i:Antwort(?:en)?)\\s+)?(?i:zu|auf)\\s+(?:(?:der|den|dem|die)\\s+)?"
                  "(?:(?:Teilf|Unterf|F)ragen?\\s*|Buchstaben?\\s+|Nrn?\\.\\s*|Nummern?\\s+|"
                  "Ziffern?\\s+)?(") +
      kList + ")\\s*(?:[.:)]+\\s*|$)(.*)$");
  static const RE2 statement(
      "^(?:Die\\s+|Zu\\s+den\\s+)?(?:Teilf|Unterf|F)ragen?\\s+(" + kList +
      ")\\s+(?:werden|wird|können)\\b[^.]*(?:beantwortet|zusammengefasst|Antwort|gemeinsam|"
      "zusammen)");
  const std::string_view text = paper.in(line);
  std::string list;
  re2::StringPiece rest;
  if (RE2::FullMatch(piece(text), head, &list, &rest)) {
    *text_begin =
        rest.empty() ? line.end : static_cast<std::uint32_t>(rest.data() - paper.text().data());
  } else if (RE2::PartialMatch(piece(text), statement, &list)) {
    *text_begin = line.begin;
  } else {
    return {};
  }
  std::string letters = part_letters(list, number);
  // The number alone heads the whole answer.
  if (letters.find_first_not_of(kItself) == std::string::npos) return {};
  return letters;
}

/// What stands in the question and its answer, in reading order.
struct Mark {
  enum Kind { kAsked, kAnswered } kind = kAsked;
  std::string letters;
  std::uint32_t begin = 0;       ///< of the printed line
  std::uint32_t text_begin = 0;  ///< of what is asked or answered
};

struct Part {
  char letter = 0;
  Range text;
  Range answer;
  std::string together;  ///< letters
};

class PartReader {
 public:
  PartReader(const QuestionReader& reader, const QuestionReader::Found& question)
      : reader_(reader),
        paper_(reader.paper),
        question_(question),
        number_(text_of_label(question.candidate.label)) {}

  std::vector<QuestionPart> read() {
    find_asked();
    if (question_.has_answer) {
      find_answers();
      give_answers();
      take_back_shared();
    }
    // A lone a) must ask by itself.
    if (parts_.size() == 1 && paper_.in(parts_[0].text).find('?') == std::string_view::npos)
      return {};
    return handed_over();
  }

 private:
  /// Lines of a range, the first from where it begins; notes of the printer left out.
  [[nodiscard]] std::vector<Range> lines_of(Range range) const {
    std::vector<Range> lines;
    const auto& all = paper_.lines();
    for (std::size_t i = paper_.line_at(range.begin);
         i < all.size() && all[i].range.begin < range.end; ++i) {
      const Range line{std::max(range.begin, all[i].range.begin),
                       std::min(range.end, all[i].range.end)};
      if (!line.empty() && !paper_.left_out(line.begin)) lines.push_back(line);
    }
    return lines;
  }

  [[nodiscard]] char next_letter() const {
    return parts_.empty() ? 'a' : static_cast<char>(parts_.back().letter + 1);
  }
  [[nodiscard]] Part* part(char letter) {
    for (Part& one : parts_) {
      if (one.letter == letter) return &one;
    }
    return nullptr;
  }

  /// Parts in the question itself.
  void find_asked() {
    for (const Range& line : lines_of(question_.question)) {
      const bool first = line.begin == question_.question.begin;
      const auto label = part_label(paper_, line, number_, first);
      if (!label || label->letter != next_letter() || label->letter > 'z') continue;
      if (parts_.empty()) {
        static const RE2 complete("[?.](?:[“”\"'‘’)\\]]|\\s)*$");
        const Range lead{question_.question.begin, line.begin};
        asks_itself_ = !lead.empty() && RE2::PartialMatch(piece(paper_.in(lead)), complete);
      } else {
        parts_.back().text.end = line.begin;
      }
      parts_.push_back({label->letter, {label->text_begin, question_.question.end}, {}, {}});
    }
    if (parts_.empty()) asks_itself_ = true;
  }

  /// Marks in the answer: parts asked behind an answer, heads of answers to parts.
  void find_answers() {
    const std::vector<Range> lines = lines_of(question_.answer);
    const std::string lettered = answered_like_asked(lines);
    std::uint32_t asked_until = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (lines[i].begin < asked_until) continue;
      std::uint32_t text_begin = 0;
      if (auto letters = answered_letters(paper_, lines[i], number_, &text_begin)) {
        marks_.push_back({Mark::kAnswered, std::move(*letters), lines[i].begin, text_begin});
        continue;
      }
      const auto label = part_label(paper_, lines[i], number_);
      if (!label) continue;
      if (!lettered.empty() && lettered.find(label->letter) != std::string::npos) {
        std::uint32_t begin = label->text_begin;
        // The question may be printed once more above its answer.
        const Range again = asked_range(lines, i, *label);
        if (!again.empty() && repeats(again, label->letter)) begin = again.end;
        marks_.push_back({Mark::kAnswered, std::string(1, label->letter), lines[i].begin, begin});
        asked_until = begin;
        continue;
      }
      if (label->letter != next_letter()) continue;
      const Range asked = asked_range(lines, i, *label);
      if (asked.empty()) continue;
      marks_.push_back({Mark::kAsked, std::string(1, label->letter), lines[i].begin, asked.end});
      parts_.push_back({label->letter, asked, {}, {}});
      asked_until = asked.end;
    }
  }

  /// The letters asked, if the answer is a list of just these; else none.
  [[nodiscard]] std::string answered_like_asked(const std::vector<Range>& lines) const {
    if (parts_.size() < 2) return {};
    std::string asked;
    for (const Part& one : parts_) asked += one.letter;
    std::string found;
    for (const Range& line : lines) {
      if (const auto label = part_label(paper_, line, number_)) found += label->letter;
    }
    return found == asked ? asked : std::string();
  }

  /// From a label to the question mark that ends its part; empty if nothing is asked there.
  [[nodiscard]] Range asked_range(const std::vector<Range>& lines, std::size_t i,
                                  const Label& label) const {
    const auto& all = paper_.lines();
    const std::size_t first = paper_.line_at(lines[i].begin);
    std::size_t until = first + 1;
    while (until < all.size() && all[until].range.begin < question_.answer.end &&
           !part_label(paper_, all[until].range, number_) && until < first + 30) {
      ++until;
    }
    const Range range = reader_.question_range({first, {}, label.text_begin, false}, until);
    return !range.empty() && asks(paper_.in(range)) ? range : Range{};
  }

  [[nodiscard]] bool repeats(Range again, char letter) {
    const Part* one = part(letter);
    if (one == nullptr) return false;
    const std::string before = paper_.readable(one->text);
    const std::string now = paper_.readable(again);
    const std::size_t size = std::min<std::size_t>({before.size(), now.size(), 40});
    return size > 0 && before.compare(0, size, now, 0, size) == 0;
  }

  void give_answers() {
    if (marks_.empty()) return;
    std::string open = asks_itself_ ? std::string(1, kItself) : std::string();
    for (const Part& one : parts_) {
      const bool later = std::any_of(marks_.begin(), marks_.end(), [&](const Mark& mark) {
        return mark.kind == Mark::kAsked && mark.letters.front() == one.letter;
      });
      if (!later) open += one.letter;
    }
    // What stands above the first head of a part answers the question as a whole.
    if (marks_.front().kind == Mark::kAsked) {
      give(open, {question_.answer.begin, marks_.front().begin});
      if (has_text({question_.answer.begin, marks_.front().begin})) open.clear();
    }
    for (std::size_t m = 0; m < marks_.size(); ++m) {
      const std::uint32_t end = m + 1 < marks_.size() ? marks_[m + 1].begin : question_.answer.end;
      const Range stretch{marks_[m].text_begin, end};
      if (marks_[m].kind == Mark::kAnswered) {
        give(marks_[m].letters, stretch);
        std::erase_if(open, [&](char c) { return marks_[m].letters.find(c) != std::string::npos; });
        continue;
      }
      open += marks_[m].letters;
      // The statement "Die Fragen 3b und 3c …" says itself what it is for.
      if (!has_text(stretch)) continue;
      give(open, stretch);
      open.clear();
    }
  }

  [[nodiscard]] bool has_text(Range range) const { return !lines_of(range).empty(); }

  void give(const std::string& letters, Range range) {
    const std::vector<Range> lines = lines_of(range);
    if (lines.empty()) return;
    const Range answer{lines.front().begin, lines.back().end};
    for (const char letter : letters) {
      Part* one = part(letter);
      if (one == nullptr || !one->answer.empty()) continue;
      one->answer = answer;
      for (const char other : letters) {
        if (other != letter && (other == kItself || part(other) != nullptr)) one->together += other;
      }
    }
  }

  /// One answer for all parts is that of the question.
  void take_back_shared() {
    const std::vector<Range> lines = lines_of(question_.answer);
    const bool shared = std::all_of(parts_.begin(), parts_.end(), [&](const Part& one) {
      return !lines.empty() && one.answer.begin <= lines.front().begin &&
             one.answer.end >= lines.back().end;
    });
    for (Part& one : parts_) {
      if (!shared) return;
      one.answer = {};
      one.together.clear();
    }
  }

  [[nodiscard]] std::vector<QuestionPart> handed_over() const {
    std::vector<QuestionPart> out;
    for (const Part& one : parts_) {
      QuestionPart part;
      part.label = number_ + one.letter;
      part.text = paper_.readable(one.text);
      part.page = paper_.span(one.text).page;
      if (!one.answer.empty()) part.answer = paper_.readable(one.answer);
      for (const char letter : one.together) {
        part.answered_together_with.push_back(letter == kItself ? number_ : number_ + letter);
      }
      out.push_back(std::move(part));
    }
    return out;
  }

  const QuestionReader& reader_;
  const Paper& paper_;
  const QuestionReader::Found& question_;
  const std::string number_;
  bool asks_itself_ = false;  ///< the question asks before its first part does
  std::vector<Part> parts_;
  std::vector<Mark> marks_;
};

}  // namespace

std::string part_letters(std::string_view printed, std::string_view number) {
  static const RE2 entry(
      "^\\s*(bis\\s|-|–)?(?:,|/|und\\s|sowie\\s)?\\s*(?:zu\\s+)?(\\d{1,3}(?:\\.\\d{1,2})?)?\\s?\\.?"
      "\\s?(?:([a-z])\\b\\)?)?");
  const QuestionLabel own = number_of(number);
  struct Entry {
    QuestionLabel of;
    char letter;  ///< 0: the question itself
  } last{own, 0};
  std::string letters;
  const auto add = [&](char letter) {
    if (letters.find(letter) == std::string::npos) letters += letter;
  };
  re2::StringPiece rest = piece(printed);
  while (!rest.empty()) {
    std::string range;
    std::string of;
    std::string letter;
    const std::size_t before = rest.size();
    if (!RE2::Consume(&rest, entry, &range, &of, &letter) || rest.size() == before) break;
    if (of.empty() && letter.empty()) continue;
    const Entry now{of.empty() ? last.of : number_of(of), letter.empty() ? '\0' : letter.front()};
    if (!range.empty() && last.of <= own && own <= now.of) {
      // "2 bis 2c", "6 bis 8b": all between, as far as it is the question's.
      char first = static_cast<char>(last.letter == 0 ? 'a' : last.letter + 1);
      if (last.of != own) {
        add(kItself);
        first = 'a';
      }
      const char end = now.of != own ? 'z' : now.letter;
      for (char c = first; c <= end; ++c) add(c);
    } else if (now.of == own) {
      add(now.letter == 0 ? kItself : now.letter);
    }
    last = now;
  }
  return letters;
}

std::vector<QuestionPart> read_parts(const QuestionReader& reader,
                                     const QuestionReader::Found& question) {
  return PartReader(reader, question).read();
}

}  // namespace fundstelle
