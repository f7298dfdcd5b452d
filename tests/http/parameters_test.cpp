// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/parameters.h"

#include <catch2/catch.hpp>

#include "http/decode.h"
#include "present/address.h"

using namespace fundstelle;
using namespace fundstelle::http;

namespace {

SearchRequest accepted(const Parameters& parameters) {
  auto outcome = read_search(parameters, {});
  if (auto* bad = std::get_if<Problem>(&outcome)) FAIL(bad->detail);
  return std::get<SearchRequest>(outcome);
}

Problem refused(const Parameters& parameters) {
  auto outcome = read_search(parameters, {});
  REQUIRE(std::holds_alternative<Problem>(outcome));
  return std::get<Problem>(outcome);
}

}  // namespace

TEST_CASE("decode: what may come over the wire", "[http]") {
  struct Row {
    const char* encoded;
    const char* decoded;  ///< null: refused
  };
  const Row rows[] = {
      {"", ""},
      {"Kita", "Kita"},
      {"Kita+Platz", "Kita Platz"},
      {"a%2Bb", "a+b"},
      {"Pl%C3%A4tze", "Plätze"},
      {"Pl%c3%a4tze", "Plätze"},
      {"Plätze", "Plätze"},  // raw UTF-8 from careless clients
      {"%22a%22%26%3D", "\"a\"&="},
      {"a%09b%0Ac", "a b c"},
      {"%E2%82%AC", "€"},
      {"%F0%9F%9A%B2", "🚲"},
      {"%", nullptr},
      {"%2", nullptr},
      {"%zz", nullptr},
      {"100%", nullptr},
      {"%C3", nullptr},       // cut
      {"%A4", nullptr},       // continuation alone
      {"Pl%E4tze", nullptr},  // Latin-1
      {"%C0%AF", nullptr},    // overlong "/"
      {"%E0%80%AF", nullptr},
      {"%ED%A0%80", nullptr},     // surrogate
      {"%F4%90%80%80", nullptr},  // above U+10FFFF
      {"%FF", nullptr},
      {"a%00b", nullptr},
      {"a%1Bb", nullptr},
      {"%7F", nullptr},
  };
  for (const Row& row : rows) {
    INFO(row.encoded);
    const auto decoded = percent_decode(row.encoded, Plus::kIsBlank);
    CHECK(decoded.has_value() == (row.decoded != nullptr));
    if (decoded && row.decoded != nullptr) CHECK(*decoded == row.decoded);
  }
  CHECK(percent_decode("a+b", Plus::kIsPlus) == "a+b");
}

TEST_CASE("parameters: dates in every form", "[http]") {
  struct Row {
    const char* text;
    std::uint32_t first, last;
  };
  const Row rows[] = {
      {"2021", 20210101, 20211231},
      {"2021-04", 20210401, 20210430},
      {"2021-04-06", 20210406, 20210406},
      {"6.4.2021", 20210406, 20210406},
      {"06.04.2021", 20210406, 20210406},
      {"4.2021", 20210401, 20210430},
      {"2020-02", 20200201, 20200229},
      {"2100-02", 21000201, 21000228},
      {"2021-02-29", 0, 0},
      {"2021-13", 0, 0},
      {"2021-00", 0, 0},
      {"21", 0, 0},
      {"20210406", 0, 0},
      {"gestern", 0, 0},
      {"2021-04-06-01", 0, 0},
      {"0999", 0, 0},
      {"", 0, 0},
      {"2021-4-", 0, 0},
      {"-2021", 0, 0},
      {"1.2.21", 0, 0},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(read_date(row.text, false) == row.first);
    CHECK(read_date(row.text, true) == row.last);
  }
}

TEST_CASE("parameters: lists, exclusions and boxes meet in one filter", "[http]") {
  const SearchRequest request = accepted({{"topic", "verkehr, energie,-bau,verkehr"},
                                          {"topic.umwelt", "1"},
                                          {"topic.sport", "0"},
                                          {"legislature", "19,-18"},
                                          {"year", "2020"},
                                          {"body", ""}});
  REQUIRE(request.filters.size() == 3);
  CHECK(request.filters[0].facet == Facet::kTopic);
  CHECK(request.filters[0].wanted == std::vector<std::string>{"verkehr", "energie", "umwelt"});
  CHECK(request.filters[0].excluded == std::vector<std::string>{"bau"});
  CHECK(request.filters[1].facet == Facet::kLegislature);
  CHECK(request.filters[1].excluded == std::vector<std::string>{"18"});
  CHECK(request.filters[2].wanted == std::vector<std::string>{"2020"});
}

