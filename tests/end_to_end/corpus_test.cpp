// SPDX-License-Identifier: GPL-3.0-or-later
//
// The sample corpus through the whole path: what its manifest says is printed is read, and the
// queries of tests/cases/corpus.txt find what they must.
#include <algorithm>
#include <sstream>

#include "end_to_end/indexed.h"
#include "identity/identity.h"
#include "text/drucksache_number.h"

using namespace fundstelle;
using namespace fundstelle::test;

namespace {

const std::filesystem::path kCorpus = std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "corpus";

std::vector<std::string> split_tabs(const std::string& line) {
  std::vector<std::string> cells;
  std::string cell;
  for (std::istringstream in(line); std::getline(in, cell, '\t');) cells.push_back(cell);
  cells.resize(std::max<std::size_t>(cells.size(), 7));
  return cells;
}

std::string canonical_number(const std::string& printed) {
  const auto number = parse_drucksache_number(printed);
  return number ? number->canonical() : printed;
}

}  // namespace

TEST_CASE("corpus: what the manifest says is printed is read, hardly anything wrongly",
          "[end-to-end]") {
  const auto indexed = index_folder(kCorpus);
  std::ifstream manifest(kCorpus / "MANIFEST.tsv");
  std::string line;
  std::getline(manifest, line);
  int documents = 0, right = 0, wrong = 0, missed = 0;
  while (std::getline(manifest, line)) {
    // path type body number date title thread
    const auto cells = split_tabs(line);
    INFO(cells[0]);
    REQUIRE(indexed->id_of_file.count(cells[0]) == 1);
    const auto view = indexed->searcher->document(indexed->id_of_file[cells[0]]);
    REQUIRE(view);
    ++documents;
    CHECK(view->has_original);
    const auto compare = [&](const std::string& expected, const std::string& read) {
      if (read == expected) {
        ++right;
      } else if (read.empty()) {
        ++missed;
        WARN("missed in " << cells[0] << ": " << expected);
      } else {
        ++wrong;
        WARN("wrong in " << cells[0] << ": '" << read << "' for '" << expected << "'");
      }
    };
    compare(cells[1].empty() ? "" : resolve_slug(Axis::kType, cells[1]), view->document.type_id);
    compare(canonical_number(cells[3]), canonical_number(view->document.number));
    compare(cells[4], view->document.date);
    compare(cells[5], view->document.title);
  }
  CHECK(documents >= 60);
  CHECK(wrong * 100 <= right);       // wrong values: at most 1 %
  CHECK(missed * 100 <= right * 2);  // missed values: at most 2 %
}

TEST_CASE("corpus: the thread of an affair hangs together, each link by its kind", "[end-to-end]") {
  const auto indexed = index_folder(kCorpus);
  const auto view =
      indexed->searcher->document(indexed->id_of_file["mecklenburg-vorpommern/6-8347.pdf"]);
  REQUIRE(view);
  const auto relation = [](const std::vector<DocumentView::Link>& links,
                           const std::string& number) -> std::string {
    for (const auto& link : links) {
      if (link.number == number) return link.relation;
    }
    return "no link";
  };
  CHECK(relation(view->cites, "6/8112") == "follows_up");
  CHECK(relation(view->cited_by, "6/8402") == "corrects");
}

// Each case: a line "> query", then lines naming documents of corpus/:
//   1 PATH   stands first        + PATH   is among the hits        - PATH   is not a hit
TEST_CASE("corpus: the queries of the case file find what they must", "[end-to-end]") {
  const auto indexed = index_folder(kCorpus);
  std::ifstream cases(std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "tests/cases/corpus.txt");
  std::string line, query;
  std::vector<std::string> ids;
  int checked = 0;
  while (std::getline(cases, line)) {
    if (line.empty() || line[0] == '#') continue;
    if (line[0] == '>') {
      query = line.substr(2);
      ids = hit_ids(*indexed->searcher, query);
      continue;
    }
    const std::string file = line.substr(2);
    INFO("query " << query << ", document " << file);
    REQUIRE(indexed->id_of_file.count(file) == 1);
    const auto found = std::find(ids.begin(), ids.end(), indexed->id_of_file[file]);
    ++checked;
    if (line[0] == '1') CHECK((found == ids.begin() && !ids.empty()));
    if (line[0] == '+') CHECK(found != ids.end());
    if (line[0] == '-') CHECK(found == ids.end());
  }
  CHECK(checked >= 25);
}
