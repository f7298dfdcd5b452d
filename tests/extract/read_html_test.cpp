// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

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

TEST_CASE("read_html: every way a page may be encoded", "[extract]") {
  using std::string_literals::operator""s;
  const auto read = [](const std::string& page) { return text_of(read_html(page)); };
  const auto utf16 = [](const std::string& ascii, bool big) {
    std::string out;
    for (const char c : ascii) out += big ? "\0"s + c : c + "\0"s;
    return out;
  };
  const std::string small = "<html><p>Anfrage der Abgeordneten</p></html>";
  CHECK(read("\xFF\xFE" + utf16(small, false)) == "Anfrage der Abgeordneten");
  CHECK(read("\xFE\xFF" + utf16(small, true)) == "Anfrage der Abgeordneten");
  CHECK(read(utf16(small, false)) == "Anfrage der Abgeordneten");
  // "utf-16" in a page that was read as bytes of ASCII can only mean UTF-8.
  CHECK(read("<meta charset=utf-16><p>für</p>") == "für");
  CHECK(read("<meta charset=windows-1250><p>\xA3\xF3"
             "d\x9F</p>") == "Łódź");
  CHECK(read("<?xml version='1.0' encoding='iso-8859-15'?><html><p>5 \xA4 f\xFCr</p></html>") ==
        "5 € für");
  CHECK(read("<!-- <meta charset=windows-1251> --><p>f\xFCr</p>") == "für");
  // No browser knows UTF-7: its hidden markup stays what it looks like.
  CHECK(read("<meta charset=utf-7><p>+ADw-b+AD4- f\xFCr</p>") == "+ADw-b+AD4- für");
  // One broken byte does not make a UTF-8 page another encoding.
  const SourceText damaged = read_html("<p>Größe, Maß, Übung, Bär, Öl, \xFC</p>");
  CHECK(text_of(damaged) == "Größe, Maß, Übung, Bär, Öl, \xEF\xBF\xBD");
  REQUIRE(damaged.warnings.size() == 1);
  CHECK(damaged.warnings[0].code == "damaged_encoding");
  CHECK(read("<p>doppelt fÃ¼r immer</p>") == "doppelt fÃ¼r immer");
}

namespace {
/// A page with things around the title; what it says of its own days as "role iso", strong ones.
std::vector<std::string> days_of(const std::string& above, const std::string& below,
                                 const std::string& foot = {}, const std::string& head = {}) {
  const SourceText source = read_html(
      "<html><head><title>Radwege | Landtag</title>" + head + "</head><body><div class=page>" +
      above + "<h1>Landtag berät über Radwege</h1>" + below + "<p>" + kSentences + kSentences +
      "</p><p>" + kSentences + "</p>" + foot + "</div></body></html>");
  std::vector<std::string> days;
  for (const OwnDate& day : source.own_dates) {
    static const char* const kRoles[] = {"published ", "stand ", "modified ", ""};
    const std::string one = kRoles[static_cast<int>(day.role)] + day.iso;
    if (day.strength >= 3 && std::find(days.begin(), days.end(), one) == days.end())
      days.push_back(one);
  }
  return days;
}
using Days = std::vector<std::string>;
}  // namespace

