// SPDX-License-Identifier: GPL-3.0-or-later
//
// What readers are told of a document that was taken down, before and after the index is written.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "data.h"
#include "http/service.h"
#include "schema/takedowns.h"
#include "search/index_documents.h"
#include "search/searcher.h"

using namespace fundstelle;
using namespace fundstelle::http;

TEST_CASE("http: a document taken down answers 410 everywhere, with day and reason", "[http]") {
  const test::ScratchDir scratch;
  const std::filesystem::path dir = scratch.path() / "index";
  const std::string sha256(64, 'a');
  std::vector<Document> documents(3);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    documents[i].id = "d" + std::to_string(i);
    documents[i].title = "Radweg Nummer " + std::to_string(i);
    documents[i].paged = true;
    documents[i].pages = {{1, "Ein Radweg."}};
  }
  documents[1].source = {"application/pdf", sha256, 4};
  test::index_documents(dir, documents);
  std::filesystem::create_directories(dir / "originals" / "aa");
  std::ofstream(schema::original_path(dir, sha256)) << "%PDF";

  Searcher searcher(dir);
  const auto backend = searcher_backend(searcher);
  const auto web = std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "web";
  const Assets assets(web / "assets");
  const present::Pages pages(web / "templates", assets.addresses(), {});
  const Service service(*backend, pages, assets);
  const auto get = [&](const std::string& path) {
    Request request;
    request.path = path;
    return service.answer(request);
  };
  const std::vector<std::string> addresses{"/dokument/d1",
                                           "/dokument/d1/original",
                                           "/dokument/d1/zitat.bib",
                                           "/dokument/d1/zitat.ris",
                                           "/api/v1/documents/d1",
                                           "/api/v1/documents/d1/marks",
                                           "/api/v1/documents/d1/original",
                                           "/api/v1/documents/d1/similar"};
  for (const std::string& address : addresses) {
    CAPTURE(address);
    CHECK(get(address).status == 200);
  }

  // As `remove` records it; the index is written later, perhaps much later.
  schema::write_takedowns(dir,
                          {{"d1", {"d1", "Urteil <3 O 12/26>", "2026-11-22T10:00:00Z", sha256}}});
  const auto gone = [&] {
    for (const std::string& address : addresses) {
      CAPTURE(address);
      const Response response = get(address);
      CHECK(response.status == 410);
      REQUIRE(response.body);
      CHECK(response.body->find("22. November 2026") != std::string::npos);
      const bool page = response.media_type.starts_with("text/html");
      CHECK(response.body->find(page ? "Urteil &lt;3 O 12/26&gt;" : "Urteil <3 O 12/26>") !=
            std::string::npos);
      CHECK(page != address.starts_with("/api/"));
      if (!page) CHECK(response.body->find("\"document_removed\"") != std::string::npos);
      CHECK(response.body->find("Radweg") == std::string::npos);
    }
    CHECK(get("/dokument/d0").status == 200);
    CHECK(get("/dokument/nie-dagewesen").status == 404);
  };
  gone();

  test::index_documents(dir, {});  // the next commit removes it
  REQUIRE(searcher.refresh());
  gone();
  CHECK(searcher.state().documents == 2);
  CHECK_FALSE(std::filesystem::exists(schema::original_path(dir, sha256)));
  const auto found = searcher.search({});
  CHECK(std::get<SearchAnswer>(found).total == 2);

  schema::write_takedowns(dir, {});
  CHECK(get("/dokument/d1").status == 404);
}
