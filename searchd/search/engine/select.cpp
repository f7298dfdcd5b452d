// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/select.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>

#include "identity/identity.h"

namespace fundstelle::search {
namespace {

enum Flag : std::uint8_t { kWanted = 1, kExcluded = 2 };

/// The filter on one facet, by value id.
struct CompiledFilter {
  bool active = false, restricts = false;
  std::vector<std::uint8_t> flags;
  std::vector<std::pair<std::string, std::uint8_t>> unknown;  ///< slugs the index does not hold
  /// Of a facet with single values: by value id, and last for none, whether it passes.
  std::vector<std::uint8_t> passing;

  void finish(const FacetColumn& column) {
    if (!active || column.single.empty()) return;
    for (const std::uint8_t flag : flags) {
      passing.push_back((!restricts || (flag & kWanted) != 0) && (flag & kExcluded) == 0 ? 1 : 0);
    }
    passing.push_back(restricts ? 0 : 1);
  }
  [[nodiscard]] bool passes(const FacetColumn& column, Gid document) const {
    if (!passing.empty()) {
      return passing[std::min<std::size_t>(column.single[document], passing.size() - 1)] != 0;
    }
    bool wanted = !restricts, excluded = false;
    column.for_each(document, [&](std::uint32_t id) {
      if (id >= flags.size()) return;
      wanted = wanted || (flags[id] & kWanted) != 0;
      excluded = excluded || (flags[id] & kExcluded) != 0;
    });
    return wanted && !excluded;
  }
};

std::optional<std::uint32_t> value_id(const FacetColumn& column, Facet facet,
                                      const std::string& slug) {
  if (facet != Facet::kLegislature && facet != Facet::kYear) return column.find(slug);
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(slug.data(), slug.data() + slug.size(), value);
  if (error != std::errc() || end != slug.data() + slug.size() || value >= column.end) {
    return std::nullopt;
  }
  return value;
}

std::array<CompiledFilter, kFacetCount> compile(const Snapshot& snapshot,
                                                const SearchRequest& request) {
  std::array<CompiledFilter, kFacetCount> out;
  for (const FacetFilter& filter : request.filters) {
    if (filter.wanted.empty() && filter.excluded.empty()) continue;
    CompiledFilter& compiled = out[static_cast<std::size_t>(filter.facet)];
    const FacetColumn& column = snapshot.facet(filter.facet);
    compiled.active = true;
    compiled.restricts = compiled.restricts || !filter.wanted.empty();
    compiled.flags.resize(column.end, 0);
    const auto mark = [&](const std::vector<std::string>& slugs, std::uint8_t flag) {
      for (const std::string& slug : slugs) {
        if (const auto id = value_id(column, filter.facet, slug)) {
          compiled.flags[*id] |= flag;
        } else {
          compiled.unknown.emplace_back(slug, flag);
        }
      }
    };
    mark(filter.wanted, kWanted);
    mark(filter.excluded, kExcluded);
  }
  for (std::size_t i = 0; i < kFacetCount; ++i) out[i].finish(snapshot.facets[i]);
  return out;
}

FacetCounts listed(const FacetColumn& column, Facet facet, const CompiledFilter& filter,
                   const std::vector<std::uint64_t>& counts, std::uint64_t missing,
                   std::uint32_t limit) {
  FacetCounts out;
  out.facet = facet;
  out.missing = missing;
  for (std::uint32_t id = 0; id < counts.size(); ++id) {
    const std::uint8_t flags = filter.active ? filter.flags[id] : 0;
    if (counts[id] > 0) ++out.distinct;
    if (counts[id] == 0 && flags == 0) continue;
    FacetValue value;
    value.slug = column.slug(id);
    value.label = column.label(id);
    value.count = counts[id];
    value.selected = (flags & kWanted) != 0;
    value.excluded = (flags & kExcluded) != 0;
    out.values.push_back(std::move(value));
  }
  for (const auto& [slug, flags] : filter.unknown) {
    FacetValue value;
    value.slug = value.label = slug;
    value.selected = (flags & kWanted) != 0;
    value.excluded = (flags & kExcluded) != 0;
    out.values.push_back(std::move(value));
  }
  std::sort(out.values.begin(), out.values.end(), [](const FacetValue& a, const FacetValue& b) {
    if (a.count != b.count) return a.count > b.count;
    if (a.label != b.label) return a.label < b.label;
    return a.slug < b.slug;
  });
  std::uint32_t kept = 0;
  std::erase_if(out.values, [&](const FacetValue& value) {
    return ++kept > limit && !value.selected && !value.excluded;
  });
  return out;
}

/// Entries are looked at in blocks that fit the cache, whatever is counted.
constexpr std::size_t kBlock = 8192;

Histogram histogram_of(const Snapshot& snapshot, const SearchRequest& request,
                       const std::vector<Gid>& hits) {
  Histogram out;
  constexpr std::uint32_t kAYear = Orders::kMonthsAYear;
  const std::vector<std::uint16_t>& month_of = snapshot.orders.months(snapshot);
  const std::uint32_t least = std::max(snapshot.oldest_date / 10000, 1U);
  const std::uint32_t most = std::max(snapshot.newest_date / 10000, least);
  // By month from January of the oldest year on; before them what is undated. Two rows in turn:
  // neighbours are often of one month, and a counter just written is slow to read.
  const std::uint32_t before = least * kAYear;
  const std::size_t months = 1 + (most - least + 1) * kAYear;
  std::vector<std::uint32_t> odd(months, 0), even(months, 0);
  const auto place = [&](Gid gid) {
    const std::uint32_t code = month_of[snapshot.document_of(request.unit, gid)];
    return code < before ? 0 : code - before + 1;
  };
  std::size_t hit = 0;
  for (; hit + 2 <= hits.size(); hit += 2) {
    ++odd[place(hits[hit])];
    ++even[place(hits[hit + 1])];
  }
  if (hit < hits.size()) ++odd[place(hits[hit])];
  std::vector<std::uint64_t> counts(months);
  for (std::size_t month = 0; month < months; ++month) {
    counts[month] = std::uint64_t{odd[month]} + even[month];
  }
  out.undated = counts[0];
  std::size_t begin = 1, end = counts.size();
  while (begin < end && counts[begin] == 0) ++begin;
  while (end > begin && counts[end - 1] == 0) --end;
  if (begin == end) return out;
  const std::uint32_t first = least + static_cast<std::uint32_t>(begin - 1) / kAYear;
  const std::uint32_t last = least + static_cast<std::uint32_t>(end - 2) / kAYear;
  const std::uint32_t shown_from = request.from != 0 ? request.from / 10000 : first;
  const std::uint32_t shown_to = request.to != 0 ? std::min(request.to, 99991231U) / 10000 : last;
  // At most four calendar years: 48 bars.
  const bool monthly = shown_to < shown_from + 4;
  out.step = monthly ? "month" : "year";
  std::vector<std::pair<std::uint32_t, std::uint64_t>> bars;  // first day, count; without gaps
  for (std::uint32_t year = first; year <= last; ++year) {
    const auto at = counts.begin() + static_cast<std::ptrdiff_t>(1 + (year - least) * kAYear);
    if (!monthly) {
      bars.emplace_back(year * 10000 + 101, std::accumulate(at, at + kAYear, std::uint64_t{0}));
      continue;
    }
    out.undated += at[0];  // the month is not known
    for (std::uint32_t month = 1; month < kAYear; ++month) {
      bars.emplace_back(year * 10000 + month * 100 + 1, at[month]);
    }
  }
  while (!bars.empty() && bars.back().second == 0) bars.pop_back();
  std::size_t empty = 0;
  while (empty < bars.size() && bars[empty].second == 0) ++empty;
  for (std::size_t i = empty; i < bars.size(); ++i) {
    out.bars.push_back({bars[i].first, bars[i].second});
  }
  return out;
}

/// Values of one facet among entries.
struct Tally {
  std::vector<std::uint64_t> counts;  ///< by value id
  std::uint64_t missing = 0;
};

void tally(const FacetColumn& column, const Gid* begin, const Gid* end, Tally& out) {
  if (column.single.empty()) {
    for (; begin != end; ++begin) {
      const std::uint32_t from = column.starts[*begin], to = column.starts[*begin + 1];
      out.missing += from == to ? 1 : 0;
      for (std::uint32_t i = from; i < to; ++i) ++out.counts[column.values[i]];
    }
    return;
  }
  // Two rows of counters: papers of one kind often stand together, and a counter just written is
  // slow to read.
  const std::size_t none = column.end;
  std::vector<std::uint32_t> odd(none + 1, 0), even(none + 1, 0);
  const auto place = [&](Gid gid) { return std::min<std::size_t>(column.single[gid], none); };
  for (; end - begin >= 2; begin += 2) {
    ++odd[place(begin[0])];
    ++even[place(begin[1])];
  }
  if (begin != end) ++odd[place(*begin)];
  for (std::size_t id = 0; id < none; ++id) out.counts[id] += odd[id] + even[id];
  out.missing += odd[none] + even[none];
}

std::vector<Gid> ids_of(const Roaring& set) {
  std::vector<Gid> out(set.cardinality());
  set.toUint32Array(out.data());
  return out;
}

/// Documents of the years a period touches: all that can be in it.
Roaring in_years(const Snapshot& snapshot, const SearchRequest& request) {
  return snapshot.orders.of_years(snapshot, request.from / 10000,
                                  request.to == 0 ? UINT32_MAX : request.to / 10000);
}

}  // namespace

Selection select(const Snapshot& snapshot, const SearchRequest& request, const Roaring& matched) {
  Selection out;
  const auto filters = compile(snapshot, request);
  std::vector<std::size_t> active;
  for (std::size_t i = 0; i < kFacetCount; ++i) {
    if (filters[i].active) active.push_back(i);
  }
  std::vector<Facet> counted;  // each once, however often it is asked for
  for (const Facet facet : request.facets) {
    if (std::find(counted.begin(), counted.end(), facet) == counted.end()) counted.push_back(facet);
  }
  std::array<bool, kFacetCount> counts{};
  for (const Facet facet : counted) counts[static_cast<std::size_t>(facet)] = true;
  // Entries that fail one filter only, by that filter's facet.
  std::array<std::vector<Gid>, kFacetCount> nearly;
  const bool dated = request.from != 0 || request.to != 0;
  std::vector<Gid> candidates = dated && request.unit == Unit::kDocument
                                    ? ids_of(matched & in_years(snapshot, request))
                                    : ids_of(matched);
  if (active.empty() && !dated) {
    out.hits = std::move(candidates);
  } else {
    const std::uint32_t to = request.to == 0 ? UINT32_MAX : request.to;
    for (const Gid gid : candidates) {
      const Gid document = snapshot.document_of(request.unit, gid);
      if (dated) {
        const std::uint32_t date = snapshot.date[document];
        if (date == 0 || date < request.from || date > to) continue;
      }
      std::size_t failed = 0, failed_at = 0;
      for (const std::size_t i : active) {
        if (filters[i].passes(snapshot.facets[i], document)) continue;
        failed_at = i;
        if (++failed > 1) break;
      }
      if (failed == 0) out.hits.push_back(gid);
      if (failed == 1 && counts[failed_at]) nearly[failed_at].push_back(gid);
    }
  }
  std::array<Tally, kFacetCount> tallies;
  for (const Facet facet : request.facets) {
    const auto index = static_cast<std::size_t>(facet);
    tallies[index].counts.assign(snapshot.facets[index].end, 0);
  }
  std::vector<Gid> documents;
  const auto count = [&](const std::vector<Gid>& entries, const std::vector<Facet>& facets) {
    for (std::size_t from = 0; from < entries.size(); from += kBlock) {
      const Gid* begin = entries.data() + from;
      const Gid* end = entries.data() + std::min(entries.size(), from + kBlock);
      if (request.unit == Unit::kPassage) {
        documents.clear();
        for (; begin != end; ++begin) documents.push_back(snapshot.parent[*begin]);
        begin = documents.data();
        end = begin + documents.size();
      }
      for (const Facet facet : facets) {
        const auto index = static_cast<std::size_t>(facet);
        tally(snapshot.facets[index], begin, end, tallies[index]);
      }
    }
  };
  count(out.hits, counted);
  for (const Facet facet : counted) count(nearly[static_cast<std::size_t>(facet)], {facet});
  for (const Facet facet : request.facets) {
    const auto index = static_cast<std::size_t>(facet);
    out.facets.push_back(listed(snapshot.facets[index], facet, filters[index],
                                tallies[index].counts, tallies[index].missing,
                                request.facet_values));
  }
  if (request.histogram) out.histogram = histogram_of(snapshot, request, out.hits);
  return out;
}

}  // namespace fundstelle::search
