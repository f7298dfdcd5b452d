// SPDX-License-Identifier: GPL-3.0-or-later
//
// run: a file of queries in, a list of hits for each out.
#include <cstdio>

#include "parts.h"
#include "research/batch.h"

namespace fundstelle::query_tool {
namespace {

using namespace research;

RunFormat format_of(const std::string& name) {
  return name == "jsonl" ? RunFormat::kJsonl
         : name == "csv" ? RunFormat::kCsv
         : name == "ids" ? RunFormat::kIds
                         : RunFormat::kTrec;
}

std::string summary_of(const BatchSummary& summary, double seconds) {
  std::string out = std::to_string(summary.queries) +
                    " queries: " + std::to_string(summary.answered) + " answered";
  if (summary.done_before > 0) {
    out += ", " + std::to_string(summary.done_before) + " done before";
  }
  if (summary.without_hits > 0) {
    out += ", " + std::to_string(summary.without_hits) + " without hits";
  }
  if (summary.with_ignored > 0) {
    out += ", " + std::to_string(summary.with_ignored) + " with something ignored";
  }
  out += ", " + std::to_string(summary.failed) + " failed";
  std::string codes;
  for (const auto& [code, count] : summary.codes) {
    codes += (codes.empty() ? " (" : ", ") + code + " " + std::to_string(count);
  }
  if (!codes.empty()) out += codes + ")";
  char times[64];
  std::snprintf(times, sizeof times, "; %llu hits in %.1f s",
                static_cast<unsigned long long>(summary.hits), seconds);
  return out + times;
}

}  // namespace

int run(const Settings& settings) {
  const std::vector<QueryEntry> entries = read_query_file(settings.queries);
  BatchOptions options;
  options.request = request_of(settings);
  options.format = format_of(settings.format);
  options.jobs = settings.jobs;
  options.tag = settings.tag;
  if (!settings.exclude.empty()) options.excluded = read_exclusions(settings.exclude);
  const Opened opened = open(settings);
  Provenance provenance = provenance_of(
      settings, opened.source->state(),
      {{"format", settings.format}, {"queries", fingerprint_of_file(settings.queries)}});
  if (options.format == RunFormat::kTrec) provenance.parameters["tag"] = settings.tag;
  if (!settings.exclude.empty()) {
    provenance.parameters["exclude"] = fingerprint_of_file(settings.exclude);
  }
  const std::string record = to_record(provenance);
  const std::string file = settings.output == "-" ? "" : settings.output;
  BatchOutput output(file, record, batch_head(options.format, record), settings.resume);
  if (file.empty() && options.format != RunFormat::kJsonl && !settings.quiet) {
    std::fprintf(stderr, "%s\n", record.c_str());
  }
  Progress progress(settings, "queries");
  std::uint64_t done = output.done(), failed = 0;
  const BatchSummary summary =
      run_batch(*opened.source, entries, options, output, [&](const QueryRecord& one) {
        ++done;
        if (!one.problem.code.empty()) {
          ++failed;
          // On standard output only JSONL has room for it; beside a file lies the log.
          if (file.empty() && options.format != RunFormat::kJsonl) {
            tell(settings.queries + ":" + std::to_string(one.line) + ": " + one.query + ": " +
                 one.problem.code + ": " + one.problem.detail);
          }
        }
        progress.at(done, entries.size(), failed > 0 ? std::to_string(failed) + " failed" : "");
      });
  if (!settings.quiet) tell(summary_of(summary, progress.seconds()));
  const bool found = summary.hits > 0 || summary.done_before > 0;
  return summary.failed > 0 || !found ? kPartly : kDone;
}

}  // namespace fundstelle::query_tool
