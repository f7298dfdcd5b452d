// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/parser.h"

#include "data.h"
#include "query/request.h"
#include "query_tree.h"

using namespace fundstelle;

namespace {

struct Row {
  const char* typed;
  const char* tree;
};

void check(const std::vector<Row>& rows, bool silent = true) {
  for (const Row& row : rows) {
    CAPTURE(row.typed);
    const ParsedQuery parsed = parse_query(row.typed);
    CHECK(show(*parsed.root) == row.tree);
    CHECK(parsed.ignored.empty() == silent);
  }
}

}  // namespace

TEST_CASE("parser: words stay together and raw, operators in capitals divide", "[query]") {
  check({
      {"", "<all>"},
      {" \t\n", "<all>"},
      {"Klimaschutz", "Klimaschutz"},
      {"  Flucht   und Asyl ", "Flucht   und Asyl"},
      {"Frieden UND Krieg", "(and Frieden Krieg)"},
      {"Frieden AND Krieg", "(and Frieden Krieg)"},
      {"Frieden und krieg oder not", "Frieden und krieg oder not"},
      {"Schule Lehrer ODER Kita Erzieher", "(or Schule Lehrer Kita Erzieher)"},
      {"a b UND c ODER d", "(or (and a b c) d)"},
      {"a | b", "(or a b)"},
      {"a|b", "(or a b)"},
      {"a; b; c", "(or a b c)"},
      {"a || b", "(or a b)"},
      {"Schule NICHT Gymnasium", "(and Schule (not Gymnasium))"},
      {"Schule UND NICHT Gymnasium", "(and Schule (not Gymnasium))"},
      {"Schule NOT NOT Gymnasium", "Schule Gymnasium"},
      {"Schule -Gymnasium Bayern", "(and Schule Bayern (not Gymnasium))"},
      {"-Gymnasium", "(not Gymnasium)"},
      {"Schule +Gymnasium", "(and Schule Gymnasium)"},
      {"a (b ODER c) d", "(and a d (or b c))"},
      {"((a))", "a"},
      {"-(a ODER b) c", "(and (not (or a b)) c)"},
      {"NOT (a b)", "(not a b)"},
  });
}

TEST_CASE("parser: quotes of every kind make phrases", "[query]") {
  for (const char* quoted : {"\"soziale Sicherung\"", "„soziale Sicherung“", "„soziale Sicherung”",
                             "“soziale Sicherung”", "»soziale Sicherung«", "«soziale Sicherung»",
                             "›soziale Sicherung‹", "‚soziale Sicherung‘", "'soziale Sicherung'",
                             "„soziale Sicherung\"", "\" soziale \n Sicherung \""}) {
    CAPTURE(quoted);
    CHECK(show(*parse_query(quoted).root) == "\"soziale Sicherung\"");
    CHECK(show(*parse_query(std::string("Rente ") + quoted + " Alter").root) ==
          "(and Rente Alter \"soziale Sicherung\")");
    CHECK(show(*parse_query(std::string("-") + quoted).root) ==
          (quoted[0] == '"' || quoted[0] == '\'' || (quoted[0] & 0x80) != 0
               ? "(not \"soziale Sicherung\")"
               : ""));
  }
  check({
      {"wie geht's der Bahn", "wie geht's der Bahn"},
      {"Hans' Haus", "Hans' Haus"},
      {"Hans’ Haus", "Hans’ Haus"},
      {"titel:„soziale Sicherung“", "titel:\"soziale Sicherung\""},
  });
}

