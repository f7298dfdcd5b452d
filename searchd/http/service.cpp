// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/service.h"

#include <vector>

#include "http/decode.h"
#include "http/respond.h"
#include "http/routes/routes.h"
#include "present/address.h"
#include "present/files/json.h"
#include "query/parameters.h"
#include "schema/layout.h"

namespace fundstelle::http {
namespace {

constexpr std::uint64_t kBigAnswer = 1U << 20;

FailureLog failure_log = nullptr;

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  if (path.empty() || path.front() != '/') return segments;
  path.remove_prefix(1);
  // No address here has more than six parts; a path of 16,000 slashes ends as one odd seventh.
  while (segments.size() < 7) {
    const std::size_t slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
    if (segments.size() == 6) {
      segments.push_back(path);
      break;
    }
  }
  return segments;
}

/// "/kleine-anfragen/Radverkehr_Unfall.pdf" gives "kleine anfragen Radverkehr Unfall": what
/// somebody may have looked for at an address we do not have.
std::string words_of_address(std::string_view path) {
  const auto decoded = percent_decode(path, Plus::kIsBlank);
  if (!decoded || decoded->size() > 200) return {};
  std::string words;
  std::size_t letters = 0;
  for (const std::string_view ending : {".html", ".htm", ".pdf", ".php", ".aspx"}) {
    if (decoded->size() > ending.size() && decoded->ends_with(ending)) {
      words = decoded->substr(0, decoded->size() - ending.size());
      break;
    }
  }
  if (words.empty()) words = *decoded;
  std::string out;
  for (const char c : words) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || byte >= 0x80;
    const bool digit = c >= '0' && c <= '9';
    letters += letter ? 1 : 0;
    if (letter || digit) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return letters >= 3 ? out : std::string{};
}

bool is_for_programs(std::string_view path) {
  return path.substr(0, 5) == "/api/" || path.substr(0, 6) == "/feed." || path == "/healthz" ||
         path == "/readyz";
}

}  // namespace

void set_failure_log(FailureLog log) { failure_log = log; }

/// Which address is answered by what.
struct Service::Routes::Table {
  static const std::vector<Route> kRoutes;
};

// clang-format off
const std::vector<Service::Routes::Route> Service::Routes::Table::kRoutes{
    {"/",                                 &Service::Routes::start,        false, true},
    {"/suche",                            &Service::Routes::results,      false, true},
    {"/filter",                           &Service::Routes::values,       false, true},
    {"/verlauf",                          &Service::Routes::trend,        false, true},
    {"/verlauf.svg",                      &Service::Routes::trend_picture, false, true},
    {"/verlauf.csv",                      &Service::Routes::trend_table,  false, true},
    {"/dokument/{}",                      &Service::Routes::document,     false, true},
    {"/dokument/{}/zitat.bib",            &Service::Routes::document_bibtex, false, true},
    {"/dokument/{}/zitat.ris",            &Service::Routes::document_ris, false, true},
    {"/dokument/{}/original",             &Service::Routes::original},
    {"/drucksache/{}/{}/{}",              &Service::Routes::by_number,    false, true},
    {"/drucksache/{}/{}",                 &Service::Routes::by_number,    false, true},
    {"/hilfe",                            &Service::Routes::help,         false, true},
    {"/api/v1/search",                    &Service::Routes::api_search,   false, true},
    {"/api/v1/batch",                     &Service::Routes::api_batch,    false, false, true, false},
    {"/api/v1/trend",                     &Service::Routes::api_trend,    false, true},
    {"/api/v1/suggest",                   &Service::Routes::api_suggest,  false, true},
    {"/api/v1/documents/{}",              &Service::Routes::api_document, false, true},
    {"/api/v1/documents/{}/marks",        &Service::Routes::api_marks,    false, true},
    {"/schon-gefragt",                    &Service::Routes::asked,        false, false, true},
    {"/api/v1/asked",                     &Service::Routes::api_asked,    false, false, true},
    {"/api/v1/documents/{}/similar",      &Service::Routes::api_similar,  false, true},
    {"/api/v1/documents/{}/original",     &Service::Routes::original},
    {"/api/v1/export",                    &Service::Routes::api_export},
    {"/api/v1/openapi.json",              &Service::Routes::api_openapi,  false, true},
    {"/feed.atom",                        &Service::Routes::feed_atom,    false, true},
    {"/feed.json",                        &Service::Routes::feed_json,    false, true},
    {"/mappe",                            &Service::Routes::folder,       false, true},
    {"/dossier",                          &Service::Routes::dossier,      false, true},
    {"/opensearch.xml",                   &Service::Routes::opensearch,   false, true},
    {"/opensearch/vorschlag",             &Service::Routes::opensearch_suggest, false, true},
    {"/sitemap.xml",                      &Service::Routes::sitemap_index, false, true},
    {"/sitemap/{}",                       &Service::Routes::sitemap,      false, true},
    {"/impressum",                        &Service::Routes::site_text,    false, true},
    {"/datenschutz",                      &Service::Routes::site_text,    false, true},
    {"/barrierefreiheit",                 &Service::Routes::site_text,    false, true},
    {"/healthz",                          &Service::Routes::healthz,      true},
    {"/readyz",                           &Service::Routes::readyz,       true},
    {"/assets/{}",                        &Service::Routes::asset,        true},
    {"/assets/{}/{}",                     &Service::Routes::asset,        true},
    {"/robots.txt",                       &Service::Routes::robots,       true},
};
// clang-format on

