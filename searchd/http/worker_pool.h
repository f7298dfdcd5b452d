// SPDX-License-Identifier: GPL-3.0-or-later
//
// A fixed number of threads behind a bounded queue. Who has waited shortest is woken: what it needs
// is still near (caches of the processor and of its part of the index), and those not needed sleep.
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
    idle_.reserve(threads);
    for (unsigned i = 0; i < threads; ++i) {
      threads_.emplace_back([this, &worker = workers_.emplace_back()] { work(worker); });
    }
  }
  ~WorkerPool() { join(); }
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// False if the queue is full or the pool is closing. Jobs must not throw.
  bool submit(std::function<void()> job) {
    Worker* called = nullptr;
    {
      const std::lock_guard lock(mutex_);
      if (closing_ || jobs_.size() >= queue_limit_) return false;
      jobs_.push_back(std::move(job));
      if (!idle_.empty()) {
        called = idle_.back();
        idle_.pop_back();
        called->called = true;
      }
    }
    if (called != nullptr) called->wake.notify_one();
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
    for (Worker& worker : workers_) worker.wake.notify_one();
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }

 private:
  struct Worker {
    std::condition_variable wake;
    bool called = false;
  };

  void work(Worker& self) {
    std::unique_lock lock(mutex_);
    while (true) {
      while (jobs_.empty()) {
        if (closing_) return;
        self.called = false;
        idle_.push_back(&self);
        self.wake.wait(lock, [&] { return self.called || closing_; });
      }
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
  std::deque<std::function<void()>> jobs_;
  std::deque<Worker> workers_;  ///< where they are does not change
  std::vector<Worker*> idle_;   ///< who waits; the last began last
  std::vector<std::thread> threads_;
  bool closing_ = false;
};

}  // namespace fundstelle::http
