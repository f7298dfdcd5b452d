// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plenary minutes: "Plenarprotokoll 20/13", running head "Deutscher Bundestag – 20. Wahlperiode
// – 13. Sitzung. Berlin, Freitag, den 18. März 2022". One section a speech: the line that names the
// speaker ends in a colon ("Dagmar Schmidt (SPD):", "Vizepräsidentin Petra Pau:", "Dr. X,
// Bundesminister der Justiz:").
#include "extract/interpret_dates.h"
#include "extract/interpret_fields.h"
#include "extract/interpret_protocol.h"
#include "extract/layouts/layouts.h"
#include "identity/identity.h"

namespace fundstelle {
bool read_protocol(Paper& paper) {
  Document& document = paper.document;
  if (read_declared_protocol(paper)) return true;
  static const RE2 title_line(
      "(?i)(?:^|\\n)\\s*(?:Plenarprotokoll\\s+\\d+/"
      "\\d+|Stenogra(?:f|ph)ischer\\s+Bericht|Plenar-?\\s?und\\s+Beschlussprotokoll)");
  static const RE2 running(
      "^(?:\\d+\\s+|[IVXLC]+\\s+)?(\\pL.{3,60}?)\\s+[–—-]\\s+(\\d{1,2})\\.\\s+Wahlperiode\\s+[–—-]"
      "\\s+(\\d{1,4})\\."
      "\\s+Sitzung\\b");
  // Until the sixties the Bundestag counted itself: "2. Deutscher Bundestag — 202. Sitzung."; the
  // first did not.
  static const RE2 counted(
      "^(?:\\d+\\s+)??(?:(\\d{1,2})\\.\\s+)?(Deutscher "
      "Bundestag)\\s+[–—-]\\s+(\\d{1,4})\\.\\s+(?:und\\s+\\d+\\.\\s+)?Sitzung\\b");
  Range at;
  const bool titled = paper.find(title_line, paper.head(14), &at);
  int term = 0;
  int sitting = 0;
  std::string body;
  bool in_furniture = false;
  for (const std::string& line : paper.source().furniture) {
    if (RE2::PartialMatch(line, running, &body, &term, &sitting)) {
      in_furniture = true;
      break;
    }
    std::string ordinal;
    if (RE2::PartialMatch(line, counted, &ordinal, &body, &sitting)) {
      term = ordinal.empty() ? 0 : std::stoi(ordinal);
      if (line.find(". und ") != std::string::npos) sitting = 0;  // two sittings in one
      in_furniture = true;
      if (term > 0) break;
    }
  }
  if (!titled && !in_furniture) return false;
  document.type = "Plenarprotokoll";
  if (titled) {
    paper.note("type", at, "title line");
  } else {
    paper.note_declared("type", "running head of a sitting");
  }
  if (in_furniture) {
    const Identity* identity = find_identity(Axis::kBody, body);
    document.body = identity != nullptr ? std::string(identity->label) : body;
    paper.note_declared("body", "running head");
    if (term > 0) {
      document.legislature = term;
      paper.note_declared("legislature", "running head");
    }
    if (term > 0 && sitting > 0) {
      document.number = std::to_string(term) + "/" + std::to_string(sitting);
      paper.note_declared("number", "running head");
    }
    for (const std::string& line : paper.source().furniture) {
      static const RE2 day(filled_in("Sitzung\\.?\\s.{0,40}?(?:den|dem|am)\\s+%D"));
      std::string printed;
      if (RE2::PartialMatch(line, day, &printed)) {
        if (const auto iso = parse_date(printed)) {
          document.date = *iso;
          paper.note_declared("date", "running head");
          break;
        }
      }
    }
  }
  const Range head = paper.head(40);
  if (document.body.empty()) {
    for (const Layout* layout : parliament_layouts()) {
      const RE2& pattern = compiled(layout->head);
      Range found;
      if (paper.find(pattern, head, &found)) {
        document.body = layout->body;
        paper.note("body", found, "head line");
        break;
      }
    }
    static const RE2 bundesrat("(?:^|\\n)\\s*Bundesrat\\s*\\n");
    if (document.body.empty() && paper.find(bundesrat, head, &at)) document.body = "Bundesrat";
  }
  if (document.number.empty()) {
    static const RE2 number("(?i)Plenarprotokoll\\s+(\\d{1,3}/\\d{1,4})");
    Range printed;
    if (paper.find(number, head, &at, &printed)) {
      document.number = paper.in(printed);
      paper.note("number", printed, "title line");
      static const RE2 first("^(\\d{1,2})/");
      int value = 0;
      if (RE2::PartialMatch(document.number, first, &value) && value < 40) {
        document.legislature = value;
        paper.note("legislature", printed, "first part of the number");
      }
    }
  }
  if (document.date.empty()) {
    static const RE2 day(
        filled_in("(?:Sitzung|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Sonnabend|Samstag|"
                  "Sonntag)[^\\n]{0,40}\\n?[^\\n]{0,30}?(?:den|dem|am)\\s+%D"));
    Range printed;
    if (paper.find(day, head, &at, &printed)) set_date(paper, "date", printed, "title line");
  }

  read_speeches(paper);
  return true;
}

}  // namespace fundstelle
