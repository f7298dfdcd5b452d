// SPDX-License-Identifier: GPL-3.0-or-later
//
// cooccur: words that go with a query more than chance would have it.
#include "parts.h"

namespace fundstelle::query_tool {

using namespace research;

int cooccur(const Settings& settings) {
  const SearchRequest search = search_of(settings, settings.q.front());
  CooccurrenceRequest request;
  request.order = settings.measure == "log-ratio" ? CooccurrenceMeasure::kLogRatio
                                                  : CooccurrenceMeasure::kLogLikelihood;
  request.top = settings.top;
  request.groups = settings.groups;
  request.least_together = settings.least;
  request.least_likelihood = settings.least_likelihood;
  if (!settings.by.empty()) request.by = facet_of(settings.by);
  const auto searcher = open_index(settings);
  const auto outcome = searcher->list(search, kEveryHit);
  if (const auto* problem = std::get_if<Problem>(&outcome)) throw ResearchError(problem->detail);
  const auto& listing = std::get<Listing>(outcome);
  for (const std::string& ignored : listing.facts().ignored) tell("ignored: " + ignored);
  TextOutput output(settings.output);
  put_provenance(settings, output,
                 provenance_of(settings, state_of(*searcher),
                               {{"q", settings.q.front()},
                                {"by", settings.by},
                                {"measure", settings.measure},
                                {"top", std::to_string(settings.top)},
                                {"least", std::to_string(settings.least)},
                                {"least_likelihood", std::to_string(settings.least_likelihood)}}));
  const RowWriter rows(row_format(settings),
                       {"value", "label", "rank", "word", "stem", "hits_with", "hits", "rest_with",
                        "rest", "log_likelihood", "log_ratio"});
  output.write(rows.head());
  std::size_t words = 0;
  std::string out;
  for (const CooccurrenceGroup& group : listing.cooccurring(request)) {
    std::int64_t rank = 0;
    for (const CooccurringWord& word : group.words) {
      const auto number = [](std::uint64_t value) {
        return Cell{static_cast<std::int64_t>(value)};
      };
      rows.append(out, {std::string_view(group.slug), std::string_view(group.label), ++rank,
                        std::string_view(word.printed), std::string_view(word.stem),
                        number(word.counts.a), number(word.counts.n1), number(word.counts.b),
                        number(word.counts.n2), word.log_likelihood, word.log_ratio});
      ++words;
    }
  }
  output.write(out);
  output.close();
  if (!settings.quiet) {
    tell(std::to_string(words) + " words; " + std::to_string(listing.size()) + " hits");
  }
  return words > 0 ? kDone : kPartly;
}

}  // namespace fundstelle::query_tool
