// SPDX-License-Identifier: GPL-3.0-or-later
//
// Brandenburg: "Antwort der Landesregierung auf die Kleine Anfrage 1385 der Abgeordneten X und Y
// der CDU-Fraktion Drucksache 6/3367", "Namens der Landesregierung beantwortet der Minister …",
// "Frage 1:", "zu den Fragen 1 und 2:". Inquiries count apart from Drucksachen.
#include "extract/layouts/layouts.h"

namespace fundstelle {

const Layout kBrandenburg = {
    .name = "brandenburg",
    .body = "Landtag Brandenburg",
    .head = "(?i)Landtag\\s+(?:von\\s+)?Brandenburg",
    .askers = {"Anfrage\\s+(?:Nr\\.\\s*)?\\d*\\s*\\n?\\s*(?:vom\\s+%d\\s*\\n?\\s*)?(de[rs]\\s+"
               "Abgeordneten\\s[^§]+?)\\s*\\n?\\s*(?:an\\s+die\\s+Landesregierung|Drucksache|"
               "\\n\\s*\\n)"},
    .titles = {"Anfrage\\s+(?:Nr\\.\\s*)?\\d*\\s*\\n?\\s*(?:vom\\s+%d\\s*\\n?\\s*)?de[rs]\\s+"
               "Abgeordneten\\s[^§]+?Drucksache\\s+\\d+/\\d+\\s*\\n"},
    .houses = {"(?i:Namens\\s+der\\s+Land(?:es)?regierung)\\s+beantwortet\\s+((?:der|die|das)\\s.{"
               "5,260}?)\\s+die\\s+(?i:Kleine|Große)",
               "Antwort\\s*\\n?\\s*(der\\s+Landesregierung)"},
    .dates = {{"asked", "Wortlaut\\s+der\\s+Kleinen\\s+Anfrage(?:\\s+Nr\\.)?\\s*\\d*\\s+vom\\s+%D",
               "line above the questions"},
              {"received", "(?:Datum\\s+des\\s+Eingangs|Eingegangen):?\\s*%D", "foot"},
              {"published", "Ausgegeben:?\\s*%D", "foot"}},
};

}  // namespace fundstelle
