// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>

#include "data.h"
#include "import/records.h"

using namespace fundstelle;
namespace fs = std::filesystem;

namespace {

// Fields as the interfaces document them; contents are made up.
constexpr const char* kPaperPage = R"({
  "numFound": 2, "cursor": "AoJ4",
  "documents": [
    {"id": "900001", "typ": "Dokument", "dokumentart": "Drucksache", "drucksachetyp": "Antwort",
     "dokumentnummer": "99/65", "wahlperiode": 99, "herausgeber": "BT", "datum": "2040-05-12",
     "aktualisiert": "2040-05-13T08:00:00+02:00", "titel": "Bäume an Bahnstrecken",
     "autoren_anzeige": [{"id": "1", "title": "Dr. Ada Beispiel, MdB, SPD", "autor_titel": "Dr. Ada Beispiel"}],
     "urheber": [{"einbringer": false, "bezeichnung": "BRg", "titel": "Bundesregierung"},
                 {"einbringer": true, "titel": "Fraktion der SPD", "rolle": "U"}],
     "ressort": [{"federfuehrend": false, "titel": "Bundesministerium der Finanzen"},
                 {"federfuehrend": true, "titel": "Bundesministerium für Verkehr"}],
     "vorgangsbezug": [{"id": "700", "titel": "Bäume an Bahnstrecken", "vorgangstyp": "Kleine Anfrage"}],
     "fundstelle": {"pdf_url": "https://example.org/btd/99/000/9900065.pdf", "verteildatum": "2040-05-14"}},
    {"id": "900002", "typ": "Dokument", "dokumentart": "Plenarprotokoll", "dokumentnummer": "99/65",
     "herausgeber": "BT", "wahlperiode": 99, "datum": "2040-05-20", "titel": "Protokoll der 65. Sitzung"}
  ]})";
constexpr const char* kTextPage =
    R"({"numFound":1,"documents":[{"id":"900001","dokumentart":"Drucksache","dokumentnummer":"99/65","aktualisiert":"2040-05-13T08:00:00+02:00","text":"Deutscher Bundestag\nDrucksache 99/65\n"}],"cursor":"x"})";
constexpr const char* kMatters = R"([
    {"id": "700", "typ": "Vorgang", "vorgangstyp": "Kleine Anfrage", "titel": "Bäume an Bahnstrecken",
     "sachgebiet": ["Verkehr", "Umwelt"], "deskriptor": [{"name": "Baum", "typ": "Sachbegriffe"}],
     "abstract": "Fragen nach Bäumen", "wahlperiode": 99, "datum": "2040-05-01", "beratungsstand": "Beantwortet"},
    {"id": "31", "typ": "Vorgangsposition", "vorgangsposition": "Antwort", "zuordnung": "BT",
     "vorgang_id": "700", "datum": "2040-05-12", "titel": "Bäume an Bahnstrecken", "vorgangstyp": "Kleine Anfrage",
     "fundstelle": {"id": "900001", "dokumentart": "Drucksache", "dokumentnummer": "99/65"}},
    {"id": "30", "typ": "Vorgangsposition", "vorgangsposition": "Kleine Anfrage", "zuordnung": "BT",
     "vorgang_id": "700", "datum": "2040-05-01", "titel": "Bäume an Bahnstrecken", "vorgangstyp": "Kleine Anfrage",
     "fundstelle": {"id": "900000", "dokumentart": "Drucksache", "dokumentnummer": "99/64"}}])";

struct Import {
  std::map<std::string, RecordLine> documents;
  std::vector<std::string> errors;
  std::vector<std::string> order;
  std::map<std::string, std::vector<std::string>> ids_of_file;
};

Import import_in_order(const fs::path& folder, const std::vector<std::string>& names) {
  Import result;
  RecordFiles files;
  for (const auto& name : names) files.survey(folder / name);
  for (const auto& name : names) {
    std::string error;
    const bool whole = files.read(
        folder / name,
        [&](RecordLine&& line) {
          if (!line.error.empty()) {
            result.errors.push_back(name + ": " + line.place + ": " + line.error);
            return;
          }
          result.order.push_back(line.document.id);
          REQUIRE(result.documents.count(line.document.id) == 0);
          result.documents[line.document.id] = line;
        },
        error);
    if (!whole) result.errors.push_back(name + ": " + error);
    result.ids_of_file[name] = files.documents_of(folder / name);
  }
  return result;
}

