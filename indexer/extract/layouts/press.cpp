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

// "Titel | Name der Seite", "Name der Seite - Titel": the site's name goes.
std::string without_site(std::string title, std::string_view site) {
  if (!site.empty()) {
    for (const char* bar : {" | ", " - ", " – ", " — ", ": ", " :: ", " » "}) {
      const std::string tail = bar + std::string(site);
      const std::string head = std::string(site) + bar;
      if (title.size() > tail.size() && title.ends_with(tail))
        return title.substr(0, title.size() - tail.size());
      if (title.size() > head.size() && title.starts_with(head)) return title.substr(head.size());
    }
  }
  return title;
}

// Headings that name a kind of page, not the page.
bool names_kind(std::string_view text) {
  static const RE2 kind(
      "(?i)(?:Pressemitteilung(?:en)?|Presse(?:informationen|meldungen)?|Aktuelles|Aktuell|News|"
      "Meldung(?:en)?|Startseite|Medieninformation(?:en)?|Nachrichten|Artikel|Blog)");
  return RE2::FullMatch(piece(text), kind);
}

void read_web_title(Paper& paper) {
  Document& document = paper.document;
  const std::string_view site = paper.declared("og:site_name");
  std::string declared;
  std::string how;
  for (const char* name :
       {"json-ld headline", "og:title", "twitter:title", "DC.title", "dc.title", "title"}) {
    if (const std::string_view value = paper.declared(name); !value.empty()) {
      declared = without_site(std::string(value), site);
      how = std::string("meta ") + name;
      const std::size_t bar = std::min(declared.find(" | "), declared.find(" - "));
      if (names_kind(std::string_view(declared).substr(0, bar))) {
        declared.clear();
        continue;
      }
      break;
    }
  }
  // The page's own heading is what readers see; what is declared for sharing is often reworded. Of
  // several, the one that agrees with the declared title.
  Range best;
  std::string best_text;
  for (const MarkedHeading& heading : paper.source().headings) {
    if (heading.level != 1 && !(best.empty() && declared.empty() && heading.level <= 3)) continue;
    const Range range = paper.range_of(heading.span);
    const std::string text = paper.one_line(range);
    if (text.size() < 4 || text.size() > 300 || text == site || names_kind(text)) continue;
    if (find_identity(Axis::kBody, text) != nullptr) continue;
    const bool agrees = !declared.empty() && (declared.find(text) != std::string::npos ||
                                              text.find(declared) != std::string::npos);
    if (best.empty() || agrees) {
      best = range;
      best_text = text;
    }
    if (agrees) break;
  }
  if (!best.empty()) {
    // A kicker or a date line inside the heading: "Tunesien Große Aufgaben für die neue Regierung".
    if (declared.size() >= 15 && best_text.size() > declared.size() &&
        (best_text.ends_with(declared) || best_text.starts_with(declared))) {
      document.title = declared;
      paper.note_declared("title", how);
      return;
    }
    RE2::Replace(&best_text, compiled("^%D\\s*"), "");
    document.title = best_text;
    paper.note("title", best, "h1");
    return;
  }
  if (!declared.empty()) {
    // "Titel | Seite" where the site is not named elsewhere: the part before the last bar.
    const std::size_t dash = declared.rfind(" - ");
    if (dash != std::string::npos && dash > 8 &&
        (names_house(std::string_view(declared).substr(dash + 3)) ||
         find_identity(Axis::kBody, std::string_view(declared).substr(dash + 3)) != nullptr)) {
      declared.resize(dash);
    }
    const std::size_t bar = declared.rfind(" | ");
    if (bar != std::string::npos && bar > 8) declared.resize(bar);
    document.title = declared;
    paper.note_declared("title", how);
    return;
  }
  for (const MarkedHeading& heading : paper.source().headings) {
    const Range range = paper.range_of(heading.span);
    document.title = paper.one_line(range);
    paper.note("title", range, "first heading");
    return;
  }
}

