// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/pages/trend.h"

#include <cstring>  // ctemplate forgets it

#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

#include "document/csv.h"
#include "present/address.h"
#include "present/german.h"
#include "present/pages/narrowing.h"
#include "present/pages/page_parts.h"

namespace fundstelle::present {
namespace {

using ctemplate::TemplateDictionary;

/// Where a picture's parts stand, in its own units.
struct Geometry {
  double width, height, left, right, top, bottom;
  std::size_t most_labels;  ///< along the time axis
  double font;
  [[nodiscard]] double inner_width() const { return width - left - right; }
  [[nodiscard]] double inner_height() const { return height - top - bottom; }
};
constexpr Geometry kWide{960, 300, 58, 8, 14, 30, 12, 13};
constexpr Geometry kNarrow{390, 260, 46, 6, 12, 28, 5, 12};
/// A share of less is chance: one of one is 100 %. The table has it, the picture leaves it out.
constexpr std::uint64_t kFewestForShare = 20;
constexpr double kTitleHeight = 52, kLegendLine = 22;  ///< of the picture that stands for itself

/// Seven colours told apart in any kind of colour vision, each with 3:1 against white (after Okabe
/// and Ito, darkened); the rest and what has no value are grey. styles/charts.css has them for dark
/// pages, by class.
constexpr std::array<const char*, 9> kColours{"#0b62a8", "#c05a00", "#1a7f5a", "#a23b85", "#2b8ca3",
                                              "#8a6d00", "#6d55c4", "#6b6f76", "#a0a4ab"};

std::string colour_class(std::size_t row) { return "f" + std::to_string(row); }

/// Number of a row's colour: values in order, then the greys.
std::size_t colour_of(const TrendAnswer& answer, std::size_t row) {
  if (answer.series.empty()) return 0;
  switch (answer.series[row].kind) {
    case TrendSeries::Kind::kRest:
      return 7;
    case TrendSeries::Kind::kMissing:
      return 8;
    case TrendSeries::Kind::kValue:
      break;
  }
  return row % 7;
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  std::string out = text;
  if (out.size() > 2 && out.compare(out.size() - 2, 2, ".0") == 0) out.resize(out.size() - 2);
  return out;
}

std::string with_comma(double value, int digits) {
  char text[48];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  std::string out = text;
  std::replace(out.begin(), out.end(), '.', ',');
  return out;
}

std::string percent(double share) {
  const double value = share * 100;
  const int digits = value == 0 || value >= 9.95 ? 0 : value >= 0.995 ? 1 : value >= 0.0995 ? 2 : 3;
  return with_comma(value, digits) + " %";
}

std::string row_label(const TrendRequest& request, const TrendAnswer& answer, std::size_t row) {
  if (answer.series.empty()) return unit_word(request.search, 2);
  const TrendSeries& series = answer.series[row];
  switch (series.kind) {
    case TrendSeries::Kind::kRest:
      return "übrige";
    case TrendSeries::Kind::kMissing:
      return "ohne Angabe";
    case TrendSeries::Kind::kValue:
      break;
  }
  FacetValue value;
  value.slug = series.slug;
  value.label = series.label;
  return value_label(*request.by, value);
}

const std::vector<std::uint64_t>& row_counts(const TrendAnswer& answer, std::size_t row) {
  return answer.series[row].counts;
}

std::size_t row_count(const TrendAnswer& answer) {
  return answer.series.empty() ? 1 : answer.series.size();
}

std::uint64_t count_at(const TrendAnswer& answer, std::size_t row, std::size_t period) {
  return answer.series.empty() ? answer.periods[period].count : row_counts(answer, row)[period];
}

std::uint64_t base_of(const TrendPeriod& period, TrendMeasure measure) {
  return measure == TrendMeasure::kShareFiltered ? period.filtered : period.all;
}

bool too_few(const TrendView& view, const TrendPeriod& period) {
  return view.measure != TrendMeasure::kCount && period.count > 0 &&
         base_of(period, view.measure) < kFewestForShare;
}

double value_at(const TrendView& view, std::size_t row, std::size_t period) {
  const auto count = static_cast<double>(count_at(view.answer, row, period));
  if (view.measure == TrendMeasure::kCount) return count;
  const std::uint64_t base = base_of(view.answer.periods[period], view.measure);
  if (base == 0 || too_few(view, view.answer.periods[period])) return 0;
  return count / static_cast<double>(base);
}

std::string period_name(TrendStep step, const TrendPeriod& period) {
  const std::uint32_t year = period.from / 10000, month = period.from / 100 % 100;
  if (step == TrendStep::kYear) return std::to_string(year);
  if (step == TrendStep::kQuarter) {
    return std::to_string((month - 1) / 3 + 1) + ". Quartal " + std::to_string(year);
  }
  char iso[16];
  std::snprintf(iso, sizeof iso, "%04u-%02u", year % 10000, month % 100);
  return german_date(iso);
}

const char* step_word(TrendStep step) {
  switch (step) {
    case TrendStep::kMonth:
      return "Monat";
    case TrendStep::kQuarter:
      return "Quartal";
    default:
      return "Jahr";
  }
}

/// The next of 1, 2, 5, 10, 20 … that makes at most `parts` steps up to `highest`.
double nice_step(double highest, double parts) {
  const double rough = highest / parts;
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
    if (factor * power >= rough * 0.9999) return factor * power;
  }
  return 10 * power;
}

/// Months between labels of the time axis, so that at most `most` stand there.
std::uint32_t label_months(TrendStep step, std::size_t periods, std::size_t most) {
  const std::uint32_t months = step == TrendStep::kYear ? 12 : step == TrendStep::kQuarter ? 3 : 1;
  static constexpr std::uint32_t kSpans[] = {1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000};
  for (const std::uint32_t span : kSpans) {
    if (span < months) continue;
    if (periods * months / span <= most) return span;
  }
  return 12000;
}

std::string axis_label(const TrendPeriod& period) {
  const std::uint32_t year = period.from / 10000, month = period.from / 100 % 100;
  if (month == 1) return std::to_string(year);
  return std::to_string(month) + "/" + std::to_string(year % 100 / 10) + std::to_string(year % 10);
}

/// What the picture shows, in words: "Dokumente je Jahr, Anteil an allen Dokumenten".
std::string measure_text(const TrendView& view) {
  const std::string unit = unit_word(view.request.search, 2);
  std::string text = unit + " je " + step_word(view.answer.step);
  if (view.measure == TrendMeasure::kShare) {
    text += " als Anteil an allen " + unit + (unit == "Dokumente" ? "n" : "") + " des Bestands";
  } else if (view.measure == TrendMeasure::kShareFiltered) {
    text += " als Anteil an allen, die zu den Filtern passen";
  }
  return text;
}

std::string heading(const TrendView& view) {
  const SearchRequest& search = view.request.search;
  std::string text = counted(view.answer.total, unit_word(search, 1), unit_word(search, 2));
  if (!search.q.empty()) text += " zu „" + search.q + "“";
  return text;
}

/// Filters in words, for a picture that stands for itself.
std::string filters_text(const TrendView& view) {
  const SearchRequest& search = view.request.search;
  std::string text;
  const auto add = [&text](const std::string& part) {
    if (!text.empty()) text += "; ";
    text += part;
  };
  for (const FacetFilter& filter : search.filters) {
    for (const std::string& slug : filter.wanted) add(value_label(view.labels, filter.facet, slug));
    for (const std::string& slug : filter.excluded) {
      add("ohne " + value_label(view.labels, filter.facet, slug));
    }
  }
  if (search.from != 0 || search.to != 0) add(period_text(search));
  return text;
}

/// Bars and axes. `moved`: how far down everything stands.
void fill_plot(TemplateDictionary& plot, const TrendView& view, const Geometry& where,
               double moved) {
  const TrendAnswer& answer = view.answer;
  const std::size_t periods = answer.periods.size();
  const double top = where.top + moved, floor = where.height - where.bottom + moved;
  double highest = 0;
  for (std::size_t i = 0; i < periods; ++i) {
    double sum = 0;
    for (std::size_t row = 0; row < row_count(answer); ++row) sum += value_at(view, row, i);
    highest = std::max(highest, sum);
  }
  if (highest == 0) highest = 1;
  double step = nice_step(highest, 4);
  if (view.measure == TrendMeasure::kCount) step = std::max(step, 1.0);
  const double scale_end = std::ceil(highest / step - 1e-9) * step;
  const double unit = where.inner_height() / scale_end;
  plot.SetValue("FONT", number(where.font));
  plot.SetValue("LEFT", number(where.left));
  plot.SetValue("RIGHT", number(where.width - where.right));
  plot.SetValue("FLOOR", number(floor));
  for (double value = 0; value <= scale_end + step / 2; value += step) {
    TemplateDictionary* line = plot.AddSectionDictionary("LINE");
    const double y = floor - value * unit;
    line->SetValue("Y", number(y));
    line->SetValue("TEXT_X", number(where.left - 6));
    line->SetValue("TEXT_Y", number(y + where.font * 0.35));
    line->SetValue("TEXT", view.measure == TrendMeasure::kCount
                               ? german_count(static_cast<std::uint64_t>(std::llround(value)))
                               : percent(value));
  }
  const double pitch = where.inner_width() / static_cast<double>(std::max<std::size_t>(periods, 1));
  const double width = std::min(pitch > 3 ? pitch * 0.84 : pitch, 48.0);
  std::vector<double> base(periods, floor);
  for (std::size_t row = 0; row < row_count(answer); ++row) {
    std::string path;
    for (std::size_t i = 0; i < periods; ++i) {
      const double height = value_at(view, row, i) * unit;
      if (height <= 0) continue;
      const double x = where.left + pitch * static_cast<double>(i) + (pitch - width) / 2;
      base[i] -= height;
      path += "M" + number(x) + " " + number(base[i]) + "h" + number(width) + "v" + number(height) +
              "h-" + number(width) + "z";
    }
    if (path.empty()) continue;
    TemplateDictionary* bars = plot.AddSectionDictionary("BARS");
    const std::size_t colour = colour_of(answer, row);
    bars->SetValue("PATH", path);
    bars->SetValue("CLASS", colour_class(colour));
    bars->SetValue("COLOUR", kColours.at(colour));
  }
  const std::uint32_t span = label_months(answer.step, periods, where.most_labels);
  for (std::size_t i = 0; i < periods; ++i) {
    const TrendPeriod& period = answer.periods[i];
    const double left = where.left + pitch * static_cast<double>(i);
    TemplateDictionary* area = plot.AddSectionDictionary("AREA");
    area->SetValue("X", number(left));
    area->SetValue("Y", number(top));
    area->SetValue("WIDTH", number(pitch));
    area->SetValue("HEIGHT", number(where.inner_height()));
    std::string title = period_name(answer.step, period) + ": " + german_count(period.count);
    if (view.measure != TrendMeasure::kCount) {
      const std::uint64_t all = base_of(period, view.measure);
      title += " von " + german_count(all);
      if (all > 0) {
        title += " (" + percent(static_cast<double>(period.count) / static_cast<double>(all)) + ")";
      }
    }
    for (std::size_t row = 0; row < answer.series.size(); ++row) {
      const std::uint64_t count = count_at(answer, row, i);
      if (count == 0) continue;
      title += "\n" + row_label(view.request, answer, row) + ": " + german_count(count);
    }
    area->SetValue("TITLE", title);
    const std::uint32_t month = period.from / 10000 * 12 + period.from / 100 % 100 - 1;
    if (month % span != 0) continue;
    const double middle = left + pitch / 2;
    // A label must not hang over the edge.
    const double room = where.font * 1.2;
    if (middle < where.left + room / 2 || middle > where.width - where.right - room / 2) continue;
    TemplateDictionary* label = plot.AddSectionDictionary("LABEL");
    label->SetValue("X", number(middle));
    label->SetValue("Y", number(floor + where.font * 1.5));
    label->SetValue("TEXT", axis_label(period));
  }
}

void fill_legend(TemplateDictionary& page, const TrendView& view) {
  if (view.answer.series.empty()) return;
  TemplateDictionary* legend = page.AddSectionDictionary("LEGEND");
  for (std::size_t row = 0; row < row_count(view.answer); ++row) {
    TemplateDictionary* entry = legend->AddSectionDictionary("ROW");
    const std::size_t colour = colour_of(view.answer, row);
    entry->SetValue("CLASS", colour_class(colour));
    entry->SetValue("COLOUR", kColours.at(colour));
    entry->SetValue("LABEL", row_label(view.request, view.answer, row));
    entry->SetValue("TOTAL", german_count(view.answer.series[row].total));
  }
}

void add_choice(TemplateDictionary& row, const std::string& label, const std::string& url,
                bool current) {
  TemplateDictionary* choice = row.AddSectionDictionary("CHOICE");
  choice->SetValue("LABEL", label);
  choice->SetValue("URL", url);
  if (current) choice->ShowSection("CURRENT");
}

void fill_choices(TemplateDictionary& page, const TrendView& view) {
  const TrendRequest& request = view.request;
  const auto row = [&page](const char* name) {
    TemplateDictionary* choices = page.AddSectionDictionary("CHOICES");
    choices->SetValue("NAME", name);
    return choices;
  };
  TemplateDictionary* measures = row("Zeigen");
  const auto measure = [&](const char* label, TrendMeasure value) {
    add_choice(*measures, label, trend_address(request, value), view.measure == value);
  };
  measure("Anzahl", TrendMeasure::kCount);
  measure("Anteil an allem", TrendMeasure::kShare);
  const SearchRequest& search = request.search;
  const bool filtered =
      std::any_of(search.filters.begin(), search.filters.end(),
                  [](const auto& f) { return !f.wanted.empty() || !f.excluded.empty(); });
  if ((filtered && !search.q.empty()) || view.measure == TrendMeasure::kShareFiltered) {
    measure("Anteil am Gefilterten", TrendMeasure::kShareFiltered);
  }
  TemplateDictionary* steps = row("Je");
  for (const auto& [label, step] : {std::pair{"Jahr", TrendStep::kYear},
                                    {"Quartal", TrendStep::kQuarter},
                                    {"Monat", TrendStep::kMonth}}) {
    TrendRequest changed = request;
    changed.step = step;
    add_choice(*steps, label, trend_address(changed, view.measure), view.answer.step == step);
  }
  TemplateDictionary* facets = row("Aufteilen nach");
  TrendRequest whole = request;
  whole.by.reset();
  add_choice(*facets, "nichts", trend_address(whole, view.measure), !request.by);
  for (const Facet facet : {Facet::kBody, Facet::kGroup, Facet::kType, Facet::kTopic,
                            Facet::kMinistry, Facet::kLegislature}) {
    TrendRequest changed = request;
    changed.by = facet;
    add_choice(*facets, facet == Facet::kBody ? "Parlament" : std::string(facet_name(facet)),
               trend_address(changed, view.measure), request.by == facet);
  }
}

void fill_table(TemplateDictionary& page, const TrendView& view) {
  const TrendAnswer& answer = view.answer;
  const bool shares = view.measure != TrendMeasure::kCount;
  page.SetValue("STEP", step_word(answer.step));
  if (shares) page.ShowSection("SHARES");
  for (std::size_t row = 0; row < answer.series.size(); ++row) {
    page.AddSectionDictionary("COLUMN")->SetValue("LABEL", row_label(view.request, answer, row));
  }
  const auto fill = [&](const TrendPeriod& period, const std::string& name, const std::string& url,
                        const auto& count_of) {
    TemplateDictionary* line = page.AddSectionDictionary("PERIOD");
    line->SetValue("NAME", name);
    if (!url.empty()) {
      line->SetValueAndShowSection("URL", url, "LINKED");
    } else {
      line->ShowSection("PLAIN");
    }
    line->SetValue("COUNT", german_count(period.count));
    if (shares) {
      const std::uint64_t all = base_of(period, view.measure);
      TemplateDictionary* share = line->AddSectionDictionary("SHARE");
      share->SetValue("ALL", german_count(all));
      share->SetValue(
          "PERCENT",
          all == 0 ? "–" : percent(static_cast<double>(period.count) / static_cast<double>(all)));
    }
    for (std::size_t row = 0; row < answer.series.size(); ++row) {
      line->AddSectionDictionary("CELL")->SetValue("COUNT", german_count(count_of(row)));
    }
  };
  for (std::size_t i = 0; i < answer.periods.size(); ++i) {
    const TrendPeriod& period = answer.periods[i];
    SearchRequest search = first_page(view.request.search);
    search.from = std::max(search.from, period.from);
    search.to = search.to == 0 ? period.to : std::min(search.to, period.to);
    fill(period, period_name(answer.step, period),
         period.count == 0 ? std::string() : search_address(search),
         [&](std::size_t row) { return answer.series[row].counts[i]; });
  }
  if (answer.undated.count > 0) {
    fill(answer.undated, answer.step == TrendStep::kYear ? "ohne Datum" : "ohne Monat", {},
         [&](std::size_t row) { return answer.series[row].undated; });
  }
}

std::string iso_day(std::uint32_t date) {
  char text[32];
  std::snprintf(text, sizeof text, "%04u-%02u-%02u", date / 10000, date / 100 % 100, date % 100);
  return text;
}

}  // namespace

