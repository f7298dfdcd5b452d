// SPDX-License-Identifier: GPL-3.0-or-later
#include "shards/remote_hits.h"

#include <algorithm>

#include "schema/remote.h"
#include "search/engine/hits.h"

namespace fundstelle::shards {
namespace {

constexpr std::size_t kPassagesAHit = 3;
/// Passages looked into for the words: minutes of a sitting have hundreds.
constexpr std::size_t kPassagesRead = 40;
constexpr std::size_t kSnippetBytes = 300;

std::optional<std::string> label_of(const FacetNames& names, Facet facet, const std::string& slug) {
  for (const auto& [known, label] : names[static_cast<std::size_t>(facet)]) {
    if (known == slug) return label;
  }
  return std::nullopt;
}

/// A passage and where the words stand in it.
struct Found {
  std::size_t number = 0;
  schema::Passage passage;
  std::vector<search::Occurrence> marks;
  std::size_t different = 0;  ///< words of the query
};

std::vector<Found> best_passages(const schema::RemoteDocument& stored,
                                 const search::Highlighter& highlighter, const Analyzer& analyzer) {
  std::vector<Found> out;
  for (std::size_t i = 0; i < std::min(stored.passages.size(), kPassagesRead); ++i) {
    Found one;
    one.number = i;
    one.passage = schema::unpack_passage(stored.passages[i]);
    one.marks = highlighter.find(analyzer, one.passage.text);
    std::vector<std::uint32_t> words;
    for (const auto& mark : one.marks) words.push_back(mark.word);
    std::sort(words.begin(), words.end());
    one.different = static_cast<std::size_t>(
        std::distance(words.begin(), std::unique(words.begin(), words.end())));
    if (one.different > 0 || out.empty()) out.push_back(std::move(one));
  }
  std::stable_sort(out.begin(), out.end(), [](const Found& a, const Found& b) {
    if (a.different != b.different) return a.different > b.different;
    return a.marks.size() > b.marks.size();
  });
  // The first passage stands in where no word is found.
  while (out.size() > 1 && out.back().different == 0) out.pop_back();
  if (out.size() > kPassagesAHit) out.resize(kPassagesAHit);
  return out;
}

}  // namespace

Hit remote_hit(const std::string& data, const FacetNames& names,
               const search::Highlighter& highlighter, const Analyzer& analyzer,
               const SearchRequest& request) {
  const schema::RemoteDocument stored = schema::unpack_remote(data);
  const Document document = schema::unpack_document(stored.record);
  Hit hit = search::describe(
      document, [&](Facet facet, const std::string& slug) { return label_of(names, facet, slug); });
  if (!request.snippets) return hit;
  const auto title = highlighter.find(analyzer, hit.title, true);
  hit.title_hit = !title.empty();
  hit.title_parts = search::mark_all(hit.title, title);
  for (const Found& one : best_passages(stored, highlighter, analyzer)) {
    PassageHit shown;
    shown.kind = schema::to_string(one.passage.kind);
    shown.labels = one.passage.labels;
    shown.heading = one.passage.heading;
    shown.passage = static_cast<std::uint32_t>(one.number);
    std::size_t from = 0;
    shown.snippet = request.whole_passages
                        ? search::mark_all(one.passage.text, one.marks)
                        : search::make_snippet(one.passage.text, one.marks, kSnippetBytes, from);
    if (document.paged) shown.page = search::page_at(one.passage, from);
    hit.passages.push_back(std::move(shown));
  }
  return hit;
}

DocumentView remote_view(const std::string& data, const search::Highlighter& highlighter,
                         const Analyzer& analyzer) {
  const schema::RemoteDocument stored = schema::unpack_remote(data);
  std::vector<schema::Passage> passages;
  for (const std::string& passage : stored.passages) {
    passages.push_back(schema::unpack_passage(passage));
  }
  DocumentView view;
  view.document = schema::unpack_document(stored.record, passages);
  const auto marks = [](const std::vector<search::Occurrence>& found) {
    std::vector<Mark> out;
    for (const search::Occurrence& one : found) out.push_back({one.begin, one.end});
    return out;
  };
  for (const Page& page : view.document.pages) {
    view.marks.push_back(marks(highlighter.find(analyzer, page.text)));
  }
  view.title_marks = marks(highlighter.find(analyzer, view.document.title, true));
  return view;
}

}  // namespace fundstelle::shards
