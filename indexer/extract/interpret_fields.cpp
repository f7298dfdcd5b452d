// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/interpret_fields.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <set>
#include <unordered_map>

#include "extract/interpret_dates.h"
#include "extract/interpret_houses.h"
#include "extract/interpret_names.h"
#include "identity/identity.h"
#include "identity/ministry_name.h"
#include "text/drucksache_number.h"

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

// A printed number with blanks inside closed: "19 / 10 006" gives "19/10006".
std::string tidy_number(std::string_view printed) {
  std::string number(printed);
  RE2::GlobalReplace(&number, compiled("\\s+"), " ");
  RE2::GlobalReplace(&number, compiled("\\s*/\\s*"), "/");
  RE2::GlobalReplace(&number, compiled("(\\d) (\\d)"), "\\1\\2");
  RE2::GlobalReplace(&number, compiled("(\\d)\\("), "\\1 (");
  while (!number.empty() && (number.back() == ' ' || number.back() == '.')) number.pop_back();
  return number;
}

// Type lines as heads print them, and the kind they mean. Longer ones first.
struct TypeLine {
  const char* pattern;
  const char* label;
};
constexpr TypeLine kTypeLines[] = {
    {"(?i)Kleine ?Anfrage zur schriftlichen Beantwortung(?: gemäß .{1,40})? mit Antwort(?: der "
     "Landesregierung)?",
     "Kleine Anfrage und Antwort"},
    {"(?i)(?:Schriftliche )?Kleine ?Anfrage und Antwort(?: des Senats)?",
     "Kleine Anfrage und Antwort"},
    {"(?i)Große ?Anfrage (?:mit|und) Antwort.{0,40}", "Große Anfrage und Antwort"},
    {"(?i)Schriftliche ?Anfrage (?:mit|und) Antwort.{0,40}", "Schriftliche Anfrage und Antwort"},
    {"(?i)(?:Schriftliche )?Kleine ?Anfrage(?: \\d{1,5}| Nr\\. \\d{1,5})?(?: zur schriftlichen "
     "Beantwortung.*)?",
     "Kleine Anfrage"},
    {"(?i)Große ?Anfrage(?: \\d{1,5})?", "Große Anfrage"},
    {"(?i)Schriftliche ?Anfrage", "Schriftliche Anfrage"},
    {"(?i)Anfragen? zum Plenum(?: .*)?", "Anfragen zum Plenum"},
    {"(?i)Schriftliche Fragen", "Schriftliche Fragen"},
    {"(?i)Dringliche Fragen", "Dringliche Fragen"},
    {"Fragen(?: für die Fragestunde.*)?", "Fragen"},
    {"(?i)Ergänzende Antwort(?: .{0,60})?", "Ergänzende Antwort"},
    {"(?i)Beschlussempfehlung und Bericht|Beschlußempfehlung und Bericht",
     "Beschlussempfehlung und Bericht"},
    {"(?i)Beschluss?empfehlung|Beschlußempfehlung", "Beschlussempfehlung"},
    {"(?i)Entschließungsantrag", "Entschließungsantrag"},
    {"(?i)Änderungsantrag", "Änderungsantrag"},
    {"(?i)Dringlichkeitsantrag", "Dringlichkeitsantrag"},
    {"(?i)Alternativantrag", "Alternativantrag"},
    {"(?i)Gesetzesantrag", "Gesetzesantrag"},
    {"(?i)Gesetzesbeschluss", "Gesetzesbeschluss"},
    {"(?i)Gesetzentwurf", "Gesetzentwurf"},
    {"(?i)Wahlvorschl(?:ag|äge)", "Wahlvorschlag"},
    {"(?i)Allgemeine Verwaltungsvorschrift", "Allgemeine Verwaltungsvorschrift"},
    {"(?i)Verordnungsantrag", "Verordnungsantrag"},
    {"(?i)Verordnung", "Verordnung"},
    {"(?i)Unterrichtung", "Unterrichtung"},
    {"(?i)Stellungnahme", "Stellungnahme"},
    {"(?i)Gegenäußerung", "Gegenäußerung"},
    {"(?i)Empfehlungen", "Empfehlungen"},
    {"(?i)Zwischenbericht", "Zwischenbericht"},
    {"(?i)Abschlussbericht", "Abschlussbericht"},
    {"(?i)Bericht", "Bericht"},
    {"(?i)Mitteilung", "Mitteilung"},
    {"(?i)Vorschlag", "Vorschlag"},
    {"(?i)Vorlage", "Vorlage"},
    {"(?i)Einigungsvorschlag", "Einigungsvorschlag"},
    {"(?i)Anrufung des Vermittlungsausschusses", "Anrufung des Vermittlungsausschusses"},
    {"(?i)Berichtigung", "Berichtigung"},
    {"(?i)Ergänzung|Nachtrag", "Ergänzung"},
    {"(?i)Sammelübersicht \\d+.*", "Sammelübersicht"},
    {"(?i)Übersicht(?: \\d+)?", "Übersicht"},
    {"(?i)Beschlu(?:ss|ß)", "Beschluss"},
    {"(?i)Antrag", "Antrag"},
    {"(?i)Antwort", "Antwort"},
};

