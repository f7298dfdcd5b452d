// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/records.h"

#include <numeric>

#include "query/limits.h"
#include "search/engine/hits.h"
#include "search/engine/linked.h"
#include "search/engine/snapshot.h"

namespace fundstelle::search {
namespace {

constexpr std::uint32_t kLongestKept = 100;  // hits of an answer

std::size_t bytes_of(const std::string& text) {
  return sizeof(text) + (text.capacity() > 15 ? text.capacity() + 1 : 0);
}
std::size_t bytes_of(const SnippetPart& part) { return 8 + bytes_of(part.text); }

std::size_t bytes_of(const LinkedPaper& paper);
std::size_t bytes_of(const PassageHit& passage);
std::size_t bytes_of(const Hit& hit);

template <typename Each>
std::size_t bytes_of(const std::vector<Each>& list) {
  return std::accumulate(list.begin(), list.end(), sizeof(list),
                         [](std::size_t sum, const Each& one) { return sum + bytes_of(one); });
}

std::size_t bytes_of(const LinkedPaper& paper) {
  return bytes_of(paper.id) + bytes_of(paper.number) + bytes_of(paper.type_label) +
         bytes_of(paper.date) + bytes_of(paper.relation);
}
std::size_t bytes_of(const PassageHit& passage) {
  return 16 + bytes_of(passage.kind) + bytes_of(passage.labels) + bytes_of(passage.heading) +
         bytes_of(passage.snippet) + bytes_of(passage.question) + bytes_of(passage.answer);
}
std::size_t bytes_of(const Hit& hit) {
  std::size_t sum = 64;
  for (const std::string* text :
       {&hit.id, &hit.type, &hit.type_label, &hit.body, &hit.body_label, &hit.number, &hit.title,
        &hit.date, &hit.asked, &hit.answered, &hit.first_seen}) {
    sum += bytes_of(*text);
  }
  for (const auto* list : {&hit.authors, &hit.groups, &hit.ministries, &hit.topics, &hit.urls,
                           &hit.copies, &hit.shared_words}) {
    sum += bytes_of(*list);
  }
  return sum + bytes_of(hit.linked) + bytes_of(hit.title_parts) + bytes_of(hit.passages);
}

Record record_of(const Snapshot& snapshot, const Document& document) {
  Record out;
  out.hit = describe(snapshot, document);
  out.paged = document.paged;
  return out;
}

}  // namespace

std::size_t Record::bytes() const {
  return bytes_of(hit) + sizeof(passage) + bytes_of(passage.labels) + bytes_of(passage.heading) +
         bytes_of(passage.text) + passage.pieces.capacity() * sizeof(passage.pieces[0]) +
         passage.zones.capacity() * sizeof(passage.zones[0]) + places.bytes();
}

std::shared_ptr<const Record> document_record(const Reader& reader, Gid document) {
  return reader.snapshot.records.get("d" + std::to_string(document), [&] {
    const Document read = schema::unpack_document(reader.data(Unit::kDocument, document));
    Record out = record_of(reader.snapshot, read);
    out.hit.linked = linked_papers(reader, document, read);
    out.places = reader.places.read(read.title);
    return out;
  });
}

std::shared_ptr<const Record> passage_record(const Reader& reader, Gid passage) {
  return reader.snapshot.records.get("p" + std::to_string(passage), [&] {
    Record out;
    out.passage = schema::unpack_passage(reader.data(Unit::kPassage, passage));
    out.places = reader.places.read(out.passage.text);
    return out;
  });
}

std::shared_ptr<const Record> listed_document(const Reader& reader, Gid document) {
  return reader.snapshot.listed.get("d" + std::to_string(document), [&] {
    return record_of(reader.snapshot,
                     schema::unpack_document(reader.data(Unit::kDocument, document)));
  });
}

std::shared_ptr<const Record> listed_passage(const Reader& reader, Gid passage) {
  return reader.snapshot.listed.get("p" + std::to_string(passage), [&] {
    Record out;
    out.passage = schema::unpack_passage(reader.data(Unit::kPassage, passage));
    out.passage.text = {};
    return out;
  });
}

std::size_t KeptAnswer::bytes() const {
  std::size_t sum = sizeof(*this) + bytes_of(answer.hits) + bytes_of(answer.query.understood) +
                    bytes_of(answer.query.ignored) + bytes_of(answer.cursor) +
                    answer.histogram.bars.capacity() * sizeof(HistogramBar);
  for (const FacetCounts& facet : answer.facets) {
    for (const FacetValue& value : facet.values) {
      sum += 16 + bytes_of(value.slug) + bytes_of(value.label);
    }
  }
  for (const UnderstoodWord& word : answer.query.words) {
    sum += 32 + bytes_of(word.typed);
    for (const UnderstoodVariant& one : word.variants) {
      sum += bytes_of(one.shown) + bytes_of(one.reason);
    }
  }
  for (const RelatedWords& related : answer.query.related) {
    sum += 32 + bytes_of(related.typed) + bytes_of(related.all_query);
    for (const RelatedWord& one : related.words)
      sum += 16 + bytes_of(one.text) + bytes_of(one.query);
  }
  return sum;
}

std::string answer_key(const SearchRequest& request) {
  if (request.directions != nullptr || request.size > kLongestKept || request.whole_passages) {
    return {};
  }
  std::string out;
  const auto add = [&](const std::string& text) {
    out += std::to_string(text.size());
    out += ':';
    out += text;
  };
  const auto number = [&](std::uint64_t value) {
    out += std::to_string(value);
    out += ';';
  };
  add(request.q);
  add(request.cursor);
  for (const FacetFilter& filter : request.filters) {
    number(static_cast<std::uint64_t>(filter.facet));
    for (const std::string& slug : filter.wanted) add("+" + slug);
    for (const std::string& slug : filter.excluded) add("-" + slug);
  }
  out += '|';
  for (const Facet facet : request.facets) number(static_cast<std::uint64_t>(facet));
  out += '|';
  for (const ExpansionName& name : kExpansionNames) number(request.expand.*name.member ? 1 : 0);
  for (const std::uint64_t value :
       {std::uint64_t{request.from}, std::uint64_t{request.to},
        static_cast<std::uint64_t>(request.match), static_cast<std::uint64_t>(request.unit),
        static_cast<std::uint64_t>(request.sort), std::uint64_t{request.page},
        std::uint64_t{request.size}, std::uint64_t{request.facet_values},
        std::uint64_t{request.histogram}, std::uint64_t{request.snippets},
        // Settings read again may change what is answered.
        std::uint64_t{query_limits().characters}, std::uint64_t{query_limits().words},
        std::uint64_t{query_limits().wildcard_words}, std::uint64_t{query_limits().filter_values},
        std::uint64_t{query_limits().deepest_hit}}) {
    number(value);
  }
  if (request.ranking != Ranking{}) {
    for (const RankingParameter& parameter : ranking_parameters()) {
      add(std::to_string(request.ranking.*parameter.value));
    }
  }
  return out;
}

}  // namespace fundstelle::search
