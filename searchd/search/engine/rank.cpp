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

constexpr std::size_t kRescored = 100;

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

/// Reorders the best hits that lack a word; `complete`, ascending, lack none.
void learn_from_best(const Evaluator& evaluator, const PlanNode& root, const Ranking& ranking,
                     const std::vector<Gid>& hits, const std::vector<Gid>& complete,
                     std::vector<float>& scores) {
  if (!Evaluator::learns(root)) return;
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
  const Evaluator::Near near = evaluator.near_words(root);
  for (const std::size_t i : order) {
    const bool all = (merits[i] & 0x80000000U) != 0;
    merits[i] = merit_of(all, scores[i] + evaluator.nearness(near, ranking, hits[i]));
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return merits[a] > merits[b]; });
  order.resize(std::min(order.size(), static_cast<std::size_t>(ranking.feedback_documents)));
  std::vector<Gid> best, entries;
  for (const std::size_t i : order) best.push_back(hits[i]);
  // Best first: how far down there is time for is the evaluator's to say.
  const auto most = lacking.begin() +
                    static_cast<std::ptrdiff_t>(std::min(lacking.size(), Evaluator::kLearningHits));
  std::partial_sort(lacking.begin(), most, lacking.end(), [&](std::size_t a, std::size_t b) {
    return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
  });
  lacking.erase(most, lacking.end());
  std::vector<float> changed;
  for (const std::size_t i : lacking) {
    entries.push_back(hits[i]);
    changed.push_back(scores[i]);
  }
  evaluator.feedback(root, ranking, best, entries, changed);
  for (std::size_t i = 0; i < lacking.size(); ++i) scores[lacking[i]] = changed[i];
}

/// The first so many of all that are offered, without keeping the others.
class First {
 public:
  First(Before before, std::size_t wanted) : before_(before), wanted_(wanted) {}

  /// What has less merit cannot be among them. 0 where merit does not decide.
  [[nodiscard]] std::uint32_t least_merit() const { return least_merit_; }

  void offer(const Key& key) {
    if (full_ && !before_(key, keys_[wanted_ - 1])) return;
    keys_.push_back(key);
    if (keys_.size() >= 4 * wanted_ + kSpare) shorten();
  }

  std::vector<Key> take() {
    if (keys_.size() > wanted_) shorten();
    std::sort(keys_.begin(), keys_.end(), before_);
    return std::move(keys_);
  }

 private:
  static constexpr std::size_t kSpare = 64;
  void shorten() {
    if (wanted_ == 0) {
      keys_.clear();
      return;
    }
    std::nth_element(keys_.begin(), keys_.begin() + static_cast<std::ptrdiff_t>(wanted_ - 1),
                     keys_.end(), before_);
    keys_.resize(wanted_);
    full_ = true;
    if (before_.sort == Sort::kRelevance) least_merit_ = keys_[wanted_ - 1].merit;
  }

  Before before_;
  std::size_t wanted_;
  std::vector<Key> keys_;
  bool full_ = false;  // keys_[wanted_ - 1] is the last of the first found so far
  std::uint32_t least_merit_ = 0;
};

using ScoredLists = std::vector<std::shared_ptr<const Scored>>;

std::size_t postings_of(const ScoredLists& lists) {
  std::size_t postings = 0;
  for (const auto& list : lists) postings += list->size();
  return postings;
}

/// Makes the sums to which the lists were added zeros again.
void clear(const Evaluator& evaluator, const ScoredLists& lists) {
  std::vector<float>& sums = evaluator.sums();
  if (postings_of(lists) > sums.size() / 8) {
    std::fill(sums.begin(), sums.end(), 0.0F);
    return;
  }
  for (const auto& list : lists) {
    list->ids(evaluator.ids());
    for (const Gid gid : evaluator.ids()) sums[gid] = 0;
  }
}

/// True if whatever is in a part of the plan matches.
bool any_of_parts(const PlanNode& node) {
  switch (node.kind) {
    case PlanNode::Kind::kWords:
      return node.words.size() == 1;
    case PlanNode::Kind::kPhrase:
    case PlanNode::Kind::kPrefix:
      return true;
    case PlanNode::Kind::kOr:
      return std::all_of(node.children.begin(), node.children.end(),
                         [](const auto& child) { return any_of_parts(*child); });
    default:
      return false;
  }
}

