// SPDX-License-Identifier: GPL-3.0-or-later
//
// The page of a search: hits, filters, histogram, paging.
#include <cstring>  // ctemplate forgets it

#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <cstdio>
#include <functional>

#include "present/address.h"
#include "present/german.h"
#include "present/page_parts.h"

namespace fundstelle::present {
namespace {

using ctemplate::TemplateDictionary;

constexpr std::size_t kValuesShown = 7;  ///< of a facet, before "weitere"
constexpr int kHistogramWidth = 1000;    ///< in units of the SVG's own grid
constexpr int kHistogramHeight = 100;
constexpr std::uint64_t kDeepestHit = 10'000;  ///< the engine turns pages no further

SearchRequest first_page(const SearchRequest& request) {
  SearchRequest changed = request;
  changed.page = 1;
  changed.cursor.clear();
  return changed;
}

std::string address_with(const SearchRequest& request,
                         const std::function<void(SearchRequest&)>& change) {
  SearchRequest changed = first_page(request);
  change(changed);
  return search_address(changed);
}

FacetFilter& filter_of(SearchRequest& request, Facet facet) {
  for (FacetFilter& filter : request.filters) {
    if (filter.facet == facet) return filter;
  }
  request.filters.push_back({facet, {}, {}});
  return request.filters.back();
}

void drop(std::vector<std::string>& list, const std::string& slug) {
  list.erase(std::remove(list.begin(), list.end(), slug), list.end());
}

/// The search with this value neither wanted nor excluded.
std::string address_without(const SearchRequest& request, Facet facet, const std::string& slug) {
  return address_with(request, [&](SearchRequest& changed) {
    FacetFilter& filter = filter_of(changed, facet);
    drop(filter.wanted, slug);
    drop(filter.excluded, slug);
  });
}

std::string address_wanting(const SearchRequest& request, Facet facet, const std::string& slug) {
  return address_with(request, [&](SearchRequest& changed) {
    FacetFilter& filter = filter_of(changed, facet);
    drop(filter.excluded, slug);
    filter.wanted.push_back(slug);
  });
}

std::string address_excluding(const SearchRequest& request, Facet facet, const std::string& slug) {
  return address_with(request, [&](SearchRequest& changed) {
    FacetFilter& filter = filter_of(changed, facet);
    drop(filter.wanted, slug);
    filter.excluded.push_back(slug);
  });
}

std::string label_of(const SearchAnswer& answer, Facet facet, const std::string& slug) {
  if (facet == Facet::kLegislature) return slug + ". Wahlperiode";
  for (const FacetCounts& counts : answer.facets) {
    if (counts.facet != facet) continue;
    for (const FacetValue& value : counts.values) {
      if (value.slug == slug && !value.label.empty()) return value.label;
    }
  }
  return slug;
}

std::string unit_word(const SearchRequest& request, std::uint64_t count) {
  if (request.unit == Unit::kPassage) return count == 1 ? "Textstelle" : "Textstellen";
  return count == 1 ? "Dokument" : "Dokumente";
}

std::string period_text(const SearchRequest& request) {
  const auto from_year = request.from / 10000, to_year = request.to / 10000;
  const bool whole_years = (request.from == 0 || request.from % 10000 == 101) &&
                           (request.to == 0 || request.to % 10000 == 1231);
  const auto text = [whole_years](std::uint32_t date) {
    return whole_years ? std::to_string(date / 10000) : short_date(date);
  };
  if (request.from != 0 && request.to != 0) {
    if (whole_years && from_year == to_year) return text(request.from);
    return text(request.from) + " bis " + text(request.to);
  }
  return request.from != 0 ? "ab " + text(request.from) : "bis " + text(request.to);
}

void add_chip(TemplateDictionary& page, const std::string& text, const std::string& url) {
  TemplateDictionary* chip = page.AddSectionDictionary("CHIP");
  chip->SetValue("TEXT", text);
  chip->SetValue("URL", url);
}

/// Removable filters; the number of them.
std::size_t fill_chips(TemplateDictionary& page, const SearchRequest& request,
                       const SearchAnswer& answer) {
  std::size_t chips = 0;
  for (const FacetFilter& filter : request.filters) {
    const std::string name(facet_name(filter.facet));
    for (const std::string& slug : filter.wanted) {
      add_chip(page, label_of(answer, filter.facet, slug),
               address_without(request, filter.facet, slug));
      ++chips;
    }
    for (const std::string& slug : filter.excluded) {
      add_chip(page, "ohne " + label_of(answer, filter.facet, slug),
               address_without(request, filter.facet, slug));
      ++chips;
    }
  }
  if (request.from != 0 || request.to != 0) {
    add_chip(page, period_text(request),
             address_with(request, [](SearchRequest& changed) { changed.from = changed.to = 0; }));
    ++chips;
  }
  if (request.match != MatchMode::kAuto) {
    add_chip(
        page, request.match == MatchMode::kAll ? "alle Wörter" : "irgendein Wort",
        address_with(request, [](SearchRequest& changed) { changed.match = MatchMode::kAuto; }));
    ++chips;
  }
  if (chips == 0) return 0;
  page.ShowSection("HAS_CHIPS");
  if (chips > 1) {
    SearchRequest bare = first_page(request);
    bare.filters.clear();
    bare.from = bare.to = 0;
    bare.match = MatchMode::kAuto;
    page.SetValueAndShowSection("CLEAR_URL", search_address(bare), "CLEAR_ALL");
  }
  return chips;
}

void fill_value(TemplateDictionary& list, const SearchRequest& request, Facet facet,
                const FacetValue& value) {
  TemplateDictionary* item = list.AddSectionDictionary("VALUE");
  const bool active = value.selected || value.excluded;
  item->SetValue("LABEL", value.label.empty() ? value.slug : value.label);
  item->SetValue("COUNT", german_count(value.count));
  item->SetValue("URL", active ? address_without(request, facet, value.slug)
                               : address_wanting(request, facet, value.slug));
  if (value.selected) item->ShowSection("SELECTED");
  if (value.excluded) item->ShowSection("EXCLUDED");
  if (!active && value.count > 0) {
    TemplateDictionary* exclude = item->AddSectionDictionary("CAN_EXCLUDE");
    exclude->SetValue("EXCLUDE_URL", address_excluding(request, facet, value.slug));
    exclude->SetValue("LABEL", value.label.empty() ? value.slug : value.label);
  }
}

void fill_facets(TemplateDictionary& page, const SearchRequest& request,
                 const SearchAnswer& answer) {
  for (const FacetCounts& counts : answer.facets) {
    // Years are chosen in the histogram.
    if (counts.facet == Facet::kYear || counts.values.empty()) continue;
    TemplateDictionary* facet = page.AddSectionDictionary("FACET");
    const std::string_view name = facet_name(counts.facet);
    facet->SetValue("NAME", ctemplate::TemplateString(name.data(), name.size()));
    std::vector<const FacetValue*> values;
    for (const FacetValue& value : counts.values) values.push_back(&value);
    // What the reader chose stays in sight, also at the end of a long list.
    std::stable_sort(values.begin(), values.end(), [](const FacetValue* a, const FacetValue* b) {
      return (a->selected || a->excluded) > (b->selected || b->excluded);
    });
    // One value more than shown needs no "1 weitere".
    const std::size_t shown = values.size() <= kValuesShown + 1 ? values.size() : kValuesShown;
    for (std::size_t i = 0; i < shown; ++i) fill_value(*facet, request, counts.facet, *values[i]);
    if (shown == values.size()) continue;
    TemplateDictionary* more = facet->AddSectionDictionary("MORE");
    more->SetValue("MORE_COUNT", german_count(values.size() - shown));
    for (std::size_t i = shown; i < values.size(); ++i) {
      fill_value(*more, request, counts.facet, *values[i]);
    }
    if (counts.distinct > values.size()) {
      more->SetValueAndShowSection("HIDDEN_COUNT", german_count(counts.distinct - values.size()),
                                   "NOT_LISTED");
    }
  }
}

std::uint32_t days_in_month(std::uint32_t year, std::uint32_t month) {
  static constexpr std::uint32_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[(month - 1) % 12];
}

std::string bar_name(std::uint32_t from, bool months) {
  char iso[16];
  std::snprintf(iso, sizeof iso, "%04u-%02u", from / 10000 % 10000, from / 100 % 100);
  return german_date(std::string_view(iso, months ? 7 : 4));
}

std::string decimal(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

void fill_histogram(TemplateDictionary& page, const SearchRequest& request,
                    const SearchAnswer& answer) {
  const std::vector<HistogramBar>& bars = answer.histogram.bars;
  const bool narrowed = request.from != 0 || request.to != 0;
  if (bars.empty() || (bars.size() < 2 && !narrowed)) return;
  const bool months = answer.histogram.step == "month";
  std::uint64_t highest = 1;
  for (const HistogramBar& bar : bars) highest = std::max(highest, bar.count);
  TemplateDictionary* histogram = page.AddSectionDictionary("HISTOGRAM");
  histogram->SetValue("UNIT", unit_word(request, 2));
  histogram->SetValue("STEP", months ? "Monat" : "Jahr");
  histogram->SetValue("FIRST", bar_name(bars.front().from, months));
  if (bars.size() > 1) {
    histogram->SetValueAndShowSection("LAST", bar_name(bars.back().from, months), "HAS_LAST");
  }
  if (bars.size() > 6) {
    histogram->SetValueAndShowSection("MIDDLE", bar_name(bars[bars.size() / 2].from, months),
                                      "HAS_MIDDLE");
  }
  if (answer.histogram.undated > 0) {
    histogram->SetValueAndShowSection("UNDATED_COUNT", german_count(answer.histogram.undated),
                                      "UNDATED");
  }
  if (narrowed) {
    histogram->SetValueAndShowSection(
        "ALL_URL",
        address_with(request, [](SearchRequest& changed) { changed.from = changed.to = 0; }),
        "ALL_PERIODS");
  }
  const double step = static_cast<double>(kHistogramWidth) / static_cast<double>(bars.size());
  // A handful of bars would be wide as doors.
  const double width = std::min(step * 0.82, 56.0);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const HistogramBar& bar = bars[i];
    const std::uint32_t year = bar.from / 10000, month = bar.from / 100 % 100;
    TemplateDictionary* entry = histogram->AddSectionDictionary("BAR");
    const std::string url = address_with(request, [&](SearchRequest& changed) {
      changed.from = months ? year * 10000 + month * 100 + 1 : year * 10000 + 101;
      changed.to =
          months ? year * 10000 + month * 100 + days_in_month(year, month) : year * 10000 + 1231;
    });
    entry->SetValue("NAME", bar_name(bar.from, months));
    entry->SetValue("COUNT", german_count(bar.count));
    entry->SetValue("UNIT", unit_word(request, bar.count));
    // A year with a single hit among thousands still shows as a line.
    const double height = bar.count == 0
                              ? 0
                              : std::max(2.0, static_cast<double>(bar.count) * kHistogramHeight /
                                                  static_cast<double>(highest));
    const double left = static_cast<double>(i) * step;
    TemplateDictionary* shape = bar.count > 0 ? entry->AddSectionDictionary("FILLED") : nullptr;
    if (shape == nullptr) continue;
    shape->SetValue("URL", url);
    shape->SetValue("AREA_X", decimal(left));
    shape->SetValue("AREA_WIDTH", decimal(step));
    shape->SetValue("X", decimal(left + (step - width) / 2));
    shape->SetValue("WIDTH", decimal(width));
    shape->SetValue("Y", decimal(kHistogramHeight - height));
    shape->SetValue("HEIGHT", decimal(height));
  }
}

void fill_switch(TemplateDictionary& page, const char* section, const char* label,
                 const std::string& url, bool current) {
  TemplateDictionary* entry = page.AddSectionDictionary(section);
  entry->SetValue("LABEL", label);
  entry->SetValue("URL", url);
  entry->ShowSection(current ? "CURRENT" : "OTHER");
}

void fill_switches(TemplateDictionary& page, const SearchRequest& request) {
  const auto sorted = [&](const char* label, Sort sort, float recency = 0) {
    fill_switch(page, "SORT", label,
                address_with(request,
                             [&](SearchRequest& changed) {
                               changed.sort = sort;
                               changed.ranking.recency = recency;
                             }),
                request.sort == sort && (request.ranking.recency > 0) == (recency > 0));
  };
  if (request.q.empty()) {
    // Without words there is no relevance; the engine sorts newest first.
    fill_switch(
        page, "SORT", "Neueste",
        address_with(request, [](SearchRequest& changed) { changed.sort = Sort::kRelevance; }),
        request.sort != Sort::kOldest);
  } else {
    sorted("Relevanz", Sort::kRelevance);
    sorted("Relevanz, Neuere bevorzugt", Sort::kRelevance, 0.5F);
    sorted("Neueste", Sort::kNewest);
  }
  sorted("Älteste", Sort::kOldest);
  const auto unit = [&](const char* label, Unit value) {
    fill_switch(page, "UNIT_SWITCH", label,
                address_with(request, [&](SearchRequest& changed) { changed.unit = value; }),
                request.unit == value);
  };
  unit("Dokumente", Unit::kDocument);
  unit("Textstellen", Unit::kPassage);
}

std::string reason_name(const std::string& reason) {
  if (reason == "same") return {};
  static constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"inflection", "Beugung"},
      {"compound", "in Zusammensetzungen"},
      {"split", "in Teilen"},
      {"spelling", "Schreibweise"},
      {"gender", "Geschlechterform"},
      {"hyphen", "Bindestrich"},
      {"abbreviation", "Abkürzung"},
      {"number", "Nummer"},
      {"wider", "weiter gefasst, falls zu wenig da ist"}};
  for (const auto& [code, name] : kNames) {
    if (code == reason) return std::string(name);
  }
  return reason;
}

