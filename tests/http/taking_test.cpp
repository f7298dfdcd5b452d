// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whole results over the service, from a real index of hostile and harmless documents.
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "data.h"
#include "http/host.h"
#include "http/service.h"
#include "search/index_documents.h"
#include "search/searcher.h"

using namespace fundstelle;
using namespace fundstelle::http;

namespace {

constexpr int kDocuments = 1200;

std::filesystem::path web() { return std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "web"; }

/// Made once: 1,200 small papers; every tenth is hostile.
const std::filesystem::path& index_dir() {
  static const test::ScratchDir scratch;
  static const bool made = [] {
    std::vector<Document> documents(kDocuments);
    for (int i = 0; i < kDocuments; ++i) {
      Document& document = documents[static_cast<std::size_t>(i)];
      document.id = "d" + std::to_string(i);
      document.title = i % 10 == 0 ? "=1+1;\"<script>alert(1)</script>\r\n\x01\xE2\x80\xAE"
                                   : "Radweg Nummer " + std::to_string(i);
      document.date = std::to_string(1990 + i % 30) + "-01-02";
      document.body = "Deutscher Bundestag";
      document.body_id = "bt";
      document.number = "19/" + std::to_string(i);
      document.paged = true;
      document.pages = {{1, "Ein Radweg. Seite eins."}, {2, "=cmd() Radweg, Seite zwei."}};
      if (i % 10 == 0) document.source = {"text/html\r\nX-A: b", "../../../etc/passwd", 5};
      document.questions = {{"1", "Was kostet der Radweg?", "Nichts.", {}, 2, {}}};
    }
    test::index_documents(scratch.path(), documents);
    return true;
  }();
  (void)made;
  return scratch.path();
}

struct Site {
  explicit Site(ServiceLimits limits = {}, present::Site site = {})
      : searcher(index_dir()),
        backend(searcher_backend(searcher)),
        assets(web() / "assets"),
        pages(web() / "templates", assets.addresses(), std::move(site)),
        service(*backend, pages, assets, limits) {}

  struct Got {
    int status;
    std::string type, body;
    std::map<std::string, std::string> headers;
  };
  [[nodiscard]] Got get(const std::string& target, const std::string& host = "s.example") const {
    Request request;
    request.path = target.substr(0, target.find('?'));
    request.host = host;
    std::string rest =
        target.size() > request.path.size() ? target.substr(request.path.size() + 1) : "";
    while (!rest.empty()) {
      const std::string pair = rest.substr(0, rest.find('&'));
      rest.erase(0, std::min(pair.size() + 1, rest.size()));
      const std::size_t equals = std::min(pair.find('='), pair.size());
      request.query.emplace_back(pair.substr(0, equals),
                                 equals < pair.size() ? pair.substr(equals + 1) : "");
    }
    const Response response = service.answer(request);
    Got got{response.status, response.media_type, response.body ? *response.body : "", {}};
    for (const auto& [name, value] : response.headers) got.headers[name] = value;
    return got;
  }

  Searcher searcher;
  std::unique_ptr<Backend> backend;
  Assets assets;
  present::Pages pages;
  Service service;
};

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// Records of RFC 4180, read by hand.
std::vector<std::vector<std::string>> read_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1);
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        field += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        field += text[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      rows.back().push_back(std::move(field));
      field.clear();
    } else if (c == '\r' && text[i + 1] == '\n') {
      ++i;
      rows.back().push_back(std::move(field));
      field.clear();
      rows.emplace_back();
    } else {
      field += c;
    }
  }
  CHECK(rows.back().empty());
  rows.pop_back();
  return rows;
}

}  // namespace

TEST_CASE("taking: a record that lies about its original costs that original alone", "[http]") {
  const Site site;
  CHECK(site.get("/dokument/d0").status == 200);
  CHECK(site.get("/api/v1/documents/d0").status == 200);
  CHECK(site.get("/suche?q=Radweg").status == 200);
  CHECK(site.get("/api/v1/documents/d0/original").status == 404);
}

