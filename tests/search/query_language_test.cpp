// SPDX-License-Identifier: GPL-3.0-or-later
//
// The query language on a small index: what docs/query-language.md promises, seen from outside.
#include <algorithm>
#include <random>

#include "data.h"
#include "query/limits.h"
#include "query/parser.h"
#include "search/index_documents.h"
#include "search/searcher.h"

using namespace fundstelle;
using fundstelle::test::ScratchDir;

namespace {

Document paper(const std::string& id, const std::string& number, const std::string& title,
               const std::string& text) {
  Document document;
  document.id = id;
  document.number = number;
  document.title = title;
  document.pages.push_back({1, text});
  return document;
}

void add_section(Document& document, SectionKind kind, const std::string& label,
                 const std::string& text) {
  const std::size_t at = document.pages[0].text.find(text);
  REQUIRE(at != std::string::npos);
  Section section;
  section.kind = kind;
  section.labels = {label};
  section.text = text;
  section.span = {1, static_cast<std::uint32_t>(at), 1,
                  static_cast<std::uint32_t>(at + text.size())};
  document.sections.push_back(section);
}

SearchAnswer ask(const Searcher& searcher, const std::string& q,
                 MatchMode match = MatchMode::kAuto) {
  SearchRequest request;
  request.q = q;
  request.match = match;
  auto given = searcher.search(request);
  REQUIRE(std::holds_alternative<SearchAnswer>(given));
  return std::get<SearchAnswer>(std::move(given));
}

/// Ids of the hits, best first, joined.
std::string hits(const Searcher& searcher, const std::string& q,
                 MatchMode match = MatchMode::kAll) {
  std::string out;
  for (const Hit& hit : ask(searcher, q, match).hits) out += (out.empty() ? "" : " ") + hit.id;
  return out;
}
/// The same in the order of ids.
std::string found(const Searcher& searcher, const std::string& q) {
  std::vector<std::string> ids;
  for (const Hit& hit : ask(searcher, q, MatchMode::kAll).hits) ids.push_back(hit.id);
  std::sort(ids.begin(), ids.end());
  std::string out;
  for (const std::string& id : ids) out += (out.empty() ? "" : " ") + id;
  return out;
}

}  // namespace

TEST_CASE("query language: frage: and antwort: mean the question and the answer", "[search]") {
  const ScratchDir dir;
  Document both = paper("both", "19/1", "Schulwege",
                        "1. Wie viele Radwege plant der Kreis?\n\nAntwort der Landesregierung:\n\n"
                        "Geplant sind drei Brücken neben dem alten Bahndamm.\n\n"
                        "2. Wer bezahlt die Brücken?\n\nDie Kosten trägt der Kreis.");
  add_section(both, SectionKind::kQuestion, "1", "1. Wie viele Radwege plant der Kreis?");
  add_section(both, SectionKind::kAnswer, "1",
              "Geplant sind drei Brücken neben dem alten Bahndamm.");
  add_section(both, SectionKind::kQuestion, "2", "2. Wer bezahlt die Brücken?");
  add_section(both, SectionKind::kAnswer, "2", "Die Kosten trägt der Kreis.");
  Document asked = paper("asked", "19/2", "Radwege", "1. Wo fehlen Radwege am Bahndamm?");
  add_section(asked, SectionKind::kQuestion, "1", "1. Wo fehlen Radwege am Bahndamm?");
  test::index_documents(
      dir.path(), {both, asked, paper("plain", "19/3", "Bericht", "Radwege, Brücken, Kosten")});
  const Searcher searcher(dir.path());

  CHECK(found(searcher, "Radwege") == "asked both plain");
  CHECK(found(searcher, "frage:Radwege") == "asked both");
  CHECK(found(searcher, "frage:Radweg") == "asked both");
  CHECK(found(searcher, "antwort:Radwege").empty());
  CHECK(found(searcher, "antwort:Bahndamm") == "both");
  CHECK(found(searcher, "frage:Bahndamm") == "asked");
  CHECK(found(searcher, "frage:Brücken") == "both");
  CHECK(found(searcher, "antwort:Brücke") == "both");
  CHECK(found(searcher, "antwort:Landesregierung").empty());  // the line between is neither
  CHECK(found(searcher, "frage:Landesregierung").empty());
  CHECK(found(searcher, "antwort:(Brücken Kosten)").empty());  // of two answers
  CHECK(found(searcher, "antwort:(Kosten Kreis)") == "both");
  CHECK(found(searcher, "frage:\"Radwege plant\"") == "both");
  CHECK(found(searcher, "antwort:\"Radwege plant\"").empty());
  CHECK(found(searcher, "antwort:\"drei Brücken\"") == "both");
  CHECK(found(searcher, "frage:\"drei Brücken\"").empty());
  CHECK(found(searcher, "antwort:(Brücken NAHE/5 Bahndamm)") == "both");
  CHECK(found(searcher, "frage:(Brücken NAHE/5 Bahndamm)").empty());
  CHECK(found(searcher, "frage:Radw*") == "asked both");
  CHECK(found(searcher, "antwort:Radw*").empty());
  CHECK(found(searcher, "frage:(Radwege NICHT Kreis)") == "asked");
  CHECK(found(searcher, "-frage:Radwege") == "plain");
  CHECK(found(searcher, "frage:Brucken") == "both");  // umlaut-blind

  // The passage shown is one that was asked for.
  const SearchAnswer answer = ask(searcher, "frage:Brücken");
  REQUIRE_FALSE(answer.hits.empty());
  REQUIRE_FALSE(answer.hits[0].passages.empty());
  CHECK(answer.hits[0].passages[0].labels == std::vector<std::string>{"2"});
  CHECK(answer.query.understood.find("in Fragen") != std::string::npos);
}

