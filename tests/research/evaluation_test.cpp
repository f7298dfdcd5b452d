// SPDX-License-Identifier: GPL-3.0-or-later
#include "research/evaluation.h"

#include <cmath>
#include <fstream>

#include "data.h"

using namespace fundstelle::research;
using fundstelle::test::ScratchDir;

namespace {
std::filesystem::path write(const ScratchDir& dir, const char* name, const std::string& text) {
  std::ofstream(dir.path() / name) << text;
  return dir.path() / name;
}
Run run_of(const std::map<std::string, std::vector<std::string>>& lists) {
  Run run;
  for (const auto& [query, documents] : lists) {
    double score = 100;
    for (const std::string& document : documents)
      run.by_query[query].push_back({document, --score});
  }
  return run;
}
}  // namespace

TEST_CASE("evaluation: measures equal values computed by hand", "[research]") {
  // Relevant: a (grade 2), c (1), x (1, never found). Found: b a c.
  const Measures got =
      measure({{"b", 3}, {"a", 2}, {"c", 1}}, {{"a", 2}, {"b", 0}, {"c", 1}, {"x", 1}});
  // DCG 2/log2(3) + 1/log2(4) = 1.261860 + 0.5; ideal 2 + 1/log2(3) + 1/log2(4) = 3.130930.
  CHECK(got.ndcg_10 == Approx(1.7618595 / 3.1309298).epsilon(1e-6));
  CHECK(got.map == Approx((1.0 / 2 + 2.0 / 3) / 3));
  CHECK(got.recall_100 == Approx(2.0 / 3));
  CHECK(got.mrr_10 == Approx(0.5));

  std::vector<Run::Line> lengthy;
  for (int i = 1; i <= 150; ++i) lengthy.push_back({"d" + std::to_string(i), -1.0 * i});
  // Only ranks 11, 100 and 101 are relevant: nothing at 10, two of three at 100.
  const Measures deep = measure(lengthy, {{"d11", 1}, {"d100", 1}, {"d101", 1}});
  CHECK(deep.ndcg_10 == 0);
  CHECK(deep.mrr_10 == 0);
  CHECK(deep.recall_100 == Approx(2.0 / 3));
  CHECK(deep.map == Approx((1.0 / 11 + 2.0 / 100 + 3.0 / 101) / 3));

  // A document listed twice counts once.
  CHECK(measure({{"a", 2}, {"a", 1}}, {{"a", 1}}).map == Approx(1));
}

TEST_CASE("evaluation: judged queries without results count 0, unjudged ones not at all",
          "[research]") {
  Judgements judgements;
  judgements["q1"]["a"] = 1;
  judgements["q2"]["b"] = 1;
  judgements["q3"]["c"] = 0;
  const Evaluation got = evaluate(run_of({{"q1", {"a"}}, {"q4", {"b"}}}), judgements);
  CHECK(got.by_query.size() == 2);
  CHECK(got.mean.ndcg_10 == Approx(0.5));
  CHECK(got.mean.map == Approx(0.5));
}

TEST_CASE("evaluation: both forms of judgements, runs by score, errors name the line",
          "[research]") {
  const ScratchDir dir;
  const Judgements trec =
      read_judgements(write(dir, "trec", "q1 0 a 2\nq1 0 b  0\n\nq2\t0\tc\t1\n"));
  CHECK(trec == Judgements{{"q1", {{"a", 2}, {"b", 0}}}, {"q2", {{"c", 1}}}});
  const Judgements table = read_judgements(
      write(dir, "table", "query\tdocument\trelevance\nq1\tKleine Anfrage/2025 1.txt\t1\r\n"));
  CHECK(table == Judgements{{"q1", {{"Kleine Anfrage/2025 1.txt", 1}}}});
  CHECK_THROWS_WITH(read_judgements(write(dir, "bad", "q1 0 a 2\nq1 0 a\n")),
                    Catch::Contains("bad:2"));
  CHECK_THROWS_AS(read_judgements(dir.path() / "none"), ResearchError);

  const Run run =
      read_run(write(dir, "run", "q1 Q0 b 2 1.5 me\nq1 Q0 a 1 2.5 me\nq1 Q0 c 3 1.5 me\n"));
  REQUIRE(run.by_query.at("q1").size() == 3);
  CHECK(run.by_query.at("q1")[0].document == "a");
  CHECK(run.by_query.at("q1")[2].document == "c");
  CHECK(run.tag == "me");

  // Written and read again the order holds, ties included.
  Run ties;
  ties.by_query["q"] = {{"z", 1}, {"y", 1}, {"x", 1}};
  const Run again = read_run(write(dir, "again", to_trec(ties)));
  CHECK(again.by_query.at("q")[0].document == "z");
  CHECK(again.by_query.at("q")[2].document == "x");

  const auto queries = read_queries(write(dir, "queries", "q1\tWer zahlt?\nq2\ta\tb\n"));
  REQUIRE(queries.size() == 2);
  CHECK(queries[0].text == "Wer zahlt?");
  CHECK(queries[1].text == "a\tb");
}

TEST_CASE("evaluation: randomisation test", "[research]") {
  // Three equal differences: only +++ and --- reach the observed sum, 2 of 8.
  CHECK(randomisation_test({1, 1, 1}, {0, 0, 0}) == Approx(0.25));
  // 3, 1: sums +-4, +-2; observed 2 = |3 - 1|: all of them.
  CHECK(randomisation_test({3, 0}, {0, 1}) == Approx(1));
  CHECK(randomisation_test({0.5, 0.7}, {0.5, 0.7}) == 1);
  std::vector<double> a(40), b(40);
  for (std::size_t i = 0; i < a.size(); ++i) {
    a[i] = 0.5 + (i % 2 == 0 ? 0.1 : -0.1);
    b[i] = 0.5;
  }
  CHECK(randomisation_test(a, b) > 0.9);
  for (double& value : a) value += 0.2;
  CHECK(randomisation_test(a, b) < 0.001);
  CHECK(randomisation_test(a, b) == randomisation_test(b, a));
}

TEST_CASE("evaluation: halves depend on the id alone and are about even", "[research]") {
  // FNV-1a of "a" is e40c292c (published test vector): 12 ones.
  CHECK(half_of("a") == 0);
  CHECK(half_of("b") == 1);  // e70c2de5: 17 ones
  // Of "foobar" bf9cf968: 20 ones.
  CHECK(half_of("foobar") == 0);
  int second = 0;
  for (int i = 0; i < 1000; ++i) second += half_of("tp" + std::to_string(i));
  CHECK(second > 440);
  CHECK(second < 560);
}
