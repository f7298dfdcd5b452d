// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/rank.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace fundstelle::search {
namespace {

constexpr std::size_t kRescored = 200;

struct Key {
  std::uint32_t merit =
      0;  // tier in the top bit, then the score: floats above 0 sort as their bits
  std::uint32_t date = 0;
  std::uint32_t id_rank = 0;
  Gid gid = 0;
  std::uint32_t first_seen = 0;
};

std::uint32_t merit_of(bool all_words, float score) {
  return (all_words ? 0x80000000U : 0U) | std::bit_cast<std::uint32_t>(std::max(score, 0.0F));
}
float score_of(std::uint32_t merit) { return std::bit_cast<float>(merit & 0x7FFFFFFFU); }

struct Before {
  Sort sort;
  bool operator()(const Key& a, const Key& b) const {
    if (sort == Sort::kRelevance && a.merit != b.merit) return a.merit > b.merit;
    if (sort == Sort::kAdded && a.first_seen != b.first_seen) return a.first_seen > b.first_seen;
    if (a.date != b.date) {
      if (sort != Sort::kOldest) return a.date > b.date;
      if (a.date == 0 || b.date == 0) return b.date == 0;
      return a.date < b.date;
    }
    if (a.id_rank != b.id_rank) return a.id_rank < b.id_rank;
    return a.gid < b.gid;
  }
};

/// Days since 0000-03-01 of a date yyyymmdd; unknown month or day: the first. (Days from the civil
/// calendar: the leap day ends the year when years begin in March.)
std::int64_t days_of(std::uint32_t date) {
  const std::int64_t month = std::clamp<std::int64_t>(date / 100 % 100, 1, 12);
  const std::int64_t day = std::clamp<std::int64_t>(date % 100, 1, 31);
  const std::int64_t year = date / 10000 - (month < 3 ? 1 : 0);
  const std::int64_t from_march = (month + 9) % 12;
  return 365 * year + year / 4 - year / 100 + year / 400 + (153 * from_march + 2) / 5 + day - 1;
}

/// What newness multiplies a score by. Age counts from the newest document, not from today: the
/// same index gives the same order tomorrow.
class Recency {
 public:
  Recency(const Ranking& ranking, std::uint32_t newest)
      : weight_(ranking.recency), half_life_(ranking.recency_days), newest_(days_of(newest)) {}
  float operator()(std::uint32_t date) const {
    if (weight_ == 0 || date == 0) return 1;
    const auto age = static_cast<float>(std::max<std::int64_t>(newest_ - days_of(date), 0));
    return 1 + weight_ * std::exp2(-age / half_life_);
  }