bool is_inquiry(std::string_view label) {
  return label == "Kleine Anfrage" || label == "Große Anfrage" || label == "Schriftliche Anfrage";
}

// Lines that begin what a title never holds.
bool ends_title(std::string_view line) {
  static const RE2 end(
      "^(?:(?i:vorbemerkung)|Der (?:Deutsche )?Bundestag |Der Bundesrat |Der Landtag |Die "
      "Bürgerschaft |Das Abgeordnetenhaus |"
      "Das Haus |A\\.\\s|I\\.\\s|1\\.\\s|1\\.1\\s|Wir fragen|Ich frage|Dazu\\b|Dies(?:e|er|es)? "
      "|Berlin, den|Bundesministerium\\s{3,}|"
      "Bundesministerium$|[A-Z. ]+ {6,}Berlin|Bericht de[rs] Abgeordneten|Zugeleitet mit|Die "
      "Antwort wurde|Inhaltsverzeichnis|"
      "Inhalt$|Verzeichnis der|Vom \\d|Drucksache\\s|Der Stellvertreter|Die "
      "(?:Minister)?[Pp]räsident|Mitglieder |An (?:den|die)$|"
      "Abgeordnete\\s+Nummer|und$|UND$|Antwort|A N T W O R "
      "T|ANTWORT|Eingegangen|Vorblatt|Zielsetzung|Begründung$|"
      "Fristablauf|Der Präsident|Sehr geehrte|Seite \\d|Die Kleine Anfrage|Die Schriftliche "
      "Anfrage|Mit Schreiben|Namens de[rs]|"
      "Plenum\\b|Gemäß\\s§|– Drucksache|Frage 1|Ausschuss|Überwiesen|Federführend|Hierzu|Hinweis|"
      "Die Fraktion(?:en)? .{3,60} (?:hat|haben) folgende|\\(?Ausgegeben|Zu "
      "Drucksache|Präambel|(?:Der|Die) Senat)");
  if (RE2::PartialMatch(piece(line), end)) return true;
  const auto date = parse_date(line);
  return date.has_value();
}