const Service::Routes::Route* Service::Routes::find(std::string_view path,
                                                    std::vector<std::string_view>* arguments) {
  const std::vector<std::string_view> parts = segments_of(path);
  for (const Route& route : Table::kRoutes) {
    const std::vector<std::string_view> wanted = segments_of(route.pattern);
    if (wanted.size() != parts.size()) continue;
    bool fits = true;
    for (std::size_t i = 0; i < parts.size() && fits; ++i) {
      fits = wanted[i] == "{}" ? !parts[i].empty() : wanted[i] == parts[i];
    }
    if (!fits) continue;
    if (arguments != nullptr) {
      for (std::size_t i = 0; i < parts.size(); ++i) {
        if (wanted[i] == "{}") arguments->push_back(parts[i]);
      }
    }
    return &route;
  }
  return nullptr;
}

std::vector<Service::Address> Service::addresses() {
  std::vector<Address> out;
  for (const Routes::Route& route : Routes::Table::kRoutes) {
    out.push_back({route.pattern, route.gets, route.posts});
  }
  return out;
}

std::shared_ptr<void> Service::Routes::place_for(std::uint64_t bytes) const {
  if (bytes > service.limits_.answer_bytes) {
    throw Refused{{"answer_too_large",
                   "Die Antwort ist größer als dieser Dienst auf einmal gibt (" +
                       std::to_string(service.limits_.answer_bytes >> 20) + " MB).",
                   ""}};
  }
  if (bytes < kBigAnswer) return nullptr;
  std::shared_ptr<std::atomic<int>> counter = service.big_answers_;
  if (counter->fetch_add(1) >= service.limits_.big_answers) {
    counter->fetch_sub(1);
    throw Refused{{"overloaded",
                   "Gerade werden schon große Dateien gesendet. Bitte gleich noch einmal.", ""}};
  }
  return std::shared_ptr<void>(nullptr, [counter](void*) { counter->fetch_sub(1); });
}

Response Service::Routes::answer_with(const Route& route) const {
  if (!route.by_revision) return (this->*route.handler)();
  // The same address on the same index with the same templates gives the same answer, so a
  // revisit costs no search at all.
  const auto mark = [this] {
    return "W/\"" + service.backend_.state().revision + "-" + service.assets_.fingerprint() +
           service.site_mark_ + "\"";
  };
  const std::string etag = mark();
  Response response;
  if (matches_etag(request.if_none_match, etag)) {
    response.status = 304;
  } else {
    response = (this->*route.handler)();
    // The index changed, or a shard fell silent, while it was made: nobody may keep that.
    if (mark() != etag) {
      response.headers.emplace_back("Cache-Control", "no-store");
      return response;
    }
  }
  response.headers.emplace_back("ETag", etag);
  response.headers.emplace_back("Cache-Control", "no-cache");
  return response;
}
Service::Service(const Backend& backend, const present::Pages& pages, const Assets& assets,
                 ServiceLimits limits)
    : backend_(backend),
      pages_(pages),
      assets_(assets),
      limits_(limits),
      big_answers_(std::make_shared<std::atomic<int>>(0)),
      batches_(std::make_shared<std::atomic<int>>(0)) {
  openapi_ = std::make_shared<const std::string>(openapi_of(pages, limits));
  // Pages change with the configuration too (FNV-1a, 32 bits).
  const present::Site& site = pages.site();
  std::uint32_t hash = 0x811C9DC5U;
  const auto mix = [&hash](const std::string& text) {
    for (const char c : text + '\x1F') {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
    }
  };
  mix(site.name);
  mix(site.public_url);
  for (const present::SiteText& text : site.texts) mix(text.path + text.title + text.html);
  site_mark_ = "-" + std::to_string(hash);
}

Service::~Service() = default;

