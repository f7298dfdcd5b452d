// SPDX-License-Identifier: GPL-3.0-or-later
//
// Papers of parties: "Beschluss WP8.2. Integration anpacken.", labelled lines "Gremium: …",
// "Beschlussdatum: …", "Tagesordnungspunkt: …", "Antragsteller:in: …"; motions as Markdown with a
// YAML head. Which party is only said by a running head or the YAML head; without it the body is
// abstained from.
#include "extract/interpret_dates.h"
#include "extract/interpret_fields.h"
#include "extract/interpret_names.h"
#include "extract/layouts/layouts.h"
#include "identity/identity.h"

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

void set_party(Paper& paper, std::string name, const std::string& how) {
  Document& document = paper.document;
  RE2::GlobalReplace(&name, compiled("\\s+"), " ");
  // "SPD Landesverband Berlin" is the SPD Berlin.
  RE2::Replace(&name, compiled("^(.{2,40})[ -]Landesverband (.+)$"), "\\1 \\2");
  const Identity* identity = find_identity(Axis::kBody, name);
  document.body = identity != nullptr && identity->level == Level::kPartei
                      ? std::string(identity->label)
                      : name;
  paper.note_declared("body", how);
  const std::vector<std::string> groups = find_groups(name);
  if (document.groups.empty() && !groups.empty()) {
    document.groups = {groups.front()};
    paper.note_declared("groups", how);
  }
}

}  // namespace

namespace {

// The line that names the convention: "CDU in Niedersachsen | Landesparteitag, Oldenburg, 3.
// September 2022", "Beschluss des 79. Ordentlichen Bundesparteitages der FDP, Kassel, 22. April
// 2023", "SPD Berlin · II/2018 Landesparteitag · Antragsbuch". It says whose paper this is, where
// and when it was decided.
void read_convention(Paper& paper) {
  Document& document = paper.document;
  static const RE2 convention(
      "(?:[Pp]arteitag|[Dd]elegiertenkonferenz|[Pp]arteikonvent|Landesversammlung|LDK\\b|BDK\\b)");
  static const RE2 party(
      "\\b((?:CDU|CSU|SPD|FDP|Freie[n]? Demokraten|Christlich-Sozialen "
      "Union|AfD|SSW|BSW|Volt|Piratenpartei|Jusos|(?i:Die Linke)|"
      "(?i:BÜNDNIS 90/DIE GRÜNEN)|(?i:FREIE "
      "WÄHLER))(?:-Landesverband)?(?:\\s+(?:in\\s+|Landesverband\\s+)?(?:Baden-Württemberg|Bayern|"
      "Berlin|Brandenburg|"
      "Bremen|Hamburg|Hessen|Mecklenburg-Vorpommern|Niedersachsen|Nordrhein-Westfalen|NRW|"
      "Rheinland-Pfalz|Saar(?:land)?|"
      "Sachsen-Anhalt|Sachsen|Schleswig-Holstein|Thüringen))?)");
  static const RE2 place(filled_in(
      "(?:[,·|]\\s*)(\\p{Lu}[\\pL-]+(?: \\p{Lu}[\\pL-]+)?),\\s+(?:\\d{1,2}\\.\\s?[/-]\\s?)?%d"));
  static const RE2 mover("^(?:Antragsteller|Status|Adressat|Empfehlung)");
  const auto& lines = paper.lines();
  for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 9); ++i) {
    const std::string_view line = paper.line(i);
    if (line.size() > 160 || !RE2::PartialMatch(piece(line), convention) ||
        RE2::PartialMatch(piece(line), mover))
      continue;
    std::string name;
    if (document.body.empty() && RE2::PartialMatch(piece(line), party, &name)) {
      set_party(paper, name, "line of the convention");
      paper.note("body", lines[i].range, "line of the convention");
    }
    std::string where;
    if (document.place.empty() && RE2::PartialMatch(piece(line), place, &where)) {
      document.place = where;
      paper.note("place", lines[i].range, "line of the convention");
    }
    for (const DateInText& date : find_dates(paper, lines[i].range)) {
      set_date(paper, "date", date.range, "line of the convention");
      if (document.type == "Beschluss")
        set_date(paper, "decided", date.range, "line of the convention");
    }
    // A last day behind a stroke is no date of its own: "11./12. Oktober 2024".
    if (document.date.empty()) {
      const auto days = find_date_pairs(paper, lines[i].range);
      if (!days.empty()) {
        document.date = days.back().iso;
        paper.note("date", days.back().range, "last day of the convention");
      }
    }
  }
  if (document.place.empty()) {
    if (const Range ort = labelled_line(paper, paper.head(25), "Ort"); !ort.empty()) {
      document.place = paper.one_line(ort);
      paper.note("place", ort, "line Ort");
    }
  }
}

}  // namespace

