// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rheinland-Pfalz: "Kleine Anfrage des Abgeordneten X (CDU) und Antwort des Ministeriums …",
// letter-spaced; "Die Kleine Anfrage 1234 vom … hat folgenden Wortlaut:".
#include "extract/layouts/layouts.h"

namespace fundstelle {

const Layout kRheinlandPfalz = {
    .name = "rheinland-pfalz",
    .body = "Landtag Rheinland-Pfalz",
    .head = "(?i)Landtag\\s+Rheinland-Pfalz",
    .askers = {"Anfrage\\s*\\n?\\s*(de[rs]\\s+(?:Abgeordneten|Fraktion)\\s[^§]+?%G\\)?)",
               "Anfrage\\s*\\n?\\s*(de[rs]\\s+(?:Abgeordneten|Fraktion)\\s[^§]+?)\\s*\\n\\s*"
               "und\\s*\\n"},
    .titles = {"\\nAntwort\\s*\\n\\s*de[rs]\\s[^\\n]+\\n\\s*\\n"},
    .houses = {"\\n\\s*(?:und\\s+)?Antwort\\s*\\n?\\s*(de[rs]\\s[^§.?!]+?)(?:\\n\\s*\\n|$)",
               "(?:Der|Die|Das)\\s+((?:Minister|Ministerium|Ministerin|Staatskanzlei|Chef)[^§]{2,"
               "200}?)\\s+hat\\s+die\\s+(?:Kleine|Große)\\s+Anfrage"},
    .dates = {{"asked", "Kleine\\s+Anfrage\\s+\\d+\\s+vom\\s+%D\\s+hat\\s+folgenden",
               "line above the questions"},
              {"answered", "mit\\s+Schreiben\\s+vom\\s+%D", "answer formula"},
              {"date", "^.*?Wahlperiode\\s+%D", "head line"},
              {"date", "^.*?Drucksache\\s+\\d+/\\d+\\s+%D", "head line"}},
};

}  // namespace fundstelle
