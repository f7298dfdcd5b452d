// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/interpret_question_reader.h"

#include <algorithm>
#include <map>
#include <set>

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

bool QuestionReader::looks_asked(const QuestionCandidate& candidate, std::size_t until_line) const {
  const std::size_t last = std::min(until_line, candidate.line + 60);
  static const RE2 invites("(?i)\\b(?:bitte|wir bitten|wird gebeten)\\b");
  for (std::size_t i = candidate.line; i < last && i < paper.lines().size(); ++i) {
    const std::string_view text = paper.line(i);
    if (text.find('?') != std::string_view::npos) return true;
    if (i < candidate.line + 4 && RE2::PartialMatch(piece(text), invites)) return true;
  }
  return false;
}

std::vector<QuestionCandidate> QuestionReader::chain(std::size_t from) const {
  std::vector<QuestionCandidate> chosen;
  std::set<QuestionLabel> used;
  const auto expected = [&]() -> QuestionLabel {
    QuestionLabel next{1, 0};
    while (used.count(next) > 0) ++next.main;
    return next;
  };
  for (std::size_t i = from; i < candidates.size(); ++i) {
    const QuestionCandidate& candidate = candidates[i];
    const std::size_t until =
        i + 1 < candidates.size() ? candidates[i + 1].line : paper.lines().size();
    if (used.count(candidate.label) > 0) continue;
    if (candidate.label.sub != 0) {
      // 1.1, 1.2, 2.1 …: the next sub-number or the next block.
      const QuestionLabel last = chosen.empty() ? QuestionLabel{0, 0} : chosen.back().label;
      const bool next_sub =
          candidate.label.main == last.main && candidate.label.sub == last.sub + 1;
      const bool next_block = candidate.label.main == last.main + 1 && candidate.label.sub == 1;
      const bool first = chosen.empty() && candidate.label.main == 1 && candidate.label.sub == 1;
      if (!(next_sub || next_block || first)) continue;
      if (!chosen.empty() && chosen.back().label.sub == 0 && !next_block && !next_sub) continue;
      chosen.push_back(candidate);
      used.insert(candidate.label);
      continue;
    }
    // Bavarian papers mix "3." with "1.1": the main number counts on.
    const bool two_level = !chosen.empty() && chosen.back().label.sub != 0;
    const QuestionLabel want =
        two_level ? QuestionLabel{chosen.back().label.main + 1, 0} : expected();
    const bool asked = candidate.headed || looks_asked(candidate, until);
    if (candidate.label == want) {
      // A list inside an answer may count "2.", too: what asks nothing waits for a better one.
      if (!asked && better_later(i, want)) continue;
      if (!asked && chosen.empty() && !next_is_asked(i)) continue;
      chosen.push_back(candidate);
      used.insert(candidate.label);
    } else if (!two_level && !chosen.empty() && asked && candidate.label > want &&
               candidate.label.main <= want.main + 40 &&
               follows_unanswered(chosen.back(), candidate) &&
               grouped_near(candidate, chosen.back())) {
      chosen.push_back(candidate);
      used.insert(candidate.label);
    }
  }
  return chosen;
}

bool QuestionReader::next_is_asked(std::size_t i) const {
  if (i + 1 >= candidates.size()) return false;
  const QuestionCandidate& next = candidates[i + 1];
  if (next.label.main != candidates[i].label.main + 1 || next.line > candidates[i].line + 6)
    return false;
  return looks_asked(next,
                     i + 2 < candidates.size() ? candidates[i + 2].line : paper.lines().size());
}

bool QuestionReader::better_later(std::size_t i, QuestionLabel want) const {
  for (std::size_t k = i + 1; k < candidates.size(); ++k) {
    if (candidates[k].label != want) continue;
    const std::size_t until =
        k + 1 < candidates.size() ? candidates[k + 1].line : paper.lines().size();
    if (candidates[k].headed || looks_asked(candidates[k], until)) return true;
  }
  return false;
}

