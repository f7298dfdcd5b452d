// SPDX-License-Identifier: GPL-3.0-or-later
//
// The shards of a collection, and how all of them are asked at once.
#pragma once

#include <algorithm>
#include <chrono>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "shards/helpers.h"
#include "shards/shard.h"

namespace fundstelle::shards {

struct ShardSet {
  /// Shards elsewhere are waited for, those here work: one thread of many is busy for each.
  static constexpr std::size_t kMostHelpers = 64;

  std::vector<std::unique_ptr<Shard>> shards;
  mutable Helpers helpers{kMostHelpers};
  mutable std::mutex mutex;
  mutable std::vector<std::string> problems;
  mutable std::map<std::size_t, std::chrono::steady_clock::time_point> failed;  ///< by shard
  std::string fingerprint;             ///< of the words all shards share
  std::vector<std::string> set_aside;  ///< by shard: why it is not asked; empty: it is

  [[nodiscard]] std::vector<bool> asked_now() const {
    const std::lock_guard lock(mutex);
    std::vector<bool> out;
    for (const std::string& why : set_aside) out.push_back(why.empty());
    return out;
  }

  /// Shards with other words than the others read a query otherwise: they are not asked.
  void compare_words() {
    std::string first;
    std::vector<std::string> why;
    for (const auto& shard : shards) {
      std::string found;
      try {
        found = shard->state().fingerprint;
      } catch (const ShardDown&) {
      }
      if (first.empty()) first = found;
      why.push_back(found.empty() || found == first
                        ? ""
                        : shard->name() + ": has words " + found + ", the shards before have " +
                              first + "; index it again with --words-from one of them");
    }
    const std::lock_guard lock(mutex);
    fingerprint = first;
    set_aside = std::move(why);
  }

  /// Asks those of `who` at once. Nothing where a shard is down; throws ProblemError.
  template <typename Work>
  auto ask(const std::vector<bool>& who, const Work& work) const {
    using Answer = decltype(work(std::size_t{0}));
    std::vector<std::optional<Answer>> out(shards.size());
    std::vector<std::size_t> asked;
    for (std::size_t i = 0; i < shards.size(); ++i) {
      if (who[i]) asked.push_back(i);
    }
    std::mutex failing;
    std::exception_ptr failure;
    helpers.run(asked.size(), [&](std::size_t k) {
      const std::size_t i = asked[k];
      try {
        out[i].emplace(work(i));
        const std::lock_guard lock(mutex);
        failed.erase(i);
      } catch (const ShardDown& error) {
        note(error.what());
        const std::lock_guard lock(mutex);
        failed[i] = std::chrono::steady_clock::now();
      } catch (...) {
        const std::lock_guard lock(failing);
        if (!failure) failure = std::current_exception();
      }
    });
    if (failure) std::rethrow_exception(failure);
    return out;
  }

  void note(const std::string& problem) const {
    const std::lock_guard lock(mutex);
    if (problems.size() < 100 &&
        std::find(problems.begin(), problems.end(), problem) == problems.end()) {
      problems.push_back(problem);
    }
  }

  /// Of all shards as one. Answers without a silent shard are of another state than those with it:
  /// nobody keeps them when it is back.
  [[nodiscard]] std::string revision() const;

  [[nodiscard]] std::vector<const Shard*> all() const {
    std::vector<const Shard*> out;
    for (const auto& shard : shards) out.push_back(shard.get());
    return out;
  }
  [[nodiscard]] std::vector<bool> whole() const {
    std::vector<bool> out = asked_now();
    for (std::size_t i = 0; i < shards.size(); ++i) out[i] = out[i] && shards[i]->whole();
    return out;
  }
};

/// Names the revisions of all shards as one.
[[nodiscard]] std::string revision_of(const std::vector<std::string>& revisions);

}  // namespace fundstelle::shards
