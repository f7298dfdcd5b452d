// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers of the API as JSON text. docs/api.md describes every field.
#pragma once

#include <string>
#include <vector>

#include "present/shown_document.h"
#include "query/answer.h"
#include "query/asked.h"
#include "query/request.h"
#include "query/suggestions.h"
#include "query/trend.h"

namespace fundstelle::present {

/// The answer of GET /api/v1/search. Invalid UTF-8 becomes U+FFFD.
[[nodiscard]] std::string search_json(const SearchRequest& request, const SearchAnswer& answer);

/// The answer of GET /api/v1/suggest.
[[nodiscard]] std::string suggest_json(const std::string& q, const SuggestAnswer& answer);

/// The answer of GET /api/v1/documents/ID: `document` (the interchange record), marks, links.
[[nodiscard]] std::string document_json(const ShownDocument& shown);
/// The hits alone, with the letters around them: for finding them again in another rendering of the
/// same pages, as pdf.js makes one.
[[nodiscard]] std::string document_marks_json(const ShownDocument& shown);

/// The answer of GET /api/v1/documents/ID/similar.
[[nodiscard]] std::string similar_json(const std::string& id, const std::vector<Hit>& hits,
                                       const std::string& revision);

/// The answer of GET /api/v1/trend.
[[nodiscard]] std::string trend_json(const TrendRequest& request, const TrendAnswer& answer);

/// The answer of /api/v1/asked.
[[nodiscard]] std::string asked_json(const AskedRequest& request, const AskedAnswer& answer);

/// An answer as above that leaves out parts of the collection: German, one line a part. As it was if
/// there are none.
[[nodiscard]] std::string with_incomplete(std::string json, const std::vector<std::string>& parts);

/// What /readyz tells of the index.
struct Readiness {
  bool ready = false;
  std::string revision, fingerprint, indexed, oldest_date, newest_date;
  std::uint64_t documents = 0, passages = 0, bodies = 0;
};
[[nodiscard]] std::string readiness_json(const Readiness& readiness);

}  // namespace fundstelle::present