TEST_CASE("read_html: days a page gives for itself", "[extract]") {
  CHECK(days_of("", "<div class=date>Berlin, 3. Mai 2021</div>") == Days{"2021-05-03"});
  CHECK(days_of("<p>21. Januar 2022 | Mobilität</p>", "") == Days{"2022-01-21"});
  CHECK(days_of("", "<p>Pressemitteilung Nr. 12 vom 03.05.2021</p>") ==
        Days{"published 2021-05-03"});
  CHECK(days_of("", "<span class=heading__meta>Stand - 12.11.2021</span>") ==
        Days{"stand 2021-11-12"});
  CHECK(days_of("", "<p class=meta>Von Anna Muster am 26 Mai, 2008</p>") == Days{"2008-05-26"});
  CHECK(days_of("", "<p>Erstellt am 4.2.2022, zuletzt geändert: 9.2.2022</p>") ==
        Days{"published 2022-02-04", "modified 2022-02-09"});
  CHECK(days_of("",
                "<time class='entry-date updated' datetime='2016-04-15T08:12:12+02:00'>Freitag"
                "</time>") == Days{"modified 2016-04-15"});
  CHECK(days_of("", "", "<p class=info>Veröffentlicht: 30.12.2016</p>") ==
        Days{"published 2016-12-30"});
  CHECK(days_of("", "", "", "<link rel=canonical href='https://a.example/2019/10/18/radwege/'>") ==
        Days{"published 2019-10-18"});
  // Late in the evening in UTC is the next day in Germany.
  CHECK(days_of("", "", "",
                "<meta property='article:published_time' content='2022-06-30T22:30:00+00:00'>") ==
        Days{"published 2022-07-01"});
  CHECK(days_of("",
                "<script type='application/ld+json'>{\"datePublished\":\"2022-01-10\",}"
                "</script>") == Days{"published 2022-01-10"});
}

TEST_CASE("read_html: days that are not the page's own", "[extract]") {
  CHECK(days_of("", "<p>Termin: 31. Januar 2020, 14 Uhr</p>").empty());
  CHECK(days_of("", "<p>Die Messe findet am 31. Januar 2020 in Köln statt.</p>").empty());
  CHECK(days_of("", "<p>3. Mai 2021 – 5. Mai 2021</p>").empty());
  CHECK(
      days_of("", "", "<div id=comments><p class=date>geschrieben am 4.2.2022</p></div>").empty());
  CHECK(days_of("", "", "<footer><p>© 01.01.2019 Landtag</p></footer>").empty());
  CHECK(days_of("", "",
                "<ul><li class=teaser><h3>Ein ganz anderer Artikel über Brücken</h3>"
                "<time datetime=2020-02-02>2.2.2020</time></li></ul>")
            .empty());
  CHECK(days_of("", "", "", "<link rel=canonical href='https://a.example/2023/10/3-gruende'>")
            .empty());
  CHECK(days_of("", "<p>31.02.2021</p>").empty());
}

TEST_CASE("read_html: the title readers would cite", "[extract]") {
  const auto title = [](const std::string& head, const std::string& body) {
    return read_html("<html><head>" + head + "</head><body>" + body + "<p>" + kSentences +
                     kSentences + "</p></body></html>")
        .own_title.value;
  };
  const std::string host = "<link rel=canonical href='https://www.kreisblatt.example/a'>";
  CHECK(title("<title>Neue Radwege - Kreisblatt</title>" + host, "") == "Neue Radwege");
  CHECK(title("<title>Kreisblatt » Blog Archiv » Neue Radwege</title>" + host, "") ==
        "Neue Radwege");
  CHECK(title("<title>Neue Radwege – die Bilanz</title>" + host, "") ==
        "Neue Radwege – die Bilanz");
  CHECK(title("<title>Neue Radwege | Amt</title>", "<h1>Detailansicht</h1><h3>Neue Radwege</h3>") ==
        "Neue Radwege");
  CHECK(title("", "<h1><span class=topline>Verkehr</span> <span>Neue Radwege</span></h1>") ==
        "Neue Radwege");
  CHECK(title("<title>Neue Radwege</title>", "<h1>Kreisblatt</h1><h2>Neue Radwege</h2>") ==
        "Neue Radwege");
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

TEST_CASE("read_html: a page that shows one paper keeps it beside a word of explanation",
          "[extract]") {
  const std::string page =
      "<html><head><title>Parlamentsdatenbank - Vollanzeige</title></head><body><div><p>" +
      kSentences + kSentences +
      "</p></div><div><table><tr><td><a href=/a.pdf>Betrieb von Unterkünften</a></td></tr><tr>"
      "<td>6/1596</td><td>Kleine Anfrage und Antwort</td></tr></table></div></body></html>";
  const SourceText source = read_html(page);
  CHECK(text_of(source).find("Betrieb von Unterkünften") != std::string::npos);
  CHECK(text_of(source).find("6/1596") != std::string::npos);
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
