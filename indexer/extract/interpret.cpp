// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whose paper is it, then field by field. The order: minutes, parliaments by their head, pages of
// the web, papers of parties and councils, press releases, and what has none of these heads.
#include "extract/interpret.h"

#include <algorithm>
#include <set>

#include "extract/interpret_collective.h"
#include "extract/interpret_dates.h"
#include "extract/interpret_fields.h"
#include "extract/interpret_houses.h"
#include "extract/interpret_kinds.h"
#include "extract/interpret_parts.h"
#include "extract/interpret_questions.h"
#include "extract/interpret_relations.h"
#include "extract/layouts/layouts.h"
#include "identity/identity.h"
#include "text/drucksache_number.h"

namespace fundstelle {
namespace {

constexpr std::size_t kHeadLines = 30;

bool is_answered(const Document& document) {
  return document.type == "Antwort" || document.type.ends_with("und Antwort") ||
         document.type == "Ergänzende Antwort";
}

bool asks_questions(const Document& document) {
  return is_answered(document) || document.type == "Kleine Anfrage" ||
         document.type == "Große Anfrage" || document.type == "Schriftliche Anfrage";
}

// Papers that name who asked or moved them in their head; others quote such lists of other papers.
bool has_movers(const Document& document) {
  static const std::set<std::string> without = {"Berichtigung",
                                                "Ergänzung",
                                                "Unterrichtung",
                                                "Beschluss",
                                                "Bericht",
                                                "Stellungnahme",
                                                "Empfehlungen",
                                                "Mitteilung",
                                                "Sammelübersicht",
                                                "Beschlussempfehlung",
                                                "Beschlussempfehlung und Bericht",
                                                "Schriftliche Fragen",
                                                "Fragen",
                                                "Dringliche Fragen"};
  return without.count(document.type) == 0;
}

const Layout* layout_of(const Paper& paper) {
  const Range head = paper.head(14);
  static const RE2 paper_sign(
      "(?i)\\b(?:Drucksache|Drs\\.|Wahlperiode|Kleine\\s+Anfrage|Schriftliche\\s+Anfrage|Große\\s+"
      "Anfrage|Plenarprotokoll)");
  Range found;
  const bool signed_head = paper.find(paper_sign, paper.head(kHeadLines), &found);
  const Layout* best = nullptr;
  std::uint32_t best_at = paper.size();
  for (const Layout* layout : parliament_layouts()) {
    const RE2& pattern = compiled(layout->head);
    // The head printed first decides: answers quote other parliaments.
    if (signed_head && paper.find(pattern, head, &found) && found.begin < best_at) {
      best = layout;
      best_at = found.begin;
    }
  }
  if (best != nullptr) return best;
  for (const Layout* layout : parliament_layouts()) {
    const RE2& pattern = compiled(layout->head);
    for (const std::string& line : paper.source().furniture) {
      static const RE2 running("(?i)Drucksache|Wahlperiode");
      if (RE2::PartialMatch(line, pattern) && RE2::PartialMatch(line, running)) return layout;
    }
  }
  // A Saxon answer is a letter; only its letterhead tells.
  static const RE2 capitals(
      "^[^\\p{Ll}]{12,}|^.{0,24}(?:STAATSM|Sächsisches "
      "Staatsministerium)|^.{0,60}STAATS[\\pN\\p{Lu}]{6,}");
  const Range start{0, std::min<std::uint32_t>(paper.size(), 160)};
  if (paper.find(capitals, start, &found) && !read_saxon_letterhead(paper.text()).empty())
    return &kSachsen;
  return nullptr;
}

void read_parliament(Paper& paper, const Layout& layout) {
  Document& document = paper.document;
  const Range all{0, paper.size()};
  const Range head = paper.head(kHeadLines);
  // Lists of movers and long titles end here; patterns without bound stay inside.
  const Range opening{0, std::min<std::uint32_t>(paper.size(), 9000)};
  document.body = layout.body;
  {
    Range at;
    const RE2& pattern = compiled(layout.head);
    if (paper.find(pattern, paper.head(14), &at)) {
      paper.note("body", at, "head line");
    } else {
      paper.note_declared("body", "running head");
    }
  }
  const bool year_numbers = layout.name == std::string_view("bundesrat");
  read_head_line(paper, head, !year_numbers);
  if (document.number.empty()) {
    // Only the running head kept the number.
    for (const std::string& line : paper.source().furniture) {
      for (const NumberInText& number : find_cited_drucksache_numbers(line)) {
        document.number = number.number.canonical();
        paper.note_declared("number", "running head");
        break;
      }
      if (!document.number.empty()) break;
    }
    static const RE2 term("(\\d{1,2})\\. Wahlperiode");
    for (const std::string& line : paper.source().furniture) {
      int value = 0;
      if (!document.legislature && RE2::PartialMatch(line, term, &value)) {
        document.legislature = value;
        paper.note_declared("legislature", "running head");
      }
    }
  }
  std::uint32_t after = read_type(paper, head);
  if (has_movers(document)) read_askers(paper, layout, opening);
  after = behind_movers(paper, after);
  read_title(paper, layout, opening, after);
  read_dates(paper, layout);
  read_answerers(paper, layout, all);
  if (document.date.empty()) {
    // The head's own date: alone on a line or behind number or term.
    static const RE2 date(
        filled_in("(?:Wahlperiode|Drucksache\\s+\\d+\\s?/\\s?[\\d "
                  "]+(?:\\s*\\([^)\\n]{1,12}\\))*)\\s{1,80}%D|\\n\\s*%D\\s*\\n"));
    Range at;
    Range first;
    Range second;
    if (paper.find(date, paper.head(12), &at, &first, &second))
      set_date(paper, "date", first.empty() ? second : first, "head line");
  }
  if (document.date.empty()) {
    // A date among the head's own lines: "Landtag 22.11.2022 20. Wahlperiode".
    const auto& lines = paper.lines();
    for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 4) && document.date.empty();
         ++i) {
      static const RE2 own("(?i)^(?:Landtag|Drucksache|Stadtbürgerschaft|\\d{1,2}\\. Wahlperiode)");
      if (!RE2::PartialMatch(re2::StringPiece(paper.line(i).data(), paper.line(i).size()), own))
        continue;
      const auto found = find_dates(paper, lines[i].range);
      if (found.size() == 1) set_date(paper, "date", found.front().range, "head line");
    }
  }
  if (asks_questions(document) && document.dates.asked.empty() && !is_answered(document)) {
    static const RE2 signature(
        filled_in("\\n\\s*(\\p{Lu}[\\pL -]+),\\s+(?:den|im|am)\\s+%D\\s*\\n"));
    Range at;
    Range place;
    Range printed;
    if (paper.find(signature, all, &at, &place, &printed)) {
      set_date(paper, "asked", printed, "place and date of the movers");
      document.place = paper.one_line(place);
      paper.note("place", place, "place and date of the movers");
    }
  }
  if (document.type.starts_with("Beschlussempfehlung") || document.type == "Bericht")
    read_committee(paper);
  if (layout.special != nullptr) layout.special(paper);
  // A paper without a date in its head bears the date it was issued, else that of its answer.
  if (document.date.empty()) {
    for (const char* role : {"dates.published", "dates.answered"}) {
      const auto read = document.read.find(role);
      if (read == document.read.end()) continue;
      document.date = role == std::string_view("dates.published") ? document.dates.published
                                                                  : document.dates.answered;
      Reading reading = read->second;
      document.read.insert_or_assign("date", std::move(reading));
      break;
    }
  }
  if (document.type.empty() || asks_questions(document)) {
    QuestionRules rules;
    rules.answered = document.type != "Kleine Anfrage" && document.type != "Große Anfrage" &&
                     document.type != "Schriftliche Anfrage";
    rules.restated = layout.restated_questions;
    rules.where = {after, paper.size()};
    static const RE2 fragen(
        "Wir\\s+fragen\\s+(?:die|den)\\s[^\\n]{3,60}:?|Ich\\s+frage\\s+(?:die|den)\\s[^\\n]{3,60}"
        ":");
    Range at;
    if (!rules.answered && paper.find(fragen, {after, paper.size()}, &at))
      rules.where.begin = at.end;
    if (!document.type.empty()) read_questions(paper, rules);
  }
  if (document.type == "Schriftliche Fragen" || document.type == "Fragen" ||
      document.type == "Dringliche Fragen") {
    read_collective_questions(paper);
  }
}

