// SPDX-License-Identifier: GPL-3.0-or-later
//
// The page of a search: hits, filters, histogram, paging.
#include <cstring>  // ctemplate forgets it

#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <cstdio>
#include <functional>

#include "present/address.h"
#include "present/collected.h"
#include "present/german.h"
#include "present/pages/narrowing.h"
#include "present/pages/page_parts.h"

namespace fundstelle::present {
namespace {

using ctemplate::TemplateDictionary;

constexpr int kHistogramWidth = 1000;  ///< in units of the SVG's own grid
constexpr int kHistogramHeight = 100;
constexpr std::uint64_t kDeepestHit = 10'000;  ///< the engine turns pages no further

std::string address_with(const SearchRequest& request,
                         const std::function<void(SearchRequest&)>& change) {
  return Target{}.with(request, change);
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
  // What a script needs to choose a period by handles.
  histogram->SetValue("STEP_KEY", months ? "month" : "year");
  histogram->SetIntValue("BEGIN", static_cast<long>(bars.front().from / 100));
  histogram->SetIntValue("BARS", static_cast<long>(bars.size()));
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
  if (current) entry->ShowSection("CURRENT");
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
  unit("Fragen & Reden", Unit::kPassage);
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

/// For each hit, the place in the list of the hit it is another print of; its own if none. Both are
/// counted as hits; only the list shows them as one.
std::vector<std::size_t> chiefs_of(const std::vector<Hit>& hits) {
  std::vector<std::size_t> chief(hits.size());
  for (std::size_t i = 0; i < hits.size(); ++i) {
    chief[i] = i;
    for (std::size_t k = 0; k < i && chief[i] == i; ++k) {
      const bool version =
          std::any_of(hits[i].linked.begin(), hits[i].linked.end(), [&](const LinkedPaper& paper) {
            return paper.relation == "version" && paper.id == hits[k].id;
          });
      if (version) chief[i] = chief[k];
    }
  }
  return chief;
}

void fill_hit(TemplateDictionary& item, const Hit& hit, const Pages::Results& results) {
  const SearchRequest& request = results.request;
  fill_hit_head(item, hit, request.q);
  // Without words to look for, the start of a paper is only its letterhead.
  const bool with_passages =
      !hit.passages.empty() && (!request.q.empty() || request.unit == Unit::kPassage);
  TemplateDictionary* list = with_passages ? item.AddSectionDictionary("HAS_PASSAGES") : nullptr;
  for (const PassageHit& passage : hit.passages) {
    if (list == nullptr) break;
    TemplateDictionary* entry = list->AddSectionDictionary("PASSAGE");
    entry->SetValue("PLACE", place_text(passage));
    // Empty where it would only name the document, which has its own.
    const std::string piece = name_of(collected_of(hit, passage));
    entry->SetValue("PIECE_NAME", piece == hit.id ? "" : piece);
    // A text without pages is entered at its first hit.
    std::string anchor = place_anchor(passage);
    if (anchor.empty() && !request.q.empty()) anchor = "treffer-1";
    entry->SetValue("URL", document_address(hit.id, request.q, anchor));
    if (passage.question.empty() || passage.answer.empty()) {
      TemplateDictionary* running = entry->AddSectionDictionary("RUNNING");
      // A heading that only repeats the title above or the text below says nothing.
      const bool repeated =
          hit.title.find(passage.heading) != std::string::npos ||
          (!passage.snippet.empty() && passage.snippet.front().text.rfind(passage.heading, 0) == 0);
      if (!passage.heading.empty() && passage.labels.empty() && !repeated) {
        running->SetValueAndShowSection("HEADING", passage.heading, "HAS_HEADING");
      }
      fill_pieces(*running, passage.snippet);
    } else {
      TemplateDictionary* pair = entry->AddSectionDictionary("PAIR");
      fill_pieces(*pair->AddSectionDictionary("QUESTION"), passage.question);
      fill_pieces(*pair->AddSectionDictionary("ANSWER"), passage.answer);
    }
  }
  if (std::find(results.originals.begin(), results.originals.end(), hit.id) !=
      results.originals.end()) {
    const std::uint32_t number = with_passages ? hit.passages.front().page : 0;
    TemplateDictionary* original = item.AddSectionDictionary("ORIGINAL");
    original->SetValue("URL", original_address(hit.id, number));
    if (number != 0) {
      original->SetValueAndShowSection("PAGE", std::to_string(number), "HAS_PAGE");
    }
  }
}

void fill_hits(TemplateDictionary& page, const Pages::Results& results) {
  const SearchRequest& request = results.request;
  const std::vector<Hit>& hits = results.answer.hits;
  bool all_words_so_far = true;
  const std::uint64_t first = std::uint64_t{request.page - 1} * request.size;
  page.SetIntValue("FIRST_RANK", static_cast<long>(first + 1));
  // A passage is a hit of its own, whatever else is printed around it.
  std::vector<std::size_t> chief;
  if (request.unit == Unit::kDocument) chief = chiefs_of(hits);
  for (std::size_t i = 0; i < hits.size(); ++i) {
    if (!chief.empty() && chief[i] != i) continue;
    TemplateDictionary* item = page.AddSectionDictionary("HIT_ITEM");
    if (results.answer.query.relaxed && results.answer.total_all_words > 0 && all_words_so_far &&
        !hits[i].all_words) {
      item->ShowSection("PARTIAL_FROM_HERE");
      all_words_so_far = false;
    }
    TemplateDictionary* shown = item->AddIncludeDictionary("HIT");
    shown->SetFilename("hit.html");
    fill_hit(*shown, hits[i], results);
    const auto prints = static_cast<std::size_t>(std::count(chief.begin(), chief.end(), i));
    if (prints < 2) continue;
    TemplateDictionary* folded = item->AddSectionDictionary("FOLDED");
    folded->SetValue("COUNT", prints == 2 ? std::string("Eine weitere Fassung")
                                          : german_count(prints - 1) + " weitere Fassungen");
    folded->ShowSection(prints == 2 ? "ONE" : "SEVERAL");
    for (std::size_t k = i + 1; k < hits.size(); ++k) {
      if (chief[k] != i) continue;
      TemplateDictionary* print = folded->AddIncludeDictionary("PRINT");
      print->SetFilename("hit.html");
      fill_hit(*print, hits[k], results);
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

/// What would give hits, with their number; how to search, if nothing would.
void fill_ways(TemplateDictionary& page, const Pages::Results& results) {
  const bool nothing = results.answer.total == 0;
  TemplateDictionary* list = &page;
  if (nothing) {
    list = page.AddSectionDictionary("EMPTY");
    if (results.ways_out.empty()) list->ShowSection("NO_WAY");
  }
  if (results.ways_out.empty()) return;
  TemplateDictionary* ways = list->AddSectionDictionary("WAYS");
  for (const WayOut& way : results.ways_out) {
    TemplateDictionary* entry = ways->AddSectionDictionary("WAY");
    entry->SetValue("LABEL", way.label);
    entry->SetValue("URL", search_address(way.request));
    entry->SetValue("COUNT", german_count(way.hits) + " " + unit_word(way.request, way.hits));
  }
}

void fill_notices(TemplateDictionary& page, const Pages::Results& results) {
  const SearchRequest& request = results.request;
  const SearchAnswer& answer = results.answer;
  for (const std::string& missing : answer.incomplete) {
    page.AddSectionDictionary("INCOMPLETE")->SetValue("WHAT", missing);
  }
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
  fill_ways(page, results);
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
  page.SetValue("TREND_URL", Target{"/verlauf"}.address(first_page(request)));
  TemplateDictionary* marks = page.AddIncludeDictionary("CHIPS");
  marks->SetFilename("chips.html");
  const std::size_t chips = fill_chips(*marks, request, answer, Target{});
  if (chips > 0) page.SetValueAndShowSection("ACTIVE", std::to_string(chips), "HAS_ACTIVE");
  fill_notices(page, results);
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