TEST_CASE("export: every hit once, in every format", "[http]") {
  const Site site;
  const auto csv = site.get("/api/v1/export?q=Radweg&format=csv");
  REQUIRE(csv.status == 200);
  CHECK(csv.headers.at("X-Fundstelle-Total") == "1200");
  CHECK_FALSE(csv.headers.contains("Link"));
  const auto rows = read_csv(csv.body);
  REQUIRE(rows.size() == kDocuments + 1);
  std::set<std::string> ids;
  for (const auto& row : rows) {
    CHECK(row.size() == rows[0].size());
    ids.insert(row[0]);
    for (const std::string& field : row) {
      CHECK((field.empty() || std::string("=+-@\t").find(field[0]) == std::string::npos));
    }
  }
  CHECK(ids.size() == kDocuments + 1);
  const auto count = [](const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
      ++n;
    return n;
  };
  CHECK(count(site.get("/api/v1/export?q=Radweg&format=ris").body, "TY  - GOVDOC\r\n") ==
        kDocuments);
  CHECK(count(site.get("/api/v1/export?q=Radweg&format=ris").body, "\r\nER  - \r\n") == kDocuments);
  CHECK(count(site.get("/api/v1/export?q=Radweg&format=bibtex").body, "\n@techreport{") ==
        kDocuments - 1);
  CHECK(count(site.get("/api/v1/export?q=Radweg&format=jsonl").body, "\n") == kDocuments + 1);
  const auto passages = site.get("/api/v1/export?q=Radweg&format=csv&unit=passage");
  CHECK(read_csv(passages.body).size() ==
        1 + std::stoul(passages.headers.at("X-Fundstelle-Total")));
  CHECK(holds(passages.body, "'=cmd() Radweg, Seite zwei."));
}

TEST_CASE("export: beyond the cap it goes on with the next page, nothing lost or twice", "[http]") {
  ServiceLimits limits;
  limits.answer_bytes = 30'000;
  const Site site(limits);
  std::string target = "/api/v1/export?q=Radweg&format=csv&year=1990,1991,1992,1993,1994,1995,1996";
  std::multiset<std::string> ids;
  int pages = 0;
  std::string total;
  while (!target.empty()) {
    const auto got = site.get(target);
    INFO(got.body.substr(0, 200));
    REQUIRE(got.status == 200);
    CHECK(got.body.size() <= limits.answer_bytes);
    total = got.headers.at("X-Fundstelle-Total");
    CHECK(holds(got.headers.at("Content-Disposition"), "-treffer-teil.csv"));
    const auto rows = read_csv(got.body);
    for (std::size_t i = 1; i < rows.size(); ++i) ids.insert(rows[i][0]);
    target.clear();
    if (got.headers.contains("Link")) {
      const std::string& link = got.headers.at("Link");
      CHECK(holds(link, ">; rel=\"next\""));
      const std::size_t begin = link.find("/api/");
      target = link.substr(begin, link.find('>') - begin);
    }
    REQUIRE(++pages < 50);
  }
  CHECK(pages > 1);
  CHECK(std::to_string(ids.size()) == total);
  CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
  ServiceLimits tiny;
  tiny.answer_bytes = 300;
  CHECK(Site(tiny).get("/api/v1/export?q=Radweg&format=csv").status == 413);
}

TEST_CASE("export: what it does not take is refused", "[http]") {
  const Site site;
  for (const char* query :
       {"", "?format=xml", "?format=csv&page=2", "?format=csv&size=5", "?format=csv&topcs=x",
        "?format=csv&d=a&q=b", "?format=csv&d=%3Cb%3E", "?format=csv&cursor=abc"}) {
    INFO(query);
    const auto got = site.get(std::string("/api/v1/export") + query);
    CHECK(got.status == 400);
    CHECK(got.type == "application/problem+json");
  }
}

TEST_CASE("collection: pages, files and dossier of pieces", "[http]") {
  const Site site;
  const auto folder = site.get("/mappe?d=d1,d2~s2,d3~f1,gibtesnicht");
  CHECK(folder.status == 200);
  CHECK(holds(folder.body, "Drucksache 19/2 vom 2. Januar 1992, S. 2"));
  CHECK(holds(folder.body, "Drucksache 19/3 vom 2. Januar 1993, S. 2, Frage 1"));
  CHECK(holds(folder.body, "<code>gibtesnicht</code> ist nicht mehr im Bestand"));
  CHECK(holds(folder.body, "value=\"http://s.example/mappe?d=d1,d2~s2,d3~f1,gibtesnicht\""));
  const auto dossier = site.get("/dossier?d=d1,d2~s2,d10");
  CHECK(holds(dossier.body, "=cmd() Radweg, Seite zwei."));
  CHECK(holds(dossier.body, "Was kostet der Radweg?"));
  CHECK(holds(dossier.body, "&lt;script&gt;alert(1)"));
  CHECK_FALSE(holds(dossier.body, "<script>alert"));
  const auto ris = site.get("/api/v1/export?d=d3~f1&format=ris");
  CHECK(holds(ris.body, "ID  - fundstelle-d3-f1\r\n"));
  CHECK(holds(ris.headers.at("Content-Disposition"), "fundstelle-d3.ris"));
  CHECK(read_csv(site.get("/api/v1/export?d=d1,d2~s2,gibtesnicht&format=csv").body).size() == 3);
  CHECK(site.get("/mappe").status == 200);
  CHECK(site.get("/mappe?d=%22%3E%3Cscript%3E").status == 400);
  std::string many = "/mappe?d=d0";
  for (int i = 1; i < 101; ++i) many += ",d" + std::to_string(i);
  CHECK(site.get(many).status == 400);
  const auto of_search = site.get("/dossier?q=Radweg&size=5");
  CHECK(holds(of_search.body, "1.200 Treffer, hier die ersten 5"));
  CHECK(holds(of_search.body, "Seite zwei."));
}

