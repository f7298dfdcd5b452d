// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/parser.h"

#include <random>

#include "data.h"
#include "query/request.h"

using namespace fundstelle;
using Kind = QueryNode::Kind;

namespace {

/// A tree in one line: words bare, "phrase", prefix*, (and a b), (or a b), (not a), field:a,
/// near5(a b), field[from,to].
std::string show(const QueryNode& node) {
  const auto children = [&] {
    std::string out;
    for (const auto& child : node.children) out += " " + show(*child);
    return out;
  };
  switch (node.kind) {
    case Kind::kWords:
      return node.text;
    case Kind::kPhrase:
      return "\"" + node.text + "\"";
    case Kind::kPrefix:
      return node.text + "*";
    case Kind::kNear:
      return "(near" + std::to_string(node.distance) + children() + ")";
    case Kind::kField:
      return node.field + ":" + show(*node.children.at(0));
    case Kind::kRange:
      return node.field + "[" + node.text + "," + node.text2 + "]";
    case Kind::kAnd:
      return "(and" + children() + ")";
    case Kind::kOr:
      return "(or" + children() + ")";
    case Kind::kNot:
      return "(not" + children() + ")";
    case Kind::kAll:
      return "<all>";
  }
  return "?";
}

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

void check_invariants(const QueryNode& node, std::size_t depth) {
  REQUIRE(depth < 64);
  const bool leaf = node.kind == Kind::kWords || node.kind == Kind::kPhrase ||
                    node.kind == Kind::kPrefix || node.kind == Kind::kRange ||
                    node.kind == Kind::kAll;
  REQUIRE(node.children.empty() == leaf);
  if (node.kind == Kind::kWords || node.kind == Kind::kPhrase || node.kind == Kind::kPrefix) {
    REQUIRE_FALSE(node.text.empty());
  }
  if (node.kind == Kind::kAnd || node.kind == Kind::kOr || node.kind == Kind::kNear) {
    REQUIRE(node.children.size() >= 2);
  }
  if (node.kind == Kind::kNot || node.kind == Kind::kField) REQUIRE(node.children.size() == 1);
  for (const auto& child : node.children) check_invariants(*child, depth + 1);
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
  });
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
      {"datum:2021..2019", "datum[2019,2021]"},
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
          {"Frage: Wie viele", "Frage: Wie viele"},
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

TEST_CASE("parser: random input always gives a sound tree", "[query]") {
  static const char* const kPieces[] = {
      "a",      "Straße", "und",      "UND",    "ODER", "NICHT",  "NOT",    "NEAR/3", "NAHE",
      "NEAR/x", "-",      "+",        "|",      ";",    "(",      ")",      "\"",     "„",
      "“",      "»",      "'",        "*",      ":",    "titel:", "datum:", "wp:",    "..",
      "2019",   "/",      "19/12",    "(neu)",  " ",    " ",      " ",      "\xC3",   "\xFF",
      "\x00x",  "\n",     "\xE2\x80", "frage:", ">=",   "http:",  "…",      "-b",
  };
  std::mt19937 random(20261122);
  for (int round = 0; round < 40'000; ++round) {
    std::string typed;
    const auto length = random() % 24;
    for (std::size_t i = 0; i < length; ++i) typed += kPieces[random() % std::size(kPieces)];
    CAPTURE(typed);
    const ParsedQuery parsed = parse_query(typed);
    REQUIRE(parsed.root);
    check_invariants(*parsed.root, 0);
  }
  for (int round = 0; round < 4'000; ++round) {
    std::string typed(random() % 1500, ' ');
    for (char& c : typed) c = static_cast<char>(random() % 256);
    const ParsedQuery parsed = parse_query(typed);
    REQUIRE(parsed.root);
    check_invariants(*parsed.root, 0);
  }
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
