// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/service.h"

#include <array>
#include <fstream>
#include <functional>
#include <vector>

#include "http/decode.h"
#include "http/parameters.h"
#include "present/address.h"
#include "present/json.h"
#include "schema/layout.h"

namespace fundstelle::http {
namespace {

using present::Problem;

constexpr std::uint64_t kBigAnswer = 1U << 20;
constexpr std::size_t kWorthPacking = 1400;  ///< bytes; one packet needs no compression
constexpr int kPackLevel = 5;
constexpr int kPackLevelBig = 1;  ///< minutes of a whole day: 830 KB take 20 ms instead of 70
constexpr std::size_t kBigText = 256U << 10;

// No inline style or script anywhere: what a document says can never become code.
constexpr const char* kPagePolicy =
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";
constexpr const char* kDataPolicy = "default-src 'none'; frame-ancestors 'none'";
// Browsers' own PDF viewers are pages too and break under default-src 'none'.
constexpr const char* kPdfPolicy = "frame-ancestors 'none'";
constexpr const char* kSandbox = "sandbox; default-src 'none'; frame-ancestors 'none'";

FailureLog failure_log = nullptr;

/// Thrown by handlers, caught by Service::answer.
struct Refused {
  Problem problem;
};

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

bool is_for_programs(std::string_view path) {
  return path.substr(0, 5) == "/api/" || path == "/healthz" || path == "/readyz";
}

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

Parameters decoded(const Request& request) {
  Parameters parameters;
  for (const auto& [raw_name, raw_value] : request.query) {
    const auto name = percent_decode(raw_name, Plus::kIsBlank);
    const auto value = percent_decode(raw_value, Plus::kIsBlank);
    if (!name || !value) {
      throw Refused{{"bad_encoding",
                     "Die Adresse enthält Zeichen, die nicht als UTF-8 mit %XX kodiert sind.",
                     name ? *name : ""}};
    }
    if (!name->empty()) parameters[*name] = *value;
  }
  return parameters;
}

std::string parameter(const Parameters& parameters, const std::string& name) {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string{} : found->second;
}

present::Collection collection_of(const IndexState& state) {
  return {state.documents, state.bodies, state.oldest_date, state.newest_date, state.indexed};
}

present::ShownDocument shown(DocumentView view, std::string q, std::string revision) {
  present::ShownDocument document;
  document.document = std::move(view.document);
  for (const std::vector<Mark>& page : view.marks) {
    std::vector<present::TextMark>& marks = document.marks.emplace_back();
    for (const Mark& mark : page) marks.push_back({mark.begin, mark.end});
  }
  for (const Mark& mark : view.title_marks) document.title_marks.push_back({mark.begin, mark.end});
  document.has_original = view.has_original;
  const auto copy = [](std::vector<DocumentView::Link>& from,
                       std::vector<present::DocumentLink>& to) {
    for (DocumentView::Link& link : from) {
      to.push_back({std::move(link.id), std::move(link.number), std::move(link.type_label),
                    std::move(link.body_label), std::move(link.title), std::move(link.date),
                    std::move(link.relation)});
    }
  };
  copy(view.cites, document.cites);
  copy(view.cited_by, document.cited_by);
  document.q = std::move(q);
  document.revision = std::move(revision);
  return document;
}

const std::vector<Facet> kPageFacets{Facet::kBody,  Facet::kType,     Facet::kTopic,
                                     Facet::kGroup, Facet::kMinistry, Facet::kLegislature};
const std::vector<Facet> kAllFacets{Facet::kBody,  Facet::kType,     Facet::kTopic,
                                    Facet::kGroup, Facet::kMinistry, Facet::kLegislature,
                                    Facet::kYear};

}  // namespace

void set_failure_log(FailureLog log) { failure_log = log; }

/// The handlers and the table that names them.
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
  };
  static const std::array<Route, 15> kTable;

  static const Route* find(std::string_view path, std::vector<std::string_view>* arguments) {
    const std::vector<std::string_view> parts = segments_of(path);
    for (const Route& route : kTable) {
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

  [[nodiscard]] bool for_programs() const { return is_for_programs(request.path); }

  [[nodiscard]] SearchAnswer search(const SearchRequest& wanted) const {
    auto outcome = service.backend_.search(wanted);
    if (auto* error = std::get_if<RequestError>(&outcome)) {
      throw Refused{{error->code, error->detail, ""}};
    }
    return std::get<SearchAnswer>(std::move(outcome));
  }

  [[nodiscard]] SearchRequest search_request(UnknownNames unknown,
                                             const std::vector<Facet>& facets) const {
    auto outcome = read_search(decoded(request), {unknown, facets});
    if (auto* bad = std::get_if<Problem>(&outcome)) throw Refused{*bad};
    return std::get<SearchRequest>(std::move(outcome));
  }

  [[nodiscard]] const std::string& document_id() const {
    const std::string& id = arguments.front();
    if (!is_document_id(id)) {
      throw Refused{{"document_not_found",
                     "„" + id.substr(0, 80) + "“ ist keine Kennung eines Dokuments.", ""}};
    }
    return id;
  }

  [[nodiscard]] present::ShownDocument document_view() const {
    const std::string& id = document_id();
    const std::string q = parameter(decoded(request), "q");
    std::optional<DocumentView> view = service.backend_.document(id, q);
    if (!view) {
      throw Refused{{"document_not_found",
                     "Ein Dokument mit der Kennung „" + id +
                         "“ ist nicht im Index. Vielleicht wurde es entfernt.",
                     ""}};
    }
    return shown(std::move(*view), q, service.backend_.state().revision);
  }

  /// A place among the few big answers, or 503. Null for small ones.
  [[nodiscard]] std::shared_ptr<void> place_for(std::uint64_t bytes) const {
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

  [[nodiscard]] Response start() const {
    SearchRequest overview;
    overview.facets = {Facet::kBody, Facet::kType, Facet::kTopic};
    overview.size = 1;
    overview.snippets = false;
    overview.histogram = false;
    return page_response(
        service.pages_.start(collection_of(service.backend_.state()), search(overview)));
  }

  [[nodiscard]] Response results() const {
    SearchRequest wanted = search_request(UnknownNames::kIgnore, kPageFacets);
    wanted.facets = kPageFacets;
    wanted.cursor.clear();  // pages are numbered; cursors belong to the API
    const SearchAnswer answer = search(wanted);
    std::vector<std::string> originals;
    for (const Hit& hit : answer.hits) {
      if (service.backend_.original(hit.id)) originals.push_back(hit.id);
    }
    return page_response(service.pages_.results(
        {wanted, answer, collection_of(service.backend_.state()), std::move(originals)}));
  }

  [[nodiscard]] Response api_search() const {
    const SearchRequest wanted = search_request(UnknownNames::kRefuse, kAllFacets);
    return json_response(present::search_json(wanted, search(wanted)));
  }

  [[nodiscard]] Response api_suggest() const {
    auto outcome = read_suggest(decoded(request));
    if (auto* bad = std::get_if<Problem>(&outcome)) throw Refused{*bad};
    const auto& wanted = std::get<SuggestParameters>(outcome);
    return json_response(
        present::suggest_json(wanted.q, service.backend_.suggest(wanted.q, wanted.size)));
  }

  [[nodiscard]] Response document() const {
    std::string html = service.pages_.document(document_view());
    std::shared_ptr<void> place = place_for(html.size());
    Response response = page_response(std::move(html));
    response.until_sent = std::move(place);
    return response;
  }

  [[nodiscard]] Response api_document() const {
    std::string json = present::document_json(document_view());
    std::shared_ptr<void> place = place_for(json.size());
    Response response = json_response(std::move(json));
    response.until_sent = std::move(place);
    return response;
  }

  [[nodiscard]] Response original() const {
    const std::string& id = document_id();
    const std::optional<Original> original = service.backend_.original(id);
    if (!original) {
      throw Refused{{"original_not_found",
                     "Zu „" + id +
                         "“ ist keine Originaldatei gespeichert; das Dokument kam vielleicht als "
                         "Datensatz oder ohne Originale in den Index.",
                     ""}};
    }
    const std::string etag = "\"" + original->sha256 + "\"";
    const bool pdf = original->media_type == "application/pdf";
    Response response;
    if (matches_etag(request.if_none_match, etag)) {
      response.status = 304;
    } else {
      response.until_sent = place_for(original->bytes);
      std::ifstream file(original->file, std::ios::binary);
      std::string bytes(original->bytes, '\0');
      if (!file || !file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
        throw Refused{{"original_not_found", "Die Originaldatei ist gerade nicht lesbar.", ""}};
      }
      response.body = std::make_shared<const std::string>(std::move(bytes));
    }
    response.media_type = media_type_to_send(original->media_type);
    response.headers.emplace_back("ETag", etag);
    response.headers.emplace_back("Cache-Control", "no-cache");
    // Foreign HTML must never run in our origin: it is handed over as a file.
    response.headers.emplace_back(
        "Content-Disposition", std::string(pdf ? "inline" : "attachment") + "; filename=\"" + id +
                                   extension_of(original->media_type) + "\"");
    response.headers.emplace_back("Content-Security-Policy", pdf ? kPdfPolicy : kSandbox);
    return response;
  }

  static std::string media_type_to_send(const std::string& type) {
    for (const char* known : {"application/pdf", "text/html", "text/plain", "text/markdown",
                              "application/xml", "text/xml", "application/json"}) {
      if (type == known) return type;
    }
    return "application/octet-stream";
  }

  static std::string extension_of(const std::string& type) {
    if (type == "application/pdf") return ".pdf";
    if (type == "text/html") return ".html";
    if (type == "text/plain") return ".txt";
    if (type == "text/markdown") return ".md";
    if (type == "application/json") return ".json";
    if (type.find("xml") != std::string::npos) return ".xml";
    return "";
  }

  [[nodiscard]] Response by_number() const {
    const bool with_body = arguments.size() == 3;
    const std::string body = with_body ? arguments[0] : "";
    const std::string number = arguments[with_body ? 1 : 0] + "/" + arguments[with_body ? 2 : 1];
    const std::vector<Hit> papers = service.backend_.by_number(body, number);
    if (papers.empty()) {
      throw Refused{{"number_not_found",
                     "Die Drucksache „" + number.substr(0, 60) +
                         "“ ist nicht im Index. Vielleicht nennt sie ein anderes Dokument: die "
                         "Suche nach der Nummer findet auch Erwähnungen.",
                     ""}};
    }
    if (papers.size() == 1) return redirect(present::document_address(papers.front().id));
    return page_response(service.pages_.choice(number, papers));
  }

  [[nodiscard]] Response help() const {
    return page_response(service.pages_.help(collection_of(service.backend_.state())));
  }

  [[nodiscard]] Response healthz() const { return json_response(R"({"status":"ok"})"); }

  [[nodiscard]] Response readyz() const {
    const IndexState state = service.backend_.state();
    present::Readiness readiness{!service.draining_, state.revision,    state.fingerprint,
                                 state.indexed,      state.oldest_date, state.newest_date,
                                 state.documents,    state.passages,    state.bodies};
    Response response = json_response(present::readiness_json(readiness));
    if (!readiness.ready) response.status = 503;
    return response;
  }

  [[nodiscard]] Response asset() const {
    const Asset* asset = service.assets_.find(arguments.front());
    if (asset == nullptr) throw Refused{{"unknown_address", "Diese Datei gibt es nicht.", ""}};
    Response response;
    response.media_type = asset->media_type;
    response.headers.emplace_back("ETag", asset->etag);
    response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
    response.headers.emplace_back("Vary", "Accept-Encoding");
    response.headers.emplace_back("Content-Security-Policy", kDataPolicy);
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

  [[nodiscard]] Response robots() const {
    return body_response("text/plain; charset=utf-8",
                         "User-agent: *\nDisallow: /api/\nDisallow: /suche\n", kDataPolicy);
  }

  [[nodiscard]] Response answer_with(const Route& route) const {
    if (!route.by_revision) return (this->*route.handler)();
    // The same address on the same index with the same templates gives the same answer, so a
    // revisit costs no search at all.
    const std::string etag =
        "W/\"" + service.backend_.state().revision + "-" + service.assets_.fingerprint() + "\"";
    Response response;
    if (matches_etag(request.if_none_match, etag)) {
      response.status = 304;
    } else {
      response = (this->*route.handler)();
    }
    response.headers.emplace_back("ETag", etag);
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
  }
};

// clang-format off
const std::array<Service::Routes::Route, 15> Service::Routes::kTable{{
    {"/",                                 &Routes::start,        false, true},
    {"/suche",                            &Routes::results,      false, true},
    {"/dokument/{}",                      &Routes::document,     false, true},
    {"/dokument/{}/original",             &Routes::original},
    {"/drucksache/{}/{}/{}",              &Routes::by_number,    false, true},
    {"/drucksache/{}/{}",                 &Routes::by_number,    false, true},
    {"/hilfe",                            &Routes::help,         false, true},
    {"/api/v1/search",                    &Routes::api_search,   false, true},
    {"/api/v1/suggest",                   &Routes::api_suggest,  false, true},
    {"/api/v1/documents/{}",              &Routes::api_document, false, true},
    {"/api/v1/documents/{}/original",     &Routes::original},
    {"/healthz",                          &Routes::healthz,      true},
    {"/readyz",                           &Routes::readyz},
    {"/assets/{}",                        &Routes::asset,        true},
    {"/robots.txt",                       &Routes::robots,       true},
}};
// clang-format on

Service::Service(const Backend& backend, const present::Pages& pages, const Assets& assets,
                 ServiceLimits limits)
    : backend_(backend),
      pages_(pages),
      assets_(assets),
      limits_(limits),
      big_answers_(std::make_shared<std::atomic<int>>(0)) {}

Service::~Service() = default;

bool Service::is_immediate(const std::string& path) const noexcept {
  try {
    const Routes::Route* route = Routes::find(path, nullptr);
    return route != nullptr && route->immediate;
  } catch (...) {
    return false;
  }
}

namespace {

void pack_if_wanted(const Request& request, Response& response) {
  if (!response.body || response.body->size() < kWorthPacking) return;
  const std::string& type = response.media_type;
  const bool text = type.rfind("text/html", 0) == 0 || type.rfind("application/json", 0) == 0 ||
                    type.rfind("application/problem+json", 0) == 0;
  for (const auto& [name, value] : response.headers) {
    if (name == "Content-Encoding" || name == "Content-Disposition") return;
  }
  if (!text) return;
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (!accepts(request.accept_encoding, "gzip")) return;
  std::string packed =
      gzip(*response.body, response.body->size() > kBigText ? kPackLevelBig : kPackLevel);
  if (packed.empty()) return;
  response.body = std::make_shared<const std::string>(std::move(packed));
  response.headers.emplace_back("Content-Encoding", "gzip");
}

}  // namespace

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
      response = page_response(pages_.problem(problem, back, q));
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
    if (status == 405) response.headers.emplace_back("Allow", "GET, HEAD");
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
    if (request.method == Method::kOther) {
      throw Refused{{"method_not_allowed", "Hier sind nur GET und HEAD möglich.", ""}};
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
