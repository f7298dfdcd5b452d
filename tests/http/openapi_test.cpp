// SPDX-License-Identifier: GPL-3.0-or-later
//
// The OpenAPI description names every address of the API and nothing else. tests/api sends its
// examples to a running server and holds the answers against its schemas.
#include "present/files/openapi.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "data.h"
#include "hand_made_backend.h"
#include "http/service.h"
#include "present/problem.h"

using namespace fundstelle;
using namespace fundstelle::http;
using Json = nlohmann::json;

TEST_CASE("openapi: every address of the API is described, and nothing else", "[http]") {
  const std::filesystem::path web = std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "web";
  const test::HandMadeBackend backend;
  const Assets assets(web / "assets");
  present::Site site;
  site.public_url = "https://suche.example";
  const present::Pages pages(web / "templates", assets.addresses(), site);
  const Service service(backend, pages, assets);
  Request request;
  request.path = "/api/v1/openapi.json";
  const Response response = service.answer(request);
  REQUIRE(response.status == 200);
  CHECK(response.media_type == "application/json");
  const std::string& text = *response.body;
  CHECK(text.find("{{") == std::string::npos);
  CHECK(text.find("$fill") == std::string::npos);
  const Json json = Json::parse(text);
  CHECK(json["servers"][0]["url"] == "https://suche.example");

  std::set<std::string> served, described;
  for (const Service::Address& address : Service::addresses()) {
    std::string path(address.pattern);
    const bool of_api = path.starts_with("/api/") || path.starts_with("/feed.") ||
                        path == "/healthz" || path == "/readyz";
    if (!of_api) continue;
    if (const std::size_t at = path.find("{}"); at != std::string::npos)
      path.replace(at, 2, "{id}");
    if (address.gets) served.insert("get " + path);
    if (address.posts) served.insert("post " + path);
  }
  for (const auto& [path, item] : json["paths"].items()) {
    for (const auto& [method, operation] : item.items()) described.insert(method + " " + path);
  }
  CHECK(described == served);

  // Every status a problem can have is an answer that is described.
  std::set<int> statuses, told;
  for (const present::ProblemKind& kind : present::problem_kinds()) statuses.insert(kind.status);
  for (const auto& [name, one] : json["components"]["responses"].items()) {
    if (!one.contains("content")) continue;
    for (const present::ProblemKind& kind : present::problem_kinds()) {
      if (one["description"].get<std::string>().find("`" + std::string(kind.code) + "`") !=
          std::string::npos) {
        told.insert(kind.status);
      }
    }
  }
  statuses.erase(405);  // methods that are not described are not there
  CHECK(told == statuses);
  CHECK(json["components"]["schemas"]["Problem"]["properties"]["code"]["enum"].size() ==
        present::problem_kinds().size());
}

TEST_CASE("openapi: docs/api.md lists every code with its status", "[http]") {
  std::ifstream in(std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "docs" / "api.md");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  for (const present::ProblemKind& kind : present::problem_kinds()) {
    const std::string row =
        "| `" + std::string(kind.code) + "` | " + std::to_string(kind.status) + " |";
    INFO(row);
    CHECK(text.find(row) != std::string::npos);
  }
}

TEST_CASE("openapi: a source that asks for the unknown is refused by name", "[http]") {
  const present::OpenApiFacts facts{{{"a", "x"}}, {{"n", 7}}};
  CHECK(Json::parse(present::openapi_json(R"({"k": "<{{a}} {{n}}>", "v": {"$fill": "n"}})",
                                          facts)) == Json{{"k", "<x 7>"}, {"v", 7}});
  CHECK_THROWS_WITH(present::openapi_json(R"({"k": {"$fill": "farbe"}})", facts),
                    Catch::Contains("farbe"));
  CHECK_THROWS_AS(present::openapi_json("[", facts), present::OpenApiError);
}