TEST_CASE("parser: German and numbers win over operators", "[query]") {
  check({
      {"Verkehrsplanung und -sicherung", "Verkehrsplanung und -sicherung"},
      {"Planung oder -sicherung", "Planung oder -sicherung"},
      {"Planung sowie -sicherung", "Planung sowie -sicherung"},
      {"Planung, -sicherung", "Planung, -sicherung"},
      {"Bürger*innen", "Bürger*innen"},
      {"Bürger:innen", "Bürger:innen"},
      {"Bürger(innen)", "Bürger(innen)"},
      {"Bürger_innen BürgerInnen", "Bürger_innen BürgerInnen"},
      {"Drucksache 19/1234 (neu)", "Drucksache 19/1234 (neu)"},
      {"19/1234(neu) Frage", "19/1234(neu) Frage"},
      {"529/85(B)", "529/85(B)"},
      {"19 / 10 006", "19 / 10 006"},
      {"http://example.org/a?b=c", "http://example.org/a?b=c"},
      {"Corona-Pandemie 2020-2021", "Corona-Pandemie 2020-2021"},
      {"a - b – c", "a - b – c"},
      {"5 + 3", "5 + 3"},
      {"§ 16a AufenthG", "§ 16a AufenthG"},
      {"xyz:abc 12:30", "xyz:abc 12:30"},
      {"Undine ODERbruch NEARBY", "Undine ODERbruch NEARBY"},
      {"NOT", "NOT"},
      {"ODER", "ODER"},
      {"Autor:innen und Urheber:innen", "Autor:innen und Urheber:innen"},
      {"autor:Innocenti", "von:Innocenti"},
      {"Bürger*innenrechte", "Bürger*innenrechte"},
      {"jede*r", "jede*r"},
      {"Lehrer/-innen", "Lehrer/-innen"},
      {"u.a. -sicherung", "(and u.a. (not sicherung))"},
      {"und (x) -b", "(and und (x) (not b))"},
      {"und \"p\" -b", "(and und \"p\" (not b))"},
      {"Art. 3 (2) GG", "Art. 3 (2) GG"},
      {"Amt (BAMF) -Asyl", "(and Amt (BAMF) (not Asyl))"},
      {"(a) NEAR/3 (b c)", "(near3 a b c)"},
      {"Köln -Bonn", "(and Köln (not Bonn))"},
      {"Köln −Bonn", "(and Köln (not Bonn))"},
      {"Köln –Bonn", "Köln –Bonn"},
      {"--a", "--a"},
      {"Frage: Wie viele", "Frage: Wie viele"},
      {"Titel: Rente", "Titel: Rente"},
      {"C++ C#", "C++ C#"},
  });
}

TEST_CASE("parser: apostrophes, and commas that look like quotes", "[query]") {
  check({
      {"Özdemir's Rede", "Özdemir's Rede"},
      {"Karl’s und Karl‘s", "Karl’s und Karl‘s"},
      {"Rente‚ Alter", "Rente Alter"},
      {"Rente ‚ Alter’", "Rente Alter’"},
      {"'s war 'mal", "s war mal"},
      {"Hans' und Karls' Haus", "Hans' und Karls' Haus"},
      {"‚Haus‘, ‚Hof‘", "(and \"Haus\" , \"Hof\")"},
      {"'Karl's Haus'", "\"Karl's Haus\""},
      {"„Karl’s Haus“", "\"Karl’s Haus\""},
      {"„Model C“-Schulen", "(and \"Model C\" Schulen)"},
      {"\"Model C\" -Schulen", "(and \"Model C\" (not Schulen))"},
      {"»Die ‚Wende‘ kam«", "\"Die ‚Wende‘ kam\""},
  });
}

TEST_CASE("parser: what cannot be seen changes nothing", "[query]") {
  using namespace std::string_literals;
  for (const std::string& typed :
       {"Klima\u00ADschutz UND Bahn"s, "\u202AKlimaschutz\u202C UND \u200EBahn"s,
        "\uFEFFKlimaschutz\u00A0UND\u2009Bahn"s, "Klimaschutz\0UND\0Bahn"s,
        "Klimaschutz\xFFUND\xC3 Bahn"s, "Klimaschutz\tUND\r\nBahn"s}) {
    CAPTURE(typed);
    const ParsedQuery parsed = parse_query(typed);
    CHECK(show(*parsed.root) == "(and Klimaschutz Bahn)");
    CHECK(parsed.ignored.empty());
  }
}

