// SPDX-License-Identifier: GPL-3.0-or-later
#include "shards/sharded_searcher.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <set>

#include "search/engine/deadline.h"
#include "shards/search.h"
#include "shards/trends.h"

namespace fundstelle::shards {
namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

// FNV-1a, 64 bits.
std::string revision_of(const std::vector<std::string>& revisions) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const std::string& revision : revisions) {
    for (const char c : revision + '\x1F') {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
  }
  char out[17];
  std::snprintf(out, sizeof out, "%016llx", static_cast<unsigned long long>(hash));
  return out;
}

std::string ShardSet::revision() const {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < shards.size(); ++i) {
    out.push_back(shards[i]->state().revision);
    const std::lock_guard lock(mutex);
    if (!set_aside[i].empty() || failed.contains(i)) out.back() += "-silent";
  }
  return revision_of(out);
}

struct ShardedSearcher::State : ShardSet {};

namespace {

/// A shard that failed so lately is said not to answer.
constexpr std::chrono::seconds kLately{3};

std::string silent(const std::string& name) {
  return name + " antwortet nicht; Treffer daraus fehlen";
}

ProblemError may_be_there() {
  return ProblemError({"index_unavailable",
                       "Ein Teil des Bestands antwortet zurzeit nicht; vielleicht liegt es dort. "
                       "Bitte später noch einmal versuchen."});
}

std::vector<std::unique_ptr<Shard>> opened(const std::vector<ShardPlace>& places,
                                           SearcherOptions options) {
  const auto folders = static_cast<std::size_t>(std::max<std::ptrdiff_t>(
      1, std::count_if(places.begin(), places.end(),
                       [](const ShardPlace& place) { return place.remote.empty(); })));
  for (std::size_t* const bytes :
       {&options.posting_cache_bytes, &options.record_cache_bytes, &options.listed_cache_bytes}) {
    *bytes /= folders;
  }
  std::vector<std::unique_ptr<Shard>> out;
  for (const ShardPlace& place : places) {
    std::string name = place.name.empty() ? "Teil " + std::to_string(out.size() + 1) : place.name;
    try {
      out.push_back(place.remote.empty() ? open_local(std::move(name), place.path, options)
                                         : open_remote(std::move(name), place.remote));
    } catch (const ShardDown& error) {
      throw ShardsError(error.what());
    }
  }
  return out;
}

}  // namespace

ShardedSearcher::ShardedSearcher(const std::vector<ShardPlace>& places,
                                 const SearcherOptions& options)
    : ShardedSearcher(opened(places, options)) {}

ShardedSearcher::ShardedSearcher(std::vector<std::unique_ptr<Shard>> shards)
    : state_(std::make_unique<State>()) {
  state_->shards = std::move(shards);
  state_->compare_words();
  for (const std::string& why : state_->set_aside) {
    if (!why.empty()) throw ShardsError(why);
  }
  if (state_->fingerprint.empty()) {
    throw ShardsError("no shard can be reached; start xapian-tcpsrv on one of them");
  }
}

ShardedSearcher::~ShardedSearcher() = default;

std::variant<SearchAnswer, Problem> ShardedSearcher::search(const SearchRequest& request) const {
  try {
    return Search(*state_, request).run();
  } catch (const ProblemError& error) {
    return error.problem;
  }
}

TrendAnswer ShardedSearcher::trend(const TrendRequest& typed) const {
  const auto begin = Clock::now();
  Search search(*state_, typed.search);
  if (auto problem = search.direct()) throw ProblemError(*problem);
  TrendRequest request = typed;
  request.search = search.request();
  const std::vector<bool> who = state_->whole();
  TrendAnswer out = add_trends(request, [&](const TrendRequest& one) {
    std::vector<TrendAnswer> parts;
    for (auto& part :
         state_->ask(who, [&](std::size_t i) { return state_->shards[i]->trend(one); })) {
      if (part) parts.push_back(std::move(*part));
    }
    return parts;
  });
  out.took_us = search::microseconds_since(begin);
  out.revision = state().revision;
  return out;
}

SuggestAnswer ShardedSearcher::suggest(std::string_view q, std::size_t size) const {
  const auto begin = Clock::now();
  const auto parts = state_->ask(
      state_->whole(), [&](std::size_t i) { return state_->shards[i]->suggest(q, size); });
  SuggestAnswer out;
  // Rank by rank; what several offer is offered once, with the sum of its documents.
  for (std::size_t rank = 0; rank < size; ++rank) {
    for (const auto& part : parts) {
      if (!part || rank >= part->suggestions.size()) continue;
      const Suggestion& one = part->suggestions[rank];
      const auto known = std::find_if(out.suggestions.begin(), out.suggestions.end(),
                                      [&](const Suggestion& other) {
                                        return other.kind == one.kind && other.query == one.query &&
                                               other.document == one.document;
                                      });
      if (known == out.suggestions.end()) {
        out.suggestions.push_back(one);
      } else {
        known->count += one.count;
        known->estimated = known->estimated || one.estimated;
      }
    }
  }
  std::stable_partition(out.suggestions.begin(), out.suggestions.end(),
                        [](const Suggestion& one) { return one.document.empty(); });
  if (out.suggestions.size() > size) out.suggestions.resize(size);
  out.revision = state().revision;
  out.took_us = search::microseconds_since(begin);
  return out;
}

