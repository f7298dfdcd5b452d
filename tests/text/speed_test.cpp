// SPDX-License-Identifier: GPL-3.0-or-later
//
// Not run by default: test_text "[.speed]" prints what analysis costs (CPU time of this thread;
// build Release).
#include <chrono>
#include <ctime>
#include <iostream>

#include "corpus.h"
#include "text/analyzer.h"

using namespace fundstelle;

namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

TEST_CASE("speed: analysis of papers and of queries", "[.speed]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  const auto words = test::learnt_words(data);
  double begin = cpu_seconds();
  const Analyzer analyzer(words);
  (void)analyzer.analyze_query("Bundestag");  // the abbreviations are stemmed at the first query
  std::cout << "an analyzer and its first query: " << 1e3 * (cpu_seconds() - begin) << " ms\n";

  const std::string tar = test::unpack(data / "documents/text/dip-drucksachen.tar.zst");
  std::size_t bytes = 0, tokens = 0;
  begin = cpu_seconds();
  test::for_each_file(tar, [&](std::string_view text) {
    if (bytes > 20'000'000) return;
    bytes += text.size();
    tokens += analyzer.analyze(text).size();
  });
  double seconds = cpu_seconds() - begin;
  std::cout << static_cast<double>(bytes) / 1e6 / seconds << " MB/s, " << tokens << " tokens\n";

  const std::vector<std::string> queries = {
      "Flüchtlingsunterkunft Mecklenburg-Vorpommern",
      "Integrations- und Ausländerbeauftragte der Länder",
      "Bundesamt für Migration und Flüchtlinge Asylverfahren",
      "§ 16a AufenthG Bürger:innen",
      "Drucksache 19/10 006 (neu) Klimaschutzgesetz",
      "wie viele Krankenhäuser wurden in den letzten Jahren geschlossen"};
  begin = cpu_seconds();
  std::size_t variants = 0;
  constexpr int kRounds = 1000;
  for (int round = 0; round < kRounds; ++round) {
    for (const auto& query : queries) {
      for (const auto& word : analyzer.analyze_query(query)) variants += word.variants.size();
    }
  }
  seconds = cpu_seconds() - begin;
  std::cout << 1e6 * seconds / kRounds / static_cast<double>(queries.size()) << " µs a query, "
            << variants / kRounds / queries.size() << " variants\n";
  CHECK(tokens > 0);
}
