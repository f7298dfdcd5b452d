// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/gatherer.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "schema/text_index.h"
#include "search/engine/memory.h"
#include "search/engine/snapshot.h"

namespace fundstelle::search {
namespace {

/// Bundles ahead of the one being read whose places, then whose postings are fetched.
constexpr std::size_t kFarAhead = 24, kAhead = 12;
/// After so many bytes read what is mapped is looked after: a page at least for each bundle, a byte
/// and a bit for each posting.
constexpr std::size_t kManyBytes = std::size_t{8} << 20, kPage = 4096;
/// For Deadline::step: reading a bundle.
constexpr std::uint32_t kWorkOfBundle = 16;

}  // namespace

Gatherer::Gatherer(const Snapshot& snapshot, std::vector<float>& sums)
    : snapshot_(snapshot),
      sums_(sums),
      counts_(sums.size()),
      of_sums_(sums.size() / 64 + 1),
      of_counts_(of_sums_.size()),
      zoned_(of_sums_.size()) {}

void Gatherer::count(Unit unit, const std::string& term, std::uint32_t zones, Deadline& deadline) {
  const bool title_only = term[0] == 'T';
  if (title_only && unit == Unit::kPassage) return;
  const std::string_view name = std::string_view(term).substr(title_only ? 1 : 0);
  const std::uint32_t wdf = schema::wdf_of(name[0]);
  std::size_t bytes = 0;
  const auto hold = [&](Gid gid, std::uint32_t count) {
    ++bytes;
    counts_[gid] += count;
    mark(of_counts_, gid);
  };
  for (const Snapshot::Sub& sub : snapshot_.subs) {
    const auto known = sub.text->find(name);
    if (!known) continue;
    const bool texts = !title_only && known->passages > 0;
    const bool titles = unit == Unit::kDocument && known->titles > 0;
    if (!texts && !titles) continue;
    bundles_.clear();
    sub.text->for_each_bundle(*known, [&](std::uint32_t bundle, std::uint32_t times) {
      bundles_.emplace_back(bundle, times * wdf);
    });
    const Gid* const parent = snapshot_.parent.data() + sub.passage_base;
    for (std::size_t i = 0; i < bundles_.size(); ++i) {
      if (i + kFarAhead < bundles_.size()) sub.text->expect(bundles_[i + kFarAhead].first, true);
      if (i + kAhead < bundles_.size()) sub.text->expect(bundles_[i + kAhead].first, false);
      const auto [bundle, each] = bundles_[i];
      if (texts && unit == Unit::kPassage) {
        sub.text->for_each_passage(
            bundle, [&](std::uint32_t docid, std::uint32_t count, std::uint32_t where) {
              hold(sub.passage_base + docid, count * each);
              if ((where & zones) != 0) mark(zoned_, sub.passage_base + docid);
            });
      } else if (texts) {
        sub.text->for_each_passage(bundle,
                                   [&](std::uint32_t docid, std::uint32_t count, std::uint32_t) {
                                     hold(parent[docid], count * each);
                                   });
      }
      if (titles) {
        sub.text->for_each_title(bundle,
                                 [&](std::uint32_t docid, std::uint32_t count, std::uint32_t) {
                                   hold(sub.document_base + docid, count * each);
                                 });
      }
      deadline.step(kWorkOfBundle);
      bytes += kPage;
      if (bytes >= kManyBytes) {
        give_up_mapped(snapshot_);
        bytes = 0;
      }
    }
    give_up_mapped(snapshot_);
    deadline.check();
  }
}

void Gatherer::add(Unit unit, const std::string& term, float weight, Deadline& deadline) {
  count(unit, term, 0, deadline);
  drain(of_counts_, [&](Gid gid) {
    sums_[gid] += static_cast<float>(std::exchange(counts_[gid], 0)) * weight;
    mark(of_sums_, gid);
  });
}

Postings Gatherer::take(Unit unit) {
  // Who lives has a length; dead ones and copies have none.
  const std::vector<float>& length = snapshot_.space(unit).length;
  ids_.clear();
  tf_.clear();
  drain(of_sums_, [&](Gid gid) {
    const float sum = std::exchange(sums_[gid], 0.0F);
    if (length[gid] <= 0) return;
    ids_.push_back(gid);
    tf_.push_back(sum);
  });
  return {ids_, tf_};
}

Postings Gatherer::postings(Unit unit, const std::string& term, Deadline& deadline) {
  add(unit, term, 1, deadline);
  return take(unit);
}

Postings Gatherer::in_zone(const std::string& term, bool answer, Deadline& deadline) {
  count(Unit::kPassage, term, answer ? schema::kInAnswer : schema::kInQuestion, deadline);
  const std::vector<float>& length = snapshot_.passages.length;
  ids_.clear();
  tf_.clear();
  drain(zoned_, [&](Gid gid) {
    if (length[gid] <= 0) return;
    ids_.push_back(gid);
    tf_.push_back(static_cast<float>(counts_[gid]));
  });
  drain(of_counts_, [&](Gid gid) { counts_[gid] = 0; });
  return {ids_, tf_};
}

}  // namespace fundstelle::search
