// SPDX-License-Identifier: GPL-3.0-or-later
#include "flags.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "manual/manual.h"

namespace fundstelle::query_tool {
namespace {

constexpr const char* kExamples =
    "Examples:\n"
    "  fundstelle-query run --index archiv --queries queries.tsv --format csv --output hits.csv\n"
    "  fundstelle-query kwic --index archiv '\"sichere Herkunftsstaaten\"' --order right\n"
    "  fundstelle-query trend --index archiv --by group --step year Asyl --output asyl.csv\n"
    "  fundstelle-query export --index archiv --where body=bt --output bundestag.jsonl\n"
    "Exit codes: 0 done, 1 done with some failures or nothing found, 2 nothing could be done.";

/// Adds flags to commands; each flag once.
class Flags {
 public:
  explicit Flags(Settings& settings) : s_(settings) {}

  void index(CLI::App* to) {
    to->add_option("--index", s_.index, "Folder of the index")->type_name("DIR");
  }
  void server(CLI::App* to) {
    to->add_option("--server", s_.server, "Ask this fundstelle-searchd instead")->type_name("URL");
  }
  void search(CLI::App* to) {
    to->add_option("--unit", s_.unit, "What is found")
        ->check(CLI::IsMember({"document", "passage"}))
        ->capture_default_str();
    to->add_option("--match", s_.match, "Which words must occur")
        ->check(CLI::IsMember({"auto", "all", "any"}))
        ->capture_default_str();
    to->add_option("--where", s_.where,
                   "Filter or parameter of the API: topic=verkehr, body=-bt, from=2015; repeatable")
        ->type_name("NAME=VALUE");
    to->add_option("--ranking", s_.ranking, "Another ranking (docs/ranking.md); repeatable")
        ->type_name("NAME=VALUE");
  }
  void order(CLI::App* to) {
    to->add_option("--sort", s_.sort, "Order of the hits")
        ->check(CLI::IsMember({"relevance", "newest", "oldest", "added"}))
        ->capture_default_str();
  }
  void hits(CLI::App* to) {
    to->add_option("--hits", s_.hits, "Results a query, the best ones; without: all")
        ->check(CLI::Range(1, 100'000'000));
  }
  void seconds(CLI::App* to) {
    to->add_option("--seconds", s_.seconds, "Time a query may take; then it fails")
        ->check(CLI::Range(0.001, 86400.0));
  }
  void jobs(CLI::App* to) {
    to->add_option("--jobs", s_.jobs, "Threads")->check(CLI::Range(1, 256))->capture_default_str();
  }
  void output(CLI::App* to) {
    to->add_option("--output", s_.output, "File; without, or -: standard output")
        ->type_name("FILE");
    to->add_flag("--quiet", s_.quiet, "No progress, no summary");
  }
  void format(CLI::App* to, const std::vector<std::string>& names) {
    to->add_option("--format", s_.format, "Form of the output; without: " + names.front())
        ->check(CLI::IsMember(names));
  }
  void batch(CLI::App* to) {
    to->add_option("--exclude", s_.exclude, "Results to leave out: query TAB document")
        ->check(CLI::ExistingFile);
    to->add_option("--tag", s_.tag, "Name of the run in TREC files")->capture_default_str();
  }
  void queries(CLI::App* to) {
    to->add_option("--queries", s_.queries,
                   "TSV (id TAB query TAB name=value …), CSV, JSONL or TREC topics")
        ->check(CLI::ExistingFile)
        ->type_name("FILE");
  }
  void query(CLI::App* to, bool several) {
    CLI::Option* option = to->add_option("QUERY", s_.q,
                                         several ? "Queries, each as typed or NAME=QUERY"
                                                 : "What would be typed in the search field");
    if (!several) option->expected(1);
    option->required();
  }