 private:
  float weight_, half_life_;
  std::int64_t newest_;
};

/// Names the query a cursor belongs to (FNV-1a, 64 bits). Page size may change between pages.
std::uint64_t fingerprint_of(const SearchRequest& request) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  const auto mix = [&](const std::string& part) {
    for (const char c : part + '\x1F') {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
  };
  mix(request.q);
  for (const FacetFilter& filter : request.filters) {
    mix(to_string(filter.facet));
    for (const std::string& slug : filter.wanted) mix("+" + slug);
    for (const std::string& slug : filter.excluded) mix("-" + slug);
  }
  const ExpansionSwitches& expand = request.expand;
  for (const unsigned number :
       {request.from, request.to, static_cast<unsigned>(request.match),
        static_cast<unsigned>(request.unit), static_cast<unsigned>(request.sort),
        static_cast<unsigned>(expand.inflection), static_cast<unsigned>(expand.compounds),
        static_cast<unsigned>(expand.spelling), static_cast<unsigned>(expand.gender),
        static_cast<unsigned>(expand.abbreviations)}) {
    mix(std::to_string(number));
  }
  for (const RankingParameter& parameter : ranking_parameters()) {
    mix(std::to_string(request.ranking.*parameter.value));
  }
  return hash;
}

/// Reorders the hits that lack a word; `complete`, ascending, lack none.
void learn_from_best(const Evaluator& evaluator, const PlanNode& root, const Ranking& ranking,
                     const std::vector<Gid>& hits, const std::vector<Gid>& complete,
                     std::vector<float>& scores) {
  std::vector<std::size_t> lacking;
  std::size_t next = 0;
  std::vector<std::uint32_t> merits(hits.size());
  for (std::size_t i = 0; i < hits.size(); ++i) {
    while (next < complete.size() && complete[next] < hits[i]) ++next;
    const bool all = next < complete.size() && complete[next] == hits[i];
    merits[i] = merit_of(all, scores[i]);
    if (!all) lacking.push_back(i);
  }
  if (lacking.empty()) return;
  std::vector<std::size_t> order(hits.size());
  std::iota(order.begin(), order.end(), 0);
  const std::size_t count =
      std::min(2 * static_cast<std::size_t>(ranking.feedback_documents), order.size());
  const auto middle = order.begin() + static_cast<std::ptrdiff_t>(count);
  // hits ascend: the lower gid first among equals.
  std::partial_sort(order.begin(), middle, order.end(), [&](std::size_t a, std::size_t b) {
    return merits[a] != merits[b] ? merits[a] > merits[b] : a < b;
  });
  order.resize(count);
  for (const std::size_t i : order) {
    const bool all = (merits[i] & 0x80000000U) != 0;
    merits[i] = merit_of(all, scores[i] + evaluator.nearness(root, ranking, hits[i]));
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return merits[a] > merits[b]; });
  order.resize(std::min(order.size(), static_cast<std::size_t>(ranking.feedback_documents)));
  std::vector<Gid> best, entries;
  for (const std::size_t i : order) best.push_back(hits[i]);
  std::vector<float> changed;
  for (const std::size_t i : lacking) {
    entries.push_back(hits[i]);
    changed.push_back(scores[i]);
  }
  evaluator.feedback(root, ranking, best, entries, changed);
  for (std::size_t i = 0; i < lacking.size(); ++i) scores[lacking[i]] = changed[i];
}

std::string hex(std::uint64_t value) {
  char buffer[16];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof(buffer), value, 16);
  return {buffer, end};
}

}  // namespace

