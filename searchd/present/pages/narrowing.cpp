// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/pages/narrowing.h"

#include <cstring>  // ctemplate forgets it

#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <array>
#include <vector>

#include "identity/body_level.h"
#include "identity/identity.h"
#include "present/address.h"
#include "present/german.h"
#include "present/pages/page_parts.h"

namespace fundstelle::present {
namespace {

using ctemplate::TemplateDictionary;

constexpr std::size_t kValuesShown = 7;   ///< of a facet, before "weitere"
constexpr std::size_t kValuesBelow = 13;  ///< behind "weitere"; the others stand on their own page

FacetFilter& filter_of(SearchRequest& request, Facet facet) {
  for (FacetFilter& filter : request.filters) {
    if (filter.facet == facet) return filter;
  }
  request.filters.push_back({facet, {}, {}});
  return request.filters.back();
}

void drop(std::vector<std::string>& list, const std::string& slug) { std::erase(list, slug); }

/// The search with this value neither wanted nor excluded.
std::string address_without(const Target& target, const SearchRequest& request, Facet facet,
                            const std::string& slug) {
  return target.with(request, [&](SearchRequest& changed) {
    FacetFilter& filter = filter_of(changed, facet);
    drop(filter.wanted, slug);
    drop(filter.excluded, slug);
  });
}

std::string address_choosing(const Target& target, const SearchRequest& request, Facet facet,
                             const std::string& slug, bool excluded) {
  return target.with(request, [&](SearchRequest& changed) {
    FacetFilter& filter = filter_of(changed, facet);
    drop(excluded ? filter.wanted : filter.excluded, slug);
    (excluded ? filter.excluded : filter.wanted).push_back(slug);
  });
}

void add_chip(TemplateDictionary& chips, const std::string& key, const std::string& text,
              const std::string& url) {
  TemplateDictionary* chip = chips.AddSectionDictionary("CHIP");
  chip->SetValue("KEY", key);
  chip->SetValue("TEXT", text);
  chip->SetValue("URL", url);
}

/// Values under their headings: one without a name, or the levels of bodies.
struct Group {
  std::string_view name;
  std::vector<const FacetValue*> values;
};

std::vector<Group> grouped(Facet facet, const std::vector<const FacetValue*>& values) {
  if (facet != Facet::kBody) return {{{}, values}};
  std::array<Group, kBodyLevels> levels;
  for (const FacetValue* value : values) {
    levels[static_cast<std::size_t>(body_level(value->slug))].values.push_back(value);
  }
  std::vector<Group> out;
  for (std::size_t i = 0; i < kBodyLevels; ++i) {
    if (levels[i].values.empty()) continue;
    levels[i].name = label_of(static_cast<BodyLevel>(i));
    out.push_back(std::move(levels[i]));
  }
  return out;
}

void fill_value(TemplateDictionary& group, const SearchRequest& request, Facet facet,
                const FacetValue& value, const Target& target) {
  TemplateDictionary* item = group.AddIncludeDictionary("VALUE");
  item->SetFilename("facet_value.html");
  const bool active = value.selected || value.excluded;
  const std::string label = value_label(facet, value);
  item->SetValue("LABEL", label);
  item->SetValue("KEY", std::string(to_string(facet)) + ":" + value.slug);
  item->SetValue("COUNT", german_count(value.count));
  item->SetValue("URL", active ? address_without(target, request, facet, value.slug)
                               : address_choosing(target, request, facet, value.slug, false));
  if (value.selected) item->ShowSection("SELECTED");
  if (value.excluded) item->ShowSection("EXCLUDED");
  if (!active && value.count > 0) {
    item->SetValueAndShowSection(
        "EXCLUDE_URL", address_choosing(target, request, facet, value.slug, true), "CAN_EXCLUDE");
  }
}

void fill_groups(TemplateDictionary& parent, const SearchRequest& request, Facet facet,
                 const std::vector<const FacetValue*>& values, const Target& target) {
  for (const Group& group : grouped(facet, values)) {
    TemplateDictionary* section = parent.AddSectionDictionary("GROUP");
    if (!group.name.empty()) {
      section->SetValueAndShowSection("GROUP_NAME", std::string(group.name), "NAMED");
    }
    for (const FacetValue* value : group.values) {
      fill_value(*section, request, facet, *value, target);
    }
  }
}

/// Letters as they are sought: small, umlauts and ß like the letters they are made of.
std::string sought(std::string_view text) {
  static constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"ä", "a"}, {"ö", "o"}, {"ü", "u"}, {"Ä", "a"}, {"Ö", "o"}, {"Ü", "u"}, {"ß", "ss"}};
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto* const pair = std::find_if(std::begin(kPairs), std::end(kPairs), [&](const auto& p) {
      return text.substr(i, p.first.size()) == p.first;
    });
    if (pair != std::end(kPairs)) {
      out += pair->second;
      i += pair->first.size();
    } else {
      const char c = text[i++];
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return out;
}

}  // namespace

