// SPDX-License-Identifier: GPL-3.0-or-later
//
// Press releases and news pages, printed, saved as text or as web pages. Dates and issuers come
// from what the page declares or prints as its own ("Nr. 168 / 5. November 2018", "Schwerin -
// 05.12.2017", "Text: Ministerium …"). The day of an event the text reports is an event date, never
// the publication date.
#include "extract/interpret_dates.h"
#include "extract/interpret_fields.h"
#include "extract/interpret_houses.h"
#include "extract/interpret_kinds.h"
#include "extract/interpret_names.h"
#include "extract/layouts/layouts.h"
#include "identity/identity.h"
#include "identity/land_houses.h"
#include "identity/ministry_name.h"

#include <algorithm>
#include <array>

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

std::size_t count(const Paper& paper, const RE2& pattern, Range where) {
  std::size_t times = 0;
  Range at;
  while (times < 100 && paper.find(pattern, where, &at) && !at.empty()) {
    ++times;
    where.begin = at.end;
  }
  return times;
}

// Who speaks in a text without masthead: a house signs, or a government's office is named first.
void read_issuer(Paper& paper) {
  Document& document = paper.document;
  const Range all{0, paper.size()};
  Range at;
  Range name;
  static const RE2 signs(
      "(?m)^\\s*(?:Text|Herausgeber|Hrsg\\.|Quelle|Herausgegeben von|Pressestelle(?: des| "
      "der)?)\\s*:?\\s+((?:des\\s+|der\\s+|Das\\s+)?[^\\n]*(?:[Mm]inisterium|[Kk]anzlei|"
      "Senatsverwaltung)[^\\n]*)$");
  std::vector<std::string> houses;
  if (paper.find(signs, all, &at, &name)) {
    houses = read_houses(paper.in(name));
    if (!houses.empty()) paper.note("ministries", name, "signature line");
  }
  const std::string land = land_of_text(paper);
  static const RE2 federal_office(
      "(?:Beauftragte[nr]?\\s+der\\s+Bundesregierung|Bundes(?:minister|kanzler)(?:in|s|ium|iums)?"
      "\\b|Bundes\\pL+minister(?:in|ium|iums)?\\b|Die\\s+Bundesregierung\\b)");
  const Range opening{0, std::min<std::uint32_t>(paper.size(), 2500)};
  const std::size_t federal = count(paper, federal_office, opening);
  if (houses.empty()) {
    // "… Veranstaltung des Ministeriums für Soziales und Integration", the Land's own house: the
    // first one named, if the Land is clear.
    static const RE2 own(
        "(?:des|das|vom|im|beim)\\s+((?:\\pL+en\\s+)?(?:Staatsm|M)inisterium[s]?\\s+(?:für|des|der)"
        "\\s[^.;:“”\\n]+)");
    if (federal == 0 && !land.empty() && paper.find(own, opening, &at, &name)) {
      std::string text(paper.in(name));
      // What follows in the sentence is not part of the name.
      RE2::Replace(
          &text,
          compiled("\\s(?:sowie|und "
                   "(?:des|der|dem|das|den|die|von|vom)|mit|hat|ist|wird|zur|zum|bei|in|am|an|auf|"
                   "unter|durch)\\s.*$"),
          "");
      houses = read_houses(text);
      if (!houses.empty()) paper.note("ministries", name, "first house named");
    }
  }
  if (!houses.empty()) {
    document.ministries = houses;
    const Identity* house = find_identity(Axis::kMinistry, houses.front());
    if (house != nullptr && house->level == Level::kBund) {
      document.body = "Bundesregierung";
      paper.note("body", name, "federal house");
      return;
    }
    if (!land.empty()) {
      if (const Identity* body = find_identity(Axis::kBody, "Landesregierung " + land)) {
        document.body = body->label;
        paper.note("body", name, "house of the only Land named");
      }
    }
    return;
  }
  if (federal > 0) {
    paper.find(federal_office, opening, &at);
    document.body = "Bundesregierung";
    paper.note("body", at, "federal office named first");
  }
}