const char* to_string(TrendMeasure measure) {
  switch (measure) {
    case TrendMeasure::kShare:
      return "share";
    case TrendMeasure::kShareFiltered:
      return "filtered";
    case TrendMeasure::kCount:
      break;
  }
  return "count";
}

std::string trend_address(const TrendRequest& request, TrendMeasure measure,
                          std::string_view path) {
  std::string extra;
  const auto add = [&extra](const std::string& name, const std::string& value) {
    if (!extra.empty()) extra += '&';
    extra += name + "=" + value;
  };
  if (request.by) add("by", to_string(*request.by));
  if (request.step != TrendStep::kAuto) add("step", to_string(request.step));
  if (request.top != TrendRequest{}.top) add("top", std::to_string(request.top));
  if (measure != TrendMeasure::kCount) add("measure", to_string(measure));
  return Target{path, extra}.address(first_page(request.search));
}

std::string trend_csv(const TrendView& view) {
  const TrendAnswer& answer = view.answer;
  std::string out = "von,bis,Treffer,gefiltert,alle";
  for (std::size_t row = 0; row < answer.series.size(); ++row) {
    out += "," + csv_field(row_label(view.request, answer, row));
  }
  out += "\r\n";
  const auto line = [&](const std::string& from, const std::string& to, const TrendPeriod& period,
                        const auto& count_of) {
    out += from + "," + to + "," + std::to_string(period.count) + "," +
           std::to_string(period.filtered) + "," + std::to_string(period.all);
    for (std::size_t row = 0; row < answer.series.size(); ++row) {
      out += "," + std::to_string(count_of(row));
    }
    out += "\r\n";
  };
  for (std::size_t i = 0; i < answer.periods.size(); ++i) {
    const TrendPeriod& period = answer.periods[i];
    line(iso_day(period.from), iso_day(period.to), period,
         [&](std::size_t row) { return answer.series[row].counts[i]; });
  }
  line("", "", answer.undated, [&](std::size_t row) { return answer.series[row].undated; });
  return out;
}

