// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pages of the web: news and press releases of parliaments, houses, groups and parties. Title and
// days come from the whole page (html_title.h, html_dates.h), the issuer from what the page
// declares or prints as its own. The day of an event the text reports is never the day of
// publication.
#include <algorithm>
#include <array>
#include <set>

#include "extract/html_title.h"
#include "extract/interpret_dates.h"
#include "extract/interpret_fields.h"
#include "extract/interpret_houses.h"
#include "extract/interpret_kinds.h"
#include "extract/interpret_names.h"
#include "extract/layouts/layouts.h"
#include "identity/identity.h"
#include "identity/land_houses.h"
#include "identity/ministry_name.h"

namespace fundstelle {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

void read_web_title(Paper& paper) {
  Document& document = paper.document;
  const Declared& own = paper.source().own_title;
  document.title = own.value;
  if (document.title.empty()) {
    for (const MarkedHeading& heading : paper.source().headings) {
      const Range range = paper.range_of(heading.span);
      document.title = paper.one_line(range);
      paper.note("title", range, "first heading");
      return;
    }
    return;
  }
  static const RE2 date_before(filled_in("^%d[\\s:|–-]*"));
  std::string rest = document.title;
  if (RE2::Replace(&rest, date_before, "") && rest.size() >= 8) document.title = rest;
  const bool heading_shows = own.name.size() == 2 && own.name[0] == 'h';
  for (const MarkedHeading& heading : paper.source().headings) {
    if (!heading_shows) break;
    const Range range = paper.range_of(heading.span);
    if (paper.one_line(range).find(document.title) == std::string::npos) continue;
    paper.note("title", range, own.name);
    return;
  }
  paper.note_declared("title", heading_shows ? own.name + " of the page" : "meta " + own.name);
}

// Where the running text prints that day near its beginning, that is where it was read.
void note_day(Paper& paper, const std::string& field, const OwnDate& day) {
  for (const DateInText& printed : find_dates(paper, paper.head(8))) {
    if (printed.iso != day.iso || day.how.starts_with("meta")) continue;
    paper.note(field, printed.range, day.how);
    return;
  }
  paper.note_declared(field, day.how);
}

// A day declared under a name of the site's own making, or under one that does not say what it is
// the day of, while another declared day disagrees: nobody can tell which is right.
bool contradicted(const OwnDate& best, const std::vector<OwnDate>& days) {
  constexpr int kDoubtful = 5;
  if (!best.how.starts_with("meta") || best.strength > kDoubtful) return false;
  return std::any_of(days.begin(), days.end(), [&](const OwnDate& day) {
    return day.how.starts_with("meta") && day.role != OwnDateRole::kModified && day.iso != best.iso;
  });
}

void read_web_dates(Paper& paper) {
  Document& document = paper.document;
  // Below that a day is too likely somebody else's.
  constexpr int kSure = 3;
  // From there on a printed day is plainly the page's own: what readers see beats what is declared
  // for machines, which often is the day of a move to another system.
  constexpr int kPlainlyPrinted = 6;
  const OwnDate* best = nullptr;
  for (const OwnDate& day : paper.source().own_dates) {
    if (day.strength < kSure) break;
    if (day.role == OwnDateRole::kModified) {
      if (!document.dates.modified.empty()) continue;
      document.dates.modified = day.iso;
      note_day(paper, "dates.modified", day);
      continue;
    }
    if (best == nullptr) {
      best = &day;
    } else if (best->how.starts_with("meta") && day.how.find("beside the title") != day.how.npos &&
               day.strength >= kPlainlyPrinted && day.role != OwnDateRole::kStand) {
      best = &day;
    }
  }
  if (best == nullptr) return;
  // "Stand: …" beside the title, and a declared day that says the same: readers and machines agree
  // against one other declared day.
  if (best->how.starts_with("meta")) {
    for (const OwnDate& printed : paper.source().own_dates) {
      if (printed.role != OwnDateRole::kStand || printed.iso == best->iso ||
          printed.how.find("beside the title") == printed.how.npos)
        continue;
      const auto& days = paper.source().own_dates;
      const auto says_so = [&](const std::string& iso) {
        return std::any_of(days.begin(), days.end(), [&](const OwnDate& day) {
          return day.iso == iso && day.role != OwnDateRole::kModified && &day != best &&
                 day.how.starts_with("meta");
        });
      };
      if (says_so(printed.iso) && !says_so(best->iso)) best = &printed;
      break;
    }
  }
  if (contradicted(*best, paper.source().own_dates)) return;
  document.date = best->iso;
  note_day(paper, "date", *best);
  if (best->role == OwnDateRole::kStand) return;
  document.dates.published = best->iso;
  note_day(paper, "dates.published", *best);
}

// Persons only: agencies, editors and firms are no authors.
std::vector<std::string> persons_in(std::string value) {
  static const RE2 lead(
      "(?i)^(?:(?:ein\\s+)?(?:artikel|beitrag|gastbeitrag|kommentar|text|interview|foto|fotos|"
      "geschrieben|veröffentlicht|erstellt|autor(?:in)?|autor:in|verfasst|verfasser(?:in)?|posted)?"
      "\\s*:?\\s*(?:von|by)?)"
      "\\s*[:|]?\\s+");
  static const RE2 office(
      "(?i)redaktion|presse|beiträge|inhalte|comment|\\balle\\b|illustriert|gmbh|verlag|verband|"
      "verein|minister|agentur|\\bdpa\\b|\\bafp\\b|"
      "\\bteam\\b|admin|\\bamt\\b|institut|\\bblog|magazin|zeitung|\\bnews|\\bag\\b|e\\.\\s?v\\.|"
      "universität|fraktion|partei|stiftung|\\bonline|\\.(?:de|com|at|ch|org)\\b|@|https?:|\\d|"
      "\\b(?:der|die|das|mit|für|und)\\b|\\bservice|studio|media|radio|fernsehen|kirche|bund\\b|"
      "gesellschaft|gemeinde|stadt\\b|landkreis|archiv|abteilung|öffentlichkeit");
  static const RE2 name(
      "^\\p{Lu}[\\pL.'’-]*(?:\\s(?:von|van|de|der|zu|vom|\\p{Lu}[\\pL.'’-]*)){1,4}$");
  RE2::Replace(&value, lead, "");
  RE2::GlobalReplace(&value, compiled("\\s(?:und|&|sowie)\\s|\\s*[;/|,·]\\s*"), "\n");
  std::vector<std::string> found;
  std::string_view rest = value;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view one = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (RE2::PartialMatch(piece(one), office)) continue;
    std::string person = person_name(one);
    if (RE2::FullMatch(person, name) &&
        std::find(found.begin(), found.end(), person) == found.end())
      found.push_back(std::move(person));
  }
  return found;
}

