// SPDX-License-Identifier: GPL-3.0-or-later
//
// trend: hits over time, several queries side by side.
#include <sys/wait.h>

#include <cstdio>

#include "parts.h"
#include "research/trend_table.h"

namespace fundstelle::query_tool {
namespace {

using namespace research;

/// NAME=QUERY, or the query as its own name. A name has letters, digits, - and _ only.
NamedQuery read_query(const Settings& settings, const std::string& typed) {
  const std::size_t equals = typed.find('=');
  const bool named =
      equals != std::string::npos && equals > 0 && typed.find_first_of(" \t\"():*?~+|/\\") > equals;
  return {named ? typed.substr(0, equals) : typed,
          search_of(settings, named ? typed.substr(equals + 1) : typed)};
}

/// Draws with gnuplot; its standard output is read back, so that a file is written by us alone.
std::string drawn(const std::string& script) {
  char name[] = "/tmp/fundstelle-trend-XXXXXX";
  const int file = mkstemp(name);
  if (file < 0) throw ResearchError("/tmp: no temporary file can be made");
  std::FILE* const out = fdopen(file, "wb");
  const bool written =
      std::fwrite(script.data(), 1, script.size(), out) == script.size() && std::fclose(out) == 0;
  std::string svg;
  int status = -1;
  if (std::FILE* const pipe = popen((std::string("gnuplot ") + name).c_str(), "r")) {
    char bytes[1 << 16];
    while (const std::size_t got = std::fread(bytes, 1, sizeof bytes, pipe)) svg.append(bytes, got);
    status = pclose(pipe);
  }
  std::remove(name);
  if (!written || status != 0) {
    throw ResearchError("gnuplot could not draw the picture; on Debian: apt install gnuplot-nox");
  }
  return svg;
}

}  // namespace

int trend(const Settings& settings) {
  std::vector<NamedQuery> queries;
  for (const std::string& typed : settings.q) queries.push_back(read_query(settings, typed));
  TrendTableOptions options;
  options.step = *trend_step_of(settings.step);
  if (!settings.by.empty()) options.by = facet_of(settings.by);
  options.top = settings.top;
  options.places = settings.places || settings.measure == "places";
  options.words = settings.words || settings.measure == "per-million";
  const auto searcher = open_index(settings);
  Provenance provenance = provenance_of(
      settings, state_of(*searcher),
      {{"step", settings.step}, {"by", settings.by}, {"top", std::to_string(settings.top)}});
  for (std::size_t i = 0; i < queries.size(); ++i) {
    provenance.parameters["q" + std::to_string(i + 1)] = settings.q[i];
  }
  const TrendTable table = make_trend_table(*searcher, queries, options);
  std::uint64_t hits = 0;
  for (const TrendRow& row : table.rows) hits += row.hits.entries;
  TextOutput output(settings.output);
  if (settings.format == "svg") {
    if (hits == 0) throw ResearchError("no hits with a date: nothing to draw");
    output.write(
        drawn(gnuplot_script(table, queries, options,
                             settings.measure == "per-1000"      ? TrendMeasure::kPer1000
                             : settings.measure == "places"      ? TrendMeasure::kPlaces
                             : settings.measure == "per-million" ? TrendMeasure::kPerMillion
                                                                 : TrendMeasure::kHits,
                             queries.size() == 1 ? queries[0].name : "")));
    put_provenance(settings, output, provenance);
  } else {
    const bool json = settings.format == "json";
    const RowWriter rows =
        trend_rows(json || settings.format == "jsonl" ? RowFormat::kJsonl : RowFormat::kCsv);
    if (!json) put_provenance(settings, output, provenance);
    std::string out = rows.head();
    if (json) {
      out = to_record(provenance);
      out.pop_back();
      out += ",\n\"step\":\"" + std::string(to_string(table.step)) + "\",\n\"rows\":[\n";
    }
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      append_trend_row(out, rows, table.rows[i], queries[table.rows[i].query].name, options);
      if (json && i + 1 < table.rows.size()) out.insert(out.size() - 1, ",");
    }
    if (json) out += "]}\n";
    output.write(out);
  }
  output.close();
  if (!settings.quiet) {
    tell(std::to_string(queries.size()) + " queries, " + std::to_string(table.rows.size()) +
         " rows, steps of a " + to_string(table.step));
  }
  return hits > 0 ? kDone : kPartly;
}

}  // namespace fundstelle::query_tool
