// SPDX-License-Identifier: GPL-3.0-or-later
//
// Schleswig-Holstein: "Drucksache 18/5311 · 2017-03-07" (ISO dates), "Kleine Anfrage des
// Abgeordneten X und Antwort der Landesregierung – Minister …"; bare "Antwort:" behind each
// question.
#include "extract/layouts/layouts.h"

namespace fundstelle {

const Layout kSchleswigHolstein = {
    .name = "schleswig-holstein",
    .body = "Schleswig-Holsteinischer Landtag",
    .head = "(?i)Schleswig-Holsteinischer\\s+Landtag",
    .askers = {"Anfrage\\s*\\n?\\s*(de[rs]\\s+(?:Abgeordneten|Fraktion)\\s[^§]+?)\\s*\\n\\s*("
               "?:und\\s*\\n|\\n)"},
    .titles = {"\\nAntwort\\s*\\n\\s*der\\s+Landesregierung\\s*[-–][^\\n]*\\n\\s*\\n"},
    .houses = {"Landesregierung\\s*[-–]\\s*([^§.?!]+?)(?:\\n\\s*\\n|$)",
               "Federführend\\s+ist\\s+([^§.?!]+?)(?:\\n\\s*\\n|\\.|$)"},
    .dates = {{"date", "^.*?Drucksache\\s+\\d+/\\d+\\s+.{0,40}?%D", "head line"}},
};

}  // namespace fundstelle
