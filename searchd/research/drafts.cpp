// SPDX-License-Identifier: GPL-3.0-or-later
#include "research/drafts.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "research/evaluation.h"

namespace fundstelle::research {
namespace {

namespace fs = std::filesystem;

std::string joined(const std::vector<SnippetPart>& parts) {
  std::string out;
  for (const SnippetPart& part : parts) out += part.text;
  return out;
}

}  // namespace

std::vector<fs::path> draft_files(const fs::path& path) {
  std::vector<fs::path> out;
  if (fs::is_regular_file(path)) return {path};
  if (!fs::is_directory(path)) throw ResearchError(path.string() + ": no such file or folder");
  for (auto it = fs::recursive_directory_iterator(path); it != fs::recursive_directory_iterator();
       ++it) {
    if (it->path().filename().string().starts_with('.')) {
      if (it->is_directory()) it.disable_recursion_pending();
      continue;
    }
    const std::string extension = it->path().extension().string();
    if (it->is_regular_file() && (extension == ".txt" || extension == ".md")) {
      out.push_back(it->path());
    }
  }
  if (out.empty()) {
    throw ResearchError(path.string() +
                        ": no drafts here; they are text files (.txt, .md). Of a PDF or DOCX, save "
                        "the text");
  }
  std::sort(out.begin(), out.end());
  return out;
}

DraftCounts write_drafts(const Source& source, const std::vector<fs::path>& files,
                         const fs::path& root, const Parameters& filters, std::uint32_t matches,
                         RowFormat format, const Sink& sink) {
  const RowWriter rows(
      format, {"draft", "question", "asked", "rank", "id", "number", "body", "date", "passage",
               "page", "labels", "likeness", "answered", "earlier_question", "earlier_answer",
               "title", "shared_words", "code", "reason"});
  static const std::vector<std::string> kNone;
  DraftCounts counts;
  sink(rows.head());
  const auto text = [](std::string_view value) { return value.empty() ? Cell{} : Cell{value}; };
  for (const fs::path& file : files) {
    ++counts.drafts;
    const std::string name =
        fs::is_directory(root) ? file.lexically_relative(root).string() : file.filename().string();
    std::string out;
    const auto fail = [&](const std::string& code, const std::string& reason) {
      ++counts.failed;
      rows.append(out, {std::string_view(name),
                        {},
                        {},
                        {},
                        {},
                        {},
                        {},
                        {},
                        {},
                        {},
                        &kNone,
                        {},
                        {},
                        {},
                        {},
                        {},
                        &kNone,
                        std::string_view(code),
                        std::string_view(reason)});
      sink(out);
    };
    std::ifstream in(file, std::ios::binary);
    const std::string draft{std::istreambuf_iterator<char>(in), {}};
    if (!in) {
      fail("unreadable", "the file cannot be read");
      continue;
    }
    auto outcome = source.asked(draft, filters, matches);
    if (const auto* problem = std::get_if<Problem>(&outcome)) {
      fail(problem->code, problem->detail);
      continue;
    }
    for (const AskedQuestion& question : std::get<AskedAnswer>(outcome).questions) {
      ++counts.questions;
      const Cell label = text(question.asked.label), asked{std::string_view(question.asked.text)};
      if (question.matches.empty()) {
        ++counts.without_match;
        rows.append(out, {std::string_view(name),
                          label,
                          asked,
                          {},
                          {},
                          {},
                          {},
                          {},
                          {},
                          {},
                          &kNone,
                          {},
                          {},
                          {},
                          {},
                          {},
                          &kNone,
                          {},
                          {}});
      }
      std::int64_t rank = 0;
      for (const AskedMatch& match : question.matches) {
        const Hit& hit = match.hit;
        static const PassageHit kNowhere;
        const PassageHit& place = hit.passages.empty() ? kNowhere : hit.passages.front();
        const std::string earlier = joined(place.question), answer = joined(place.answer);
        rows.append(out, {std::string_view(name),
                          label,
                          asked,
                          ++rank,
                          std::string_view(hit.id),
                          text(hit.number),
                          text(hit.body),
                          text(hit.date),
                          static_cast<std::int64_t>(place.passage),
                          place.page > 0 ? Cell{static_cast<std::int64_t>(place.page)} : Cell{},
                          &place.labels,
                          match.likeness,
                          match.answered,
                          text(earlier),
                          text(answer),
                          text(hit.title),
                          &hit.shared_words,
                          {},
                          {}});
      }
    }
    sink(out);
  }
  return counts;
}

}  // namespace fundstelle::research
