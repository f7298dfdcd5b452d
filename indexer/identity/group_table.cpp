// SPDX-License-Identifier: GPL-3.0-or-later
//
// Parliamentary groups and the parties behind them, with the spellings of 75 years. CDU/CSU is one
// Fraktion of two parties, hence three identities. Form words (Fraktion der …, Gruppe …,
// …-Landtagsfraktion) are taken off before the table is asked.
#include "identity/tables.h"

namespace fundstelle {
namespace {
constexpr Level kAny = Level::kUnknown;

constexpr IdentityRow kGroups[] = {
    {"cdu-csu", "CDU/CSU", kAny, "CDU und CSU|Union|CDU-CSU|CDU/ CSU|CSU/CDU"},
    {"cdu", "CDU", kAny,
     "Christlich Demokratische Union Deutschlands|Christlich Demokratische Union"},
    {"csu", "CSU", kAny, "Christlich-Soziale Union in Bayern|Christlich-Soziale Union"},
    {"spd", "SPD", kAny, "Sozialdemokratische Partei Deutschlands|Sozialdemokraten"},
    {"gruene", "BÜNDNIS 90/DIE GRÜNEN", kAny,
     "Bündnis 90 / Die Grünen|Bündnis90/Die Grünen|Bündnis 90 Die Grünen|Die "
     "Grünen|Grüne|Grünen|GRU|"
     "B90/Grüne|B90/Die Grünen|B 90/Grüne|B90/GR|Bündnis Grüne|Bündnis 90/Grüne|Bündnis 90|Bü90/Gr|"
     "Die Grünen/Bündnis 90|Bündnis 90/Die Grünen (GAL)|GAL|Grün-Alternative Liste|Alternative "
     "Liste|"
     "Bündnis 90/Grüne (BürgerInnenbewegung)|BÜNDNIS 90/DIE GRÜNEN/UFV|BÜ 90/DIE "
     "GRÜNEN|Bündnisgrüne"},
    {"fdp", "FDP", kAny,
     "F.D.P.|FDP/DVP|DVP/FDP|Freie Demokraten|Freien Demokraten|Freie Demokraten (FDP)|FDP (Freie "
     "Demokraten)|"
     "Freie Demokratische Partei|DPS|FDP/DPS|FDP/BDV|BDV"},
    {"linke", "Die Linke", kAny,
     "DIE LINKE.|Linke|Linken|Die Linken|PDS|PDS/LL|PDS/Linke Liste|Linke "
     "Liste/PDS|Linkspartei|Die Linkspartei|"
     "Linkspartei.PDS|Die Linkspartei.PDS|Partei des Demokratischen "
     "Sozialismus|Linksfraktion|Linke.PDS"},
    {"afd", "AfD", kAny, "Alternative für Deutschland"},
    {"bsw", "BSW", kAny,
     "Bündnis Sahra Wagenknecht|Bündnis Sahra Wagenknecht - Vernunft und Gerechtigkeit|BSW - "
     "Vernunft und Gerechtigkeit"},
    {"freie-waehler", "FREIE WÄHLER", kAny,
     "Freien Wähler|FW|FWG|BVB / FREIE WÄHLER|BVB/FREIE WÄHLER Gruppe|Freie Wähler "
     "Gruppe|Freie-Wähler|BVB"},
    {"ssw", "SSW", kAny,
     "Südschleswigscher Wählerverband|Südschleswigscher Wählerbund|Abgeordneten des "
     "SSW|Abgeordnete des SSW"},
    {"piraten", "PIRATEN", kAny, "Piratenpartei|Piratenpartei Deutschland|Piratenfraktion"},
    {"npd", "NPD", kAny, "Nationaldemokratische Partei Deutschlands"},
    {"dvu", "DVU", kAny, "Deutsche Volksunion|DVU Freiheitliche Liste"},
    {"rep", "Die Republikaner", kAny, "REP|Republikaner"},
    {"biw", "BIW", kAny, "Bürger in Wut|BÜRGER IN WUT"},
    {"buendnis-deutschland", "Bündnis Deutschland", kAny, "BD"},
    {"schill", "Partei Rechtsstaatlicher Offensive", kAny,
     "Schill|PRO|Ronald-Schill-Fraktion|Partei Rechtsstaatliche Offensive"},
    {"statt-partei", "STATT Partei", kAny, "STATT|STATT Gruppe"},
    {"afb", "Arbeit für Bremen", kAny, "AFB"},
    {"familie", "Familien-Partei", kAny, "FAMILIE|Familienpartei"},
    {"volt", "Volt", kAny, "Volt Deutschland"},
    {"oedp", "ÖDP", kAny, "Ökologisch-Demokratische Partei"},
    {"tierschutzpartei", "Tierschutzpartei", kAny, "Partei Mensch Umwelt Tierschutz"},
    {"die-partei", "Die PARTEI", kAny, ""},
    {"werteunion", "WerteUnion", kAny, ""},
    {"lkr", "LKR", kAny, "ALFA|Liberal-Konservative Reformer"},
    {"blaue", "Die blaue Partei", kAny, "Blaue"},
    {"abw", "ABW", kAny, "Allianz für Bürgerrechte und Wirtschaft"},
    {"kpd", "KPD", kAny, "Kommunistische Partei Deutschlands"},
    {"dp", "DP", kAny, "Deutsche Partei"},
    {"gb-bhe", "GB/BHE", kAny,
     "BHE|Gesamtdeutscher Block/BHE|Block der Heimatvertriebenen und Entrechteten"},
    {"zentrum", "Zentrum", kAny, "Z|Deutsche Zentrumspartei|Zentrumspartei"},
    {"bp", "Bayernpartei", kAny, "BP|FU|Föderalistische Union"},
    {"wav", "WAV", kAny, "Wirtschaftliche Aufbau-Vereinigung"},
    {"dfp", "FVP", kAny, "Freie Volkspartei"},
    {"fraktionslos", "fraktionslos", kAny,
     "fraktionsloser Abgeordneter|fraktionslose Abgeordnete|fraktionslosen "
     "Abgeordneten|fraktionsloser|fraktionslose|fkl|"
     "fl|ohne Fraktion|parteilos"},
};
}  // namespace

std::span<const IdentityRow> group_rows() { return kGroups; }

}  // namespace fundstelle
