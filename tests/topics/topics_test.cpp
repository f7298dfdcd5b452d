// SPDX-License-Identifier: GPL-3.0-or-later
#include "topics/topics.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <set>
#include <stdexcept>

#include "data.h"
#include "document/interchange.h"
#include "identity/identity.h"
#include "topics/features.h"
#include "topics/model.h"

using namespace fundstelle;

namespace {
Document paper(const std::string& title, const std::string& text) {
  Document document;
  document.id = "p1";
  document.title = title;
  document.pages = {{1, text}};
  return document;
}

std::vector<std::uint32_t> features_of(std::string_view text) {
  std::vector<std::uint32_t> features;
  append_topic_features(text, features);
  std::sort(features.begin(), features.end());
  return features;
}
}  // namespace

TEST_CASE("topics: the model knows the 28 subject areas and has a threshold for each", "[topics]") {
  std::set<std::string> seen;
  for (const TopicArea& area : TopicModel::shipped().areas()) {
    INFO(area.slug);
    CHECK(identity_of_slug(Axis::kTopic, area.slug) != nullptr);
    CHECK(area.threshold > 0.1);
    CHECK(area.threshold < 0.9);
    CHECK(area.slope > 0);
    seen.insert(area.slug);
  }
  CHECK(seen.size() == identities(Axis::kTopic).size());
}

