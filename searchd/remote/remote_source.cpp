// SPDX-License-Identifier: GPL-3.0-or-later
#include "remote/remote_source.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "document/interchange.h"
#include "remote/web.h"

namespace fundstelle::remote {
namespace {

using Json = nlohmann::json;
using research::HitsRequest;
using research::SourceError;

constexpr const char* kFields =
    "id,passage,page,labels,score,all_words,body_id,type_id,number,date,title,authors,groups";
constexpr std::uint64_t kMostHits = 1'000'000;  ///< a server gives at most so many a line

std::string text_of(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// 0 for what is no number of things: value() would make one of 1e300, too.
std::uint64_t count_of(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

std::vector<std::string> list_of(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_array() ? found->get<std::vector<std::string>>()
                                                  : std::vector<std::string>();
}

Problem problem_of(const Json& json) {
  return {text_of(json, "code"), text_of(json, "detail"), text_of(json, "parameter")};
}

Json parsed(const Web& web, const std::string& body) {
  Json json = Json::parse(body, nullptr, false);
  if (json.is_discarded()) throw SourceError(web.base() + ": what it answers is not JSON");
  return json;
}

/// A refusal the server explains is a problem of the request; anything else ends the work.
Problem refusal_of(const Web& web, const WebAnswer& answer) {
  const Json json = Json::parse(answer.body, nullptr, false);
  if (json.is_object() && answer.status >= 400 && !text_of(json, "code").empty()) {
    Problem problem = problem_of(json);
    if (answer.status < 500 || problem.code == "query_too_slow") return problem;
    throw SourceError(web.base() + ": " + std::to_string(answer.status) + " " + problem.code +
                      ": " + problem.detail);
  }
  throw SourceError(web.base() + ": answers with status " + std::to_string(answer.status) +
                    "; is this a fundstelle-searchd?");
}

std::vector<SnippetPart> parts_of(const Json& json, const char* name) {
  std::vector<SnippetPart> out;
  const auto found = json.find(name);
  if (found == json.end() || !found->is_array()) return out;
  for (const Json& part : *found) out.push_back({text_of(part, "text"), part.value("hit", false)});
  return out;
}

/// A hit of POST batch (ids under `body_id`) or of asked.
Hit hit_of(const Json& json, bool passages) {
  Hit hit;
  hit.id = text_of(json, "id");
  hit.score = json.value("score", 0.0);
  hit.all_words = json.value("all_words", true);
  hit.body = text_of(json, "body_id");
  hit.type = text_of(json, "type_id");
  hit.number = text_of(json, "number");
  hit.date = text_of(json, "date");
  hit.title = text_of(json, "title");
  hit.authors = list_of(json, "authors");
  hit.groups = list_of(json, "groups");
  hit.shared_words = list_of(json, "shared_words");
  if (passages) {
    PassageHit& place = hit.passages.emplace_back();
    if (json.contains("passage") && json["passage"].is_number()) place.passage = json["passage"];
    if (json.contains("page") && json["page"].is_number()) place.page = json["page"];
    place.labels = list_of(json, "labels");
  }
  return hit;
}

class RemoteSource : public research::Source {
 public:
  explicit RemoteSource(const std::string& url) : web_(url) {
    const WebAnswer answer = web_.ask("/readyz");
    if (answer.status != 200) (void)refusal_of(web_, answer);
    const Json json = parsed(web_, answer.body);
    state_.revision = text_of(json, "revision");
    state_.fingerprint = text_of(json, "fingerprint");
    state_.documents = count_of(json, "documents");
    state_.passages = count_of(json, "passages");
    if (state_.revision.empty()) throw SourceError(url + ": tells no revision of an index");
  }

  [[nodiscard]] research::SourceState state() const override { return state_; }

  [[nodiscard]] std::optional<Problem> hits(const HitsRequest& request, const Begin& begin,
                                            const Take& take) const override {
    for (const char* name : {"hits", "fields", "id", "query"}) {
      if (request.parameters.contains(name)) {
        return Problem{"unknown_parameter",
                       std::string("Den Parameter „") + name + "“ gibt es hier nicht.", name};
      }
    }
    // What a server would only see line by line is said as an index here would say it.
    auto read = research::request_of(request);
    if (auto* problem = std::get_if<Problem>(&read)) return *problem;
    Json line{{"id", "1"}};
    for (const auto& [name, value] : request.parameters) {
      line[name == "q" ? "query" : name] = value;
    }
    if (!line.contains("query")) line["query"] = "";
    line["hits"] = std::to_string(std::min(request.most, kMostHits));
    const bool passages = line.value("unit", "document") == "passage";
    line["fields"] = request.metadata ? kFields : "id,passage,score,all_words";
    const std::string body = line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    std::string address = "/api/v1/batch?revision=" + state_.revision;
    std::uint64_t given = 0;
    for (bool begun = false; !address.empty();) {
      const WebAnswer answer = web_.ask(address, body, "application/x-ndjson");
      if (answer.status != 200) {
        Problem problem = refusal_of(web_, answer);
        if (problem.code == "revision_changed") {
          throw SourceError(web_.base() + ": the index there has changed: " + problem.detail);
        }
        return problem;
      }
      address.clear();
      for (std::size_t at = 0; at < answer.body.size();) {
        const std::size_t end = std::min(answer.body.find('\n', at), answer.body.size());
        const Json record = parsed(web_, answer.body.substr(at, end - at));
        at = end + 1;
        if (record.contains("fundstelle_batch_end")) {
          address = text_of(record["fundstelle_batch_end"], "next");
        } else if (record.contains("problem")) {
          return problem_of(record["problem"]);
        } else if (record.contains("incomplete")) {
          const std::vector<std::string> missing = list_of(record, "incomplete");
          throw SourceError(web_.base() + ": a part of the collection does not answer: " +
                            (missing.empty() ? std::string("?") : missing.front()));
        } else if (record.contains("hits")) {
          if (!begun) begin(facts_of(record));
          begun = true;
          std::vector<Hit> some;
          for (const Json& hit : record["hits"]) some.push_back(hit_of(hit, passages));
          given += some.size();
          take(some);
          if (given >= kMostHits && request.most > kMostHits &&
              !text_of(record, "cursor").empty()) {
            return Problem{"over_limit",
                           "Der Dienst gibt einer Anfrage höchstens 1.000.000 Treffer.", "hits"};
          }
        }
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Problem> documents(const HitsRequest& request, const Begin& begin,
                                                 const TakeDocument& take) const override {
    HitsRequest ids = request;
    ids.metadata = ids.texts = false;
    return hits(ids, begin, [&](const std::vector<Hit>& some) {
      for (const Hit& hit : some) {
        const WebAnswer answer = web_.ask("/api/v1/documents/" + hit.id);
        if (answer.status != 200) {
          throw SourceError(web_.base() + ": " + hit.id + ": " + refusal_of(web_, answer).detail);
        }
        const Json json = parsed(web_, answer.body);
        if (text_of(json, "revision") != state_.revision) {
          throw SourceError(web_.base() + ": the index there has changed since the beginning");
        }
        take(from_interchange(json.at("document").dump()));
      }
    });
  }

  [[nodiscard]] std::variant<AskedAnswer, Problem> asked(const std::string& draft,
                                                         const Parameters& filters,
                                                         std::uint32_t size) const override {
    Json body{{"text", draft}, {"size", size}};
    for (const auto& [name, value] : filters) body[name] = value;
    const WebAnswer answer =
        web_.ask("/api/v1/asked", body.dump(-1, ' ', false, Json::error_handler_t::replace),
                 "application/json");
    if (answer.status != 200) return refusal_of(web_, answer);
    const Json json = parsed(web_, answer.body);
    AskedAnswer out;
    out.revision = text_of(json, "revision");
    if (out.revision != state_.revision) {
      throw SourceError(web_.base() + ": the index there has changed since the beginning");
    }
    for (const Json& question : json.at("questions")) {
      AskedQuestion& one = out.questions.emplace_back();
      one.asked = {text_of(question, "label"), text_of(question, "text"),
                   text_of(question, "lead")};
      for (const Json& match : question.at("matches")) {
        AskedMatch& found = one.matches.emplace_back();
        found.hit = hit_of(match, false);
        found.answered = match.value("answered", false);
        found.likeness = match.value("likeness", 0.0);
        if (!match.contains("passages") || match["passages"].empty()) continue;
        const Json& place = match["passages"].front();
        PassageHit& passage = found.hit.passages.emplace_back();
        if (place.contains("passage") && place["passage"].is_number()) {
          passage.passage = place["passage"];
        }
        if (place.contains("page") && place["page"].is_number()) passage.page = place["page"];
        passage.labels = list_of(place, "labels");
        passage.question = parts_of(place, "question");
        passage.answer = parts_of(place, "answer");
      }
    }
    return out;
  }

 private:
  static ListingFacts facts_of(const Json& record) {
    ListingFacts out;
    const Json& total = record.at("total");
    out.total = count_of(total, "value");
    out.total_all_words = count_of(total, "all_words");
    out.relaxed = record.value("relaxed", false);
    out.understood = text_of(record, "understood");
    out.ignored = list_of(record, "ignored");
    return out;
  }

  Web web_;
  research::SourceState state_;
};

}  // namespace

std::unique_ptr<research::Source> remote_source(const std::string& url) {
  return std::make_unique<RemoteSource>(url);
}

}  // namespace fundstelle::remote