RankedPage rank(const Evaluator& evaluator, const Snapshot& snapshot, const PlanNode& root,
                const SearchRequest& request, const std::vector<Gid>& hits,
                const Roaring& all_words, const Place& place) {
  const bool by_score = request.sort == Sort::kRelevance && Evaluator::ranks(root);
  const Before before{by_score                        ? Sort::kRelevance
                      : request.sort == Sort::kRelevance ? Sort::kNewest
                                                         : request.sort};
  std::vector<float> scores(hits.size(), 0);
  if (by_score) evaluator.score(root, request.ranking, hits, scores);
  const Recency fresh(request.ranking, snapshot.newest_date);
  if (request.ranking.recency > 0) {
    for (std::size_t i = 0; i < hits.size(); ++i) {
      scores[i] *= fresh(snapshot.date[snapshot.document_of(request.unit, hits[i])]);
    }
  }
  std::vector<Gid> complete(all_words.cardinality());
  all_words.toUint32Array(complete.data());
  if (by_score && request.ranking.feedback > 0 && request.unit == Unit::kDocument) {
    learn_from_best(evaluator, root, request.ranking, hits, complete, scores);
  }
  const std::vector<std::uint32_t>& id_ranks = snapshot.id_ranks();

  const auto key_of = [&](Gid gid, bool all, float score) {
    const Gid document = snapshot.document_of(request.unit, gid);
    return Key{by_score ? merit_of(all, score) : merit_of(all, 0), snapshot.date[document],
               id_ranks[document], gid, snapshot.first_seen[document]};
  };
  Key after;
  // Inside the rescored zone an offset says more than a key.
  const bool from_key = place.after.has_value() && (!by_score || place.offset >= kRescored);
  if (from_key) {
    const Gid document = snapshot.document_of(request.unit, place.after->gid);
    after = {place.after->merit, place.after->date, id_ranks[document], place.after->gid,
             snapshot.first_seen[document]};
  }
  std::vector<Key> keys;
  keys.reserve(hits.size());
  std::size_t next_complete = 0;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    while (next_complete < complete.size() && complete[next_complete] < hits[i]) ++next_complete;
    const bool all = next_complete < complete.size() && complete[next_complete] == hits[i];
    const Key key = key_of(hits[i], all, scores[i]);
    if (!from_key || before(after, key)) keys.push_back(key);
  }
  const std::size_t begin = from_key ? 0 : std::min<std::size_t>(place.offset, keys.size());
  const std::size_t end = std::min<std::size_t>(begin + request.size, keys.size());
  const bool rescore = by_score && !from_key && begin < kRescored;
  const std::size_t needed = std::min(std::max(end, rescore ? kRescored : 0), keys.size());
  const auto middle = keys.begin() + static_cast<std::ptrdiff_t>(needed);
  if (needed < keys.size()) std::nth_element(keys.begin(), middle, keys.end(), before);
  std::sort(keys.begin(), middle, before);
  // The page after the zone goes on from the last of the zone as it was before rescoring.
  const Key zone_end = end > 0 ? keys[end - 1] : Key{};
  if (rescore) {
    const std::size_t zone = std::min(kRescored, needed);
    std::vector<Key> rescored(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(zone));
    for (Key& key : rescored) {
      const bool all = (key.merit & 0x80000000U) != 0;
      key.merit =
          merit_of(all, score_of(key.merit) +
                            evaluator.nearness(root, request.ranking, key.gid) * fresh(key.date));
    }
    std::sort(rescored.begin(), rescored.end(), before);
    std::copy(rescored.begin(), rescored.end(), keys.begin());
  }

  RankedPage page;
  for (std::size_t i = begin; i < end; ++i) {
    page.hits.push_back({keys[i].gid, score_of(keys[i].merit), (keys[i].merit & 0x80000000U) != 0});
  }
  page.more = end < keys.size() && end > begin;
  page.next.offset = (from_key ? place.offset : begin) + (end - begin);
  if (end > begin) {
    page.next.after = {zone_end.merit, zone_end.date, zone_end.gid};
  }
  return page;
}

std::string to_cursor(const Place& place, const std::string& revision,
                      const SearchRequest& request) {
  const Place::After after = place.after.value_or(Place::After{});
  return revision + "-" + hex(fingerprint_of(request)) + "-" + hex(place.offset) + "-" +
         hex(after.merit) + "-" + hex(after.date) + "-" + hex(after.gid);
}

std::optional<Place> from_cursor(const std::string& cursor, const std::string& revision,
                                 const SearchRequest& request) {
  if (cursor.size() > 200 || !cursor.starts_with(revision + "-")) return std::nullopt;
  std::vector<std::uint64_t> numbers;
  std::size_t begin = revision.size() + 1;
  while (begin <= cursor.size()) {
    const std::size_t end = std::min(cursor.find('-', begin), cursor.size());
    std::uint64_t value = 0;
    const char* const last = cursor.data() + end;
    const auto [stop, error] = std::from_chars(cursor.data() + begin, last, value, 16);
    if (error != std::errc() || stop != last) return std::nullopt;
    numbers.push_back(value);
    begin = end + 1;
  }
  if (numbers.size() != 5 || numbers[0] != fingerprint_of(request)) return std::nullopt;
  for (std::size_t i = 2; i < numbers.size(); ++i) {
    if (numbers[i] > UINT32_MAX) return std::nullopt;
  }
  Place place;
  place.offset = numbers[1];
  place.after = {static_cast<std::uint32_t>(numbers[2]), static_cast<std::uint32_t>(numbers[3]),
                 static_cast<Gid>(numbers[4])};
  return place;
}

}  // namespace fundstelle::search