/// What stands below a title in papers sent as letters: who writes, from where, on which day
/// ("Der Hessische Ministerpräsident          Wiesbaden, 12. Mai 2025"); the item of the agenda;
/// the committee that recommends.
bool below_title(std::string_view line) {
  static const RE2 sender(
      "^(?:Der|Die)?\\s*(?:\\pL+\\s+)?(?:Ministerpräsident(?:in)?|Chef(?:in)?\\s+der\\s+(?:Staats|"
      "Senats)kanzlei|(?:Regierende[rn]?\\s+|Erste[rn]?\\s+)?Bürgermeister(?:in)?|Präsident(?:in)?"
      "\\s+"
      "des\\s+Senats)(?:\\s+(?:des\\s+(?:Landes|Freistaates)|der\\s+Freien)\\s[^.]*)?\\s*$");
  static const RE2 item(
      "^(?:zu\\s+)?Punkt\\s+(?:\\d+|…|\\.\\.\\.)\\s*(?:\\(?[a-z]\\)\\s*)?der\\s+\\d+\\.");
  static const RE2 committee(
      "^(?:Der|Die)\\s+(?:federführende[nr]?\\s|(?:\\pL*a|A)usschuss\\s+(?:empfiehlt|für)|"
      "\\pL+ausschuss\\s+empfiehlt|Ausschüsse\\s+empfehlen|Ständige\\s+Beirat\\s)|^A\\.?\\s*$|^"
      "Drucksachen?:");
  if (RE2::PartialMatch(piece(line), sender) || RE2::PartialMatch(piece(line), item) ||
      RE2::PartialMatch(piece(line), committee)) {
    return true;
  }
  static const RE2 place_and_day(
      "(\\p{Lu}\\pL+)(?:\\s\\([^)]+\\))?,\\s+(?:den\\s+)?(\\d{1,2}\\.\\s+\\p{Lu}\\pL+\\s+\\d{4})"
      "\\s*$");
  static const RE2 no_place("(?:tag|abend|woch|morgen)$");
  re2::StringPiece place;
  re2::StringPiece day;
  return RE2::PartialMatch(piece(line), place_and_day, &place, &day) &&
         !RE2::PartialMatch(place, no_place) &&
         parse_date(std::string_view(day.data(), day.size())).has_value();
}

}  // namespace

std::string filled_in(std::string_view pattern) {
  std::string out = "(?s)";
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern.compare(at, 2, "%D") == 0) {
      out += "(" + date_pattern() + ")";
      ++at;
    } else if (pattern.compare(at, 2, "%d") == 0) {
      out += date_pattern();
      ++at;
    } else if (pattern.compare(at, 2, "%G") == 0) {
      out += group_pattern();
      ++at;
    } else {
      out += pattern[at];
    }
  }
  return out;
}

const RE2& compiled(const std::string& pattern) {
  static std::mutex guard;
  static std::unordered_map<std::string, std::unique_ptr<RE2>> cache;
  const std::lock_guard<std::mutex> lock(guard);
  std::unique_ptr<RE2>& entry = cache[pattern];
  if (!entry) entry = std::make_unique<RE2>(filled_in(pattern));
  return *entry;
}

void set_date(Paper& paper, std::string_view role, Range printed, std::string how) {
  const auto iso = parse_date(paper.in(printed));
  if (!iso) return;
  Document& document = paper.document;
  std::string* field = nullptr;
  std::string name = "dates." + std::string(role);
  if (role == "date") {
    field = &document.date;
    name = "date";
  } else if (role == "asked") {
    field = &document.dates.asked;
  } else if (role == "received") {
    field = &document.dates.received;
  } else if (role == "answered") {
    field = &document.dates.answered;
  } else if (role == "decided") {
    field = &document.dates.decided;
  } else if (role == "published") {
    field = &document.dates.published;
  } else if (role == "event") {
    auto& events = document.dates.event;
    if (std::find(events.begin(), events.end(), *iso) == events.end()) events.push_back(*iso);
    if (document.read.count(name) == 0) paper.note(name, printed, std::move(how));
    return;
  }
  if (field == nullptr || !field->empty()) return;
  *field = *iso;
  paper.note(name, printed, std::move(how));
}

void read_head_line(Paper& paper, Range where, bool with_term) {
  Document& document = paper.document;
  static const RE2 number(
      "(?i)\\b((?:zu\\s+)?)(?:Drucksache|Drs\\.|Plenarprotokoll)(?:-Nr\\.?:?|\\s+Nr\\.)?[ \\t]*:?[ "
      "\\t]*\\n?\\s{0,8}((?:zu[ \\t]*)?\\d{1,4}(?:/\\d{1,2})?[ \\t]?/[ \\t]?\\d{1,3}(?:[ "
      "\\t]?\\d{3})?\\d{0,2}"
      "(?:[ \\t]*\\((?i:B|Beschluss|Beschluß|neu\\d?|\\d)\\))*(?:[ \\t]+S\\b)?)");
  Range all;
  Range zu;
  Range printed;
  if (document.number.empty() && paper.find(number, where, &all, &zu, &printed)) {
    std::string text = tidy_number(paper.in(printed));
    if (!zu.empty()) text = "zu " + text;
    document.number = text;
    paper.note("number", printed, "head line");
    if (with_term) {
      if (const auto parsed = parse_drucksache_number(text);
          parsed && parsed->term > 0 && parsed->term < 40) {
        document.legislature = static_cast<int>(parsed->term);
        paper.note("legislature", printed, "first part of the number");
      }
    }
  }
  static const RE2 term("(?i)\\b(\\d{1,2})\\.\\s*(?:Wahlperiode|Legislaturperiode)");
  if (paper.find(term, where, &all, &printed)) {
    document.legislature = std::stoi(std::string(paper.in(printed)));
    paper.note("legislature", all, "head line");
  }
}

