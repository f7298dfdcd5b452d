// SPDX-License-Identifier: GPL-3.0-or-later
//
// The 28 Sachgebiete of the Bundestag's documentation, most frequent first. "Ausländerpolitik,
// Zuwanderung" was renamed "Migration und Aufenthaltsrecht"; it is one area.
#include "identity/tables.h"

namespace fundstelle {
namespace {
constexpr IdentityRow kTopics[] = {
    {"aussenpolitik", "Außenpolitik und internationale Beziehungen", Level::kUnknown,
     "Außenpolitik"},
    {"wirtschaft", "Wirtschaft", Level::kUnknown, "Wirtschaftspolitik"},
    {"recht", "Recht", Level::kUnknown, "Rechtspolitik"},
    {"umwelt", "Umwelt", Level::kUnknown, "Umweltpolitik|Umweltschutz"},
    {"verkehr", "Verkehr", Level::kUnknown, "Verkehrspolitik"},
    {"finanzen", "Öffentliche Finanzen, Steuern und Abgaben", Level::kUnknown,
     "Öffentliche Finanzen|Finanzen|Steuern und Abgaben"},
    {"gesellschaft", "Gesellschaftspolitik, soziale Gruppen", Level::kUnknown,
     "Gesellschaftspolitik"},
    {"europa", "Europapolitik und Europäische Union", Level::kUnknown,
     "Europapolitik|Europäische Union"},
    {"innere-sicherheit", "Innere Sicherheit", Level::kUnknown, ""},
    {"staat-verwaltung", "Staat und Verwaltung", Level::kUnknown, ""},
    {"gesundheit", "Gesundheit", Level::kUnknown, "Gesundheitspolitik"},
    {"verteidigung", "Verteidigung", Level::kUnknown, "Verteidigungspolitik"},
    {"arbeit", "Arbeit und Beschäftigung", Level::kUnknown, ""},
    {"soziale-sicherung", "Soziale Sicherung", Level::kUnknown, ""},
    {"landwirtschaft", "Landwirtschaft und Ernährung", Level::kUnknown,
     "Ernährung und Landwirtschaft"},
    {"medien", "Medien, Kommunikation und Informationstechnik", Level::kUnknown, ""},
    {"migration", "Migration und Aufenthaltsrecht", Level::kUnknown,
     "Ausländerpolitik, Zuwanderung|Ausländerpolitik|Zuwanderung"},
    {"energie", "Energie", Level::kUnknown, "Energiepolitik"},
    {"bildung", "Bildung und Erziehung", Level::kUnknown, ""},
    {"wissenschaft", "Wissenschaft, Forschung und Technologie", Level::kUnknown, ""},
    {"neue-laender", "Neue Bundesländer / innerdeutsche Beziehungen", Level::kUnknown,
     "Neue Bundesländer|Innerdeutsche Beziehungen|Deutschlandpolitik"},
    {"entwicklung", "Entwicklungspolitik", Level::kUnknown, ""},
    {"bauen-wohnen", "Raumordnung, Bau- und Wohnungswesen", Level::kUnknown, ""},
    {"aussenwirtschaft", "Außenwirtschaft", Level::kUnknown, ""},
    {"bundestag", "Bundestag", Level::kUnknown, ""},
    {"kultur", "Kultur", Level::kUnknown, ""},
    {"parteien", "Politisches Leben, Parteien", Level::kUnknown, ""},
    {"sport-freizeit", "Sport, Freizeit und Tourismus", Level::kUnknown, ""},
};
}  // namespace

std::span<const IdentityRow> topic_rows() { return kTopics; }

}  // namespace fundstelle
