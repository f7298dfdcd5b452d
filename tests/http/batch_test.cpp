// SPDX-License-Identifier: GPL-3.0-or-later
//
// Many searches in one request, over the service, from a real index.
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "data.h"
#include "http/service.h"
#include "search/index_documents.h"
#include "search/searcher.h"

using namespace fundstelle;
using namespace fundstelle::http;
using Json = nlohmann::json;

namespace {

constexpr int kDocuments = 3000;

std::filesystem::path web() { return std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "web"; }

const std::filesystem::path& index_dir() {
  static const test::ScratchDir scratch;
  static const bool made = [] {
    std::vector<Document> documents(kDocuments);
    for (int i = 0; i < kDocuments; ++i) {
      Document& document = documents[static_cast<std::size_t>(i)];
      document.id = "d" + std::to_string(i);
      document.title = "Radweg \"" + std::to_string(i) + "\"";
      document.date = std::to_string(1990 + i % 30) + "-01-02";
      document.body = "Deutscher Bundestag";
      document.body_id = "bt";
      document.paged = true;
      // Equal words, near each other in every other document.
      document.pages = {{1, i % 6 == 0   ? "Ein Radweg alt neu Schule."
                            : i % 3 == 0 ? "Ein Radweg Schule alt neu."
                                         : "Ein Radweg."}};
    }
    test::index_documents(scratch.path(), documents);
    return true;
  }();
  (void)made;
  return scratch.path();
}

struct Site {
  explicit Site(ServiceLimits limits = {})
      : searcher(index_dir()),
        backend(searcher_backend(searcher)),
        assets(web() / "assets"),
        pages(web() / "templates", assets.addresses()),
        service(*backend, pages, assets, limits) {}

  [[nodiscard]] Response post(const std::string& target, const std::string& body,
                              const std::string& type = "application/x-ndjson") const {
    Request request;
    request.method = Method::kPost;
    request.path = target.substr(0, target.find('?'));
    std::stringstream rest(
        target.size() > request.path.size() ? target.substr(request.path.size() + 1) : "");
    for (std::string pair; std::getline(rest, pair, '&');) {
      const std::size_t equals = pair.find('=');
      request.query.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    }
    request.content_type = type;
    request.body = body;
    return service.answer(request);
  }
  [[nodiscard]] std::vector<Json> records(const std::string& target,
                                          const std::string& body) const {
    const Response response = post(target, body);
    INFO(*response.body);
    REQUIRE(response.status == 200);
    std::vector<Json> out;
    std::stringstream lines(*response.body);
    for (std::string line; std::getline(lines, line);) out.push_back(Json::parse(line));
    REQUIRE(out.size() >= 2);
    REQUIRE(out.front().contains("fundstelle_batch"));
    REQUIRE(out.back().contains("fundstelle_batch_end"));
    return out;
  }
  [[nodiscard]] std::string code_of(const Response& response) const {
    return Json::parse(*response.body).at("code");
  }
  [[nodiscard]] SearchAnswer search(const SearchRequest& request) const {
    return std::get<SearchAnswer>(searcher.search(request));
  }

  Searcher searcher;
  std::unique_ptr<Backend> backend;
  Assets assets;
  present::Pages pages;
  Service service;
};

}  // namespace

