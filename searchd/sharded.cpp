// SPDX-License-Identifier: GPL-3.0-or-later
#include "sharded.h"

#include <toml++/toml.h>

#include <algorithm>

#include "log.h"
#include "query/parameters.h"
#include "schema/takedowns.h"

namespace fundstelle {
namespace {

using Clock = std::chrono::steady_clock;
using shards::ShardedSearcher;
using shards::ShardPlace;

class ShardedBackend : public http::Backend {
 public:
  ShardedBackend(const ShardedSearcher& searcher, const std::vector<Served::Folder>& folders,
                 std::chrono::milliseconds budget)
      : searcher_(searcher), budget_(budget) {
    for (const Served::Folder& folder : folders) {
      takedowns_.push_back(std::make_unique<const schema::TakedownList>(folder.dir));
    }
  }

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
    return searcher_.similar(id, size, budget_);
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
  std::optional<schema::Takedown> takedown(std::string_view id) const override {
    for (const auto& list : takedowns_) {
      if (auto found = list->find(id)) return found;
    }
    return searcher_.takedown(id);
  }
  std::vector<std::string> left_out() const override { return searcher_.left_out(); }
  IndexState state() const override { return searcher_.state(); }

 private:
  template <typename Request>
  [[nodiscard]] Request limited(Request request) const {
    if (request.budget.count() == 0) request.budget = budget_;
    return request;
  }

  const ShardedSearcher& searcher_;
  const std::chrono::milliseconds budget_;
  std::vector<std::unique_ptr<const schema::TakedownList>> takedowns_;
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

ShardsKeeper::ShardsKeeper(const std::vector<ShardPlace>& places, const SearcherOptions& options)
    : searcher_(places, options), swapped_at_(Clock::now().time_since_epoch().count()) {
  const auto parts = searcher_.parts();
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!places[i].path.empty()) folders_.push_back({parts[i].name, places[i].path});
  }
}

ShardsKeeper::~ShardsKeeper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void ShardsKeeper::watch() {
  thread_ = std::thread([this] { run(); });
}

std::string ShardsKeeper::described() const {
  const IndexState state = searcher_.state();
  return std::to_string(state.documents) + " documents in " +
         std::to_string(searcher_.parts().size()) + " shards, revision " + state.revision;
}

std::unique_ptr<http::Backend> ShardsKeeper::backend(std::chrono::milliseconds budget) const {
  return std::make_unique<ShardedBackend>(searcher_, folders_, budget);
}

Served::Figures ShardsKeeper::figures() const {
  const auto parts = searcher_.parts();
  const auto since = Clock::now() - Clock::time_point(Clock::duration(swapped_at_));
  return {std::any_of(parts.begin(), parts.end(), [](const auto& part) { return part.answers; }),
          failing_, swaps_, failures_, std::chrono::duration<double>(since).count()};
}

std::vector<Served::Part> ShardsKeeper::parts() const {
  std::vector<Part> out;
  for (auto& part : searcher_.parts()) {
    out.push_back({std::move(part.name), part.answers, part.documents});
  }
  return out;
}

void ShardsKeeper::run() {
  std::vector<std::string> reported;
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, std::chrono::seconds(1), [this] { return stopping_; })) {
    lock.unlock();
    if (searcher_.refresh()) {
      const IndexState state = searcher_.state();
      swapped_at_ = Clock::now().time_since_epoch().count();
      ++swaps_;
      log(LogLevel::kInfo, "index_revision",
          {{"revision", state.revision}, {"documents", std::to_string(state.documents)}});
    }
    // One line a change, not one a second.
    std::vector<std::string> problems = searcher_.problems();
    for (const std::string& problem : problems) {
      if (std::find(reported.begin(), reported.end(), problem) != reported.end()) continue;
      log(LogLevel::kWarn, "shard_missing", {{"why", problem}});
      ++failures_;
    }
    if (problems.empty() && !reported.empty()) log(LogLevel::kInfo, "shards_complete_again");
    failing_ = !problems.empty();
    reported = std::move(problems);
    lock.lock();
  }
}

}  // namespace fundstelle
