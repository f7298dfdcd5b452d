// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/interpret_parts.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "extract/interpret_fields.h"

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

void read_committee(Paper& paper) {
  if (!paper.document.committee.empty()) return;
  static const RE2 committee(
      "(?:^|\\n)(?:des|vom)\\s+((?:\\pL+ausschusses|(?:Ständigen\\s+)?Ausschusses\\s[^(]+?|"
      "Haushaltsausschusses|Vermittlungsausschusses))\\s*"
      "(?:\\(\\d+\\.\\s+Ausschuss\\)|\\n)");
  Range all;
  Range name;
  if (!paper.find(committee, paper.head(20), &all, &name)) return;
  std::string text = paper.one_line(name);
  RE2::Replace(&text, compiled("^Ständigen\\s"), "Ständiger ");
  RE2::Replace(&text, compiled("([Aa]usschuss|\\pL+ausschuss)es\\b"), "\\1");
  paper.document.committee = text;
  paper.note("committee", name, "line below the type");
}

void read_attachments(Paper& paper) {
  // A line of its own: "Anlage", "Anlage 3 - Antwort zu Frage 9", "Anlage 2 zu Fragen 2 und 3".
  static const RE2 heading(
      "^((?:Anlage|Anlagen|Anhang)(?:\\s+(?:\\d{1,2}|[IVX]{1,4}|[A-H]))?)"
      "(?:\\s*\\d{1,2}/\\d{1,5}|\\s*(?:zu[rm]?\\s|[-–:(]).*|\\s+(?:KA|Kleine Anfrage)\\s.*)?$");
  static const RE2 sentence("(?:verwiesen|beigefügt|entnehmen|wird|sind|ist)[.,]?$|[.,]$");
  static const RE2 pointer("(?i)\\b(?:entnehmen|verwiesen|beigefügt|ersichtlich)\\b");
  const auto& lines = paper.lines();
  std::set<std::string> known;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    std::string_view line = paper.line(i);
    if (line.size() > 160 || !line.starts_with("An")) continue;
    if (!lines[i].gap_before && lines[i].page == lines[i - 1].page) continue;
    std::string label;
    if (!RE2::FullMatch(piece(line), heading, &label) || RE2::PartialMatch(piece(line), sentence) ||
        RE2::PartialMatch(piece(line), pointer))
      continue;
    if (!known.insert(label).second) continue;  // repeated as a head on every page
    paper.document.attachments.push_back(paper.one_line(lines[i].range));
    if (paper.document.attachments.size() == 1)
      paper.note("attachments", lines[i].range, "heading of an annex; the first");
  }
  static const RE2 not_printed(
      "(?i)Von\\s+(?:einer|der)\\s+Drucklegung\\s+der\\s+(Anlagen?)\\s+(?:wird|wurde)\\s+"
      "abgesehen");
  Range all;
  Range word;
  if (paper.document.attachments.empty() &&
      paper.find(not_printed, {0, paper.size()}, &all, &word)) {
    paper.document.attachments.push_back(std::string(paper.in(word)) + " (nicht gedruckt)");
    paper.note("attachments", all, "note that it is not printed");
  }
}

void read_withheld(Paper& paper) {
  struct Grade {
    const char* pattern;
    const char* label;
  };
  static constexpr std::array<Grade, 4> kGrades = {{
      {"(?i)VS\\s?[-–]?\\s?(?:Nur\\s+für\\s+den\\s+Dienstgebrauch|NfD\\b)",
       "VS – Nur für den Dienstgebrauch"},
      {"(?i)VS\\s?[-–]?\\s?Vertraulich|[„“\"]VERTRAULICH[“”\"]", "VS – Vertraulich"},
      {"(?i)(?:Verschlusssachengrad|Geheimhaltungsgrad|eingestuft|Einstufung)[^.]{0,60}[„“\"]"
       "Streng\\s+"
       "Geheim[“”\"]|[„“\"]Streng\\s+Geheim[“”\"][^.]{0,60}eingestuft",
       "Streng Geheim"},
      {"(?:VS\\s?[-–]\\s?|[„“\"])(?i:geheim)[“”\"][^.]{0,60}(?:eingestuft|Einstufung)", "Geheim"},
  }};
  // Only what an answer says of itself; inquiries ask about such grades, and quote them.
  static const RE2 of_itself(
      "(?i)Geheimschutzstelle|gesondert\\s+übermittelt|nicht\\s+(?:offen|öffentlich)|"
      "(?:Antwort|Anlage|Angaben|Informationen|Teile?)[^.]{0,160}eingestuft|eingestuft\\w*\\s+"
      "(?:Antwort|Anlage|Teil|Form)|Verschlusssachenanweisung|\\bVSA\\b");
  Document& document = paper.document;
  for (const Grade& grade : kGrades) {
    const RE2& pattern = compiled(grade.pattern);
    Range where{0, paper.size()};
    Range at;
    for (int times = 0; times < 20 && paper.find(pattern, where, &at) && !at.empty(); ++times) {
      const Range near{at.begin > 500 ? at.begin - 500 : 0, std::min(paper.size(), at.end + 500)};
      Range ignored;
      if (paper.find(of_itself, near, &ignored)) {
        if (!document.withheld.empty()) document.withheld += "; ";
        document.withheld += grade.label;
        if (document.read.count("withheld") == 0)
          paper.note("withheld", at, "grade of secrecy named for parts of the answer");
        break;
      }
      where.begin = at.end;
    }
  }
}

}  // namespace fundstelle