std::optional<DocumentView> ShardedSearcher::document(std::string_view id,
                                                      std::string_view q) const {
  bool all = true;
  for (auto& part : state_->ask(state_->asked_now(), [&](std::size_t i) {
         return state_->shards[i]->document(id, q);
       })) {
    if (part && *part) return std::move(*part);
    all = all && part;
  }
  if (!all) throw may_be_there();
  return std::nullopt;
}

std::vector<Hit> ShardedSearcher::similar(std::string_view id, std::size_t size,
                                          std::chrono::milliseconds budget) const {
  for (auto& part : state_->ask(state_->whole(), [&](std::size_t i) {
         return state_->shards[i]->similar(id, size, budget);
       })) {
    if (part && !part->empty()) return std::move(*part);
  }
  return {};
}

AskedAnswer ShardedSearcher::asked(const AskedRequest& request) const {
  const auto begin = Clock::now();
  auto parts = state_->ask(state_->whole(),
                           [&](std::size_t i) { return state_->shards[i]->asked(request); });
  AskedAnswer out;
  for (const AskedText& text : request.questions) out.questions.push_back({text, {}});
  for (auto& part : parts) {
    if (!part) continue;
    out.searched += part->searched;
    for (std::size_t i = 0; i < out.questions.size() && i < part->questions.size(); ++i) {
      auto& matches = part->questions[i].matches;
      std::move(matches.begin(), matches.end(), std::back_inserter(out.questions[i].matches));
    }
    std::move(part->papers.begin(), part->papers.end(), std::back_inserter(out.papers));
  }
  for (AskedQuestion& question : out.questions) {
    std::stable_sort(question.matches.begin(), question.matches.end(),
                     [](const auto& a, const auto& b) { return a.hit.score > b.hit.score; });
    if (question.matches.size() > request.size) question.matches.resize(request.size);
  }
  std::stable_sort(out.papers.begin(), out.papers.end(),
                   [](const auto& a, const auto& b) { return a.hit.score > b.hit.score; });
  if (out.papers.size() > request.papers) out.papers.resize(request.papers);
  out.revision = state().revision;
  out.took_us = search::microseconds_since(begin);
  return out;
}

std::optional<Original> ShardedSearcher::original(std::string_view id) const {
  for (auto& part : state_->ask(state_->whole(),
                                [&](std::size_t i) { return state_->shards[i]->original(id); })) {
    if (part && *part) return std::move(*part);
  }
  return std::nullopt;
}

std::optional<schema::Takedown> ShardedSearcher::takedown(std::string_view id) const {
  for (auto& part : state_->ask(state_->asked_now(),
                                [&](std::size_t i) { return state_->shards[i]->takedown(id); })) {
    if (part && *part) return std::move(*part);
  }
  return std::nullopt;
}

std::vector<Hit> ShardedSearcher::by_number(std::string_view body, std::string_view number) const {
  std::vector<Hit> out;
  bool all = true;
  for (auto& part : state_->ask(state_->asked_now(), [&](std::size_t i) {
         return state_->shards[i]->by_number(body, number);
       })) {
    if (part) std::move(part->begin(), part->end(), std::back_inserter(out));
    all = all && part;
  }
  if (out.empty() && !all) throw may_be_there();
  std::stable_sort(out.begin(), out.end(),
                   [](const Hit& a, const Hit& b) { return a.date > b.date; });
  return out;
}

std::vector<std::optional<Hit>> ShardedSearcher::describe(
    const std::vector<std::string>& ids) const {
  std::vector<std::optional<Hit>> out(ids.size());
  const auto parts = state_->ask(state_->asked_now(), [&](std::size_t i) {
    std::vector<std::optional<Hit>> found;
    for (const std::string& id : ids) found.push_back(state_->shards[i]->describe(id));
    return found;
  });
  for (const auto& part : parts) {
    for (std::size_t k = 0; part && k < ids.size(); ++k) {
      if (!out[k]) out[k] = (*part)[k];
    }
  }
  return out;
}

