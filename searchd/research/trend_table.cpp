// SPDX-License-Identifier: GPL-3.0-or-later
#include "research/trend_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <map>
#include <unordered_map>

#include "research/evaluation.h"
#include "research/source.h"

namespace fundstelle::research {
namespace {

constexpr std::uint32_t kUndated = UINT32_MAX;
constexpr std::size_t kHitsAtATime = 256;

std::uint32_t in_year(TrendStep step) {
  return step == TrendStep::kMonth ? 12 : step == TrendStep::kQuarter ? 4 : 1;
}

/// Successive numbers for successive periods; kUndated without year, or month where it is needed.
std::uint32_t slot_of(std::uint32_t date, TrendStep step) {
  const std::uint32_t year = date / 10000, month = date / 100 % 100, parts = in_year(step);
  if (year == 0) return kUndated;
  if (parts == 1) return year;
  if (month < 1 || month > 12) return kUndated;
  return year * parts + (month - 1) / (12 / parts);
}

void name_period(TrendRow& row, std::uint32_t slot, TrendStep step) {
  if (slot == kUndated) return;
  const std::uint32_t parts = in_year(step), year = slot / parts, part = slot % parts;
  const std::uint32_t months = 12 / parts, first = part * months + 1, last = first + months - 1;
  static constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const int days = last == 2 && leap ? 29 : kDays[last - 1];
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04u-%02u-01", year, first);
  row.from = text.data();
  std::snprintf(text.data(), text.size(), "%04u-%02u-%02d", year, last, days);
  row.to = text.data();
  if (parts == 1) {
    std::snprintf(text.data(), text.size(), "%04u", year);
  } else if (parts == 4) {
    std::snprintf(text.data(), text.size(), "%04u-Q%u", year, part + 1);
  } else {
    std::snprintf(text.data(), text.size(), "%04u-%02u", year, first);
  }
  row.period = text.data();
}

using BySlot = std::unordered_map<std::uint32_t, Tally>;

/// The rows of one query: all, or the values of a facet, the rest, those without a value.
struct Rows {
  struct Row {
    TrendSeries::Kind kind = TrendSeries::Kind::kValue;
    std::string slug, label;
    BySlot hits, base;
  };
  std::vector<Row> rows;
  BySlot all;  ///< base of every value
};

Listing listed(const Searcher& searcher, const SearchRequest& search) {
  auto outcome = searcher.list(search, kEveryHit);
  if (const auto* problem = std::get_if<Problem>(&outcome)) throw ResearchError(problem->detail);
  return std::get<Listing>(std::move(outcome));
}

class Counter {
 public:
  Counter(const Searcher& searcher, const TrendTableOptions& options, TrendStep step)
      : searcher_(searcher), options_(options), step_(step) {}

  Rows count(const SearchRequest& search, const TrendAnswer& trend) {
    Rows out;
    if (options_.by) {
      for (const TrendSeries& series : trend.series) {
        out.rows.push_back({series.kind, series.slug, series.label, {}, {}});
      }
    } else {
      out.rows.emplace_back();
    }
    SearchRequest everything = search;
    everything.q.clear();
    everything.sort = Sort::kRelevance;
    add(listed(searcher_, everything), out, &Rows::Row::base, &out.all, false);
    add(listed(searcher_, search), out, &Rows::Row::hits, nullptr, options_.places);
    return out;
  }