void fill_understanding(TemplateDictionary& page, const SearchRequest& request,
                        const QueryReport& report) {
  if (request.q.empty()) return;
  if (!report.understood.empty() || !report.words.empty()) {
    TemplateDictionary* section = page.AddSectionDictionary("UNDERSTANDING");
    section->SetValue("UNDERSTOOD", report.understood.empty() ? request.q : report.understood);
    for (const UnderstoodWord& word : report.words) {
      TemplateDictionary* row = section->AddSectionDictionary("WORD");
      row->SetValue("TYPED", word.typed);
      if (word.ignored) {
        row->ShowSection("STOP_WORD");
        continue;
      }
      row->SetValueAndShowSection("FOUND", counted(word.documents, "Dokument", "Dokumente"),
                                  "COUNTED");
      for (const UnderstoodVariant& variant : word.variants) {
        TemplateDictionary* entry = row->AddSectionDictionary("VARIANT");
        entry->SetValue("SHOWN", variant.shown);
        const std::string reason = reason_name(variant.reason);
        if (!reason.empty()) entry->SetValueAndShowSection("REASON", reason, "HAS_REASON");
      }
    }
    bool all_off = true;
    for (const ExpansionName& name : kExpansionNames) {
      TemplateDictionary* entry = section->AddSectionDictionary("EXPANSION");
      entry->SetValue("LABEL", name.label);
      entry->SetValue("URL", address_with(request, [&](SearchRequest& changed) {
                        changed.expand.*name.member = !(changed.expand.*name.member);
                      }));
      entry->ShowSection(request.expand.*name.member ? "IS_ON" : "IS_OFF");
      all_off = all_off && !(request.expand.*name.member);
    }
    TemplateDictionary* exact = section->AddSectionDictionary(all_off ? "ALL_OFF" : "SOME_ON");
    exact->SetValue("URL", address_with(request, [&](SearchRequest& changed) {
                      for (const ExpansionName& name : kExpansionNames) {
                        changed.expand.*name.member = all_off;
                      }
                    }));
  }
  for (const std::string& ignored : report.ignored) {
    page.AddSectionDictionary("IGNORED")->SetValue("WHAT", ignored);
  }
  for (const QueryOffer& offer : report.offers) {
    TemplateDictionary* entry = page.AddSectionDictionary("OFFER");
    entry->SetValue("WHAT", offer.what);
    entry->SetValue("Q", offer.q);
    entry->SetValue("URL",
                    address_with(request, [&](SearchRequest& changed) { changed.q = offer.q; }));
  }
  if (!report.suggestion.empty()) {
    TemplateDictionary* suggestion = page.AddSectionDictionary("SUGGESTION");
    suggestion->SetValue("TEXT", report.suggestion);
    suggestion->SetValue("URL", address_with(request, [&](SearchRequest& changed) {
                           changed.q = report.suggestion;
                         }));
  }
  for (const RelatedWords& word : report.related) {
    TemplateDictionary* related = page.AddSectionDictionary("RELATED");
    related->SetValue("TYPED", word.typed);
    for (const RelatedWord& one : word.words) {
      TemplateDictionary* link = related->AddSectionDictionary("RELATED_WORD");
      link->SetValue("TEXT", one.text);
      link->SetValue("URL",
                     address_with(request, [&](SearchRequest& changed) { changed.q = one.query; }));
    }
    related->SetValue("ALL_URL", address_with(request, [&](SearchRequest& changed) {
                        changed.q = word.all_query;
                      }));
  }
}

