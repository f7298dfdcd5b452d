// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bremen: numbers with suffix S belong to the city; movers sign below the questions ("A, B und
// Fraktion Bündnis 90/Die Grünen"), answers of the Senate follow behind "D a z u".
#include "extract/layouts/layouts.h"

namespace fundstelle {

const Layout kBremen = {
    .name = "bremen",
    .body = "Bremische Bürgerschaft",
    .head = "(?i)Bremische\\s+Bürgerschaft",
    .askers = {"Anfrage\\s+(de[rs]\\s+(?:Fraktion(?:en)?|Gruppe|Abgeordneten)\\s[^§\\n]+?)(?:\\s+"
               "vom\\s+%d|\\n)",
               "\\n((?:[^\\n?!:]+,[ \\t]*\\n)*[^\\n?!:]+\\s+und\\s+Fraktion\\s+[^\\n]+)\\n"},
    .titles = {"Anfrage\\s+de[rs]\\s+(?:Fraktion(?:en)?|Gruppe|Abgeordneten)\\s[^\\n]+?"
               "vom\\s+%d\\s*\\n"},
    .houses = {"\\nAntwort\\s+(des\\s+Senats)"},
    .dates = {{"asked", "Anfrage\\s+de[rs]\\s[^§]+?\\s+vom\\s+%D", "line of the movers"},
              {"answered",
               "(?:Antwort|Mitteilung)\\s+des\\s+Senats(?:\\s+an\\s+die[^\\n]{0,60})?\\s+vom\\s+%D",
               "answer line"}},
};

}  // namespace fundstelle
