// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/select.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "identity/identity.h"

namespace fundstelle::search {
namespace {

enum Flag : std::uint8_t { kWanted = 1, kExcluded = 2 };

/// The filter on one facet, by value id.
struct CompiledFilter {
  bool active = false, restricts = false;
  std::vector<std::uint8_t> flags;
  std::vector<std::pair<std::string, std::uint8_t>> unknown;  ///< slugs the index does not hold

  [[nodiscard]] bool passes(const FacetColumn& column, Gid document) const {
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

std::uint32_t months(std::uint32_t date) { return date / 10000 * 12 + date / 100 % 100 - 1; }

Histogram histogram_of(const Snapshot& snapshot, const SearchRequest& request,
                       const std::vector<Gid>& hits) {
  Histogram out;
  std::uint32_t first = UINT32_MAX, last = 0;
  const auto date_of = [&](Gid gid) {
    return snapshot.date[snapshot.document_of(request.unit, gid)];
  };
  for (const Gid gid : hits) {
    const std::uint32_t date = date_of(gid);
    if (date == 0) continue;
    first = std::min(first, date);
    last = std::max(last, date);
  }
  if (last == 0) {
    out.undated = hits.size();
    return out;
  }
  const std::uint32_t shown_from = request.from != 0 ? request.from : first;
  const std::uint32_t shown_to = request.to != 0 ? std::min(request.to, 99991231U) : last;
  // At most four calendar years: 48 bars.
  const bool monthly = shown_to / 10000 < shown_from / 10000 + 4;
  out.step = monthly ? "month" : "year";
  const std::uint32_t begin =
      monthly ? std::max(months(first / 100 * 100 + 1), first / 10000 * 12) : first / 10000;
  const auto slot_of = [&](std::uint32_t date) { return monthly ? months(date) : date / 10000; };
  std::vector<std::uint64_t> counts;
  for (const Gid gid : hits) {
    const std::uint32_t date = date_of(gid);
    if (date == 0 || (monthly && date / 100 % 100 == 0)) {
      ++out.undated;
      continue;
    }
    const std::uint32_t slot = slot_of(date) - begin;
    if (slot >= counts.size()) counts.resize(slot + 1, 0);
    ++counts[slot];
  }
  // A hit of unknown month may have begun the row too early.
  std::size_t empty = 0;
  while (empty < counts.size() && counts[empty] == 0) ++empty;
  for (std::size_t i = empty; i < counts.size(); ++i) {
    const auto slot = begin + static_cast<std::uint32_t>(i);
    const std::uint32_t from =
        monthly ? slot / 12 * 10000 + (slot % 12 + 1) * 100 + 1 : slot * 10000 + 101;
    out.bars.push_back({from, counts[i]});
  }
  return out;
}

}  // namespace

Selection select(const Snapshot& snapshot, const SearchRequest& request, const Roaring& matched) {
  Selection out;
  const auto filters = compile(snapshot, request);
  std::vector<std::size_t> active;
  for (std::size_t i = 0; i < kFacetCount; ++i) {
    if (filters[i].active) active.push_back(i);
  }
  // Entries that fail one filter only, by that filter's facet.
  std::array<std::vector<Gid>, kFacetCount> nearly;
  std::vector<Gid> candidates(matched.cardinality());
  matched.toUint32Array(candidates.data());
  const bool dated = request.from != 0 || request.to != 0;
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
      if (failed == 1) nearly[failed_at].push_back(gid);
    }
  }
  for (const Facet facet : request.facets) {
    const auto index = static_cast<std::size_t>(facet);
    const FacetColumn& column = snapshot.facets[index];
    std::vector<std::uint64_t> counts(column.end, 0);
    std::uint64_t missing = 0;
    const auto count = [&](const std::vector<Gid>& entries) {
      for (const Gid gid : entries) {
        bool has = false;
        column.for_each(snapshot.document_of(request.unit, gid), [&](std::uint32_t id) {
          ++counts[id];
          has = true;
        });
        missing += has ? 0 : 1;
      }
    };
    count(out.hits);
    count(nearly[index]);
    out.facets.push_back(
        listed(column, facet, filters[index], counts, missing, request.facet_values));
  }
  if (request.histogram) out.histogram = histogram_of(snapshot, request, out.hits);
  return out;
}

}  // namespace fundstelle::search
