// SPDX-License-Identifier: GPL-3.0-or-later
#include "shards/merge.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace fundstelle::shards {
namespace {

constexpr std::string_view kCursorMark = "shards";
constexpr char kBetween = '.';
constexpr std::string_view kEnded = "x";

const FacetCounts* facet_of(const SearchAnswer& answer, Facet facet) {
  for (const FacetCounts& counts : answer.facets) {
    if (counts.facet == facet) return &counts;
  }
  return nullptr;
}

std::uint32_t number(const std::string& text) {
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::uint64_t words_held(const SearchAnswer& answer) {
  std::uint64_t sum = 0;
  for (const UnderstoodWord& word : answer.query.words) sum += word.documents;
  return sum;
}

}  // namespace

std::weak_ordering compare(const HitKey& a, const HitKey& b, Sort sort) {
  const auto higher = [](const auto& x, const auto& y) {
    return x > y   ? std::weak_ordering::less
           : x < y ? std::weak_ordering::greater
                   : std::weak_ordering::equivalent;
  };
  if (sort == Sort::kRelevance && a.all_words != b.all_words)
    return higher(a.all_words, b.all_words);
  if (sort == Sort::kRelevance && a.score != b.score) return higher(a.score, b.score);
  if (sort == Sort::kAdded && a.first_seen != b.first_seen)
    return higher(a.first_seen, b.first_seen);
  if (sort == Sort::kOldest && a.date != 0 && b.date != 0) return higher(b.date, a.date);
  return higher(a.date, b.date);
}

Choice choose(const std::vector<std::size_t>& sizes, const BeforeHit& before, std::size_t skip,
              std::size_t size) {
  Choice out;
  std::vector<std::size_t> at(sizes.size(), 0);
  out.skipped.assign(sizes.size(), 0);
  out.chosen.assign(sizes.size(), 0);
  for (std::size_t taken = 0; taken < skip + size; ++taken) {
    std::size_t best = sizes.size();
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      if (at[i] >= sizes[i]) continue;
      if (best == sizes.size() || before(i, at[i], best, at[best])) best = i;
    }
    if (best == sizes.size()) break;
    ++at[best];
    if (taken < skip) {
      ++out.skipped[best];
    } else {
      ++out.chosen[best];
      out.order.push_back(best);
    }
  }
  return out;
}

std::vector<FacetCounts> add_facets(const std::vector<const SearchAnswer*>& parts,
                                    const std::vector<Facet>& wanted, std::uint32_t limit) {
  std::vector<FacetCounts> out;
  for (const Facet facet : wanted) {
    FacetCounts sum;
    sum.facet = facet;
    std::map<std::string, FacetValue> values;
    for (const SearchAnswer* const part : parts) {
      const FacetCounts* const counts = facet_of(*part, facet);
      if (counts == nullptr) continue;
      sum.missing += counts->missing;
      for (const FacetValue& value : counts->values) {
        FacetValue& known =
            values.try_emplace(value.slug, FacetValue{value.slug, value.slug}).first->second;
        // A shard that has no such value knows no label of it.
        if (known.label == known.slug) known.label = value.label;
        known.count += value.count;
        known.selected = known.selected || value.selected;
        known.excluded = known.excluded || value.excluded;
      }
    }
    for (auto& [slug, value] : values) {
      sum.distinct += value.count > 0 ? 1 : 0;
      sum.values.push_back(std::move(value));
    }
    std::sort(sum.values.begin(), sum.values.end(), [](const FacetValue& a, const FacetValue& b) {
      if (a.count != b.count) return a.count > b.count;
      return a.label != b.label ? a.label < b.label : a.slug < b.slug;
    });
    std::uint32_t kept = 0;
    std::erase_if(sum.values, [&](const FacetValue& value) {
      return ++kept > limit && !value.selected && !value.excluded;
    });
    out.push_back(std::move(sum));
  }
  return out;
}

