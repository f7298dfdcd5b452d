// SPDX-License-Identifier: GPL-3.0-or-later
//
// export: documents as they are, of a query or of the whole index.
#include <filesystem>
#include <fstream>

#include "document/interchange.h"
#include "parts.h"
#include "research/exporting.h"

namespace fundstelle::query_tool {
namespace {

using namespace research;
namespace fs = std::filesystem;

constexpr std::size_t kPieceBytes = 1U << 20;

void write_file(const fs::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (!out) throw ResearchError(file.string() + ": cannot be written");
}

}  // namespace

int export_documents(const Settings& settings) {
  const std::string q = settings.q.empty() ? "" : settings.q.front();
  HitsRequest request = request_of(settings);
  request.parameters["q"] = q;
  const bool ids = settings.format == "ids", texts = settings.format == "text";
  if (!ids && settings.unit == "passage") {
    throw ResearchError("--unit passage goes with --format ids only; texts of passages: run");
  }
  if (texts && (settings.output.empty() || settings.output == "-")) {
    throw ResearchError("--format text needs --output FOLDER");
  }
  const Opened opened = open(settings);
  const Provenance provenance =
      provenance_of(settings, opened.source->state(), {{"q", q}, {"format", settings.format}});
  Progress progress(settings, ids ? "ids" : "documents");
  std::uint64_t total = 0, done = 0;
  const auto begin = [&](const ListingFacts& facts) {
    for (const std::string& ignored : facts.ignored) tell("ignored: " + ignored);
    total = settings.hits == 0 ? facts.total : std::min(facts.total, settings.hits);
  };
  std::optional<Problem> problem;
  if (texts) {
    const fs::path folder = settings.output;
    fs::create_directories(folder);
    write_file(folder / "provenance.json", to_record(provenance) + "\n");
    problem = opened.source->documents(request, begin, [&](const Document& document) {
      const fs::path file = folder / text_path(document);
      fs::create_directories(file.parent_path());
      write_file(file, to_text(document));
      progress.at(++done, total);
    });
  } else {
    TextOutput output(settings.output);
    // Records are made to be indexed again: nothing but records may stand among them.
    if (!output.to_standard_output()) output.put_beside(to_record(provenance));
    std::string out;
    const auto flush = [&](bool all) {
      if (!all && out.size() < kPieceBytes) return;
      output.write(out);
      out.clear();
    };
    if (ids) {
      request.metadata = false;
      problem = opened.source->hits(request, begin, [&](const std::vector<Hit>& hits) {
        for (const Hit& hit : hits) {
          out += hit.id;
          if (!hit.passages.empty()) {
            out += '#';
            out += std::to_string(hit.passages[0].passage);
          }
          out += '\n';
        }
        done += hits.size();
        flush(false);
        progress.at(done, total);
      });
    } else {
      OparlWriter oparl("urn:fundstelle");
      const bool as_oparl = settings.format == "oparl";
      problem = opened.source->documents(request, begin, [&](const Document& document) {
        if (as_oparl) {
          oparl.append(out, document);
        } else {
          out += to_interchange(document);
          out += '\n';
        }
        flush(false);
        progress.at(++done, total);
      });
    }
    flush(true);
    output.close();
  }
  if (problem) throw ResearchError(problem->code + ": " + problem->detail);
  if (!settings.quiet) {
    char line[96];
    std::snprintf(line, sizeof line, "%llu %s in %.1f s, revision ",
                  static_cast<unsigned long long>(done), ids ? "ids" : "documents",
                  progress.seconds());
    tell(line + opened.source->state().revision);
  }
  return done > 0 ? kDone : kPartly;
}

}  // namespace fundstelle::query_tool
