// SPDX-License-Identifier: GPL-3.0-or-later
//
// Nordrhein-Westfalen: "Antwort der Landesregierung auf die Kleine Anfrage 1234 vom … des
// Abgeordneten X CDU Drucksache 16/1234"; "Datum des Originals: … / Ausgegeben: …".
#include "extract/layouts/layouts.h"

namespace fundstelle {

const Layout kNordrheinWestfalen = {
    .name = "nordrhein-westfalen",
    .body = "Landtag Nordrhein-Westfalen",
    .head = "(?i)Landtag\\s+Nordrhein-Westfalen",
    .askers = {"Anfrage\\s+\\d*\\s*(?:vom\\s+%d)?\\s*\\n?\\s*(de[rs]\\s+(?:Abgeordneten|Fraktion)"
               "\\s[^§]+?)\\s*\\n?\\s*(?:Drucksache|\\n\\s*\\n)"},
    .titles = {"Anfrage\\s+\\d*\\s*(?:vom\\s+%d)?\\s*\\n?\\s*de[rs]\\s+(?:Abgeordneten|Fraktion)"
               "\\s[^§]+?Drucksache\\s+\\d+/\\d+\\s*\\n"},
    .houses = {"(?:Der|Die)\\s+((?:Minister|Ministerin|Finanzminister|Innenminister|Justizminister)"
               "[^§.?!]+?)\\s+hat\\s+die\\s+(?:Kleine|Große)",
               "Antwort\\s*\\n?\\s*(der\\s+Landesregierung)"},
    .dates = {{"date", "^.{0,90}?Drucksache\\s+\\d+/\\d+\\s+(?:\\d+\\.\\s+Wahlperiode\\s+)?%D",
               "head line"},
              {"asked", "Anfrage\\s+\\d*\\s*vom\\s+%D", "line of the movers"},
              {"answered", "mit\\s+Schreiben\\s+vom\\s+%D", "answer formula"},
              {"date", "Datum\\s+des\\s+Originals:\\s*%D", "foot"},
              {"published", "Ausgegeben:\\s*%D", "foot"},
              {"date", "^.*?Drucksache\\s+\\d+/\\d+\\s+%D", "head line"}},
};

}  // namespace fundstelle
