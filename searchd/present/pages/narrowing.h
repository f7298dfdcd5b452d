// SPDX-License-Identifier: GPL-3.0-or-later
//
// What narrows a search, on every page that shows one: addresses with something changed, removable
// filters, facets with their values.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "query/answer.h"
#include "query/request.h"

namespace ctemplate {
class TemplateDictionary;
}

namespace fundstelle::present {

/// Where links lead: a page that reads the parameters of a search, and its own beside them.
struct Target {
  std::string_view path = "/suche";
  std::string extra{};  ///< "facet=topic&suche=x", encoded; empty: none

  [[nodiscard]] std::string address(const SearchRequest& request) const;
  /// The search with a change, from its first page.
  [[nodiscard]] std::string with(const SearchRequest& request,
                                 const std::function<void(SearchRequest&)>& change) const;
};

/// The same search from its first page.
[[nodiscard]] SearchRequest first_page(const SearchRequest& request);

/// "Dokument", "Textstellen".
[[nodiscard]] std::string unit_word(const SearchRequest& request, std::uint64_t count);

/// "2019", "1.3.2019 bis 4.5.2020", "ab 2019"; the request must have a period.
[[nodiscard]] std::string period_text(const SearchRequest& request);

/// Label of a value: "19. Wahlperiode".
[[nodiscard]] std::string value_label(Facet facet, const FacetValue& value);
/// Of a chosen value, by what the answer lists; the slug if it does not.
[[nodiscard]] std::string value_label(const SearchAnswer& answer, Facet facet,
                                      const std::string& slug);

/// Fills chips.html; the number of filters that can be taken off. Labels come from `answer`.
std::size_t fill_chips(ctemplate::TemplateDictionary& chips, const SearchRequest& request,
                       const SearchAnswer& answer, const Target& target);

/// Section FACET for every facet of the answer but the year, values beyond the first in MORE.
void fill_facets(ctemplate::TemplateDictionary& page, const SearchRequest& request,
                 const SearchAnswer& answer);

/// Section LEVEL for each level of bodies that has papers: name, count, address, the largest bodies
/// in it as BODY. `counts` must list all bodies.
void fill_levels(ctemplate::TemplateDictionary& page, const FacetCounts& counts);

/// Sections GROUP with their VALUEs: all values of a facet whose label holds `wanted` (any case),
/// bodies under their levels. The number of values.
std::size_t fill_all_values(ctemplate::TemplateDictionary& page, const SearchRequest& request,
                            const FacetCounts& counts, const std::string& wanted,
                            const Target& target);

}  // namespace fundstelle::present
