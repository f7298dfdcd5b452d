// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "asked/draft.h"
#include "research/source.h"

namespace fundstelle::research {
namespace {

constexpr std::size_t kHitsAtATime = 1000, kIdsAtATime = 10'000, kTextsAtATime = 100;
constexpr std::size_t kDocumentsAtATime = 16;

std::optional<Problem> refused_name(const Parameters& parameters) {
  for (const char* name : {"page", "size", "cursor", "facets"}) {
    if (parameters.contains(name)) {
      return Problem{"unknown_parameter",
                     std::string("Den Parameter „") + name +
                         "“ gibt es hier nicht: ein Stapel gibt alle Treffer oder so viele, wie "
                         "--hits verlangt.",
                     name};
    }
  }
  return std::nullopt;
}

class LocalSource : public Source {
 public:
  explicit LocalSource(const Searcher& searcher) : searcher_(searcher) {}

  [[nodiscard]] SourceState state() const override {
    const IndexState state = searcher_.state();
    return {state.revision, state.fingerprint, state.documents, state.passages};
  }

  [[nodiscard]] std::optional<Problem> hits(const HitsRequest& request, const Begin& begin,
                                            const Take& take) const override {
    auto outcome = list(request);
    if (auto* problem = std::get_if<Problem>(&outcome)) return *problem;
    const auto& listing = std::get<Listing>(outcome);
    begin(listing.facts());
    const bool passages =
        request.parameters.contains("unit") && request.parameters.at("unit") == "passage";
    if (request.metadata || request.texts) {
      const std::size_t step = request.texts ? kTextsAtATime : kHitsAtATime;
      for (std::size_t i = 0; i < listing.size(); i += step) {
        take(listing.hits(i, step, request.texts));
      }
      return std::nullopt;
    }
    std::vector<Hit> some;
    for (std::size_t i = 0; i < listing.size(); ++i) {
      Hit& hit = some.emplace_back();
      hit.id = listing.id(i);
      hit.score = listing.score(i);
      hit.all_words = listing.all_words(i);
      if (passages) hit.passages.emplace_back().passage = listing.passage(i);
      if (some.size() < kIdsAtATime) continue;
      take(some);
      some.clear();
    }
    if (!some.empty()) take(some);
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Problem> documents(const HitsRequest& request, const Begin& begin,
                                                 const TakeDocument& take) const override {
    auto outcome = list(request);
    if (auto* problem = std::get_if<Problem>(&outcome)) return *problem;
    const auto& listing = std::get<Listing>(outcome);
    begin(listing.facts());
    for (std::size_t i = 0; i < listing.size(); i += kDocumentsAtATime) {
      for (const Document& document : listing.documents(i, kDocumentsAtATime)) take(document);
    }
    return std::nullopt;
  }

  [[nodiscard]] std::variant<AskedAnswer, Problem> asked(const std::string& text,
                                                         const Parameters& filters,
                                                         std::uint32_t size) const override {
    auto outcome = read_search(filters, {UnknownNames::kRefuse, {}});
    if (auto* problem = std::get_if<Problem>(&outcome)) return *problem;
    const auto& search = std::get<SearchRequest>(outcome);
    AskedRequest wanted;
    wanted.size = size;
    wanted.filters = search.filters;
    wanted.from = search.from;
    wanted.to = search.to;
    if (text.size() > kMaxAskedBytes) {
      return Problem{"draft_too_large",
                     "Ein Entwurf darf höchstens " + std::to_string(kMaxAskedBytes / 1000) +
                         " KB lang sein. Es genügen seine Fragen.",
                     "text"};
    }
    asked::Draft draft = asked::read_draft(text);
    wanted.title = std::move(draft.title);
    for (asked::DraftQuestion& one : draft.questions) {
      wanted.questions.push_back({std::move(one.label), std::move(one.text), std::move(one.lead)});
    }
    if (wanted.questions.size() > kMaxAskedQuestions) {
      return Problem{"too_many_questions",
                     "Der Entwurf hat " + std::to_string(wanted.questions.size()) +
                         " Fragen; auf einmal gehen höchstens " +
                         std::to_string(kMaxAskedQuestions) + ". Bitte in Teilen einfügen.",
                     "questions"};
    }
    if (wanted.questions.empty()) {
      return Problem{"bad_parameter", "Der Entwurf stellt keine Frage.", "text"};
    }
    return searcher_.asked(wanted);
  }

 private:
  [[nodiscard]] std::variant<Listing, Problem> list(const HitsRequest& request) const {
    auto wanted = request_of(request);
    if (auto* problem = std::get_if<Problem>(&wanted)) return *problem;
    return searcher_.list(std::get<SearchRequest>(wanted), request.most);
  }

  const Searcher& searcher_;
};

}  // namespace

std::variant<SearchRequest, Problem> request_of(const HitsRequest& request) {
  if (auto problem = refused_name(request.parameters)) return *problem;
  auto outcome = read_search(request.parameters, {UnknownNames::kRefuse, {}});
  if (auto* search = std::get_if<SearchRequest>(&outcome)) {
    const float recency = search->ranking.recency;
    const bool own = request.parameters.contains("recency");
    search->ranking = request.ranking;
    if (own) search->ranking.recency = recency;
    search->budget = request.budget;
    search->facets.clear();
    search->histogram = search->snippets = false;
  }
  return outcome;
}

std::unique_ptr<Source> local_source(const Searcher& searcher) {
  return std::make_unique<LocalSource>(searcher);
}

}  // namespace fundstelle::research
