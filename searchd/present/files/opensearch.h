// SPDX-License-Identifier: GPL-3.0-or-later
//
// How browsers and robots learn of the search: OpenSearch 1.1, site map, robots.txt.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/answer.h"
#include "query/suggestions.h"

namespace fundstelle::present {

/// `base`: absolute address of the service, without final slash.
[[nodiscard]] std::string opensearch_description(const std::string& site_name,
                                                 const std::string& base, const std::string& icon);

/// ["flü", ["Flüchtling"], ["812 Dokumente"], ["https://…/suche?q=…"]]
[[nodiscard]] std::string opensearch_suggestions(const std::string& q, const SuggestAnswer& answer,
                                                 const std::string& base);

/// Most addresses of one site map (sitemaps.org).
inline constexpr std::uint64_t kSitemapAddresses = 50'000;
[[nodiscard]] std::string sitemap_index(const std::string& base, std::uint64_t documents,
                                        const std::string& indexed);
/// `pages`: addresses beside documents ("/", "/hilfe").
[[nodiscard]] std::string sitemap(const std::string& base,
                                  const std::vector<ListedDocument>& documents,
                                  const std::vector<std::string>& pages);
[[nodiscard]] std::string robots_text(const std::string& base);

}  // namespace fundstelle::present
