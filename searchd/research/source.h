// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where answers come from: an index on this machine, or a server that has one. Both give the same.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "document/document.h"
#include "query/asked.h"
#include "query/parameters.h"
#include "query/problem.h"
#include "query/request.h"
#include "search/listing.h"
#include "search/searcher.h"

namespace fundstelle::research {

inline constexpr std::uint64_t kEveryHit = UINT64_MAX;

struct SourceState {
  std::string revision, fingerprint;
  std::uint64_t documents = 0, passages = 0;
};

struct HitsRequest {
  Parameters parameters;  ///< of GET /api/v1/search, but for page, size, cursor and facets
  Ranking ranking;        ///< a server knows its own alone
  std::uint64_t most = kEveryHit;
  bool metadata = true;  ///< false: hits bear id, passage, score and all_words alone
  bool texts = false;    ///< unit passage: their whole text as the one part of the snippet
  std::chrono::milliseconds budget{0};
};

/// A revision of the index that is no longer there, a server out of reach: the batch cannot go on.
struct SourceError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Source {
 public:
  virtual ~Source() = default;
  [[nodiscard]] virtual SourceState state() const = 0;

  using Begin = std::function<void(const ListingFacts&)>;
  using Take = std::function<void(const std::vector<Hit>&)>;
  /// Calls `begin` once, then `take` with the hits in order, some at a time. A problem if the
  /// request is refused, at once or (a time limit) later. Safe for many threads.
  [[nodiscard]] virtual std::optional<Problem> hits(const HitsRequest& request, const Begin& begin,
                                                    const Take& take) const = 0;
  /// The whole documents of the hits, in order, each with its text.
  using TakeDocument = std::function<void(const Document&)>;
  [[nodiscard]] virtual std::optional<Problem> documents(const HitsRequest& request,
                                                         const Begin& begin,
                                                         const TakeDocument& take) const = 0;
  /// `draft`: text of a draft, split into its questions. Filters as in a search.
  [[nodiscard]] virtual std::variant<AskedAnswer, Problem> asked(const std::string& draft,
                                                                 const Parameters& filters,
                                                                 std::uint32_t size) const = 0;
};

/// The search a line and the flags ask for, or what is wrong with it. Names that a batch sets
/// itself (q apart) are refused.
[[nodiscard]] std::variant<SearchRequest, Problem> request_of(const HitsRequest& request);

/// Answers of an index on this machine. `searcher` must live as long.
[[nodiscard]] std::unique_ptr<Source> local_source(const Searcher& searcher);

}  // namespace fundstelle::research