// Do all <time> elements name one day? Otherwise some belong to other articles.
bool one_day_only(const Paper& paper) {
  std::string day;
  for (const Declared& entry : paper.source().declared) {
    if (entry.name != "time" || entry.value.size() < 10) continue;
    if (day.empty()) day = entry.value.substr(0, 10);
    if (entry.value.compare(0, 10, day) != 0) return false;
  }
  return true;
}

void read_web_dates(Paper& paper) {
  Document& document = paper.document;
  // What says "published" first; a bare <time> may be the article's or a teaser's, "date" may be
  // the day of filing.
  static constexpr std::array<const char*, 21> kNames = {"article:published_time",
                                                         "json-ld datePublished",
                                                         "microdata datePublished",
                                                         "itemprop datePublished",
                                                         "og:article:published_time",
                                                         "og:published_time",
                                                         "datepublished",
                                                         "date-published",
                                                         "publish_date",
                                                         "pubdate",
                                                         "sailthru.date",
                                                         "parsely-pub-date",
                                                         "dc.date.issued",
                                                         "dcterms.issued",
                                                         "article.published",
                                                         "time pubdate",
                                                         "time",
                                                         "dc.date.created",
                                                         "dcterms.created",
                                                         "json-ld dateCreated",
                                                         "dc.date"};
  for (const char* name : kNames) {
    const std::string value(paper.declared(name));
    if (value.size() < 8) continue;
    if (name == std::string_view("time") && !one_day_only(paper)) continue;
    if (const auto iso =
            parse_date(value.size() > 10 && value[4] == '-' ? value.substr(0, 10) : value)) {
      document.date = *iso;
      document.dates.published = *iso;
      paper.note_declared("date", std::string("meta ") + name);
      paper.note_declared("dates.published", std::string("meta ") + name);
      return;
    }
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
      if (document.type.empty() && RE2::PartialMatch(piece(line), numbered)) {
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

// Days an event took, named together: "am 27. und 28. August 2018".
void read_events(Paper& paper) {
  auto& events = paper.document.dates.event;
  for (const DateInText& date : find_date_pairs(paper, {0, paper.size()})) {
    if (std::find(events.begin(), events.end(), date.iso) != events.end()) continue;
    if (events.empty()) paper.note("dates.event", date.range, "days named together");
    events.push_back(date.iso);
  }
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

bool read_press(Paper& paper) {
  Document& document = paper.document;
  const Range all{0, paper.size()};
  const auto& lines = paper.lines();
  if (paper.source().media_type == "text/html") {
    read_web_title(paper);
    read_web_dates(paper);
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
    if (document.date.empty()) {
      // A date alone on a line near the title is the page's own.
      static const RE2 alone(
          filled_in("(?m)^\\s*(?:(?:Datum|Veröffentlicht(?: am)?|Stand|Erschienen "
                    "am|vom|Berlin,?|Meldung vom|Artikel "
                    "vom)?:?\\s*)%D(?:\\s*[|–,-]?\\s*(?:\\d{1,2}[:.]\\d{2}(?:\\s*Uhr)?)?)?\\s*$"));
      Range printed;
      if (paper.find(alone, paper.head(10), &at, &printed)) {
        set_date(paper, "date", printed, "date line");
        set_date(paper, "published", printed, "date line");
      }
      // "29.11.2022 – Mehrfach und vehement …": a numeric date that opens a paragraph near the
      // title.
      static const RE2 opening(
          "(?m)^(\\d{1,2}\\.\\d{1,2}\\.\\d{4})(?:\\s*(?:–|-|—|\\||•|„)|[A-ZÄÖÜ])");
      if (document.date.empty() && paper.find(opening, paper.head(12), &at, &printed)) {
        set_date(paper, "date", printed, "date before the text");
        set_date(paper, "published", printed, "date before the text");
      }
    }
    read_events(paper);
    return true;
  }

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
        masthead = line;
        paper.note("body", lines[i].range, "masthead");
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

  read_events(paper);
  return true;
}

}  // namespace fundstelle