std::string place_text(const PassageHit& passage) {
  std::string text;
  if (!passage.labels.empty()) {
    text = passage.labels.size() == 1 ? "Frage " : "Fragen ";
    text += joined_names(passage.labels, 4);
  }
  if (passage.page != 0) {
    if (!text.empty()) text += ", ";
    text += "S. " + std::to_string(passage.page);
  }
  return text.empty() ? "Textstelle" : text;
}

void fill_hits(TemplateDictionary& page, const Pages::Results& results) {
  const SearchRequest& request = results.request;
  bool all_words_so_far = true;
  const std::uint64_t first = std::uint64_t{request.page - 1} * request.size;
  page.SetIntValue("FIRST_RANK", static_cast<long>(first + 1));
  for (const Hit& hit : results.answer.hits) {
    TemplateDictionary* item = page.AddSectionDictionary("HIT_ITEM");
    if (results.answer.query.relaxed && results.answer.total_all_words > 0 && all_words_so_far &&
        !hit.all_words) {
      item->ShowSection("PARTIAL_FROM_HERE");
      all_words_so_far = false;
    }
    fill_hit_head(*item, hit, request.q);
    // Without words to look for, the start of a paper is only its letterhead.
    const bool with_passages =
        !hit.passages.empty() && (!request.q.empty() || request.unit == Unit::kPassage);
    TemplateDictionary* list = with_passages ? item->AddSectionDictionary("HAS_PASSAGES") : nullptr;
    for (const PassageHit& passage : hit.passages) {
      if (list == nullptr) break;
      TemplateDictionary* entry = list->AddSectionDictionary("PASSAGE");
      entry->SetValue("PLACE", place_text(passage));
      // A text without pages is entered at its first hit.
      const std::string anchor = passage.page != 0   ? "seite-" + std::to_string(passage.page)
                                 : request.q.empty() ? ""
                                                     : "treffer-1";
      entry->SetValue("URL", document_address(hit.id, request.q, anchor));
      // A heading that only repeats the title above or the text below says nothing.
      const bool repeated =
          hit.title.find(passage.heading) != std::string::npos ||
          (!passage.snippet.empty() && passage.snippet.front().text.rfind(passage.heading, 0) == 0);
      if (!passage.heading.empty() && passage.labels.empty() && !repeated) {
        entry->SetValueAndShowSection("HEADING", passage.heading, "HAS_HEADING");
      }
      fill_pieces(*entry, passage.snippet);
    }
    if (std::find(results.originals.begin(), results.originals.end(), hit.id) !=
        results.originals.end()) {
      const std::uint32_t number = with_passages ? hit.passages.front().page : 0;
      TemplateDictionary* original = item->AddSectionDictionary("ORIGINAL");
      original->SetValue("URL", original_address(hit.id, number));
      if (number != 0) {
        original->SetValueAndShowSection("PAGE", std::to_string(number), "HAS_PAGE");
      }
    }
  }
}

