// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "extract/extract.h"
#include "extract/read_xml.h"

using namespace fundstelle;

namespace {

std::string text_of(const SourceText& source) { return source.pages.at(0).text; }

std::string declared(const SourceText& source, const std::string& name) {
  for (const Declared& d : source.declared) {
    if (d.name == name) return d.value;
  }
  return {};
}

const std::string kSentences =
    "Der Landtag hat am Donnerstag über den Ausbau der Radwege beraten. Die Ministerin kündigte "
    "an, "
    "bis zum Jahresende einen Bericht vorzulegen, der alle Landkreise einbezieht. ";

const std::string kPage = R"(<!DOCTYPE html><html lang="de"><head><title>Radwege – Landtag</title>
<meta property="og:title" content="Landtag ber&auml;t &uuml;ber Radwege">
<meta name="date" content="2024-03-07">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Radwege","datePublished":"2024-03-07T10:00","author":{"name":"Pressestelle"}}</script>
<style>p {color: red}</style></head><body>
<nav><ul><li><a href="/">Startseite</a></li><li><a href="/a">Abgeordnete</a></li></ul></nav>
<div class="cookie-banner"><p>Wir verwenden Cookies, um die Nutzung dieser Seite zu verbessern und zu messen.</p></div>
<main><h1>Landtag berät über Radwege</h1><p class="teaser-text">Ein Bericht soll bis zum Jahresende folgen, sagt die Ministerin.</p>
<article><p>)" + kSentences +
                          kSentences + R"(</p><h2>Bericht für alle Landkreise</h2><p>)" +
                          kSentences +
                          R"(Nutz&shy;fahrzeuge bleiben&nbsp;außen vor &#150; vorerst.</p>
<ol><li>Wie viele Kilometer fehlen?</li><li>Wann wird gebaut?</li></ol>
<table><tr><th>Kreis</th><th>km</th></tr><tr><td>Nord</td><td>12</td></tr><tr><td>Süd</td><td>7</td></tr></table>
<p>)" + kSentences + R"(</p></article>
<h2>Mehr zum Thema</h2><ul><li><a href="/x">Quantencomputer eingeweiht</a></li><li><a href="/y">Neue Brücke</a></li></ul></main>
<div id="comments"><p>Das ist ein Kommentar einer Leserin, die das alles ganz anders sieht als die Ministerin.</p></div>
<footer><p>Impressum und Datenschutz finden Sie auf einer eigenen Seite dieses Angebots.</p></footer></body></html>)";

}  // namespace

TEST_CASE("read_html: the article without the page around it", "[extract]") {
  const SourceText source = read_html(kPage);
  const std::string text = text_of(source);
  CHECK(
      text.starts_with("Landtag berät über Radwege\n\nEin Bericht soll bis zum Jahresende folgen"));
  CHECK(text.find("Nutzfahrzeuge bleiben außen vor – vorerst.") != std::string::npos);
  CHECK(text.find("1. Wie viele Kilometer fehlen?\n2. Wann wird gebaut?") != std::string::npos);
  CHECK(text.find("Kreis\tkm\nNord\t12\nSüd\t7") != std::string::npos);
  for (const char* foreign : {"Startseite", "Cookies", "Mehr zum Thema", "Quantencomputer",
                              "Kommentar", "Impressum", "color: red", "NewsArticle"}) {
    CAPTURE(foreign);
    CHECK(text.find(foreign) == std::string::npos);
  }
  REQUIRE(source.headings.size() == 2);
  CHECK(source.headings[1].level == 2);
  CHECK(source.tables.size() == 1);
}

TEST_CASE("read_html: what the page declares", "[extract]") {
  const SourceText source = read_html(kPage);
  CHECK(declared(source, "title") == "Radwege – Landtag");
  CHECK(declared(source, "og:title") == "Landtag berät über Radwege");
  CHECK(declared(source, "date") == "2024-03-07");
  CHECK(declared(source, "json-ld datePublished") == "2024-03-07T10:00");
  CHECK(declared(source, "json-ld author") == "Pressestelle");
  CHECK(declared(source, "h1") == "Landtag berät über Radwege");
  CHECK(declared(source, "html lang") == "de");
}

TEST_CASE("read_html: encodings as browsers decide", "[extract]") {
  const std::string utf8 = "<p>Straße – 5 €</p>";
  const std::string windows =
      "<p>Stra\xDF"
      "e \x96 5 \x80</p>";
  const auto read = [](const std::string& page) { return text_of(read_html(page)); };
  CHECK(read("<meta charset=utf-8>" + utf8) == "Straße – 5 €");
  CHECK(read("<meta charset=iso-8859-1>" + windows) == "Straße – 5 €");
  CHECK(read("<html>" + windows) == "Straße – 5 €");
  // The mark and valid UTF-8 beat a wrong declaration.
  CHECK(read("\xEF\xBB\xBF<meta charset=iso-8859-1>" + utf8) == "Straße – 5 €");
  CHECK(read("<meta charset=iso-8859-1>" + utf8) == "Straße – 5 €");
  CHECK(read("<meta charset=utf-8>" + windows) == "Straße – 5 €");
}

TEST_CASE("read_html: lists of papers are given whole", "[extract]") {
  std::string page = "<html><body><nav><a href=/>Start</a></nav><table>";
  for (int i = 1; i <= 30; ++i) {
    page += "<tr><td><a href=/" + std::to_string(i) + ">Kleine Anfrage 7/" + std::to_string(i) +
            "</a></td><td>SPD</td></tr>";
  }
  const std::string text = text_of(read_html(page + "</table></body></html>"));
  CHECK(text.find("Kleine Anfrage 7/30\tSPD") != std::string::npos);
  CHECK(text.find("Start") == std::string::npos);
}

TEST_CASE("read_html: captions printed several times are kept once", "[extract]") {
  const std::string caption = "Teilnehmer der Konferenz am runden Tisch ";
  const std::string page = "<body><p>" + kSentences + kSentences + "</p><p>" + caption + caption +
                           caption + "Quelle: Amt</p><p>" + kSentences + "</p></body>";
  const std::string text = text_of(read_html(page));
  const std::size_t first = text.find("runden Tisch");
  REQUIRE(first != std::string::npos);
  CHECK(text.find("runden Tisch", first + 1) == std::string::npos);
}

TEST_CASE("read_html: depth and nonsense do no harm", "[extract]") {
  std::string deep;
  for (int i = 0; i < 60'000; ++i) deep += "<div>";
  CHECK(text_of(read_html(deep + "unten angekommen")) == "unten angekommen");
  CHECK(read_html("<").pages.size() == 1);
  CHECK(read_html(std::string("<p>\0\0a", 6)).pages.size() == 1);
}

TEST_CASE("read_xml: text of unknown XML, entities stay closed", "[extract]") {
  CHECK(text_of(read_xml(
            "<?xml version='1.0'?><a><b>Erster <i>wichtiger</i> Satz.</b><b>Zweiter.</b></a>")) ==
        "Erster wichtiger Satz.\n\nZweiter.");
  std::string bomb = "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a0 'lol'>";
  for (int i = 1; i < 12; ++i) {
    bomb += "<!ENTITY a" + std::to_string(i) + " '";
    for (int k = 0; k < 10; ++k) bomb += "&a" + std::to_string(i - 1) + ";";
    bomb += "'>";
  }
  CHECK(text_of(read_xml(bomb + "]><l>&a11;</l>")).size() < 10'000);
}
