// SPDX-License-Identifier: GPL-3.0-or-later
//
// One paper saved twice is listed once; which, and what becomes of the other.
#include <catch2/catch.hpp>

#include "data.h"
#include "search/searcher.h"
#include "writer/options.h"
#include "writer/writer.h"

using namespace fundstelle;
using fundstelle::test::ScratchDir;

namespace {

const std::string kBody =
    "Die Bundesregierung hat im vergangenen Jahr zwölf Strecken der Inselbahnen geprüft und an "
    "neun "
    "von ihnen Bäume zurückgeschnitten. An den übrigen Strecken stehen die Bäume unter Schutz. Die "
    "Kosten trugen die Länder nach einem vereinbarten Schlüssel, der im Anhang erläutert wird. "
    "Eine "
    "weitere Prüfung ist für den Herbst vorgesehen, sobald die Vögel ihre Nester verlassen haben.";

Document paper(const std::string& id, const std::string& number, const std::string& text,
               bool paged) {
  Document document;
  document.id = id;
  document.type = "Antwort";
  document.type_id = "antwort";
  document.body = "Deutscher Bundestag";
  document.body_id = "bundestag";
  document.number = number;
  document.title = "Bäume an Inselbahnen";
  document.date = "2040-05-12";
  document.paged = paged;
  document.pages.push_back({1, text});
  return document;
}

void change(const std::filesystem::path& dir, const std::vector<Document>& added,
            const std::vector<std::string>& removed = {}) {
  Writer writer(test::options(dir));
  for (const Document& document : added) writer.add(document);
  for (const std::string& id : removed) writer.remove(id);
  (void)writer.commit({});
}

struct Found {
  std::uint64_t total = 0, facet = 0;
  std::vector<std::string> ids;
  std::vector<std::string> copies;  ///< "listed: copy"
};

Found find(const Searcher& searcher, Unit unit = Unit::kDocument) {
  SearchRequest request;
  request.q = "Inselbahnen";
  request.unit = unit;
  request.facets = {Facet::kType};
  const auto given = searcher.search(request);
  REQUIRE(std::holds_alternative<SearchAnswer>(given));
  const auto& answer = std::get<SearchAnswer>(given);
  Found found;
  found.total = answer.total;
  for (const Hit& hit : answer.hits) {
    found.ids.push_back(hit.id);
    for (const std::string& copy : hit.copies) found.copies.push_back(hit.id + ": " + copy);
  }
  for (const auto& facet : answer.facets) {
    for (const auto& value : facet.values) found.facet += value.count;
  }
  return found;
}

std::vector<std::string> copies_shown(const Searcher& searcher, const std::string& id) {
  const auto view = searcher.document(id, "");
  REQUIRE(view);
  std::vector<std::string> ids;
  for (const auto& link : view->cites) {
    if (link.relation == "copy") ids.push_back(link.id);
  }
  return ids;
}

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("copies: one is listed, counts are exact, the next takes its place", "[search][copies]") {
  const ScratchDir scratch;
  const auto dir = scratch.path() / "index";
  std::string broken = kBody;
  broken.replace(broken.find("vergangenen"), 11, "vergan-\ngenen");
  change(dir,
         {paper("a-text", "99/65", kBody, false), paper("b-pdf", "99/65", broken, true),
          paper("c-other", "99/66", kBody, false),
          paper("d-same-number", "99/65",
                "Inselbahnen " + std::string(5, ' ') +
                    "fahren nach einem Plan, den niemand kennt. Dieser Text handelt von etwas "
                    "ganz anderem: von Schiffen, die morgens im Hafen liegen, und von der Frage, "
                    "wer sie abends löscht, wenn der Wind von Westen kommt und die Kräne ruhen.",
                false)});
  Searcher searcher(dir);
  const Found first = find(searcher);
  CHECK(first.total == 3);
  CHECK(first.facet == 3);
  CHECK(std::count(first.ids.begin(), first.ids.end(), "a-text") == 0);
  CHECK(first.copies == List{"b-pdf: a-text"});
  CHECK(find(searcher, Unit::kPassage).total == 3);
  CHECK(copies_shown(searcher, "b-pdf") == List{"a-text"});
  CHECK(copies_shown(searcher, "a-text") == List{"b-pdf"});
  CHECK(copies_shown(searcher, "c-other").empty());

  // In a delta: the listed one goes, its copy is listed.
  change(dir, {}, {"b-pdf"});
  Searcher second(dir);
  CHECK(find(second).total == 3);
  const Found after = find(second);
  CHECK(std::count(after.ids.begin(), after.ids.end(), "a-text") == 1);
  CHECK(copies_shown(second, "a-text").empty());
  CHECK(after.copies.empty());

  // A better one comes: it is listed again.
  change(dir, {paper("e-pdf", "99/65", kBody, true)});
  Searcher third(dir);
  CHECK(find(third).total == 3);
  CHECK(copies_shown(third, "e-pdf") == List{"a-text"});
}
