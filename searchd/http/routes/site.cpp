// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is not about documents: help, health, assets.
#include "http/routes/routes.h"
#include "present/files/json.h"

namespace fundstelle::http {

present::Collection collection_of(const IndexState& state) {
  return {state.documents, state.bodies, state.oldest_date, state.newest_date, state.indexed};
}

Response Service::Routes::help() const {
  return page_response(service.pages_.help(collection_of(service.backend_.state())));
}

Response Service::Routes::healthz() const { return json_response(R"({"status":"ok"})"); }

Response Service::Routes::readyz() const {
  const IndexState state = service.backend_.state();
  present::Readiness readiness{!service.draining_, state.revision,    state.fingerprint,
                               state.indexed,      state.oldest_date, state.newest_date,
                               state.documents,    state.passages,    state.bodies};
  Response response = json_response(present::readiness_json(readiness));
  if (!readiness.ready) response.status = 503;
  return response;
}

Response Service::Routes::asset() const {
  const std::string name = arguments.size() == 1 ? arguments[0] : arguments[0] + "/" + arguments[1];
  const Asset* asset = service.assets_.find(name);
  if (asset == nullptr) throw Refused{{"unknown_address", "Diese Datei gibt es nicht.", ""}};
  Response response;
  response.media_type = asset->media_type;
  response.headers.emplace_back("ETag", asset->etag);
  response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  response.headers.emplace_back("Vary", "Accept-Encoding");
  response.headers.emplace_back("Content-Security-Policy",
                                asset->runs_alone ? kWorkerPolicy : kDataPolicy);
  if (matches_etag(request.if_none_match, asset->etag)) {
    response.status = 304;
  } else if (asset->brotli && accepts(request.accept_encoding, "br")) {
    response.body = asset->brotli;
    response.headers.emplace_back("Content-Encoding", "br");
  } else if (asset->gzip && accepts(request.accept_encoding, "gzip")) {
    response.body = asset->gzip;
    response.headers.emplace_back("Content-Encoding", "gzip");
  } else {
    response.body = asset->plain;
  }
  return response;
}

}  // namespace fundstelle::http
