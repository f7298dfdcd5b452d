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

std::string label_of(const FacetNames& names, Facet facet, const std::string& slug,
                     const std::string& printed) {
  for (const auto& [known, label] : names[static_cast<std::size_t>(facet)]) {
    if (known == slug) return label;
  }
  return printed.empty() ? slug : printed;
}

std::vector<std::string> labels_of(const FacetNames& names, Facet facet,
                                   const std::vector<std::string>& slugs,
                                   const std::vector<std::string>& printed) {
  if (slugs.empty()) return printed;
  std::vector<std::string> out;
  for (const std::string& slug : slugs) out.push_back(label_of(names, facet, slug, {}));
  return out;
}

Hit described(const Document& document, const FacetNames& names) {
  Hit hit;
  hit.id = document.id;
  hit.type = document.type_id;
  hit.type_label = label_of(names, Facet::kType, document.type_id, document.type);
  hit.body = document.body_id;
  hit.body_label = label_of(names, Facet::kBody, document.body_id, document.body);
  hit.number = document.number;
  hit.title = document.title;
  hit.date = document.date;
  hit.authors = document.authors;
  hit.groups = labels_of(names, Facet::kGroup, document.group_ids, document.groups);
  hit.ministries = labels_of(names, Facet::kMinistry, document.ministry_ids, document.ministries);
  hit.topics = labels_of(names, Facet::kTopic, document.topic_ids, document.topics);
  hit.legislature = document.legislature;
  hit.asked = document.dates.asked;
  hit.answered = document.dates.answered;
  hit.urls = document.urls;
  hit.first_seen = document.first_seen;
  hit.ocr = std::any_of(document.warnings.begin(), document.warnings.end(),
                        [](const Warning& warning) { return warning.code == "ocr"; });
  return hit;
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
  Hit hit = described(document, names);
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
