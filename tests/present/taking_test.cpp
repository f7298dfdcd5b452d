// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files, feeds and the operator's pages, with text that tries to break out of each.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "document/csv.h"
#include "present/collected.h"
#include "present/files/export.h"
#include "present/files/feed.h"
#include "present/files/opensearch.h"
#include "present/site.h"

using namespace fundstelle;
using namespace fundstelle::present;

namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

Hit hostile() {
  Hit hit;
  hit.id = "x-1";
  hit.title = "]]><script>alert(1)</script>\"'&\x01\x0B\xFF\xE2\x80\xAE\n=1+1";
  hit.authors = {"=cmd|' /C calc'!A0", "@b"};
  hit.urls = {"javascript:alert(1)"};
  hit.passages.push_back({"page", 3, {}, "+heading", 0, {{"<b>\x02&", false}}});
  return hit;
}

}  // namespace

TEST_CASE("export: fields of CSV are what they were, and never a formula", "[present]") {
  struct Row {
    std::string text, expected;
  };
  for (const Row& row :
       {Row{"", ""}, Row{"19/1234", "19/1234"}, Row{"a,b", "\"a,b\""}, Row{"a;b", "\"a;b\""},
        Row{"er sagt \"ja\"", "\"er sagt \"\"ja\"\"\""}, Row{"=1+1", "'=1+1"}, Row{"+49", "'+49"},
        Row{"-1", "'-1"}, Row{"@SUM(A1)", "'@SUM(A1)"}, Row{"\t=1", "\"'\t=1\""},
        Row{"\n=1", "\"'\n=1\""}, Row{"\r=1", "'=1"}, Row{" =1", "'=1"}, Row{"＝1", "'＝1"},
        Row{"a=1", "a=1"}, Row{"zwei\nZeilen", "\"zwei\nZeilen\""},
        Row{"=\"a\"", "\"'=\"\"a\"\"\""}, Row{"\xFFx", "\xEF\xBF\xBDx"}}) {
    INFO(row.text);
    CHECK(csv_field(row.text) == row.expected);
  }
}

TEST_CASE("export: what stands before the records tells where they are from", "[present]") {
  const ExportHead head{"https://s.example/suche?q=a", "a", "0011", 7, true};
  CHECK(holds(Exporter(ExportFormat::kCsv, head, "").begin(), "id,type,body"));
  CHECK(Exporter(ExportFormat::kCsv, head, "").begin(true).substr(0, 3) == "\xEF\xBB\xBF");
  const auto json = nlohmann::json::parse(Exporter(ExportFormat::kJsonl, head, "").begin());
  CHECK(json["fundstelle_export"] == nlohmann::json({{"revision", "0011"},
                                                     {"search", "https://s.example/suche?q=a"},
                                                     {"q", "a"},
                                                     {"unit", "passage"},
                                                     {"total", 7}}));
  CHECK(Exporter(ExportFormat::kRis, head, "").begin().empty());
  // One line a record, whatever the text.
  const Hit hit = hostile();
  ExportRecord record{hit, CitedPlace{3, {}, ""}, "page", "h", "zwei\nZeilen", 0};
  std::string out;
  Exporter(ExportFormat::kJsonl, head, "https://s.example").append(out, record);
  CHECK(out.find('\n') == out.size() - 1);
  const auto line = nlohmann::json::parse(out);
  CHECK(line["text"] == "zwei\nZeilen");
  CHECK(line["url"] == "https://s.example/dokument/x-1#seite-3");
}

TEST_CASE("feed: entries keep their ids, whatever search found them", "[present]") {
  SearchAnswer answer;
  answer.revision = "0011";
  answer.total = 1;
  Hit hit;
  hit.id = "19-1";
  hit.title = "Radwege";
  hit.body = "bt";
  hit.body_label = "Deutscher Bundestag";
  hit.number = "19/1";
  hit.date = "2024-05-06";
  hit.first_seen = "2024-06-01T08:00:00Z";
  hit.passages.push_back({"question", 3, {"4"}, "", 0, {{"Wie viele ", false}, {"Radwege", true}}});
  answer.hits = {hit};
  SearchRequest request;
  request.q = "Radwege & \"Kita\"";
  const Feed feed{
      request, answer, "Fundstelle", "https://s.example", "s.example", "2024-07-01T00:00:00Z"};
  const std::string atom = atom_feed(feed);
  CHECK(holds(atom, "<id>tag:s.example,2025:dokument/19-1</id>"));
  CHECK(holds(atom, "<updated>2024-06-01T08:00:00Z</updated>"));
  CHECK(holds(atom, "<published>2024-05-06T00:00:00Z</published>"));
  CHECK(holds(atom, "<title>BT-Drs. 19/1: Radwege</title>"));
  CHECK(holds(atom, "Wie viele Radwege"));
  CHECK(holds(atom, "href=\"https://s.example/feed.atom?q=Radwege+%26+%22Kita%22\""));
  const auto json = nlohmann::json::parse(json_feed(feed));
  CHECK(json["version"] == "https://jsonfeed.org/version/1.1");
  CHECK(json["items"][0]["id"] == "tag:s.example,2025:dokument/19-1");
  CHECK(json["items"][0]["date_modified"] == "2024-06-01T08:00:00Z");
  CHECK(json["feed_url"] == "https://s.example/feed.json?q=Radwege+%26+%22Kita%22");
  request.unit = Unit::kPassage;
  CHECK(holds(atom_feed(feed), "<id>tag:s.example,2025:dokument/19-1/f4</id>"));
}

