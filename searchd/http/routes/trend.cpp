// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hits over time: page, picture, table, data.
#include <charconv>
#include <variant>

#include "http/routes/routes.h"
#include "present/files/json.h"
#include "present/pages/trend.h"

namespace fundstelle::http {
namespace {

using present::TrendMeasure;

/// Rows a picture can tell apart, and rows an answer gives at most.
constexpr std::uint32_t kMostRows = 7, kMostRowsForPrograms = 100;

[[noreturn]] void refuse(const std::string& name, const std::string& allowed) {
  throw Refused{{"bad_parameter", "Der Parameter „" + name + "“ erlaubt: " + allowed + ".", name}};
}

Response file_response(const char* media_type, std::string body, const char* name) {
  Response response = body_response(media_type, std::move(body), kDataPolicy);
  response.headers.emplace_back("Content-Disposition",
                                std::string("attachment; filename=\"") + name + "\"");
  return response;
}

}  // namespace

struct Service::Routes::TrendAsked {
  TrendRequest request;
  TrendMeasure measure = TrendMeasure::kCount;
  TrendAnswer answer;
  SearchAnswer labels;
  std::vector<std::string> incomplete;

  [[nodiscard]] present::TrendView view() const {
    return {request, answer, labels, measure, incomplete};
  }
};

Service::Routes::TrendAsked Service::Routes::trend_asked(UnknownNames unknown) const {
  TrendAsked out;
  Parameters parameters = decoded(request);
  const std::string step = take(parameters, "step"), by = take(parameters, "by"),
                    top = take(parameters, "top"), measure = take(parameters, "measure");
  if (!step.empty()) {
    const auto read = trend_step_of(step);
    if (!read) refuse("step", "auto, year, quarter, month");
    out.request.step = *read;
  }
  if (!by.empty()) {
    out.request.by = facet_of(by);
    if (!out.request.by) {
      refuse("by", "body, type, topic, group, ministry, legislature, year");
    }
  }
  if (!top.empty()) {
    const std::uint32_t most = unknown == UnknownNames::kRefuse ? kMostRowsForPrograms : kMostRows;
    const char* const last = top.data() + top.size();
    const auto [end, error] = std::from_chars(top.data(), last, out.request.top);
    if (error != std::errc{} || end != last || out.request.top < 1 || out.request.top > most) {
      refuse("top", "1 bis " + std::to_string(most));
    }
  }
  if (!measure.empty()) {
    if (measure == "share") {
      out.measure = TrendMeasure::kShare;
    } else if (measure == "filtered") {
      out.measure = TrendMeasure::kShareFiltered;
    } else if (measure != "count") {
      refuse("measure", "count, share, filtered");
    }
  }
  auto outcome = read_search(parameters, {unknown, {}});
  if (auto* bad = std::get_if<Problem>(&outcome)) throw Refused{*bad};
  out.request.search = std::get<SearchRequest>(std::move(outcome));
  out.answer = service.backend_.trend(out.request);
  out.incomplete = service.backend_.left_out();
  // Names of the filters chosen: the engine lists them whether they have hits or not.
  if (unknown == UnknownNames::kIgnore && !out.request.search.filters.empty()) {
    SearchRequest named = out.request.search;
    for (const FacetFilter& filter : named.filters) named.facets.push_back(filter.facet);
    named.facet_values = 0;
    named.page = named.size = 1;
    named.cursor.clear();
    named.snippets = named.histogram = false;
    out.labels = search(named);
  }
  return out;
}

Response Service::Routes::trend() const {
  const TrendAsked asked = trend_asked(UnknownNames::kIgnore);
  return page_response(service.pages_.trend(asked.view()));
}

Response Service::Routes::trend_picture() const {
  const TrendAsked asked = trend_asked(UnknownNames::kIgnore);
  return file_response("image/svg+xml", service.pages_.trend_picture(asked.view()), "verlauf.svg");
}

Response Service::Routes::trend_table() const {
  const TrendAsked asked = trend_asked(UnknownNames::kIgnore);
  return file_response("text/csv; charset=utf-8", present::trend_csv(asked.view()), "verlauf.csv");
}

Response Service::Routes::api_trend() const {
  const TrendAsked asked = trend_asked(UnknownNames::kRefuse);
  return json_response(
      present::with_incomplete(present::trend_json(asked.request, asked.answer), asked.incomplete));
}

}  // namespace fundstelle::http