void read_web_authors(Paper& paper) {
  Document& document = paper.document;
  for (const char* name :
       {"json-ld author", "author", "article:author", "dc.creator", "dcterms.creator",
        "parsely-author", "sailthru.author", "microdata author", "byline"}) {
    for (const Declared& entry : paper.source().declared) {
      if (entry.name != name || entry.value.size() > 200) continue;
      for (std::string& person : persons_in(entry.value)) {
        if (std::find(document.authors.begin(), document.authors.end(), person) ==
            document.authors.end())
          document.authors.push_back(std::move(person));
      }
      // Bylines repeat at the foot and in boxes about others.
      if (!document.authors.empty() && name == std::string_view("byline")) break;
    }
    if (document.authors.empty()) continue;
    const bool printed = name == std::string_view("byline");
    paper.note_declared("authors", printed ? "byline" : std::string("meta ") + name);
    return;
  }
}

// "Nr. 61/16 | 12.04.2016 | IM | Ministerium für Inneres und Sport", "Potsdam, 14. Mai 2021 -
// Pressemitteilung 43/2021": short lines around the title that say number, day, kind and house.
void read_head_lines(Paper& paper) {
  Document& document = paper.document;
  const auto& lines = paper.lines();
  static const RE2 kind(
      "\\b(?:Pressemitteilung(?:en)?|PM|Presseinformation|Medieninformation|Pressemeldung|"
      "Presseerklärung)\\b");
  static const RE2 number(
      "(?:\\bNr\\.?|\\bPM|Pressemitteilung|Presseinformation)\\s*:?\\s*(\\d{1,4}\\s?/"
      "\\s?\\d{2,4})\\b");
  static const RE2 numbered("^(?:PM\\s+)?Nr\\.\\s*\\d");
  static const RE2 house(
      "\\|\\s*((?:Staatsm|M|Finanzm|Innenm|Sozialm|Bildungsm)inisterium(?:\\s[^|]+)?|Staatskanzlei|"
      "Senatskanzlei)\\s*(?:\\||$)");
  // Councils number what their members ask and move, too.
  static const RE2 council(
      "^(?:\\pL*[Aa]nfrage|\\pL*[Aa]ntrag|\\pL*[Vv]orlage)(?:\\s+vom\\s.{6,20})?$");
  bool names_council_paper = false;
  for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 8); ++i) {
    const std::string_view line = paper.line(i);
    names_council_paper = names_council_paper || RE2::PartialMatch(piece(line), council);
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 8); ++i) {
    const std::string_view line = paper.line(i);
    if (line.size() > 110 || line.ends_with(".")) continue;
    std::string found;
    if (document.type.empty() && RE2::PartialMatch(piece(line), kind)) {
      document.type = "Pressemitteilung";
      paper.note("type", lines[i].range, "head line");
    }
    if (document.number.empty() && RE2::PartialMatch(piece(line), number, &found)) {
      RE2::GlobalReplace(&found, compiled("\\s"), "");
      document.number = found;
      paper.note("number", lines[i].range, "head line");
      if (document.type.empty() && !names_council_paper &&
          RE2::PartialMatch(piece(line), numbered)) {
        document.type = "Pressemitteilung";
        paper.note("type", lines[i].range, "numbered release");
      }
    }
    if (document.date.empty()) {
      // A line that is little but its date: a sentence would report an event.
      const auto dates = find_dates(paper, lines[i].range);
      static const RE2 words("\\p{Ll}+\\s\\p{Ll}+\\s\\p{Ll}+");
      if (dates.size() == 1 && !RE2::PartialMatch(piece(line), words) && line.size() <= 90 &&
          lines[i].range.begin != 0) {
        set_date(paper, "date", dates.front().range, "head line");
        set_date(paper, "published", dates.front().range, "head line");
      }
    }
    if (document.ministries.empty() && RE2::PartialMatch(piece(line), house, &found)) {
      document.ministries = read_houses(found);
      if (!document.ministries.empty()) paper.note("ministries", lines[i].range, "head line");
    }
  }
  if (document.type.empty()) {
    for (const char* name : {"description", "keywords"}) {
      if (paper.declared(name).find("Pressemitteilung") != std::string_view::npos) {
        document.type = "Pressemitteilung";
        paper.note_declared("type", std::string("meta ") + name);
        break;
      }
    }
  }
}