bool read_party(Paper& paper) {
  Document& document = paper.document;
  const Range head = paper.head(25);
  const std::string_view yaml_number = paper.declared("yaml kuerzel");
  const Range committee = labelled_line(paper, head, "Gremium|Beschlussgremium");
  const Range decided =
      labelled_line(paper, head, "Beschlussdatum|Beschlossen am|Datum des Beschlusses");
  const Range movers = labelled_line(paper, head,
                                     "Antragsteller(?:\\*?innen|Innen|:innen|:in|in|/"
                                     "in)?|AntragstellerInnen|Einreicher(?:in|:in)?");
  const Range item = labelled_line(paper, head, "Tagesordnungspunkt|TOP");
  static const RE2 first_line(
      "^(?:Nr\\.\\s*)?(Beschluss|Beschluß|Antrag|Initiativantrag|Leitantrag|Änderungsantrag|"
      "Dringlichkeitsantrag|"
      "Resolution)[ -]+(?:-?Nr\\.\\s*)?((?:[A-ZÄÖÜ]{1,5}-?\\s?)?\\d[\\w./-]*|[IVX]+/\\d[\\w./"
      "-]*|[A-Z]{1,4}\\d+(?:[.-]\\d+)*)\\s*[.:–-]?\\s*(.*)$");
  std::string kind;
  std::string number;
  std::string rest;
  const auto& lines = paper.lines();
  std::size_t at = lines.size();
  for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 4); ++i) {
    if (RE2::FullMatch(piece(paper.line(i)), first_line, &kind, &number, &rest)) {
      at = i;
      break;
    }
  }
  const int signs = (committee.empty() ? 0 : 1) + (decided.empty() ? 0 : 1) +
                    (movers.empty() ? 0 : 1) + (item.empty() ? 0 : 1) +
                    (at < lines.size() ? 1 : 0) + (yaml_number.empty() ? 0 : 2);
  // A programme names itself on its first page.
  static const RE2 programme(
      "(?i)\\b((?:Bundestags|Landtags|Europa|Kommunal)?wahlprogramm|Regierungsprogramm|"
      "Grundsatzprogramm|Parteiprogramm)\\b");
  Range named;
  if (signs < 2) {
    const bool committee_only = !committee.empty();
    if (committee_only || signs >= 2) return false;
    if (!paper.find(programme, paper.head(12), &named)) return false;
    std::vector<std::string> groups = find_groups(paper.in(paper.head(25)));
    if (groups.empty() && !paper.source().furniture.empty())
      groups = find_groups(paper.source().furniture.front());
    if (groups.size() != 1) return false;
    document.type = "Wahlprogramm";
    if (paper.in(named).find("rundsatz") != std::string_view::npos)
      document.type = "Grundsatzprogramm";
    paper.note("type", named, "title page");
    if (const Identity* group = find_identity(Axis::kGroup, groups.front())) {
      if (const Identity* party =
              identity_of_slug(Axis::kBody, "partei-" + std::string(group->slug))) {
        document.body = party->label;
        paper.note("body", paper.head(25), "only party named on the title page");
      }
    }
    document.groups = groups;
    paper.note_declared("groups", "only party named on the title page");
    const Range title = title_at(paper, 0);
    document.title = paper.one_line(title);
    paper.note("title", title, "first line");
    return true;
  }
  // A council's paper has labelled lines, too; it names an office that is responsible.
  if (!labelled_line(paper, head, "Verantwortlich|Dezernat|Vorlagen?(?:-Nr|nummer)?|Amt|Stadtamt")
           .empty() &&
      yaml_number.empty())
    return false;

  static const RE2 label_line(
      "(?m)^(?:Antragsteller|Einreicher|Gremium|Beschlussgremium|Beschlussdatum|Beschlossen|Datum|"
      "Tagesordnungspunkt|TOP|Status|"
      "Adressat|Überwiesen|Veranstaltung|Titel)[^\\n:]*(?::in)?:");
  if (at < lines.size()) {
    document.type = kind == "Beschluß"                                  ? "Beschluss"
                    : kind == "Initiativantrag" || kind == "Leitantrag" ? "Antrag"
                                                                        : kind;
    document.number = number;
    while (!document.number.empty() && document.number.back() == '.') document.number.pop_back();
    paper.note("type", lines[at].range, "first line");
    paper.note("number", lines[at].range, "first line");
    Range title;
    if (!rest.empty()) {
      const auto begin = static_cast<std::uint32_t>(lines[at].range.end - rest.size());
      title = title_at(paper, at);
      title.begin = begin;
    } else if (at + 1 < lines.size() && !RE2::PartialMatch(piece(paper.line(at + 1)), label_line)) {
      title = title_at(paper, at + 1);
      // Labelled lines follow without an empty one.
      Range stop;
      if (paper.find(label_line, title, &stop)) title.end = stop.begin;
    }
    if (!title.empty()) {
      document.title = paper.one_line(title);
      // "Integration anpacken." – the full stop belongs to the numbering style of the head line.
      if (!rest.empty() && document.title.ends_with(".") && !document.title.ends_with(".."))
        document.title.pop_back();
      paper.note("title", title, "head line");
    }
  }
  if (!yaml_number.empty()) {
    std::string yaml_kind;
    static const RE2 parts("^(\\pL+)\\s+(\\S.*)$");
    if (RE2::FullMatch(piece(yaml_number), parts, &yaml_kind, &number)) {
      if (document.type.empty()) document.type = yaml_kind;
      document.number = number;
    } else {
      document.number = yaml_number;
    }
    paper.note_declared("number", "YAML kuerzel");
    if (document.read.count("type") == 0) paper.note_declared("type", "YAML kuerzel");
    if (std::string title(paper.declared("yaml titel")); !title.empty()) {
      RE2::GlobalReplace(&title, compiled("\\s+"), " ");
      const std::string prefix(yaml_number);
      if (title.starts_with(prefix)) title.erase(0, prefix.size());
      RE2::Replace(&title, compiled("^[\\s:–-]+"), "");
      document.title = title;
      paper.note_declared("title", "YAML titel");
    }
    if (const std::string_view owner = paper.declared("yaml verantwortlich"); !owner.empty())
      set_party(paper, std::string(owner), "YAML verantwortlich");
    if (const std::string_view topic = paper.declared("yaml tagesordnungspunkt"); !topic.empty()) {
      document.agenda_item = topic;
      paper.note_declared("agenda_item", "YAML tagesordnungspunkt");
    }
    if (std::string event(paper.declared("yaml veranstaltung")); !event.empty()) {
      RE2::GlobalReplace(&event, compiled("\\s+"), " ");
      // "II/2019 Landesparteitag 26. Oktober 2019": committee and the days it sat.
      static const RE2 day(filled_in("(?:(\\d{1,2})\\.\\s?/\\s?)?%D"));
      std::string first_day;
      std::string printed;
      if (RE2::PartialMatch(event, day, &first_day, &printed)) {
        if (const auto iso = parse_date(printed)) {
          if (first_day.empty() && event.find(',') == std::string::npos) {
            document.date = *iso;
            document.dates.decided = *iso;
            paper.note_declared("date", "YAML veranstaltung");
            paper.note_declared("dates.decided", "YAML veranstaltung");
          }
          document.dates.event.push_back(*iso);
          paper.note_declared("dates.event", "YAML veranstaltung");
        }
      }
      RE2::GlobalReplace(&event, compiled("(?:\\d{1,2}\\.\\s?/\\s?)?%D"), "");
      RE2::GlobalReplace(&event, compiled("\\|.*$"), "");
      RE2::GlobalReplace(&event, compiled("[\\s,]+$"), "");
      document.committee = event;
      paper.note_declared("committee", "YAML veranstaltung");
    }
  }
  if (document.committee.empty() && !committee.empty()) {
    document.committee = paper.one_line(committee);
    paper.note("committee", committee, "line Gremium");
  }
  if (document.agenda_item.empty() && !item.empty()) {
    document.agenda_item = paper.one_line(item);
    paper.note("agenda_item", item, "line Tagesordnungspunkt");
  }
  if (!decided.empty()) {
    set_date(paper, "decided", decided, "line Beschlussdatum");
    set_date(paper, "date", decided, "line Beschlussdatum");
  } else if (const Range dated = labelled_line(paper, head, "Datum"); !dated.empty()) {
    set_date(paper, "date", dated, "line Datum");
  }
  read_convention(paper);
  if (document.body.empty()) {
    for (const std::string& line : paper.source().furniture) {
      static const RE2 running(
          "^((?:CDU|CSU|SPD|FDP|AfD|SSW|BSW|Volt|PIRATEN|Jusos|DIE LINKE\\.?|Die Linke|BÜNDNIS "
          "90/DIE GRÜNEN|Freie Demokraten|FREIE WÄHLER)"
          "(?:\\s+(?:Landesverband\\s+)?[\\pL-]+)?)(?:\\s+[–-]|$)");
      std::string party;
      if (RE2::PartialMatch(line, running, &party)) {
        set_party(paper, party, "running head");
        break;
      }
    }
  }
  return true;
}

}  // namespace fundstelle
