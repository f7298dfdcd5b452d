// SPDX-License-Identifier: GPL-3.0-or-later
#include "topics/topics.h"

#include <algorithm>
#include <cstdio>
#include <set>

#include "data.h"
#include "document/interchange.h"
#include "identity/identity.h"
#include "topics/vocabulary.h"

using namespace fundstelle;

namespace {
Document paper(const std::string& title, const std::string& text) {
  Document document;
  document.title = title;
  document.pages = {{1, text}};
  return document;
}
}  // namespace

TEST_CASE("topics: every area of the vocabulary is a known subject area, and all 28 are there",
          "[topics]") {
  std::set<std::string_view> seen;
  for (const AreaWords& area : topic_vocabulary()) {
    INFO(area.slug);
    CHECK(identity_of_slug(Axis::kTopic, area.slug) != nullptr);
    CHECK(seen.insert(area.slug).second);
  }
  CHECK(seen.size() == identities(Axis::kTopic).size());
}

TEST_CASE("topics: what a paper is plainly about is found, inside compounds too", "[topics]") {
  const auto areas = classify_topics(
      paper("Gewaltschutz in Flüchtlingsunterkünften",
            "Wie viele Asylbewerberinnen leben in Gemeinschaftsunterkünften? Abschiebungen und "
            "Duldungen sind nicht Gegenstand der Frage."));
  REQUIRE_FALSE(areas.empty());
  CHECK(areas.front() == "Migration und Aufenthaltsrecht");
}

TEST_CASE("topics: a text that says nothing is abstained from, a given topic is kept", "[topics]") {
  Document silent = paper("Mitteilung", "Die Sitzung wird auf morgen vertagt.");
  assign_topics(silent);
  CHECK(silent.topics.empty());
  CHECK(std::count(silent.abstained.begin(), silent.abstained.end(), "topics") == 1);

  Document given = paper("Bundeswehr", "Soldaten der Bundeswehr und ihre Kasernen.");
  given.topics = {"Kultur"};
  assign_topics(given);
  CHECK(given.topics == std::vector<std::string>{"Kultur"});
}

TEST_CASE("topics: agreement with the parliament's own documentation", "[topics][data]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  const std::string command =
      "zstd -dcq '" + (data / "topics/dip21-sachgebiet-test.jsonl.zst").string() + "'";
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  double right = 0, given = 0, wanted = 0;
  char* line = nullptr;
  std::size_t capacity = 0;
  for (ssize_t n; (n = getline(&line, &capacity, pipe)) > 0;) {
    Document record = from_interchange(std::string_view(line, static_cast<std::size_t>(n)));
    std::set<std::string> truth;
    for (const std::string& topic : record.topics) truth.insert(resolve_slug(Axis::kTopic, topic));
    record.topics.clear();
    const auto found = classify_topics(record);
    wanted += static_cast<double>(truth.size());
    given += static_cast<double>(found.size());
    for (const auto& topic : found) right += truth.count(resolve_slug(Axis::kTopic, topic)) != 0;
  }
  free(line);
  pclose(pipe);
  const double precision = right / given, recall = right / wanted;
  WARN("micro precision " << precision << ", recall " << recall << ", F1 "
                          << 2 * precision * recall / (precision + recall));
  // A vocabulary by hand; the trained classifier that follows aims at F1 0.75.
  CHECK(precision >= 0.55);
  CHECK(recall >= 0.40);
}
