// SPDX-License-Identifier: GPL-3.0-or-later
//
// asked: a folder of drafts in, the nearest earlier questions out.
#include "parts.h"
#include "research/drafts.h"

namespace fundstelle::query_tool {

using namespace research;

int asked(const Settings& settings) {
  const auto files = draft_files(settings.drafts);
  const HitsRequest request = request_of(settings);
  Parameters filters = request.parameters;
  for (const char* name : {"unit", "match", "sort"}) filters.erase(name);
  const Opened opened = open(settings);
  TextOutput output(settings.output);
  put_provenance(settings, output,
                 provenance_of(settings, opened.source->state(),
                               {{"matches", std::to_string(settings.matches)}}));
  const DraftCounts counts = write_drafts(*opened.source, files, settings.drafts, filters,
                                          settings.matches, row_format(settings), output.sink());
  output.close();
  if (!settings.quiet) {
    tell(std::to_string(counts.drafts) + " drafts, " + std::to_string(counts.questions) +
         " questions, " + std::to_string(counts.without_match) + " without an earlier one, " +
         std::to_string(counts.failed) + " drafts failed");
  }
  return counts.failed > 0 || counts.questions == 0 ? kPartly : kDone;
}

}  // namespace fundstelle::query_tool
