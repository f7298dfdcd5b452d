// SPDX-License-Identifier: GPL-3.0-or-later
//
// Niedersachsen: "Kleine Anfrage zur schriftlichen Beantwortung gemäß § 46 Abs. 1 GO LT mit
// Antwort", "Anfrage der Abgeordneten … (GRÜNE), eingegangen am … - Drs. 18/3867 an die
// Staatskanzlei übersandt am …", "Antwort des Niedersächsischen Ministeriums … namens der
// Landesregierung vom …", "(Verteilt am …)".
#include "extract/layouts/layouts.h"

namespace fundstelle {

const Layout kNiedersachsen = {
    .name = "niedersachsen",
    .body = "Niedersächsischer Landtag",
    .head = "(?i)Niedersächsischer\\s+Landtag",
    .askers = {"Anfrage\\s+(de[rs]\\s+(?:Abgeordneten|Abg\\.|Fraktion)\\s[^§]+?)(?:,\\s*"
               "eingegangen|\\s+vom\\s+%d|\\s+an\\s+die\\s+Landesregierung|\\s+–\\s)"},
    .titles = {"(?:namens|für)\\s+(?:der|die)\\s+Landesregierung\\s+vom\\s+%d\\s*\\n",
               "\\n(?:Wortlaut\\s+der\\s+(?:Kleinen\\s+)?Anfrage[^\\n]*)\\n"},
    .houses = {"Antwort\\s+(de[rs]\\s[^§.?!]+?)\\s*(?:namens\\s+der|vom\\s+%d|für\\s+die\\s+"
               "Landesregierung)"},
    .dates = {{"received", "eingegangen\\s+am\\s+%D", "line of the movers"},
              {"answered", "(?:namens|für)\\s+(?:der|die)\\s+Landesregierung\\s+vom\\s+%D",
               "answer line"},
              {"published", "\\((?:Verteilt|Ausgegeben)\\s+am\\s+%D", "foot"}},
};

}  // namespace fundstelle
