// SPDX-License-Identifier: GPL-3.0-or-later
//
// eval: how good is a ranking, and where do two of them differ?
#include <algorithm>
#include <cstdio>

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
  const auto p = [&](double Measures::*measure) {
    return randomisation_test(column(a, measure), column(b, measure));
  };
  std::printf("%-24s %+8.4f %+8.4f %+10.4f %+8.4f\n", "difference", a.mean.ndcg_10 - b.mean.ndcg_10,
              a.mean.map - b.mean.map, a.mean.recall_100 - b.mean.recall_100,
              a.mean.mrr_10 - b.mean.mrr_10);
  std::printf("%-24s %8.4f %8.4f %10.4f %8.4f\n", "p (randomisation)", p(&Measures::ndcg_10),
              p(&Measures::map), p(&Measures::recall_100), p(&Measures::mrr_10));
}

/// Best first: where the two runs part company.
void print_differences_by_query(const Evaluation& a, const Evaluation& b) {
  std::vector<std::pair<double, std::string>> rows;
  std::size_t better = 0, worse = 0;
  for (const auto& [query, measures] : a.by_query) {
    const double difference = measures.ndcg_10 - b.by_query.at(query).ndcg_10;
    better += difference > 0 ? 1 : 0;
    worse += difference < 0 ? 1 : 0;
    rows.emplace_back(difference, query);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& x, const auto& y) { return x.first > y.first; });
  std::printf("%-24s %8s %8s %10s\n", "nDCG@10 by query", "ours", "against", "difference");
  for (const auto& [difference, query] : rows) {
    if (difference == 0) continue;
    std::printf("%-24s %8.4f %8.4f %+10.4f\n", query.c_str(), a.by_query.at(query).ndcg_10,
                b.by_query.at(query).ndcg_10, difference);
  }
  std::printf("%zu better, %zu worse, %zu equal\n", better, worse, rows.size() - better - worse);
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