std::uint32_t read_type(Paper& paper, Range where) {
  Document& document = paper.document;
  static const auto patterns = [] {
    std::vector<std::pair<std::unique_ptr<RE2>, const char*>> made;
    for (const TypeLine& line : kTypeLines) {
      made.emplace_back(std::make_unique<RE2>(std::string("(?:") + line.pattern +
                                              ")\\s*:?(\\s+(?:de[rsm]|durch|auf|an|zu[rm]?|vo[nm]|"
                                              "betreffend|gemäß|und|mit|für)\\b.*)?"),
                        line.label);
    }
    return made;
  }();
  const auto& lines = paper.lines();
  std::uint32_t end = 0;
  std::string label;
  Range where_read;
  for (std::size_t i = 0; i < lines.size() && lines[i].range.begin < where.end; ++i) {
    if (lines[i].range.end <= where.begin) continue;
    std::string line(paper.line(i));
    // "und" / "Antwort" on lines of their own make an inquiry one that is answered.
    if (is_inquiry(label)) {
      static const RE2 answered(
          "^(?:(?:und|mit)\\s+)?(?i:Antwort)(?:\\s+(?:de[rs]|vo[mn]|auf)\\b.*|\\s*\\(.*)?$");
      if (RE2::FullMatch(line, answered) &&
          (line.starts_with("und") || line.starts_with("mit") ||
           (i > 0 && (paper.line(i - 1).ends_with("und") || paper.line(i - 1) == "UND" ||
                      paper.line(i - 1).ends_with("mit") || label == "Schriftliche Anfrage")))) {
        label += " und Antwort";
        break;
      }
      continue;
    }
    if (!label.empty()) break;
    RE2::GlobalReplace(&line, compiled("\\s+"), " ");
    for (const auto& [pattern, kind] : patterns) {
      std::string rest;
      if (!RE2::FullMatch(line, *pattern, &rest)) continue;
      // "Antrag der …" in running text is lower or long; head lines are short.
      if (line.size() > 160) continue;
      label = kind;
      where_read = lines[i].range;
      end = lines[i].range.begin + static_cast<std::uint32_t>(line.size() - rest.size());
      break;
    }
    // "Beschlussempfehlung" / "und Bericht" on two lines.
    if (label == "Beschlussempfehlung" && i + 1 < lines.size() &&
        paper.line(i + 1).starts_with("und Bericht")) {
      label = "Beschlussempfehlung und Bericht";
      end = lines[i + 1].range.end;
    }
  }
  if (label.empty()) return 0;
  if (is_inquiry(label)) {
    // The answer may begin pages later, behind a table of contents: "Antwort" / "des
    // Staatsministeriums …".
    static const RE2 house(
        "^de[rs]\\s+(?:\\pL+\\s+)*?(?:\\pL*[Mm]inister|\\pL*[Kk]anzlei|Senat|Landesregierung|"
        "Staatsregierung|Leiter)");
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
      const std::string_view line = paper.line(i);
      const bool alone = line == "Antwort" || line == "ANTWORT";
      const std::string_view behind = alone                            ? paper.line(i + 1)
                                      : line.starts_with("Antwort de") ? line.substr(8)
                                                                       : std::string_view();
      if (!behind.empty() && RE2::PartialMatch(piece(behind), house)) {
        label += " und Antwort";
        break;
      }
    }
  }
  // The head decides which Drucksache this is; a text that lost its head is named by what it prints
  // first.
  if (label.ends_with(" und Antwort") && document.number.empty() &&
      is_inquiry(label.substr(0, label.size() - 12))) {
    label.resize(label.size() - 12);
  }
  document.type = label;
  paper.note("type", where_read, "type line");
  return end;
}

