// SPDX-License-Identifier: GPL-3.0-or-later
#include "sharded.h"

#include <toml++/toml.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <iostream>
#include <mutex>
#include <thread>

#include "http/server.h"
#include "query/parameters.h"

namespace fundstelle {
namespace {

using shards::ShardedSearcher;
using shards::ShardPlace;

class ShardedBackend : public http::Backend {
 public:
  ShardedBackend(const ShardedSearcher& searcher, std::chrono::milliseconds budget)
      : searcher_(searcher), budget_(budget) {}

  std::variant<SearchAnswer, Problem> search(const SearchRequest& request) const override {
    return searcher_.search(limited(request));
  }
  TrendAnswer trend(const TrendRequest& request) const override {
    TrendRequest wanted = request;
    wanted.search = limited(request.search);
    return searcher_.trend(wanted);
  }
  SuggestAnswer suggest(std::string_view q, std::size_t size) const override {
    return searcher_.suggest(q, size);
  }
  std::optional<DocumentView> document(std::string_view id, std::string_view q) const override {
    return searcher_.document(id, q);
  }
  std::vector<Hit> similar(std::string_view id, std::size_t size) const override {
    return searcher_.similar(id, size);
  }
  AskedAnswer asked(const AskedRequest& request) const override {
    return searcher_.asked(limited(request));
  }
  std::optional<Original> original(std::string_view id) const override {
    return searcher_.original(id);
  }
  std::vector<Hit> by_number(std::string_view body, std::string_view number) const override {
    return searcher_.by_number(body, number);
  }
  std::vector<std::optional<Hit>> describe(const std::vector<std::string>& ids) const override {
    return searcher_.describe(ids);
  }
  std::vector<ListedDocument> listed(std::uint64_t first, std::uint64_t count) const override {
    return searcher_.listed(first, count);
  }
  IndexState state() const override { return searcher_.state(); }

 private:
  template <typename Request>
  [[nodiscard]] Request limited(Request request) const {
    if (request.budget.count() == 0) request.budget = budget_;
    return request;
  }

  const ShardedSearcher& searcher_;
  const std::chrono::milliseconds budget_;
};

/// Looks once a second for newer revisions and for shards that are back. One line a change.
class Watch {
 public:
  explicit Watch(ShardedSearcher& searcher) : thread_([this, &searcher] { run(searcher); }) {}
  ~Watch() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }

 private:
  void run(ShardedSearcher& searcher) {
    std::vector<std::string> reported;
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, std::chrono::seconds(1), [this] { return stopping_; })) {
      lock.unlock();
      if (searcher.refresh()) {
        const IndexState state = searcher.state();
        std::cerr << "fundstelle-searchd: revision " << state.revision << ", " << state.documents
                  << " documents" << std::endl;
      }
      const std::vector<std::string> problems = searcher.problems();
      for (const std::string& problem : problems) {
        if (std::find(reported.begin(), reported.end(), problem) == reported.end()) {
          std::cerr << "fundstelle-searchd: shard: " << problem << std::endl;
        }
      }
      reported = problems;
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace

std::vector<ShardPlace> read_shards(const std::filesystem::path& file) {
  std::vector<ShardPlace> out;
  toml::table table;
  try {
    table = toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    throw SettingsError(file.string() + ": line " + std::to_string(error.source().begin.line) +
                        ": " + std::string(error.description()));
  }
  const toml::node* const node = table.get("shard");
  if (node == nullptr) return out;
  const auto wrong = [&](const std::string& what) {
    throw SettingsError(file.string() + ": [[shard]] number " + std::to_string(out.size() + 1) +
                        ": " + what);
  };
  if (!node->is_array_of_tables()) {
    throw SettingsError(file.string() + ": shard must be written [[shard]], once a shard");
  }
  for (const toml::node& entry : *node->as_array()) {
    ShardPlace place;
    for (const auto& [key, value] : *entry.as_table()) {
      const auto text = value.value_exact<std::string>();
      std::string* const member = key.str() == "path"     ? &place.path
                                  : key.str() == "remote" ? &place.remote
                                  : key.str() == "name"   ? &place.name
                                                          : nullptr;
      if (member == nullptr) {
        const std::string nearest =
            nearest_name(std::string(key.str()), {"path", "remote", "name"});
        wrong("unknown key \"" + std::string(key.str()) + "\"" +
              (nearest.empty() ? "" : "; did you mean \"" + nearest + "\"?"));
      }
      if (!text) wrong(std::string(key.str()) + " must be a string");
      *member = *text;
    }
    if (place.path.empty() == place.remote.empty()) {
      wrong("needs either path = \"DIR\" or remote = \"HOST:PORT\"");
    }
    out.push_back(std::move(place));
  }
  return out;
}

std::unique_ptr<http::Backend> sharded_backend(const ShardedSearcher& searcher,
                                               std::chrono::milliseconds budget) {
  return std::make_unique<ShardedBackend>(searcher, budget);
}

int serve_shards(const std::vector<ShardPlace>& places, const Settings& settings, bool check_only) {
  ShardedSearcher searcher(places);
  const http::Assets assets(settings.web / "assets", settings.web / "templates");
  const present::Pages pages(settings.web / "templates", assets.addresses(), settings.site);
  const auto backend = sharded_backend(searcher, settings.query_budget);
  http::Service service(*backend, pages, assets, settings.limits);
  const IndexState state = searcher.state();
  const std::string found = std::to_string(state.documents) + " documents in " +
                            std::to_string(places.size()) + " shards, revision " + state.revision;
  if (check_only) {
    std::cout << "fundstelle-searchd: ok, " << found << "\n";
    return 0;
  }
  // Blocked before any thread starts, so that only sigwait below sees them.
  sigset_t ending;
  sigemptyset(&ending);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&ending, signal);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  http::Server server(service, settings.server);
  server.start();
  const Watch watch(searcher);
  const std::string host = settings.server.listen.substr(0, settings.server.listen.rfind(':'));
  std::cout << "fundstelle-searchd: http://" << host << ":" << server.port() << " ready, " << found
            << std::endl;
  int signal = 0;
  sigwait(&ending, &signal);
  if (!server.stop()) std::cerr << "fundstelle-searchd: requests were still running\n";
  return 0;
}

}  // namespace fundstelle