TEST_CASE("topics: one spelling of a word has one set of features", "[topics]") {
  CHECK(features_of("Flüchtlingsunterkünfte") == features_of("FLÜCHTLINGSUNTERKÜNFTE"));
  CHECK(features_of("Straße") == features_of("Strasse"));
  CHECK(features_of("Größe") == features_of("Groesse"));
  CHECK(features_of("Unter\xC2\xADkunft") == features_of("Unterkunft"));
  CHECK(features_of("Łódź Šumava") == features_of("Lodz Sumava"));
  CHECK(features_of("Maut und Zoll") == features_of("Zoll, und (Maut)"));
  CHECK(features_of("Maut") != features_of("Mautz"));
  CHECK(features_of("2013 17 x") == features_of(""));  // figures and single letters say nothing
  // Inside compounds: most of what the long word holds, the short one holds too.
  const auto part = features_of("unterkunft");
  const auto whole = features_of("Flüchtlingsunterkunft");
  const auto shared = std::count_if(part.begin(), part.end(), [&](std::uint32_t feature) {
    return std::binary_search(whole.begin(), whole.end(), feature);
  });
  CHECK(static_cast<std::size_t>(shared) + 1 == part.size());  // all but the word itself
  // Bytes that are no text end a word and nothing worse.
  CHECK(features_of("Maut\xFF\xC3") == features_of("Maut"));
  CHECK(features_of(std::string(100'000, 'x')).empty());
}

TEST_CASE("topics: what a paper is plainly about is found, inside compounds too", "[topics]") {
  const auto areas = classify_topics(
      paper("Gewaltschutz in Flüchtlingsunterkünften",
            "Wie viele Asylbewerberinnen leben in Gemeinschaftsunterkünften? Abschiebungen und "
            "Duldungen sind nicht Gegenstand der Frage."));
  REQUIRE_FALSE(areas.empty());
  CHECK(areas.front().label == "Migration und Aufenthaltsrecht");
  CHECK(areas.front().probability > 0.5);
  CHECK(areas.size() <= 3);
  CHECK(std::is_sorted(areas.begin(), areas.end(),
                       [](const auto& a, const auto& b) { return a.probability > b.probability; }));
}

TEST_CASE("topics: only the Bundestag and who may write for it are about the Bundestag",
          "[topics]") {
  Document own = paper("Änderung der Geschäftsordnung des Deutschen Bundestages",
                       "Wahl der Mitglieder des Präsidiums des Deutschen Bundestages");
  const auto about_it = [](const Document& document) {
    const auto labels = classify_topics(document);
    return std::any_of(labels.begin(), labels.end(),
                       [](const TopicLabel& topic) { return topic.label == "Bundestag"; });
  };
  CHECK(about_it(own));
  own.body_id = "bt";
  CHECK(about_it(own));
  own.body_id = "stadt-karlsruhe";
  CHECK_FALSE(about_it(own));
}

TEST_CASE("topics: who assigned them and how surely is said, a given topic is kept", "[topics]") {
  Document silent = paper("Mitteilung", "Die Sitzung wird auf morgen vertagt.");
  assign_topics(silent);
  CHECK(silent.topics.empty());
  CHECK(silent.read.count("topics") == 0);
  CHECK(std::count(silent.abstained.begin(), silent.abstained.end(), "topics") == 1);
  assign_topics(silent);
  CHECK(std::count(silent.abstained.begin(), silent.abstained.end(), "topics") == 1);

  Document plain = paper("Ausbau der Bundesautobahn A 20", "Wann wird die Autobahn gebaut?");
  plain.abstained = {"topics"};
  assign_topics(plain);
  REQUIRE_FALSE(plain.topics.empty());
  CHECK(plain.topics.front() == "Verkehr");
  CHECK(plain.topic_ids.front() == "verkehr");
  REQUIRE(plain.topic_scores.size() == plain.topics.size());
  CHECK(plain.topic_scores.front() > 0.5);
  CHECK(plain.topic_scores.front() <= 1);
  CHECK(plain.read.at("topics").how == kTopicsByClassifier);
  CHECK(plain.abstained.empty());
  // The record keeps it.
  const Document back = from_interchange(to_interchange(plain));
  CHECK(back.topic_scores == plain.topic_scores);

  Document given = paper("Bundeswehr", "Soldaten der Bundeswehr und ihre Kasernen.");
  given.topics = {"Kultur"};
  assign_topics(given);
  CHECK(given.topics == std::vector<std::string>{"Kultur"});
  CHECK(given.topic_scores.empty());
  CHECK(given.read.count("topics") == 0);
}

TEST_CASE("topics: a model that is none is refused", "[topics]") {
  const std::vector<TopicArea> areas = {{"kultur", 2, -1, 0.5F, 0.01F, 0.1F}};
  const std::vector<std::uint32_t> hashes = {5, 70'000, 4'000'000'000};
  const std::vector<std::uint8_t> rarity = {16, 32, 48};
  const std::vector<std::int8_t> weights = {100, -100, 0};
  const std::string bytes = pack_topic_model(areas, hashes, rarity, weights);
  const TopicModel model{bytes};
  REQUIRE(model.areas().size() == 1);
  CHECK(model.areas()[0].slug == "kultur");
  // One feature has length one: margin 100 * 0.01 + 0.1, probability 1 / (1 + e^-(2 * 1.1 - 1)).
  const std::vector<std::uint32_t> met = {5};
  CHECK(model.probabilities(met).at(0) == Approx(1 / (1 + std::exp(-1.2))));
  // A feature of no weight takes its share of the length: 1 / sqrt(1 + 9).
  const std::vector<std::uint32_t> two = {4'000'000'000, 5};
  CHECK(model.probabilities(two).at(0) ==
        Approx(1 / (1 + std::exp(-(2 * (1 / std::sqrt(10.0) + 0.1) - 1)))));
  const std::vector<std::uint32_t> unknown = {6};
  CHECK(model.probabilities(unknown).empty());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK_THROWS_AS(TopicModel(std::string_view(bytes).substr(0, size)), std::runtime_error);
  }
  CHECK_THROWS_AS(TopicModel(bytes + "x"), std::runtime_error);
}

TEST_CASE("topics: agreement with the parliament's own documentation", "[topics][data]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  const std::string command =
      "zstd -dcq '" + (data / "topics/dip21-sachgebiet-test.jsonl.zst").string() + "'";
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  double right = 0, given = 0, wanted = 0, seconds = 0, documents = 0;
  char* line = nullptr;
  std::size_t capacity = 0;
  for (ssize_t n; (n = getline(&line, &capacity, pipe)) > 0;) {
    Document record = from_interchange(std::string_view(line, static_cast<std::size_t>(n)));
    std::set<std::string> truth;
    for (const std::string& topic : record.topics) truth.insert(resolve_slug(Axis::kTopic, topic));
    record.topics.clear();
    const auto start = std::chrono::steady_clock::now();
    const auto found = classify_topics(record);
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    ++documents;
    wanted += static_cast<double>(truth.size());
    given += static_cast<double>(found.size());
    for (const auto& topic : found) {
      right += truth.count(resolve_slug(Axis::kTopic, topic.label)) != 0;
    }
  }
  free(line);
  pclose(pipe);
  const double f1 = 2 * right / (given + wanted);
  WARN("micro precision " << right / given << ", recall " << right / wanted << ", F1 " << f1 << "; "
                          << 1000 * seconds / documents << " ms a document");
  CHECK(documents == 4000);
  CHECK(f1 >= 0.78);  // 0.79 when trained
}
