// SPDX-License-Identifier: GPL-3.0-or-later
//
// The answers behind the addresses: one member a route. service.cpp holds the table that names
// them.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "http/respond.h"
#include "http/service.h"
#include "present/collected.h"
#include "present/files/export.h"
#include "present/files/feed.h"

namespace fundstelle::http {

/// One request on its way to an answer. Every member may throw Refused.
struct Service::Routes {
  const Service& service;
  const Request& request;
  std::vector<std::string> arguments;  ///< decoded parts of the path that stood for {}

  using Handler = Response (Routes::*)() const;
  struct Route {
    std::string_view pattern;  ///< {} stands for one part
    Handler handler;
    bool immediate = false;    ///< answered from memory, see Service::is_immediate
    bool by_revision = false;  ///< same index, same address: same answer
    bool posts = false;        ///< POST is answered too (needs by_revision false)
    bool gets = true;          ///< GET and HEAD are answered
  };

  struct Table;  ///< in service.cpp
  /// The route of a path, null if there is none; `arguments` get what stood for {}.
  static const Route* find(std::string_view path, std::vector<std::string_view>* arguments);
  [[nodiscard]] Response answer_with(const Route& route) const;

  // routes/search.cpp
  [[nodiscard]] SearchAnswer search(const SearchRequest& wanted) const;
  [[nodiscard]] SearchRequest search_request(UnknownNames unknown,
                                             const std::vector<Facet>& facets) const;
  [[nodiscard]] Response start() const;
  [[nodiscard]] Response results() const;
  [[nodiscard]] Response values() const;
  [[nodiscard]] Response api_search() const;
  [[nodiscard]] Response api_suggest() const;

  // routes/batch.cpp: many searches at once
  class Batch;
  [[nodiscard]] Response api_batch() const;

  // routes/openapi.cpp
  [[nodiscard]] Response api_openapi() const;

  // routes/trend.cpp: hits over time
  struct TrendAsked;
  [[nodiscard]] TrendAsked trend_asked(UnknownNames unknown) const;
  [[nodiscard]] Response trend() const;
  [[nodiscard]] Response trend_picture() const;
  [[nodiscard]] Response trend_table() const;
  [[nodiscard]] Response api_trend() const;

  // routes/documents.cpp
  [[nodiscard]] const std::string& document_id() const;
  [[nodiscard]] present::ShownDocument document_view() const;
  [[nodiscard]] Response document() const;
  [[nodiscard]] Response api_document() const;
  [[nodiscard]] Response api_marks() const;
  [[nodiscard]] Response document_bibtex() const;
  [[nodiscard]] Response document_ris() const;
  [[nodiscard]] Response original() const;
  [[nodiscard]] Response by_number() const;

  // routes/asked.cpp: what is near to a document or a draft
  [[nodiscard]] Response api_similar() const;
  /// The questions of what was posted, or of `q`. `text`: the draft as given; may be null.
  [[nodiscard]] AskedRequest asked_request(UnknownNames unknown, std::string* text) const;
  [[nodiscard]] Response api_asked() const;
  [[nodiscard]] Response asked() const;

  // routes/site.cpp: what is not about documents
  [[nodiscard]] Response help() const;
  [[nodiscard]] Response healthz() const;
  [[nodiscard]] Response readyz() const;
  [[nodiscard]] Response asset() const;

  // routes/taking.cpp: files, feeds, collections; what browsers and robots ask for
  /// Put before our addresses where they must be absolute: as configured, else of a sound Host
  /// header, else empty.
  [[nodiscard]] std::string base() const;
  enum class Texts { kNone, kPlaces, kAll };  ///< of no piece; of questions and pages; of all
  [[nodiscard]] std::vector<present::CollectedEntry> collected(
      const std::vector<present::Collected>& pieces, Texts texts) const;
  [[nodiscard]] Response api_export() const;
  [[nodiscard]] Response export_collection(const present::ExportKind& kind,
                                           const std::vector<present::Collected>& pieces,
                                           bool bom) const;
  [[nodiscard]] Response export_search(const present::ExportKind& kind, SearchRequest wanted,
                                       bool bom) const;
  [[nodiscard]] SearchRequest feed_request() const;
  [[nodiscard]] present::Feed feed_of(const SearchRequest& wanted,
                                      const SearchAnswer& answer) const;
  [[nodiscard]] Response feed_atom() const;
  [[nodiscard]] Response feed_json() const;
  [[nodiscard]] Response folder() const;
  [[nodiscard]] Response dossier() const;
  [[nodiscard]] Response opensearch() const;
  [[nodiscard]] Response opensearch_suggest() const;
  [[nodiscard]] Response sitemap_index() const;
  [[nodiscard]] Response sitemap() const;
  [[nodiscard]] Response robots() const;
  [[nodiscard]] Response site_text() const;

  /// A place among the few big answers, or 503. Null for small ones.
  [[nodiscard]] std::shared_ptr<void> place_for(std::uint64_t bytes) const;
};

/// The OpenAPI description as it is served.
[[nodiscard]] std::string openapi_of(const present::Pages& pages, const ServiceLimits& limits);

/// What pages tell of the collection.
[[nodiscard]] present::Collection collection_of(const IndexState& state);

}  // namespace fundstelle::http