TEST_CASE("query language: a number finds the paper first, then what cites it", "[search]") {
  const ScratchDir dir;
  const std::string mentions =
      "Zu Drucksache 21/983, auf Drucksache 21/983, Drs. 21/983 und nochmals Drucksache 21/983. ";
  std::vector<Document> documents{
      paper("own", "21/983 (neu)", "Antrag", std::string(4000, 'x') + " Wir beantragen viel."),
      paper("roman", "IV/3229", "Altes", "Ein altes Papier."),
      paper("council", "529/85(B)", "Bundesrat", "Beschluss."),
  };
  for (int i = 0; i < 12; ++i) {
    documents.push_back(paper("c" + std::to_string(10 + i), "21/2" + std::to_string(100 + i),
                              "Antwort", mentions + mentions + mentions));
  }
  documents.push_back(paper("old", "21/999", "Antwort", "Siehe Drucksache IV/3229 von damals."));
  documents.push_back(paper("br", "21/998", "Antwort", "Siehe Bundesratsdrucksache 529/85(B)."));
  test::index_documents(dir.path(), documents);
  const Searcher searcher(dir.path());
  for (const char* form :
       {"21/983", "21/983 (neu)", "21/983(neu)", "21 / 983", "21/00983", "Drs. 21/983",
        "BT-Drs. 21/983", "Drucksache 21/983", "Bundestagsdrucksache 21/983", "zu 21/983",
        "Drucksache Nr. 21/983", "zu Drucksache 21/983 (neu)", "BT-Drucksache 21/00983"}) {
    CAPTURE(form);
    const SearchAnswer answer = ask(searcher, form);
    REQUIRE_FALSE(answer.hits.empty());
    CHECK(answer.hits[0].id == "own");
    CHECK(answer.total >= 13);
  }
  for (const char* form : {"IV/3229", "4/3229", "Drucksache IV/3229", "04/3229"}) {
    CAPTURE(form);
    CHECK(hits(searcher, form) == "roman old");
  }
  for (const char* form : {"529/85(B)", "529/85", "529/85 (B)", "BR-Drs. 529/85(B)"}) {
    CAPTURE(form);
    CHECK(hits(searcher, form) == "council br");
  }
  CHECK(hits(searcher, "drs:21/983") == "own");
  CHECK(hits(searcher, "drs:21/983 (neu)") == "own");
  CHECK(hits(searcher, "drs:IV/3229 (neu)") == "roman");
  const SearchAnswer none = ask(searcher, "drs:20/1");
  CHECK(none.total == 0);
  CHECK(none.query.ignored.size() == 1);
  CHECK(none.query.offers.at(0).q == "20/1");
}

