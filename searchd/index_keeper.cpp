// SPDX-License-Identifier: GPL-3.0-or-later
#include "index_keeper.h"

#include "log.h"
#include "schema/layout.h"

namespace fundstelle {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

IndexKeeper::IndexKeeper(std::filesystem::path dir, const SearcherOptions& options, bool wait)
    : dir_(std::move(dir)),
      options_(options),
      swapped_at_(Clock::now().time_since_epoch().count()) {
  try {
    searcher_ = std::make_unique<Searcher>(dir_, options_);
    open_ = searcher_.get();
  } catch (const std::exception& error) {
    if (!wait) throw;
    why_not_ = error.what();
    failing_ = true;
    log(LogLevel::kWarn, "index_missing", {{"why", why_not_}, {"until", "there is one: 503"}});
  }
}

IndexKeeper::~IndexKeeper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void IndexKeeper::watch() {
  thread_ = std::thread([this] { run(); });
}

const Searcher& IndexKeeper::searcher() const {
  const Searcher* searcher = open_;
  if (searcher == nullptr) throw schema::IndexError(dir_.string() + ": there is no index yet");
  return *searcher;
}

std::string IndexKeeper::described() const {
  const Searcher* searcher = open_;
  if (searcher == nullptr) return "waiting for an index in " + dir_.string();
  const IndexState state = searcher->state();
  return std::to_string(state.documents) + " documents, revision " + state.revision;
}

std::unique_ptr<http::Backend> IndexKeeper::backend(std::chrono::milliseconds budget) const {
  return http::searcher_backend([this]() -> const Searcher& { return searcher(); }, budget);
}

std::optional<IndexState> IndexKeeper::state() const {
  const Searcher* searcher = open_;
  if (searcher == nullptr) return std::nullopt;
  return searcher->state();
}

std::optional<SearcherStatistics> IndexKeeper::statistics() const {
  const Searcher* searcher = open_;
  if (searcher == nullptr) return std::nullopt;
  return searcher->statistics();
}

IndexKeeper::Figures IndexKeeper::figures() const {
  const auto since = Clock::now() - Clock::time_point(Clock::duration(swapped_at_));
  return {open_ != nullptr, failing_, swaps_, failures_,
          std::chrono::duration<double>(since).count()};
}

void IndexKeeper::run() {
  std::unique_lock lock(mutex_);
  // A steady clock waits: setting the time neither stops nor hurries it.
  while (!wake_.wait_for(lock, 1s, [this] { return stopping_; })) {
    lock.unlock();
    look();
    lock.lock();
  }
}

void IndexKeeper::look() {
  try {
    const bool first = searcher_ == nullptr;
    if (first) {
      searcher_ = std::make_unique<Searcher>(dir_, options_);
      open_ = searcher_.get();
    }
    if (first || searcher_->refresh()) {
      const IndexState state = searcher_->state();
      swapped_at_ = Clock::now().time_since_epoch().count();
      ++swaps_;
      log(LogLevel::kInfo, "index_revision",
          {{"revision", state.revision}, {"documents", std::to_string(state.documents)}});
    }
    if (failing_) log(LogLevel::kInfo, "index_readable_again");
    failing_ = false;
    why_not_.clear();
  } catch (const std::exception& error) {
    // The old revision goes on answering; one line an error, not one a second.
    if (why_not_ != error.what()) {
      log(LogLevel::kWarn, searcher_ ? "index_kept_old" : "index_missing", {{"why", error.what()}});
      ++failures_;
    }
    failing_ = true;
    why_not_ = error.what();
  }
}

}  // namespace fundstelle
