// SPDX-License-Identifier: GPL-3.0-or-later
//
// Federal houses, one identity over all their names since 1949. Where a house was split, its names
// stay with the branch that kept the first-named task; where two were merged, the merged name goes
// to the older branch. Houses of the Länder are made from portfolios (land_houses.cpp). Names from
// 2021 on after the organisation decrees of 8 December 2021 and 6 May 2025.
#include "identity/tables.h"

namespace fundstelle {
namespace {
constexpr Level kBund = Level::kBund;

constexpr IdentityRow kMinistries[] = {
    {"bundeskanzleramt", "Bundeskanzleramt", kBund,
     "Bundeskanzler|Bundeskanzlerin|BK|BKAmt|ChefBK|Chef des "
     "Bundeskanzleramtes|Bundeskanzleramtes|Bundeskanzleramts"},
    {"auswaertiges-amt", "Auswärtiges Amt", kBund,
     "Auswärtigen Amts|Auswärtigen Amtes|Auswärtigen Amt|Bundesminister des "
     "Auswärtigen|Bundesministerium des Auswärtigen|AA"},
    {"bm-innen", "Bundesministerium des Innern", kBund,
     "Bundesministerium des Innern, für Bau und Heimat|Bundesministerium des Innern und für "
     "Heimat|BMI|"
     "Bundesministerium des Inneren"},
    {"bm-justiz", "Bundesministerium der Justiz", kBund,
     "Bundesministerium der Justiz und für Verbraucherschutz|BMJ|BMJV"},
    {"bm-finanzen", "Bundesministerium der Finanzen", kBund, "Bundesfinanzministerium|BMF"},
    {"bm-wirtschaft", "Bundesministerium für Wirtschaft", kBund,
     "Bundesministerium für Wirtschaft und Energie|Bundesministerium für Wirtschaft und "
     "Klimaschutz|"
     "Bundesministerium für Wirtschaft und Technologie|Bundesministerium für Wirtschaft und Arbeit|"
     "Bundesministerium für Wirtschaft und "
     "Finanzen|Bundeswirtschaftsministerium|BMWi|BMWK|BMWE|BMWA"},
    {"bm-arbeit", "Bundesministerium für Arbeit und Soziales", kBund,
     "Bundesministerium für Arbeit und Sozialordnung|Bundesministerium für "
     "Arbeit|Bundesarbeitsministerium|BMAS|BMA"},
    {"bm-verteidigung", "Bundesministerium der Verteidigung", kBund,
     "Bundesministerium für Verteidigung|Bundesverteidigungsministerium|BMVg"},
    {"bm-landwirtschaft", "Bundesministerium für Landwirtschaft, Ernährung und Heimat", kBund,
     "Bundesministerium für Ernährung und Landwirtschaft|Bundesministerium für Ernährung, "
     "Landwirtschaft und Verbraucherschutz|"
     "Bundesministerium für Verbraucherschutz, Ernährung und Landwirtschaft|"
     "Bundesministerium für Ernährung, Landwirtschaft und "
     "Forsten|Bundeslandwirtschaftsministerium|BMEL|BMELV|BMVEL|BML|BMLEH"},
    {"bm-familie", "Bundesministerium für Bildung, Familie, Senioren, Frauen und Jugend", kBund,
     "Bundesministerium für Familie, Senioren, Frauen und Jugend|Bundesministerium für Jugend, "
     "Familie, Frauen und Gesundheit|"
     "Bundesministerium für Jugend, Familie und Gesundheit|Bundesministerium für Familie und "
     "Senioren|"
     "Bundesministerium für Frauen und Jugend|Bundesministerium für Familie und "
     "Jugend|Bundesministerium für Familienfragen|"
     "Bundesfamilienministerium|BMFSFJ|BMBFSFJ"},
    {"bm-gesundheit", "Bundesministerium für Gesundheit", kBund,
     "Bundesministerium für Gesundheit und Soziale Sicherung|Bundesministerium für "
     "Gesundheitswesen|"
     "Bundesgesundheitsministerium|BMG|BMGS"},
    {"bm-verkehr", "Bundesministerium für Verkehr", kBund,
     "Bundesministerium für Verkehr, Bau- und Wohnungswesen|Bundesministerium für Verkehr, Bau und "
     "Stadtentwicklung|"
     "Bundesministerium für Verkehr und digitale Infrastruktur|Bundesministerium für Digitales und "
     "Verkehr|"
     "Bundesverkehrsministerium|BMV|BMVI|BMDV|BMVBS|BMVBW"},
    {"bm-umwelt", "Bundesministerium für Umwelt, Klimaschutz, Naturschutz und nukleare Sicherheit",
     kBund,
     "Bundesministerium für Umwelt, Naturschutz und Reaktorsicherheit|"
     "Bundesministerium für Umwelt, Naturschutz, Bau und Reaktorsicherheit|"
     "Bundesministerium für Umwelt, Naturschutz und nukleare Sicherheit|"
     "Bundesministerium für Umwelt, Naturschutz, nukleare Sicherheit und "
     "Verbraucherschutz|Bundesumweltministerium|BMU|BMUB|BMUV|"
     "BMUKN"},
    {"bm-forschung", "Bundesministerium für Forschung, Technologie und Raumfahrt", kBund,
     "Bundesministerium für Bildung und Forschung|Bundesministerium für Bildung und Wissenschaft|"
     "Bundesministerium für Forschung und Technologie|Bundesministerium für Bildung, Wissenschaft, "
     "Forschung und Technologie|"
     "Bundesministerium für wissenschaftliche "
     "Forschung|Bundesforschungsministerium|Bundesbildungsministerium|BMBF|BMFT|BMFTR"},
    {"bm-entwicklung", "Bundesministerium für wirtschaftliche Zusammenarbeit und Entwicklung",
     kBund,
     "Bundesministerium für wirtschaftliche Zusammenarbeit|Bundesentwicklungsministerium|BMZ"},
    {"bm-bau", "Bundesministerium für Wohnen, Stadtentwicklung und Bauwesen", kBund,
     "Bundesministerium für Raumordnung, Bauwesen und Städtebau|Bundesministerium für Städtebau "
     "und Wohnungswesen|"
     "Bundesministerium für Wohnungsbau|Bundesbauministerium|BMWSB|BMBau"},
    {"bm-digital", "Bundesministerium für Digitales und Staatsmodernisierung", kBund,
     "BMDS|Bundesdigitalministerium"},
    {"bm-post", "Bundesministerium für Post und Telekommunikation", kBund,
     "Bundesministerium für das Post- und Fernmeldewesen|BMPT|BMP"},
    {"bm-innerdeutsch", "Bundesministerium für innerdeutsche Beziehungen", kBund,
     "Bundesministerium für gesamtdeutsche Fragen|BMB"},
    {"bm-vertriebene", "Bundesministerium für Vertriebene, Flüchtlinge und Kriegsgeschädigte",
     kBund, "Bundesministerium für Vertriebene"},
    {"bundespresseamt", "Presse- und Informationsamt der Bundesregierung", kBund,
     "Bundespresseamt|BPA"},
    {"bkm", "Beauftragter der Bundesregierung für Kultur und Medien", kBund,
     "Beauftragte der Bundesregierung für Kultur und Medien|Beauftragten der Bundesregierung für "
     "Kultur und Medien|BKM"},
    {"bundesregierung", "Bundesregierung", kBund, "Die Bundesregierung|BReg"},
    {"landesregierung", "Landesregierung", Level::kLand, "Die Landesregierung|LReg"},
    {"staatsregierung", "Staatsregierung", Level::kLand,
     "Die Staatsregierung|Bayerische Staatsregierung|Sächsische Staatsregierung"},
    {"senat", "Senat", Level::kLand, "Der Senat|Senat von Berlin|Senats"},
};
}  // namespace

std::span<const IdentityRow> ministry_rows() { return kMinistries; }

}  // namespace fundstelle
