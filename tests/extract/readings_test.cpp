// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whoever doubts a value looks where it was read: no field is given without that.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "data.h"
#include "document/document.h"
#include "extract/extract.h"

using namespace fundstelle;

namespace {

std::vector<std::string> given(const Document& d) {
  const std::map<std::string, bool> fields = {{"type", !d.type.empty()},
                                              {"body", !d.body.empty()},
                                              {"legislature", d.legislature.has_value()},
                                              {"number", !d.number.empty()},
                                              {"title", !d.title.empty()},
                                              {"date", !d.date.empty()},
                                              {"dates.asked", !d.dates.asked.empty()},
                                              {"dates.received", !d.dates.received.empty()},
                                              {"dates.answered", !d.dates.answered.empty()},
                                              {"dates.decided", !d.dates.decided.empty()},
                                              {"dates.published", !d.dates.published.empty()},
                                              {"dates.event", !d.dates.event.empty()},
                                              {"authors", !d.authors.empty()},
                                              {"groups", !d.groups.empty()},
                                              {"ministries", !d.ministries.empty()},
                                              {"committee", !d.committee.empty()},
                                              {"agenda_item", !d.agenda_item.empty()},
                                              {"place", !d.place.empty()},
                                              {"attachments", !d.attachments.empty()},
                                              {"withheld", !d.withheld.empty()},
                                              {"references", !d.references.empty()},
                                              {"relations", !d.relations.empty()}};
  std::vector<std::string> names;
  for (const auto& [name, has] : fields) {
    if (has) names.push_back(name);
  }
  return names;
}

void check_readings(const Document& document) {
  for (const std::string& field : given(document)) {
    INFO(field);
    const auto reading = document.read.find(field);
    REQUIRE(reading != document.read.end());
    CHECK_FALSE(reading->second.how.empty());
    const Span& span = reading->second.span;
    REQUIRE(span.page >= 1);
    REQUIRE(span.end_page <= document.pages.size());
    CHECK(span.begin <= document.pages[span.page - 1].text.size());
    CHECK(span.end <= document.pages[span.end_page - 1].text.size());
    for (const std::string& abstained : document.abstained) CHECK(abstained != field);
  }
}

}  // namespace

TEST_CASE("extract: every field of the sample papers says where it was read", "[extract]") {
  std::size_t papers = 0;
  const std::filesystem::path corpus = std::string(FUNDSTELLE_SOURCE_DIR) + "/corpus";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus)) {
    if (!entry.is_regular_file() || entry.path().string().find("/source/") != std::string::npos)
      continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const Extraction extraction = extract_bytes(bytes, entry.path().filename().string());
    if (extraction.state != ExtractState::kOk) continue;
    INFO(entry.path().string());
    check_readings(extraction.document);
    ++papers;
  }
  CHECK(papers >= 15);
}

TEST_CASE("extract: fields read off a motion's YAML head or a programme's title say so",
          "[extract]") {
  const Extraction motion = extract_bytes(
      "---\nkuerzel: Antrag 3/I/2031\ntitel: \"Antrag 3/I/2031 \\nMehr Brunnen für die Stadt\"\n"
      "antragsteller: KDV Muster\nveranstaltung: I/2031 Landesparteitag 03.05.2031\n"
      "verantwortlich: SPD Berlin\n---\nDer Parteitag möge beschließen: Brunnen.\n",
      "antrag.md");
  REQUIRE(motion.state == ExtractState::kOk);
  CHECK(motion.document.title == "Mehr Brunnen für die Stadt");
  CHECK(motion.document.dates.event == std::vector<std::string>{"2031-05-03"});
  check_readings(motion.document);
  const Extraction programme = extract_bytes(
      "Wahlprogramm\nAlternative für Deutschland\n\nWir fordern mehr Brunnen in allen Städten.\n",
      "programm.txt");
  CHECK(programme.document.groups.size() == 1);
  check_readings(programme.document);
}