void fill_trend(TemplateDictionary& page, const TrendView& view) {
  const SearchRequest& search = view.request.search;
  page.SetValue("TOTAL", counted(view.answer.total, unit_word(search, 1), unit_word(search, 2)));
  if (!search.q.empty()) page.SetValueAndShowSection("Q", search.q, "FOR_QUERY");
  page.SetValue("SEARCH_URL", search_address(first_page(search)));
  TemplateDictionary* chips = page.AddIncludeDictionary("CHIPS");
  chips->SetFilename("chips.html");
  const std::string own = trend_address(
      TrendRequest{{}, view.request.step, view.request.by, view.request.top}, view.measure, "");
  fill_chips(*chips, search, view.labels, Target{"/verlauf", own.empty() ? own : own.substr(1)});
  for (const std::string& missing : view.incomplete) {
    page.AddSectionDictionary("INCOMPLETE")->SetValue("WHAT", missing);
  }
  if (view.answer.relaxed) page.ShowSection("RELAXED");
  page.SetValue("REVISION", view.answer.revision);
  if (view.answer.periods.empty()) {
    page.ShowSection("NOTHING");
    return;
  }
  fill_choices(page, view);
  page.SetValue("MEASURE", measure_text(view));
  TemplateDictionary* picture = page.AddSectionDictionary("PICTURE");
  picture->SetValue("SUMMARY", heading(view) + ". " + measure_text(view) +
                                   ". Die Zahlen stehen in der Tabelle darunter.");
  bool any = false;
  for (std::size_t i = 0; i < view.answer.periods.size() && !any; ++i) {
    for (std::size_t row = 0; row < row_count(view.answer); ++row) {
      any = any || value_at(view, row, i) > 0;
    }
  }
  for (const auto& [geometry, kind] : {std::pair{&kWide, "weit"}, {&kNarrow, "eng"}}) {
    if (!any) break;
    TemplateDictionary* drawing = picture->AddSectionDictionary("DRAWING");
    drawing->SetValue("KIND", kind);
    drawing->SetValue("WIDTH", number(geometry->width));
    drawing->SetValue("HEIGHT", number(geometry->height));
    TemplateDictionary* plot = drawing->AddIncludeDictionary("PLOT");
    plot->SetFilename("plot.html");
    fill_plot(*plot, view, *geometry, 0);
  }
  if (any) fill_legend(*picture, view);
  if (!any) {
    picture->SetValueAndShowSection("FEWEST", std::to_string(kFewestForShare), "NOTHING_DRAWN");
  } else if (view.request.by == Facet::kGroup || view.request.by == Facet::kTopic ||
             view.request.by == Facet::kMinistry) {
    picture->ShowSection("OVERLAPS");
  }
  if (view.answer.undated.count > 0) {
    picture->SetValueAndShowSection("UNDATED_COUNT", german_count(view.answer.undated.count),
                                    "UNDATED");
  }
  const auto few = static_cast<std::uint64_t>(
      std::count_if(view.answer.periods.begin(), view.answer.periods.end(),
                    [&](const TrendPeriod& period) { return too_few(view, period); }));
  if (few > 0 && any) {
    TemplateDictionary* note = picture->AddSectionDictionary("TOO_FEW");
    note->SetValue("COUNT",
                   few == 1 ? std::string("Ein Zeitraum") : german_count(few) + " Zeiträume");
    note->SetValue("VERB", few == 1 ? "ist" : "sind");
    note->SetIntValue("FEWEST", static_cast<long>(kFewestForShare));
  }
  if (any) picture->ShowSection("DRAWN");
  picture->SetValue("SVG_URL", trend_address(view.request, view.measure, "/verlauf.svg"));
  picture->SetValue("CSV_URL", trend_address(view.request, view.measure, "/verlauf.csv"));
  picture->SetValue("JSON_URL", trend_address(view.request, TrendMeasure::kCount, "/api/v1/trend"));
  TemplateDictionary* table = page.AddSectionDictionary("TABLE");
  fill_table(*table, view);
}

