// SPDX-License-Identifier: GPL-3.0-or-later
//
// Deutscher Bundestag: "Deutscher Bundestag · Drucksache 18/9399 · 18. Wahlperiode · 12.08.2016".
// Answers stand right behind their question; the house that answered is named at the foot of
// page 1.
#include "extract/interpret_fields.h"
#include "extract/layouts/layouts.h"

namespace fundstelle {
namespace {

void special(Paper& paper) {
  const std::string& type = paper.document.type;
  if (type == "Schriftliche Fragen" || type == "Fragen") {
    // The kind and the week or sitting are the title.
    static const RE2 formula(
        "(?:^|\\n)\\s*((?:Schriftliche |Dringliche "
        ")?Fragen\\s+(?:mit\\s+den\\s+in|für\\s+die\\s+Fragestunde)[^§]+?)\\n\\s*(?:\\n|"
        "Verzeichnis|Abgeordnete)");
    Range all;
    Range title;
    if (paper.find(formula, paper.head(14), &all, &title)) {
      paper.document.title = paper.one_line(title);
      paper.note("title", title, "type line");
    }
  }
  if (type.starts_with("Beschlussempfehlung") || type == "Bericht") {
    // Movers named here are those of the paper recommended upon, not of the recommendation.
    paper.document.authors.clear();
    paper.document.groups.clear();
    paper.document.read.erase("authors");
    paper.document.read.erase("groups");
  }
}

}  // namespace

const Layout kBundestag = {
    .name = "bundestag",
    .body = "Deutscher Bundestag",
    .head = "(?i)(?:^|\\n)\\s*(?:Drucksache\\s+\\d+/\\d+\\s+.{0,20})?Deutscher Bundestag\\b",
    .askers =
        {"Bundesregierung\\s+auf die (?:Kleine|Große) "
         "Anfrage\\s+(de[rs]\\s.+?)\\s*(?:betreffend\\b|\\n\\s*[–—-]\\s*Drucksache|[–—-]\\s*"
         "Drucksache)",
         "Bundesregierung\\s+auf die (?:Kleine|Große) "
         "Anfrage\\s+(de[rs]\\s.+?Fraktion(?:en)?\\s+(?:de[rs]\\s+)?%G(?:\\s+und\\s+(?:"
         "der\\s+Fraktion\\s+)?(?:der\\s+)?%G)*)",
         "\\n(?i:Antrag|Gesetzentwurf|Kleine Anfrage|Große "
         "Anfrage|Änderungsantrag|Entschließungsantrag|Wahlvorschlag)\\s*\\n\\s*"
         "(de[rs]\\s+(?:Abgeordneten|Fraktion|Gruppe).*?(?:Fraktion(?:en)?|Gruppe)\\s+(?:de["
         "rs]\\s+)?%G(?:\\s*(?:,|und)\\s+(?:der\\s+)?(?:Fraktion\\s+)?(?:der\\s+)?%G)*)(?:\\s|$)"},
    .titles = {"[–—-]\\s*Drucksachen?\\s+[\\d/,\\sund()neu]+[–—-]\\s*\\n",
               "(Sammelübersicht\\s+\\d+\\s+zu\\s+Petitionen)"},
    .houses = {"mit\\s+Schreiben\\s+(de[rs]\\s[^§.?!]+?)\\s+vom\\s+%d\\s+übermittelt",
               "Zugeleitet\\s+mit\\s+Schreiben\\s+(de[rs]\\s[^§.?!]+?)\\s+vom\\s+%d"},
    .dates = {{"date", "^.*?Wahlperiode\\s+%D", "head line"},
              {"answered", "mit\\s+Schreiben\\s+de[rs]\\s[^§]+?\\s+vom\\s+%D\\s+übermittelt",
               "answer formula"},
              {"decided", "–\\s+Beschlüsse\\s+vom\\s+%D", "decision line"}},
    // A note at the foot of a page, also where the text rendering lost its place.
    .left_out = {"(?m)^\\*+ ?Von einer Drucklegung [^*]{0,300}?abrufbar\\.$"},
    .special = special,
};

}  // namespace fundstelle
