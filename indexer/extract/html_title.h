// SPDX-License-Identifier: GPL-3.0-or-later
//
// The title of a page: of what it declares and of the headings it shows, the one readers would
// cite.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/html_blocks.h"
#include "extract/source_text.h"

namespace fundstelle {

struct PageTitle {
  std::string text;       ///< empty: none found
  std::string how;        ///< "h1", "h2", …, or the name of what declares it ("og:title")
  std::size_t block = 0;  ///< of the heading that shows it; number of blocks if none does
};

/// A heading that agrees with what is declared, else the first h1 that is not the site's name, else
/// what is declared without the name of the site. A kicker marked as such inside the heading is
/// left off.
[[nodiscard]] PageTitle read_page_title(const HtmlTree& tree, const std::vector<HtmlBlock>& blocks,
                                        const std::vector<Declared>& declared);

/// "Titel | Name der Seite", "Name der Seite » Blog Archiv » Titel": the parts that name the site
/// or a kind of page go. `site`: its name, `host`: of the page's address; both may be empty.
[[nodiscard]] std::string without_site_name(std::string title, std::string_view site,
                                            std::string_view host);

/// Headings that name a kind of page, not the page: "Pressemitteilung", "Aktuelles",
/// "Detailansicht".
[[nodiscard]] bool names_page_kind(std::string_view text);

/// Value of the first entry of that name, or empty.
[[nodiscard]] std::string_view declared_value(const std::vector<Declared>& declared,
                                              std::string_view name);
/// "www.landtag.example" of the page's own address, if it declares one.
[[nodiscard]] std::string declared_host(const std::vector<Declared>& declared);

}  // namespace fundstelle
