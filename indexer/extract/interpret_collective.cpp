// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/interpret_collective.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "extract/interpret_fields.h"
#include "extract/interpret_names.h"
#include "extract/interpret_protocol.h"
#include "extract/interpret_questions.h"

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

constexpr std::size_t kFormulaLines = 6;
constexpr std::size_t kAskerLines = 6;

/// "12. Abgeordneter": where a question begins.
struct Mark {
  std::size_t line = 0;
  std::string label;
  std::string rest;
};

/// "Antwort der Parlamentarischen Staatssekretärin Dr. X vom 5. Mai 2025".
struct Formula {
  std::size_t begin = 0, end = 0;  ///< lines
  Speaker who;
};

/// Offices stand in the genitive there.
std::string nominative(std::string office) {
  for (const auto& [genitive, plain] :
       {std::pair{"^Parlamentarischen (Staatssekretärin)\\b", "Parlamentarische \\1"},
        std::pair{"^Parlamentarischen Staatssekretärs\\b", "Parlamentarischer Staatssekretär"},
        std::pair{"^(Staatssekretär|Staatsminister|Bundesminister|Bundeskanzler|Chef|Leiter|"
                  "Ministerialdirektor|Präsident)s\\b",
                  "\\1"},
        std::pair{"^Bevollmächtigten\\b", "Bevollmächtigter"},
        std::pair{"^Beauftragten\\b", "Beauftragte"}}) {
    RE2::Replace(&office, compiled(genitive), plain);
  }
  return office;
}

Speaker answerer(const std::string& printed) {
  Speaker who;
  static const RE2 person(
      "^((?:Parlamentarischen\\s+)?(?:Staatssekretär(?:in|s)?|Staatsminister(?:in|s)?|"
      "Bundesminister(?:in|s)?|Bundeskanzler(?:in|s)?|Ministerialdirektor(?:in|s)?)|"
      "(?:Chefs|Leiters|Chefin|Leiterin)\\s+de[rs]\\s+\\pL+|"
      "(?:Bevollmächtigten|Beauftragten)\\s+[^,]*?)\\s+((?:(?:Dr|Prof)\\.\\s+)*\\p{Lu}[\\pL.-]*\\s+"
      ".*)$");
  std::string role;
  std::string rest;
  if (RE2::FullMatch(printed, person, &role, &rest)) {
    who.name = person_name(rest);
    if (!who.name.empty()) {
      who.role = nominative(role);
      return who;
    }
  }
  who.role = nominative(printed);
  return who;
}

bool formula_at(const Paper& paper, std::size_t line, std::size_t stop, Formula* formula) {
  static const RE2 begins("^Antwort\\s+de[rs]\\b");
  if (!RE2::PartialMatch(piece(paper.line(line)), begins)) return false;
  // Questions quote answers too ("Antwort der Bundesregierung auf meine Frage …?"): a formula has a
  // day at its end and nothing of a sentence in it.
  static const RE2 whole(
      "Antwort\\s+de[rs]\\s+([^?()„“:;]+?)\\s+vom\\s+\\d{1,2}\\.?\\s+\\pL+\\s+\\d{4}");
  std::string text;
  for (std::size_t k = line; k < stop && k < line + kFormulaLines; ++k) {
    text += (text.empty() ? "" : " ") + std::string(paper.line(k));
    std::string printed;
    if (!RE2::FullMatch(text, whole, &printed)) continue;
    static const RE2 quoted("\\b(?:Frage|Fragen|Drucksache|Anfrage)\\b");
    if (RE2::PartialMatch(printed, quoted)) return false;
    *formula = {line, k + 1, answerer(printed)};
    return true;
  }
  return false;
}

}  // namespace

