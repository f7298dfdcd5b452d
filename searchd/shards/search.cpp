// SPDX-License-Identifier: GPL-3.0-or-later
#include "shards/search.h"

#include <algorithm>

#include "query/limits.h"
#include "search/engine/deadline.h"
#include "shards/collection.h"

namespace fundstelle::shards {
namespace {

constexpr std::uint64_t kFewHits = 10;  // as in one index: below, any word suffices
constexpr std::uint32_t kAllValues = 1'000'000;

/// Quotations that stand in no shard.
std::vector<std::string> missing_in_all(const std::vector<std::unique_ptr<Begun>>& parts) {
  std::optional<std::vector<std::string>> missing;
  for (const auto& part : parts) {
    if (!part) continue;
    const std::vector<std::string>& here = part->missing_phrases;
    if (!missing) missing = here;
    std::erase_if(*missing, [&](const std::string& phrase) {
      return std::find(here.begin(), here.end(), phrase) == here.end();
    });
  }
  return missing.value_or(std::vector<std::string>{});
}

std::uint64_t sum_of_all_words(const std::vector<std::unique_ptr<Begun>>& parts) {
  std::uint64_t sum = 0;
  for (const auto& part : parts) sum += part ? part->all_words : 0;
  return sum;
}

Problem invalid_cursor() {
  return {"invalid_cursor",
          "Diese Fortsetzung gehört zu einer anderen Suche oder zu einem älteren Stand des "
          "Bestands. Bitte von vorn beginnen."};
}

Problem all_down() {
  return {"index_unavailable",
          "Der Bestand ist auf mehrere Rechner verteilt, und zurzeit antwortet keiner davon. Bitte "
          "später noch einmal versuchen."};
}

Problem page_down() {
  return {"index_unavailable",
          "Die Treffer dieser Seite liegen in einem Teil des Bestands, der zurzeit nicht "
          "antwortet. Bitte später noch einmal versuchen."};
}

}  // namespace

Search::Search(const ShardSet& state, const SearchRequest& typed)
    : state_(state), request_(typed), who_(state.asked_now()) {
  request_.size = std::clamp<std::uint32_t>(request_.size, 1, kMostHits);
  if (request_.page == 0) request_.page = 1;
  directions_.finder = collection_slugs(state.all());
  directions_.any = request_.match == MatchMode::kAny;
  places_.assign(state.shards.size(), std::string());
  for (std::size_t i = 0; i < who_.size(); ++i) {
    const bool able = state.shards[i]->answers(request_);
    if (!who_[i] || !able) miss(i, able);
  }
}

void Search::miss(std::size_t shard, bool able) {
  who_[shard] = false;
  incomplete_.push_back(state_.shards[shard]->name() +
                        (able ? " antwortet nicht; Treffer daraus fehlen"
                              : " kann diese Art von Suche nicht; Treffer daraus fehlen"));
}

std::uint64_t Search::all_words() {
  request_.directions = std::make_shared<search::Directions>(directions_);
  const auto answers =
      state_.ask(who_, [&](std::size_t i) { return state_.shards[i]->census(request_); });
  std::uint64_t sum = 0;
  std::optional<std::vector<std::string>> missing;  // in every shard
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (who_[i] && !answers[i]) miss(i, true);
    if (!answers[i]) continue;
    sum += answers[i]->all_words;
    const auto& here = answers[i]->missing_phrases;
    if (!missing) {
      missing = here;
    } else {
      std::erase_if(*missing, [&](const std::string& phrase) {
        return std::find(here.begin(), here.end(), phrase) == here.end();
      });
    }
  }
  if (!missing || missing->empty() || !directions_.phrases_as_words.empty()) return sum;
  directions_.phrases_as_words = *missing;
  return all_words();
}

std::optional<Problem> Search::direct() {
  const std::uint64_t sum = all_words();
  if (std::none_of(who_.begin(), who_.end(), [](bool one) { return one; })) return all_down();
  if (request_.match == MatchMode::kAuto && sum < kFewHits) {
    directions_.any = directions_.relaxed = true;
  }
  request_.directions = std::make_shared<search::Directions>(directions_);
  return std::nullopt;
}

/// From the place of a shard on as many hits as the page may need of it.
SearchRequest Search::request_for(std::size_t shard, std::size_t wanted) const {
  SearchRequest one = request_;
  one.page = 1;
  one.cursor = places_[shard].value_or("");
  // A shard without more hits is asked for its counts only.
  one.size =
      static_cast<std::uint32_t>(places_[shard] ? std::min<std::size_t>(wanted, kMostHits) : 1);
  one.facet_values = kAllValues;
  if (one.histogram &&
      std::find(one.facets.begin(), one.facets.end(), Facet::kYear) == one.facets.end()) {
    one.facets.push_back(Facet::kYear);
  }
  if (one.budget.count() > 0) {
    const auto used = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - started_);
    one.budget = std::max(one.budget - used, std::chrono::milliseconds{1});
  }
  return one;
}

std::optional<Problem> Search::begin_once(Parts& parts, std::size_t wanted) {
  parts.clear();  // connections and lists are free for what comes
  request_.directions = std::make_shared<search::Directions>(directions_);
  auto answers = state_.ask(
      who_, [&](std::size_t i) { return state_.shards[i]->begin(request_for(i, wanted)); });
  parts.resize(who_.size());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (who_[i] && !answers[i]) miss(i, true);
    if (!answers[i]) continue;
    if (const auto* problem = std::get_if<Problem>(&*answers[i])) return *problem;
    parts[i] = std::get<std::unique_ptr<Begun>>(std::move(*answers[i]));
  }
  if (std::none_of(who_.begin(), who_.end(), [](bool one) { return one; })) return all_down();
  return std::nullopt;
}

