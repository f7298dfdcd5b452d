// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bayern: "Schriftliche Anfrage des Abgeordneten X FREIE WÄHLER vom 15.05.2017", "Antwort des
// Staatsministeriums … vom …"; questions 1.1, 1.2 that the contents repeat with page numbers; last
// page "Hinweise des Landtagsamts".
#include "extract/layouts/layouts.h"

namespace fundstelle {

const Layout kBayern = {
    .name = "bayern",
    .body = "Bayerischer Landtag",
    .head = "(?i)Bayerischer\\s+Landtag",
    .askers = {"Anfrage\\s*\\n\\s*((?:de[rs]\\s*/"
               "?\\s*(?:de[rs])?\\s*Abgeordneten)[^§]+?)\\s+vom\\s+%d",
               "(?:Anfrage|Antrag)\\s*\\n\\s*((?:de[rs]\\s*/"
               "?\\s*(?:de[rs])?\\s*Abgeordneten)[^§]+?%G)"},
    .titles = {"Anfrage\\s*\\n\\s*de[rs][^§]+?\\s+vom\\s+%d\\s*\\n"},
    .houses =
        {"\\n\\s*Antwort\\s*\\n?\\s*((?:de[rs]|die)\\s[^§.?!]+?)(?:\\s+vom\\b|\\s+%d|\\s+"
         "vertreten)",
         "Anfrage\\s+wird\\s+(?:auf\\s+der\\s+Grundlage.{0,90}?)?(?:und\\s+)?(?:im\\s+Einvernehmen|"
         "in\\s+Abstimmung|nach\\s+Abstimmung|unter\\s+Einbindung)(?:\\s+mit)?\\s+([^§.?!]+?)\\s*"
         "wie\\s+folgt"},
    .dates = {{"date", "^.*?Drucksache\\s+\\d+\\s?/\\s?\\d+\\s+%D", "head line"},
              {"date", "^.*?Wahlperiode\\s+%D", "head line"},
              {"asked", "Anfrage\\s*\\n\\s*de[rs][^§]+?\\s+vom\\s+%D", "line below the movers"},
              {"answered", "\\n\\s*Antwort\\s*\\n?\\s*de[rs]\\s.+?\\s+(?:vom\\s+)?%D",
               "answer line"}},
};

}  // namespace fundstelle