 private:
  Settings& s_;
};

}  // namespace

std::optional<Parsed> read_arguments(int argc, char** argv, int& exit_code) {
  Parsed out;
  Settings& s = out.settings;
  CLI::App app{"Batches, concordances, trends and exports from a Fundstelle index"};
  app.name("fundstelle-query");
  app.footer(kExamples);
  app.set_help_flag("-h,--help", "Show this help");
  app.set_version_flag("--version", std::string("fundstelle-query ") + FUNDSTELLE_VERSION);
  app.require_subcommand(1);
  bool manual = false;
  app.add_flag("--manual", manual, "Print the manual page (man)")->group("");
  Flags flags(s);
  const auto command = [&](const char* name, const char* about, int (*work)(const Settings&)) {
    CLI::App* const added = app.add_subcommand(name, about);
    added->callback([&out, name, work] {
      out.settings.command = name;
      out.command = work;
    });
    return added;
  };

  CLI::App* const one = command("run", "Run a file of queries", run);
  flags.index(one), flags.server(one), flags.queries(one), flags.search(one), flags.order(one);
  flags.hits(one), flags.seconds(one), flags.jobs(one), flags.batch(one), flags.output(one);
  flags.format(one, {"trec", "jsonl", "csv", "ids"});
  one->get_option("--queries")->required();
  one->add_flag("--resume", s.resume, "Go on with an interrupted run of the same --output");

  CLI::App* const two = command("kwic", "Every place where a query is met, in its context", kwic);
  flags.index(two), flags.search(two), flags.order(two), flags.hits(two), flags.jobs(two);
  flags.output(two), flags.format(two, {"csv", "jsonl"}), flags.query(two, false);
  two->add_option("--order", s.order, "Order of the lines")
      ->check(CLI::IsMember({"hits", "left", "right", "keyword", "date"}))
      ->capture_default_str();
  two->add_option("--context", s.context, "Characters on either side")
      ->check(CLI::Range(0, 10'000))
      ->capture_default_str();
  two->add_option("--memory", s.memory_mib, "MiB to sort in; beyond, files in TMPDIR")
      ->check(CLI::Range(1, 65'536))
      ->capture_default_str();

  CLI::App* const three = command("trend", "Hits by month, quarter or year", trend);
  flags.index(three), flags.search(three), flags.output(three);
  flags.format(three, {"csv", "jsonl", "json", "svg"}), flags.query(three, true);
  three->add_option("--step", s.step, "Length of a period")
      ->check(CLI::IsMember({"auto", "month", "quarter", "year"}))
      ->capture_default_str();
  CLI::App* const four = command("cooccur", "Words that go with a query more than chance", cooccur);
  flags.index(four), flags.search(four), flags.output(four);
  flags.format(four, {"csv", "jsonl"}), flags.query(four, false);
  for (CLI::App* const either : {three, four}) {
    either
        ->add_option("--by", s.by,
                     either == three ? "A row for each value of a facet"
                                     : "Hits of each value against the other hits")
        ->check(
            CLI::IsMember({"body", "type", "topic", "group", "ministry", "legislature", "year"}));
    either
        ->add_option("--top", s.top,
                     either == three ? "Values with rows of their own; without: 6"
                                     : "Words a group; without: 50")
        ->check(CLI::Range(1, 10'000));
  }
  three->add_flag("--places", s.places, "Count the places too (every text is read)");
  three->add_flag("--words", s.words, "Normalise by words too");
  three->add_option("--measure", s.measure, "What an SVG shows; without: hits")
      ->check(CLI::IsMember({"hits", "per-1000", "places", "per-million"}));
  four->add_option("--measure", s.measure, "What words are ordered by; without: log-likelihood")
      ->check(CLI::IsMember({"log-likelihood", "log-ratio"}));
  four->add_option("--groups", s.groups, "Values of --by, those with most hits")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  four->add_option("--least", s.least, "Hits a word must be in")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  four->add_option("--least-likelihood", s.least_likelihood, "Log-likelihood a word must have")
      ->capture_default_str();

  CLI::App* const five =
      command("export", "Documents as records, texts, OParl objects or ids", export_documents);
  flags.index(five), flags.server(five), flags.search(five), flags.order(five), flags.hits(five);
  flags.output(five), flags.format(five, {"interchange", "text", "oparl", "ids"});
  five->add_option("QUERY", s.q, "Without: all documents")->expected(0, 1);

  CLI::App* const six = command("asked", "Earlier questions near to those of drafts", asked);
  flags.index(six), flags.server(six), flags.output(six), flags.format(six, {"csv", "jsonl"});
  six->add_option("--where", s.where, "Which earlier papers count: body=bt, from=2015; repeatable")
      ->type_name("NAME=VALUE");
  six->add_option("--matches", s.matches, "Earlier questions each")
      ->check(CLI::Range(1, 20))
      ->capture_default_str();
  six->add_option("DRAFTS", s.drafts, "Folder of drafts (.txt, .md), or one")->required();

  CLI::App* const seven =
      command("eval", "nDCG@10, MAP, recall@100, MRR@10 against judged documents", eval);
  seven->add_option("--qrels", s.qrels, "TREC qrels, or a table with head line")
      ->required()
      ->check(CLI::ExistingFile);
  seven->add_option("--run", s.run, "TREC run to measure")->check(CLI::ExistingFile);
  flags.index(seven), flags.queries(seven), flags.search(seven), flags.hits(seven);
  flags.jobs(seven), flags.batch(seven);
  seven->add_option("--output", s.output, "Keep the run made")->type_name("FILE");
  seven->add_option("--against", s.against, "TREC run to compare with")->check(CLI::ExistingFile);
  seven->add_flag("--by-query", s.by_query,
                  "A line for every query too; with --against: for every difference");
  seven->add_option("--half", s.half, "Judged queries used: half of them, by hash")
      ->check(CLI::IsMember({"first", "second"}));

  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) != "--manual") continue;
    std::cout << manual_page(app, {FUNDSTELLE_VERSION, kExamples});
    exit_code = 0;
    return std::nullopt;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    exit_code = app.exit(error) == 0 ? 0 : kFailed;
    return std::nullopt;
  }
  if (s.format.empty()) {
    s.format = s.command == "run" ? "trec" : s.command == "export" ? "interchange" : "csv";
  }
  if (s.measure.empty()) s.measure = s.command == "cooccur" ? "log-likelihood" : "hits";
  if (s.command == "cooccur" && four->count("--top") == 0) s.top = 50;
  if (s.command == "eval" && s.hits == 0) s.hits = 1000;
  return out;
}

}  // namespace fundstelle::query_tool
