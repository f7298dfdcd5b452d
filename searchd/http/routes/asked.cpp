// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is near: documents like a document, earlier questions like those of a draft. Nothing of a
// draft is kept or logged.
#include <ctime>
#include <iterator>
#include <optional>

#include "asked/draft.h"
#include "document/utf8.h"
#include "http/decode.h"
#include "http/routes/routes.h"
#include "present/files/json.h"
#include "present/posted_draft.h"

namespace fundstelle::http {
namespace {

constexpr std::uint32_t kMaxSimilar = 50;
constexpr std::uint32_t kMaxMatches = 20, kMaxPapers = 50;

bool is_json(const Request& request) {
  return std::string_view(request.content_type).starts_with("application/json");
}

/// A count among the parameters, taken out of them.
std::uint32_t take_count(Parameters& parameters, const std::string& name, std::uint32_t usual,
                         std::uint32_t most) {
  const auto found = parameters.find(name);
  if (found == parameters.end()) return usual;
  const auto outcome = read_size({{"size", found->second}}, usual, most);
  if (const auto* bad = std::get_if<Problem>(&outcome)) {
    throw Refused{
        {bad->code,
         "Der Parameter „" + name + "“ ist eine Zahl von 1 bis " + std::to_string(most) + ".",
         name}};
  }
  parameters.erase(found);
  return std::get<std::uint32_t>(outcome);
}

std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm day{};
  localtime_r(&now, &day);
  char text[16];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%d", &day)};
}

void check_bytes(std::size_t bytes) {
  if (bytes <= kMaxAskedBytes) return;
  throw Refused{{"draft_too_large",
                 "Ein Entwurf darf höchstens " + std::to_string(kMaxAskedBytes / 1000) +
                     " KB lang sein. Es genügen seine Fragen.",
                 "text"}};
}

}  // namespace

Response Service::Routes::api_similar() const {
  const std::string& id = document_id();
  auto outcome = read_size(decoded(request), 10, kMaxSimilar);
  if (auto* bad = std::get_if<Problem>(&outcome)) throw Refused{*bad};
  const std::vector<Hit> hits = service.backend_.similar(id, std::get<std::uint32_t>(outcome));
  if (hits.empty() && !service.backend_.document(id, "")) {
    throw Refused{{"document_not_found",
                   "Ein Dokument mit der Kennung „" + id + "“ ist nicht im Index.", ""}};
  }
  return json_response(
      present::with_incomplete(present::similar_json(id, hits, service.backend_.state().revision),
                               service.backend_.left_out()));
}

AskedRequest Service::Routes::asked_request(UnknownNames unknown, std::string* text) const {
  present::PostedDraft posted;
  if (request.method == Method::kPost && is_json(request)) {
    if (!is_utf8(request.body)) {
      throw Refused{{"bad_encoding", "Der Inhalt ist nicht als UTF-8 kodiert.", ""}};
    }
    auto outcome = present::read_posted_draft(request.body);
    if (auto* bad = std::get_if<Problem>(&outcome)) throw Refused{*bad};
    posted = std::get<present::PostedDraft>(std::move(outcome));
  } else {
    posted.parameters = form_of(request, Lines::kStay);
    posted.text = take(posted.parameters, "text");
    posted.title = take(posted.parameters, "title");
  }
  Parameters& parameters = posted.parameters;
  if (posted.text.empty()) posted.text = take(parameters, "q");

  AskedRequest wanted;
  wanted.size = take_count(parameters, "size", wanted.size, kMaxMatches);
  wanted.papers = take_count(parameters, "papers", wanted.papers, kMaxPapers);
  for (const auto& [name, value] : parameters) {
    const bool known =
        name == "from" || name == "to" || facet_of(name.substr(0, name.find('.'))).has_value();
    if (known || unknown == UnknownNames::kIgnore) continue;
    throw Refused{{"unknown_parameter",
                   "Den Parameter „" + name.substr(0, 60) +
                       "“ gibt es hier nicht. Möglich sind text, title, questions, size, papers, "
                       "from, to und die Filter.",
                   name.substr(0, 60)}};
  }
  auto filters = read_search(parameters, {unknown, {}});
  if (auto* bad = std::get_if<Problem>(&filters)) throw Refused{*bad};
  auto& search = std::get<SearchRequest>(filters);
  wanted.filters = std::move(search.filters);
  wanted.from = search.from;
  wanted.to = search.to;

  check_bytes(posted.text.size());
  asked::Draft draft = asked::read_draft(posted.text);
  wanted.title = posted.title.empty() ? std::move(draft.title) : std::move(posted.title);
  for (asked::DraftQuestion& one : draft.questions) {
    wanted.questions.push_back({std::move(one.label), std::move(one.text), std::move(one.lead)});
  }
  for (AskedText& one : posted.questions) wanted.questions.push_back(std::move(one));
  std::size_t bytes = wanted.title.size();
  for (const AskedText& one : wanted.questions) bytes += one.text.size() + one.lead.size();
  check_bytes(bytes);
  if (wanted.questions.size() > kMaxAskedQuestions) {
    throw Refused{{"too_many_questions",
                   "Der Entwurf hat " + std::to_string(wanted.questions.size()) +
                       " Fragen; auf einmal gehen höchstens " + std::to_string(kMaxAskedQuestions) +
                       ". Bitte in Teilen einfügen.",
                   "questions"}};
  }
  if (text != nullptr) *text = std::move(posted.text);
  return wanted;
}

Response Service::Routes::api_asked() const {
  const AskedRequest wanted = asked_request(UnknownNames::kRefuse, nullptr);
  if (wanted.questions.empty()) {
    throw Refused{{"bad_parameter",
                   "Es fehlen die Fragen: „text“ (ein Entwurf) oder „questions“ (eine Liste).",
                   "questions"}};
  }
  std::string json = present::asked_json(wanted, service.backend_.asked(wanted));
  Response response =
      json_response(present::with_incomplete(std::move(json), service.backend_.left_out()));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response Service::Routes::asked() const {
  std::string text;
  const AskedRequest wanted = asked_request(UnknownNames::kIgnore, &text);
  SearchRequest all;
  all.facets = {Facet::kType};
  all.facet_values = 200;
  all.size = 1;
  all.snippets = false;
  all.histogram = false;
  // Filters worth offering: kinds of papers that ask, and the houses that have some.
  SearchAnswer kinds = search(all);
  FacetFilter asking{Facet::kType, {}, {}};
  for (FacetCounts& counts : kinds.facets) {
    std::erase_if(counts.values, [](const FacetValue& value) {
      return value.slug.find("frage") == std::string::npos &&
             value.slug.find("antwort") == std::string::npos;
    });
    for (const FacetValue& value : counts.values) asking.wanted.push_back(value.slug);
  }
  all.facets = {Facet::kBody};
  all.filters = {asking};
  SearchAnswer overview = search(all);
  std::move(kinds.facets.begin(), kinds.facets.end(), std::back_inserter(overview.facets));
  std::optional<AskedAnswer> answer;
  std::vector<std::string> incomplete;
  if (!wanted.questions.empty()) {
    answer = service.backend_.asked(wanted);
    incomplete = service.backend_.left_out();
  }
  const bool posted = request.method == Method::kPost;
  Response response =
      body_response("text/html; charset=utf-8",
                    service.pages_.asked({wanted, text, answer ? &*answer : nullptr, overview,
                                          posted, today(), std::move(incomplete)}),
                    kViewerPolicy);
  // A draft is nobody's business: no cache between here and the reader keeps it.
  response.headers.emplace_back("Cache-Control", "private");
  return response;
}

}  // namespace fundstelle::http
