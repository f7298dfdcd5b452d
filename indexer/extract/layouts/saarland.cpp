// SPDX-License-Identifier: GPL-3.0-or-later
//
// Saarland: "Drucksache 15/1284 (15/1217)" names answer and question; "A N T W O R T zu der Anfrage
// des Abgeordneten X (B90/Grüne) betr.: …"; each question is restated without number above "Zu
// Frage N:". "Ausgegeben: 12.03.2015 (15.01.2015)".
#include "extract/interpret_fields.h"
#include "extract/layouts/layouts.h"

namespace fundstelle {
namespace {

void special(Paper& paper) {
  static const RE2 inquiry("(?i)Drucksache\\s+\\d+/\\d+\\s*\\((\\d+/\\d+)\\)");
  Range all;
  Range number;
  if (!paper.find(inquiry, paper.head(12), &all, &number)) return;
  paper.document.relations.push_back({RelationKind::kAnswers, std::string(paper.in(number)), ""});
  paper.note("relations", number, "number in brackets behind the paper's own");
}

}  // namespace

const Layout kSaarland = {
    .name = "saarland",
    .body = "Landtag des Saarlandes",
    .head = "(?i)Landtag\\s+des\\s+Saarlandes",
    .askers = {"(?i:Anfrage)\\s+(de[rs]\\s+Abgeordneten\\s[^§]+?\\([^)]{2,40}\\))",
               "(?i:Anfrage)\\s+(de[rs]\\s+(?:Abgeordneten|Fraktion)\\s[^§]+?)\\s+(?i:betr)"},
    .titles = {"(?i:betr)\\.?\\s*:\\s*([^\\n]+(?:\\n\\s*[^\\n]+){0,3}?)\\n\\s*\\n\\s*Vorbemerkung",
               "(?i:betr)(?:\\.|eff)\\s*:?\\s*(.+?)\\n\\s*\\n\\s*\\n", "(?i:betr)\\.?\\s*:\\s*"},
    .houses = {},
    .dates = {{"date", "^.*?Drucksache\\s+\\d+/\\d+(?:\\s*\\(\\d+/\\d+\\))?\\s+%D", "head line"},
              {"published", "Ausgegeben:\\s*%D", "foot"}},
    .restated_questions = true,
    .left_out = {"(?m)^Ausgegeben:[^\\n]*$",
                 "(?m)^Drucksache\\s+\\d+/\\d+[^\\n]*Landtag des Saarlandes[^\\n]*$",
                 "(?m)^-\\s*\\d{1,3}\\s*-$"},
    .special = special,
};

}  // namespace fundstelle
