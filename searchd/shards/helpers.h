// SPDX-License-Identifier: GPL-3.0-or-later
//
// Threads that help whoever asks several shards at once: making one for each question cost more
// than many an answer.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace fundstelle::shards {

/// Safe for many threads.
class Helpers {
 public:
  /// At most `most` threads, each made when nobody else is free. 0: the caller does all by itself.
  explicit Helpers(std::size_t most) : most_(most) {}
  ~Helpers();
  Helpers(const Helpers&) = delete;
  Helpers& operator=(const Helpers&) = delete;

  /// Runs job(0) to job(count - 1), each once, in the calling thread and those that are free, and
  /// returns when all are done. `job` must not throw.
  void run(std::size_t count, const std::function<void(std::size_t)>& job);

 private:
  struct Batch;
  void help();

  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable wanted_;
  std::deque<std::shared_ptr<Batch>> waiting_;  ///< once for each helper that is wanted
  std::size_t free_ = 0;                        ///< threads that wait for work
  bool ends_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace fundstelle::shards
