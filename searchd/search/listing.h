// SPDX-License-Identifier: GPL-3.0-or-later
//
// All hits of a request, in order, of one revision of the index: what batches, concordances and
// exports read piece by piece. A hit takes 12 bytes here; texts and records are read when asked
// for, so that a million hits cost no more memory than twenty.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "query/answer.h"
#include "query/concordance.h"
#include "query/cooccurrence.h"
#include "query/request.h"

namespace fundstelle {

namespace search {
struct ListedHits;
}

/// What is said of the whole list; as SearchAnswer says it.
struct ListingFacts {
  std::uint64_t total = 0, total_all_words = 0;
  bool relaxed = false;
  std::string understood;
  std::vector<std::string> ignored;  ///< German: what was not used and why
  std::string revision, fingerprint;
};

/// Safe for many threads. Keeps its revision open as long as it lives. Members throw
/// schema::IndexError if the index on disk has become unreadable.
class Listing {
 public:
  explicit Listing(std::shared_ptr<const search::ListedHits> hits);

  [[nodiscard]] const ListingFacts& facts() const;
  /// Hits listed: `total`, or as many as were asked for.
  [[nodiscard]] std::size_t size() const;

  /// Of the ith hit, from 0. Nothing is read from disk, but for the tables made by the first call.
  [[nodiscard]] std::string_view id(std::size_t i) const;
  [[nodiscard]] std::uint32_t passage(std::size_t i) const;  ///< unit passage: within its document
  [[nodiscard]] float score(std::size_t i) const;
  [[nodiscard]] bool all_words(std::size_t i) const;
  /// With which a search goes on behind the ith hit.
  [[nodiscard]] std::string cursor(std::size_t i) const;
  [[nodiscard]] std::uint32_t date(std::size_t i) const;  ///< yyyymmdd, 0: none
  /// Of its text, as the analysis counts them; titles not counted.
  [[nodiscard]] std::uint64_t words(std::size_t i) const;
  /// Calls `take` with a number for each value it has of a facet.
  void values(std::size_t i, Facet facet, const std::function<void(std::uint32_t)>& take) const;
  [[nodiscard]] std::string slug(Facet facet, std::uint32_t value) const;
  [[nodiscard]] std::string label(Facet facet, std::uint32_t value) const;

  /// Metadata of the hits from `begin` on; with unit passage their place too, and its whole text if
  /// `texts`.
  [[nodiscard]] std::vector<Hit> hits(std::size_t begin, std::size_t count, bool texts) const;
  /// Whole documents, with text.
  [[nodiscard]] std::vector<Document> documents(std::size_t begin, std::size_t count) const;
  /// Every place where the query is met, in these hits; `hits` of the answer are theirs.
  [[nodiscard]] ConcordanceAnswer concordance(std::size_t begin, std::size_t count,
                                              std::uint32_t context) const;

  /// Words that go with the query. `search` of the listing says what passes the filters.
  [[nodiscard]] std::vector<CooccurrenceGroup> cooccurring(
      const CooccurrenceRequest& request) const;

 private:
  std::shared_ptr<const search::ListedHits> hits_;
};

}  // namespace fundstelle
