// SPDX-License-Identifier: GPL-3.0-or-later
#include "shards/helpers.h"

#include <algorithm>

namespace fundstelle::shards {

struct Helpers::Batch {
  const std::function<void(std::size_t)>& job;  ///< lives until `done` is `count`
  const std::size_t count;
  std::mutex mutex{};
  std::condition_variable ended{};
  std::size_t begun = 0, done = 0;

  /// Works as long as something is left that nobody has begun.
  void work() {
    std::unique_lock lock(mutex);
    while (begun < count) {
      const std::size_t mine = begun++;
      lock.unlock();
      job(mine);
      lock.lock();
      if (++done == count) ended.notify_all();
    }
  }
};

Helpers::~Helpers() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  wanted_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Helpers::help() {
  std::unique_lock lock(mutex_);  // who made it counted it as free
  while (true) {
    wanted_.wait(lock, [&] { return ends_ || !waiting_.empty(); });
    --free_;
    if (ends_) return;
    const std::shared_ptr<Batch> batch = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    batch->work();
    lock.lock();
    ++free_;
  }
}

void Helpers::run(std::size_t count, const std::function<void(std::size_t)>& job) {
  if (count < 2 || most_ == 0) {
    for (std::size_t i = 0; i < count; ++i) job(i);
    return;
  }
  const auto batch = std::shared_ptr<Batch>(new Batch{job, count});
  {
    const std::lock_guard lock(mutex_);
    try {
      waiting_.insert(waiting_.end(), count - 1, batch);
      while (waiting_.size() > free_ && threads_.size() < most_) {
        threads_.emplace_back([this] { help(); });
        ++free_;
      }
    } catch (...) {
      // No more threads, or no memory for them: those there are, and this one, do it. Nothing may
      // be thrown from here on, for the batch waits and names a job of the caller.
    }
  }
  for (std::size_t i = 1; i < count; ++i) wanted_.notify_one();
  batch->work();
  {
    const std::lock_guard lock(mutex_);
    std::erase(waiting_, batch);
  }
  std::unique_lock lock(batch->mutex);
  batch->ended.wait(lock, [&] { return batch->done == count; });
}

}  // namespace fundstelle::shards