std::vector<ListedDocument> ShardedSearcher::listed(std::uint64_t first,
                                                    std::uint64_t count) const {
  const std::uint64_t most = state().documents;
  if (first >= most) return {};
  const std::uint64_t end = first + std::min(count, most - first);
  std::vector<ListedDocument> all;
  for (auto& part : state_->ask(state_->whole(),
                                [&](std::size_t i) { return state_->shards[i]->listed(0, end); })) {
    if (part) std::move(part->begin(), part->end(), std::back_inserter(all));
  }
  std::sort(all.begin(), all.end(),
            [](const ListedDocument& a, const ListedDocument& b) { return a.id < b.id; });
  std::vector<ListedDocument> out;
  for (std::uint64_t i = first; i < std::min<std::uint64_t>(end, all.size()); ++i) {
    out.push_back(std::move(all[i]));
  }
  return out;
}

IndexState ShardedSearcher::state() const {
  IndexState out;
  std::set<std::string> bodies;
  for (const auto& shard : state_->shards) {
    const IndexState one = shard->state();
    out.documents += one.documents;
    out.passages += one.passages;
    if (!one.oldest_date.empty() &&
        (out.oldest_date.empty() || one.oldest_date < out.oldest_date)) {
      out.oldest_date = one.oldest_date;
    }
    out.newest_date = std::max(out.newest_date, one.newest_date);
    out.indexed = std::max(out.indexed, one.indexed);
    if (const auto names = shard->facet_names()) {
      for (const auto& [slug, label] : (*names)[static_cast<std::size_t>(Facet::kBody)]) {
        bodies.insert(slug);
      }
    }
  }
  out.bodies = bodies.size();
  out.revision = state_->revision();
  const std::lock_guard lock(state_->mutex);
  out.fingerprint = state_->fingerprint;
  return out;
}

std::vector<std::string> ShardedSearcher::left_out() const {
  std::vector<std::string> out;
  const auto now = Clock::now();
  const std::lock_guard lock(state_->mutex);
  for (std::size_t i = 0; i < state_->shards.size(); ++i) {
    const Shard& shard = *state_->shards[i];
    const auto failed = state_->failed.find(i);
    const bool lately = failed != state_->failed.end() && now - failed->second < kLately;
    if (!state_->set_aside[i].empty() || lately) {
      out.push_back(silent(shard.name()));
    } else if (!shard.whole()) {
      out.push_back(shard.name() + " kann diese Art von Frage nicht; was dort liegt, fehlt");
    }
  }
  return out;
}

std::vector<ShardedSearcher::Part> ShardedSearcher::parts() const {
  std::vector<Part> out;
  for (std::size_t i = 0; i < state_->shards.size(); ++i) {
    const Shard& shard = *state_->shards[i];
    const IndexState state = shard.state();
    const std::lock_guard lock(state_->mutex);
    out.push_back(
        {shard.name(),
         state_->set_aside[i].empty() && !state_->failed.contains(i) && !state.fingerprint.empty(),
         state.documents});
  }
  return out;
}

std::optional<SearcherStatistics> ShardedSearcher::statistics() const {
  std::optional<SearcherStatistics> out;
  for (const auto& shard : state_->shards) {
    const auto one = shard->statistics();
    if (!one) continue;
    if (!out) out.emplace();
    out->queries += one->queries;
    out->slow_queries += one->slow_queries;
    for (auto cache : {&SearcherStatistics::postings, &SearcherStatistics::answers,
                       &SearcherStatistics::records}) {
      (*out.*cache).hits += ((*one).*cache).hits;
      (*out.*cache).misses += ((*one).*cache).misses;
      (*out.*cache).bytes += ((*one).*cache).bytes;
      (*out.*cache).capacity_bytes += ((*one).*cache).capacity_bytes;
    }
  }
  return out;
}

bool ShardedSearcher::refresh() {
  bool changed = false;
  std::vector<std::string> wrong;
  for (std::size_t i = 0; i < state_->shards.size(); ++i) {
    try {
      changed = state_->shards[i]->refresh() || changed;
      const std::lock_guard lock(state_->mutex);
      if (!state_->shards[i]->whole()) state_->failed.erase(i);  // it was reached
    } catch (const std::exception& error) {
      wrong.emplace_back(error.what());
      const std::lock_guard lock(state_->mutex);
      if (!state_->shards[i]->whole()) state_->failed[i] = Clock::now();
    }
  }
  if (changed) state_->compare_words();
  const std::lock_guard lock(state_->mutex);
  for (const std::string& why : state_->set_aside) {
    if (!why.empty()) wrong.push_back(why);
  }
  state_->problems = std::move(wrong);
  return changed;
}

std::vector<std::string> ShardedSearcher::problems() const {
  const std::lock_guard lock(state_->mutex);
  return state_->problems;
}

}  // namespace fundstelle::shards