TEST_CASE("parser: capitals make the operator, small letters are offered", "[query]") {
  ParsedQuery parsed = parse_query("KLIMASCHUTZ UND VERKEHR");
  CHECK(show(*parsed.root) == "(and KLIMASCHUTZ VERKEHR)");
  CHECK(parsed.offers.empty());
  parsed = parse_query("WARUM NICHT KLIMASCHUTZ ODER VERKEHR");
  CHECK(show(*parsed.root) == "(or (and WARUM (not KLIMASCHUTZ)) VERKEHR)");
  REQUIRE(parsed.offers.size() == 1);
  CHECK(parsed.offers[0].q == "WARUM nicht KLIMASCHUTZ oder VERKEHR");
  CHECK(parse_query("CDU ODER SPD").offers.empty());
  CHECK(parse_query("Klimaschutz ODER VERKEHR").offers.empty());
  CHECK(show(*parse_query("Und Klimaschutz Oder Not").root) == "Und Klimaschutz Oder Not");
}

TEST_CASE("parser: near misses of fields are offered", "[query]") {
  CHECK(parse_query("tietel:Rente Alter").offers.at(0).q == "titel:Rente Alter");
  CHECK(parse_query("Alter titel:  Rente").offers.at(0).q == "Alter titel:Rente");
  CHECK(parse_query("Frage: Wie viele").offers.empty());
  CHECK(parse_query("http://example.org").offers.empty());
}

TEST_CASE("parser: fields, ranges, wildcards, nearness", "[query]") {
  check({
      {"titel:Rente", "titel:Rente"},
      {"title:Rente Alter", "(and titel:Rente Alter)"},
      {"TITEL:Rente", "titel:Rente"},
      {"Alter titel:(Rente ODER Pension)", "(and Alter titel:(or Rente Pension))"},
      {"-fraktion:afd", "(not fraktion:afd)"},
      {"von:Müller ministerium:bmi typ:antrag", "(and von:Müller ministerium:bmi typ:antrag)"},
      {"gremium:bundestag thema:verkehr", "(and gremium:bundestag thema:verkehr)"},
      {"frage:wer answer:niemand", "(and frage:wer antwort:niemand)"},
      {"drs:19/1234", "drs:19/1234"},
      {"drs:19/1234 (neu)", "drs:19/1234 (neu)"},
      {"titel:Klima*", "titel:Klima*"},
      {"datum:2019..2021", "datum[2019,2021]"},
      {"datum:2019-2021", "datum[2019,2021]"},
      {"datum:2019-05", "datum[2019-05,2019-05]"},
      {"datum:1.5.2019..", "datum[2019-05-01,]"},
      {"datum:..2019-05-01", "datum[,2019-05-01]"},
      {"datum:>2019", "datum[2020,]"},
      {"date:>=2019", "datum[2019,]"},
      {"year:<2019", "datum[,2018]"},
      {"wp:19", "wp[19,19]"},
      {"wp:18..20", "wp[18,20]"},
      {"wahlperiode:>=18", "wp[18,]"},
      {"Flüchtling* Kosten", "(and Flüchtling* Kosten)"},
      {"Kosten NEAR/5 Bahn", "(near5 Kosten Bahn)"},
      {"a b NAHE/3 c d", "(and a d (near3 b c))"},
      {"a NEAR b", "(near10 a b)"},
      {"a NEAR/5 b NEAR/5 c", "(near5 a b c)"},
      {"\"a b\" NEAR/5 (c ODER d*)", "(near5 \"a b\" (or c d*))"},
      {"Klima*, Bahn", "(and Klima* Bahn)"},
      {"Corona-Pand*", "Corona-Pand*"},
      {"*", "<all>"},
      {"titel:(\"a b\" ODER c*) -titel:d", "(and titel:(or \"a b\" c*) (not titel:d))"},
      {"von:\"Müller, Hans\"", "von:\"Müller, Hans\""},
      {"fraktion:(spd ODER cdu)", "fraktion:(or spd cdu)"},
      {"-(-a)", "(not (not a))"},
      {"NICHT (a ODER NICHT b)", "(not (or a (not b)))"},
      {"a ODER -b", "(or a (not b))"},
      {"datum:2019–2021", "datum[2019,2021]"},
      {"datum:2019…2021", "datum[2019,2021]"},
      {"datum:\"6. April 2021\"", "datum[2021-04-06,2021-04-06]"},
      {"datum:\"März 2021\"", "datum[2021-03,2021-03]"},
      {"datum:(2019 ODER 2021)", "(or datum[2019,2019] datum[2021,2021])"},
      {"wp:(18 20)", "(or wp[18,18] wp[20,20])"},
      {"number:19/1 paper:19/2 term:19 party:spd name:Ay",
       "(and drs:19/1 drs:19/2 wp[19,19] fraktion:spd von:Ay)"},
  });
}

