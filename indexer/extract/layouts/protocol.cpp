// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plenary minutes: "Plenarprotokoll 20/13", running head "Deutscher Bundestag – 20. Wahlperiode
// – 13. Sitzung. Berlin, Freitag, den 18. März 2022". One section a speech: the line that names the
// speaker ends in a colon ("Dagmar Schmidt (SPD):", "Vizepräsidentin Petra Pau:", "Dr. X,
// Bundesminister der Justiz:").
#include "extract/interpret_dates.h"
#include "extract/interpret_fields.h"
#include "extract/interpret_names.h"
#include "extract/layouts/layouts.h"
#include "identity/identity.h"

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

struct Opening {
  Speaker speaker;
  std::uint32_t text_begin = 0;
};

// Does a speech begin on this line? Fills who speaks.
bool opens_speech(std::string_view line, Speaker* speaker, std::size_t* colon) {
  const std::size_t at = line.find(':');
  if (at == std::string_view::npos || at > 160 || at < 4) return false;
  // Behind the colon the speech begins, on this line or the next.
  if (at + 1 < line.size() && line[at + 1] != ' ') return false;
  std::string who(line.substr(0, at));
  *colon = at;
  static const RE2 chair(
      "^((?:Geschäftsführender\\s+)?(?:Alters|Vize)?[Pp]räsident(?:in)?(?:\\s+des\\s+\\pL+)?)\\s+(."
      "{3,60})$");
  std::string role;
  std::string name;
  if (RE2::FullMatch(who, chair, &role, &name)) {
    speaker->role = role;
    speaker->name = person_name(name);
    if (speaker->name.empty() && name.size() < 40) speaker->name = name;
    return !speaker->name.empty();
  }
  static const RE2 member(
      "^(.{3,70}?)\\s*(?:\\([^()]{2,40}\\)\\s*)?[(\\[]([^()\\[\\]]{2,40})[)\\]]$");
  std::string group;
  if (RE2::FullMatch(who, member, &name, &group)) {
    const Identity* identity = find_identity(Axis::kGroup, group);
    speaker->name = person_name(name);
    if (speaker->name.empty()) {
      static const RE2 surname("^(?:Dr\\.\\s+|Frau\\s+|Prof\\.\\s+)*(\\p{Lu}[\\pL-]+)$");
      RE2::FullMatch(name, surname, &speaker->name);
    }
    speaker->group = group;
    return identity != nullptr && !speaker->name.empty();
  }
  static const RE2 office(
      "^(.{3,60}?),\\s+((?:Bundes|Staats|Landes)?(?:[Mm]inister|[Kk]anzler|[Ss]enator)(?:in)?\\b.{"
      "0,90}|(?:Parl\\.|Parlamentarische[r]?)\\s+Staatssekretär.{0,90}|"
      "Staatssekretär.{0,90}|Bundespräsident(?:in)?|Ministerpräsident.{0,60}|Wehrbeauftragte.{0,60}"
      "|Berichterstatter(?:in)?.{0,30}|"
      "Schriftführer(?:in)?|Antragsteller(?:in)?.{0,20}|Beauftragte[r]?\\s.{0,90}|Staatsrat.{0,60}|"
      "Finanzminister.{0,40}|Innenminister.{0,40})$");
  if (RE2::FullMatch(who, office, &name, &role)) {
    speaker->name = person_name(name);
    if (speaker->name.empty()) {
      static const RE2 surname("^(?:Dr\\.\\s+|Frau\\s+)*(\\p{Lu}[\\pL-]+)$");
      RE2::FullMatch(name, surname, &speaker->name);
    }
    speaker->role = role;
    return !speaker->name.empty();
  }
  return false;
}

}  // namespace

bool read_protocol(Paper& paper) {
  Document& document = paper.document;
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

  // Speeches.
  const auto& lines = paper.lines();
  struct Start {
    std::size_t line;
    std::uint32_t text_begin;
    Speaker speaker;
  };
  std::vector<Start> starts;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Speaker speaker;
    std::size_t colon = 0;
    // A long office runs over two lines: "Dr. X, Parl. Staatssekretärin beim" / "Bundesminister der
    // Justiz:".
    const std::string_view line = paper.line(i);
    if (opens_speech(line, &speaker, &colon)) {
      const std::uint32_t behind = lines[i].range.begin + static_cast<std::uint32_t>(colon) + 1;
      starts.push_back({i, behind, speaker});
    } else if (i + 1 < lines.size() && line.find(':') == std::string_view::npos &&
               line.size() < 90 && !lines[i + 1].gap_before &&
               (line.find(", ") != std::string_view::npos ||
                line.find('(') != std::string_view::npos)) {
      const std::string both = paper.one_line({lines[i].range.begin, lines[i + 1].range.end});
      const std::size_t second = paper.line(i + 1).find(':');
      if (second != std::string_view::npos && second < 80 && opens_speech(both, &speaker, &colon) &&
          !speaker.name.empty() && both.size() < 200) {
        starts.push_back(
            {i, lines[i + 1].range.begin + static_cast<std::uint32_t>(second) + 1, speaker});
        ++i;
      }
    }
  }
  for (std::size_t s = 0; s < starts.size(); ++s) {
    const std::uint32_t end =
        s + 1 < starts.size()
            ? lines[starts[s + 1].line - (starts[s + 1].line > 0 ? 1 : 0)].range.end
            : paper.size();
    Range range{starts[s].text_begin, std::max(end, starts[s].text_begin)};
    // From the first word of the speech.
    const std::size_t first = paper.line_at(range.begin);
    if (first < lines.size()) {
      std::uint32_t begin = std::max(range.begin, lines[first].range.begin);
      while (begin < range.end && paper.text()[begin] == ' ') ++begin;
      range.begin = begin;
    }
    if (range.empty()) continue;
    Section section;
    section.kind = SectionKind::kSpeech;
    section.speaker = starts[s].speaker;
    section.text = paper.readable(range);
    section.span = paper.span(range);
    if (section.text.empty()) continue;
    document.sections.push_back(std::move(section));
  }
  (void)piece;
  return true;
}

}  // namespace fundstelle
