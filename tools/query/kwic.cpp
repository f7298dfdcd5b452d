// SPDX-License-Identifier: GPL-3.0-or-later
//
// kwic: every place where a query is met, with what stands around it.
#include <filesystem>

#include "parts.h"
#include "research/kwic.h"

namespace fundstelle::query_tool {

using namespace research;

int kwic(const Settings& settings) {
  const SearchRequest request = search_of(settings, settings.q.front());
  const auto searcher = open_index(settings);
  const auto outcome = searcher->list(request, settings.hits == 0 ? kEveryHit : settings.hits);
  if (const auto* problem = std::get_if<Problem>(&outcome)) throw ResearchError(problem->detail);
  const auto& listing = std::get<Listing>(outcome);
  for (const std::string& ignored : listing.facts().ignored) tell("ignored: " + ignored);
  KwicOptions options;
  options.format = row_format(settings);
  options.order = settings.order == "left"      ? KwicOrder::kLeft
                  : settings.order == "right"   ? KwicOrder::kRight
                  : settings.order == "keyword" ? KwicOrder::kKeyword
                  : settings.order == "date"    ? KwicOrder::kDate
                                                : KwicOrder::kHits;
  options.context = settings.context;
  options.jobs = settings.jobs;
  options.memory = settings.memory_mib << 20;
  options.temporary = std::filesystem::temp_directory_path();
  TextOutput output(settings.output);
  put_provenance(settings, output,
                 provenance_of(settings, state_of(*searcher),
                               {{"q", settings.q.front()},
                                {"order", settings.order},
                                {"context", std::to_string(settings.context)}}));
  Progress progress(settings, "documents read");
  const KwicCounts counts = write_kwic(listing, options, output.sink(), [&](std::size_t done) {
    progress.at(done, listing.size());
  });
  output.close();
  if (!settings.quiet) {
    tell(std::to_string(counts.lines) + " places in " + std::to_string(counts.documents) +
         (request.unit == Unit::kPassage ? " passages" : " documents"));
  }
  return counts.lines > 0 ? kDone : kPartly;
}

}  // namespace fundstelle::query_tool
