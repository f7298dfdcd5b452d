// SPDX-License-Identifier: GPL-3.0-or-later
#include "shards/search.h"

#include <algorithm>
#include <chrono>

#include "query/limits.h"
#include "query/parser.h"
#include "search/engine/deadline.h"
#include "shards/collection.h"

namespace fundstelle::shards {
namespace {

constexpr std::uint64_t kFewHits = 10;  // as in one index: below, any word suffices
constexpr std::uint32_t kAllValues = 1'000'000;

using Clock = std::chrono::steady_clock;

bool has_phrase(const QueryNode& node) {
  return node.kind == QueryNode::Kind::kPhrase ||
         std::any_of(node.children.begin(), node.children.end(),
                     [](const auto& child) { return has_phrase(*child); });
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

/// Decides what one index decides for itself. `counted`: hits of all words known otherwise.
std::optional<Problem> Search::direct() {
  const std::uint64_t sum = all_words();
  if (std::none_of(who_.begin(), who_.end(), [](bool one) { return one; })) return all_down();
  if (request_.match == MatchMode::kAuto && sum < kFewHits) {
    directions_.any = directions_.relaxed = true;
  }
  request_.directions = std::make_shared<search::Directions>(directions_);
  return std::nullopt;
}

std::optional<Problem> Search::ask(Parts& parts, const std::vector<bool>& who,
                                   const std::function<SearchRequest(std::size_t)>& request_for) {
  auto answers =
      state_.ask(who, [&](std::size_t i) { return state_.shards[i]->search(request_for(i)); });
  parts.assign(who.size(), std::nullopt);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (!answers[i]) continue;
    if (const auto* problem = std::get_if<Problem>(&*answers[i])) return *problem;
    parts[i] = std::get<SearchAnswer>(std::move(*answers[i]));
  }
  return std::nullopt;
}

std::variant<SearchAnswer, Problem> Search::run() {
  const auto begin = Clock::now();
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

  // Counts first, with the hits as far as the page may need them, bare. Ten hits with all words
  // make a census unnecessary: it could only say the same.
  const bool plain = !has_phrase(*parse_query(request_.q).root);
  const bool surely = plain && request_.match == MatchMode::kAuto;
  if (request_.match != MatchMode::kAll && !surely && !(plain && directions_.any)) {
    if (auto problem = direct()) return *problem;
  }
  const auto first = [&](std::size_t i) {
    SearchRequest one = request_;
    one.directions = std::make_shared<search::Directions>(directions_);
    one.page = 1;
    one.cursor = places_[i].value_or("");
    one.size = static_cast<std::uint32_t>(
        places_[i] ? std::min<std::size_t>(skip + request_.size, kMostHits) : 1);
    one.snippets = false;
    one.whole_passages = false;
    one.facet_values = kAllValues;
    if (one.histogram &&
        std::find(one.facets.begin(), one.facets.end(), Facet::kYear) == one.facets.end()) {
      one.facets.push_back(Facet::kYear);
    }
    return one;
  };
  Parts parts;
  const auto total = [&] {
    std::uint64_t sum = 0;
    for (const auto& part : parts) sum += part ? part->total : 0;
    return sum;
  };
  if (auto problem = ask(parts, who_, first)) return *problem;
  if (surely && total() < kFewHits) {
    if (auto problem = direct()) return *problem;
    if (directions_.any) {
      if (auto problem = ask(parts, who_, first)) return *problem;
    }
  }

  SearchAnswer out;
  std::vector<const std::vector<Hit>*> lists;
  std::vector<const SearchAnswer*> found;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (who_[i] && !parts[i]) miss(i, true);
    // A shard without more hits is asked for its counts only.
    lists.push_back(parts[i] && places_[i] ? &parts[i]->hits : nullptr);
    if (!parts[i]) continue;
    found.push_back(&*parts[i]);
    out.total += parts[i]->total;
    out.total_all_words += parts[i]->total_all_words;
  }
  if (found.empty()) return all_down();
  const Choice choice = choose(lists, skip, request_.size, request_.sort);
  out.facets = add_facets(found, request_.facets, request_.facet_values);
  if (request_.histogram) out.histogram = add_histograms(found, request_);

  // Where the page begins in each shard: behind what came before, if a page number was asked for.
  std::vector<bool> skipping(parts.size(), false), showing(parts.size(), false);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    skipping[i] = choice.skipped[i] > 0;
    showing[i] = choice.chosen[i] > 0;
  }
  const auto bare = [&](std::size_t i, std::size_t size) {
    SearchRequest one = first(i);
    one.size = static_cast<std::uint32_t>(size);
    one.facets.clear();
    one.histogram = false;
    return one;
  };
  const auto went_on = [&](const Parts& answers, const std::vector<bool>& who) {
    for (std::size_t i = 0; i < who.size(); ++i) {
      if (!who[i]) continue;
      if (!answers[i]) {
        miss(i, true);
        continue;
      }
      places_[i] = answers[i]->cursor.empty() ? std::nullopt : std::optional(answers[i]->cursor);
    }
  };
  Parts skipped;
  if (auto problem =
          ask(skipped, skipping, [&](std::size_t i) { return bare(i, choice.skipped[i]); })) {
    return *problem;
  }
  went_on(skipped, skipping);
  Parts shown;
  if (auto problem = ask(shown, showing, [&](std::size_t i) {
        SearchRequest one = bare(i, choice.chosen[i]);
        one.snippets = request_.snippets;
        one.whole_passages = request_.whole_passages;
        return one;
      })) {
    return *problem;
  }
  went_on(shown, showing);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] && places_[i] && parts[i]->hits.empty()) places_[i].reset();  // it has none
  }
  std::vector<std::size_t> at(parts.size(), 0);
  for (const std::size_t i : choice.order) {
    if (!shown[i] || at[i] >= shown[i]->hits.size()) continue;
    out.hits.push_back(std::move(shown[i]->hits[at[i]++]));
  }
  // Reports of shown hits name longer words found in them.
  for (std::size_t i = 0, k = 0; i < parts.size(); ++i) {
    if (!parts[i]) continue;
    if (shown[i]) found[k] = &*shown[i];
    ++k;
  }
  out.query = add_reports(found);
  out.query.relaxed = directions_.relaxed && out.total > out.total_all_words;
  out.revision = state_.revision();
  const bool more = std::any_of(places_.begin(), places_.end(),
                                [](const auto& place) { return place.has_value(); });
  if (more && !choice.order.empty()) out.cursor = to_cursor(places_);
  out.incomplete = std::move(incomplete_);
  out.took_us = search::microseconds_since(begin);
  return out;
}

}  // namespace fundstelle::shards