std::size_t read_collective_questions(Paper& paper) {
  static const RE2 asker_line("^(\\d{1,3})\\.\\s+Abgeordnete[rn]?\\b\\s*(.*)$");
  static const RE2 area_line("^Geschäftsbereich\\s+de[rs]\\b");
  const auto& lines = paper.lines();
  Document& document = paper.document;
  std::vector<Mark> marks;
  std::vector<std::size_t> areas;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Mark mark{i, {}, {}};
    if (RE2::FullMatch(piece(paper.line(i)), asker_line, &mark.label, &mark.rest)) {
      marks.push_back(mark);
    } else if (RE2::PartialMatch(piece(paper.line(i)), area_line)) {
      areas.push_back(i);
    }
  }
  struct Answer {
    Section section;
    std::vector<std::string> together;
  };
  std::vector<Answer> answers;
  const std::size_t first_question = document.questions.size();
  for (std::size_t m = 0; m < marks.size(); ++m) {
    std::size_t stop = m + 1 < marks.size() ? marks[m + 1].line : lines.size();
    // The area the question stands under: the last heading above it.
    std::string area;
    const auto next_area = std::upper_bound(areas.begin(), areas.end(), marks[m].line);
    if (next_area != areas.begin()) {
      const std::size_t heading = *(next_area - 1);
      std::size_t end = heading + 1;
      while (end < marks[m].line && end < heading + 4 && !lines[end].gap_before &&
             !RE2::PartialMatch(piece(paper.line(end)), asker_line))
        ++end;
      area = paper.one_line({lines[heading].range.begin, lines[end - 1].range.end});
    }
    if (next_area != areas.end()) stop = std::min(stop, *next_area);

    // Name and group: up to the line that closes the bracket; the question may begin on that line.
    std::size_t i = marks[m].line + 1;
    std::string who = marks[m].rest;
    std::uint32_t text_begin = 0;
    static const RE2 inline_question("^(.*?\\([^)]+\\))\\s*:\\s+(\\S.*)$");
    re2::StringPiece asked_words;
    std::string asker;
    if (RE2::FullMatch(piece(paper.line(marks[m].line)), inline_question, &asker, &asked_words)) {
      who = asker;
      RE2::Replace(&who, compiled("^\\d{1,3}\\.\\s+Abgeordnete[rn]?\\s+"), "");
      text_begin = static_cast<std::uint32_t>(asked_words.data() - paper.text().data());
    } else {
      static const RE2 group_closed("\\)\\s*$");
      while (i < stop && i < marks[m].line + kAskerLines && !RE2::PartialMatch(who, group_closed))
        who += " " + std::string(paper.line(i++));
    }
    const Movers movers = read_movers(who);
    Formula formula;
    std::size_t answer = stop;
    for (std::size_t k = i; k < stop; ++k) {
      if (!formula_at(paper, k, stop, &formula)) continue;
      answer = k;
      break;
    }
    if (i >= answer && text_begin == 0) continue;
    Question question;
    question.label = marks[m].label;
    const Range asked{text_begin > 0 ? text_begin : lines[i].range.begin,
                      lines[answer - 1].range.end};
    question.text = paper.readable(asked);
    question.page = paper.span(asked).page;
    Section section;
    section.kind = SectionKind::kQuestion;
    section.labels = {question.label};
    section.text = question.text;
    section.span = paper.span(asked);
    Speaker speaker;
    if (!movers.authors.empty()) speaker.name = movers.authors.front();
    if (!movers.groups.empty()) {
      speaker.group = movers.groups.front();
      RE2::GlobalReplace(&speaker.group, compiled("/\\s+"), "/");
    }
    section.speaker = speaker;
    section.agenda_item = area;
    document.sections.push_back(section);
    if (answer < stop && formula.end < stop) {
      const Range answered{lines[formula.end].range.begin, lines[stop - 1].range.end};
      question.answer = paper.readable(answered);
      Answer reply;
      reply.section.kind = SectionKind::kAnswer;
      reply.section.labels = {question.label};
      reply.section.text = question.answer;
      reply.section.span = paper.span(answered);
      reply.section.speaker = formula.who;
      reply.section.agenda_item = area;
      static const RE2 together(
          "^(?:Die|Ihre)\\s+(?:Schriftlichen\\s+)?Fragen\\s+([\\d ,a-z]*?\\d)\\s+(?:werden|wurden)"
          "\\s+(?:\\pL+\\s+){0,8}(?:gemeinsam|zusammen)");
      std::string printed;
      const std::string opening = question.answer.substr(0, 400);
      std::string flat = opening;
      RE2::GlobalReplace(&flat, compiled("\\s+"), " ");
      if (RE2::PartialMatch(flat, together, &printed)) reply.together = expand_labels(printed);
      answers.push_back(std::move(reply));
    }
    document.questions.push_back(std::move(question));
  }
  // One answer printed under the last of several questions is the answer to all it names.
  for (Answer& answer : answers) {
    for (const std::string& label : answer.together) {
      const auto question = std::find_if(
          document.questions.begin() + static_cast<std::ptrdiff_t>(first_question),
          document.questions.end(), [&](const Question& one) { return one.label == label; });
      if (question == document.questions.end()) continue;
      if (question->answer.empty()) question->answer = answer.section.text;
      if (question->answer != answer.section.text) continue;
      for (const std::string& other : answer.together) {
        if (other != label) question->answered_together_with.push_back(other);
      }
      std::vector<std::string>& labels = answer.section.labels;
      if (std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(label);
    }
    std::sort(answer.section.labels.begin(), answer.section.labels.end(),
              [](const std::string& a, const std::string& b) {
                return a.size() != b.size() ? a.size() < b.size() : a < b;
              });
    document.sections.push_back(std::move(answer.section));
  }
  return document.questions.size();
}

}  // namespace fundstelle