TEST_CASE("addresses: absolute ones come from the settings, else from a sound Host", "[http]") {
  const Site plain;
  CHECK(
      holds(plain.get("/feed.atom?q=Radweg").body, "href=\"http://s.example/feed.atom?q=Radweg\""));
  CHECK(holds(plain.get("/robots.txt").body, "Sitemap: http://s.example/sitemap.xml"));
  for (const char* bad :
       {"evil\"><script>", "a b", "a/../b", "x@y", "", "a:b", "a:123456", "[::1"}) {
    INFO(bad);
    CHECK_FALSE(is_host(bad));
    const std::string atom = plain.get("/feed.atom?q=Radweg", bad).body;
    CHECK(holds(atom, "href=\"/feed.atom?q=Radweg\""));
  }
  CHECK(is_host("[::1]:80"));
  CHECK(is_host("suche.landtag.example:8080"));
  present::Site site;
  site.public_url = "https://suche.example";
  const Site configured({}, site);
  const auto feed = configured.get("/feed.atom?q=Radweg", "evil.example");
  CHECK(holds(feed.body, "<id>tag:suche.example,2025:dokument/"));
  CHECK_FALSE(holds(feed.body, "evil.example"));
  CHECK(feed.headers.at("ETag") != plain.get("/feed.atom?q=Radweg").headers.at("ETag"));
  CHECK(public_url_error("https://suche.example:8443").empty());
  for (const char* bad : {"suche.example", "https://a/b", "ftp://a", "https://", "https://a b"}) {
    CHECK_FALSE(public_url_error(bad).empty());
  }
}

TEST_CASE("feed: newest first, as many as asked for, unchanged answers cost nothing", "[http]") {
  const Site site;
  const auto json = site.get("/feed.json?q=Radweg&size=3&sort=oldest");
  CHECK(json.type == "application/feed+json; charset=utf-8");
  std::size_t items = 0;
  for (std::size_t at = json.body.find("\"date_published\":\"2019"); at != std::string::npos;
       at = json.body.find("\"date_published\":\"2019", at + 1)) {
    ++items;
  }
  CHECK(items == 3);  // 1990 to 2019, all first seen together
  Request request;
  request.path = "/feed.json";
  request.if_none_match = json.headers.at("ETag");
  CHECK(site.service.answer(request).status == 304);
  CHECK(site.get("/feed.atom?year=abc").status == 400);
}

TEST_CASE("site: pages of the operator, the map, words of a wrong address", "[http]") {
  present::Site texts;
  texts.name = "Haus <b>";
  texts.texts = {present::site_text(present::kSiteTexts[0], "Text *hier*.")};
  const Site site({}, texts);
  CHECK(holds(site.get("/impressum").body, "<p>Text <em>hier</em>.</p>"));
  CHECK(holds(site.get("/").body, "<a href=\"/impressum\">Impressum</a>"));
  CHECK(holds(site.get("/").body, "Haus &lt;b&gt;"));
  CHECK_FALSE(holds(site.get("/").body, "/datenschutz"));
  CHECK(site.get("/datenschutz").status == 404);
  CHECK(holds(site.get("/datenschutz").body, "noch nicht hinterlegt"));
  CHECK(holds(site.get("/sitemap.xml").body, "<loc>http://s.example/sitemap/1</loc>"));
  const std::string map = site.get("/sitemap/1").body;
  CHECK(holds(map, "<loc>http://s.example/dokument/d1199</loc><lastmod>2"));
  CHECK(site.get("/sitemap/2").status == 404);
  CHECK(site.get("/sitemap/x").status == 404);
  CHECK(holds(site.get("/sitemap/0").body, "<loc>http://s.example/impressum</loc>"));
  const auto lost = site.get("/anfragen/Radverkehr_Unfall%C3%BCbersicht.pdf");
  CHECK(lost.status == 404);
  CHECK(holds(lost.body, "/suche?q=anfragen+Radverkehr+Unfall%C3%BCbersicht"));
  CHECK_FALSE(holds(site.get("/1/2").body, "In der Adresse"));
  CHECK_FALSE(holds(site.get("/%3Cscript%3Ealert(1)").body, "<script>alert"));
}
