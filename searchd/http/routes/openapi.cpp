// SPDX-License-Identifier: GPL-3.0-or-later
//
// The description of the API, as programs read it.
#include "present/files/openapi.h"

#include "http/routes/batch.h"
#include "http/routes/routes.h"

namespace fundstelle::http {

std::string openapi_of(const present::Pages& pages, const ServiceLimits& limits) {
  present::OpenApiFacts facts;
  facts.texts["version"] = FUNDSTELLE_VERSION;
  const std::string& url = pages.site().public_url;
  facts.texts["server"] = url.empty() ? "/" : url;
  facts.numbers = {{"answer_mib", limits.answer_bytes >> 20},
                   {"request_kib", limits.request_bytes >> 10},
                   {"batches", static_cast<std::uint64_t>(limits.batches)},
                   {"batch_lines", kMostBatchLines},
                   {"batch_line_kib", kMostBatchLineBytes >> 10},
                   {"batch_hits", kBatchHits},
                   {"batch_most_hits", kMostBatchHits},
                   {"batch_seconds", kBatchPatience.count()}};
  return present::openapi_json(pages.openapi_source(), facts);
}

Response Service::Routes::api_openapi() const {
  Response response;
  response.media_type = "application/json";
  response.body = service.openapi_;
  response.headers.emplace_back("Content-Security-Policy", kDataPolicy);
  // Tools in a browser read it from elsewhere; there is nothing in it to protect.
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
  return response;
}

}  // namespace fundstelle::http
