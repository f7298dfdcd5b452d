// SPDX-License-Identifier: GPL-3.0-or-later
#include "topics/vocabulary.h"

namespace fundstelle {
namespace {
constexpr AreaWords kVocabulary[] = {
    {"aussenpolitik",
     "menschenrecht aussenpolit:2 auswaertig diplomat:2 botschaft ^vereinte:2 ^nationen voelkerrecht:2 "
     "friedens konflikt humanitaer:2 bilateral:2 staatsbesuch ^uno$ ^nahost:3 ^israel:2 palaestin:3 "
     "^syrien:2 ^iran$:2 ^irak:2 afghanistan:2 ^tuerkei:2 russland:2 ^ukrain:2 china:1 kosovo:2 "
     "jugoslaw:2 bosnien:2 osze:2 europarat:2 ratifi"},
    {"wirtschaft",
     "wirtschaftspolit:2 mittelstand:2 wettbewerb kartell:2 ^bank$ ^banken kredit finanzmarkt:2 "
     "finanzmaerkt:2 ^konjunktur:2 industrie gewerbe:1 handwerk:2 unternehmen insolvenz:2 aktien "
     "buerokratieabbau:2 ^boerse:2 versicherungsaufsicht:2 einzelhandel:2 existenzgruend:3 "
     "wirtschaftswachstum:2 investition wirtschaftsfoerder:3 bafin:3 verbraucherschutz"},
    {"recht",
     "rechtspolit:2 justiz:2 ^gericht strafrecht:3 strafgesetz:3 strafprozess:3 ^stgb$:2 ^stpo$:2 "
     "zivilprozess:3 buergerlich ^bgb$:2 rechtsanwalt:2 rechtsanwael:2 staatsanwalt:2 staatsanwaelt:2 "
     "verfassungsgericht:2 grundgesetz richter strafvollzug:3 urheberrecht:2 datenschutz:2 notar:2 "
     "verjaehrung:2 strafbar:2 familienrecht:3 mietrecht insolvenzrecht:2 rechtspflege:3 urteil "
     "persoenlichkeitsrecht:2"},
    {"umwelt",
     "umwelt klima naturschutz:3 artenschutz:3 emission:2 abfall:2 abfaell:2 recycling:3 immission:3 "
     "gewaesser:2 hochwasser:2 schadstoff:2 luftreinhalt:3 feinstaub:2 altlast:2 oekolog co2 treibhaus:2 "
     "biodivers:3 biosphaeren:3 nationalpark:2 ^wolf$:2 ^woelf:2 wolfs:2 meeresschutz:3 grundwasser:2 bodenschutz:2 "
     "verpackung nachhaltig laerm reaktorsicherheit atommuell:2 waldsterben:3 herdenschutz:2"},
    {"verkehr",
     "verkehr:1 eisenbahn:3 ^bahn:1 schienen:2 ^schiene$:2 autobahn:3 bundesstrasse:3 ortsumgehung:3 "
     "fernstrasse:3 strassenbau:3 flughafen:2 flughaef:2 luftfahrt:2 luftverkehr:2 schifffahrt:2 binnenschiff:2 "
     "wasserstrasse:2 fahrzeug ^lkw:2 ^pkw:2 ^maut:3 fuehrerschein:2 fahrerlaubnis:3 radweg:3 radverkehr:3 "
     "fahrrad:2 oepnv:3 spnv:3 nahverkehr:3 ^zug$ ^zuege bahnhof:2 bahnstrecke:2 reaktivierung "
     "tempolimit:3 gefahrgut:2 elektromobil:2 radschnell:3"},
    {"finanzen",
     "steuer:2 haushalt:1 ^finanz abgaben besteuer:2 einkommensteuer:3 umsatzsteuer:3 zoll:1 "
     "ueberplanmaessig:3 ausserplanmaessig:3 doppelbesteuer:3 bundeshaushalt:2 finanzausgleich:2 "
     "^estg$:2 schulden neuverschuldung:3 staatsverschuldung:3 subvention rechnungshof:2 haushaltsplan:2 "
     "steuerhinterzieh:2 ^kapitel ^titel$ finanzplan:2"},
    {"gesellschaft",
     "frauen:1 familie:1 kinder:1 jugend:1 senioren gleichstellung:3 behinder:2 behinderung geschlecht:1 "
     "diskriminier:2 ^lsbt:3 ^queer:3 homosexuell:2 ehrenamt:3 zivilgesellschaft:2 kindertages:2 elterngeld:2 "
     "^kita:2 zivildienst:2 freiwilligendienst:2 antisemit:1 rechtsextrem ehe$ lebenspartner:2 "
     "kindeswohl:2 gewaltschutz:2 frauenhaus:3 frauenhaeus:3 inklusion:2 barrierefrei:2 integration "
     "jugendhilfe:3 schulsozialarbeit:2 obdachlos:2"},
    {"europa",
     "europ:1 ^eu$ ^eg$ mitgliedstaat ^ratsdok:2 ^kom$ europaeisch:1 beitritt binnenmarkt:2 subsidiarit:3 "
     "lissabon:2 maastricht:3 bruessel eurozone:2 waehrungsunion:2 strukturfonds:2 europaparlament:2 "
     "erweiterung"},
    {"innere-sicherheit",
     "polizei:2 polizist:2 polizeilich:2 kriminal:1 straftat:1 rechtsextrem:3 linksextrem:3 verfassungsschutz:3 "
     "terror:2 extremis:2 geheimdienst:2 nachrichtendienst:2 bundeskriminalamt:3 ^bka$:3 waffenrecht:2 "
     "neonazi:3 rechtsrock:3 fremdenfeind:2 ueberwach:1 drogenhandel:2 organisierte katastrophenschutz:2 "
     "brandschutz feuerwehr:2 zivilschutz:2 bevoelkerungsschutz:2 reichsbuerger:3 hasskriminal:3 bundespolizei:3 "
     "vorratsdaten:2 antisemit:1 tatverdaecht:2 bevoelkerungswarn:2"},
    {"soziale-sicherung",
     "rente:2 renten:2 sozialversicher:2 pflegeversicher:3 sozialhilfe:3 grundsicherung:3 altersvorsorge:3 "
     "arbeitslosengeld:2 hartz:2 ^sgb$:1 sozialgesetz:2 buergergeld:3 kindergeld:1 wohngeld:1 krankenversicher:1 "
     "unfallversicher:2 alterssicherung:3 beitragssatz:2 hinterbliebenen:2 sozialleistung:2 erwerbsminder:3 "
     "pflegebeduerft:2 asylbewerberleistung existenzminimum:2 regelsatz:2 armut:1"},
    {"verteidigung",
     "bundeswehr:3 militaer:2 soldat:2 streitkraef:2 verteidigung:2 ^nato:2 ruestung:2 abruestung:3 waffen:1 "
     "truppe:1 wehrpflicht:3 wehrdienst:2 kaserne:2 auslandseinsatz:2 auslandseinsaetz:2 manoever:1 "
     "stationier:2 panzer:2 kampfflugzeug:3 eurofighter:3 drohne:1 marine:1 luftwaffe:2 reservist:2 "
     "atomwaffen:2 tiefflug:2"},
    {"arbeit",
     "arbeitsmarkt:2 beschaeftig:1 arbeitnehmer:2 arbeitgeber:2 arbeitslos:2 tarif:1 mindestlohn:3 "
     "leiharbeit:3 teilzeit:2 kuendigungsschutz:3 betriebsrat:2 betriebsraet:2 arbeitsschutz:3 "
     "bundesagentur:2 ^jobcenter:2 fachkraeft:1 befrist:1 arbeitszeit:2 gewerkschaft:2 minijob:3 "
     "kurzarbeit:3 arbeitsbeding:2 entsende:2 arbeitsrecht:3 arbeitsfoerder:3 werkvertra:2 lohn:1"},
    {"gesundheit",
     "gesundheit:1 krankenhaus:3 krankenhaeus:3 klinik:2 arznei:3 medizin:2 patient:2 aerzt:2 ^arzt:2 apothek:3 "
     "impf:2 corona:1 pandemie:2 infektion:2 krankheit:1 therap:2 pflegekraeft:2 pflegepersonal:3 ^pflege:1 "
     "krankenkasse:2 geburtshilfe:3 hebamm:3 psychiatr:2 psychotherap:3 cannabis:1 sucht:1 drogen:1 rettungsdienst:2 "
     "organspende:3 praevention:1 kreisssaal:2 kreisssael:2 notaufnahme:2 seuche:1 krebs:1 tabak:1"},
    {"staat-verwaltung",
     "beamt:2 besoldung:3 verwaltung:1 oeffentlicher ^kommunal:2 gemeinden:1 verwaltungsmodern:3 "
     "onlinezugang:3 digitale:1 bundesbehoerd:2 personalrat:2 personalvertret:3 foederal:3 "
     "informationsfreiheit:3 ruhegehalt:3 laufbahn:2 buergeramt:2 buergeraemt:2 melderecht:3 statistik "
     "volkszaehlung:3 zensus:2 wahlrecht:1 landkreis:1 kreisreform:2 gebietsreform:3 dienstleistungen "
     "berater:1 ministerialverwaltung:2"},
    {"landwirtschaft",
     "landwirt:2 agrar:3 bauern:1 ernaehrung:1 lebensmittel:3 ^milch:3 tierhalt:3 tierschutz:3 nutztier:3 "
     "futtermittel:3 pflanzenschutz:3 gentechn:2 duenge:3 forst:2 ^wald:1 weinbau:3 fischerei:3 oekolandbau:3 "
     "laendliche:1 weidetier:2 tierseuche:2 glyphosat:3 verbraucher:1 kuestenschutz:2 ernte:1 schweine:2"},
    {"neue-laender",
     "^neuen bundeslaender:1 ostdeutsch:2 treuhand:3 einigungsvertrag:3 stasi:2 staatssicherheit:3 ^ddr:2 "
     "innerdeutsch:3 sed:1 wiedervereinig:2 rehabilitier:2 altschulden:2 beitrittsgebiet:3 mauerfall:2 "
     "volkseigen:3 zonenrand:3"},
    {"energie",
     "energie:1 strom:1 erneuerbar:2 windkraft:3 windenergie:3 photovoltaik:3 solar:2 atomkraft:3 kernkraft:3 "
     "kernenergie:3 kohle:1 erdgas:3 waermepump:2 fernwaerme:2 kraftwerk:2 wasserstoff:2 netzausbau:2 stromnetz:3 "
     "radioaktiv:2 endlager:3 ^eeg$:2 energiewende:3 stromleitung:2 windraed:3 windpark:3 brennelement:3 "
     "steinkohle:2 energieversorg:2 fracking:2 biogas:2 atomausstieg:3"},
    {"migration",
     "fluechtling:3 asyl:3 migration:2 migrant:2 auslaender:1 abschieb:3 aufenthaltsrecht:2 aufenthaltsg:2 "
     "aufenthg:2 zuwander:3 einwander:3 einbuerger:3 gefluecht:3 staatsangehoerig:2 visum:2 visa:1 bamf:2 "
     "schutzsuchend:3 duldung:2 geduldet:2 integrationskurs:3 integrationsbeauftragt:2 auslaenderbeauftragt:2 "
     "ausreisepflicht:3 ^dublin:2 bleiberecht:3 sprachmittler:2 aussiedler:2 integrationspolit:2 "
     "unterkuenfte:1 drittstaat:2"},
    {"bildung",
     "bildung:1 ^schul:2 schule:2 lehrer:2 lehrkraft:3 lehrkraeft:3 unterricht:1 hochschul:2 studier:2 studium:2 "
     "student:2 ausbildung:1 berufsbildung:3 weiterbildung:2 bafoeg:3 kindergart:2 ganztag:2 abitur:3 "
     "auszubildend:2 lehrplan:3 universitaet:2 ^kmk$:2 kultusminister:2 schulbau:2 seiteneinsteig:2 "
     "unterrichtsausfall:3 schulsozialarbeit:2 alphabetisier:3 erzieher:1"},
    {"wissenschaft",
     "forschung:2 wissenschaft:1 technolog:1 innovation:1 raumfahrt:3 weltraum:3 biotechn:2 "
     "technikfolgen:3 grundlagenforschung:3 stammzell:3 nanotechn:3 drittmittel:2 max-planck fraunhofer:2 "
     "satellit:2 patent:1 hightech:2 kuenstliche genforsch:3 embryonen:2 exzellenz:2 supercomput:2 "
     "quanten:2 intelligenz:1"},
    {"bundestag",
     "abgeordnet:1 immunitaet:3 wahlpruef:3 geschaeftsordnung:2 untersuchungsausschuss:2 petition:2 "
     "aeltestenrat:3 wahleinspruch:3 diaeten:3 enquete:2 bundestagswahl:2 parlamentarisches "
     "kontrollgremium:3 bundestagsverwaltung:3 vizepraesident:1 sammeluebersicht:3 wahlvorschlag:2"},
    {"bauen-wohnen",
     "wohnung:2 wohnraum:3 ^miet:2 mieter:3 mietpreis:3 staedtebau:3 raumordnung:3 bauwesen:2 baurecht:3 "
     "baugesetz:3 bauland:3 ^bauen:1 gebaeude:1 sozialwohnung:3 wohngeld:2 stadtentwickl:2 denkmalschutz:1 "
     "bauleitplan:3 eigenheim:3 landesplanung:3 zweckentfremd:2 wohnungsbau:3 architekt:1"},
    {"entwicklung",
     "entwicklungspolit:3 entwicklungshilfe:3 entwicklungszusammen:3 entwicklungslaend:3 weltbank:2 afrika:1 "
     "entschuldung:2 hunger:2 armutsbekaempf:3 ^giz$:3 ^gtz$:3 nichtregierungsorg:1 millennium:2 "
     "entwicklungsminist:2 tropenwald:2 welternaehrung:3 schwellenlaend:2"},
    {"aussenwirtschaft",
     "export:2 ausfuhr:2 aussenwirtschaft:3 aussenhandel:3 handelsabkommen:3 freihandel:3 ^wto$:3 ^gatt$:3 "
     "hermes:2 ruestungsexport:3 kriegswaffen:2 embargo:2 einfuhr:1 ^ceta$:3 ^ttip$:3 kapitalanlagen:2 "
     "direktinvestition:3 sanktion:1 lieferkett:2 welthandel:3"},
    {"kultur",
     "kultur:2 ^kunst:2 kuenstl:1 museum:3 museen:3 theater:3 musik:2 ^film:2 filmfoerder:3 denkmal:2 gedenk:2 "
     "bibliothek:3 erinnerung:1 orchester:3 stiftung:1 literatur:1 ausstellung:1 raubkunst:3 welterbe:3 "
     "kreativwirtschaft:3 provenienz:3 archiv:1"},
    {"medien",
     "medien:2 rundfunk:3 telekommunikation:3 internet:2 mobilfunk:3 breitband:3 ^digital:1 ^post$:2 bundespost:3 "
     "fernseh:2 presse:1 fernmelde:3 informationstechn:3 software:2 datennetz:2 glasfaser:3 onlinedienst:2 "
     "urheberrecht:1 plattform:1 it-sicherheit:3 cyber:2 netzagentur:2 telefon:1 soziale-medien:2 ^ki$:1 "
     "open-source:2 onlineausweis:2 digitalisier:2"},
    {"parteien",
     "partei:1 parteien:2 parteienfinanz:3 spenden:1 parteispend:3 rechenschaftsbericht:3 parteitag:1 "
     "parteiengesetz:3 parteiverbot:3 lobby:2 bundeswahl:1 wahlkampf:2 wahlwerb:3 stiftungen:1"},
    {"sport-freizeit",
     "sport:2 fussball:3 doping:3 olymp:3 tourismus:3 touris:2 freizeit:1 urlaub:2 fremdenverkehr:3 schwimmb:2 "
     "sportstaett:3 sportver:3 hotel:1 gastgewerbe:2 gaststaett:2 ferien:1 reisever:2 reiserecht:3 "
     "trainer:2 spitzensport:3"},
};
}  // namespace

std::span<const AreaWords> topic_vocabulary() { return kVocabulary; }

}  // namespace fundstelle