TEST_CASE("batch: a record a line, whatever the line is", "[http][batch]") {
  const Site site;
  const std::string body =
      "{\"id\": \"a\", \"query\": \"Schule\", \"hits\": 3, \"year\": [1990, 1993]}\n"
      "\n"
      "{\"id\": \"b\", \"query\": \n"
      "{\"id\": \"a\", \"query\": \"noch einmal\"}\n"
      "{\"id\": \"c\", \"query\": \"Schule\", \"topcs\": \"verkehr\"}\n"
      "{\"id\": \"d\", \"query\": \"Schule\", \"from\": \"gestern\"}\n"
      "{\"id\": \"e\", \"query\": \"Schu\\u0000le\"}\n"
      "{\"id\": \"f\", \"query\": \"Schule\", \"size\": 5}\n"
      "{\"id\": \"g\", \"query\": \"Schule\", \"cursor\": \"quatsch\"}\n"
      "{\"id\": \"h\", \"query\": \"Schule\", \"fields\": [\"id\", \"farbe\"]}\n"
      "{\"id\": \"i\", \"query\": \"((Schule UND\\nRadweg\", \"hits\": 0}\n"
      "[1]\n"
      "{\"id\": 7, \"query\": \"\", \"hits\": \"all\"}";
  const std::vector<Json> got = site.records("/api/v1/batch?facets=year", body);
  REQUIRE(got.size() == 14);
  const auto& head = got[0]["fundstelle_batch"];
  CHECK(head["revision"] == site.searcher.state().revision);
  CHECK(head["lines"] == 12);
  CHECK(head["parameters"] == Json{{"facets", "year"}});

  SearchRequest same;
  same.q = "Schule";
  same.filters = {{Facet::kYear, {"1990", "1993"}, {}}};
  same.size = 3;
  const SearchAnswer expected = site.search(same);
  CHECK(got[1]["line"] == 1);
  CHECK(got[1]["id"] == "a");
  CHECK(got[1]["total"]["value"] == expected.total);
  REQUIRE(got[1]["hits"].size() == 3);
  for (std::size_t i = 0; i < 3; ++i) CHECK(got[1]["hits"][i]["id"] == expected.hits[i].id);
  CHECK(got[1]["cursor"].is_string());
  CHECK(got[1]["facets"]["year"]["distinct"].get<int>() >= 2);

  const std::pair<int, const char*> refused[] = {
      {3, "bad_line"},     {4, "bad_line"},      {5, "unknown_parameter"}, {6, "bad_parameter"},
      {7, "bad_encoding"}, {8, "bad_parameter"}, {9, "invalid_cursor"},    {10, "bad_parameter"}};
  for (std::size_t i = 0; i < std::size(refused); ++i) {
    INFO(got[i + 2].dump());
    CHECK(got[i + 2]["line"] == refused[i].first);
    CHECK(got[i + 2]["problem"]["code"] == refused[i].second);
  }
  CHECK(got[10]["id"] == "i");
  CHECK(got[10]["total"]["value"] == kDocuments / 3);
  CHECK(got[10]["hits"].empty());
  CHECK(got[11]["problem"]["code"] == "bad_line");
  CHECK(got[2]["problem"]["detail"] == "Die Zeile ist kein gültiges JSON.");
  CHECK(got[11]["id"].is_null());
  CHECK(got[12]["id"] == "7");
  CHECK(got[12]["hits"].size() == kDocuments);
  CHECK(got[12]["cursor"].is_null());
  const Json end = got[13]["fundstelle_batch_end"];
  CHECK(end == Json{{"records", 12},
                    {"failed", 9},
                    {"hits", kDocuments + 3},
                    {"complete", true},
                    {"next", nullptr}});
}

TEST_CASE("batch: what does not fit goes on where it ended, nothing twice", "[http][batch]") {
  const std::string body =
      "{\"id\": \"alle\", \"query\": \"Radweg\", \"hits\": \"all\", \"sort\": \"oldest\"}\n"
      "{\"id\": \"falsch\", \"query\": \"x\", \"unit\": \"seite\"}\n"
      "{\"id\": \"einige\", \"query\": \"Radweg\", \"hits\": 2500}\n"
      "{\"id\": \"stellen\", \"query\": \"Schule\", \"unit\": \"passage\", \"hits\": 700, "
      "\"fields\": \"id,page,text\"}\n";
  const auto ids = [](const std::vector<Json>& records, std::map<std::string, Json>& hits) {
    for (const Json& record : records) {
      if (!record.contains("hits")) continue;
      Json& list = hits[record["id"]];
      if (list.is_null()) list = Json::array();
      CHECK(record["offset"] == list.size());
      for (const Json& hit : record["hits"]) list.push_back(hit);
    }
  };
  std::map<std::string, Json> whole, pieces;
  ids(Site().records("/api/v1/batch", body), whole);
  CHECK(whole["alle"].size() == kDocuments);
  CHECK(whole["einige"].size() == 2500);
  CHECK(whole["stellen"].size() == 700);
  CHECK(whole["stellen"][0]["text"].get<std::string>().find("Schule") != std::string::npos);

  ServiceLimits small;
  small.answer_bytes = 60'000;
  const Site site(small);
  std::string next = "/api/v1/batch";
  int parts = 0, failed = 0;
  while (!next.empty() && parts < 50) {
    const Response response = site.post(next, body);
    CHECK(response.body->size() <= small.answer_bytes);
    const std::vector<Json> records = site.records(next, body);
    ids(records, pieces);
    const Json end = records.back()["fundstelle_batch_end"];
    failed += end["failed"].get<int>();
    next = end["complete"].get<bool>() ? "" : end["next"].get<std::string>();
    ++parts;
  }
  CHECK(parts > 3);
  CHECK(failed == 1);
  CHECK(pieces == whole);
}

