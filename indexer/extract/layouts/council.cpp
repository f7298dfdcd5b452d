// SPDX-License-Identifier: GPL-3.0-or-later
//
// Town councils: papers with labelled lines (Gremium, Termin, TOP, Verantwortlich, Vorlage Nr.) and
// minutes
// ("Niederschrift der 12. Sitzung des Rates"), verbatim ones with their speeches. Every town prints
// differently, so only labelled values are taken; the body is the town or council named in the
// head.
#include "extract/interpret_dates.h"
#include "extract/interpret_fields.h"
#include "extract/interpret_names.h"
#include "extract/interpret_protocol.h"
#include "extract/layouts/layouts.h"

namespace fundstelle {

bool read_council(Paper& paper) {
  Document& document = paper.document;
  const Range head = paper.head(40);
  static const RE2 town(
      "(?m)^\\s*((?i:Stadt|Gemeinde|Landkreis|Kreis|Landeshauptstadt|Samtgemeinde|Hansestadt)\\s+"
      "\\p{Lu}[\\pL.-]+(?:\\s(?:am|an der|im|bei|in der|ob der)\\s\\p{Lu}\\pL+)?)\\s*$");
  static const RE2 council(
      "(?m)\\b((?:Rat|Gemeinderat|Stadtrat|Kreistag|Stadtverordnetenversammlung)(?:es|s)?(?:\\s+"
      "der\\s+Stadt\\s+\\p{Lu}[\\pL-]+)?)\\b");
  static const RE2 minutes(
      "(?im)^\\s*(Niederschrift|Sitzungsniederschrift|Protokoll|Ergebnisprotokoll)\\b[^\\n]*?"
      "$");
  static const RE2 kind(
      "(?im)^\\s*(ANTRAG|ANFRAGE|STELLUNGNAHME(?:\\s+zum\\s+Antrag)?|BESCHLUSSVORLAGE|"
      "INFORMATIONSVORLAGE|VORLAGE|MITTEILUNG(?:SVORLAGE)?|GEMEINDERATSDRUCKSACHE)\\b[^\\n]{0,60}"
      "$");
  Range place;
  Range all;
  const bool has_town = paper.find(town, head, &all, &place);
  Range office =
      labelled_line(paper, head, "Verantwortlich|Dezernat|Federführend(?:es Amt)?|Fachbereich");
  const Range committee = labelled_line(paper, head, "Gremium");
  Range minutes_at;
  const bool is_minutes = paper.find(minutes, head, &minutes_at);
  Range kind_at;
  Range kind_word;
  const bool has_kind = paper.find(kind, head, &kind_at, &kind_word);
  // Verbatim minutes say so only in their running head: "1. Sitzung vom 5. November 2020 Seite 3".
  static const RE2 sitting(filled_in("\\b\\d{1,3}\\.\\s+Sitzung\\s+vom\\s+%D"));
  std::string sitting_day;
  for (const std::string& line : paper.source().furniture) {
    if (RE2::PartialMatch(line, sitting, &sitting_day)) break;
  }
  Range council_at;
  const bool has_council = paper.find(council, head, &council_at);
  const int signs = (has_town ? 1 : 0) + (office.empty() ? 0 : 1) + (committee.empty() ? 0 : 1) +
                    (has_council ? 1 : 0) +
                    (has_kind || is_minutes || !sitting_day.empty() ? 1 : 0);
  if (signs < 2 || (!has_town && !has_council && office.empty())) return false;
  if (!is_minutes && !has_kind && committee.empty() && sitting_day.empty()) return false;
  if (has_town) {
    std::string name(paper.in(place));
    // "STADT KARLSRUHE" shouts; names of towns are written with one capital.
    static const RE2 shout("^[\\p{Lu} .-]+$");
    if (RE2::FullMatch(name, shout)) {
      std::string calm;
      bool start = true;
      for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper && !start) {
          calm += static_cast<char>(c + 32);
        } else if (static_cast<unsigned char>(c) == 0xC3 && !start && i + 1 < name.size()) {
          calm += c;
          calm += static_cast<char>(name[++i] | 0x20);
        } else {
          calm += c;
        }
        start = c == ' ' || c == '-';
      }
      name = calm;
    }
    document.body = name;
    paper.note("body", place, "head line");
  }
  if (!is_minutes && !sitting_day.empty()) {
    document.type = "Niederschrift";
    paper.note_declared("type", "running head of a sitting");
    if (const auto iso = parse_date(sitting_day)) {
      document.date = *iso;
      paper.note_declared("date", "running head of a sitting");
    }
    static const RE2 named(
        "\\b((?:Rat|Gemeinderat|Stadtrat)(?:es|s)?\\s+der\\s+Stadt\\s+\\p{Lu}[\\pL-]+)");
    Range name_at;
    if (paper.find(named, {0, std::min<std::uint32_t>(paper.size(), 20000)}, &all, &name_at)) {
      std::string name = paper.one_line(name_at);
      static const RE2 genitive("^(Rat|Gemeinderat|Stadtrat)e?s\\b");
      RE2::Replace(&name, genitive, "\\1");
      document.body = name;
      paper.note("body", name_at, "minutes of this council");
    }
  } else if (is_minutes) {
    document.type = "Niederschrift";
    paper.note("type", minutes_at, "type line");
    static const RE2 day(
        filled_in("(?i)Sitzung[^§]*?(?:am|vom|den|Datum:|Sitzungstag:)\\s*\\n?\\s*(?:\\pL+,"
                  "\\s+(?:den|dem)?\\s*)?%D"));
    Range printed;
    if (paper.find(day, head, &all, &printed))
      set_date(paper, "date", printed, "date of the sitting");
    document.title = paper.one_line(title_at(paper, paper.line_at(minutes_at.begin + 1)));
    paper.note("title", minutes_at, "type line");
  } else if (has_kind) {
    std::string word(paper.in(kind_word));
    for (std::size_t i = 1; i < word.size(); ++i) {
      if (word[i] >= 'A' && word[i] <= 'Z') word[i] = static_cast<char>(word[i] + 32);
    }
    document.type = word.starts_with("Stellungnahme") ? "Stellungnahme" : word;
    paper.note("type", kind_word, "type line");
    // "vom 19. November 2009" right below.
    static const RE2 day(filled_in("(?i)^[^§]*?\\bvom:?\\s+%D"));
    Range printed;
    if (paper.find(day, {kind_at.end, head.end}, &all, &printed))
      set_date(paper, "asked", printed, "line below the type");
    const std::vector<std::string> groups =
        find_groups(paper.in({kind_at.begin, std::min(head.end, kind_at.end + 120)}));
    if (!groups.empty()) {
      document.groups = groups;
      paper.note("groups", kind_at, "line below the type");
    }
  }
  if (!committee.empty()) {
    document.committee = paper.one_line(committee);
    // Forms print all labels first and all values later; a label is no value.
    if (document.committee.ends_with(":")) {
      document.committee.clear();
    } else {
      paper.note("committee", committee, "line Gremium");
    }
  }
  const Range number = labelled_line(
      paper, head,
      "Vorlagen?(?:-Nr\\.?|\\s*Nr\\.?|nummer)?|Drucksachen?-?(?:Nr\\.?|nummer)?|GRDrs");
  static const RE2 digits("\\d");
  Range ignored;
  if (!number.empty() && paper.find(digits, number, &ignored)) {
    document.number = paper.one_line(number);
    paper.note("number", number, "labelled line");
  }
  // Minutes of what was resolved name speakers in running text only and have none.
  if (document.type == "Niederschrift")
    read_speeches(paper, {.any_group = true, .items_are_headings = true});
  return true;
}

}  // namespace fundstelle
