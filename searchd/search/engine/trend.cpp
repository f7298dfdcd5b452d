// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/trend.h"

#include <algorithm>
#include <limits>

#include "search/engine/select.h"

namespace fundstelle::search {
namespace {

constexpr std::uint32_t kNoSlot = std::numeric_limits<std::uint32_t>::max();

std::uint32_t days_in_month(std::uint32_t year, std::uint32_t month) {
  static constexpr std::uint32_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

/// Successive numbers for successive periods.
class Calendar {
 public:
  explicit Calendar(TrendStep step)
      : in_year_(step == TrendStep::kMonth     ? 12
                 : step == TrendStep::kQuarter ? 4
                                               : 1) {}

  /// kNoSlot for a date without year, or without month where it is needed.
  [[nodiscard]] std::uint32_t slot(std::uint32_t date) const {
    const std::uint32_t year = date / 10000, month = date / 100 % 100;
    if (year == 0) return kNoSlot;
    if (in_year_ == 1) return year;
    if (month < 1 || month > 12) return kNoSlot;
    return year * in_year_ + (month - 1) / (12 / in_year_);
  }
  [[nodiscard]] TrendPeriod period(std::uint32_t slot) const {
    const std::uint32_t year = slot / in_year_, months = 12 / in_year_;
    const std::uint32_t first = slot % in_year_ * months + 1, last = first + months - 1;
    TrendPeriod out;
    out.from = year * 10000 + first * 100 + 1;
    out.to = year * 10000 + last * 100 + days_in_month(year, last);
    return out;
  }

 private:
  std::uint32_t in_year_;
};

class Counter {
 public:
  Counter(const Snapshot& snapshot, const TrendRequest& request)
      : snapshot_(snapshot), request_(request) {}

  TrendAnswer count(const Roaring& matched) {
    SearchRequest plain = request_.search;
    plain.facets.clear();
    plain.histogram = false;
    const Roaring& alive = snapshot_.space(plain.unit).alive;
    const std::vector<Gid> hits = select(snapshot_, plain, matched).hits;
    out_.total = hits.size();
    choose_periods(hits);
    tally(hits, &TrendPeriod::count);
    tally(select(snapshot_, plain, alive).hits, &TrendPeriod::filtered);
    for (const Gid gid : alive) ++place(gid).all;
    if (request_.by) count_values(hits);
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::uint32_t date_of(Gid gid) const {
    return snapshot_.date[snapshot_.document_of(request_.search.unit, gid)];
  }

  void choose_periods(const std::vector<Gid>& hits) {
    if (request_.frame) {
      out_.step = request_.step;
      calendar_ = Calendar(out_.step);
      if (request_.frame->last == 0) return;
      begin_ = calendar_.slot(request_.frame->first);
      for (std::uint32_t slot = begin_; slot <= calendar_.slot(request_.frame->last); ++slot) {
        out_.periods.push_back(calendar_.period(slot));
      }
      return;
    }
    std::uint32_t first = UINT32_MAX, last = 0;
    for (const Gid gid : hits) {
      const std::uint32_t date = date_of(gid);
      if (date / 10000 == 0) continue;
      first = std::min(first, date);
      last = std::max(last, date);
    }
    out_.step = request_.step == TrendStep::kAuto ? TrendStep::kYear : request_.step;
    if (last == 0) return;
    out_.step = trend_step_for(request_.step, first, last);
    calendar_ = Calendar(out_.step);
    // Between the first and the last period that has a hit.
    std::uint32_t end = 0;
    for (const Gid gid : hits) {
      const std::uint32_t slot = calendar_.slot(date_of(gid));
      if (slot == kNoSlot) continue;
      begin_ = std::min(begin_, slot);
      end = std::max(end, slot + 1);
    }
    for (std::uint32_t slot = begin_; slot < end; ++slot) {
      out_.periods.push_back(calendar_.period(slot));
    }
  }

  /// Index of the period of an entry; kNoSlot: undated. `known` false: dated, but outside.
  [[nodiscard]] std::uint32_t index_of(Gid gid, bool& outside) const {
    const std::uint32_t slot = calendar_.slot(date_of(gid));
    outside = slot != kNoSlot && (slot < begin_ || slot - begin_ >= out_.periods.size());
    return slot == kNoSlot || outside ? kNoSlot : slot - begin_;
  }

  TrendPeriod& place(Gid gid) {
    bool outside = false;
    const std::uint32_t index = index_of(gid, outside);
    if (outside) return elsewhere_;
    return index == kNoSlot ? out_.undated : out_.periods[index];
  }

  void tally(const std::vector<Gid>& entries, std::uint64_t TrendPeriod::*number) {
    for (const Gid gid : entries) ++(place(gid).*number);
  }

  void count_values(const std::vector<Gid>& hits) {
    const FacetColumn& column = snapshot_.facet(*request_.by);
    const auto document_of = [&](Gid gid) {
      return snapshot_.document_of(request_.search.unit, gid);
    };
    std::vector<std::uint64_t> totals(column.end, 0);
    for (const Gid gid : hits) {
      column.for_each(document_of(gid), [&](std::uint32_t id) { ++totals[id]; });
    }
    std::vector<std::uint32_t> ids;
    for (std::uint32_t id = 0; id < totals.size(); ++id) {
      if (totals[id] > 0) ids.push_back(id);
    }
    out_.distinct = ids.size();
    std::sort(ids.begin(), ids.end(), [&](std::uint32_t a, std::uint32_t b) {
      if (totals[a] != totals[b]) return totals[a] > totals[b];
      return column.label(a) != column.label(b) ? column.label(a) < column.label(b) : a < b;
    });
    if (ids.size() > request_.top) ids.resize(request_.top);
    if (request_.frame) {
      ids.clear();
      for (const std::string& slug : request_.frame->values) {
        for (std::uint32_t id = 0; id < totals.size(); ++id) {
          if (totals[id] > 0 && column.slug(id) == slug) ids.push_back(id);
        }
      }
    }
    std::vector<std::uint32_t> row(column.end, kNoSlot);
    for (const std::uint32_t id : ids) {
      row[id] = static_cast<std::uint32_t>(out_.series.size());
      TrendSeries& series = out_.series.emplace_back();
      series.slug = column.slug(id);
      series.label = column.label(id);
    }
    TrendSeries rest, missing;
    rest.kind = TrendSeries::Kind::kRest;
    missing.kind = TrendSeries::Kind::kMissing;
    for (TrendSeries& series : out_.series) series.counts.resize(out_.periods.size());
    rest.counts.resize(out_.periods.size());
    missing.counts.resize(out_.periods.size());
    for (const Gid gid : hits) {
      bool outside = false;
      const std::uint32_t index = index_of(gid, outside);
      const auto add = [&](TrendSeries& series) {
        ++series.total;
        ++(index == kNoSlot ? series.undated : series.counts[index]);
      };
      bool has = false, other = false;
      column.for_each(document_of(gid), [&](std::uint32_t id) {
        has = true;
        if (row[id] == kNoSlot) {
          other = true;
        } else {
          add(out_.series[row[id]]);
        }
      });
      if (other) add(rest);
      if (!has) add(missing);
    }
    if (rest.total > 0) out_.series.push_back(std::move(rest));
    if (missing.total > 0) out_.series.push_back(std::move(missing));
  }

  const Snapshot& snapshot_;
  const TrendRequest& request_;
  TrendAnswer out_;
  Calendar calendar_{TrendStep::kYear};
  std::uint32_t begin_ = kNoSlot;
  TrendPeriod elsewhere_;
};

}  // namespace

TrendAnswer trend(const Snapshot& snapshot, const TrendRequest& request, const Roaring& matched) {
  return Counter(snapshot, request).count(matched);
}

}  // namespace fundstelle::search