bool QuestionReader::follows_unanswered(const QuestionCandidate& before,
                                        const QuestionCandidate& after) const {
  const Range question = question_range(before, after.line);
  return paper.line_at(question.end) >= after.line;
}

bool QuestionReader::grouped_near(const QuestionCandidate& candidate,
                                  const QuestionCandidate& with) const {
  const Range near{line(candidate.line).range.begin,
                   std::min(stop, line(candidate.line).range.begin + 20000)};
  static const RE2 group(std::string("(?i)Fragen\\s+(") + kQuestionLabels + ")[^.]*?beantwortet");
  Range at;
  Range labels;
  if (!paper.find(group, near, &at, &labels)) return false;
  const auto list = expand_labels(paper.in(labels));
  const auto has = [&](const QuestionCandidate& one) {
    return std::find(list.begin(), list.end(), text_of_label(one.label)) != list.end();
  };
  return has(candidate) && has(with);
}

Range QuestionReader::question_range(const QuestionCandidate& candidate,
                                     std::size_t until_line) const {
  const auto& lines = paper.lines();
  std::size_t i = paper.line_at(candidate.text_begin);
  Range range{candidate.text_begin, candidate.text_begin};
  std::size_t last = i;  // last line known to belong to the question
  bool ended = false;
  char letter = 0;  // of the last part
  for (std::size_t k = i; k < until_line && k < lines.size() && lines[k].range.begin < stop; ++k) {
    if (paper.left_out(lines[k].range.begin)) continue;
    if (k > i && (ends_everything(paper.line(k)) || is_place_and_date(paper.line(k)) ||
                  is_preface(paper.line(k))))
      break;
    const bool open_list = k > i && is_part(paper.line(k));
    // Letters that begin anew behind a question mark: the answer counts as the question did.
    if (ended && open_list && part_letter(paper.line(k)) == 'a' && letter >= 'b') break;
    if (is_part(paper.line(k))) letter = std::max(letter, part_letter(paper.line(k)));
    if (ended && !open_list && !(goes_on_asking(paper.line(k)) && asks_soon(k, until_line))) break;
    if (ended && lines[k].gap_before && !open_list && lines[k].page == lines[k - 1].page &&
        !begins_like_question(paper.line(k)))
      break;
    // A paragraph that asks nothing ends before the next one, if it was complete.
    if (!ended && k > i && lines[k].gap_before && lines[k].page == lines[k - 1].page &&
        closes_sentence(paper.line(k - 1)) && !asks_soon(k, until_line)) {
      break;
    }
    last = k;
    if (asks(paper.line(k))) {
      ended = true;
    } else if (open_list || ended) {
      // a part that runs over several lines, or one that ends with a comma
      ended = ended && !open_list ? asks(paper.line(k)) : false;
      if (open_list && (paper.line(k).ends_with(",") || paper.line(k).ends_with(";")))
        ended = !more_parts(k, until_line) && !asks_soon(k + 1, until_line);
    }
  }
  if (!ended) {
    // No question mark: a request. It ends with its paragraph, or the first sentence closed at a
    // line end that does not wrap.
    last = i;
    for (std::size_t k = i; k < until_line && k < lines.size() && lines[k].range.begin < stop;
         ++k) {
      if (paper.left_out(lines[k].range.begin)) continue;
      if (k > i && (ends_everything(paper.line(k)) || is_place_and_date(paper.line(k)))) break;
      if (k > i && lines[k].gap_before && lines[k].page == lines[k - 1].page &&
          closes_sentence(paper.line(k - 1)))
        break;
      last = k;
      if (closes_sentence(paper.line(k)) && !lines[k].soft_break && k + 1 < lines.size() &&
          !goes_on_asking(paper.line(k + 1)) && !has_gaps_near(k)) {
        break;
      }
    }
  }
  range.end = last < lines.size() ? lines[last].range.end : range.begin;
  return range;
}

bool QuestionReader::begins_like_question(std::string_view text) const {
  return goes_on_asking(text);
}

