// SPDX-License-Identifier: GPL-3.0-or-later
#include "shards/collection.h"

#include <map>
#include <set>

#include "search/engine/slugs.h"
#include "text/analyzer.h"

namespace fundstelle::shards {
namespace {

class CollectionSlugs : public search::Slugs {
 public:
  explicit CollectionSlugs(std::vector<const Shard*> shards) : shards_(std::move(shards)) {}

  bool holds(const std::string& term) const override {
    const std::lock_guard lock(mutex_);
    if (const auto known = held_.find(term); known != held_.end()) return known->second;
    bool held = false;
    for (const Shard* const shard : shards_) {
      try {
        held = held || shard->holds(term);
      } catch (const ShardDown&) {
        continue;  // told by the search itself
      }
    }
    return held_[term] = held;
  }

 protected:
  const search::FacetColumn& column(Facet facet) const override {
    const std::lock_guard lock(mutex_);
    auto& column = columns_[static_cast<std::size_t>(facet)];
    if (!column) {
      column = std::make_unique<search::FacetColumn>();
      for (const Shard* const shard : shards_) {
        const auto names = shard->facet_names();
        if (!names) continue;
        for (const auto& [slug, label] : (*names)[static_cast<std::size_t>(facet)]) {
          const auto id = static_cast<std::uint32_t>(column->slugs.size());
          if (!column->id_of.try_emplace(slug, id).second) continue;
          column->slugs.push_back(slug);
          column->labels.push_back(label);
        }
      }
    }
    return *column;
  }

  std::string fold(std::string_view text) const override {
    const std::lock_guard lock(mutex_);
    for (const Shard* const shard : shards_) {
      if (analyzer_) break;
      if (const auto words = shard->words()) analyzer_ = std::make_unique<Analyzer>(words);
    }
    return analyzer_ ? analyzer_->fold(text) : std::string(text);
  }

  void authors(const std::string& begin,
               const std::function<void(const std::string&)>& take) const override {
    std::set<std::string> names;
    for (const Shard* const shard : shards_) {
      try {
        for (std::string& name : shard->authors(begin)) names.insert(std::move(name));
      } catch (const ShardDown&) {
        continue;
      }
    }
    for (const std::string& name : names) take(name);
  }

 private:
  std::vector<const Shard*> shards_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, bool> held_;
  mutable std::array<std::unique_ptr<search::FacetColumn>, kFacetCount> columns_;
  mutable std::unique_ptr<const Analyzer> analyzer_;
};

}  // namespace

std::shared_ptr<const search::SlugFinder> collection_slugs(std::vector<const Shard*> shards) {
  return std::make_shared<const CollectionSlugs>(std::move(shards));
}

}  // namespace fundstelle::shards