Histogram add_histograms(const std::vector<const SearchAnswer*>& parts,
                         const SearchRequest& request) {
  // A facet ignores its own filter, so years that do not pass it are counted there, too.
  std::set<std::string> wanted, excluded;
  for (const FacetFilter& filter : request.filters) {
    if (filter.facet != Facet::kYear) continue;
    wanted.insert(filter.wanted.begin(), filter.wanted.end());
    excluded.insert(filter.excluded.begin(), filter.excluded.end());
  }
  std::map<std::uint32_t, std::uint64_t> years;
  std::uint64_t total = 0;
  for (const SearchAnswer* const part : parts) {
    total += part->total;
    const FacetCounts* const counts = facet_of(*part, Facet::kYear);
    if (counts == nullptr) continue;
    for (const FacetValue& value : counts->values) {
      const bool passes =
          (wanted.empty() || wanted.contains(value.slug)) && !excluded.contains(value.slug);
      if (value.count > 0 && passes) years[number(value.slug)] += value.count;
    }
  }
  Histogram out;
  out.undated = total;
  if (years.empty()) return out;
  const std::uint32_t from = request.from != 0 ? request.from / 10000 : years.begin()->first;
  const std::uint32_t to =
      request.to != 0 ? std::min(request.to / 10000, 9999U) : years.rbegin()->first;
  // As one index chooses: at most four calendar years, 48 bars.
  const bool monthly = to < from + 4;
  std::map<std::uint32_t, std::uint64_t> bars;  // by period, successive numbers
  if (monthly) {
    out.step = "month";
    for (const SearchAnswer* const part : parts) {
      for (const HistogramBar& bar : part->histogram.bars) {
        if (bar.count == 0 || part->histogram.step != "month") continue;
        bars[bar.from / 10000 * 12 + bar.from / 100 % 100 - 1] += bar.count;
      }
    }
  } else {
    bars = std::move(years);
  }
  for (const auto& [period, count] : bars) out.undated -= count;
  if (bars.empty()) return out;
  for (std::uint32_t period = bars.begin()->first; period <= bars.rbegin()->first; ++period) {
    const auto found = bars.find(period);
    out.bars.push_back(
        {monthly ? period / 12 * 10000 + (period % 12 + 1) * 100 + 1 : period * 10000 + 101,
         found == bars.end() ? 0 : found->second});
  }
  return out;
}

std::size_t speaker_of(const std::vector<const SearchAnswer*>& parts) {
  std::size_t speaker = 0;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (parts[i]->query.words.size() >= parts[speaker]->query.words.size() &&
        words_held(*parts[i]) > words_held(*parts[speaker])) {
      speaker = i;
    }
  }
  return speaker;
}

QueryReport add_reports(const std::vector<const SearchAnswer*>& parts, std::size_t speaker,
                        QueryReport report) {
  for (std::size_t part = 0; part < parts.size(); ++part) {
    if (part == speaker) continue;
    const QueryReport& other = parts[part]->query;
    for (std::size_t i = 0; i < report.words.size() && i < other.words.size(); ++i) {
      report.words[i].documents += other.words[i].documents;
    }
    for (const std::string& note : other.ignored) {
      if (std::find(report.ignored.begin(), report.ignored.end(), note) == report.ignored.end()) {
        report.ignored.push_back(note);
      }
    }
  }
  return report;
}

std::string to_cursor(const Places& places) {
  std::string out(kCursorMark);
  for (const auto& place : places) {
    out += kBetween;
    out += place ? *place : std::string(kEnded);
  }
  return out;
}

std::optional<Places> from_cursor(const std::string& cursor, std::size_t shards) {
  if (!cursor.starts_with(std::string(kCursorMark) + kBetween)) return std::nullopt;
  Places out;
  std::size_t begin = kCursorMark.size() + 1;
  while (begin <= cursor.size()) {
    const std::size_t end = std::min(cursor.find(kBetween, begin), cursor.size());
    std::string place = cursor.substr(begin, end - begin);
    out.push_back(place == kEnded ? std::nullopt : std::optional(std::move(place)));
    begin = end + 1;
  }
  if (out.size() != shards) return std::nullopt;
  return out;
}

}  // namespace fundstelle::shards
