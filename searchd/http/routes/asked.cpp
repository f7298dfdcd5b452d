// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is near: documents like a document.
#include "http/routes/routes.h"
#include "present/json.h"

namespace fundstelle::http {
namespace {

constexpr std::uint32_t kMaxSimilar = 50;

}  // namespace

Response Service::Routes::api_similar() const {
  const std::string& id = document_id();
  auto outcome = read_size(decoded(request), 10, kMaxSimilar);
  if (auto* bad = std::get_if<present::Problem>(&outcome)) throw Refused{*bad};
  const std::vector<Hit> hits = service.backend_.similar(id, std::get<std::uint32_t>(outcome));
  if (hits.empty() && !service.backend_.document(id, "")) {
    throw Refused{{"document_not_found",
                   "Ein Dokument mit der Kennung „" + id + "“ ist nicht im Index.", ""}};
  }
  return json_response(present::similar_json(id, hits, service.backend_.state().revision));
}

}  // namespace fundstelle::http
