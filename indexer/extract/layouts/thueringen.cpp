// SPDX-License-Identifier: GPL-3.0-or-later
//
// Thüringen: "Kleine Anfrage des Abgeordneten Kießling (AfD) und Antwort des Thüringer Ministeriums
// …", surname only; "Die Kleine Anfrage 1297 vom … hat folgenden Wortlaut:".
#include "extract/layouts/layouts.h"

namespace fundstelle {

const Layout kThueringen = {
    .name = "thueringen",
    .body = "Thüringer Landtag",
    .head = "(?i)Thüringer\\s+Landtag",
    .askers = {"A\\s?n\\s?f\\s?r\\s?a\\s?g\\s?e\\s*\\n?\\s*(de[rs]\\s+(?:Abgeordneten|Fraktion)\\s["
               "^§]+?\\([^)]{2,40}\\))"},
    .titles = {"\\nAntwort\\s*\\n\\s*de[rs]\\s+Thüringer\\s[^\\n]+\\n\\s*\\n"},
    .houses = {"\\n\\s*(?:und\\s+)?Antwort\\s*\\n?\\s*(de[rs]\\s[^§.?!]+?)(?:\\n\\s*\\n|$)",
               "Das\\s+(Thüringer\\s+Ministerium\\s[^§.?!]+?)\\s+hat\\s+die\\s+(?:Kleine|Große)\\s+"
               "Anfrage"},
    .dates = {{"date", "^.*?Drucksache\\s+\\d+/\\d+\\s+%D", "head line"},
              {"asked", "Anfrage\\s+\\d+\\s+vom\\s+%D\\s+hat\\s+folgenden",
               "line above the questions"},
              {"answered", "mit\\s+Schreiben\\s+vom\\s+%D", "answer formula"}},
};

}  // namespace fundstelle
