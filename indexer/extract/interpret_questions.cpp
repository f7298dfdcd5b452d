// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/interpret_questions.h"

#include <algorithm>
#include <set>

#include "extract/interpret_question_marks.h"
#include "extract/interpret_question_reader.h"

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

std::vector<std::string> labels_of(const std::vector<QuestionReader::Found>& found) {
  std::vector<std::string> labels;
  for (const auto& one : found) labels.push_back(text_of_label(one.candidate.label));
  return labels;
}

// "Antwort" (of somebody) heads a line between two lines.
bool answer_begins_between(const Paper& paper, std::size_t from, std::size_t to) {
  static const RE2 answer("^(?:und\\s+)?(?i:Antwort)(?:\\s+de[rs]\\s.*)?$");
  for (std::size_t i = from; i < to; ++i) {
    if (RE2::FullMatch(piece(paper.line(i)), answer)) return true;
  }
  return false;
}

}  // namespace

std::size_t read_questions(Paper& paper, const QuestionRules& rules) {
  const auto& lines = paper.lines();
  if (lines.empty()) return 0;
  QuestionReader reader{paper, rules, {}, {}, rules.where.end};
  reader.candidates = find_candidates(paper, rules.where);
  if (rules.answered) reader.heads = find_answer_heads(paper, rules.where);
  const std::size_t from = first_behind_contents(paper, reader.candidates);

  // What is behind the last answer.
  const std::size_t first_line = reader.candidates.empty() ? 0 : reader.candidates[from].line;
  bool heads_labelled = false;
  for (const AnswerHead& head : reader.heads)
    heads_labelled = heads_labelled || !head.labels.empty();

  std::vector<QuestionCandidate> chosen = reader.chain(from);
  // A chain that begins in a preface is weaker than one that begins later and is longer.
  for (std::size_t i = from + 1; i < reader.candidates.size(); ++i) {
    if (reader.candidates[i].label.main != 1 || reader.candidates[i].label.sub > 1) continue;
    std::vector<QuestionCandidate> other = reader.chain(i);
    // Bavarian answers repeat every question: the repetition is what is answered.
    const bool repeated = rules.answered && other.size() == chosen.size() && !chosen.empty() &&
                          answer_begins_between(paper, chosen.back().line, other.front().line);
    if (other.size() > chosen.size() || repeated) chosen = std::move(other);
  }
  (void)first_line;

  if (chosen.empty() || (rules.restated && heads_labelled)) {
    if (heads_labelled && rules.answered) {
      std::size_t last_head = reader.heads.back().line;
      for (std::size_t i = last_head + 1;
           i < lines.size() && lines[i].range.begin < rules.where.end; ++i) {
        if (ends_everything(paper.line(i))) {
          reader.stop = lines[i - 1].range.end;
          break;
        }
      }
      if (chosen.empty() || rules.restated) return read_restated(reader);
    }
    return 0;
  }

  // Heads of answers count if they answer most questions; a few are references in an annex
  // ("Anlage … Zu Frage 6:") or quotations.
  {
    std::vector<std::string> known;
    for (const QuestionCandidate& candidate : chosen)
      known.push_back(text_of_label(candidate.label));
    std::set<std::string> headed;
    bool bare = false;
    for (const AnswerHead& head : reader.heads) {
      if (head.labels.empty()) {
        bare = true;
        continue;
      }
      for (const std::string& label : expand_labels(head.labels.front(), known))
        headed.insert(label);
    }
    if (!bare && headed.size() * 2 < chosen.size()) reader.heads.clear();
    heads_labelled = heads_labelled && !reader.heads.empty();
  }

  const std::size_t last_mark =
      std::max(chosen.back().line,
               heads_labelled || !reader.heads.empty() ? reader.heads.back().line : std::size_t{0});
  for (std::size_t i = last_mark + 1; i < lines.size() && lines[i].range.begin < rules.where.end;
       ++i) {
    if (ends_everything(paper.line(i))) {
      reader.stop = lines[i - 1].range.end;
      break;
    }
  }

  std::vector<QuestionReader::Found> found;
  for (const QuestionCandidate& candidate : chosen) found.push_back({candidate, {}, {}, false, {}});

  // All marks in reading order, to know where each part ends.
  const auto next_mark = [&](std::size_t line_index, std::size_t own) {
    std::size_t next = lines.size();
    for (const auto& one : chosen) {
      if (one.line > line_index && one.line < next) next = one.line;
    }
    for (const auto& head : reader.heads) {
      if (head.line > line_index && head.line < next && head.line != own) next = head.line;
    }
    return next;
  };
  const auto end_before = [&](std::size_t line_index) {
    return line_index < lines.size() ? std::min(lines[line_index - 1].range.end, reader.stop)
                                     : reader.stop;
  };

  const std::vector<std::string> all_labels = labels_of(found);
  for (auto& one : found) {
    const std::size_t until = next_mark(one.candidate.line, one.candidate.line);
    one.question = reader.question_range(one.candidate, until);
    // Behind a headed question ("Frage 1:") whose answer is headed too, all up to the head is
    // asked.
    const bool head_follows =
        std::any_of(reader.heads.begin(), reader.heads.end(), [&](const AnswerHead& head) {
          if (head.line != until) return false;
          if (head.labels.empty()) return true;
          const auto labels = expand_labels(head.labels.front(), all_labels);
          return std::find(labels.begin(), labels.end(), text_of_label(one.candidate.label)) !=
                 labels.end();
        });
    const bool whole = head_follows && !rules.restated;
    if (whole) {
      const std::size_t last = paper.line_at(one.question.end - 1);
      // "Antwort der Landesregierung", prefaces and formulas between the last question and its head
      // stay out.
      std::size_t k = last + 1;
      for (; k < until; ++k) {
        static const RE2 other(
            "(?i)^(?:Antwort\\b|(?:Dies|Der Senat|Die (?:Landes|Staats)?regierung|Namens|Ich "
            "beantworte|Für den Senat).*)");
        if (lines[k].gap_before || is_preface(paper.line(k)) ||
            RE2::PartialMatch(piece(paper.line(k)), other))
          break;
      }
      if (k == until && until > 0) one.question.end = lines[until - 1].range.end;
    }
    if (!rules.answered) {
      // An inquiry: everything up to the next label is asked, headings between the blocks are not.
      std::size_t last = until > 0 ? std::min(until, lines.size()) - 1 : 0;
      const std::size_t end_line = paper.line_at(one.question.end - 1);
      while (last > end_line &&
             (!closes_sentence(paper.line(last)) || ends_everything(paper.line(last)) ||
              is_place_and_date(paper.line(last)) || paper.left_out(lines[last].range.begin))) {
        --last;
      }
      bool clean = true;
      for (std::size_t k = end_line + 1; k <= last && k < lines.size(); ++k) {
        if (ends_everything(paper.line(k)) || is_place_and_date(paper.line(k)) ||
            is_preface(paper.line(k)))
          clean = false;
      }
      if (clean && last < lines.size() && last > end_line && last - end_line <= 12 &&
          &one != &found.back()) {
        one.question.end = lines[last].range.end;
      }
    }
  }

  if (rules.answered) {
    const std::vector<std::string> known = labels_of(found);
    // Answers under heads of their own.
    std::set<std::string> headed;
    for (std::size_t h = 0; h < reader.heads.size(); ++h) {
      const AnswerHead& head = reader.heads[h];
      std::vector<std::string> labels;
      if (!head.labels.empty()) {
        labels = expand_labels(head.labels.front(), known);
      } else {
        // Bare "Antwort:" belongs to the questions since the last answer.
        for (const auto& one : found) {
          if (one.candidate.line < head.line && !one.has_answer)
            labels.push_back(text_of_label(one.candidate.label));
        }
      }
      if (labels.empty()) continue;
      const std::size_t until = next_mark(head.line, head.line);
      Range answer{head.text_begin, end_before(until)};
      if (answer.empty()) continue;
      for (auto& one : found) {
        const std::string label = text_of_label(one.candidate.label);
        if (std::find(labels.begin(), labels.end(), label) == labels.end()) continue;
        if (one.has_answer) continue;
        one.has_answer = true;
        one.answer = answer;
        headed.insert(label);
        for (const std::string& other : labels) {
          if (other != label) one.together.push_back(other);
        }
      }
    }
    // Answers that follow their question without a head; adjacent questions share one.
    {
      std::vector<std::size_t> open;
      std::vector<std::size_t> order(found.size());
      for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
      std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return found[a].candidate.line < found[b].candidate.line;
      });
      for (const std::size_t i : order) {
        auto& one = found[i];
        if (one.has_answer) continue;
        open.push_back(i);
        const std::size_t until = next_mark(one.candidate.line, one.candidate.line);
        Range answer{one.question.end, end_before(until)};
        // Only running text counts: a note of the printer between two questions is no answer.
        std::size_t first = paper.line_at(answer.begin);
        while (
            first < lines.size() && lines[first].range.begin < answer.end &&
            (lines[first].range.begin < answer.begin || paper.left_out(lines[first].range.begin))) {
          ++first;
        }
        if (first >= lines.size() || lines[first].range.begin >= answer.end) continue;
        answer.begin = lines[first].range.begin;
        std::vector<std::string> labels;
        for (const std::size_t k : open) labels.push_back(text_of_label(found[k].candidate.label));
        for (const std::size_t k : open) {
          found[k].has_answer = true;
          found[k].answer = answer;
          for (const std::string& other : labels) {
            if (other != text_of_label(found[k].candidate.label))
              found[k].together.push_back(other);
          }
        }
        open.clear();
      }
    }
    // "Die Fragen 1 und 3 werden gemeinsam beantwortet" where question 3 stands apart, unanswered.
    for (auto& one : found) {
      if (!one.has_answer) continue;
      static const RE2 group(std::string("(?i)^(?:Die\\s+)?Fragen\\s+(") + kQuestionLabels +
                             ")[^.]*?(?:beantwortet|Antwort)");
      Range at;
      Range printed;
      const Range start{one.answer.begin, std::min(one.answer.end, one.answer.begin + 400)};
      if (!paper.find(group, start, &at, &printed) || at.begin != one.answer.begin) continue;
      for (const std::string& label : expand_labels(paper.in(printed), known)) {
        for (auto& other : found) {
          if (other.has_answer || text_of_label(other.candidate.label) != label) continue;
          other.has_answer = true;
          other.answer = one.answer;
        }
      }
    }
    for (auto& one : found) {
      if (!one.has_answer || !one.together.empty()) continue;
      for (const auto& other : found) {
        if (&other != &one && other.has_answer && other.answer.begin == one.answer.begin) {
          one.together.push_back(text_of_label(other.candidate.label));
        }
      }
    }
  }

  std::vector<Section> sections;
  std::set<std::uint32_t> answers_given;
  std::sort(found.begin(), found.end(),
            [](const QuestionReader::Found& a, const QuestionReader::Found& b) {
              return a.candidate.line < b.candidate.line;
            });
  for (const auto& one : found) {
    const std::string label = text_of_label(one.candidate.label);
    Question question;
    question.label = label;
    question.text = paper.readable(one.question);
    question.page = paper.span(one.question).page;
    question.answered_together_with = one.together;
    if (one.has_answer) question.answer = paper.readable(one.answer);
    paper.document.questions.push_back(std::move(question));
    add_section(paper, SectionKind::kQuestion, {label}, one.question);
    if (one.has_answer && answers_given.insert(one.answer.begin).second) {
      std::vector<std::string> labels{label};
      for (const auto& other : found) {
        if (&other != &one && other.has_answer && other.answer.begin == one.answer.begin) {
          labels.push_back(text_of_label(other.candidate.label));
        }
      }
      std::sort(labels.begin(), labels.end(), [](const std::string& a, const std::string& b) {
        return number_of(a) < number_of(b);
      });
      add_section(paper, SectionKind::kAnswer, std::move(labels), one.answer);
    }
  }
  return found.size();
}

}  // namespace fundstelle
