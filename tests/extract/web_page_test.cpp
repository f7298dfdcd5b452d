// SPDX-License-Identifier: GPL-3.0-or-later
//
// Web pages as documents: whose day is it, and is the page a paper or does it only show some?
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "extract/extract.h"

using namespace fundstelle;

namespace {

Document page(const std::string& head, const std::string& body) {
  return extract_bytes(
             "<!DOCTYPE html><html><head>" + head + "</head><body>" + body + "</body></html>",
             "page.html")
      .document;
}

const std::string kStory =
    "<p>Die Fraktion hat am Donnerstag über den Ausbau der Radwege beraten und einen Bericht "
    "verlangt, der alle Landkreise einbezieht und die Kosten nennt. Die Ministerin kündigte an, "
    "bis zum Jahresende einen solchen Bericht vorzulegen, wenn die Zahlen der Kreise eingegangen "
    "sind.</p>";

std::string record(int number) {
  const std::string last = std::to_string(number);
  return "<div><h3>Zustand der Brücken im Kreis " + last +
         "</h3><p>Kleine Anfrage Anna Muster (SPD) 03.02.2015 Drucksache 17/45" + last +
         " (2 S.)</p></div>";
}

}  // namespace

TEST_CASE("web page: rows of a list are neither references nor days of the page", "[extract]") {
  std::string rows;
  for (int i = 10; i < 16; ++i) rows += record(i);
  const Document list = page("<title>Neue Anfragen</title>", "<main>" + rows + "</main>");
  CHECK(list.references.empty());
  CHECK(list.relations.empty());
  CHECK(list.date.empty());
  CHECK(list.type.empty());
  CHECK(list.number.empty());
  CHECK(list.pages.at(0).text.find("Drucksache 17/4513") != std::string::npos);

  std::string table = "<table>";
  for (int i = 0; i < 15; ++i) {
    table += "<tr><td>Antwort der Landesregierung, Drucksache 6/" + std::to_string(200 + i) +
             "</td><td>Vorgang</td></tr>";
  }
  CHECK(page("<title>Antworten</title>", table + "</table>").references.empty());
}

TEST_CASE("web page: a story keeps the papers it ends with", "[extract]") {
  std::string story;
  for (int i = 0; i < 12; ++i) {
    std::string one = kStory;
    one.insert(3, "Zum " + std::to_string(i + 1) + ". Mal: ");
    story += one;
  }
  std::vector<std::string> wanted;
  for (int i = 10; i < 15; ++i) {
    story += "<p>Kleine Anfrage Anna Muster (SPD) 03.02.2015 Drucksache 17/45" + std::to_string(i) +
             ".</p><p>Darin geht es um den Zustand der Brücken.</p>";
    wanted.push_back("17/45" + std::to_string(i));
  }
  const Document article =
      page("<meta property='article:published_time' content='2015-03-01'>",
           "<main><article><h1>Radwege und Brücken</h1>" + story + "</article></main>");
  CHECK(article.references == wanted);
  CHECK(article.date == "2015-03-01");
}

TEST_CASE("web page: a matter with its papers names them and is no minutes", "[extract]") {
  const Document matter = page("<title>Dokumentation</title>",
                               "<h3>Was hat die Brücke bisher gekostet?</h3><p>Drucksache 17/1262 "
                               "vom 29.10.2013</p><p>Behandlung im Plenum<br>Plenarprotokoll 17/38 "
                               "S. 3831 vom 07.11.2013</p><p>Antwort<br>Drucksache 17/1469 vom "
                               "11.02.2014</p>");
  CHECK(matter.type.empty());
  CHECK(matter.number.empty());
  CHECK(matter.date.empty());
  CHECK(matter.references == std::vector<std::string>{"17/1262", "17/1469"});
}

TEST_CASE("web page: a numbered inquiry of a council is no press release", "[extract]") {
  const auto type_of = [](const std::string& kind) {
    return page("<title>x</title>", "<p>" + kind + "</p><p>Nr. 23/2018</p>" + kStory + kStory).type;
  };
  CHECK(type_of("Anfrage vom 30.01.2018").empty());
  CHECK(type_of("Neues aus dem Rathaus") == "Pressemitteilung");
}

