// SPDX-License-Identifier: GPL-3.0-or-later
//
// Searches as pages and as data.
#include <mutex>
#include <variant>

#include "http/routes/examples.h"
#include "http/routes/routes.h"
#include "http/routes/ways_out.h"
#include "present/files/json.h"

namespace fundstelle::http {
namespace {

const std::vector<Facet> kPageFacets{Facet::kBody,  Facet::kType,     Facet::kTopic,
                                     Facet::kGroup, Facet::kMinistry, Facet::kLegislature};
const std::vector<Facet> kAllFacets{Facet::kBody,  Facet::kType,     Facet::kTopic,
                                    Facet::kGroup, Facet::kMinistry, Facet::kLegislature,
                                    Facet::kYear};

constexpr std::uint32_t kValuesOfAPage = 22, kAllValues = 100'000;

}  // namespace

SearchAnswer Service::Routes::search(const SearchRequest& wanted) const {
  auto outcome = service.backend_.search(wanted);
  if (auto* error = std::get_if<Problem>(&outcome)) {
    throw Refused{{error->code, error->detail, ""}};
  }
  return std::get<SearchAnswer>(std::move(outcome));
}

SearchRequest Service::Routes::search_request(UnknownNames unknown,
                                              const std::vector<Facet>& facets) const {
  auto outcome = read_search(decoded(request), {unknown, facets});
  if (auto* bad = std::get_if<Problem>(&outcome)) throw Refused{*bad};
  return std::get<SearchRequest>(std::move(outcome));
}

Response Service::Routes::start() const {
  SearchRequest wanted;
  wanted.facets = {Facet::kBody, Facet::kType, Facet::kTopic};
  wanted.facet_values = kAllValues;
  wanted.size = 1;
  wanted.snippets = wanted.histogram = false;
  const SearchAnswer overview = search(wanted);
  std::vector<present::Example> examples;
  {
    const std::lock_guard lock(service.examples_.mutex);
    if (service.examples_.revision == overview.revision) examples = service.examples_.list;
  }
  if (examples.empty()) {
    examples = examples_of(overview, [this](const SearchRequest& one) { return search(one); });
    const std::lock_guard lock(service.examples_.mutex);
    service.examples_.list = examples;
    service.examples_.revision = overview.revision;
  }
  return page_response(
      service.pages_.start(collection_of(service.backend_.state()), overview, examples));
}

Response Service::Routes::results() const {
  SearchRequest wanted = search_request(UnknownNames::kIgnore, kPageFacets);
  wanted.facets = kPageFacets;
  wanted.facet_values = kValuesOfAPage;
  wanted.cursor.clear();  // pages are numbered; cursors belong to the API
  const SearchAnswer answer = search(wanted);
  std::vector<std::string> originals;
  for (const Hit& hit : answer.hits) {
    if (service.backend_.original(hit.id)) originals.push_back(hit.id);
  }
  const auto ways =
      ways_out(wanted, answer, [this](const SearchRequest& one) { return search(one); });
  return page_response(service.pages_.results(
      {wanted, answer, collection_of(service.backend_.state()), std::move(originals), ways}));
}

Response Service::Routes::values() const {
  const Parameters parameters = decoded(request);
  const std::string name = parameter(parameters, "facet");
  const std::optional<Facet> facet = facet_of(name);
  if (!facet) {
    throw Refused{{"bad_parameter",
                   "Der Parameter „facet“ erlaubt: body, type, topic, group, ministry, "
                   "legislature, year.",
                   "facet"}};
  }
  SearchRequest wanted = search_request(UnknownNames::kIgnore, {});
  // The others are counted for the names of filters already chosen.
  wanted.facets = {*facet};
  for (const FacetFilter& filter : wanted.filters) {
    if (filter.facet != *facet) wanted.facets.push_back(filter.facet);
  }
  wanted.facet_values = kAllValues;
  wanted.cursor.clear();
  SearchRequest first = wanted;
  first.page = first.size = 1;
  first.snippets = first.histogram = false;
  return page_response(
      service.pages_.values(wanted, search(first), *facet, parameter(parameters, "suche")));
}

Response Service::Routes::api_search() const {
  const SearchRequest wanted = search_request(UnknownNames::kRefuse, kAllFacets);
  return json_response(present::search_json(wanted, search(wanted)));
}

Response Service::Routes::api_suggest() const {
  auto outcome = read_suggest(decoded(request));
  if (auto* bad = std::get_if<Problem>(&outcome)) throw Refused{*bad};
  const auto& wanted = std::get<SuggestParameters>(outcome);
  std::string json =
      present::suggest_json(wanted.q, service.backend_.suggest(wanted.q, wanted.size));
  return json_response(present::with_incomplete(std::move(json), service.backend_.left_out()));
}

}  // namespace fundstelle::http