void fill_paging(TemplateDictionary& page, const SearchRequest& request,
                 const SearchAnswer& answer) {
  const std::uint64_t reachable = std::min(answer.total, kDeepestHit);
  const std::uint64_t pages = (reachable + request.size - 1) / std::max(1U, request.size);
  if (pages <= 1) return;
  TemplateDictionary* paging = page.AddSectionDictionary("PAGING");
  const auto address = [&request](std::uint64_t number) {
    SearchRequest changed = request;
    changed.cursor.clear();
    changed.page = static_cast<std::uint32_t>(number);
    return search_address(changed);
  };
  if (request.page > 1) {
    paging->SetValueAndShowSection("PREVIOUS_URL", address(request.page - 1), "PREVIOUS");
  }
  if (request.page < pages) {
    paging->SetValueAndShowSection("NEXT_URL", address(request.page + 1), "NEXT");
  }
  std::vector<std::uint64_t> numbers{1};
  const std::uint64_t low = request.page > 3 ? request.page - 2 : 2;
  for (std::uint64_t n = low; n <= std::min<std::uint64_t>(pages, request.page + 2); ++n) {
    numbers.push_back(n);
  }
  // The last page of thousands is no place anybody wants to go, and costs the engine most.
  if (pages <= 50 && numbers.back() < pages) numbers.push_back(pages);
  std::uint64_t before = 0;
  for (const std::uint64_t number : numbers) {
    TemplateDictionary* entry = paging->AddSectionDictionary("PAGE_LINK");
    if (number > before + 1) entry->ShowSection("GAP");
    before = number;
    entry->SetValue("NUMBER", german_count(number));
    entry->SetValue("URL", address(number));
    entry->ShowSection(number == request.page ? "CURRENT" : "OTHER");
  }
}

