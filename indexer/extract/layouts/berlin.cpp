// SPDX-License-Identifier: GPL-3.0-or-later
//
// Berlin: "Drucksache 18 / 20 455 · Schriftliche Anfrage", "des Abgeordneten X (CDU) vom … (Eingang
// beim Abgeordnetenhaus am …) zum Thema: … und Antwort vom … (Eingang …)"; the answering department
// heads a letter of its own.
#include "extract/layouts/layouts.h"

namespace fundstelle {

const Layout kBerlin = {
    .name = "berlin",
    .body = "Abgeordnetenhaus von Berlin",
    .head =
        "(?i)Abgeordnetenhaus\\s+Drucksache[^\\n]*\\n\\s*BERLIN\\b|Abgeordnetenhaus(?:\\s+von)?\\s+"
        "Berlin|Abgeordnetenhaus\\s+B\\s?E\\s?R\\s?L\\s?I\\s?N",
    .askers = {"Anfrage\\s*\\n.{0,80}?(de[rs]\\s+Abgeordneten\\s[^§]+?)\\s+vom\\s+%d",
               "(de[rs]\\s+Abgeordneten\\s[^§]+?\\(%G\\))"},
    .titles = {"zum\\s+Thema:?\\s*\\n"},
    .houses = {"(?:_{4,}|\\.{8,}|\\n)\\s*(Senatsverwaltung\\s+für\\s[^§.?!]+?)\\s*(?:\\n\\s*){0,5}("
               "?:\\(Eingang|Frau|Herrn|An\\s|über|$)",
               "\\n\\s*(Senatsverwaltung\\s+für\\s[^\\n]+)"},
    .dates = {{"asked", "de[rs]\\s+Abgeordneten\\s[^§]+?\\s+vom\\s+%D", "line below the movers"},
              {"received", "Eingang\\s+beim\\s+Abgeordnetenhaus\\s+am\\s+%D",
               "line below the movers"},
              {"answered", "und\\s+Antwort\\s+vom\\s+%D", "answer line"}},
};

}  // namespace fundstelle
