// SPDX-License-Identifier: GPL-3.0-or-later
//
// eval: how good is a ranking, and where do two of them differ?
#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <string_view>

#include "parts.h"
#include "research/batch.h"

namespace fundstelle::query_tool {
namespace {

using namespace research;

void print(const std::string& name, const Measures& measures) {
  std::printf("%-24s %8.4f %8.4f %10.4f %8.4f\n", name.c_str(), measures.ndcg_10, measures.map,
              measures.recall_100, measures.mrr_10);
}

void print_difference(const Evaluation& a, const Evaluation& b) {
  const auto column = [](const Evaluation& evaluation, double Measures::*measure) {
    std::vector<double> out;
    for (const auto& [query, measures] : evaluation.by_query) out.push_back(measures.*measure);
    return out;
  };
  const auto p = [&](double Measures::*measure) -> std::string {
    const double chance = randomisation_test(column(a, measure), column(b, measure));
    char text[16];
    std::snprintf(text, sizeof text, "%.4f", chance);
    return chance > 0 && std::string_view(text) == "0.0000" ? "<0.0001" : text;
  };
  std::printf("%-24s %+8.4f %+8.4f %+10.4f %+8.4f\n", "difference", a.mean.ndcg_10 - b.mean.ndcg_10,
              a.mean.map - b.mean.map, a.mean.recall_100 - b.mean.recall_100,
              a.mean.mrr_10 - b.mean.mrr_10);
  std::printf("%-24s %8s %8s %10s %8s\n", "p (randomisation)", p(&Measures::ndcg_10).c_str(),
              p(&Measures::map).c_str(), p(&Measures::recall_100).c_str(),
              p(&Measures::mrr_10).c_str());
}

/// Where the two runs part company: a line a query that differs in any measure, in the order of the
/// differences in nDCG@10, best first.
void print_differences_by_query(const Evaluation& a, const Evaluation& b) {
  static constexpr std::array<double Measures::*, 4> kMeasures{
      &Measures::ndcg_10, &Measures::map, &Measures::recall_100, &Measures::mrr_10};
  struct Row {
    std::string query;
    std::array<double, kMeasures.size()> differences{};
  };
  std::vector<Row> rows;
  std::array<std::size_t, kMeasures.size()> better{}, worse{};
  for (const auto& [query, measures] : a.by_query) {
    Row row{query, {}};
    const Measures& other = b.by_query.at(query);
    for (std::size_t i = 0; i < kMeasures.size(); ++i) {
      const double difference = measures.*kMeasures[i] - other.*kMeasures[i];
      better[i] += difference > 0 ? 1 : 0;
      worse[i] += difference < 0 ? 1 : 0;
      row.differences[i] = difference;
    }
    if (row.differences != std::array<double, kMeasures.size()>{}) rows.push_back(std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& x, const Row& y) { return x.differences[0] > y.differences[0]; });
  std::printf("differences by query\n");
  for (const Row& row : rows) {
    std::printf("%-24s %+8.4f %+8.4f %+10.4f %+8.4f\n", row.query.c_str(), row.differences[0],
                row.differences[1], row.differences[2], row.differences[3]);
  }
  std::printf("%-24s %8zu %8zu %10zu %8zu\n", "queries better", better[0], better[1], better[2],
              better[3]);
  std::printf("%-24s %8zu %8zu %10zu %8zu\n", "queries worse", worse[0], worse[1], worse[2],
              worse[3]);
}

/// The queries of a file answered by an index.
Run made_run(const Settings& settings) {
  if (settings.index.empty() || settings.queries.empty()) {
    throw ResearchError("eval needs --run, or --index and --queries");
  }
  BatchOptions options;
  options.request = request_of(settings);
  options.tag = settings.tag;
  if (!settings.exclude.empty()) options.excluded = read_exclusions(settings.exclude);
  const auto searcher = open_index(settings);
  return run_of(*local_source(*searcher), read_query_file(settings.queries), options);
}

}  // namespace

int eval(const Settings& settings) {
  Judgements judgements = read_judgements(settings.qrels);
  if (!settings.half.empty()) {
    const int half = settings.half == "first" ? 0 : 1;
    std::erase_if(judgements, [&](const auto& entry) { return half_of(entry.first) != half; });
  }
  Run ours;
  if (!settings.run.empty()) {
    ours = read_run(settings.run);
  } else {
    ours = made_run(settings);
    if (!settings.output.empty()) {
      TextOutput output(settings.output);
      output.write(to_trec(ours));
      output.close();
    }
  }
  const Evaluation evaluation = evaluate(ours, judgements);
  if (evaluation.by_query.empty()) throw ResearchError(settings.qrels + ": no relevant documents");
  std::printf("%-24s %8s %8s %10s %8s   (%zu queries)\n", "", "nDCG@10", "MAP", "recall@100",
              "MRR@10", evaluation.by_query.size());
  if (settings.by_query && settings.against.empty()) {
    for (const auto& [query, measures] : evaluation.by_query) print(query, measures);
  }
  print(ours.tag.empty() ? "run" : ours.tag, evaluation.mean);
  if (!settings.against.empty()) {
    const Run other = read_run(settings.against);
    const Evaluation base = evaluate(other, judgements);
    print(other.tag.empty() ? "against" : other.tag, base.mean);
    print_difference(evaluation, base);
    if (settings.by_query) print_differences_by_query(evaluation, base);
  }
  return 0;
}

}  // namespace fundstelle::query_tool