 private:
  void add(const Listing& listing, Rows& out, BySlot Rows::Row::*which, BySlot* all, bool places) {
    std::vector<std::uint32_t> places_of;
    if (places) {
      places_of.assign(listing.size(), 0);
      for (std::size_t begin = 0; begin < listing.size(); begin += kHitsAtATime) {
        for (const ConcordanceLine& line : listing.concordance(begin, kHitsAtATime, 0).lines) {
          ++places_of[begin + line.hit];
        }
      }
    }
    std::unordered_map<std::string, std::size_t> row_of_slug;
    std::size_t rest = SIZE_MAX, missing = SIZE_MAX;
    for (std::size_t i = 0; i < out.rows.size(); ++i) {
      if (out.rows[i].kind == TrendSeries::Kind::kRest) rest = i;
      if (out.rows[i].kind == TrendSeries::Kind::kMissing) missing = i;
      if (out.rows[i].kind == TrendSeries::Kind::kValue) row_of_slug[out.rows[i].slug] = i;
    }
    std::unordered_map<std::uint32_t, std::size_t> row_of_value;
    for (std::size_t i = 0; i < listing.size(); ++i) {
      const std::uint32_t slot = slot_of(listing.date(i), step_);
      Tally one{1, options_.words ? listing.words(i) : 0, places ? places_of[i] : 0U};
      const auto add_to = [&](BySlot& to) {
        Tally& tally = to[slot];
        tally.entries += one.entries;
        tally.words += one.words;
        tally.places += one.places;
      };
      if (all != nullptr) add_to(*all);
      if (!options_.by) {
        add_to(out.rows[0].*which);
        continue;
      }
      bool any = false, other = false;
      listing.values(i, *options_.by, [&](std::uint32_t value) {
        any = true;
        auto known = row_of_value.find(value);
        if (known == row_of_value.end()) {
          const auto row = row_of_slug.find(listing.slug(*options_.by, value));
          known =
              row_of_value.emplace(value, row == row_of_slug.end() ? SIZE_MAX : row->second).first;
        }
        if (known->second == SIZE_MAX) {
          other = true;
        } else {
          add_to(out.rows[known->second].*which);
        }
      });
      if (other && rest != SIZE_MAX) add_to(out.rows[rest].*which);
      if (!any && missing != SIZE_MAX) add_to(out.rows[missing].*which);
    }
  }

  const Searcher& searcher_;
  const TrendTableOptions& options_;
  const TrendStep step_;
};

Tally at(const BySlot& tallies, std::uint32_t slot) {
  const auto found = tallies.find(slot);
  return found == tallies.end() ? Tally{} : found->second;
}

std::string in_quotes(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return out + '"';
}

double value_of(const TrendRow& row, TrendMeasure measure, bool places) {
  switch (measure) {
    case TrendMeasure::kPer1000:
      return row.per_1000();
    case TrendMeasure::kPlaces:
      return static_cast<double>(row.hits.places);
    case TrendMeasure::kPerMillion:
      return row.per_million(places);
    default:
      return static_cast<double>(row.hits.entries);
  }
}

std::string number(double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), end.ptr};
}

}  // namespace

double TrendRow::per_1000() const {
  return period_all.entries == 0
             ? 0
             : 1000.0 * static_cast<double>(hits.entries) / static_cast<double>(period_all.entries);
}

double TrendRow::per_million(bool places) const {
  const std::uint64_t met = places ? hits.places : hits.entries;
  return period_all.words == 0
             ? 0
             : 1e6 * static_cast<double>(met) / static_cast<double>(period_all.words);
}

TrendTable make_trend_table(const Searcher& searcher, const std::vector<NamedQuery>& queries,
                            const TrendTableOptions& options) {
  TrendTable table;
  std::vector<TrendAnswer> trends;
  for (const NamedQuery& query : queries) {
    TrendRequest request;
    request.search = query.search;
    request.step = options.step;
    request.by = options.by;
    request.top = options.top;
    trends.push_back(searcher.trend(request));
  }
  // Side by side means the same periods: the longest that one of them calls for.
  table.step = TrendStep::kMonth;
  for (const TrendAnswer& trend : trends) {
    if (in_year(trend.step) < in_year(table.step)) table.step = trend.step;
  }
  std::uint32_t first = kUndated, last = 0;
  for (const TrendAnswer& trend : trends) {
    for (const TrendPeriod& period : trend.periods) {
      if (period.count == 0) continue;
      first = std::min(first, slot_of(period.from, table.step));
      last = std::max(last, slot_of(period.from, table.step));
    }
  }
  for (std::size_t i = 0; i < queries.size(); ++i) {
    const Rows counted = Counter(searcher, options, table.step).count(queries[i].search, trends[i]);
    for (const Rows::Row& series : counted.rows) {
      const auto add = [&](std::uint32_t slot) {
        TrendRow& row = table.rows.emplace_back();
        row.query = i;
        name_period(row, slot, table.step);
        row.kind = series.kind;
        row.slug = series.slug;
        row.label = series.label;
        row.hits = at(series.hits, slot);
        row.period_all = at(counted.all, slot);
        row.value_all = at(series.base, slot);
      };
      for (std::uint32_t slot = first; slot != kUndated && slot <= last; ++slot) add(slot);
      if (at(series.hits, kUndated).entries > 0) add(kUndated);
    }
  }
  return table;
}

