// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hamburg: "Schriftliche Kleine Anfrage des Abgeordneten X (FDP) vom 22.07.16 und Antwort des
// Senats · Betr.: …". Years have two digits.
#include "extract/layouts/layouts.h"

namespace fundstelle {

const Layout kHamburg = {
    .name = "hamburg",
    .body = "Hamburgische Bürgerschaft",
    .head =
        "(?i)Bürgerschaft\\s+der\\s+Freien\\s+und\\s+Hansestadt\\s+Hamburg|Hamburgische\\s+"
        "Bürgerschaft",
    .askers = {"Anfrage\\s*\\n\\s*(de[rs]\\s+Abgeordneten\\s[^§]+?)\\s+vom\\s+%d",
               "(?:Anfrage|Antrag)\\s*\\n\\s*(de[rs]\\s+Abgeordneten\\s[^§]+?\\(%G\\))"},
    .titles = {"Betr\\.?:\\s*"},
    .houses = {"(?:und\\s+)?Antwort\\s+(des\\s+Senats)"},
    .dates = {{"date", "^.*?Wahlperiode\\s+%D", "head line"},
              {"asked", "Anfrage\\s*\\n\\s*de[rs]\\s+Abgeordneten\\s[^§]+?\\s+vom\\s+%D",
               "line of the movers"}},
};

}  // namespace fundstelle
