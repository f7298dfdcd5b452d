// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sachsen: a scanned letter of the answering house, "Kleine Anfrage des Abgeordneten X, Fraktion …,
// Drs.-Nr.: 6/14650, Thema: …", "namens und im Auftrag der Sächsischen Staatsregierung beantworte
// ich … wie folgt:", "Frage 1:" with the answer below. The letterhead is badly read; the house is
// found by likeness.
#include "extract/interpret_fields.h"
#include "extract/interpret_houses.h"
#include "extract/layouts/layouts.h"

namespace fundstelle {
namespace {

void special(Paper& paper) {
  Document& document = paper.document;
  if (const std::string house = read_saxon_letterhead(paper.text()); !house.empty()) {
    document.ministries = {house};
    paper.note("ministries", {0, std::min<std::uint32_t>(paper.size(), 160)},
               "letterhead by likeness");
  }
  // The subject stands beside a column of addresses: only the left cells of its rows are title.
  static const RE2 subject("Thema:\\s*");
  Range at;
  if (paper.find(subject, paper.head(40), &at)) {
    std::string title;
    const auto& lines = paper.lines();
    Range range;
    for (std::size_t i = paper.line_at(at.end); i < lines.size() && range.end < at.end + 600; ++i) {
      std::string_view line = paper.line(i);
      if (lines[i].range.begin < at.end)
        line.remove_prefix(std::min<std::size_t>(line.size(), at.end - lines[i].range.begin));
      const bool first = range.empty();
      const std::string_view left = line.substr(0, line.find('\t'));
      static const RE2 over("^(?:Sehr geehrte|Frage \\d|namens|Namens|Vorbemerkung|Drs)");
      if (!first && (RE2::PartialMatch(re2::StringPiece(left.data(), left.size()), over) ||
                     (lines[i].gap_before && line.find('\t') == std::string_view::npos))) {
        break;
      }
      range = {first ? at.end : range.begin, lines[i].range.end};
      if (!title.empty() && !left.empty()) title += ' ';
      title += left;
    }
    RE2::GlobalReplace(&title, compiled("\\s+"), " ");
    RE2::Replace(&title, compiled("\\s+$"), "");
    if (title.size() > 3) {
      document.title = title;
      paper.note("title", range, "line Thema");
    }
  }
  if (document.date.empty()) {
    // "Dresden," and the date may stand in two rows of the address column.
    static const RE2 day(filled_in("Dresden,(?:[^\\n]*\\n){0,2}?[^\\n]*?%D"));
    Range all;
    Range printed;
    if (paper.find(day, paper.head(40), &all, &printed))
      set_date(paper, "date", printed, "letter head");
  }
  // The letter answers the paper it names; its own number is the same Drucksache.
  if (document.type.empty()) return;
  static const RE2 answers("(?i)beantworte\\s+ich|wie\\s+folgt\\s*:");
  Range found;
  if (document.type == "Kleine Anfrage" && paper.find(answers, {0, paper.size()}, &found)) {
    document.type = "Antwort";
  }
}

}  // namespace

const Layout kSachsen = {
    .name = "sachsen",
    .body = "Sächsischer Landtag",
    .head =
        "(?i)Sächsischer\\s+Landtag|Sächsischen\\s+Landtag(?:e?s)?\\b|(?:Namens|namens)\\s+und\\s+"
        "im\\s+Auftrag\\s+der\\s+Sächsischen\\s+Staatsregierung|"
        "Sächsisches\\s+Staatsministerium|SÄCHSISCHE[S]?\\s+STAATS",
    .askers = {"Anfrage\\s+(de[rs]\\s+Abgeordneten\\s[^§]+?)\\s*(?:,|\\n)?\\s*(?:Drs|Thema)"},
    .titles = {"Thema:\\s*"},
    .houses = {},
    .dates = {{"date", "\\n(?:Dresden,?\\s+(?:den\\s+)?)%D", "letter head"}},
    .left_out = {"(?m)^Seite \\d+ von \\d+$"},
    .special = special,
};

}  // namespace fundstelle