void read_askers(Paper& paper, const Layout& layout, Range where) {
  for (const char* pattern : layout.askers) {
    const RE2& askers = compiled(pattern);
    Range all;
    Range list;
    if (!paper.find(askers, where, &all, &list) || list.empty()) continue;
    const Movers movers = read_movers(paper.in(list));
    if (movers.authors.empty() && movers.groups.empty()) continue;
    if (!movers.authors.empty()) {
      paper.document.authors = movers.authors;
      paper.note("authors", list, "list of movers");
    }
    if (!movers.groups.empty()) {
      paper.document.groups = movers.groups;
      paper.note("groups", list, "list of movers");
    }
    return;
  }
}

Range title_at(const Paper& paper, std::size_t first) {
  const auto& lines = paper.lines();
  if (first >= lines.size()) return {};
  Range range = lines[first].range;
  // Does the source keep the blank of a wrapped line? Then a line without it ends the paragraph.
  std::size_t wrapped = 0;
  std::size_t widest = 0;
  const std::size_t sample = std::min(lines.size(), first + 60);
  for (std::size_t i = first; i < sample; ++i) wrapped += lines[i].soft_break ? 1 : 0;
  for (std::size_t i = 0; i < sample; ++i)
    widest = std::max(widest, std::min<std::size_t>(paper.line(i).size(), 110));
  const bool breaks_marked = wrapped * 3 > sample - first && wrapped * 20 < (sample - first) * 19;
  for (std::size_t i = first + 1; i < lines.size() && i < first + 12; ++i) {
    const std::string_view line = paper.line(i);
    if (lines[i].gap_before || lines[i].page != lines[first].page || ends_title(line) ||
        below_title(line)) {
      break;
    }
    const std::string_view above = paper.line(i - 1);
    static const RE2 lower("^\\p{Ll}");
    static const RE2 continues(
        "(?:-|–|,|\\s(?:und|oder|der|die|das|des|den|dem|für|von|zur|zum|im|in|auf|an|mit|sowie|"
        "über|bei|durch|nach|zu|einer|eines|zwischen))$");
    const bool open =
        RE2::PartialMatch(piece(above), continues) || RE2::PartialMatch(piece(line), lower);
    if (breaks_marked) {
      if (!lines[i - 1].soft_break && !open) break;
    } else {
      // Had the first word of this line fitted above, the break was meant.
      const std::size_t word = std::min(line.find(' '), line.size());
      if (!open && above.size() + 1 + word + 6 < widest) break;
    }
    range.end = lines[i].range.end;
  }
  return range;
}

