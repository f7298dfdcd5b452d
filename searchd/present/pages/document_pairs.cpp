// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/pages/document_pairs.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace fundstelle::present {
namespace {

bool share_label(const std::vector<std::string>& some, const std::vector<std::string>& others) {
  return std::any_of(some.begin(), some.end(), [&](const std::string& label) {
    return std::find(others.begin(), others.end(), label) != others.end();
  });
}

/// The answer belongs to every pair one of whose questions it names: they become one pair, where
/// the first of them stood. Numbers begin anew in collective papers: the last of a number counts.
void join_answered(const Document& document, std::vector<Pair>& pairs, std::size_t answer) {
  const std::vector<std::string>& labels = document.sections[answer].labels;
  std::vector<std::size_t> named;
  for (const std::string& label : labels) {
    for (std::size_t i = pairs.size(); i-- > 0;) {
      const bool has = std::any_of(
          pairs[i].questions.begin(), pairs[i].questions.end(), [&](std::size_t question) {
            return share_label({label}, document.sections[question].labels);
          });
      if (!has) continue;
      if (std::find(named.begin(), named.end(), i) == named.end()) named.push_back(i);
      break;
    }
  }
  if (named.empty()) {
    if (pairs.empty()) pairs.emplace_back();
    pairs.back().answers.push_back(answer);
    return;
  }
  std::sort(named.begin(), named.end());
  Pair& kept = pairs[named.front()];
  for (std::size_t i = named.size(); i-- > 1;) {
    const Pair joined = pairs[named[i]];
    kept.questions.insert(kept.questions.end(), joined.questions.begin(), joined.questions.end());
    kept.answers.insert(kept.answers.end(), joined.answers.begin(), joined.answers.end());
    pairs.erase(pairs.begin() + static_cast<std::ptrdiff_t>(named[i]));
  }
  kept.answers.push_back(answer);
  std::sort(kept.questions.begin(), kept.questions.end());
  std::sort(kept.answers.begin(), kept.answers.end());
}

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t'; }

/// Words broken into lines differently are the same words. End of `words` at `at`; 0 if other words
/// stand there.
std::size_t end_of_words(std::string_view text, std::size_t at, std::string_view words) {
  for (const char c : words) {
    if (is_blank(c)) continue;
    while (at < text.size() && is_blank(text[at])) ++at;
    if (at == text.size() || text[at] != c) return 0;
    ++at;
  }
  return at;
}

/// Where a part is asked: its letter at the beginning of a line, bracket or full stop, its words.
std::optional<std::pair<std::size_t, std::size_t>> find_part(std::string_view text,
                                                             std::size_t from,
                                                             std::string_view letter,
                                                             std::string_view words) {
  if (letter.empty() || words.empty()) return std::nullopt;
  for (std::size_t at = text.find(letter, from); at != std::string_view::npos;
       at = text.find(letter, at + 1)) {
    if (at > 0 && text[at - 1] != '\n') continue;
    const std::size_t mark = at + letter.size();
    if (mark >= text.size() || (text[mark] != ')' && text[mark] != '.')) continue;
    if (const std::size_t end = end_of_words(text, mark + 1, words)) return {{at, end}};
  }
  return std::nullopt;
}

}  // namespace

AnswerInParts in_parts(const Document& document, const Pair& pair, std::size_t answer) {
  const Span& whole = document.sections[answer].span;
  AnswerInParts split{whole, {}};
  std::uint32_t page = whole.page, from = whole.begin;  // what is found stands behind this
  const auto blank_between = [&](const Span& before, const Span& behind) {
    if (before.end_page != behind.page) return false;
    for (const Page& source : document.pages) {
      if (source.number != behind.page) continue;
      const auto begin = source.text.begin();
      return std::all_of(begin + before.end, begin + behind.begin, is_blank);
    }
    return false;
  };
  const auto place = [&](std::string_view letter, const std::string& words) -> std::optional<Span> {
    for (const Page& source : document.pages) {
      if (source.number < page || source.number > whole.end_page) continue;
      const std::size_t begin = source.number == page ? from : 0;
      const std::size_t end = source.number == whole.end_page
                                  ? std::min<std::size_t>(whole.end, source.text.size())
                                  : source.text.size();
      const auto found =
          find_part(std::string_view(source.text).substr(0, end), begin, letter, words);
      if (!found) continue;
      return Span{source.number, static_cast<std::uint32_t>(found->first), source.number,
                  static_cast<std::uint32_t>(found->second)};
    }
    return std::nullopt;
  };
  for (const std::size_t question : pair.questions) {
    const Section& asked = document.sections[question];
    for (const Question& one : document.questions) {
      if (one.page != asked.span.page || !share_label({one.label}, asked.labels)) continue;
      for (const QuestionPart& part : one.parts) {
        if (part.label.size() <= one.label.size()) continue;
        const auto span = place(std::string_view(part.label).substr(one.label.size()), part.text);
        if (!span) continue;
        const bool joins =
            !split.parts.empty() && blank_between(split.parts.back().questions.back(), *span);
        Span& before = split.parts.empty() ? split.head : split.parts.back().answer;
        if (!joins) {
          before.end_page = span->page;
          before.end = span->begin;
          split.parts.emplace_back();
        }
        AskedOn& run = split.parts.back();
        run.labels.push_back(part.label);
        run.questions.push_back(*span);
        run.answer = {span->end_page, span->end, whole.end_page, whole.end};
        page = span->end_page;
        from = span->end;
      }
    }
  }
  return split;
}

std::vector<Pair> pairs_of(const Document& document) {
  std::vector<Pair> pairs;
  bool questions = false;
  for (std::size_t i = 0; i < document.sections.size(); ++i) {
    const Section& section = document.sections[i];
    if (section.kind == SectionKind::kQuestion) {
      questions = true;
      pairs.push_back({{i}, {}, {}});
    } else if (section.kind == SectionKind::kAnswer && questions) {
      join_answered(document, pairs, i);
    }
  }
  if (questions) return pairs;
  for (std::size_t i = 0; i < document.sections.size(); ++i) {
    if (document.sections[i].kind == SectionKind::kSpeech) pairs.push_back({{}, {}, {i}});
  }
  return pairs;
}

std::string pairs_name(const Document& document) {
  bool questions = false, answers = false, speeches = false;
  for (const Section& section : document.sections) {
    questions |= section.kind == SectionKind::kQuestion;
    answers |= section.kind == SectionKind::kAnswer;
    speeches |= section.kind == SectionKind::kSpeech;
  }
  if (questions) return answers ? "Fragen und Antworten" : "Fragen";
  return speeches ? "Reden" : "";
}

}  // namespace fundstelle::present
