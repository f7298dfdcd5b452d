// SPDX-License-Identifier: GPL-3.0-or-later
//
// Made-up papers for shards, and questions about them.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "data.h"
#include "document/document.h"
#include "query/answer.h"
#include "query/request.h"
#include "writer/writer.h"

namespace fundstelle::test {

/// Papers of a few bodies, types, topics and ten years. Some words are frequent, some stand in one
/// paper only, some only in longer words.
inline std::vector<Document> collection(std::size_t count) {
  static const std::vector<std::string> kWords{
      "Schule",         "Schulen",     "Schulbau",      "Grundschule", "Klima",
      "Klimaschutz",    "Klimawandel", "Wasser",        "Trinkwasser", "Wasserschutz",
      "Verkehr",        "Nahverkehr",  "Verkehrswende", "Verkehrsweg", "Polizei",
      "Polizisten",     "Wald",        "Waldbrand",     "Kosten",      "Bahn",
      "Eisenbahn",      "Lärm",        "Lärmschutz",    "Schutz",      "Lehrerinnen und Lehrer",
      "Digitalisierung"};
  static const std::vector<std::string> kTopics{"verkehr", "umwelt", "bildung", "inneres"};
  std::mt19937 random(7);
  const auto pick = [&](std::size_t end) { return random() % end; };
  std::vector<Document> out;
  for (std::size_t i = 0; i < count; ++i) {
    Document document;
    document.id = "paper-" + std::to_string(1000 + (i * 7919) % 9000);
    document.type_id = i % 3 == 0 ? "kleine-anfrage" : i % 3 == 1 ? "antrag" : "pressemitteilung";
    document.type = document.type_id;
    // Bodies differ between shards, so that no shard knows all values.
    document.body_id = i % 5 == 0 ? "bt" : i % 5 < 3 ? "by" : "mv";
    document.body = document.body_id;
    if (i % 4 != 0) document.legislature = static_cast<int>(17 + i % 4);
    document.number = std::to_string(17 + i % 4) + "/" + std::to_string(100 + i);
    document.authors = {i % 2 == 0 ? "Erika Beispiel" : "Hans Muster"};
    for (std::size_t t = 0; t < pick(3); ++t) document.topic_ids.push_back(kTopics[pick(4)]);
    std::sort(document.topic_ids.begin(), document.topic_ids.end());
    document.topic_ids.erase(std::unique(document.topic_ids.begin(), document.topic_ids.end()),
                             document.topic_ids.end());
    document.topics = document.topic_ids;
    if (i % 11 == 0) {
      document.date = "";
    } else if (i % 13 == 0) {
      document.date = std::to_string(2012 + pick(10));
    } else {
      char date[16];
      std::snprintf(date, sizeof date, "%04zu-%02zu-%02zu", 2012 + pick(10), 1 + pick(12),
                    1 + pick(28));
      document.date = date;
    }
    document.title = kWords[pick(kWords.size())] + " in der Gemeinde";
    std::string text;
    for (std::size_t w = 0; w < 8 + pick(30); ++w) {
      text += (w == 0 ? "" : pick(6) == 0 ? " und die " : " ") + kWords[pick(kWords.size())];
    }
    if (i == 17) text += " Sonderfall";
    document.pages.push_back({1, text});
    out.push_back(std::move(document));
  }
  return out;
}

/// By body, but for a few: no shard knows all values.
inline std::size_t shard_of(std::size_t i, std::size_t shards) {
  return i % 5 == 0 ? 0 : i % 5 < 3 ? 1 % shards : (i / 5) % shards;
}

inline void index(const std::filesystem::path& dir, const std::vector<Document>& documents,
                  const std::filesystem::path& words_from,
                  const std::function<void(const writer::GenerationMade&)>& guest = {},
                  const std::vector<std::filesystem::path>& copies_of = {}) {
  WriterOptions options;
  options.dir = dir;
  options.stopwords_dir = std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "stopwords";
  options.jobs = 1;
  options.program_version = "test";
  options.words_from = words_from;
  options.guest = guest;
  options.copies_of = copies_of;
  options.new_generation = !copies_of.empty();
  Writer writer(options);
  for (const Document& document : documents) writer.add(document);
  (void)writer.commit({});
}

/// Three parts of a collection in which every ninth paper comes twice, by turns in the same part
/// and in another: `all` of it, and how many papers it has.
struct Repeated {
  std::vector<Document> all;
  std::vector<std::vector<Document>> parts;
  std::size_t papers = 0;
};
inline Repeated repeated_collection(std::size_t count) {
  Repeated out;
  out.parts.resize(3);
  const std::vector<Document> documents = collection(count);
  out.papers = documents.size();
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const std::size_t part = shard_of(i, 3);
    out.parts[part].push_back(documents[i]);
    if (i % 9 != 1 || !documents[i].legislature) continue;
    Document copy = documents[i];
    copy.id = "saved-again-" + copy.id;
    out.parts[(part + i / 9 % 3) % 3].push_back(std::move(copy));
  }
  for (const auto& part : out.parts) out.all.insert(out.all.end(), part.begin(), part.end());
  return out;
}