TEST_CASE("query language: citations fall back to wider ones", "[search]") {
  const ScratchDir dir;
  test::index_documents(
      dir.path(),
      {paper("narrow", "19/1", "Eins", "Nach § 16a Absatz 2 des Aufenthaltsgesetzes gilt das."),
       paper("law", "19/2", "Zwei", "Das AufenthG wird selten so zitiert. Haushalt."),
       paper("equal", "19/3", "Drei", "Artikel 3 Absatz 2 des Grundgesetzes. Haushalt."),
       paper("other", "19/4", "Vier", "Der Haushalt ist schon beschlossen.")});
  const Searcher searcher(dir.path());
  CHECK(hits(searcher, "§ 16a AufenthG") == "narrow");
  CHECK(hits(searcher, "§ 16a Abs. 2 AufenthG") == "narrow");
  CHECK(hits(searcher, "Art. 3 Abs. 2 GG") == "equal");
  CHECK(hits(searcher, "Art. 3 GG") == "equal");
  // Nobody cites § 99: the law is better than nothing, behind and marked.
  CHECK(hits(searcher, "§ 99 AufenthG", MatchMode::kAll).empty());
  const SearchAnswer loose = ask(searcher, "§ 99 AufenthG");
  REQUIRE(loose.total == 2);
  CHECK(loose.query.relaxed);
  CHECK_FALSE(loose.hits[0].all_words);
  CHECK(ask(searcher, "§ 99 AufenthG Haushalt").hits[0].id == "law");
  CHECK(ask(searcher, "§ 16a Abs. 7 AufenthG").hits.at(0).id == "narrow");
}

TEST_CASE("query language: nearness counts from every word of a phrase or group", "[search]") {
  const ScratchDir dir;
  test::index_documents(
      dir.path(),
      {paper("near", "19/1", "Eins", "Der Ausschuss für Verkehr und digitale Netze tagt morgen."),
       paper("far", "19/2", "Zwei",
             "Morgen kommt niemand, denn es regnet. Der Ausschuss für Verkehr und digitale Netze "
             "ist weit weg und schweigt."),
       paper("hyphen", "19/3", "Drei", "Die Corona-Pandemie und eine Coronapandemie.")});
  const Searcher searcher(dir.path());
  const std::string phrase = "\"Ausschuss für Verkehr und digitale Netze\"";
  CHECK(hits(searcher, phrase + " NAHE/2 morgen") == "near");
  CHECK(hits(searcher, "morgen NEAR/2 " + phrase) == "near");
  CHECK(found(searcher, phrase + " NAHE/15 morgen") == "far near");
  CHECK(hits(searcher, "(Netze tagt) NAHE/3 morgen") == "near");
  CHECK(found(searcher, "(tagt ODER schweigt) NAHE/3 (morgen ODER weg)") == "far near");
  // What is excluded stands nowhere.
  CHECK(found(searcher, "Ausschuss NAHE/5 (NICHT schweigt)") == "near");
  CHECK(found(searcher, "Ausschuss NAHE/2 Verkehr NAHE/2 (NICHT tagt)") == "far");
  CHECK(hits(searcher, "Corona-Pand*") == "hyphen");
}

TEST_CASE("query language: filters take papers without a word, too", "[search]") {
  const ScratchDir dir;
  Document picture = paper("picture", "19/7", "\u2014", "***");
  picture.type_id = "antrag";
  Document text = paper("text", "19/8", "Radwege", "Radwege sind da.");
  text.type_id = "antrag";
  Document other = paper("other", "19/9", "Brücken", "Brücken sind da.");
  other.type_id = "gesetzentwurf";
  test::index_documents(dir.path(), {picture, text, other});
  const Searcher searcher(dir.path());
  CHECK(found(searcher, "typ:antrag") == "picture text");
  CHECK(found(searcher, "NICHT typ:antrag") == "other");
}

TEST_CASE("query language: limits that change hold for questions asked before", "[search]") {
  const ScratchDir dir;
  test::index_documents(dir.path(), {paper("often", "19/1", "Eins", "Radweg hier, Radweg dort."),
                                     paper("again", "19/2", "Zwei", "Noch ein Radweg."),
                                     paper("seldom", "19/3", "Drei", "Eine Radstation.")});
  const Searcher searcher(dir.path());
  CHECK(found(searcher, "Rad*") == "again often seldom");
  const std::uint32_t before = query_limits().wildcard_words.exchange(1);
  const std::string fewer = found(searcher, "Rad*");
  query_limits().wildcard_words = before;
  CHECK(fewer == "again often");
}

