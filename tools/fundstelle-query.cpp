// SPDX-License-Identifier: GPL-3.0-or-later
//
// The program `fundstelle-query`: batches and measurements over an index, for researchers.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>

#include "research/batch.h"
#include "research/evaluation.h"
#include "schema/layout.h"
#include "search/searcher.h"

using namespace fundstelle;
using namespace fundstelle::research;

namespace {

struct Settings {
  std::string index, queries, qrels, exclude, output, format = "trec", tag = "fundstelle";
  std::string match = "auto", unit = "document", run, against, half;
  std::vector<std::string> ranking;
  std::size_t hits = 1000;
  unsigned jobs = 1;
  bool by_query = false;
};

BatchOptions batch_options(const Settings& settings) {
  BatchOptions options;
  options.hits = settings.hits;
  options.jobs = std::max(1U, settings.jobs);
  options.tag = settings.tag;
  options.request.match = settings.match == "all"   ? MatchMode::kAll
                          : settings.match == "any" ? MatchMode::kAny
                                                    : MatchMode::kAuto;
  options.request.unit = settings.unit == "passage" ? Unit::kPassage : Unit::kDocument;
  for (const std::string& assignment : settings.ranking) {
    const std::string wrong = set_ranking(options.request.ranking, assignment);
    if (!wrong.empty()) throw ResearchError("--ranking " + assignment + ": " + wrong);
  }
  if (!settings.exclude.empty()) options.excluded = read_exclusions(settings.exclude);
  return options;
}

void write(const std::string& text, const std::string& file) {
  if (file.empty() || file == "-") {
    std::cout << text << std::flush;
    if (!std::cout) throw ResearchError("standard output: cannot be written");
    return;
  }
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (!out) throw ResearchError(file + ": cannot be written");
}

int run(const Settings& settings) {
  const Searcher searcher(settings.index);
  const BatchOptions options = batch_options(settings);
  const auto results = run_batch(searcher, read_queries(settings.queries), options);
  write(settings.format == "jsonl" ? to_jsonl(results)
        : settings.format == "csv" ? to_csv(results)
                                   : to_trec(to_run(results, options)),
        settings.output);
  const bool found = std::any_of(results.begin(), results.end(),
                                 [](const BatchResult& result) { return !result.hits.empty(); });
  return found ? 0 : 1;
}

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
    if (settings.index.empty() || settings.queries.empty()) {
      throw ResearchError("eval needs --run, or --index and --queries");
    }
    const Searcher searcher(settings.index);
    const BatchOptions options = batch_options(settings);
    ours = to_run(run_batch(searcher, read_queries(settings.queries), options), options);
    if (!settings.output.empty()) write(to_trec(ours), settings.output);
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

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Batches of queries and measurements over a Fundstelle index"};
  app.set_version_flag("--version", FUNDSTELLE_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Example:\n  fundstelle-query run --index idx --queries topics.tsv --output run.txt\n"
      "  fundstelle-query eval --run run.txt --qrels qrels.txt");
  Settings settings;
  const auto batch = [&](CLI::App* command) {
    command->add_option("--exclude", settings.exclude, "results to leave out: query TAB document")
        ->check(CLI::ExistingFile);
    command->add_option("--match", settings.match, "which words must occur")
        ->check(CLI::IsMember({"auto", "all", "any"}))
        ->capture_default_str();
    command->add_option("--unit", settings.unit, "what is found")
        ->check(CLI::IsMember({"document", "passage"}))
        ->capture_default_str();
    command->add_option("--hits", settings.hits, "results a query")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    command->add_option("--jobs", settings.jobs, "threads")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    command->add_option("--ranking", settings.ranking,
                        "name=value: another ranking (docs/ranking.md); may be repeated");
    command->add_option("--tag", settings.tag, "name of the run")->capture_default_str();
  };
  CLI::App* run_command = app.add_subcommand("run", "runs a file of queries");
  run_command->add_option("--index", settings.index, "index folder")->required();
  run_command->add_option("--queries", settings.queries, "lines: id TAB query")
      ->required()
      ->check(CLI::ExistingFile);
  run_command->add_option("--format", settings.format, "form of the results")
      ->check(CLI::IsMember({"trec", "jsonl", "csv"}))
      ->capture_default_str();
  run_command->add_option("--output", settings.output, "file; - or nothing: standard output");
  batch(run_command);
  CLI::App* eval_command =
      app.add_subcommand("eval", "nDCG@10, MAP, recall@100, MRR@10 against judged documents");
  eval_command->add_option("--qrels", settings.qrels, "TREC qrels, or a table with head line")
      ->required()
      ->check(CLI::ExistingFile);
  eval_command->add_option("--run", settings.run, "TREC run to measure")->check(CLI::ExistingFile);
  eval_command->add_option("--index", settings.index, "or: index folder to search");
  eval_command->add_option("--queries", settings.queries, "and: lines id TAB query")
      ->check(CLI::ExistingFile);
  eval_command->add_option("--output", settings.output, "keep the run made");
  eval_command->add_option("--against", settings.against, "TREC run to compare with")
      ->check(CLI::ExistingFile);
  eval_command->add_flag("--by-query", settings.by_query,
                         "a line for every query too; with --against: for every difference");
  eval_command->add_option("--half", settings.half, "judged queries used: half of them, by hash")
      ->check(CLI::IsMember({"first", "second"}));
  batch(eval_command);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    return run_command->parsed() ? run(settings) : eval(settings);
  } catch (const std::exception& error) {
    std::cerr << "fundstelle-query: " << error.what() << '\n';
    return 2;
  }
}
