// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bundesrat: number and two-digit year (458/85), "(Beschluss)" on decisions, date alone on a line.
// The second part of a number is a year, so it gives no legislature.
#include "extract/interpret_fields.h"
#include "extract/layouts/layouts.h"

namespace fundstelle {

const Layout kBundesrat = {
    .name = "bundesrat",
    .body = "Bundesrat",
    .head = "(?:^|\\n)\\s*Bundesrat\\s+(?:zu\\s+)?(?:Drucksache|Plenarprotokoll)\\b",
    .askers = {},
    // Recommendations: "Wo - AV - Fz" / "zu Punkt … der 1056. Sitzung des Bundesrates am …".
    .titles =
        {"\\n\\s*zu\\s+Punkt\\s+\\S+(?:\\s+\\(?[a-z]\\))?\\s+der\\s+\\d+\\.\\s+Sitzung\\s+des\\s+"
         "Bundesrates\\s+am\\s+%d"},
    .houses = {"\\n(?:Antrag|Unterrichtung|Vorschlag|Verordnung|Vorlage|Mitteilung)\\s*\\n\\s*((?:"
               "des|durch\\s+das)\\s+(?:Bundesministeriums?|Auswärtige[ns]?\\s+Amte?s?)"
               "(?:\\s+(?:der|des|für)\\s+[^\\n]+)?)"},
    .dates = {{"date", "^.*?\\n\\s*%D\\s*\\n", "date below the number"},
              {"decided", "Bundesrat\\s+hat\\s+in\\s+seiner\\s+\\d+\\.\\s+Sitzung\\s+am\\s+%D",
               "decision formula"},
              {"decided",
               "Deutsche\\s+Bundestag\\s+hat\\s+in\\s+seiner\\s+\\d+\\.\\s+Sitzung\\s+am\\s+%D",
               "decision formula"}},
};

}  // namespace fundstelle