// A house as issuer is a ministry of its government; offices of the federal government speak for
// it.
void settle_issuer(Paper& paper) {
  Document& document = paper.document;
  static const RE2 house(
      "(?:\\b|\\pL)(?:[Mm]inisterium|[Ss]taatskanzlei|[Ss]enatskanzlei)\\b|^Senatsverwaltung|^"
      "Behörde für|^Auswärtiges Amt");
  if (!document.body.empty() && find_identity(Axis::kBody, document.body) == nullptr &&
      document.body.size() < 140) {
    if (RE2::PartialMatch(document.body, house)) {
      const auto houses = read_houses(document.body);
      if (!houses.empty()) {
        if (document.ministries.empty()) {
          document.ministries = houses;
          document.read["ministries"] = document.read["body"];
        }
        const std::string_view printed = document.body;
        const Identity* identity = find_identity(Axis::kMinistry, houses.front());
        if (identity != nullptr && identity->level == Level::kBund) {
          document.body = "Bundesregierung";
        } else if (const std::string_view land = land_named(printed); !land.empty()) {
          if (const Identity* body =
                  identity_of_slug(Axis::kBody, "regierung-" + std::string(land)))
            document.body = body->label;
        } else {
          document.body.clear();
          document.read.erase("body");
        }
      }
    } else if (document.body.find("der Bundesregierung") != std::string::npos) {
      document.body = "Bundesregierung";
    }
  }
  if (document.body.empty() && !document.ministries.empty()) {
    const std::string land = land_of_text(paper);
    if (const Identity* body =
            land.empty() ? nullptr : find_identity(Axis::kBody, "Landesregierung " + land)) {
      document.body = body->label;
      document.read["body"] = document.read["ministries"];
      document.read["body"].how = "house of the only Land named";
    }
  }
  // Governments, parliamentary groups and parties publish news that quotes them: that is a press
  // release.
  if (document.type.empty() && !document.body.empty()) {
    static const RE2 political(
        "(?i)regierung|fraktion|partei|\\bsenat\\b|ministerium|\\b(?:CDU|CSU|SPD|FDP|AfD|Linke|"
        "Grüne|Grünen|SSW|BSW)\\b");
    static const RE2 quoted("„[^“”]{20}");
    static const RE2 said(
        "\\b(?:sagte|betonte|erklärt|erklärte|unterstrich|forderte|so|betonten|kündigte|ergänzt|"
        "teilte|kritisierte)\\b");
    const Range all{0, paper.size()};
    Range ignored;
    if (RE2::PartialMatch(document.body, political) && paper.find(quoted, all, &ignored) &&
        paper.find(said, all, &ignored)) {
      document.type = "Pressemitteilung";
      paper.note("type", ignored, "issuer quotes itself");
    }
  }
}

