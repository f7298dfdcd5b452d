// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/interpret_questions.h"

#include <algorithm>
#include <set>

#include "extract/interpret_question_marks.h"
#include "extract/interpret_question_parts.h"
#include "extract/interpret_question_reader.h"

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

using Found = QuestionReader::Found;

// "Antwort" (of somebody) heads a line between two lines.
bool answer_begins_between(const Paper& paper, std::size_t from, std::size_t to) {
  static const RE2 answer("^(?:und\\s+)?(?i:Antwort)(?:\\s+de[rs]\\s.*)?$");
  for (std::size_t i = from; i < to; ++i) {
    if (RE2::FullMatch(piece(paper.line(i)), answer)) return true;
  }
  return false;
}

bool has(const std::vector<std::string>& labels, const std::string& label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

/// Questions with their answers, read in steps; each step fills what the next needs.
class QuestionPairs {
 public:
  QuestionPairs(Paper& paper, const QuestionRules& rules)
      : paper_(paper), rules_(rules), reader_{paper, rules, {}, {}, rules.where.end} {}

  std::size_t read() {
    if (paper_.lines().empty()) return 0;
    reader_.candidates = find_candidates(paper_, rules_.where);
    if (rules_.answered) reader_.heads = find_answer_heads(paper_, rules_.where);
    choose();
    const bool labelled = heads_are_labelled();
    if (chosen_.empty() || (rules_.restated && labelled)) {
      if (!labelled || !rules_.answered) return 0;
      stop_behind(reader_.heads.back().line);
      return read_restated(reader_);
    }
    keep_heads_of_most();
    stop_behind(std::max(chosen_.back().line,
                         reader_.heads.empty() ? std::size_t{0} : reader_.heads.back().line));
    for (const QuestionCandidate& candidate : chosen_) {
      found_.push_back({candidate, {}, {}, false, {}});
      labels_.push_back(text_of_label(candidate.label));
    }
    for (Found& one : found_) read_question(one);
    if (rules_.answered) {
      give_headed_answers();
      give_following_answers();
      give_shared_answers();
      name_groups();
    }
    hand_over();
    return found_.size();
  }

 private:
  [[nodiscard]] const PaperLine& line(std::size_t i) const { return paper_.lines()[i]; }
  [[nodiscard]] static std::string label_of(const Found& one) {
    return text_of_label(one.candidate.label);
  }

  /// The chain of candidates that are the paper's questions.
  void choose() {
    const std::size_t from = first_behind_contents(paper_, reader_.candidates);
    chosen_ = reader_.chain(from);
    // A chain that begins in a preface is weaker than one that begins later and is longer.
    for (std::size_t i = from + 1; i < reader_.candidates.size(); ++i) {
      const QuestionLabel label = reader_.candidates[i].label;
      if (label.main != 1 || label.sub > 1) continue;
      std::vector<QuestionCandidate> other = reader_.chain(i);
      // Bavarian answers repeat every question: the repetition is what is answered.
      const bool repeated = rules_.answered && other.size() == chosen_.size() && !chosen_.empty() &&
                            answer_begins_between(paper_, chosen_.back().line, other.front().line);
      if (other.size() > chosen_.size() || repeated) chosen_ = std::move(other);
    }
  }

  [[nodiscard]] bool heads_are_labelled() const {
    return std::any_of(reader_.heads.begin(), reader_.heads.end(),
                       [](const AnswerHead& head) { return !head.labels.empty(); });
  }

  /// What is behind the last answer.
  void stop_behind(std::size_t last_mark) {
    const auto& lines = paper_.lines();
    for (std::size_t i = last_mark + 1; i < lines.size() && lines[i].range.begin < rules_.where.end;
         ++i) {
      if (!ends_everything(paper_.line(i))) continue;
      reader_.stop = lines[i - 1].range.end;
      return;
    }
  }

  /// Heads of answers count if they answer most questions; a few are references in an annex
  /// ("Anlage … Zu Frage 6:") or quotations.
  void keep_heads_of_most() {
    std::vector<std::string> known;
    for (const QuestionCandidate& candidate : chosen_) {
      known.push_back(text_of_label(candidate.label));
    }
    std::set<std::string> headed;
    for (const AnswerHead& head : reader_.heads) {
      if (head.labels.empty()) return;
      for (const std::string& label : expand_labels(head.labels.front(), known)) {
        headed.insert(label);
      }
    }
    if (headed.size() * 2 < chosen_.size()) reader_.heads.clear();
  }

  /// The next question or head of an answer behind a line; to know where a part ends.
  [[nodiscard]] std::size_t next_mark(std::size_t after) const {
    std::size_t next = paper_.lines().size();
    for (const QuestionCandidate& one : chosen_) {
      if (one.line > after) next = std::min(next, one.line);
    }
    for (const AnswerHead& head : reader_.heads) {
      if (head.line > after) next = std::min(next, head.line);
    }
    return next;
  }
  [[nodiscard]] std::uint32_t end_before(std::size_t line_index) const {
    return line_index < paper_.lines().size()
               ? std::min(line(line_index - 1).range.end, reader_.stop)
               : reader_.stop;
  }

  void read_question(Found& one) {
    const std::size_t until = next_mark(one.candidate.line);
    one.question = reader_.question_range(one.candidate, until);
    // Behind a headed question ("Frage 1:") whose answer is headed too, all up to the head is
    // asked.
    const bool head_follows =
        std::any_of(reader_.heads.begin(), reader_.heads.end(), [&](const AnswerHead& head) {
          if (head.line != until) return false;
          return head.labels.empty() ||
                 has(expand_labels(head.labels.front(), labels_), label_of(one));
        });
    if (head_follows && !rules_.restated) ask_up_to(one, until);
    if (!rules_.answered) ask_up_to_next(one, until);
  }

  void ask_up_to(Found& one, std::size_t until) const {
    // "Antwort der Landesregierung", prefaces and formulas between the last question and its head
    // stay out.
    static const RE2 other(
        "(?i)^(?:Antwort\\b|(?:Dies|Der Senat|Die (?:Landes|Staats)?regierung|Namens|Ich "
        "beantworte|Für den Senat).*)");
    for (std::size_t k = paper_.line_at(one.question.end - 1) + 1; k < until; ++k) {
      if (line(k).gap_before || is_preface(paper_.line(k)) ||
          RE2::PartialMatch(piece(paper_.line(k)), other))
        return;
    }
    if (until > 0) one.question.end = line(until - 1).range.end;
  }

  /// An inquiry: everything up to the next label is asked, headings between the blocks are not.
  void ask_up_to_next(Found& one, std::size_t until) const {
    if (&one == &found_.back()) return;
    const std::size_t end_line = paper_.line_at(one.question.end - 1);
    std::size_t last = until > 0 ? std::min(until, paper_.lines().size()) - 1 : 0;
    while (last > end_line &&
           (!closes_sentence(paper_.line(last)) || ends_everything(paper_.line(last)) ||
            is_place_and_date(paper_.line(last)) || paper_.left_out(line(last).range.begin))) {
      --last;
    }
    if (last <= end_line || last - end_line > 12) return;
    for (std::size_t k = end_line + 1; k <= last; ++k) {
      if (ends_everything(paper_.line(k)) || is_place_and_date(paper_.line(k)) ||
          is_preface(paper_.line(k)))
        return;
    }
    one.question.end = line(last).range.end;
  }

  /// Answers under heads of their own.
  void give_headed_answers() {
    for (const AnswerHead& head : reader_.heads) {
      std::vector<std::string> labels;
      if (!head.labels.empty()) {
        labels = expand_labels(head.labels.front(), labels_);
      } else {
        // Bare "Antwort:" belongs to the questions since the last answer.
        for (const Found& one : found_) {
          if (one.candidate.line < head.line && !one.has_answer) labels.push_back(label_of(one));
        }
      }
      if (labels.empty()) continue;
      const Range answer{head.text_begin, end_before(next_mark(head.line))};
      if (answer.empty()) continue;
      for (Found& one : found_) {
        const std::string label = label_of(one);
        if (!has(labels, label)) continue;
        if (one.has_answer) {
          // "Zu 3 a)" and "Zu 3 b)" one behind the other: one answer, in parts.
          if (labels.size() == 1 && one.together.empty() &&
              one.answer.end <= line(head.line).range.begin &&
              paper_.line_at(one.answer.end) == head.line)
            one.answer.end = answer.end;
          continue;
        }
        one.has_answer = true;
        one.answer = answer;
        // The head of a part says which, and is read with the parts.
        if (RE2::PartialMatch(head.labels.empty() ? "" : head.labels.front(), "[a-z]\\b\\)?$"))
          one.answer.begin = line(head.line).range.begin;
        for (const std::string& other : labels) {
          if (other != label) one.together.push_back(other);
        }
      }
    }
  }

  /// Answers that follow their question without a head; adjacent questions share one.
  void give_following_answers() {
    std::vector<Found*> order;
    for (Found& one : found_) order.push_back(&one);
    std::sort(order.begin(), order.end(),
              [](const Found* a, const Found* b) { return a->candidate.line < b->candidate.line; });
    std::vector<Found*> open;
    for (Found* one : order) {
      if (one->has_answer) continue;
      open.push_back(one);
      Range answer{one->question.end, end_before(next_mark(one->candidate.line))};
      // Only running text counts: a note of the printer between two questions is no answer.
      const auto& lines = paper_.lines();
      std::size_t first = paper_.line_at(answer.begin);
      while (
          first < lines.size() && lines[first].range.begin < answer.end &&
          (lines[first].range.begin < answer.begin || paper_.left_out(lines[first].range.begin))) {
        ++first;
      }
      if (first >= lines.size() || lines[first].range.begin >= answer.end) continue;
      answer.begin = lines[first].range.begin;
      for (Found* shared : open) {
        shared->has_answer = true;
        shared->answer = answer;
        for (const Found* other : open) {
          if (other != shared) shared->together.push_back(label_of(*other));
        }
      }
      open.clear();
    }
  }

  /// "Die Fragen 1 und 3 werden gemeinsam beantwortet" where question 3 stands apart, unanswered.
  void give_shared_answers() {
    static const RE2 group(std::string("(?i)^(?:Die\\s+)?Fragen\\s+(") + kQuestionLabels +
                           ")[^.]*?(?:beantwortet|Antwort)");
    for (const Found& one : found_) {
      if (!one.has_answer) continue;
      Range at;
      Range printed;
      const Range start{one.answer.begin, std::min(one.answer.end, one.answer.begin + 400)};
      if (!paper_.find(group, start, &at, &printed) || at.begin != one.answer.begin) continue;
      for (const std::string& label : expand_labels(paper_.in(printed), labels_)) {
        for (Found& other : found_) {
          if (other.has_answer || label_of(other) != label) continue;
          other.has_answer = true;
          other.answer = one.answer;
        }
      }
    }
  }

  [[nodiscard]] static bool share_an_answer(const Found& one, const Found& other) {
    return &one != &other && other.has_answer && one.answer.begin == other.answer.begin;
  }

  void name_groups() {
    for (Found& one : found_) {
      if (!one.has_answer || !one.together.empty()) continue;
      for (const Found& other : found_) {
        if (share_an_answer(one, other)) one.together.push_back(label_of(other));
      }
    }
  }

  void hand_over() {
    std::set<std::uint32_t> answers_given;
    std::sort(found_.begin(), found_.end(),
              [](const Found& a, const Found& b) { return a.candidate.line < b.candidate.line; });
    for (const Found& one : found_) {
      Question question;
      question.label = label_of(one);
      question.text = paper_.readable(one.question);
      question.page = paper_.span(one.question).page;
      question.answered_together_with = one.together;
      if (one.has_answer) question.answer = paper_.readable(one.answer);
      question.parts = read_parts(reader_, one);
      add_section(paper_, SectionKind::kQuestion, {question.label}, one.question);
      paper_.document.questions.push_back(std::move(question));
      if (!one.has_answer || !answers_given.insert(one.answer.begin).second) continue;
      std::vector<std::string> labels{label_of(one)};
      for (const Found& other : found_) {
        if (share_an_answer(one, other)) labels.push_back(label_of(other));
      }
      std::sort(labels.begin(), labels.end(), [](const std::string& a, const std::string& b) {
        return number_of(a) < number_of(b);
      });
      add_section(paper_, SectionKind::kAnswer, std::move(labels), one.answer);
    }
  }

  Paper& paper_;
  const QuestionRules& rules_;
  QuestionReader reader_;
  std::vector<QuestionCandidate> chosen_;
  std::vector<Found> found_;
  std::vector<std::string> labels_;  ///< of found_
};

}  // namespace

std::size_t read_questions(Paper& paper, const QuestionRules& rules) {
  return QuestionPairs(paper, rules).read();
}

}  // namespace fundstelle
