// SPDX-License-Identifier: GPL-3.0-or-later
//
// Serving a collection that lies in shards ([[shard]] in the settings) instead of one index.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "http/backend.h"
#include "served.h"
#include "settings.h"
#include "shards/sharded_searcher.h"

namespace fundstelle {

/// The entries [[shard]] of FILE.toml; none if it has none. Throws SettingsError.
[[nodiscard]] std::vector<shards::ShardPlace> read_shards(const std::filesystem::path& file);

/// Looks once a second for newer revisions and for shards that are back.
class ShardsKeeper : public Served {
 public:
  /// Throws as ShardedSearcher.
  ShardsKeeper(const std::vector<shards::ShardPlace>& places, const SearcherOptions& options);
  ~ShardsKeeper() override;

  void watch() override;
  [[nodiscard]] std::string described() const override;
  [[nodiscard]] std::unique_ptr<http::Backend> backend(
      std::chrono::milliseconds budget) const override;
  [[nodiscard]] Figures figures() const override;
  [[nodiscard]] std::optional<IndexState> state() const override { return searcher_.state(); }
  [[nodiscard]] std::optional<SearcherStatistics> statistics() const override {
    return searcher_.statistics();
  }
  [[nodiscard]] std::vector<Part> parts() const override;
  [[nodiscard]] std::vector<Folder> folders() const override { return folders_; }

 private:
  void run();

  shards::ShardedSearcher searcher_;
  std::vector<Folder> folders_;
  std::atomic<bool> failing_{false};
  std::atomic<std::uint64_t> swaps_{0}, failures_{0};
  std::atomic<std::chrono::steady_clock::rep> swapped_at_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace fundstelle
