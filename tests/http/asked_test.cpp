// SPDX-License-Identifier: GPL-3.0-or-later
//
// Drafts posted as form and as JSON: what reaches the engine, what is refused, what the page shows.
#include <catch2/catch.hpp>

#include "hand_made_backend.h"
#include "http/assets.h"
#include "http/service.h"

using namespace fundstelle;
using namespace fundstelle::http;

namespace {

struct Site {
  Site()
      : web(std::filesystem::path(FUNDSTELLE_BIN_DIR) / "../share/fundstelle/web"),
        assets(web / "assets"),
        pages(web / "templates", assets.addresses()),
        service(backend, pages, assets, {}) {}
  Response post(const std::string& path, const std::string& type, const std::string& body) const {
    Request request;
    request.method = Method::kPost;
    request.path = path;
    request.content_type = type;
    request.body = body;
    return service.answer(request);
  }
  Response json(const std::string& body) const {
    return post("/api/v1/asked", "application/json; charset=utf-8", body);
  }
  Response form(const std::string& path, const std::string& body) const {
    return post(path, "application/x-www-form-urlencoded", body);
  }

  std::filesystem::path web;
  test::HandMadeBackend backend;
  Assets assets;
  present::Pages pages;
  Service service;
};

bool holds(const Response& response, const std::string& part) {
  return response.body->find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("asked: a posted draft is split, line ends and all", "[http]") {
  const Site site;
  const Response answer = site.form(
      "/api/v1/asked",
      "text=Titel%0D%0A%0D%0AVorrede+ohne+Frage.%0D%0A1.+Wer+z%C3%A4hlt%3F%0D%0A2.+Wo%0C%3F&size=7"
      "&body=bt,-br&type.antwort=1&from=2019&to=2020-06");
  REQUIRE(answer.status == 200);
  const AskedRequest& got = site.backend.last_asked;
  REQUIRE(got.questions.size() == 2);
  CHECK(got.title == "Titel");
  CHECK(got.questions[0].label == "1");
  CHECK(got.questions[0].text == "Wer zählt?");
  CHECK(got.size == 7);
  CHECK(got.from == 20190101);
  CHECK(got.to == 20200630);
  REQUIRE(got.filters.size() == 2);
  CHECK(got.filters[0].wanted == std::vector<std::string>{"bt"});
  CHECK(got.filters[0].excluded == std::vector<std::string>{"br"});
  CHECK(holds(answer, "Die Antwort von damals."));
  CHECK(holds(answer, R"("likeness":0.5)"));
}

TEST_CASE("asked: questions come as JSON, short ones by GET", "[http]") {
  const Site site;
  REQUIRE(site.json(R"({"title":"T","questions":["Wer?",{"label":"2a","text":"wo?","lead":"Und"}],
                        "body":["bt","br"],"size":3,"papers":2})")
              .status == 200);
  const AskedRequest& got = site.backend.last_asked;
  REQUIRE(got.questions.size() == 2);
  CHECK(got.title == "T");
  CHECK(got.questions[1].label == "2a");
  CHECK(got.questions[1].lead == "Und");
  CHECK(got.filters.at(0).wanted == std::vector<std::string>{"bt", "br"});
  CHECK(got.size == 3);
  CHECK(got.papers == 2);
  Request request;
  request.path = "/api/v1/asked";
  request.query = {{"q", "Nachtz%C3%BCge+nach+Malm%C3%B6"}};
  CHECK(site.service.answer(request).status == 200);
  CHECK(site.backend.last_asked.questions.at(0).text == "Nachtzüge nach Malmö");
}

TEST_CASE("asked: what is too much or wrong is refused by name, the draft not repeated", "[http]") {
  const Site site;
  std::string many = R"({"questions":[)";
  for (int i = 0; i < 101; ++i) many += std::string(i > 0 ? "," : "") + R"("Wer?")";
  many += "]}";
  struct Row {
    std::string body;
    int status;
    const char* code;
  };
  const Row rows[] = {
      {many, 400, "too_many_questions"},
      {R"({"text":")" + std::string(200'001, 'x') + R"("})", 413, "draft_too_large"},
      {R"({"questions":[")" + std::string(200'001, 'x') + R"("]})", 413, "draft_too_large"},
      {"{}", 400, "bad_parameter"},
      {R"({"text":" \n "})", 400, "bad_parameter"},
      {R"({"text":"geheim)", 400, "bad_request"},
      {"[]", 400, "bad_request"},
      {R"([[[[[[[[[[[[[["geheim"]]]]]]]]]]]]]])", 400, "bad_request"},
      {R"({"questions":"geheim"})", 400, "bad_parameter"},
      {R"({"questions":[{"geheim":1}]})", 400, "bad_parameter"},
      {R"({"text":"Wer?","size":99})", 400, "bad_parameter"},
      {R"({"text":"Wer?","papers":-1})", 400, "bad_parameter"},
      {R"({"text":"Wer?","bdy":"bt"})", 400, "unknown_parameter"},
      {R"({"text":"Wer?","match":"all"})", 400, "unknown_parameter"},
      {"{\"text\":\"\xFF\"}", 400, "bad_encoding"},
  };
  for (const Row& row : rows) {
    INFO(row.body.substr(0, 60));
    const Response answer = site.json(row.body);
    CHECK(answer.status == row.status);
    CHECK(holds(answer, row.code));
    CHECK(!holds(answer, "geheim"));
  }
  CHECK(site.post("/api/v1/asked", "text/plain", "Wer?").status == 400);
}

TEST_CASE("asked: the page shows pairs and shows markup as text", "[http]") {
  const Site site;
  const Response fresh = site.form("/schon-gefragt", "text=");
  CHECK(fresh.status == 200);
  CHECK(holds(fresh, "mindestens eine Frage"));
  const Response page = site.form(
      "/schon-gefragt",
      "text=1.+%3Cscript%3Ealert(1)%3C/script%3E%22%27%3F%0A%0A2.+Wer%3F&utm_source=mail");
  REQUIRE(page.status == 200);
  CHECK(holds(page, "&lt;script&gt;alert(1)"));
  CHECK(!holds(page, "<script>alert"));
  CHECK(holds(page, "Die Antwort von damals."));
  CHECK(holds(page, "/dokument/doc-1#frage-4"));
  // The draft stands in the field again, line by line.
  CHECK(holds(page, "&quot;&#39;?\n\n2. Wer?</textarea>"));
  CHECK(site.form("/schon-gefragt", "text=" + std::string(200'001, 'x')).status == 413);
}

TEST_CASE("similar: hits with what they share, or 404", "[http]") {
  const Site site;
  Request request;
  request.path = "/api/v1/documents/doc-1/similar";
  request.query = {{"size", "2"}};
  const Response answer = site.service.answer(request);
  CHECK(answer.status == 200);
  CHECK(holds(answer, R"("shared_words":["Schiene","Güterverkehr"])"));
  CHECK(!holds(answer, "doc-4"));
  request.query = {{"size", "51"}};
  CHECK(site.service.answer(request).status == 400);
  request.query.clear();
  request.path = "/api/v1/documents/doc-9/similar";
  CHECK(site.service.answer(request).status == 404);
}