/// Scores of `hits` from the lists of the plan's parts.
void add_up(const Evaluator& evaluator, const ScoredLists& lists, const std::vector<Gid>& hits,
            std::vector<float>& scores) {
  if (hits.size() * 2 < postings_of(lists)) {
    for (const auto& list : lists) list->add_to(hits, scores, evaluator.ids());
    return;
  }
  evaluator.check_time();
  std::vector<float>& sums = evaluator.sums();
  for (const auto& list : lists) list->add_to(sums, evaluator.ids());
  for (std::size_t i = 0; i < hits.size(); ++i) scores[i] = sums[hits[i]];
  clear(evaluator, lists);
}

std::string hex(std::uint64_t value) {
  char buffer[16];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof(buffer), value, 16);
  return {buffer, end};
}

/// Orders hits and cuts a page out of them.
class Ranker {
 public:
  Ranker(const Evaluator& evaluator, const Snapshot& snapshot, const PlanNode& root,
         const SearchRequest& request, const std::vector<Gid>& hits, const Roaring& all_words,
         const Place& place, bool complete)
      : evaluator_(evaluator),
        snapshot_(snapshot),
        root_(root),
        request_(request),
        hits_(hits),
        all_words_(all_words),
        place_(place),
        complete_(complete),
        by_score_(request.sort == Sort::kRelevance && Evaluator::ranks(root)),
        before_{by_score_                          ? Sort::kRelevance
                : request.sort == Sort::kRelevance ? Sort::kNewest
                                                   : request.sort},
        fresh_(request.ranking, snapshot.newest_date),
        id_ranks_(snapshot.id_ranks()) {}

  RankedPage page() {
    // Inside the rescored zone an offset says more than a key.
    from_key_ = place_.after.has_value() && (!by_score_ || place_.offset >= kRescored);
    if (from_key_) {
      const Gid document = snapshot_.document_of(request_.unit, place_.after->gid);
      after_ = {place_.after->merit, place_.after->date, id_ranks_[document], place_.after->gid,
                snapshot_.first_seen[document]};
    }
    const std::size_t begin = from_key_ ? 0 : std::min<std::size_t>(place_.offset, hits_.size());
    const bool rescore =
        by_score_ && !from_key_ && begin < kRescored && Evaluator::has_nearness(root_);
    wanted_ = std::min(std::max(begin + request_.size, rescore ? kRescored : 0), hits_.size());
    if (!from_best() && !from_newest() && !from_sums()) from_all();
    std::vector<Key>& keys = keys_;
    const std::size_t end = std::min<std::size_t>(begin + request_.size, available_);
    // The page after the zone goes on from the last of the zone as it was before rescoring.
    const Key zone_end = end > 0 ? keys[end - 1] : Key{};
    RankedPage page;
    if (rescore) {
      const std::size_t zone = std::min(kRescored, keys.size());
      if (zone == kRescored) {
        const Key& last = keys[zone - 1];
        page.zone_end = {last.merit, last.date, last.gid};
      }
      std::vector<Key> rescored(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(zone));
      const Evaluator::Near near = evaluator_.near_words(root_);
      for (Key& key : rescored) {
        const bool all = (key.merit & 0x80000000U) != 0;
        key.merit = merit_of(
            all, score_of(key.merit) +
                     evaluator_.nearness(near, request_.ranking, key.gid) * fresh_(key.date));
      }
      std::sort(rescored.begin(), rescored.end(), before_);
      std::copy(rescored.begin(), rescored.end(), keys.begin());
    }
    for (std::size_t i = begin; i < end; ++i) {
      const bool all = by_score_ ? (keys[i].merit & 0x80000000U) != 0
                                 : complete_ || all_words_.contains(keys[i].gid);
      page.hits.push_back({keys[i].gid, score_of(keys[i].merit), all});
    }
    page.more = end < available_ && end > begin;
    page.next.offset = (from_key_ ? place_.offset : begin) + (end - begin);
    if (end > begin) page.next.after = {zone_end.merit, zone_end.date, zone_end.gid};
    return page;
  }