/// `remote`: without what only an index of this machine can answer.
inline std::vector<SearchRequest> request_table(bool remote = false) {
  std::vector<SearchRequest> out;
  std::vector<std::string> queries{"",
                                   "schule",
                                   "schule klima",
                                   "klimaschutz",
                                   "lärmschutz bahn",
                                   "verkehrsweg wasserschutz",
                                   "sonderfall",
                                   "sonderfall schule wald polizei",
                                   "nirgendwo",
                                   "\"schule klima\"",
                                   "\"klima wandel\" schule",
                                   "\"die schule\"",
                                   "schule NAHE/3 klima",
                                   "lärmschutz NAHE/4 (bahn ODER wald)",
                                   "schule NICHT klima",
                                   "NICHT schule",
                                   "(schule ODER wasser) NICHT verkehr",
                                   "verkehr*",
                                   "titel:klima",
                                   "titel:\"schule in der\"",
                                   "thema:verkehr",
                                   "thema:unbekannt schule",
                                   "von:beispiel klima",
                                   "von:niemand",
                                   "gremium:mv schule",
                                   "wp:18..19 wald",
                                   "datum:2014..2016 schule",
                                   "drs:18/101",
                                   "lehrer",
                                   "LehrerInnen"};
  for (const std::string& q : queries) {
    SearchRequest request;
    request.q = q;
    request.size = 10;
    request.facets = {Facet::kBody,     Facet::kType,        Facet::kTopic, Facet::kGroup,
                      Facet::kMinistry, Facet::kLegislature, Facet::kYear};
    out.push_back(request);
    request.filters = {{Facet::kBody, {"by"}, {}}, {Facet::kTopic, {}, {"umwelt"}}};
    out.push_back(request);
    request.filters = {{Facet::kYear, {"2014", "2015"}, {}}, {Facet::kLegislature, {"18"}, {}}};
    out.push_back(request);
    request.filters.clear();
    request.from = 20140601;
    request.to = 20160300;
    request.match = MatchMode::kAny;
    out.push_back(request);
    request.from = request.to = 0;
    request.match = MatchMode::kAll;
    request.facet_values = 2;
    out.push_back(request);
    if (!remote) {
      request.match = MatchMode::kAuto;
      request.unit = Unit::kPassage;
      out.push_back(request);
    }
  }
  return out;
}

inline void check_same_counts(const SearchAnswer& found, const SearchAnswer& expected) {
  CHECK(found.total == expected.total);
  CHECK(found.total_all_words == expected.total_all_words);
  CHECK(found.query.relaxed == expected.query.relaxed);
  std::vector<std::uint64_t> held, expected_held;  // of words that are searched
  for (const UnderstoodWord& word : found.query.words) {
    if (!word.ignored) held.push_back(word.documents);
  }
  for (const UnderstoodWord& word : expected.query.words) {
    if (!word.ignored) expected_held.push_back(word.documents);
  }
  CHECK(held == expected_held);
  CHECK(found.hits.size() == expected.hits.size());
  REQUIRE(found.facets.size() == expected.facets.size());
  for (std::size_t i = 0; i < found.facets.size(); ++i) {
    const FacetCounts &a = found.facets[i], &b = expected.facets[i];
    INFO("facet " << to_string(b.facet));
    CHECK(a.facet == b.facet);
    CHECK(a.distinct == b.distinct);
    CHECK(a.missing == b.missing);
    REQUIRE(a.values.size() == b.values.size());
    for (std::size_t k = 0; k < a.values.size(); ++k) {
      CHECK(a.values[k].slug == b.values[k].slug);
      CHECK(a.values[k].label == b.values[k].label);
      CHECK(a.values[k].count == b.values[k].count);
      CHECK(a.values[k].selected == b.values[k].selected);
      CHECK(a.values[k].excluded == b.values[k].excluded);
    }
  }
  CHECK(found.histogram.step == expected.histogram.step);
  CHECK(found.histogram.undated == expected.histogram.undated);
  REQUIRE(found.histogram.bars.size() == expected.histogram.bars.size());
  for (std::size_t k = 0; k < found.histogram.bars.size(); ++k) {
    CHECK(found.histogram.bars[k].from == expected.histogram.bars[k].from);
    CHECK(found.histogram.bars[k].count == expected.histogram.bars[k].count);
  }
}

}  // namespace fundstelle::test
