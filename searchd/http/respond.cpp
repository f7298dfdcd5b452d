// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/respond.h"

#include "http/assets.h"
#include "http/decode.h"

namespace fundstelle::http {
namespace {

constexpr std::size_t kWorthPacking = 1400;  ///< bytes; one packet needs no compression
constexpr int kPackLevel = 5;
constexpr int kPackLevelBig = 1;  ///< minutes of a whole day: 830 KB take 20 ms instead of 70
constexpr std::size_t kBigText = 256U << 10;

}  // namespace

bool matches_etag(std::string_view if_none_match, std::string_view etag) {
  // Weak comparison (RFC 9110, 8.8.3.2): "W/" does not count.
  if (if_none_match == "*") return true;
  if (etag.substr(0, 2) == "W/") etag.remove_prefix(2);
  return !if_none_match.empty() && if_none_match.find(etag) != std::string_view::npos;
}

Response body_response(std::string media_type, std::string body, const char* policy) {
  Response response;
  response.media_type = std::move(media_type);
  response.body = std::make_shared<const std::string>(std::move(body));
  response.headers.emplace_back("Content-Security-Policy", policy);
  return response;
}

Response page_response(std::string html) {
  return body_response("text/html; charset=utf-8", std::move(html), kPagePolicy);
}

Response json_response(std::string json) {
  return body_response("application/json", std::move(json), kDataPolicy);
}

Response redirect(const std::string& address) {
  Response response = body_response("text/plain; charset=utf-8", "", kDataPolicy);
  response.status = 302;
  response.headers.emplace_back("Location", address);
  return response;
}

void pack_if_wanted(const Request& request, Response& response) {
  if (!response.body || response.body->size() < kWorthPacking) return;
  const std::string& type = response.media_type;
  const bool text = type.rfind("text/html", 0) == 0 || type.rfind("application/json", 0) == 0 ||
                    type.rfind("application/problem+json", 0) == 0 ||
                    type.find("xml") != std::string::npos ||
                    type.rfind("application/feed+json", 0) == 0;
  const bool exported = type.rfind("text/csv", 0) == 0 || type == "application/x-ndjson" ||
                        type.rfind("application/x-bibtex", 0) == 0 ||
                        type.rfind("application/x-research-info-systems", 0) == 0;
  for (const auto& [name, value] : response.headers) {
    if (name == "Content-Encoding") return;
    // Originals are sent byte by byte as they were indexed.
    if (name == "Content-Disposition" && !exported) return;
  }
  if (!text && !exported) return;
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (!accepts(request.accept_encoding, "gzip")) return;
  std::string packed =
      gzip(*response.body, response.body->size() > kBigText ? kPackLevelBig : kPackLevel);
  if (packed.empty()) return;
  response.body = std::make_shared<const std::string>(std::move(packed));
  response.headers.emplace_back("Content-Encoding", "gzip");
}

namespace {

Parameters decoded(const Request& request, Lines lines) {
  Parameters parameters;
  for (const auto& [raw_name, raw_value] : request.query) {
    const auto name = percent_decode(raw_name, Plus::kIsBlank);
    const auto value = percent_decode(raw_value, Plus::kIsBlank, lines);
    if (!name || !value) {
      throw Refused{{"bad_encoding",
                     "Die Adresse enthält Zeichen, die nicht als UTF-8 mit %XX kodiert sind.",
                     name ? *name : ""}};
    }
    if (!name->empty()) parameters[*name] = *value;
  }
  return parameters;
}

}  // namespace

Parameters decoded(const Request& request) { return decoded(request, Lines::kAreBlanks); }

Parameters form_of(const Request& request, Lines lines) {
  if (request.method != Method::kPost) return decoded(request, lines);
  constexpr std::string_view kForm = "application/x-www-form-urlencoded";
  if (std::string_view(request.content_type).substr(0, kForm.size()) != kForm) {
    throw Refused{
        {"bad_request", "Erwartet werden Formulardaten (application/x-www-form-urlencoded).", ""}};
  }
  Request posted;
  std::string_view rest = request.body;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view pair = rest.substr(0, end);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    posted.query.emplace_back(pair.substr(0, equals),
                              pair.substr(std::min(equals + 1, pair.size())));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return decoded(posted, lines);
}

std::string parameter(const Parameters& parameters, const std::string& name) {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string{} : found->second;
}

std::string take(Parameters& parameters, const std::string& name) {
  const auto found = parameters.find(name);
  if (found == parameters.end()) return {};
  std::string value = std::move(found->second);
  parameters.erase(found);
  return value;
}

}  // namespace fundstelle::http