std::string Target::address(const SearchRequest& request) const {
  std::string out = search_address(request, path);
  if (!extra.empty()) {
    out += out.find('?') == std::string::npos ? '?' : '&';
    out += extra;
  }
  return out;
}

std::string Target::with(const SearchRequest& request,
                         const std::function<void(SearchRequest&)>& change) const {
  SearchRequest changed = first_page(request);
  change(changed);
  return address(changed);
}

SearchRequest first_page(const SearchRequest& request) {
  SearchRequest changed = request;
  changed.page = 1;
  changed.cursor.clear();
  return changed;
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

std::string value_label(Facet facet, const FacetValue& value) {
  if (facet == Facet::kLegislature) return value.slug + ". Wahlperiode";
  return value.label.empty() ? value.slug : value.label;
}

std::string value_label(const SearchAnswer& answer, Facet facet, const std::string& slug) {
  for (const FacetCounts& counts : answer.facets) {
    if (counts.facet != facet) continue;
    for (const FacetValue& value : counts.values) {
      if (value.slug == slug) return value_label(facet, value);
    }
  }
  return value_label(facet, FacetValue{slug, slug});
}

std::size_t fill_chips(TemplateDictionary& chips, const SearchRequest& request,
                       const SearchAnswer& answer, const Target& target) {
  std::size_t count = 0;
  for (const FacetFilter& filter : request.filters) {
    const std::string key = std::string("marke:") + to_string(filter.facet) + ":";
    const auto add = [&](const std::string& slug, const char* before) {
      add_chip(chips, key + slug, before + value_label(answer, filter.facet, slug),
               address_without(target, request, filter.facet, slug));
      ++count;
    };
    for (const std::string& slug : filter.wanted) add(slug, "");
    for (const std::string& slug : filter.excluded) add(slug, "ohne ");
  }
  if (request.from != 0 || request.to != 0) {
    add_chip(chips, "marke:zeit", period_text(request),
             target.with(request, [](SearchRequest& changed) { changed.from = changed.to = 0; }));
    ++count;
  }
  if (request.match != MatchMode::kAuto) {
    add_chip(
        chips, "marke:match", request.match == MatchMode::kAll ? "alle Wörter" : "irgendein Wort",
        target.with(request, [](SearchRequest& changed) { changed.match = MatchMode::kAuto; }));
    ++count;
  }
  if (count == 0) return 0;
  chips.ShowSection("HAS_CHIPS");
  if (count > 1) {
    chips.SetValueAndShowSection("CLEAR_URL",
                                 target.with(request,
                                             [](SearchRequest& changed) {
                                               changed.filters.clear();
                                               changed.from = changed.to = 0;
                                               changed.match = MatchMode::kAuto;
                                             }),
                                 "CLEAR_ALL");
  }
  return count;
}

void fill_facets(TemplateDictionary& page, const SearchRequest& request,
                 const SearchAnswer& answer) {
  const Target target;
  for (const FacetCounts& counts : answer.facets) {
    // Years are chosen in the histogram.
    if (counts.facet == Facet::kYear || counts.values.empty()) continue;
    TemplateDictionary* facet = page.AddSectionDictionary("FACET");
    facet->SetValue("NAME", std::string(facet_name(counts.facet)));
    facet->SetValue("FACET_KEY", to_string(counts.facet));
    // The most frequent, and what the reader chose wherever it stands. One value more than shown
    // needs no "1 weitere".
    std::vector<const FacetValue*> shown, below;
    for (const FacetValue& value : counts.values) {
      const bool chosen = value.selected || value.excluded;
      const bool fits = shown.size() < kValuesShown || counts.values.size() <= kValuesShown + 1;
      (fits || chosen ? shown : below).push_back(&value);
    }
    fill_groups(*facet, request, counts.facet, shown, target);
    if (below.empty()) continue;
    if (below.size() > kValuesBelow) below.resize(kValuesBelow);
    TemplateDictionary* more = facet->AddSectionDictionary("MORE");
    more->SetValue("MORE_COUNT", german_count(below.size()));
    fill_groups(*more, request, counts.facet, below, target);
    const Target all{"/filter", std::string("facet=") + to_string(counts.facet)};
    TemplateDictionary* link = facet->AddSectionDictionary("ALL_VALUES");
    link->SetValue("URL", all.address(first_page(request)));
    link->SetValue("COUNT", german_count(counts.distinct));
  }
}

void fill_levels(TemplateDictionary& page, const FacetCounts& counts) {
  constexpr std::size_t kBodiesShown = 5;
  constexpr std::size_t kMostSlugs = 100;  // of one filter
  std::vector<const FacetValue*> values;
  for (const FacetValue& value : counts.values) values.push_back(&value);
  for (const Group& group : grouped(Facet::kBody, values)) {
    TemplateDictionary* level = page.AddSectionDictionary("LEVEL");
    level->SetValue("NAME", std::string(group.name));
    std::uint64_t sum = 0;
    SearchRequest whole;
    FacetFilter& filter = filter_of(whole, Facet::kBody);
    for (const FacetValue* value : group.values) {
      sum += value->count;
      filter.wanted.push_back(value->slug);
    }
    level->SetValue("COUNT", german_count(sum));
    if (filter.wanted.size() <= kMostSlugs) {
      level->SetValueAndShowSection("URL", search_address(whole), "LINKED");
    } else {
      level->ShowSection("PLAIN");
    }
    const std::size_t shown =
        group.values.size() <= kBodiesShown + 1 ? group.values.size() : kBodiesShown;
    for (std::size_t i = 0; i < shown; ++i) {
      SearchRequest request;
      filter_of(request, Facet::kBody).wanted.push_back(group.values[i]->slug);
      TemplateDictionary* body = level->AddSectionDictionary("BODY");
      body->SetValue("LABEL", value_label(Facet::kBody, *group.values[i]));
      body->SetValue("COUNT", german_count(group.values[i]->count));
      body->SetValue("URL", search_address(request));
    }
    if (shown < group.values.size()) {
      level->SetValueAndShowSection("MORE_COUNT", german_count(group.values.size() - shown),
                                    "MORE");
    }
  }
}

std::size_t fill_all_values(TemplateDictionary& page, const SearchRequest& request,
                            const FacetCounts& counts, const std::string& wanted,
                            const Target& target) {
  const std::string part = sought(wanted);
  std::vector<const FacetValue*> values;
  for (const FacetValue& value : counts.values) {
    if (sought(value_label(counts.facet, value)).find(part) == std::string::npos) continue;
    values.push_back(&value);
  }
  fill_groups(page, request, counts.facet, values, target);
  return values.size();
}

}  // namespace fundstelle::present