bool QuestionReader::asks_soon(std::size_t k, std::size_t until_line) const {
  const auto& lines = paper.lines();
  for (std::size_t n = k; n < until_line && n < k + 8 && n < lines.size(); ++n) {
    if (n > k && lines[n].gap_before && lines[n].page == lines[n - 1].page) return false;
    if (asks(paper.line(n))) return true;
    if (n > k && closes_sentence(paper.line(n)) && !paper.line(n).ends_with(")")) return false;
  }
  return false;
}

bool QuestionReader::more_parts(std::size_t k, std::size_t until_line) const {
  for (std::size_t n = k + 1; n < until_line && n < k + 6 && n < paper.lines().size(); ++n) {
    if (is_part(paper.line(n))) return true;
  }
  return false;
}

bool QuestionReader::has_gaps_near(std::size_t k) const {
  const auto& lines = paper.lines();
  for (std::size_t n = k + 1; n < k + 4 && n < lines.size(); ++n) {
    if (lines[n].gap_before && lines[n].page == lines[k].page) return true;
  }
  return false;
}

void add_section(Paper& paper, SectionKind kind, std::vector<std::string> labels, Range range) {
  if (range.empty()) return;
  Section section;
  section.kind = kind;
  section.labels = std::move(labels);
  section.text = paper.readable(range);
  section.span = paper.span(range);
  paper.document.sections.push_back(std::move(section));
}

std::size_t read_restated(QuestionReader& reader) {
  Paper& paper = reader.paper;
  const auto& lines = paper.lines();
  const auto& heads = reader.heads;
  std::map<QuestionLabel, Question> questions;
  std::vector<Section> sections;
  std::size_t floor = paper.line_at(reader.rules.where.begin);
  struct Block {
    std::vector<std::string> labels;
    std::vector<Range> questions;
    std::uint32_t begin = 0;
    Range answer;
  };
  std::vector<Block> blocks;
  for (std::size_t h = 0; h < heads.size(); ++h) {
    if (heads[h].labels.empty()) continue;
    Block block;
    block.labels = expand_labels(heads[h].labels.front());
    // Upwards over paragraphs that end in a question mark, as many as there are labels.
    std::size_t end = heads[h].line;
    while (end > floor && block.questions.size() < block.labels.size()) {
      std::size_t first = end - 1;
      if (!asks(paper.line(first)) && paper.line(first) != "?") {
        // A request without a question mark counts for a single label right above the head.
        if (!block.questions.empty() || block.labels.size() > 1) break;
      }
      while (first > floor && !lines[first].gap_before) --first;
      block.questions.insert(block.questions.begin(),
                             {lines[first].range.begin, lines[end - 1].range.end});
      block.begin = lines[first].range.begin;
      end = first;
    }
    if (block.questions.empty()) block.begin = lines[heads[h].line].range.begin;
    block.answer.begin = heads[h].text_begin;
    blocks.push_back(block);
    floor = heads[h].line + 1;
  }
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    blocks[b].answer.end = b + 1 < blocks.size() ? blocks[b + 1].begin : reader.stop;
    const Block& block = blocks[b];
    for (std::size_t k = 0; k < block.labels.size(); ++k) {
      Question question;
      question.label = block.labels[k];
      if (k < block.questions.size() && block.questions.size() == block.labels.size()) {
        question.text = paper.readable(block.questions[k]);
        question.page = paper.span(block.questions[k]).page;
        add_section(paper, SectionKind::kQuestion, {question.label}, block.questions[k]);
      } else {
        question.page = paper.span(block.answer).page;
      }
      question.answer = paper.readable(block.answer);
      for (const std::string& other : block.labels) {
        if (other != question.label) question.answered_together_with.push_back(other);
      }
      questions.emplace(number_of(question.label), std::move(question));
    }
    add_section(paper, SectionKind::kAnswer, block.labels, block.answer);
  }
  for (auto& [label, question] : questions) paper.document.questions.push_back(std::move(question));
  return questions.size();
}

}  // namespace fundstelle
