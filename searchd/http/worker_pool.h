// SPDX-License-Identifier: GPL-3.0-or-later
//
// A fixed number of threads behind a bounded queue.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace fundstelle::http {

class WorkerPool {
 public:
  WorkerPool(unsigned threads, std::size_t queue) : queue_limit_(queue) {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  }
  ~WorkerPool() { join(); }
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// False if the queue is full or the pool is closing. Jobs must not throw.
  bool submit(std::function<void()> job) {
    {
      const std::lock_guard lock(mutex_);
      if (closing_ || jobs_.size() >= queue_limit_) return false;
      jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
  }

  [[nodiscard]] std::size_t queued() const {
    const std::lock_guard lock(mutex_);
    return jobs_.size();
  }
  [[nodiscard]] std::size_t busy() const { return busy_; }
  [[nodiscard]] std::size_t threads() const { return threads_.size(); }

  /// Runs what is queued, then ends the threads.
  void join() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      wake_.wait(lock, [this] { return closing_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      std::function<void()> job = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      ++busy_;
      job();
      --busy_;
      job = nullptr;  // what the job holds goes before the next wait
      lock.lock();
    }
  }

  const std::size_t queue_limit_;
  mutable std::mutex mutex_;
  std::atomic<std::size_t> busy_{0};
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  std::vector<std::thread> threads_;
  bool closing_ = false;
};

}  // namespace fundstelle::http