TEST_CASE("parameters: everything else", "[http]") {
  const SearchRequest request = accepted({{"q", "  Kita "},
                                          {"match", "any"},
                                          {"unit", "passage"},
                                          {"sort", "oldest"},
                                          {"page", "7"},
                                          {"size", "100"},
                                          {"facets", "topic,year"},
                                          {"recency", "0.5"},
                                          {"ohne", "beugung,geschlecht"},
                                          {"from", "2019"},
                                          {"to", "6.2020"}});
  CHECK(request.q == "Kita");
  CHECK(request.match == MatchMode::kAny);
  CHECK(request.unit == Unit::kPassage);
  CHECK(request.sort == Sort::kOldest);
  CHECK(request.page == 7);
  CHECK(request.size == 100);
  CHECK(request.facets == std::vector<Facet>{Facet::kTopic, Facet::kYear});
  CHECK(request.ranking.recency == 0.5F);
  CHECK_FALSE(request.expand.inflection);
  CHECK_FALSE(request.expand.gender);
  CHECK(request.expand.compounds);
  CHECK(request.from == 20190101);
  CHECK(request.to == 20200630);
  CHECK(accepted({{"facets", "none"}}).facets.empty());
}

TEST_CASE("parameters: what is wrong is named with a remedy", "[http]") {
  struct Row {
    Parameters parameters;
    const char *code, *parameter, *says;
  };
  const Row rows[] = {
      {{{"size", "101"}}, "bad_parameter", "size", "1 bis 100"},
      {{{"size", "0"}}, "bad_parameter", "size", "1 bis 100"},
      {{{"size", "-1"}}, "bad_parameter", "size", "1 bis 100"},
      {{{"size", "99999999999999999999"}}, "bad_parameter", "size", "1 bis 100"},
      {{{"page", "zwei"}}, "bad_parameter", "page", "zwei"},
      {{{"sort", "random"}}, "bad_parameter", "sort", "relevance, newest, oldest"},
      {{{"match", "ALL"}}, "bad_parameter", "match", "auto, all, any"},
      {{{"topic", "Verkehr"}}, "bad_parameter", "topic", "Kleinbuchstaben"},
      {{{"topic", "a/../b"}}, "bad_parameter", "topic", "Kleinbuchstaben"},
      {{{"topic.<b>", "1"}}, "bad_parameter", "topic", "Kleinbuchstaben"},
      // Its address would say the opposite.
      {{{"topic.-sport", "1"}}, "bad_parameter", "topic", "Kleinbuchstaben"},
      {{{"legislature", "neunzehn"}}, "bad_parameter", "legislature", "19,20"},
      {{{"year", "21"}}, "bad_parameter", "year", "vierstellige"},
      {{{"from", "bald"}}, "bad_parameter", "from", "2021-04-06"},
      {{{"from", "2021"}, {"to", "2020"}}, "bad_parameter", "from", "nach seinem Ende"},
      {{{"facets", "farbe"}}, "bad_parameter", "facets", "topic"},
      {{{"recency", "2"}}, "bad_parameter", "recency", "0 bis 1"},
      {{{"recency", "1x"}}, "bad_parameter", "recency", "0 bis 1"},
      {{{"ohne", "alles"}}, "bad_parameter", "ohne", "beugung"},
      {{{"topics", "verkehr"}}, "unknown_parameter", "topics", "Meinten Sie „topic“"},
      {{{"foobarbaz", "1"}}, "unknown_parameter", "foobarbaz", "gibt es nicht"},
  };
  for (const Row& row : rows) {
    const Problem problem = refused(row.parameters);
    INFO(problem.detail);
    CHECK(problem.code == row.code);
    CHECK(problem.parameter == row.parameter);
    CHECK(problem.detail.find(row.says) != std::string::npos);
  }
  CHECK(std::holds_alternative<SearchRequest>(
      read_search({{"utm_source", "x"}}, {UnknownNames::kIgnore, {}})));
}

TEST_CASE("parameters: reading an address gives the request it was made from", "[http]") {
  SearchRequest request;
  request.q = "Bürger*innen \"a & b\" +x 100%";
  request.filters = {{Facet::kBody, {"bt"}, {"lt-by"}}, {Facet::kYear, {"2019", "2020"}, {}}};
  request.from = 20190401;
  request.to = 20201231;
  request.match = MatchMode::kAll;
  request.unit = Unit::kPassage;
  request.sort = Sort::kNewest;
  request.expand.spelling = request.expand.abbreviations = false;
  request.page = 4;
  request.size = 50;
  const std::string address = present::search_address(request);
  Parameters parameters;
  std::string_view rest = std::string_view(address).substr(address.find('?') + 1);
  while (!rest.empty()) {
    const auto end = rest.find('&');
    const auto pair = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    const auto equals = pair.find('=');
    parameters[*percent_decode(pair.substr(0, equals), Plus::kIsBlank)] =
        *percent_decode(pair.substr(equals + 1), Plus::kIsBlank);
  }
  const SearchRequest again = accepted(parameters);
  CHECK(again.q == request.q);
  CHECK(present::search_address(again) == address);
  CHECK(again.from == request.from);
  CHECK(again.to == request.to);
  CHECK_FALSE(again.expand.spelling);
  CHECK(again.expand.inflection);
  REQUIRE(again.filters.size() == 2);
  CHECK(again.filters[0].excluded == std::vector<std::string>{"lt-by"});
}
