// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/listing.h"

#include <xapian.h>

#include <algorithm>

#include "search/engine/concordance.h"
#include "search/engine/cooccur.h"
#include "search/engine/hits.h"
#include "search/engine/linked.h"
#include "search/engine/listed_hits.h"
#include "search/engine/tables.h"

namespace fundstelle {

using search::Gid;
using search::ListedHits;
using search::RankedHit;
using search::Reader;
using search::Snapshot;

namespace {

Gid document_of(const ListedHits& listed, std::size_t i) {
  return listed.snapshot->document_of(listed.request.unit, listed.hits[i].gid);
}

/// Runs `work` with a reader of the listing's own revision: a newer one has other numbers.
template <typename Work>
auto with_reader(const ListedHits& listed, const Work& work) {
  try {
    const Snapshot::Lease lease = listed.snapshot->lease();
    (*lease).deadline = {};
    return work(*lease);
  } catch (const Xapian::Error& error) {
    throw schema::IndexError(listed.snapshot->dir.string() + ": " + error.get_msg() +
                             "; run fundstelle-indexer check");
  }
}

std::vector<RankedHit> cut_out(const ListedHits& listed, std::size_t begin, std::size_t count) {
  const std::size_t from = std::min(begin, listed.hits.size());
  const std::size_t to = from + std::min(count, listed.hits.size() - from);
  return {listed.hits.begin() + static_cast<std::ptrdiff_t>(from),
          listed.hits.begin() + static_cast<std::ptrdiff_t>(to)};
}

}  // namespace

Listing::Listing(std::shared_ptr<const ListedHits> hits) : hits_(std::move(hits)) {}

const ListingFacts& Listing::facts() const { return hits_->facts; }
std::size_t Listing::size() const { return hits_->hits.size(); }

std::string_view Listing::id(std::size_t i) const {
  return hits_->snapshot->tables.ids(*hits_->snapshot).of(document_of(*hits_, i));
}

std::uint32_t Listing::passage(std::size_t i) const {
  return hits_->hits[i].gid - hits_->snapshot->first_passage[document_of(*hits_, i)];
}

float Listing::score(std::size_t i) const { return hits_->hits[i].score; }
bool Listing::all_words(std::size_t i) const { return hits_->hits[i].all_words; }
std::string Listing::cursor(std::size_t i) const {
  const RankedHit& hit = hits_->hits[i];
  const std::uint32_t date = hits_->snapshot->date[document_of(*hits_, i)];
  return search::to_cursor(search::place_after(hits_->zone_end, i, hit, date),
                           hits_->facts.revision, hits_->request);
}

std::uint32_t Listing::date(std::size_t i) const {
  return hits_->snapshot->date[document_of(*hits_, i)];
}

std::uint64_t Listing::words(std::size_t i) const {
  const Snapshot& snapshot = *hits_->snapshot;
  const auto words_of = [&](Gid passage) {
    const Snapshot::Sub& sub = snapshot.sub_of(Unit::kPassage, passage);
    return std::uint64_t{sub.text->passage(passage - sub.passage_base).words()};
  };
  if (hits_->request.unit == Unit::kPassage) return words_of(hits_->hits[i].gid);
  const Gid document = hits_->hits[i].gid, first = snapshot.first_passage[document];
  std::uint64_t sum = 0;
  for (Gid gid = first; gid < first + snapshot.passage_count[document]; ++gid) sum += words_of(gid);
  return sum;
}

void Listing::values(std::size_t i, Facet facet,
                     const std::function<void(std::uint32_t)>& take) const {
  hits_->snapshot->facet(facet).for_each(document_of(*hits_, i), take);
}
std::string Listing::slug(Facet facet, std::uint32_t value) const {
  return hits_->snapshot->facet(facet).slug(value);
}
std::string Listing::label(Facet facet, std::uint32_t value) const {
  return hits_->snapshot->facet(facet).label(value);
}

std::vector<Hit> Listing::hits(std::size_t begin, std::size_t count, bool texts) const {
  return with_reader(*hits_, [&](Reader& reader) {
    SearchRequest request = hits_->request;
    request.snippets = false;
    request.whole_passages = texts;
    search::CompoundExamples examples;
    return search::make_hits(reader, search::Highlighter(*hits_->plan.root),
                             cut_out(*hits_, begin, count), request, examples);
  });
}

std::vector<Document> Listing::documents(std::size_t begin, std::size_t count) const {
  return with_reader(*hits_, [&](Reader& reader) {
    std::vector<Document> out;
    for (const RankedHit& hit : cut_out(*hits_, begin, count)) {
      out.push_back(search::whole_document(
          reader, hits_->snapshot->document_of(hits_->request.unit, hit.gid)));
    }
    return out;
  });
}

ConcordanceAnswer Listing::concordance(std::size_t begin, std::size_t count,
                                       std::uint32_t context) const {
  return with_reader(*hits_, [&](Reader& reader) {
    ConcordanceAnswer out;
    out.total = hits_->facts.total;
    out.revision = hits_->facts.revision;
    search::concordance(reader, *hits_->plan.root, cut_out(*hits_, begin, count),
                        {hits_->request, context}, out);
    return out;
  });
}

std::vector<CooccurrenceGroup> Listing::cooccurring(const CooccurrenceRequest& request) const {
  return with_reader(*hits_,
                     [&](Reader& reader) { return search::cooccurring(reader, *hits_, request); });
}

}  // namespace fundstelle
