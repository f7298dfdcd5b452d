// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/cooccur.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_set>

#include "search/engine/highlight.h"
#include "search/engine/select.h"

namespace fundstelle::search {
namespace {

constexpr std::size_t kPrintsRead = 3;  ///< hits whose text is read for the print of a word
constexpr std::uint32_t kNoGroup = UINT32_MAX;

/// The hits apart by what they are compared for.
struct Parts {
  std::vector<CooccurrenceGroup> groups;
  Roaring target;                     ///< all hits
  Roaring rest;                       ///< without a facet: what passes the filters and is no hit
  std::vector<std::uint32_t> row_of;  ///< group by value id; kNoGroup: none of its own
};

Roaring set_of(const std::vector<Gid>& ascending) {
  Roaring out;
  out.addMany(ascending.size(), ascending.data());
  return out;
}

Parts parts_of(const ListedHits& listed, const CooccurrenceRequest& request) {
  const Snapshot& snapshot = *listed.snapshot;
  const Unit unit = listed.request.unit;
  Parts out;
  for (const RankedHit& hit : listed.hits) out.target.add(hit.gid);
  const std::uint64_t hits = out.target.cardinality();
  if (!request.by) {
    SearchRequest filters = listed.request;
    filters.facets.clear();
    filters.histogram = false;
    out.rest = set_of(select(snapshot, filters, snapshot.space(unit).alive).hits) - out.target;
    out.groups.push_back({"", "", hits, out.rest.cardinality(), {}});
    return out;
  }
  const FacetColumn& column = snapshot.facet(*request.by);
  std::vector<std::uint64_t> totals(column.end, 0);
  for (const Gid gid : out.target) {
    column.for_each(snapshot.document_of(unit, gid), [&](std::uint32_t id) { ++totals[id]; });
  }
  std::vector<std::uint32_t> ids;
  for (std::uint32_t id = 0; id < totals.size(); ++id) {
    if (totals[id] > 0) ids.push_back(id);
  }
  std::sort(ids.begin(), ids.end(), [&](std::uint32_t a, std::uint32_t b) {
    return totals[a] != totals[b] ? totals[a] > totals[b] : column.slug(a) < column.slug(b);
  });
  if (ids.size() > request.groups) ids.resize(request.groups);
  out.row_of.assign(column.end, kNoGroup);
  for (const std::uint32_t id : ids) {
    out.row_of[id] = static_cast<std::uint32_t>(out.groups.size());
    out.groups.push_back({column.slug(id), column.label(id), totals[id], hits - totals[id], {}});
  }
  return out;
}

/// Stems of the index that enough passages hold, each once, in order.
std::vector<std::string> stems_of(const Reader& reader, std::uint64_t least) {
  std::map<std::string, std::uint64_t> in_several;
  const std::string prefix(schema::kStem);
  std::vector<std::string> out;
  const bool single = reader.snapshot.subs.size() == 1;
  reader.each_term(Unit::kPassage, prefix, [&](const std::string& stem, std::uint32_t passages) {
    if (!single) {
      in_several[stem] += passages;
    } else if (passages >= least) {
      out.push_back(stem);
    }
  });
  for (auto& [stem, passages] : in_several) {
    if (passages >= least) out.push_back(stem);
  }
  return out;
}

bool better(const CooccurringWord& x, const CooccurringWord& y, CooccurrenceMeasure order) {
  const bool by_ratio = order == CooccurrenceMeasure::kLogRatio;
  const double a = by_ratio ? x.log_ratio : x.log_likelihood;
  const double b = by_ratio ? y.log_ratio : y.log_likelihood;
  return a != b ? a > b : x.stem < y.stem;
}

void keep_best(std::vector<CooccurringWord>& words, const CooccurrenceRequest& request) {
  const auto before = [&](const CooccurringWord& x, const CooccurringWord& y) {
    return better(x, y, request.order);
  };
  std::sort(words.begin(), words.end(), before);
  if (words.size() > request.top) words.resize(request.top);
}

void offer(CooccurrenceGroup& group, const std::string& stem, std::uint64_t a, std::uint64_t b,
           const CooccurrenceRequest& request) {
  if (a < request.least_together || group.rest == 0) return;
  CooccurringWord word;
  word.counts = {a, group.hits, b, group.rest};
  word.log_ratio = log_ratio(word.counts);
  if (word.log_ratio <= 0) return;  // it avoids the query
  word.log_likelihood = log_likelihood(word.counts);
  if (word.log_likelihood < request.least_likelihood) return;
  word.stem = stem;
  group.words.push_back(std::move(word));
  if (group.words.size() > std::size_t{4} * request.top + 1000) keep_best(group.words, request);
}

PlannedWord planned(const std::string& term) {
  PlannedWord word;
  word.terms = {{term, 1}};
  return word;
}

/// The most frequent print of a word in the passages of some entries.
std::string print_of(Reader& reader, const ListedHits& listed, const std::string& stem,
                     const Roaring& entries) {
  const Snapshot& snapshot = *listed.snapshot;
  const Evaluator passages(reader, Unit::kPassage);
  const Roaring holding = passages.matches(planned(std::string(schema::kStem) + stem));
  std::map<std::string, std::size_t> prints;
  std::size_t read = 0;
  for (const Gid gid : entries) {
    if (read == kPrintsRead) break;
    const bool single = listed.request.unit == Unit::kPassage;
    const Gid begin = single ? gid : snapshot.first_passage[gid];
    const Gid end = single ? gid + 1 : begin + snapshot.passage_count[gid];
    for (Gid passage = begin; passage < end; ++passage) {
      if (!holding.contains(passage)) continue;
      const std::string text = schema::unpack_passage(reader.data(Unit::kPassage, passage)).text;
      for (const Token& token : reader.analyzer.analyze(text)) {
        if (token.kind != TokenKind::kStem || token.term != stem) continue;
        ++prints[text.substr(token.byte_begin, token.byte_end - token.byte_begin)];
      }
      ++read;
      break;
    }
  }
  const auto most =
      std::max_element(prints.begin(), prints.end(),
                       [](const auto& x, const auto& y) { return x.second < y.second; });
  return most == prints.end() ? stem : most->first;
}

}  // namespace

std::vector<CooccurrenceGroup> cooccurring(Reader& reader, const ListedHits& listed,
                                           const CooccurrenceRequest& request) {
  const Snapshot& snapshot = *listed.snapshot;
  const Unit unit = listed.request.unit;
  Parts parts = parts_of(listed, request);
  if (parts.groups.empty()) return {};
  // The query's own words go with it always, and say nothing.
  const Highlighter highlighter(*listed.plan.root);
  std::unordered_set<std::string> own;
  for (const Highlighter::Wanted& wanted : highlighter.wanted()) {
    if (wanted.term.starts_with(schema::kExact)) {
      own.insert(reader.analyzer.stem(wanted.term.substr(schema::kExact.size())));
    } else {
      own.insert(wanted.term.substr(1));
    }
  }
  const Evaluator evaluator(reader, unit);
  const FacetColumn* column = request.by ? &snapshot.facet(*request.by) : nullptr;
  std::vector<std::uint64_t> with(parts.groups.size());
  for (const std::string& term : stems_of(reader, request.least_together)) {
    const std::string stem = term.substr(schema::kStem.size());
    const auto first = static_cast<unsigned char>(stem.empty() ? '0' : stem[0]);
    if ((first >= '0' && first <= '9') || own.contains(stem)) continue;
    const Roaring holding = evaluator.matches(planned(term));
    const std::uint64_t together = holding.and_cardinality(parts.target);
    if (together < request.least_together) continue;
    if (column == nullptr) {
      offer(parts.groups[0], stem, together, holding.and_cardinality(parts.rest), request);
      continue;
    }
    std::fill(with.begin(), with.end(), 0);
    for (const Gid gid : holding& parts.target) {
      column->for_each(snapshot.document_of(unit, gid), [&](std::uint32_t id) {
        if (parts.row_of[id] != kNoGroup) ++with[parts.row_of[id]];
      });
    }
    for (std::size_t i = 0; i < with.size(); ++i) {
      offer(parts.groups[i], stem, with[i], together - with[i], request);
    }
  }
  for (CooccurrenceGroup& group : parts.groups) {
    keep_best(group.words, request);
    for (CooccurringWord& word : group.words) {
      Roaring entries =
          evaluator.matches(planned(std::string(schema::kStem) + word.stem)) & parts.target;
      if (column != nullptr) {
        Roaring own_entries;
        for (const Gid gid : entries) {
          column->for_each(snapshot.document_of(unit, gid), [&](std::uint32_t id) {
            if (parts.row_of[id] != kNoGroup && &parts.groups[parts.row_of[id]] == &group) {
              own_entries.add(gid);
            }
          });
        }
        entries = std::move(own_entries);
      }
      word.printed = print_of(reader, listed, word.stem, entries);
    }
  }
  return std::move(parts.groups);
}

}  // namespace fundstelle::search
