// SPDX-License-Identifier: GPL-3.0-or-later
//
// Spellings that must not matter, through the whole engine: index, query, result set.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "data.h"
#include "search/searcher.h"
#include "writer/writer.h"

using namespace fundstelle;

namespace {

std::set<std::string> found(const Searcher& searcher, const std::string& q) {
  SearchRequest request;
  request.q = q;
  const auto given = searcher.search(request);
  REQUIRE(std::holds_alternative<SearchAnswer>(given));
  std::set<std::string> ids;
  for (const Hit& hit : std::get<SearchAnswer>(given).hits) ids.insert(hit.id);
  return ids;
}

}  // namespace

TEST_CASE("search: both spellings of umlauts and ß give equal results, plain vowels one way",
          "[search]") {
  const test::ScratchDir dir;
  {
    WriterOptions options;
    options.dir = dir.path();
    options.stopwords_dir = std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "stopwords";
    options.jobs = 1;
    options.program_version = "test";
    Writer writer(options);
    const std::vector<std::pair<std::string, std::string>> documents = {
        {"umlaut", "Herr Müller fährt durch die Straße."},
        {"digraph", "Herr Mueller faehrt durch die Strasse."},
        {"decomposed", "Herr Mu\u0308ller fa\u0308hrt durch die Straße."},
        {"plain", "Herr Muller im Hof."},
        {"phrase", "Der Rat der Stadt und die Presse"},
        {"no-phrase", "Rat Stadt Presse"}};
    for (const auto& [id, text] : documents) {
      Document document;
      document.id = id;
      document.title = "Vermerk";
      document.pages.push_back({1, text});
      writer.add(document);
    }
    (void)writer.commit({});
  }
  const Searcher searcher(dir.path());
  using Ids = std::set<std::string>;
  const Ids both = {"umlaut", "digraph", "decomposed"};
  for (const std::string query : {"Müller", "Mueller", "MÜLLER", "Mu\u0308ller", "müllers"}) {
    INFO(query);
    CHECK(found(searcher, query) == both);
  }
  for (const std::string query : {"Straße", "Strasse", "STRASSE", "Straßen", "Strassen"}) {
    INFO(query);
    CHECK(found(searcher, query) == both);
  }
  CHECK(found(searcher, "Muller") == Ids{"umlaut", "digraph", "decomposed", "plain"});
  // Stop words count in an exact phrase, each at its place.
  CHECK(found(searcher, "\"Rat der Stadt\"") == Ids{"phrase"});
  CHECK(found(searcher, "\"Stadt und die Presse\"") == Ids{"phrase"});
  CHECK(found(searcher, "\"Rat die Stadt\"").empty());
  CHECK(found(searcher, "\"Rat Stadt\"") == Ids{"no-phrase"});
}