void read_web_issuer(Paper& paper) {
  Document& document = paper.document;
  for (const char* name : {"og:site_name", "json-ld publisher", "json-ld publisher.name",
                           "DC.publisher", "dc.publisher", "publisher", "copyright", "author"}) {
    std::string value(paper.declared(name));
    RE2::GlobalReplace(&value, compiled("^(?:©|\\(c\\)|Copyright)\\s*(?:\\d{4})?\\s*"), "");
    if (value.size() < 3 || value.size() > 120 || value.find("http") == 0) continue;
    if (name == std::string_view("author") && find_identity(Axis::kBody, value) == nullptr)
      continue;
    const Identity* identity = find_identity(Axis::kBody, value);
    // A bare domain is no name.
    static const RE2 domain("^(?:www\\.)?[\\w-]+\\.(?:de|org|com|net|eu)$");
    if (identity == nullptr && RE2::FullMatch(value, domain)) continue;
    document.body = identity != nullptr ? std::string(identity->label) : value;
    paper.note_declared("body", std::string("meta ") + name);
    return;
  }
  // What the window's title adds to the page's own: "Name: Titel", "Titel - Name", "Titel | Name".
  for (const Declared& entry : paper.source().declared) {
    std::vector<std::string> names;
    if (entry.name == "h1") names.push_back(entry.value);
    if (entry.name == "title" && !document.title.empty()) {
      const std::size_t at = entry.value.find(document.title);
      if (at != std::string::npos) {
        std::string before = entry.value.substr(0, at);
        std::string behind = entry.value.substr(at + document.title.size());
        RE2::GlobalReplace(&before, compiled("[\\s:|»–-]+$"), "");
        RE2::GlobalReplace(&behind, compiled("^[\\s:|»–-]+"), "");
        names = {before, behind};
      }
    }
    if (entry.name == "title" && document.title.empty() == false && names.empty()) {
      const std::size_t bar = entry.value.rfind(" | ");
      if (bar != std::string::npos) names.push_back(entry.value.substr(bar + 3));
    }
    for (const std::string& value : names) {
      const Identity* identity = value.size() < 3 ? nullptr : find_identity(Axis::kBody, value);
      // Names of Länder and towns alone are subjects, not issuers.
      if (identity != nullptr && identity->level == Level::kLand &&
          value.find(' ') == std::string::npos)
        continue;
      static const RE2 issuer(
          "(?:-Fraktion\\b|^Fraktion\\s|(?i:ministerium)\\b|Staatskanzlei|Senatskanzlei|^Senat\\b|^"
          "(?:Die Linke|SPD|CDU|CSU|FDP|AfD|SSW|BSW)\\b)");
      if (identity == nullptr && !(value.size() <= 100 && RE2::PartialMatch(value, issuer)))
        continue;
      document.body = identity != nullptr ? std::string(identity->label) : value;
      paper.note_declared("body", "name of the site");
      return;
    }
  }
}

}  // namespace

