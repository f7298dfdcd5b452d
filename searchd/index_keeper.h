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

namespace fundstelle {

class IndexKeeper {
 public:
  /// Throws schema::IndexError if the index cannot be opened and nobody is to `wait`.
  IndexKeeper(std::filesystem::path dir, const SearcherOptions& options, bool wait);
  ~IndexKeeper();
  IndexKeeper(const IndexKeeper&) = delete;
  IndexKeeper& operator=(const IndexKeeper&) = delete;

  /// Begins to look for newer revisions.
  void watch();

  /// Throws schema::IndexError as long as there has never been an index.
  [[nodiscard]] const Searcher& searcher() const;
  /// "N documents, revision R", or that there is none.
  [[nodiscard]] std::string described() const;
  [[nodiscard]] const std::filesystem::path& dir() const { return dir_; }

  struct Figures {
    bool open = false;
    bool newer_is_unreadable = false;  ///< the last look failed; an older revision is served
    std::uint64_t swaps = 0, failures = 0;
    double seconds_since_swap = 0;
  };
  [[nodiscard]] Figures figures() const;

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
