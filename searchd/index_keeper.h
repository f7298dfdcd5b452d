// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keeps the index open: looks every second for a newer revision, keeps the last good one if the
// newer cannot be read, and may begin before there is any.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "search/searcher.h"
#include "served.h"

namespace fundstelle {

class IndexKeeper : public Served {
 public:
  /// Throws schema::IndexError if the index cannot be opened and nobody is to `wait`.
  IndexKeeper(std::filesystem::path dir, const SearcherOptions& options, bool wait);
  ~IndexKeeper() override;

  void watch() override;

  /// Throws schema::IndexError as long as there has never been an index.
  [[nodiscard]] const Searcher& searcher() const;
  [[nodiscard]] std::string described() const override;
  [[nodiscard]] std::unique_ptr<http::Backend> backend(
      std::chrono::milliseconds budget) const override;
  [[nodiscard]] Figures figures() const override;
  [[nodiscard]] std::optional<IndexState> state() const override;
  [[nodiscard]] std::optional<SearcherStatistics> statistics() const override;
  [[nodiscard]] std::vector<Folder> folders() const override { return {{"", dir_}}; }

 private:
  void run();
  void look();

  const std::filesystem::path dir_;
  const SearcherOptions options_;
  std::unique_ptr<Searcher> searcher_;  ///< set once; under opening_
  std::atomic<const Searcher*> open_{nullptr};
  std::atomic<bool> failing_{false};
  std::atomic<std::uint64_t> swaps_{0}, failures_{0};
  std::atomic<std::chrono::steady_clock::rep> swapped_at_;
  std::string why_not_;  ///< of the thread that looks, and of the constructor
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace fundstelle