namespace {

/// Lines that name a paper as lists do ("Kleine Anfrage … 24.04.2015 Drucksache 6/4016 (5 S.)"):
/// number with kind or day, no sentence.
struct Records {
  std::size_t numbers = 0;  ///< distinct
  std::size_t groups = 0;   ///< runs of such lines, parted by titles and descriptions
};
Records records_of(const Paper& paper) {
  static const RE2 number(
      "(?:\\b(?:Drs\\.?|(?:BT-|BR-)?Drucksache(?:\\s+Nr\\.)?)\\s+|^\\t?)(\\d{1,2}/\\d{1,5})\\b");
  static const RE2 says(filled_in(
      "(?:KlAnfr|GrAnfr|Anfrage|Antwort|A N T W O R T|Antw\\b|Antr(?:ag)?\\b|Gesetzentwurf|GesEntw|"
      "Unterrichtung|Beschlussempfehlung|%d)"));
  constexpr std::size_t kLongestRecord = 420;
  Records found;
  std::set<std::string> numbers;
  std::size_t rows = 0;
  bool in_group = false;
  for (std::size_t i = 0; i < paper.lines().size(); ++i) {
    const std::string_view line = paper.line(i);
    std::string one;
    const bool record = line.size() <= kLongestRecord &&
                        RE2::PartialMatch(piece(line), number, &one) &&
                        RE2::PartialMatch(piece(line), says);
    if (record) {
      const bool first = numbers.insert(one).second;
      const bool row = line.find('\t') != line.npos;
      rows += first && row ? 1 : 0;
      if (!in_group && first) ++found.groups;
    }
    in_group = record;
  }
  // A table of a dozen papers is more than one matter has.
  constexpr std::size_t kManyRows = 12;
  if (rows >= kManyRows) found.groups += rows;
  found.numbers = numbers.size();
  return found;
}

/// The page calls itself hits of a documentation system.
bool says_result(const Paper& paper) {
  static const RE2 result(
      "(?i)\\bTreffer(?:anzeige|liste|zahl)?\\b|Vollanzeige|Kurzanzeige|Kurzübersicht|Suchergebnis|"
      "Ergebnis(?:anzeige|se pro Seite| der Recherche)|\\bIhre Suche\\b|Gesamtbestand|Suchfilter");
  static const RE2 system(
      "(?i)Parlaments(?:dokumentation|datenbank|dokumente)|Landtags?dokumentation|"
      "Parlamentsdokumente|"
      "Landtagsinformation|Dokumentationssystem|Formalkriterien|Starweb|\\bPARDOK\\b|\\bELVIS\\b|"
      "\\bEDAS\\b|\\bLIS-SH\\b|Drucksachen und Protokolle|\\bParlDok\\b|\\bDIP\\b");
  const Range head{0, std::min<std::uint32_t>(paper.size(), 6000)};
  const Range all{0, paper.size()};
  Range at;
  const auto declared = [&](const RE2& pattern) {
    return RE2::PartialMatch(piece(paper.declared("title")), pattern);
  };
  const bool shows_result = paper.find(result, head, &at) || declared(result);
  return shows_result && (paper.find(system, all, &at) || declared(system));
}

}  // namespace

bool shows_several_papers(const Paper& paper) {
  if (paper.source().media_type != "text/html") return false;
  // Articles that end in a list of papers say more than this for each of them; lists with
  // abstracts say so themselves.
  constexpr std::size_t kBytesForEach = 700;
  constexpr std::size_t kWithAbstract = 1200;
  constexpr std::size_t kSeveral = 4;
  const Records records = records_of(paper);
  return records.groups >= kSeveral &&
         paper.size() < (says_result(paper) ? kWithAbstract : kBytesForEach) * records.numbers;
}

bool is_result_page(const Paper& paper) {
  if (paper.source().media_type != "text/html") return false;
  if (says_result(paper) || shows_several_papers(paper)) return true;
  // A matter with its papers, cut out of such a page: nothing but records and short lines.
  constexpr std::size_t kLittle = 1000;
  constexpr std::size_t kShortLine = 200;
  if (paper.size() >= kLittle || !paper.declared("article:published_time").empty() ||
      records_of(paper).numbers == 0)
    return false;
  for (std::size_t i = 0; i < paper.lines().size(); ++i) {
    const std::string_view line = paper.line(i);
    if (line.size() > kShortLine && line.ends_with(".")) return false;
  }
  return true;
}

void read_web_page(Paper& paper) {
  Document& document = paper.document;
  if (is_result_page(paper)) {
    // A list of papers is no paper: what it names are references, not its own number or day.
    read_web_title(paper);
    for (const OwnDate& day : paper.source().own_dates) {
      if (day.role != OwnDateRole::kStand) continue;
      document.date = day.iso;
      note_day(paper, "date", day);
      break;
    }
    return;
  }
  read_web_title(paper);
  read_web_dates(paper);
  read_web_authors(paper);
  read_web_issuer(paper);
  static const RE2 says(
      "(?m)^\\s*(?:Pressemitteilung(?:en)?|Presseinformation|Medieninformation|Pressemeldung|"
      "Presseerklärung)\\b");
  Range at;
  if (paper.find(says, paper.head(12), &at)) {
    document.type = "Pressemitteilung";
    paper.note("type", at, "line of the page");
  } else {
    for (const char* name : {"article:section", "og:type", "json-ld articleSection", "breadcrumb",
                             "link canonical", "og:url"}) {
      // A path segment of the page's own address says what the page is, too.
      if (document.type.empty() &&
          paper.declared(name).find("ressemitteilung") != std::string_view::npos) {
        document.type = "Pressemitteilung";
        paper.note_declared("type", std::string("meta ") + name);
      }
    }
  }
  read_head_lines(paper);
  settle_issuer(paper);
  read_event_days(paper);
}

}  // namespace fundstelle