// An inquiry whose head was lost: movers, title and answers are still as printed.
bool read_headless_inquiry(Paper& paper) {
  static const RE2 inquiry(
      "(?i)(?:^|\\n)\\s*(?:Kleine|Große|Schriftliche)\\s+Anfrage\\s*\\n?\\s*(?:de[rs]\\s+"
      "Abgeordneten|der\\s+Fraktion)");
  Range found;
  if (!paper.find(inquiry, paper.head(12), &found)) return false;
  const Range head = paper.head(kHeadLines);
  std::uint32_t after = read_type(paper, head);
  // All layouts print movers alike: "des Abgeordneten X, Fraktion Y".
  Layout any{};
  any.askers = {"(?i:Anfrage)\\s*\\n?\\s*(de[rs]\\s+(?:Abgeordneten|Fraktion)[^§]+?%G\\)?)"};
  any.houses = {
      "(?m)^((?:Der|Die|Das)\\s+(?:Minister|Ministerin|Ministerium|\\pL+minister)[^§]+?)\\s+"
      "hat\\s+namens\\s+der\\s+Landesregierung",
      "(?:ANTWORT|Antwort)\\s*\\n?\\s*(de[rs]\\s+(?:Landesregierung|Staatsregierung|Senats|"
      "Bundesregierung))"};
  read_askers(paper, any, head);
  after = behind_movers(paper, after);
  read_title(paper, any, head, after);
  read_answerers(paper, any, {0, paper.size()});
  read_body_from_mentions(paper);
  QuestionRules rules;
  rules.where = {after, paper.size()};
  static const RE2 answer("(?m)^(?:und\\s+)?(?:ANTWORT|Antwort)\\b");
  rules.answered = paper.find(answer, {0, paper.size()}, &found);
  read_questions(paper, rules);
  return true;
}