TEST_CASE("parser: what is not used is said", "[query]") {
  check(
      {
          {"\"soziale Sicherung", "soziale Sicherung"},
          {"soziale Sicherung\"", "soziale Sicherung"},
          {"„soziale", "soziale"},
          {"(a ODER b", "(or a b)"},
          {"a) b", "a b"},
          {"()", "<all>"},
          {"a ()", "a"},
          {"\"\"", "<all>"},
          {"a UND", "a"},
          {"UND a", "a"},
          {"a ODER", "a"},
          {"ODER a", "a"},
          {"a NICHT", "a"},
          {"a NEAR/5", "a"},
          {"NEAR/5 a", "a"},
          {"a NEAR/500 b", "(near100 a b)"},
          {"datum:gestern Bahn", "Bahn"},
          {"datum:2019-13", "<all>"},
          {"wp:neun", "<all>"},
          {"*verkehr", "verkehr"},
          {"* Bahn", "Bahn"},
          {"frage: Wie viele", "frage: Wie viele"},
          {"datum:2021..2019", "datum[2019,2021]"},
          {"wp:20..18", "wp[18,20]"},
          {"a NEAR/0 b", "(near1 a b)"},
          {"datum:2021-02-30", "<all>"},
          {"datum:31.4.2021 Bahn", "Bahn"},
          {"\"soziale Sicher*\"", "\"soziale Sicher\""},
          {"Ver*ung", "Ver*"},
          {"a *", "a"},
          {"titel:ODER x", "x"},
          {"datum:(gestern ODER 2021)", "datum[2021,2021]"},
          {"titel:", "titel:"},
          {"titel:\"offen", "titel:offen"},
      },
      false);
}

TEST_CASE("parser: at most 1000 characters, 64 words, 20 parentheses deep", "[query]") {
  std::string many;
  for (int i = 0; i < 100; ++i) many += "w" + std::to_string(i) + " ";
  ParsedQuery parsed = parse_query(many);
  CHECK(parsed.root->text.ends_with(" w63"));
  CHECK(parsed.ignored.size() == 1);

  std::string quoted = "\"" + many + "\" rest";
  parsed = parse_query(quoted);
  CHECK(parsed.ignored.size() == 1);

  std::string lengthy;
  for (int i = 0; i < 20; ++i) lengthy += std::string(98, 'a') + "ä ";
  parsed = parse_query(lengthy);
  CHECK(parsed.root->text.size() <= 1100);
  CHECK(parsed.root->text.ends_with("ä"));
  CHECK(parsed.ignored.size() == 1);

  parsed = parse_query(std::string(400, '(') + "a" + std::string(400, ')') + " b");
  CHECK(show(*parsed.root) == "b");
  CHECK(parsed.ignored.size() == 1);
}

TEST_CASE("facets: names go both ways", "[query]") {
  for (std::size_t i = 0; i < kFacetCount; ++i) {
    const auto facet = static_cast<Facet>(i);
    CHECK(facet_of(to_string(facet)) == facet);
  }
  CHECK(std::string(to_string(Facet::kLegislature)) == "legislature");
  CHECK_FALSE(facet_of("Body"));
  CHECK_FALSE(facet_of(""));
}