TEST_CASE("feed: nothing in a document is markup", "[present]") {
  SearchAnswer answer;
  answer.hits = {hostile()};
  SearchRequest request;
  request.q = "<x>\x01";
  const Feed feed{
      request, answer, "F<i>", "https://s.example", "s.example", "2024-07-01T00:00:00Z"};
  const std::string atom = atom_feed(feed);
  CHECK_FALSE(holds(atom, "<script"));
  CHECK_FALSE(holds(atom, "<b>"));
  CHECK_FALSE(holds(atom, "]]>"));
  CHECK(holds(atom, "]]&gt;&lt;script&gt;"));
  CHECK_FALSE(holds(atom, "\xE2\x80\xAE"));
  for (const char c : atom) {
    const auto byte = static_cast<unsigned char>(c);
    CHECK((byte >= 0x20 || byte == '\n' || byte == '\t'));
  }
  const auto json = nlohmann::json::parse(json_feed(feed));
  CHECK_FALSE(json["items"][0].contains("external_url"));
}

TEST_CASE("collected: names of pieces there and back, and nothing else", "[present]") {
  for (const char* name : {"19-1234", "a~s3", "a~f4", "a~f4.2", "A.b_c-d~f12a"}) {
    const auto piece = read_collected(name);
    REQUIRE(piece);
    CHECK(name_of(*piece) == name);
  }
  for (const char* bad : {"", "~s3", "a~", "a~s", "a~s0", "a~s-1", "a~sx", "a~x3", "a~f<b>", "a/b",
                          "..", "a~s999999999999", "a~f12345678901234567"}) {
    INFO(bad);
    CHECK_FALSE(read_collected(bad));
  }
  CHECK(collected_address(*read_collected("a~f4.2B")) == "/dokument/a#frage-4-2b");
  CHECK(collected_address(*read_collected("a~s3")) == "/dokument/a#seite-3");
  CHECK(export_address({{"a", 3, ""}, {"b", 0, ""}}, "ris") ==
        "/api/v1/export?d=a~s3,b&format=ris");
}

TEST_CASE("site text: Markdown without danger", "[present]") {
  const SiteText text =
      site_text(kSiteTexts[0],
                "# Wer wir sind\n\nAbsatz *betont* & <script>alert(1)</script>\n\n# Post\n\n## "
                "Ort\n\n- eins\n\n"
                "[gut](https://a.example) [böse](javascript:alert(1)) [auch](data:text/html,x) "
                "[schema](//evil.example) ![Bild](https://tracker.example/x.png)\n");
  CHECK(text.title == "Wer wir sind");
  CHECK(text.path == "impressum");
  CHECK(holds(text.html, "<h2>Post</h2>"));
  CHECK(holds(text.html, "<h3>Ort</h3>"));
  CHECK(holds(text.html, "<em>betont</em> &amp;"));
  CHECK(holds(text.html, "<a href=\"https://a.example\">gut</a> böse auch schema Bild"));
  CHECK_FALSE(holds(text.html, "<script"));
  CHECK_FALSE(holds(text.html, "<img"));
  CHECK_FALSE(holds(text.html, "<h1"));
  CHECK(site_text(kSiteTexts[1], "Nur Text.").title == "Datenschutz");
}

TEST_CASE("opensearch and site map: absolute, escaped, cut to their limits", "[present]") {
  const std::string xml =
      opensearch_description("Ein sehr langer Name <des> Dienstes", "https://s.example", "/i.svg");
  CHECK(holds(xml, "<ShortName>Ein sehr langer</ShortName>"));
  CHECK(holds(xml, "template=\"https://s.example/suche?q={searchTerms}\""));
  SuggestAnswer answer;
  answer.suggestions.push_back({"term", "Begriff", "Kita", "Kita Platz", 2, false, ""});
  CHECK(nlohmann::json::parse(opensearch_suggestions("ki\"", answer, "https://s.example")) ==
        nlohmann::json::array({"ki\"", nlohmann::json::array({"Kita Platz"}),
                               nlohmann::json::array({"Begriff, 2 Dokumente"}),
                               nlohmann::json::array({"https://s.example/suche?q=Kita+Platz"})}));
  const std::string index = sitemap_index("https://s.example", 50'001, "2024-01-01T00:00:00Z");
  CHECK(holds(index, "https://s.example/sitemap/2<"));
  CHECK_FALSE(holds(index, "/sitemap/3<"));
  CHECK(holds(sitemap("https://s.example", {{"a", "2024-01-02T03:04:05Z"}, {"b", ""}}, {}),
              "<url><loc>https://s.example/dokument/a</loc><lastmod>2024-01-02T03:04:05Z</lastmod>"
              "</url>\n<url><loc>https://s.example/dokument/b</loc></url>"));
}