 private:
  [[nodiscard]] Key key_of(Gid gid, std::uint32_t merit) const {
    const Gid document = snapshot_.document_of(request_.unit, gid);
    return Key{merit, snapshot_.date[document], id_ranks_[document], gid,
               snapshot_.first_seen[document]};
  }

  /// One word or phrase, and its best entries are known: they are the best hits, or those of them
  /// that pass the filters.
  bool from_best() {
    if (!by_score_ || !complete_ || from_key_ || evaluator_.ranked_by() == nullptr ||
        request_.ranking.recency > 0) {
      return false;
    }
    if (lists().size() != 1) return false;
    const auto& list = lists_[0];
    if (list->best.size() < wanted_) return false;
    const bool every = hits_.size() == list->size();
    for (const Scored::Best& one : list->best) {
      if (keys_.size() == wanted_) break;
      if (!every && !std::binary_search(hits_.begin(), hits_.end(), one.gid)) continue;
      keys_.push_back(key_of(one.gid, merit_of(true, one.score)));
    }
    available_ = hits_.size();
    if (keys_.size() == wanted_) return true;
    keys_.clear();
    return false;
  }

  /// Newest first: documents are walked in this order until there are enough, if hits are many.
  bool from_newest() {
    if (by_score_ || before_.sort != Sort::kNewest || request_.unit != Unit::kDocument ||
        evaluator_.ranked_by() == nullptr || hits_.size() * 64 < snapshot_.documents.count) {
      return false;
    }
    const std::vector<Gid>& order = snapshot_.orders.newest(snapshot_);
    auto it = order.begin();
    if (from_key_) {
      it = std::upper_bound(order.begin(), order.end(), after_,
                            [&](const Key& a, Gid b) { return before_(a, key_of(b, 0)); });
    } else if (request_.to != 0) {
      it = std::lower_bound(order.begin(), order.end(), request_.to,
                            [&](Gid a, std::uint32_t to) { return snapshot_.date[a] > to; });
    }
    // One more, to know whether there is one.
    std::size_t steps = 0;
    for (; it != order.end() && keys_.size() <= wanted_; ++it) {
      if (++steps * 4 > hits_.size()) {  // they are all old
        keys_.clear();
        return false;
      }
      if (std::binary_search(hits_.begin(), hits_.end(), *it)) keys_.push_back(key_of(*it, 0));
    }
    available_ = keys_.size();
    if (keys_.size() > wanted_) keys_.resize(wanted_);
    return true;
  }

  /// Of the plan's parts, looked up once: what is too long to be kept is made each time it is asked
  /// for.
  const ScoredLists& lists() {
    if (lists_.empty()) {
      std::vector<Evaluator::Part> parts;
      evaluator_.parts(root_, parts);
      for (const Evaluator::Part& part : parts) {
        lists_.push_back(evaluator_.scored(part, request_.ranking));
      }
    }
    return lists_;
  }

  /// The first page of all that holds one of some words: where nothing else changes a score, sums
  /// are looked at where they were made, and made zeros again on the way.
  bool from_sums() {
    if (!by_score_ || !complete_ || from_key_ || evaluator_.ranked_by() == nullptr ||
        request_.ranking.recency > 0) {
      return false;
    }
    const ScoredLists& all = lists();
    if (hits_.size() * 2 < postings_of(all)) return false;
    evaluator_.check_time();
    std::vector<float>& sums = evaluator_.sums();
    for (const auto& list : all) list->add_to(sums, evaluator_.ids());
    First first(before_, wanted_);
    for (const Gid gid : hits_) {
      const std::uint32_t merit = merit_of(true, sums[gid]);
      sums[gid] = 0;
      if (merit >= first.least_merit()) first.offer(key_of(gid, merit));
    }
    // Filters and the query may have left some out, and lists may hold more than what matches.
    const bool every = any_of_parts(root_) && hits_.size() == all_words_.cardinality() &&
                       std::none_of(all.begin(), all.end(),
                                    [](const auto& list) { return list->matches.has_value(); });
    if (!every) clear(evaluator_, all);
    available_ = hits_.size();
    keys_ = first.take();
    return true;
  }

