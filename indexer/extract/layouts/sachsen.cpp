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
