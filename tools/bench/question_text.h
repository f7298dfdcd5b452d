// SPDX-License-Identifier: GPL-3.0-or-later
//
// A question as somebody would type it into our search field, and as the request that makes.
#pragma once

#include <string>

#include "engine.h"
#include "identity/identity.h"
#include "query/request.h"

namespace fundstelle::bench {

inline std::string question_text(const Question& question) {
  const std::string joint = question.kind == "or3" ? " ODER " : " ";
  std::string text;
  for (const std::string& word : question.words) text += (text.empty() ? "" : joint) + word;
  return question.kind == "phrase2" ? '"' + text + '"' : text;
}

/// Slug of a parliament as the records print it.
inline std::string body_slug(const std::string& printed) {
  return resolve_slug(Axis::kBody, printed);
}

inline SearchRequest request_of(const Question& question, bool facets) {
  SearchRequest request;
  request.q = question_text(question);
  request.from = question.from;
  request.to = question.to;
  if (!question.body.empty()) {
    request.filters.push_back({Facet::kBody, {body_slug(question.body)}, {}});
  }
  request.size = kHits;
  if (facets) request.facets = {Facet::kType, Facet::kBody, Facet::kYear, Facet::kTopic};
  return request;
}

}  // namespace fundstelle::bench