void write(const fs::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace

TEST_CASE("DIP: papers, texts and matters of different files become one another's, in any order",
          "[import]") {
  const test::ScratchDir scratch;
  write(scratch.path() / "papers.json", kPaperPage);
  write(scratch.path() / "texts.json", kTextPage);
  write(scratch.path() / "matters.json", kMatters);
  write(scratch.path() / "again.json", kPaperPage);
  write(scratch.path() / "last.json", R"({"numFound":2,"documents":[],"cursor":"AoJ4"})");
  std::vector<std::string> names = {"again.json", "last.json", "matters.json", "papers.json",
                                    "texts.json"};
  do {
    const Import got = import_in_order(scratch.path(), names);
    CHECK(got.errors.empty());
    REQUIRE(got.documents.size() == 3);
    const RecordLine& answer = got.documents.at("dip-drucksache-900001");
    const Document& paper = answer.document;
    CHECK(answer.printed_text);
    REQUIRE(paper.pages.size() == 1);
    CHECK(paper.pages[0].text == "Deutscher Bundestag\nDrucksache 99/65\n");
    CHECK(paper.type == "Antwort");
    CHECK(paper.body == "Deutscher Bundestag");
    CHECK(paper.number == "99/65");
    CHECK(paper.date == "2040-05-12");
    CHECK(paper.dates.published == "2040-05-14");
    CHECK(paper.authors == std::vector<std::string>{"Ada Beispiel"});
    CHECK(paper.groups == std::vector<std::string>{"SPD"});
    CHECK(paper.ministries == std::vector<std::string>{"Bundesministerium für Verkehr",
                                                       "Bundesministerium der Finanzen"});
    CHECK(paper.topics == std::vector<std::string>{"Verkehr", "Umwelt"});
    CHECK(got.documents.at("dip-plenarprotokoll-900002").document.type == "Plenarprotokoll");
    const Document& matter = got.documents.at("dip-vorgang-700").document;
    CHECK(matter.type == "Vorgang");
    CHECK(matter.number.empty());
    CHECK(matter.keywords == std::vector<std::string>{"Kleine Anfrage", "Baum"});
    CHECK(matter.references == std::vector<std::string>{"99/64", "99/65"});
    REQUIRE(matter.relations.size() == 2);
    CHECK(matter.relations[1].id == "dip-drucksache-900001");
    // The first step stands above the second, however they were saved.
    const std::string& text = matter.pages[0].text;
    CHECK(text.find("Drucksache 99/64") < text.find("Drucksache 99/65"));
    // Every file that adds to a document keeps it.
    CHECK(std::count(got.ids_of_file.at("texts.json").begin(),
                     got.ids_of_file.at("texts.json").end(), "dip-drucksache-900001") == 1);
    CHECK(std::count(got.ids_of_file.at("matters.json").begin(),
                     got.ids_of_file.at("matters.json").end(), "dip-vorgang-700") == 1);
  } while (std::next_permutation(names.begin(), names.end()));
}

TEST_CASE("OParl: papers with the texts of their files, meetings with their agenda", "[import]") {
  const test::ScratchDir scratch;
  write(scratch.path() / "papers.json", R"({"data": [
    {"id": "https://oparl.example.org/paper/1", "type": "https://schema.oparl.org/1.1/Paper",
     "body": "https://oparl.example.org/body/1", "name": "Neue Brücke", "reference": "2040/017",
     "date": "2040-03-01", "paperType": "Beschlussvorlage",
     "originatorOrganization": ["https://oparl.example.org/org/2"],
     "consultation": [{"id": "https://oparl.example.org/c/1", "type": "https://schema.oparl.org/1.1/Consultation",
                       "organization": ["https://oparl.example.org/org/1"], "meeting": "https://oparl.example.org/meeting/1"}],
     "mainFile": {"id": "https://oparl.example.org/file/1", "type": "https://schema.oparl.org/1.1/File",
                  "fileName": "bruecke.pdf", "accessUrl": "https://oparl.example.org/f1.pdf"},
     "auxiliaryFile": ["https://oparl.example.org/file/2"]},
    {"id": "https://oparl.example.org/paper/2", "type": "https://schema.oparl.org/1.1/Paper", "deleted": true}],
    "pagination": {}, "links": {}})");
  write(scratch.path() / "files.json", R"([
    {"id": "https://oparl.example.org/file/1", "type": "https://schema.oparl.org/1.1/File", "text": "Die Brücke wird gebaut."},
    {"id": "https://oparl.example.org/file/2", "type": "https://schema.oparl.org/1.1/File", "text": "Kosten: viel."},
    {"id": "https://oparl.example.org/file/3", "type": "https://schema.oparl.org/1.1/File", "name": "Lose Datei", "text": "Allein."}])");
  write(
      scratch.path() / "rest.jsonl",
      R"({"id":"https://oparl.example.org/body/1","type":"https://schema.oparl.org/1.1/Body","name":"Stadt Musterhausen"}
{"id":"https://oparl.example.org/org/1","type":"https://schema.oparl.org/1.1/Organization","name":"Bauausschuss"}
{"id":"https://oparl.example.org/org/2","type":"https://schema.oparl.org/1.1/Organization","name":"SPD-Fraktion"}
{"id":"https://oparl.example.org/meeting/1","type":"https://schema.oparl.org/1.1/Meeting","name":"Sitzung","start":"2040-03-07T17:00:00+01:00","organization":["https://oparl.example.org/org/1"],"agendaItem":["https://oparl.example.org/item/10","https://oparl.example.org/item/9"]}
{"id":"https://oparl.example.org/item/10","type":"https://schema.oparl.org/1.1/AgendaItem","number":"10","name":"Verschiedenes"}
{"id":"https://oparl.example.org/item/9","type":"https://schema.oparl.org/1.1/AgendaItem","number":"9","name":"Neue Brücke","result":"beschlossen"}
)");
  std::vector<std::string> names = {"files.json", "papers.json", "rest.jsonl"};
  std::vector<std::string> ids;
  do {
    const Import got = import_in_order(scratch.path(), names);
    CHECK(got.errors.empty());
    REQUIRE(got.documents.size() == 3);
    std::map<std::string, Document> by_type;
    std::vector<std::string> these;
    for (const auto& [id, record] : got.documents) {
      by_type[record.document.type] = record.document;
      these.push_back(id);
    }
    if (ids.empty()) ids = these;
    CHECK(ids == these);
    const Document& paper = by_type.at("Beschlussvorlage");
    CHECK(paper.body == "Stadt Musterhausen");
    CHECK(paper.number == "2040/017");
    CHECK(paper.groups == std::vector<std::string>{"SPD-Fraktion"});
    CHECK(paper.committee == "Bauausschuss");
    CHECK(paper.pages[0].text == "Die Brücke wird gebaut.\n\nKosten: viel.");
    const Document& meeting = by_type.at("Sitzung");
    CHECK(meeting.date == "2040-03-07");
    CHECK(meeting.pages[0].text ==
          "TOP 9 Neue Brücke\nErgebnis: beschlossen\n\nTOP 10 Verschiedenes");
    REQUIRE(paper.relations.size() == 1);
    CHECK(paper.relations[0].id == meeting.id);
    CHECK(by_type.at("Datei").pages[0].text == "Allein.");
  } while (std::next_permutation(names.begin(), names.end()));
}

TEST_CASE("answers: what is damaged or unknown is told with its place", "[import]") {
  const test::ScratchDir scratch;
  write(scratch.path() / "cut.json", std::string(kPaperPage).substr(0, 400));
  write(scratch.path() / "typo.json", "{\n  \"documents\": [\n    {\"id\": 1,, }\n]}");
  write(scratch.path() / "odd.json",
        "[{\"id\": \"r1\", \"title\": \"Ein Satz\"},\n {\"farbe\": \"blau\"}]");
  write(scratch.path() / "deep.json", std::string(200, '[') + std::string(200, ']'));
  const Import got =
      import_in_order(scratch.path(), {"cut.json", "deep.json", "odd.json", "typo.json"});
  REQUIRE(got.errors.size() == 4);
  CHECK(got.errors[0].find("cut.json: ends early (line ") == 0);
  CHECK(got.errors[1].find("deep.json: nested more than 64 deep") == 0);
  CHECK(got.errors[2].find("odd.json: object 2: is of no kind known") == 0);
  CHECK(got.errors[3].find("typo.json: is no JSON at line 3, column ") == 0);
  CHECK(got.documents.count("r1") == 1);
}