void fill_notices(TemplateDictionary& page, const SearchRequest& request,
                  const SearchAnswer& answer) {
  // With a filter on, all that is left may hold every word.
  if (answer.query.relaxed && answer.total > answer.total_all_words) {
    TemplateDictionary* relaxed = page.AddSectionDictionary("RELAXED");
    relaxed->SetValue("ALL_WORDS",
                      answer.total_all_words == 0 ? std::string("Kein Treffer enthält")
                      : answer.total_all_words == 1
                          ? std::string("Nur 1 Treffer enthält")
                          : "Nur " + german_count(answer.total_all_words) + " Treffer enthalten");
    relaxed->SetValue(
        "THEN", answer.total_all_words == 0 ? "Hier stehen Treffer" : "Danach folgen Treffer");
    relaxed->SetValue("STRICT_URL", address_with(request, [](SearchRequest& changed) {
                        changed.match = MatchMode::kAll;
                      }));
  }
  if (answer.total == 0) {
    TemplateDictionary* empty = page.AddSectionDictionary("EMPTY");
    if (!request.filters.empty() || request.from != 0 || request.to != 0) {
      SearchRequest bare = first_page(request);
      bare.filters.clear();
      bare.from = bare.to = 0;
      empty->SetValueAndShowSection("UNFILTERED_URL", search_address(bare), "HAS_FILTERS");
    }
    if (request.match == MatchMode::kAll) {
      empty->SetValueAndShowSection(
          "LOOSE_URL",
          address_with(request, [](SearchRequest& changed) { changed.match = MatchMode::kAny; }),
          "IS_STRICT");
    }
  }
}

}  // namespace