void read_title(Paper& paper, const Layout& layout, Range where, std::uint32_t after) {
  Document& document = paper.document;
  Range title;
  std::string how = "line behind the head";
  for (const char* pattern : layout.titles) {
    const RE2& formula = compiled(pattern);
    Range all;
    if (!paper.find(formula, where, &all, &title)) continue;
    how = "title formula";
    if (formula.NumberOfCapturingGroups() == 0) {
      // The title begins behind the match.
      const auto& lines = paper.lines();
      std::size_t i = paper.line_at(all.end);
      if (i < lines.size() && lines[i].range.begin < all.end) {
        const Range rest{all.end, lines[i].range.end};
        static const RE2 words("\\pL{2}");
        Range ignored;
        if (!paper.find(words, rest, &ignored)) ++i;
      }
      if (i >= lines.size() || ends_title(paper.line(i))) continue;
      title = title_at(paper, i);
      title.begin = std::max(title.begin, all.end);
    }
    if (!title.empty()) break;
  }
  if (title.empty()) {
    // "- Drucksache 7/9311 -" alone on a line: the title of the paper dealt with follows.
    static const RE2 anchor("\\n\\s*[–—-]\\s*Drucksachen?\\s+[\\d/,\\sund()neu]+[–—-]\\s*\\n");
    Range all;
    if (paper.find(anchor, {where.begin, std::min(where.end, 3000U)}, &all)) {
      const std::size_t i = paper.line_at(all.end);
      if (i < paper.lines().size() && !ends_title(paper.line(i))) title = title_at(paper, i);
    }
  }
  if (title.empty() && after > 0) {
    std::size_t i = paper.line_at(after);
    const auto& lines = paper.lines();
    while (i < lines.size() && lines[i].range.begin < after) ++i;
    if (i < lines.size() && !ends_title(paper.line(i))) title = title_at(paper, i);
  }
  if (title.empty()) return;
  // What the format marks as one heading is one title.
  for (const MarkedHeading& heading : paper.source().headings) {
    const Range range = paper.range_of(heading.span);
    if (range.begin < title.end && range.end > title.end && range.end < title.begin + 500)
      title.end = range.end;
  }
  std::string text = paper.one_line(title);
  static const RE2 edges("^[\\s„“\"–:-]*(?:betr(?:eff(?:end|s)?)?\\.?\\s*:?\\s*)?|[\\s:;,]+$");
  static const RE2 prefix("^(?i:betr(?:\\.|eff(?:end|s)?)?)\\s*:?\\s+");
  RE2::Replace(&text, prefix, "");
  RE2::GlobalReplace(&text, compiled("^\\s+|[\\s:;,]+$"), "");
  // A title wholly in quotation marks is quoted by the head, not by its author.
  std::string inner;
  if (RE2::FullMatch(text, compiled("[„“\"]([^„“”\"]+)[“”\"]"), &inner)) text = inner;
  // One wholly between dashes likewise: "– Sammelübersicht 4 zu Petitionen –".
  if (RE2::FullMatch(text, compiled("[–-]\\s+([^–]+)\\s+[–-]"), &inner)) text = inner;
  if (text.size() < 3) return;
  document.title = text;
  paper.note("title", title, how);
  (void)edges;
}

void read_answerers(Paper& paper, const Layout& layout, Range where) {
  std::vector<std::string> houses;
  std::vector<std::string> governments;
  Range first;
  for (const char* pattern : layout.houses) {
    const RE2& house = compiled(pattern);
    Range all;
    Range text;
    if (!paper.find(house, where, &all, &text) || text.empty()) continue;
    // A name that an empty line breaks behind "des" or "und" goes on below.
    static const RE2 open("(?:,|\\s(?:de[rsmn]|die|das|für|und|sowie))\\s*$");
    for (std::size_t i = paper.line_at(text.end);
         RE2::PartialMatch(piece(paper.in(text)), open) && i < paper.lines().size(); ++i) {
      text.end = std::max(text.end, paper.lines()[i].range.end);
    }
    for (const std::string& name : read_houses(paper.in(text))) {
      static const RE2 government(
          "^(?:(?:\\pL+ische|Thüringer)\\s)?(?:Landesregierung|Staatsregierung|Bundesregierung|"
          "Senat)$");
      auto& list = RE2::FullMatch(name, government) ? governments : houses;
      const auto same = [&](const std::string& known) {
        // "Ministerium für Inneres" in the head and "Innenministerium …" may differ; identity
        // decides.
        return known == name ||
               (find_identity(Axis::kMinistry, known) != nullptr &&
                find_identity(Axis::kMinistry, known) == find_identity(Axis::kMinistry, name));
      };
      if (std::none_of(list.begin(), list.end(), same)) list.push_back(name);
      if (first.empty()) first = text;
    }
  }
  if (houses.empty()) houses = governments;
  if (houses.empty()) return;
  paper.document.ministries = houses;
  paper.note("ministries", first, "answer formula");
}

void read_dates(Paper& paper, const Layout& layout) {
  for (const DateRule& rule : layout.dates) {
    const RE2& pattern = compiled(rule.pattern);
    Range all;
    Range printed;
    // A pattern anchored at the beginning reads the head, and only the head.
    const std::uint32_t end =
        rule.pattern[0] == '^' ? std::min<std::uint32_t>(paper.size(), 1500) : paper.size();
    if (paper.find(pattern, {0, end}, &all, &printed) && !printed.empty())
      set_date(paper, rule.role, printed, rule.how);
  }
}

