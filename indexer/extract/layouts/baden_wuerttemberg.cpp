// SPDX-License-Identifier: GPL-3.0-or-later
//
// Baden-Württemberg: "Kleine Anfrage des Abg. Dr. X FDP/DVP und Antwort des Ministeriums für …",
// "Mit Schreiben vom … Nr. … beantwortet das Ministerium … im Einvernehmen mit …"; dates "01. 02.
// 2017".
#include "extract/layouts/layouts.h"

namespace fundstelle {

const Layout kBadenWuerttemberg = {
    .name = "baden-wuerttemberg",
    .body = "Landtag von Baden-Württemberg",
    .head = "(?i)Landtag\\s+von\\s+Baden-Württemberg",
    .askers = {"\\n\\s*(de[rs]\\s+(?:Abg\\.|Abgeordneten|Fraktion).+?)\\s*\\n\\s*(?:und\\s*"
               "\\n|Antwort|Stellungnahme)",
               "\\n\\s*(de[rs]\\s+(?:Abg\\.|Abgeordneten|Fraktion(?:en)?)[^§]+?%G)(?:\\s|$)"},
    .titles = {"\\n(?:Antwort|Stellungnahme)\\s*\\n?\\s*(?:des|der)\\s+(?:[^\\n]*(?:ministeriums?|"
               "regierung|Ministeriums)[^\\n]*)(?:\\n[^\\n]+)?\\n\\s*\\n"},
    .houses =
        {"\\n(?:und\\s+)?(?:Antwort|Stellungnahme)\\s*\\n?\\s*(de[rs]\\s[^§.?!]+?)(?:\\n\\s*\\n|$)",
         "beantwortet\\s+(das\\s[^§.?!]+?)\\s(?:die\\s+(?:Kleine|Große)\\s+Anfrage|den\\s+Antrag|"
         "wie\\s+folgt|$)",
         "nimmt\\s+(das\\s[^§.?!]+?)\\s(?:zu\\s+dem\\s+Antrag|wie\\s+folgt)"},
    .dates = {{"date", "^.*?Drucksache\\s+\\d+\\s?/\\s?\\d+\\s+%D", "head line"},
              {"received", "(?i)Eingegangen:\\s*%D", "head line"},
              {"published", "(?i)Ausgegeben:\\s*%D", "head line"},
              {"answered", "Mit\\s+Schreiben\\s+vom\\s+%D", "answer formula"}},
};

}  // namespace fundstelle
