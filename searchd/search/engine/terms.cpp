// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/terms.h"

#include <algorithm>
#include <bit>

#include "search/engine/snapshot.h"

namespace fundstelle::search {
namespace {

constexpr std::size_t kMostBits = std::size_t{1} << 18U;  // 32 KiB

}  // namespace

TermFinder::TermFinder(const Snapshot& snapshot, std::vector<std::vector<std::string>> slots)
    : snapshot_(snapshot), slots_(std::move(slots)) {
  positions_.resize(slots_.size());
  counts_.resize(slots_.size());
  for (const Snapshot::Sub& sub : snapshot_.subs) {
    streams_.emplace_back(*sub.text);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> found;  // bundle, meaning
    for (std::uint32_t slot = 0; slot < slots_.size(); ++slot) {
      for (const std::string& term : slots_[slot]) {
        if (!schema::is_text_term(term)) continue;
        const bool title_only = term[0] == 'T';
        const std::string_view name = std::string_view(term).substr(title_only ? 1 : 0);
        const auto known = sub.text->find(name);
        if (!known) continue;
        sub.text->for_each_bundle(*known, [&](std::uint32_t bundle, std::uint32_t times) {
          found.emplace_back(bundle, static_cast<std::uint32_t>(meanings_.size()));
          meanings_.push_back(
              {slot, times * schema::wdf_of(name[0]), 0, title_only, name[0] != schema::kBlind[0]});
        });
      }
    }
    Table& table = tables_.emplace_back();
    const std::size_t size = std::bit_ceil(std::max<std::size_t>(16, found.size() * 4));
    table.entries.resize(size);
    table.shift = 32 - static_cast<std::uint32_t>(std::countr_zero(size));
    const std::size_t bits =
        std::clamp<std::size_t>(std::bit_ceil(found.size() * 8), 1024, kMostBits);
    table.some.resize(bits / 64);
    table.mask = static_cast<std::uint32_t>(bits) - 1;
    for (const auto& [bundle, meaning] : found) {
      table.note(bundle);
      std::size_t at = bundle * 2654435761U >> table.shift;
      while (table.entries[at].bundle != UINT32_MAX && table.entries[at].bundle != bundle) {
        at = (at + 1) & (size - 1);
      }
      meanings_[meaning].next = table.entries[at].first;
      table.entries[at] = {bundle, meaning};
    }
  }
}

template <typename Take>
void TermFinder::scan(const Table& table, const schema::TextIndex::Stream& stream, bool title,
                      std::uint32_t offset, Take&& take) {
  words_read_ += stream.words();
  stream.for_each([&](std::uint32_t position, std::uint32_t bundle) {
    if (!table.may_mean(bundle)) return;
    for (std::uint32_t i = table.find(bundle); i != 0; i = meanings_[i].next) {
      if (title || !meanings_[i].title_only) take(meanings_[i], offset + position);
    }
  });
}

template <typename Take>
void TermFinder::read(Unit unit, Gid gid, Take&& take) {
  const std::size_t which = snapshot_.sub_index(unit, gid);
  const Snapshot::Sub& sub = snapshot_.subs[which];
  const Table& table = tables_[which];
  schema::StreamReader& streams = streams_[which];
  if (unit == Unit::kPassage) {
    scan(table, streams.passage(gid - sub.passage_base), false, 0, take);
    return;
  }
  const auto title = sub.text->title(gid - sub.document_base);
  scan(table, title, true, 0, take);
  std::uint32_t last = title.words();
  const Gid first = snapshot_.first_passage[gid];
  for (Gid passage = first; passage < first + snapshot_.passage_count[gid]; ++passage) {
    const auto text = streams.passage(passage - sub.passage_base);
    const std::uint32_t offset = last == 0 ? 0 : last + schema::kPassageGap - 1;
    scan(table, text, false, offset, take);
    if (text.words() > 0) last = offset + text.words();
  }
}

const std::vector<std::vector<std::uint32_t>>& TermFinder::positions(Unit unit, Gid gid) {
  for (auto& slot : positions_) slot.clear();
  read(unit, gid, [&](const Meaning& meaning, std::uint32_t position) {
    if (!meaning.has_positions) return;
    std::vector<std::uint32_t>& slot = positions_[meaning.slot];
    if (slot.empty() || slot.back() != position) slot.push_back(position);
  });
  return positions_;
}

const std::vector<std::vector<std::uint32_t>>& TermFinder::places(Unit unit, Gid gid) {
  for (auto& slot : positions_) slot.clear();
  const std::size_t which = snapshot_.sub_index(unit, gid);
  const Snapshot::Sub& sub = snapshot_.subs[which];
  const bool title = unit == Unit::kDocument;
  scan(tables_[which],
       title ? sub.text->title(gid - sub.document_base)
             : streams_[which].passage(gid - sub.passage_base),
       title, 0, [&](const Meaning& meaning, std::uint32_t position) {
         std::vector<std::uint32_t>& slot = positions_[meaning.slot];
         if (slot.empty() || slot.back() != position) slot.push_back(position);
       });
  return positions_;
}

const std::vector<std::uint32_t>& TermFinder::counts(Unit unit, Gid gid) {
  std::fill(counts_.begin(), counts_.end(), 0);
  read(unit, gid,
       [&](const Meaning& meaning, std::uint32_t) { counts_[meaning.slot] += meaning.wdf; });
  return counts_;
}

}  // namespace fundstelle::search