void fill_chart(TemplateDictionary& chart, const TrendView& view) {
  const double legend = view.answer.series.empty()
                            ? 0
                            : kLegendLine * static_cast<double>(row_count(view.answer)) + 8;
  chart.SetValue("WIDTH", number(kWide.width));
  chart.SetValue("HEIGHT", number(kWide.height + kTitleHeight + legend + 22));
  chart.SetValue("TITLE", heading(view));
  const std::string filters = filters_text(view);
  chart.SetValue("SUBTITLE", measure_text(view) + (filters.empty() ? "" : " · " + filters));
  TemplateDictionary* plot = chart.AddIncludeDictionary("PLOT");
  plot->SetFilename("plot.html");
  fill_plot(*plot, view, kWide, kTitleHeight);
  double y = kTitleHeight + kWide.height + 4;
  for (std::size_t row = 0; row < view.answer.series.size(); ++row) {
    TemplateDictionary* entry = chart.AddSectionDictionary("ROW");
    entry->SetValue("COLOUR", kColours.at(colour_of(view.answer, row)));
    entry->SetValue("X", number(kWide.left));
    entry->SetValue("Y", number(y));
    entry->SetValue("TEXT_X", number(kWide.left + 20));
    entry->SetValue("TEXT_Y", number(y + 12));
    entry->SetValue("LABEL", row_label(view.request, view.answer, row) + " (" +
                                 german_count(view.answer.series[row].total) + ")");
    y += kLegendLine;
  }
  chart.SetValue("FOOT_Y", number(kWide.height + kTitleHeight + legend + 12));
  chart.SetValue("REVISION", view.answer.revision);
}

}  // namespace fundstelle::present