void fill_results(TemplateDictionary& page, const Pages::Results& results) {
  const SearchRequest& request = results.request;
  const SearchAnswer& answer = results.answer;
  page.SetValue("TOTAL", german_count(answer.total) + " " + unit_word(request, answer.total));
  if (!request.q.empty()) page.SetValueAndShowSection("Q", request.q, "FOR_QUERY");
  if (request.page > 1) {
    page.SetValueAndShowSection("PAGE_NUMBER", german_count(request.page), "ON_PAGE");
  }
  fill_understanding(page, request, answer.query);
  const std::size_t chips = fill_chips(page, request, answer);
  if (chips > 0) page.SetValueAndShowSection("ACTIVE", std::to_string(chips), "HAS_ACTIVE");
  fill_notices(page, request, answer);
  fill_switches(page, request);
  fill_histogram(page, request, answer);
  fill_facets(page, request, answer);
  // The form for the period keeps everything else.
  TemplateDictionary* period = page.AddSectionDictionary("PERIOD_FORM");
  SearchRequest kept = first_page(request);
  kept.from = kept.to = 0;
  fill_search_form(*period, kept);
  if (request.from != 0) period->SetValue("FROM", bound_text(request.from, false));
  if (request.to != 0) period->SetValue("TO", bound_text(request.to, true));
  if (answer.total > 0) {
    TemplateDictionary* list = page.AddSectionDictionary("HITS");
    fill_hits(*list, results);
  }
  fill_paging(page, request, answer);
  page.SetValue("REVISION", answer.revision);
  const std::uint64_t ms = (answer.took_us + 999) / 1000;
  page.SetValue("TOOK", german_count(ms) + " ms");
}

}  // namespace fundstelle::present
