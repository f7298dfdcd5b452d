// SPDX-License-Identifier: GPL-3.0-or-later
//
// A search engine made by hand, for tests of what stands around it.
#pragma once

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "http/backend.h"

namespace fundstelle::test {

class HandMadeBackend : public http::Backend {
 public:
  std::variant<SearchAnswer, Problem> search(const SearchRequest& request) const override {
    ++searches;
    // Words that make the engine misbehave.
    if (request.q == "wirf") throw std::runtime_error("/secret/path is broken");
    if (request.q == "wirf-zahl") throw 42;
    if (request.q == "langsam") std::this_thread::sleep_for(slowness);
    if (request.q == "tief") return Problem{"page_too_deep", "So tief geht es nicht."};
    SearchAnswer answer;
    answer.revision = "aabbccdd00112233";
    answer.total = 1;
    answer.query.understood = request.q;
    Hit hit;
    hit.id = "doc-1";
    hit.title = "Treffer für " + request.q;
    hit.passages.push_back({"page", 2, {}, "", 0, {{request.q, true}}});
    answer.hits.push_back(hit);
    for (const Facet facet : request.facets) {
      FacetCounts counts;
      counts.facet = facet;
      counts.values = {{"verkehr", "Verkehr", 1, false, false}};
      answer.facets.push_back(counts);
    }
    return answer;
  }
  TrendAnswer trend(const TrendRequest& request) const override {
    TrendAnswer answer;
    answer.revision = "aabbccdd00112233";
    answer.periods = {{20200101, 20201231, 2, 3, 9}, {20210101, 20211231, 1, 1, 4}};
    answer.total = 3;
    if (request.by) {
      TrendSeries& series = answer.series.emplace_back();
      series.slug = "verkehr";
      series.label = "Verkehr";
      series.total = 3;
      series.counts = {2, 1};
    }
    return answer;
  }
  SuggestAnswer suggest(std::string_view q, std::size_t size) const override {
    SuggestAnswer answer;
    answer.revision = "aabbccdd00112233";
    for (std::size_t i = 0; i < size && i < 3; ++i) {
      answer.suggestions.push_back({"term", "Begriff", std::string(q) + std::to_string(i),
                                    std::string(q) + std::to_string(i), i, false, ""});
    }
    return answer;
  }
  std::optional<schema::Takedown> takedown(std::string_view id) const override {
    if (id != "entfernt") return std::nullopt;
    return schema::Takedown{"entfernt", "Urteil", "2026-11-22T10:00:00Z", ""};
  }
  std::optional<DocumentView> document(std::string_view id, std::string_view) const override {
    if (id != "doc-1") return std::nullopt;
    DocumentView view;
    view.document.id = "doc-1";
    view.document.title = "Ein Dokument";
    view.document.paged = true;
    view.document.pages = {{1, "Text."}};
    view.marks = {{{0, 4}}};
    view.has_original = true;
    return view;
  }
  std::vector<Hit> similar(std::string_view id, std::size_t size) const override {
    std::vector<Hit> hits;
    if (id != "doc-1") return hits;
    for (std::size_t i = 0; i < size && i < 3; ++i) {
      hits.emplace_back().id = "doc-" + std::to_string(i + 2);
      hits.back().title = "Ein ähnliches Dokument";
      hits.back().shared_words = {"Schiene", "Güterverkehr"};
    }
    return hits;
  }
  AskedAnswer asked(const AskedRequest& request) const override {
    last_asked = request;
    AskedAnswer answer;
    answer.revision = "aabbccdd00112233";
    answer.searched = 7;
    for (const AskedText& text : request.questions) {
      AskedMatch match;
      match.hit.id = "doc-1";
      match.hit.title = "Frühere Anfrage";
      PassageHit place{"question", 2, {"4"}, "", 0, {}};
      place.question = {{"Nahe an ", false}, {text.text, true}};
      place.answer = {{"Die Antwort von damals.", false}};
      match.hit.passages.push_back(place);
      match.answered = true;
      match.likeness = 0.5;
      answer.questions.push_back({text, {match}});
    }
    return answer;
  }
  std::optional<Original> original(std::string_view id) const override {
    if (id != "doc-1" || original_file.empty()) return std::nullopt;
    return Original{original_file, original_type, "0123abcd",
                    std::filesystem::file_size(original_file)};
  }
  std::vector<Hit> by_number(std::string_view body, std::string_view number) const override {
    std::vector<Hit> papers;
    if (number == "19/1" || number == "19/2") papers.emplace_back().id = "doc-1";
    if (number == "19/2" && body.empty()) papers.emplace_back().id = "doc-2";
    return papers;
  }
  std::vector<std::optional<Hit>> describe(const std::vector<std::string>& ids) const override {
    std::vector<std::optional<Hit>> out;
    for (const std::string& id : ids) {
      if (out.emplace_back(); id == "doc-1") {
        out.back().emplace().id = id;
        out.back()->title = "Ein Dokument";
      }
    }
    return out;
  }
  std::vector<ListedDocument> listed(std::uint64_t first, std::uint64_t count) const override {
    std::vector<ListedDocument> out;
    for (std::uint64_t i = first; i < 7 && i - first < count; ++i) {
      out.push_back({"doc-" + std::to_string(i + 1), "2024-01-02T03:04:05Z"});
    }
    return out;
  }
  IndexState state() const override {
    IndexState state;
    state.revision = "aabbccdd00112233";
    state.documents = 7;
    return state;
  }

  mutable AskedRequest last_asked;
  mutable std::atomic<int> searches{0};
  std::chrono::milliseconds slowness{300};
  std::filesystem::path original_file;
  std::string original_type = "application/pdf";
};

}  // namespace fundstelle::test