void read_place(Paper& paper) {
  Document& document = paper.document;
  const Range all{0, paper.size()};
  Range at;
  Range name;
  static const RE2 dateline(
      filled_in("(?:^|\\n)\\s*(\\p{Lu}[\\pL-]+(?:\\s(?:am|an "
                "der)\\s\\p{Lu}\\pL+)?)\\s*(?:,|-|–|/)\\s*(?:den\\s+|am\\s+)?%d"));
  static const RE2 tagging(
      "(?:\\b(?:Konferenz|Bundeskonferenz|Tagung|Veranstaltung|Parteitag|Treffen|Sitzung|Klausur|"
      "Kongress)\\s+in\\s+|\\b[Ii]n\\s+)(\\p{Lu}[\\pL-]+)(?:\\s+(?:tagte|tagten|fand|trafen|"
      "diskutierten)|[.,]|\\s+statt)");
  static const RE2 conference(
      "\\b(?:Konferenz|Bundeskonferenz|Tagung|Veranstaltung|Parteitag|Treffen|Sitzung|Klausur|"
      "Kongress)\\s+in\\s+(\\p{Lu}[\\pL-]+)\\b");
  static const RE2 sat(
      "\\b[Ii]n\\s+(\\p{Lu}[\\pL-]+)\\s+(?:tagte|tagten|fand|trafen\\s+sich|diskutierten)\\b");
  (void)tagging;
  const char* how = "dateline";
  bool found = paper.find(dateline, all, &at, &name) && !is_month(paper.in(name));
  if (!found) {
    how = "where the event took place";
    const Range opening{0, std::min<std::uint32_t>(paper.size(), 1500)};
    found = paper.find(sat, opening, &at, &name) || paper.find(conference, opening, &at, &name);
  }
  if (!found) return;
  static const RE2 no_place(
      "^(?:Deutschland|Europa|Kooperation|Zusammenarbeit|Anlehnung|Form|Ordnung|Kraft|Montag|"
      "Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Text|Datum|Stand)$");
  if (RE2::FullMatch(piece(paper.in(name)), no_place)) return;
  document.place = paper.in(name);
  paper.note("place", name, how);
}

void read_text_title(Paper& paper, std::size_t from) {
  const auto& lines = paper.lines();
  if (from >= lines.size()) return;
  std::size_t first = from;
  // A kicker: one word (or two) alone above the real heading.
  if (first + 1 < lines.size() && lines[first + 1].gap_before) {
    const std::string_view kicker = paper.line(first);
    const std::string_view next = paper.line(first + 1);
    const bool short_word = kicker.find(' ') == std::string_view::npos && kicker.size() < 40;
    if (short_word && next.find(' ') != std::string_view::npos && next.size() < 160 &&
        !next.ends_with("."))
      ++first;
  }
  const Range title = title_at(paper, first);
  if (title.empty() || title.end - title.begin > 320) return;
  paper.document.title = paper.one_line(title);
  paper.note("title", title, first == from ? "first line" : "line below the kicker");
}

}  // namespace

// Days an event took, named together: "am 27. und 28. August 2018".
void read_event_days(Paper& paper) {
  auto& events = paper.document.dates.event;
  for (const DateInText& date : find_date_pairs(paper, {0, paper.size()})) {
    if (std::find(events.begin(), events.end(), date.iso) != events.end()) continue;
    if (events.empty()) paper.note("dates.event", date.range, "days named together");
    events.push_back(date.iso);
  }
}