  void from_all() {
    std::vector<Gid> complete;
    if (!complete_) {
      complete.resize(all_words_.cardinality());
      all_words_.toUint32Array(complete.data());
    }
    std::vector<float> scores;
    if (by_score_) score(complete, scores);
    First first(before_, wanted_);
    std::size_t next = 0;
    available_ = 0;
    for (std::size_t i = 0; i < hits_.size(); ++i) {
      const Gid gid = hits_[i];
      bool all = complete_;
      if (!complete_) {
        while (next < complete.size() && complete[next] < gid) ++next;
        all = next < complete.size() && complete[next] == gid;
      }
      const std::uint32_t merit = merit_of(all, by_score_ ? scores[i] : 0);
      if (!from_key_) {
        ++available_;
        if (merit >= first.least_merit()) first.offer(key_of(gid, merit));
      } else if (const Key key = key_of(gid, merit); before_(after_, key)) {
        ++available_;
        first.offer(key);
      }
    }
    keys_ = first.take();
  }

  void score(const std::vector<Gid>& complete, std::vector<float>& scores) {
    const Ranking& ranking = request_.ranking;
    scores.assign(hits_.size(), 0);
    if (evaluator_.ranked_by() != nullptr) {
      add_up(evaluator_, lists(), hits_, scores);
    } else {
      evaluator_.score(root_, ranking, hits_, scores);
    }
    if (ranking.recency > 0) {
      for (std::size_t i = 0; i < hits_.size(); ++i) {
        scores[i] *= fresh_(snapshot_.date[snapshot_.document_of(request_.unit, hits_[i])]);
      }
    }
    if (!complete_ && ranking.feedback > 0 && request_.unit == Unit::kDocument) {
      learn_from_best(evaluator_, root_, ranking, hits_, complete, scores);
    }
  }

  const Evaluator& evaluator_;
  const Snapshot& snapshot_;
  const PlanNode& root_;
  const SearchRequest& request_;
  const std::vector<Gid>& hits_;
  const Roaring& all_words_;
  const Place& place_;
  const bool complete_;  // no hit lacks a word
  const bool by_score_;
  const Before before_;
  const Recency fresh_;
  const std::vector<std::uint32_t>& id_ranks_;
  bool from_key_ = false;
  Key after_;
  std::size_t wanted_ = 0;
  ScoredLists lists_;
  std::vector<Key> keys_;      // the first `wanted_` at least, if there are so many
  std::size_t available_ = 0;  // hits from the page's beginning on, or at least one more
};

}  // namespace

void in_order_of_relevance(const Snapshot& snapshot, Unit unit, std::vector<Scored::Best>& list) {
  const std::vector<std::uint32_t>& id_ranks = snapshot.id_ranks();
  const auto key_of = [&](const Scored::Best& one) {
    const Gid document = snapshot.document_of(unit, one.gid);
    return Key{merit_of(true, one.score), snapshot.date[document], id_ranks[document], one.gid,
               snapshot.first_seen[document]};
  };
  const Before before{Sort::kRelevance};
  std::sort(list.begin(), list.end(), [&](const Scored::Best& a, const Scored::Best& b) {
    return before(key_of(a), key_of(b));
  });
}

RankedPage rank(const Evaluator& evaluator, const Snapshot& snapshot, const PlanNode& root,
                const SearchRequest& request, const std::vector<Gid>& hits,
                const Roaring& all_words, const Place& place, bool complete) {
  return Ranker(evaluator, snapshot, root, request, hits, all_words, place, complete).page();
}

Place place_after(const std::optional<Place::After>& zone_end, std::size_t i, const RankedHit& hit,
                  std::uint32_t date) {
  Place place;
  place.offset = i + 1;
  place.after = place.offset == kRescored && zone_end
                    ? *zone_end
                    : Place::After{merit_of(hit.all_words, hit.score), date, hit.gid};
  return place;
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
