// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hessen: "Kleine Anfrage des Abg. Rentsch (FDP) vom … betreffend … und Antwort des Ministers …";
// "Eingegangen am … · Ausgegeben am …".
#include "extract/layouts/layouts.h"

namespace fundstelle {

const Layout kHessen = {
    .name = "hessen",
    .body = "Hessischer Landtag",
    .head = "(?i)Hessischer\\s+Landtag",
    .askers = {"Anfrage\\s*\\n?\\s*(de[rs]\\s+(?:Abg\\.|Abgeordneten|Fraktion)[^§]+?)\\s+vom\\s+%d",
               "Anfrage\\s*\\n\\s*([^\\n]+\\([^)\\n]+\\)[^\\n]*?)\\s+vom\\s+%d",
               "Anfrage\\s*\\n?\\s*(de[rs]\\s+(?:Abg\\.|Abgeordneten|Fraktion)[^§]+?%G\\)?)"},
    .titles = {"\\sbetreffend\\s+(.+?)\\s*\\n\\s*und\\s*\\n"},
    .houses = {"\\n\\s*Antwort\\s*\\n\\s*((?:Minister|Staatsminister|Chef|Kultusminister|"
               "Finanzminister)[^§.?!]+?)(?:\\n\\s*\\n|$)",
               "\\n\\s*(?:und\\s+)?Antwort\\s*\\n?\\s*(de[rs]\\s[^§.?!]+?)(?:\\n\\s*\\n|Die\\s+"
               "Kleine|auf\\s+die|Vorbemerkung|der\\s+Fragesteller|$)",
               "Im\\s+Einvernehmen\\s+mit\\s+([^§.?!]+?)\\s+(?:beantworte|wie\\s+folgt)"},
    .dates = {{"asked", "Anfrage\\s*\\n[^\\n]+\\([^)\\n]+\\)[^\\n]*?\\s+vom\\s+%D",
               "line of the movers"},
              {"asked",
               "Anfrage\\s*\\n?\\s*de[rs]\\s+(?:Abg\\.|Abgeordneten|Fraktion)[^§]+?\\s+vom\\s+%D",
               "line of the movers"},
              {"received", "Eingegangen\\s+am\\s+%D", "foot"},
              {"published", "Ausgegeben\\s+am\\s+%D", "foot"},
              {"date", "^.*?Drucksache\\s+\\d+/\\d+\\s+%D", "head line"}},
};

}  // namespace fundstelle
