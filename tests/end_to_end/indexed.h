// SPDX-License-Identifier: GPL-3.0-or-later
//
// A folder of files indexed by the real program, opened by the real searcher.
#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "data.h"
#include "search/searcher.h"

namespace fundstelle::test {

struct Indexed {
  ScratchDir scratch;
  std::map<std::string, std::string> id_of_file;  ///< path below the folder -> document id
  std::map<std::string, std::string> state_of_file;
  std::unique_ptr<Searcher> searcher;
};

/// Runs `fundstelle-indexer index` on `folder`; fails the test if the program fails.
inline std::unique_ptr<Indexed> index_folder(const std::filesystem::path& folder) {
  auto indexed = std::make_unique<Indexed>();
  const std::filesystem::path root = std::filesystem::canonical(folder);
  const std::string report = (indexed->scratch.path() / "report.jsonl").string();
  const std::string index = (indexed->scratch.path() / "index").string();
  const std::string command = std::string("'") + FUNDSTELLE_BIN_DIR +
                              "/fundstelle-indexer' index --index '" + index + "' --report '" +
                              report + "' '" + root.string() + "' 2>'" +
                              (indexed->scratch.path() / "stderr").string() + "'";
  const int status = std::system(command.c_str());
  INFO(command);
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) <= 1);
  std::ifstream lines(report);
  for (std::string line; std::getline(lines, line);) {
    const auto entry = nlohmann::json::parse(line);
    const std::string file =
        std::filesystem::relative(entry.at("path").get<std::string>(), root).string();
    indexed->state_of_file[file] = entry.at("state").get<std::string>();
    if (entry.contains("id") && entry["id"].is_string()) indexed->id_of_file[file] = entry["id"];
  }
  indexed->searcher = std::make_unique<Searcher>(index);
  return indexed;
}

/// Ids of the first hits of a query, best first; a request error fails the test.
inline std::vector<std::string> hit_ids(const Searcher& searcher, const std::string& q,
                                        MatchMode match = MatchMode::kAuto) {
  SearchRequest request;
  request.q = q;
  request.match = match;
  request.size = 100;
  request.histogram = false;
  request.snippets = false;
  const auto answer = searcher.search(request);
  INFO(q);
  REQUIRE(std::holds_alternative<SearchAnswer>(answer));
  std::vector<std::string> ids;
  for (const Hit& hit : std::get<SearchAnswer>(answer).hits) ids.push_back(hit.id);
  return ids;
}

}  // namespace fundstelle::test