bool Service::is_immediate(const std::string& path) const noexcept {
  try {
    const Routes::Route* route = Routes::find(path, nullptr);
    return route != nullptr && route->immediate;
  } catch (...) {
    return false;
  }
}

std::string_view Service::route_name(const std::string& path) const noexcept {
  try {
    const Routes::Route* route = Routes::find(path, nullptr);
    return route != nullptr ? route->pattern : "unknown";
  } catch (...) {
    return "unknown";
  }
}

Response Service::problem(const Request& request, const Problem& problem) const noexcept {
  const int status = present::problem_kind(problem.code).status;
  Response response;
  try {
    if (is_for_programs(request.path)) {
      response =
          body_response("application/problem+json", present::problem_json(problem), kDataPolicy);
    } else {
      // A wrong parameter is left out of the address the page offers to go on with.
      std::string back, q;
      if (status == 400 && request.path == "/suche" && !problem.parameter.empty()) {
        Parameters rest;
        for (const auto& [name, value] : request.query) {
          const auto known_name = percent_decode(name, Plus::kIsBlank);
          const auto known_value = percent_decode(value, Plus::kIsBlank);
          if (known_name && known_value && *known_name != problem.parameter) {
            rest[*known_name] = *known_value;
          }
        }
        q = parameter(rest, "q");
        auto corrected = read_search(rest, {UnknownNames::kIgnore, {}});
        if (auto* usable = std::get_if<SearchRequest>(&corrected)) {
          back = present::search_address(*usable);
        }
      }
      std::string words;
      if (problem.code == "unknown_address" && Routes::find(request.path, nullptr) == nullptr) {
        words = words_of_address(request.path);
      }
      response = page_response(pages_.problem(problem, back, q, words));
    }
  } catch (...) {
    // Not even the error page works: say it plainly.
    response = Response{};
    response.media_type = "text/plain; charset=utf-8";
    try {
      response.body = std::make_shared<const std::string>("Interner Fehler.\n");
    } catch (...) {
    }
  }
  response.status = status;
  try {
    response.headers.emplace_back("Cache-Control", "no-store");
    if (status == 503) response.headers.emplace_back("Retry-After", "2");
    if (status == 405) {
      const Routes::Route* route = Routes::find(request.path, nullptr);
      response.headers.emplace_back("Allow", route == nullptr || !route->posts ? "GET, HEAD"
                                             : route->gets                     ? "GET, HEAD, POST"
                                                                               : "POST");
    }
  } catch (...) {
  }
  return response;
}

Response Service::answer(const Request& request) const noexcept {
  try {
    std::vector<std::string_view> raw_arguments;
    const Routes::Route* route = Routes::find(request.path, &raw_arguments);
    if (route == nullptr) {
      throw Refused{{"unknown_address", "Unter dieser Adresse liegt nichts.", ""}};
    }
    const bool posted = request.method == Method::kPost;
    if (request.method == Method::kOther || (posted && !route->posts)) {
      throw Refused{{"method_not_allowed",
                     route->posts ? "Hier sind nur GET, HEAD und POST möglich."
                                  : "Hier sind nur GET und HEAD möglich.",
                     ""}};
    }
    if (!posted && !route->gets) {
      throw Refused{{"method_not_allowed", "Hier ist nur POST möglich.", ""}};
    }
    Routes routes{*this, request, {}};
    for (const std::string_view raw : raw_arguments) {
      const auto argument = percent_decode(raw, Plus::kIsPlus);
      if (!argument) {
        throw Refused{{"bad_encoding",
                       "Die Adresse enthält Zeichen, die nicht als UTF-8 mit %XX kodiert sind.",
                       ""}};
      }
      routes.arguments.push_back(*argument);
    }
    Response response = routes.answer_with(*route);
    pack_if_wanted(request, response);
    return response;
  } catch (const Refused& refused) {
    return problem(request, refused.problem);
  } catch (const ProblemError& error) {
    return problem(request, error.problem);
  } catch (const schema::IndexError& error) {
    if (failure_log != nullptr) failure_log(error.what());
    return problem(request, {"index_unavailable",
                             "Der Index wird vielleicht gerade erneuert. Bitte gleich noch einmal "
                             "versuchen.",
                             ""});
  } catch (const std::exception& error) {
    // what() may hold paths or terms: it goes to the log, never to the client.
    try {
      if (failure_log != nullptr) failure_log(error.what());
    } catch (...) {
    }
  } catch (...) {
    if (failure_log != nullptr) failure_log("unknown exception");
  }
  return problem(
      request,
      {"internal_error", "Die Anfrage ließ sich nicht beantworten. Der Fehler ist vermerkt.", ""});
}

}  // namespace fundstelle::http