// What was sought in vain: every field a reader of such a paper would expect.
void note_abstained(Document& document) {
  const auto seek = [&](const char* field, bool empty) {
    if (empty) document.abstained.emplace_back(field);
  };
  seek("type", document.type.empty());
  seek("body", document.body.empty());
  seek("title", document.title.empty());
  seek("date", document.date.empty());
  const bool press = document.type == "Pressemitteilung";
  seek("number", document.number.empty());
  if (!press) seek("legislature", !document.legislature);
  if (asks_questions(document) || document.type == "Antrag") {
    seek("authors", document.authors.empty());
    seek("groups", document.groups.empty());
  }
  if (asks_questions(document)) {
    seek("questions", document.questions.empty());
    if (is_answered(document)) seek("ministries", document.ministries.empty());
  }
  if (press) {
    seek("place", document.place.empty());
    seek("ministries", document.ministries.empty());
  }
}

}  // namespace

Document interpret(const SourceText& source) {
  Paper paper(source);
  Document& document = paper.document;
  document.paged = source.paged;
  document.pages = source.pages;
  document.warnings = source.warnings;
  if (!paper.lines().empty()) {
    leave_out_notes(paper, nullptr);
    const bool web = source.media_type == "text/html";
    bool done = !is_result_page(paper) && read_protocol(paper);
    if (!done && web) {
      read_web_page(paper);
      done = true;
    }
    if (!done) {
      if (const Layout* layout = layout_of(paper)) {
        leave_out_notes(paper, layout);
        read_parliament(paper, *layout);
        done = true;
      }
    }
    if (!done)
      done = read_headless_inquiry(paper) || read_party(paper) || read_council(paper) ||
             read_press(paper);
    if (!done) read_plain(paper);
    if (!shows_several_papers(paper)) {
      read_references(paper);
      read_relations(paper);
    }
    read_attachments(paper);
    if (is_answered(document)) read_withheld(paper);
    read_headings(paper);
    for (const MarkedTable& table : source.tables) {
      Section section;
      section.kind = SectionKind::kTable;
      section.span = table.span;
      section.text = paper.readable(paper.range_of(table.span));
      document.sections.push_back(std::move(section));
    }
    for (const Span& footnote : source.footnotes) {
      if (!is_note(paper, footnote)) continue;
      Section section;
      section.kind = SectionKind::kFootnote;
      section.span = footnote;
      section.text = text_of(source.pages, footnote);
      document.sections.push_back(std::move(section));
    }
    std::stable_sort(document.sections.begin(), document.sections.end(),
                     [](const Section& a, const Section& b) {
                       return a.span.page != b.span.page ? a.span.page < b.span.page
                                                         : a.span.begin < b.span.begin;
                     });
  }
  resolve_identities(document);
  note_abstained(document);
  return std::move(paper.document);
}

void warm_up_interpretation() {
  for (const Layout* layout : parliament_layouts()) {
    (void)compiled(layout->head);
    for (const char* pattern : layout->askers) (void)compiled(pattern);
    for (const char* pattern : layout->titles) (void)compiled(pattern);
    for (const char* pattern : layout->houses) (void)compiled(pattern);
    for (const char* pattern : layout->left_out) (void)compiled(pattern);
    for (const DateRule& rule : layout->dates) (void)compiled(rule.pattern);
  }
  // One small paper of each kind touches the patterns the mechanisms share.
  for (const char* text :
       {"Deutscher Bundestag Drucksache 1/1\n1. Wahlperiode 01.02.1950\nAntwort\nder "
        "Bundesregierung\nauf die Kleine Anfrage "
        "der Abgeordneten Anna Muster, Dr. Bert Beispiel und der Fraktion der SPD\n– Drucksache "
        "1/2 –\nTitel\n1. Was gilt?\n"
        "Die Fragen 1 und 2 werden gemeinsam beantwortet.\nBerlin, den 1. Februar 1950",
        "Plenarprotokoll 1/1\nAnna Muster (SPD): Danke.",
        "Beschluss A 1. Titel\nGremium: Parteitag\nBeschlussdatum: 01.02.2000",
        "Pressemitteilung\nNr. 1/2000\nTitel\n„Gut“, sagte sie. „Ja.“",
        "Stadt Muster\nAntrag\nGremium: Rat"}) {
    SourceText source;
    source.media_type = "text/plain";
    source.pages.push_back({1, text});
    (void)interpret(source);
    source.media_type = "text/html";
    (void)interpret(source);
  }
}

}  // namespace fundstelle