bool read_press(Paper& paper) {
  Document& document = paper.document;
  const Range all{0, paper.size()};
  const auto& lines = paper.lines();
  // Printed or saved as text: a type line, or what only a press release has.
  static const RE2 type_line(
      "(?im)^\\s*(Pressemitteilung|Presseinformation|Presse-?\\s?Information|Medieninformation|"
      "Pressemeldung|Presseerklärung|Presse)\\b(?:\\s*(?:Nr\\.?|Nummer)?\\s*\\d[\\d/"
      ".-]*)?[^\\n]{0,60}$");
  Range type_at;
  Range word;
  const bool typed = paper.find(type_line, paper.head(14), &type_at, &word);
  static const RE2 speech(
      "(?:\\b(?:sagte|betonte|erklärte|unterstrich|forderte|so\\s+\\p{Lu}\\pL+\\s*(?:\\pL+)?\\s*[.,"
      "]|verdeutlichten|bilanzierte|betonten|hob\\s+hervor|kündigte\\s+an|informierte)\\b|“,\\s+(?:"
      "so|sagte|betonte|erklärte|unterstrich)|\\b(?:erklärt|sagt|betont|bilanziert|unterstreicht)"
      "\\b[^.„]*:\\s+„)");
  static const RE2 quotes("„");
  static const RE2 signature("(?m)^\\s*Text:\\s+\\p{Lu}");
  Range ignored;
  const bool signed_text = paper.find(signature, all, &ignored);
  if (!typed && !(count(paper, quotes, all) >= 2 &&
                  count(paper, speech, all) >= (signed_text ? 1U : 2U) && paper.size() < 40000))
    return false;
  document.type = "Pressemitteilung";
  paper.note("type", typed ? word : Range{0, lines[0].range.end},
             typed ? "type line" : "quotations of a speaker throughout");

  // "Nr. 170/2022 / 13. Januar 2022": number and date of the release.
  static const RE2 number("(?im)\\bNr\\.?\\s*:?\\s*(\\d{1,4}(?:\\s?/\\s?\\d{2,4})?)\\b");
  Range at;
  Range printed;
  const Range head = paper.head(12);
  std::size_t title_line = 0;
  if (typed && paper.find(number, head, &at, &printed)) {
    document.number = paper.in(printed);
    RE2::GlobalReplace(&document.number, compiled("\\s"), "");
    paper.note("number", printed, "line below the type");
    title_line = paper.line_at(at.begin) + 1;
  } else if (typed) {
    title_line = paper.line_at(type_at.end) + (type_at.end > 0 ? 1 : 0);
    const std::size_t own = paper.line_at(word.begin);
    title_line = own + 1;
  }
  static const RE2 head_date(filled_in("%D"));
  if (typed) {
    for (const DateInText& date : find_dates(paper, head)) {
      const std::size_t line = paper.line_at(date.range.begin);
      // A head line, not a sentence.
      if (paper.line(line).size() > 90) break;
      set_date(paper, "date", date.range, "head line");
      set_date(paper, "published", date.range, "head line");
      if (line + 1 > title_line && line < title_line + 2) title_line = line + 1;
      break;
    }
  }
  if (document.date.empty()) {
    // Dateline at the end or beginning: "Schwerin - 05.12.2017", alone on its line.
    static const RE2 dateline(
        filled_in("(?m)^\\s*\\p{Lu}[\\pL-]+(?:\\s(?:am|an "
                  "der)\\s\\p{Lu}\\pL+)?\\s*(?:,|-|–|/)\\s*(?:den\\s+)?%D\\s*\\.?\\s*$"));
    if (paper.find(dateline, all, &at, &printed)) {
      set_date(paper, "date", printed, "dateline");
      set_date(paper, "published", printed, "dateline");
    }
  }
  read_text_title(paper, title_line);
  read_place(paper);

  // Masthead: the first line above the type line, or a running head, that names a known body or an
  // office.
  if (typed) {
    std::string masthead;
    for (std::size_t i = 0; i < lines.size() && lines[i].range.begin < type_at.begin; ++i) {
      const std::string_view line = paper.line(i);
      if (line.size() >= 3 && line.size() <= 120 &&
          RE2::PartialMatch(piece(line), compiled("^\\p{Lu}"))) {
        // A long name may be set in two lines: "Fraktion … im Deutschen / Bundestag".
        static const RE2 open_end(
            "\\s(?:im|in|der|des|für|und|am|Deutschen|Bayerischen|Hessischen|"
            "Sächsischen|Niedersächsischen|Thüringer)$");
        Range name = lines[i].range;
        if (i + 1 < lines.size() && lines[i + 1].range.begin < type_at.begin &&
            paper.line(i + 1).size() < 60 && RE2::PartialMatch(piece(line), open_end))
          name.end = lines[i + 1].range.end;
        masthead = paper.one_line(name);
        paper.note("body", name, "masthead");
        break;
      }
    }
    if (masthead.empty()) {
      // A running foot that begins with the name of a known body: the longest such name.
      for (const std::string& line : paper.source().furniture) {
        std::size_t stop = std::min<std::size_t>(line.size(), 120);
        while (masthead.empty() && stop > 3) {
          stop = line.rfind(' ', stop - 1);
          if (stop == std::string::npos) break;
          if (find_identity(Axis::kBody, std::string_view(line).substr(0, stop)) != nullptr)
            masthead = line.substr(0, stop);
        }
        if (!masthead.empty()) {
          paper.note_declared("body", "running foot");
          break;
        }
      }
    }
    if (masthead.empty()) {
      for (const std::string& line : paper.source().furniture) {
        // "Bundesamt für Naturschutz Domwall 97 19767 Köln www.…": the name before street and
        // number.
        static const RE2 address(
            "^(.+?)\\s+\\p{Lu}[\\pL.-]*(?:straße|str\\.|platz|weg|allee|ufer|wall|gasse|ring|"
            "damm|markt|hof|Straße|Platz|Allee)\\s+\\d{1,4}\\b");
        std::string name;
        if (RE2::PartialMatch(line, address, &name)) {
          masthead = name;
          paper.note_declared("body", "running foot");
          break;
        }
      }
    }
    if (masthead.empty()) {
      for (const std::string& line : paper.source().furniture) {
        if (const Identity* identity = find_identity(Axis::kBody, line)) {
          masthead = identity->label;
          paper.note_declared("body", "running head");
          break;
        }
      }
    }
    if (!masthead.empty()) {
      const Identity* identity = find_identity(Axis::kBody, masthead);
      document.body = identity != nullptr ? std::string(identity->label) : masthead;
    }
  }
  if (document.body.empty()) read_issuer(paper);

  read_event_days(paper);
  return true;
}

}  // namespace fundstelle
