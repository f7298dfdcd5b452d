// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ours, through the call the HTTP API makes: default analysis, ranking, snippets and histogram.
#include <stdexcept>
#include <variant>

#include "engine.h"
#include "question_text.h"
#include "search/searcher.h"

namespace fundstelle::bench {
namespace {

SearcherOptions options(bool answer_cache, bool pruning) {
  SearcherOptions options;
  if (!answer_cache) options.answer_cache_bytes = 0;
  options.pruning = pruning;
  return options;
}

class Ours : public Engine {
 public:
  Ours(const std::filesystem::path& index, const SearcherOptions& options)
      : searcher_(index, options) {}

  std::uint64_t ask(const Question& question, bool facets) override {
    const SearchRequest request = request_of(question, facets);
    const std::variant<SearchAnswer, Problem> answer = searcher_.search(request);
    if (const auto* problem = std::get_if<Problem>(&answer)) {
      throw std::runtime_error(request.q + ": " + problem->code);
    }
    return std::get<SearchAnswer>(answer).total;
  }

 private:
  Searcher searcher_;
};

}  // namespace

std::unique_ptr<Engine> open_fundstelle(const std::filesystem::path& index, bool answer_cache,
                                        bool pruning) {
  return std::make_unique<Ours>(index, options(answer_cache, pruning));
}

}  // namespace fundstelle::bench