void read_references(Paper& paper) {
  Document& document = paper.document;
  std::string own;
  if (const auto parsed = parse_drucksache_number(document.number)) own = parsed->canonical();
  std::set<std::string> seen;
  Range first;
  for (const NumberInText& cited : find_cited_drucksache_numbers(paper.text())) {
    const std::string number = cited.number.canonical();
    if (number == own || !seen.insert(number).second) continue;
    document.references.push_back(number);
    if (first.empty()) first = {cited.byte_begin, cited.byte_end};
  }
  if (!first.empty()) paper.note("references", first, "numbers behind a label; the first");
}

Range labelled_line(const Paper& paper, Range where, const char* labels) {
  const RE2& label = compiled(std::string("(?im)(?:^|[ \\t])(?:") + labels +
                              ")[ \\t]*:[ \\t]*\\n{0,2}[ \\t]*(\\S[^\\n]*)$");
  Range all;
  Range value;
  if (!paper.find(label, where, &all, &value)) return {};
  // Two labels on one line: "Gremium: … Beschlussdatum: …".
  static const RE2 next(
      "\\s(?:Gremium|Beschlussdatum|Datum|Ort|Tagesordnungspunkt|TOP|Antragsteller\\S*|Status|"
      "Termin|Verantwortlich)\\s?:");
  Range stop;
  if (paper.find(next, value, &stop) && stop.begin > value.begin) value.end = stop.begin;
  return value;
}

bool is_note(const Paper& paper, const Span& footnote) {
  static const RE2 question("^\\s*\\d{1,3}\\.(?:\\d{1,2})?\\s+\\p{Lu}");
  return !RE2::PartialMatch(piece(paper.in(paper.range_of(footnote))), question);
}

void leave_out_notes(Paper& paper, const Layout* layout) {
  std::vector<std::string> patterns = {
      "(?m)^(?:Die Antwort wurde namens der Bundesregierung[^§?]*?übermittelt\\.)",
      "(?m)^Die Drucksache enthält zusätzlich[^\\n]{0,20}in kleinerer Schrifttype[^.]{0,40}\\.",
      "(?m)^(?:Gesamtherstellung|Vertrieb|Satz|Druck): "
      "[^\\n]*(?:\\n[^\\n]*(?:Telefon|Fax|www\\.)[^\\n]*)*",
      "(?m)^ISSN \\d{4}-\\d{4}[^\\n]*$",
      "(?m)^Vorabfassung[^\\n]*$",
      "(?m)^(?:Die Drucksachen des Landtages|Drucksachen und Plenarprotokolle)[^\\n]*$",
  };
  if (layout != nullptr)
    patterns.insert(patterns.end(), layout->left_out.begin(), layout->left_out.end());
  for (const std::string& text : patterns) {
    const RE2& pattern = compiled(text);
    Range where{0, paper.size()};
    Range found;
    for (int times = 0; times < 50 && paper.find(pattern, where, &found) && !found.empty();
         ++times) {
      paper.leave_out(found);
      where.begin = found.end;
    }
  }
  for (const Span& note : paper.source().footnotes) {
    if (is_note(paper, note)) paper.leave_out(paper.range_of(note));
  }
}

void read_headings(Paper& paper) {
  std::set<std::uint32_t> known;
  const auto add = [&](Range range) {
    const std::string text = paper.one_line(range);
    if (text.empty() || text.size() > 300 || !known.insert(range.begin).second) return;
    Section section;
    section.kind = SectionKind::kHeading;
    section.text = text;
    section.span = paper.span(range);
    paper.document.sections.push_back(std::move(section));
  };
  for (const MarkedHeading& heading : paper.source().headings) add(paper.range_of(heading.span));
  static const RE2 preface(
      "^(?i:(?:Allgemeine )?Vorbemerkung(?:en)?(?: de[rs] "
      "(?:Fragesteller(?:in|innen|s)?|Fragestellenden|Abgeordneten.{0,40}|Bundesregierung|"
      "Landesregierung|Staatsregierung|Senats|Ministeriums?.{0,60}))?)\\s*:?$");
  for (const PaperLine& line : paper.lines()) {
    if (RE2::FullMatch(piece(paper.in(line.range)), preface)) add(line.range);
  }
}

}  // namespace fundstelle