TEST_CASE("batch: hits and cursors are those of pages", "[http][batch]") {
  const Site site;
  for (const char* sort : {"relevance", "newest"}) {
    for (const char* unit : {"document", "passage"}) {
      INFO(sort << " " << unit);
      SearchRequest request;
      request.q = "Radweg Schule";
      request.sort = std::string_view(sort) == "newest" ? Sort::kNewest : Sort::kRelevance;
      request.unit = std::string_view(unit) == "passage" ? Unit::kPassage : Unit::kDocument;
      request.size = 100;
      std::vector<std::string> expected;
      do {
        const SearchAnswer page = site.search(request);
        for (const Hit& hit : page.hits) expected.push_back(hit.id);
        request.cursor = page.cursor;
      } while (!request.cursor.empty());
      REQUIRE(expected.size() == kDocuments / 3);

      const auto ask = [&](std::size_t hits, const std::string& cursor, const char* fields) {
        Json line{{"id", 1},      {"query", "Radweg Schule"}, {"hits", hits}, {"sort", sort},
                  {"unit", unit}, {"fields", fields}};
        if (!cursor.empty()) line["cursor"] = cursor;
        return site.records("/api/v1/batch", line.dump())[1];
      };
      // 200 hits are ordered by nearness, those behind are not.
      for (const std::size_t count : {1, 199, 200, 201, 999, 1000}) {
        for (const char* fields : {"id,score", "id,title,date", "id,snippet"}) {
          INFO(count << " " << fields);
          const Json record = ask(count, "", fields);
          REQUIRE(record["hits"].size() == count);
          for (std::size_t i = 0; i < count; ++i) REQUIRE(record["hits"][i]["id"] == expected[i]);
          REQUIRE(record["cursor"].is_null() == (count == expected.size()));
          if (record["cursor"].is_null()) continue;
          const Json more = ask(2, record["cursor"], "id");
          CHECK(more["hits"][0]["id"] == expected[count]);
          if (count + 1 < expected.size()) CHECK(more["hits"][1]["id"] == expected[count + 1]);
        }
      }
    }
  }
}

TEST_CASE("batch: what is wrong as a whole is refused as a whole", "[http][batch]") {
  const Site site;
  const std::string line = "{\"id\": 1, \"query\": \"Radweg\"}\n";
  CHECK(site.code_of(site.post("/api/v1/batch", "")) == "bad_request");
  CHECK(site.code_of(site.post("/api/v1/batch", line, "application/x-www-form-urlencoded")) ==
        "bad_request");
  CHECK(site.code_of(site.post("/api/v1/batch?q=x", line)) == "bad_parameter");
  CHECK(site.code_of(site.post("/api/v1/batch?hits=viele", line)) == "bad_parameter");
  CHECK(site.code_of(site.post("/api/v1/batch?fields=text", line)) == "bad_parameter");
  CHECK(site.code_of(site.post("/api/v1/batch?topcs=x", line)) == "unknown_parameter");
  CHECK(site.code_of(site.post("/api/v1/batch?line=-1", line)) == "bad_parameter");
  const Response other = site.post("/api/v1/batch?revision=0000000000000000&line=1", line);
  CHECK(other.status == 409);
  CHECK(site.code_of(other) == "revision_changed");
  std::string many;
  for (int i = 0; i < 10'001; ++i) many += "{}\n";
  const Response too_many = site.post("/api/v1/batch", many);
  CHECK(too_many.status == 413);
  CHECK(site.code_of(too_many) == "batch_too_long");

  Request get;
  get.path = "/api/v1/batch";
  const Response refused = site.service.answer(get);
  CHECK(refused.status == 405);
  for (const auto& [name, value] : refused.headers) {
    if (name == "Allow") CHECK(value == "POST");
  }

  ServiceLimits none;
  none.batches = 0;
  const Response busy = Site(none).post("/api/v1/batch", line);
  CHECK(busy.status == 503);
  // A place is given back, also by a batch that was refused.
  for (int i = 0; i < 3; ++i) CHECK(site.post("/api/v1/batch", line).status == 200);
}
