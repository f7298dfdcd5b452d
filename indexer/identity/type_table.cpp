// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kinds of documents: papers (Drucksachetypen), matters (Vorgangstypen of the Bundestag's
// documentation, whose records describe a whole matter), and what parties, councils and press
// offices issue. An inquiry printed together with its answer is a kind of its own.
#include "identity/tables.h"

namespace fundstelle {
namespace {
constexpr Level kNone = Level::kUnknown;

constexpr IdentityRow kTypes[] = {
    // Questions and answers.
    {"kleine-anfrage", "Kleine Anfrage", kNone,
     "Kleine Anfragen|Schriftliche Kleine Anfrage|KA|Minor inquiry"},
    {"kleine-anfrage-und-antwort", "Kleine Anfrage und Antwort", kNone,
     "Kleine Anfrage mit Antwort|Schriftliche Kleine Anfrage und Antwort|"
     "Kleine Anfrage zur schriftlichen Beantwortung mit Antwort|Anfrage und Antwort"},
    {"grosse-anfrage", "Große Anfrage", kNone, "Große Anfragen|Major inquiry"},
    {"grosse-anfrage-und-antwort", "Große Anfrage und Antwort", kNone, "Große Anfrage mit Antwort"},
    {"antwort", "Antwort", kNone,
     "Antwort der Bundesregierung|Antwort der Landesregierung|Antwort des Senats|Antwort der "
     "Staatsregierung|"
     "Antwort auf Kleine Anfrage|Antwort auf eine Kleine Anfrage|Antwort auf die Kleine "
     "Anfrage|Antwort auf Große Anfrage"},
    {"ergaenzende-antwort", "Ergänzende Antwort", kNone,
     "Ergänzung/Nachtrag zu Antwort|Nachtrag zur Antwort"},
    {"schriftliche-anfrage", "Schriftliche Anfrage", kNone, "Schriftliche Anfragen"},
    {"schriftliche-anfrage-und-antwort", "Schriftliche Anfrage und Antwort", kNone,
     "Schriftliche Anfrage mit Antwort"},
    {"schriftliche-frage", "Schriftliche Frage", kNone, ""},
    {"schriftliche-fragen", "Schriftliche Fragen", kNone,
     "Schriftliche Fragen mit den in der Woche eingegangenen Antworten der Bundesregierung"},
    {"muendliche-frage", "Mündliche Frage", kNone, "Mündliche Anfrage"},
    {"fragen", "Fragen", kNone, "Fragen für die Fragestunde|Fragestunde|Mündliche Fragen"},
    {"dringliche-frage", "Dringliche Frage", kNone, ""},
    {"dringliche-fragen", "Dringliche Fragen", kNone, "Dringliche Fragen für die Fragestunde"},
    {"anfragen-zum-plenum", "Anfragen zum Plenum", kNone, "Anfrage zum Plenum"},
    {"fragen-an-die-bundesregierung", "Fragen an die Bundesregierung", kNone, ""},
    {"befragung-der-bundesregierung", "Befragung der Bundesregierung", kNone, ""},
    // Motions, bills, committee work.
    {"antrag", "Antrag", kNone, "Anträge|Motion"},
    {"entschliessungsantrag", "Entschließungsantrag", kNone,
     "Entschließungsantrag BT|Entschließungsanträge"},
    {"aenderungsantrag", "Änderungsantrag", kNone, "Änderungsanträge"},
    {"dringlichkeitsantrag", "Dringlichkeitsantrag", kNone, "Eilantrag"},
    {"alternativantrag", "Alternativantrag", kNone, ""},
    {"gesetzentwurf", "Gesetzentwurf", kNone, "Gesetzentwürfe|Entwurf eines Gesetzes|Bill"},
    {"gesetzesantrag", "Gesetzesantrag", kNone, ""},
    {"gesetzesbeschluss", "Gesetzesbeschluss", kNone,
     "Gesetzesbeschluss des Deutschen Bundestages"},
    {"gesetzgebung", "Gesetzgebung", kNone, ""},
    {"beschlussempfehlung", "Beschlussempfehlung", kNone, "Beschlußempfehlung"},
    {"beschlussempfehlung-und-bericht", "Beschlussempfehlung und Bericht", kNone,
     "Beschlußempfehlung und Bericht"},
    {"sammeluebersicht", "Sammelübersicht", kNone, ""},
    {"bericht", "Bericht", kNone, "Berichte|Mündlicher Bericht|Schriftlicher Bericht"},
    {"zwischenbericht", "Zwischenbericht", kNone, ""},
    {"abschlussbericht", "Abschlussbericht", kNone, "Schlussbericht"},
    {"bericht-gutachten-programm", "Bericht, Gutachten, Programm", kNone, ""},
    {"empfehlungen", "Empfehlungen", kNone, "Empfehlungen der Ausschüsse|Empfehlung"},
    {"unterrichtung", "Unterrichtung", kNone, "Unterrichtungen"},
    {"unterrichtung-europaeisches-parlament", "Unterrichtung durch das Europäische Parlament",
     kNone, ""},
    {"stellungnahme", "Stellungnahme", kNone, "Stellungnahme des Bundesrates"},
    {"gegenaeusserung", "Gegenäußerung", kNone, "Gegenäußerung der Bundesregierung"},
    {"verordnung", "Verordnung", kNone, "Verordnungen"},
    {"rechtsverordnung", "Rechtsverordnung", kNone, ""},
    {"verordnungsantrag", "Verordnungsantrag", kNone, "Verordnungsantrag der Länder"},
    {"allgemeine-verwaltungsvorschrift", "Allgemeine Verwaltungsvorschrift", kNone,
     "Verwaltungsvorschrift"},
    {"vorlage", "Vorlage", kNone, "Beschlussvorlage|Sitzungsvorlage"},
    {"informationsvorlage", "Informationsvorlage", kNone, ""},
    {"eu-vorlage", "EU-Vorlage", kNone, ""},
    {"vorschlag", "Vorschlag", kNone, ""},
    {"wahlvorschlag", "Wahlvorschlag", kNone, ""},
    {"mitteilung", "Mitteilung", kNone, ""},
    {"uebersicht", "Übersicht", kNone, ""},
    {"einigungsvorschlag", "Einigungsvorschlag", kNone, ""},
    {"anrufung-vermittlungsausschuss", "Anrufung des Vermittlungsausschusses", kNone, ""},
    {"anordnung", "Anordnung", kNone, ""},
    {"begruendung", "Begründung", kNone, ""},
    {"einspruch", "Einspruch", kNone, ""},
    {"geschaeftsordnungsentwurf", "Geschäftsordnungsentwurf", kNone, ""},
    {"berichtigung", "Berichtigung", kNone, ""},
    {"ergaenzung", "Ergänzung", kNone,
     "Nachtrag|Ergänzung/Nachtrag|Ergänzung/Nachtrag zu Bericht|Ergänzung/Nachtrag zu "
     "Beschlussempfehlung|"
     "Ergänzung/Nachtrag zu Gesetzentwurf|Ergänzung zu|Nachtrag zu"},
    {"beschluss", "Beschluss", kNone,
     "Beschluß|Beschlüsse|Beschluss des Bundesrates|Parteibeschluss|Resolution"},
    // Plenary sittings and what happens in them.
    {"plenarprotokoll", "Plenarprotokoll", kNone,
     "Stenografischer Bericht|Stenographischer Bericht|Plenarprotokolle|Wortprotokoll|Protokoll"},
    {"ausschussprotokoll", "Ausschussprotokoll", kNone, ""},
    {"beschlussprotokoll", "Beschlussprotokoll", kNone, ""},
    {"niederschrift", "Niederschrift", kNone,
     "Sitzungsniederschrift|Sitzungsprotokoll|Ergebnisprotokoll"},
    {"tagesordnung", "Tagesordnung", kNone, ""},
    {"aktuelle-stunde", "Aktuelle Stunde", kNone, ""},
    {"regierungserklaerung", "Regierungserklärung", kNone, ""},
    {"vereinbarte-debatte", "Vereinbarte Debatte", kNone, ""},
    {"ansprache-erklaerung-mitteilung", "Ansprache/Erklärung/Mitteilung", kNone, ""},
    {"anmerkung-zur-plenarsitzung", "Anmerkung zur Plenarsitzung", kNone, ""},
    {"rede", "Rede", kNone, ""},
    // Other matters.
    {"petition", "Petition", kNone, ""},
    {"entschliessung-laender", "Selbständiger Antrag von Ländern auf Entschließung", kNone, ""},
    {"haushaltsausgaben", "Über- und außerplanmäßige Haushaltsausgaben", kNone, ""},
    {"externe-gremien-br", "Besetzung externer Gremien durch BR", kNone, ""},
    {"externe-gremien-bt", "Besetzung externer Gremien durch BT", kNone, ""},
    {"interne-gremien-bt", "Besetzung interner Gremien des BT", kNone, ""},
    {"bundesverfassungsgericht", "Verfahren vor dem Bundesverfassungsgericht", kNone, ""},
    {"wahl-im-bt", "Wahl im BT", kNone, ""},
    {"mitglieder-br", "Bestellung und Abberufung von MdBR und stellv. MdBR", kNone,
     "Bestellung und Abberufung von MdBR"},
    {"immunitaet", "Immunitätsangelegenheit", kNone, ""},
    {"ausschussvorsitz-br", "Wahl der Ausschussvorsitzenden BR", kNone, ""},
    {"praesidium-br", "Wahl des Präsidiums BR", kNone, ""},
    {"schriftfuehrer-br", "Wahl der Schriftführer BR", kNone, ""},
    {"wahl-verfassungsrichter", "Wahl der Richter des Bundesverfassungsgerichts", kNone, ""},
    {"wahl-bundespraesident", "Wahl des Bundespräsidenten", kNone, ""},
    {"wahl-rechnungshof", "Wahl des Präsidenten und des Vizepräsidenten des Bundesrechnungshofes",
     kNone, ""},
    {"geschaeftsordnung", "Geschäftsordnung", kNone, ""},
    {"entlastung-bundesregierung", "Entlastung der Bundesregierung", kNone, ""},
    {"entlastung-rechnungshof", "Entlastung des Bundesrechnungshofes", kNone, ""},
    {"untersuchungsausschuss", "Untersuchungsausschuss", kNone, "Untersuchungsausschuß"},
    {"wahlpruefung", "Wahlprüfungsverfahren", kNone, ""},
    {"personalangelegenheit", "Personalangelegenheit", kNone, ""},
    {"innere-angelegenheiten-br", "Innere Angelegenheiten des BR", kNone, ""},
    {"voelkerrechtlicher-vertrag", "Völkerrechtlicher Vertrag, Abkommen, Vereinbarung", kNone,
     "Völkerrechtlicher Vertrag"},
    {"enquete-kommission", "Enquete-Kommission", kNone, ""},
    {"antrag-auf-parteiverbot", "Antrag auf Parteiverbot", kNone, ""},
    // Parties, governments, councils, law.
    {"pressemitteilung", "Pressemitteilung", kNone,
     "Presseinformation|Pressemeldung|Presseerklärung|Medieninformation|Medienmitteilung|Press "
     "release"},
    {"statement", "Statement", kNone, "Presse-Statement"},
    {"artikel", "Artikel", kNone, ""},
    {"wahlprogramm", "Wahlprogramm", kNone,
     "Bundestagswahlprogramm|Landtagswahlprogramm|Regierungsprogramm|Grundsatzprogramm|"
     "Parteiprogramm|Kommunalwahlprogramm"},
    {"koalitionsvertrag", "Koalitionsvertrag", kNone, ""},
    {"positionspapier", "Positionspapier", kNone, ""},
    {"gutachten", "Gutachten", kNone, "Sachstand|Ausarbeitung|Kurzinformation"},
    {"gesetz", "Gesetz", kNone, ""},
    {"satzung", "Satzung", kNone, ""},
    {"richtlinie", "Richtlinie", kNone, ""},
    {"rundschreiben", "Rundschreiben", kNone, ""},
    {"amtsblatt", "Amtsblatt", kNone, "Gesetzblatt|Bundesgesetzblatt|Gesetz- und Verordnungsblatt"},
};
}  // namespace

std::span<const IdentityRow> type_rows() { return kTypes; }

}  // namespace fundstelle
