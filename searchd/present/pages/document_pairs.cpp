// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/pages/document_pairs.h"

#include <algorithm>

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

}  // namespace

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
