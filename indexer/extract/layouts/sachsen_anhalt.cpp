// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sachsen-Anhalt: "Antwort der Landesregierung auf eine Kleine Anfrage zur schriftlichen
// Beantwortung · Abgeordneter X (FRAKTION) · title · Kleine Anfrage - KA 7/1234"; "(Ausgegeben am
// …)".
#include "extract/layouts/layouts.h"

namespace fundstelle {

const Layout kSachsenAnhalt = {
    .name = "sachsen-anhalt",
    .body = "Landtag von Sachsen-Anhalt",
    .head = "(?i)Landtag\\s+von\\s+Sachsen-Anhalt",
    .askers = {"\\n(Abgeordnete[r]?\\s[^§]+?\\([^)]{2,40}\\))"},
    .titles = {"\\nAbgeordnete[r]?\\s[^§]+?\\([^)]{2,40}\\)\\s*\\n"},
    .houses = {"Antwort\\s+der\\s+Landesregierung\\s*\\n?\\s*(?:erstellt\\s+vom|durch\\s+das)\\s+(."
               "+?)(?:\\n\\s*\\n|$)",
               "Antwort\\s+(der\\s+Landesregierung)"},
    .dates = {{"date", "^.*?Drucksache\\s+\\d+/\\d+\\s+%D", "head line"},
              {"published", "\\(Ausgegeben\\s+am\\s+%D", "foot"}},
};

}  // namespace fundstelle