TEST_CASE("web page: of days that disagree the one told twice, else none", "[extract]") {
  const auto date_of = [](const std::string& head, const std::string& above) {
    return page(head, "<main>" + above + "<h1>Ausbau der Radwege</h1>" + kStory + kStory + kStory +
                          "</main>")
        .date;
  };
  // The printed day in its line above the title, against a day without a role.
  CHECK(date_of("<meta name='date' content='2020-02-12'>",
                "<div class='news-single-timedata'>05.02.2020 <span>- Redaktion: Eva Beispiel "
                "(Sprecherin der Landesgruppe)</span></div>") == "2020-02-05");
  const std::string json =
      "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Ausbau\","
      "\"datePublished\":\"2023-11-06\"}</script>";
  const std::string stand = "<p class='stand'>Stand: 07.11.2023, 07:30 Uhr</p>";
  CHECK(date_of(json, stand) == "2023-11-06");
  CHECK(date_of(json + "<meta name='DC.Date' content='2023-11-07T07:30'>", stand) == "2023-11-07");
  // A name of the site's own making proves little.
  const std::string own = "<meta name='sender:publicationdate' content='2020-09-08'>";
  CHECK(date_of(own, "") == "2020-09-08");
  CHECK(date_of(own + "<meta name='date' content='2020-04-04'>", "").empty());
}

TEST_CASE("web page: titles without the site's name, its motto and the kicker", "[extract]") {
  const auto title_of = [](const std::string& head, const std::string& heading) {
    return page(head, "<main>" + heading + kStory + kStory + kStory + "</main>").title;
  };
  const std::string host = "<link rel='canonical' href='http://archiv.radblatt.example/?p=28'>";
  CHECK(title_of(host + "<title>Wie der Radweg nach Musterdorf kam : Radblatt-Archiv | Neues von "
                        "der Straße | 6. Jahrgang</title>",
                 "<h3>Wie der Radweg nach Musterdorf kam</h3>") ==
        "Wie der Radweg nach Musterdorf kam");
  // A sentence that mentions the site is the page's own.
  CHECK(title_of(
            host + "<title>radblatt.example - Neues - Karten aller Radwege jetzt auf "
                   "Radblatt.example</title>",
            "<h1>Neues | Eintrag</h1><h2>Karten aller Radwege jetzt auf Radblatt.example</h2>") ==
        "Karten aller Radwege jetzt auf Radblatt.example");
  CHECK(title_of("<title>Radwege</title>",
                 "<h1><span class='fake-h5'>Haushalt – Verkehr</span> <span class='headline'>Land "
                 "baut Radwege schneller aus</span></h1>") == "Land baut Radwege schneller aus");
  CHECK(title_of("<title>Radwege</title>",
                 "<h1><span class='headline'>Haushalt 2024</span> <span class='text'>Land baut "
                 "Radwege schneller aus</span></h1>")
            .ends_with("Land baut Radwege schneller aus"));
}

TEST_CASE("web page: articles announced below are not the page", "[extract]") {
  std::string teasers;
  for (const char* other : {"Brücke gesperrt", "Bahnhof eröffnet", "Schule saniert"}) {
    teasers += std::string("<article><h3><a href='/x'>") + other + "</a></h3><span>" + other +
               ", so berichtet es die Verwaltung in einer Mitteilung vom Montag dieser Woche, und "
               "das Land zahlt die Hälfte aller Kosten.</span></article>";
  }
  const std::string story =
      page("<title>x</title>", "<div><div><h1>Land baut Radwege aus</h1>" + kStory +
                                   "</div><div><h2>Zum Beispiel</h2>" + kStory + "</div>" +
                                   teasers + "</div>")
          .pages.at(0)
          .text;
  CHECK(story.find("Radwege") != std::string::npos);
  CHECK(story.find("so berichtet es") == std::string::npos);
  // Where announcements are all there is, they are the page.
  CHECK(page("<title>x</title>", "<div>" + teasers + teasers + "</div>")
            .pages.at(0)
            .text.find("so berichtet es") != std::string::npos);
}