TEST_CASE("query language: unknown values are said, known ones offered", "[search]") {
  const ScratchDir dir;
  Document one = paper("one", "19/1", "Haushalt", "Text über den Haushalt.");
  one.groups = {"SPD"};
  one.group_ids = {"spd"};
  one.type = "Antrag";
  one.type_id = "antrag";
  one.legislature = 19;
  one.authors = {"Anna Schneider"};
  test::index_documents(dir.path(), {one, paper("two", "19/2", "Haushalt", "Noch ein Haushalt.")});
  const Searcher searcher(dir.path());
  CHECK(hits(searcher, "fraktion:spd") == "one");
  CHECK(hits(searcher, "fraktion:\"SPD\" typ:Antrag wp:19 von:Schneider") == "one");
  SearchAnswer answer = ask(searcher, "Haushalt typ:antrga");
  CHECK(answer.total == 2);  // not used
  CHECK(answer.query.ignored.at(0).find("typ:antrga") != std::string::npos);
  CHECK(answer.query.offers.at(0).q == "Haushalt UND typ:antrag");
  answer = ask(searcher, "fraktion:xyzzy");
  CHECK(answer.total == 2);
  CHECK(answer.query.offers.empty());
  answer = ask(searcher, "von:Schnieder Haushalt");
  CHECK(answer.total == 0);
  CHECK(answer.query.offers.at(0).q.find("von:schneider") != std::string::npos);
  answer = ask(searcher, "wp:99");
  CHECK(answer.total == 0);
  CHECK_FALSE(answer.query.ignored.empty());
  CHECK(ask(searcher, "datum:gestern Haushalt").total == 2);
  answer = ask(searcher, "-Haushalt");
  CHECK(answer.total == 0);
  CHECK(answer.query.understood ==
        "alle Dokumente, NICHT „Haushalt“ (auch gebeugt; in "
        "Zusammensetzungen)");
}

TEST_CASE("query language: garbage gives an answer with an explanation", "[search]") {
  const ScratchDir dir;
  test::index_documents(dir.path(),
                        {paper("one", "19/1234 (neu)", "Radwege", "§ 16a AufenthG und Radwege."),
                         paper("two", "19/2", "Bahn", "Nach Drucksache 19/1234 fährt die Bahn.")});
  const Searcher searcher(dir.path());
  static const char* const kPieces[] = {
      "Radweg", "UND",    "ODER",   "NICHT",    "NAHE/2", "(",       ")",      "\"",    "*",
      "titel:", "frage:", "drs:",   "typ:",     "von:",   "19/1234", " (neu)", "§ 16a", "AufenthG",
      " ",      " ",      " ",      "-",        "+",      "datum:",  "2019..", "\xFF",  "\xE2\x80",
      "wp:19",  "Bahn*",  "\u202E", "antwort:", "'",      "„",       "“",      "der",   "|",
  };
  std::mt19937 random(20261124);
  for (int round = 0; round < 1500; ++round) {
    SearchRequest request;
    for (std::size_t i = random() % 14; i > 0; --i) {
      request.q += kPieces[random() % std::size(kPieces)];
    }
    request.unit = round % 3 == 0 ? Unit::kPassage : Unit::kDocument;
    request.match = static_cast<MatchMode>(round % 3);
    request.expand.inflection = round % 5 != 0;
    CAPTURE(request.q);
    auto given = searcher.search(request);
    REQUIRE(std::holds_alternative<SearchAnswer>(given));
    const auto& answer = std::get<SearchAnswer>(given);
    REQUIRE_FALSE(answer.query.understood.empty());
    REQUIRE(answer.hits.size() == std::min<std::uint64_t>(answer.total, request.size));
  }
}

TEST_CASE("ranking: a paper that asks comes before one that mentions", "[search]") {
  ScratchDir dir;
  const std::string text =
      "1. Was kostet die Brücke?\n\nDas ist offen.\n\n2. Wann öffnet die Schule?\n\nBald, so heißt "
      "es im Amt.";
  Document asks = paper("b-asks", "19/1", "Bauten", text);
  add_section(asks, SectionKind::kQuestion, "1", "1. Was kostet die Brücke?");
  Document mentions = paper("a-mentions", "19/2", "Bauten", text);
  add_section(mentions, SectionKind::kQuestion, "2", "2. Wann öffnet die Schule?");
  test::index_documents(dir.path(), {asks, mentions});
  const Searcher searcher(dir.path());
  const auto order = [&](float question, Unit unit) {
    SearchRequest request;
    request.q = "Brücke";
    request.unit = unit;
    request.ranking.lead = 0;  // passages begin at different places
    request.ranking.b = 0;
    request.ranking.question = question;
    std::string out;
    const auto given = searcher.search(request);
    for (const Hit& hit : std::get<SearchAnswer>(given).hits) out += hit.id + " ";
    return out;
  };
  for (const Unit unit : {Unit::kDocument, Unit::kPassage}) {
    CHECK(order(0, unit) == "a-mentions b-asks ");
    CHECK(order(Ranking{}.question, unit) == "b-asks a-mentions ");
  }
}
