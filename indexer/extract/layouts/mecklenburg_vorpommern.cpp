// SPDX-License-Identifier: GPL-3.0-or-later
//
// Mecklenburg-Vorpommern: "KLEINE ANFRAGE des Abgeordneten X, Fraktion DIE LINKE", title, "und
// ANTWORT der Landesregierung"; the answering minister is named at the foot of page 1.
#include "extract/layouts/layouts.h"

namespace fundstelle {

const Layout kMecklenburgVorpommern = {
    .name = "mecklenburg-vorpommern",
    .body = "Landtag Mecklenburg-Vorpommern",
    .head = "(?i)Landtag\\s+(?:von\\s+)?Mecklenburg-Vorpommern",
    .askers = {"(?i:ANFRAGE)\\s*\\n?\\s*(de[rs]\\s+Abgeordneten\\s[^§]+?Fraktion\\s+(?:"
               "der\\s+)?%G)",
               "(?i:ANFRAGE)\\s*\\n?\\s*(de[rs]\\s+(?:Abgeordneten|Fraktion)\\s[^§]+?%G)",
               "(?i:ANTRAG|GESETZENTWURF)\\s*\\n?\\s*(de[rs]\\s+(?:Fraktion(?:en)?|Abgeordneten)"
               "\\s[^§]+?%G(?:\\s*(?:,|und)\\s+(?:der\\s+)?%G)*)"},
    .titles = {"(?i:ANFRAGE)\\s*\\n?\\s*de[rs]\\s+(?:Abgeordneten|Fraktion)\\s[^§]+?"
               "Fraktion\\s+(?:der\\s+)?%G\\s*\\n"},
    .houses = {"(?m)^((?:Der|Die|Das)\\s+(?:Minister|Ministerin|Ministerium|Finanzminister|"
               "Innenminister|Justizminister|Chef|\\pL+minister)[^§.?!]+?)\\s+hat\\s+namens\\s+"
               "der\\s+Landesregierung",
               "ANTWORT\\s*\\n?\\s*(der\\s+Landesregierung)"},
    .dates = {{"date", "^.*?Wahlperiode\\s+%D", "head line"},
              {"answered", "Anfrage\\s+mit\\s+Schreiben\\s+vom\\s+%D\\s+beantwortet",
               "foot of the first page"}},
    .left_out =
        {"(?m)^(?:Der|Die|Das)\\s[^§?.!]+?hat\\s+namens\\s+der\\s+Landesregierung\\s+die\\s+(?:"
         "Kleine|Große)\\s+Anfrage\\s+mit\\s+Schreiben\\s+vom\\s[^?]{5,40}?\\sbeantwortet\\."},
};

}  // namespace fundstelle