std::optional<Problem> Search::begin(Parts& parts, std::size_t wanted) {
  if (auto problem = begin_once(parts, wanted)) return problem;
  std::vector<std::string> missing = missing_in_all(parts);
  if (request_.match != MatchMode::kAll && !missing.empty()) {
    directions_.phrases_as_words = std::move(missing);
    if (auto problem = begin_once(parts, wanted)) return problem;
  }
  if (request_.match != MatchMode::kAuto || sum_of_all_words(parts) >= kFewHits) {
    return std::nullopt;
  }
  // As one index, which says that it sought any word only where that found more.
  const bool adds = std::any_of(parts.begin(), parts.end(),
                                [](const auto& part) { return part && part->any_adds; });
  if (!adds) return std::nullopt;
  directions_.any = directions_.relaxed = true;
  return begin_once(parts, wanted);
}

std::variant<SearchAnswer, Problem> Search::run() {
  std::size_t skip = 0;
  if (!request_.cursor.empty()) {
    auto places = from_cursor(request_.cursor, state_.shards.size());
    if (!places) return invalid_cursor();
    places_ = std::move(*places);
  } else {
    // A page by its number is chosen from all hits before it, and a shard gives kMostHits at once.
    const std::uint64_t deepest = std::min(query_limits().deepest_hit.load(), kMostHits);
    if (std::uint64_t{request_.page} * request_.size > deepest) {
      return Problem{"page_too_deep", "Seiten reichen bis zum " + std::to_string(deepest) +
                                          ". Treffer. Weiter geht es mit dem „cursor“ der vorigen "
                                          "Antwort."};
    }
    skip = (std::size_t{request_.page} - 1) * request_.size;
  }
  if (std::none_of(who_.begin(), who_.end(), [](bool one) { return one; })) return all_down();
  Parts parts;
  if (auto problem = begin(parts, skip + request_.size)) return *problem;

  SearchAnswer out;
  std::vector<std::size_t> sizes(parts.size(), 0);
  std::vector<std::size_t> shard_of;  // of `found`
  std::vector<const SearchAnswer*> found;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!parts[i]) continue;
    if (places_[i]) sizes[i] = parts[i]->size();
    shard_of.push_back(i);
    found.push_back(&parts[i]->counts);
    out.total += parts[i]->counts.total;
    out.total_all_words += parts[i]->counts.total_all_words;
  }
  std::size_t asked = 0;  // whose id was asked for last
  const auto id_of = [&](std::size_t shard, std::size_t i) { return parts[asked = shard]->id(i); };
  const auto before = [&](std::size_t a, std::size_t i, std::size_t b, std::size_t k) {
    const HitKey left = parts[a]->key(i), right = parts[b]->key(k);
    const auto order = compare(left, right, request_.sort);
    if (order != 0) return order < 0;
    const std::string left_id = id_of(a, i), right_id = id_of(b, k);
    return left_id != right_id ? left_id < right_id : left.passage < right.passage;
  };
  Choice choice;
  std::vector<bool> lost(parts.size(), false);
  for (bool chosen = false; !chosen;) {
    try {
      choice = choose(sizes, before, skip, request_.size);
      chosen = true;
    } catch (const ShardDown& error) {
      state_.note(error.what());
      miss(asked, true);
      lost[asked] = true;
      sizes[asked] = 0;  // its place is kept
    }
  }
  out.facets = add_facets(found, request_.facets, request_.facet_values);
  if (request_.histogram) out.histogram = add_histograms(found, request_);

  // One shard says how the query was read; in the others only texts of the page are read.
  const std::size_t speaker = speaker_of(found);
  std::vector<bool> showing(parts.size(), false);
  for (const std::size_t i : shard_of) {
    showing[i] = !lost[i] && (choice.chosen[i] > 0 || i == shard_of[speaker]);
  }
  auto shown = state_.ask(showing, [&](std::size_t i) {
    return parts[i]->show(choice.skipped[i], choice.chosen[i], i == shard_of[speaker]);
  });
  for (const std::size_t i : shard_of) {
    if (showing[i] && !shown[i]) miss(i, true);
    const std::size_t passed = choice.skipped[i] + (shown[i] ? choice.chosen[i] : 0);
    if (passed > 0) {
      std::string cursor = parts[i]->cursor_behind(passed);
      places_[i] = cursor.empty() ? std::nullopt : std::optional(std::move(cursor));
    } else if (parts[i]->size() == 0) {
      places_[i].reset();  // it has none
    }
  }
  std::vector<std::size_t> at(parts.size(), 0);
  for (const std::size_t i : choice.order) {
    if (!shown[i] || at[i] >= shown[i]->hits.size()) continue;
    out.hits.push_back(std::move(shown[i]->hits[at[i]++]));
  }
  // An empty page with the cursor it came from would be followed for ever.
  const bool some_lost = std::find(lost.begin(), lost.end(), true) != lost.end();
  if (out.hits.empty() && (some_lost || !choice.order.empty())) return page_down();
  const auto& spoken = shown[shard_of[speaker]];
  out.query = add_reports(found, speaker, spoken ? spoken->query : found[speaker]->query);
  out.query.relaxed = directions_.relaxed && out.total > out.total_all_words;
  out.revision = state_.revision();
  const bool more = std::any_of(places_.begin(), places_.end(),
                                [](const auto& place) { return place.has_value(); });
  if (more && !choice.order.empty()) out.cursor = to_cursor(places_);
  out.incomplete = std::move(incomplete_);
  out.took_us = search::microseconds_since(started_);
  return out;
}

}  // namespace fundstelle::shards
