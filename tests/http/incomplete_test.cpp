// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection in shards of which one is silent: every kind of answer says so, and none is kept.
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "hand_made_backend.h"
#include "http/service.h"

using namespace fundstelle;
using namespace fundstelle::http;

namespace {

const std::string kMissing = "Landtage <Nord> antwortet nicht; Treffer daraus fehlen";

/// Falls silent, or is back, while a search is answered.
class Silent : public test::HandMadeBackend {
 public:
  std::variant<SearchAnswer, Problem> search(const SearchRequest& request) const override {
    if (request.q == "umbruch") silent = !silent;
    auto out = HandMadeBackend::search(request);
    if (silent) std::get<SearchAnswer>(out).incomplete = {kMissing};
    return out;
  }
  std::vector<std::string> left_out() const override {
    return silent ? std::vector<std::string>{kMissing} : std::vector<std::string>{};
  }
  IndexState state() const override {
    IndexState state = HandMadeBackend::state();
    if (silent) state.revision = "0000000000000000";
    return state;
  }
  mutable bool silent = false;
};

struct Fixture {
  Silent backend;
  const std::filesystem::path web = std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "web";
  const Assets assets{web / "assets"};
  const present::Pages pages{web / "templates", assets.addresses(), {}};
  const Service service{backend, pages, assets};

  Response get(const std::string& path, std::vector<std::pair<std::string, std::string>> query = {},
               const std::string& etag = "") const {
    Request request;
    request.path = path;
    request.query = std::move(query);
    request.if_none_match = etag;
    return service.answer(request);
  }
};

std::string header(const Response& response, const std::string& name) {
  for (const auto& [known, value] : response.headers) {
    if (known == name) return value;
  }
  return "";
}

bool tells(const Response& response) {
  REQUIRE(response.status == 200);
  const std::string& body = *response.body;
  if (body.front() != '{') {
    return body.find("Diese Antwort ist unvollständig: Landtage &lt;Nord&gt; antwortet nicht") !=
           std::string::npos;
  }
  const auto json = nlohmann::json::parse(body);
  return json.contains("incomplete") && json["incomplete"] == nlohmann::json::array({kMissing});
}

}  // namespace

TEST_CASE("http: an answer without a silent shard says so, on pages and in JSON", "[http]") {
  Fixture one;
  using Query = std::vector<std::pair<std::string, std::string>>;
  const std::vector<std::pair<std::string, Query>> addresses{
      {"/suche", {{"q", "rad"}}},          {"/api/v1/search", {{"q", "rad"}}},
      {"/verlauf", {{"q", "rad"}}},        {"/api/v1/trend", {{"q", "rad"}}},
      {"/api/v1/suggest", {{"q", "rad"}}}, {"/api/v1/documents/doc-1/similar", {}},
  };
  for (const auto& [path, query] : addresses) {
    CAPTURE(path);
    one.backend.silent = false;
    CHECK_FALSE(tells(one.get(path, query)));
    one.backend.silent = true;
    CHECK(tells(one.get(path, query)));
  }
  const auto total =
      nlohmann::json::parse(*one.get("/api/v1/search", {{"q", "rad"}}).body)["total"];
  CHECK(total["exact"] == false);
}

TEST_CASE("http: what was answered without a silent shard is not kept when it is back", "[http]") {
  Fixture one;
  const std::string whole = header(one.get("/api/v1/search", {{"q", "rad"}}), "ETag");
  REQUIRE_FALSE(whole.empty());
  CHECK(one.get("/api/v1/search", {{"q", "rad"}}, whole).status == 304);
  one.backend.silent = true;
  const Response part = one.get("/api/v1/search", {{"q", "rad"}}, whole);
  CHECK(part.status == 200);
  one.backend.silent = false;
  CHECK(one.get("/api/v1/search", {{"q", "rad"}}, header(part, "ETag")).status == 200);
  // It fell silent in the middle: the state before is not that of the answer.
  const Response between = one.get("/api/v1/search", {{"q", "umbruch"}});
  CHECK(tells(between));
  CHECK(header(between, "ETag").empty());
  CHECK(header(between, "Cache-Control") == "no-store");
}