RowWriter trend_rows(RowFormat format) {
  return {format,
          {"query", "period", "from", "to", "kind", "value", "label", "hits", "places",
           "words_of_hits", "all_in_period", "words_in_period", "all_of_value", "words_of_value",
           "per_1000", "per_million_words"}};
}

void append_trend_row(std::string& out, const RowWriter& rows, const TrendRow& row,
                      const std::string& query, const TrendTableOptions& options) {
  const auto count = [](std::uint64_t value) { return Cell{static_cast<std::int64_t>(value)}; };
  const auto text = [](const std::string& value) {
    return value.empty() ? Cell{} : Cell{std::string_view(value)};
  };
  const bool by = options.by.has_value(), words = options.words;
  const char* kind = !by                                       ? "all"
                     : row.kind == TrendSeries::Kind::kRest    ? "rest"
                     : row.kind == TrendSeries::Kind::kMissing ? "missing"
                                                               : "value";
  rows.append(out, {std::string_view(query), text(row.period), text(row.from), text(row.to),
                    std::string_view(kind), text(row.slug), text(row.label),
                    count(row.hits.entries), options.places ? count(row.hits.places) : Cell{},
                    words ? count(row.hits.words) : Cell{}, count(row.period_all.entries),
                    words ? count(row.period_all.words) : Cell{}, count(row.value_all.entries),
                    words ? count(row.value_all.words) : Cell{}, Cell{row.per_1000()},
                    words ? Cell{row.per_million(options.places)} : Cell{}});
}

std::string gnuplot_script(const TrendTable& table, const std::vector<NamedQuery>& queries,
                           const TrendTableOptions& options, TrendMeasure measure,
                           const std::string& title) {
  static constexpr std::array<const char*, 4> kAxis{"Treffer", "Treffer je 1.000", "Fundstellen",
                                                    "je 1 Million Wörter"};
  std::string out =
      "set terminal svg size 900,500 dynamic noenhanced font 'sans-serif,13'\n"
      "set encoding utf8\nset key outside right top noenhanced\nset grid ytics\n"
      "set xdata time\nset timefmt '%Y-%m-%d'\nset yrange [0:*]\nset format x ";
  out += table.step == TrendStep::kYear ? "'%Y'\n" : "'%m/%Y'\n";
  out += "set title " + in_quotes(title) + " noenhanced\nset ylabel " +
         in_quotes(kAxis[static_cast<std::size_t>(measure)]) + "\n";
  struct Line {
    std::string name, data;
  };
  std::vector<Line> lines;
  const TrendRow* before = nullptr;
  for (const TrendRow& row : table.rows) {
    if (row.period.empty()) continue;
    const bool same = before != nullptr && before->query == row.query && before->slug == row.slug &&
                      before->kind == row.kind;
    before = &row;
    if (!same) {
      std::string name = queries.size() > 1 || row.label.empty() ? queries[row.query].name : "";
      const std::string value = row.kind == TrendSeries::Kind::kRest      ? "übrige"
                                : row.kind == TrendSeries::Kind::kMissing ? "ohne Angabe"
                                                                          : row.label;
      if (!value.empty()) name += (name.empty() ? "" : ": ") + value;
      lines.push_back({name, ""});
    }
    lines.back().data += row.from + " " + number(value_of(row, measure, options.places)) + "\n";
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    out += "$d" + std::to_string(i) + " << EOD\n" + lines[i].data + "EOD\n";
  }
  if (lines.empty()) return {};
  out += "plot ";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) out += ", ";
    out += "$d" + std::to_string(i) +
           " using 1:2 with linespoints pointtype 7 pointsize 0.4 title " +
           in_quotes(lines[i].name);
  }
  return out + "\n";
}

}  // namespace fundstelle::research
