// SPDX-License-Identifier: GPL-3.0-or-later
//
// What whoever runs the service says of it: name, public address, legal pages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fundstelle::present {

/// A page whose text comes from the configuration.
struct SiteText {
  std::string path;   ///< "impressum"
  std::string title;  ///< "Impressum"
  std::string html;   ///< made by html_of_markdown, safe to serve
};

struct Site {
  std::string name = "Fundstelle";
  std::string public_url;  ///< "https://suche.example" without final slash; empty: not configured
  std::vector<SiteText> texts;

  [[nodiscard]] const SiteText* text(std::string_view path) const {
    for (const SiteText& one : texts) {
      if (one.path == path) return &one;
    }
    return nullptr;
  }
};

/// Names of the pages that can be configured, in the order of the footer: path and title.
struct SiteTextName {
  const char* path;
  const char* title;
};
inline constexpr SiteTextName kSiteTexts[] = {{"impressum", "Impressum"},
                                              {"datenschutz", "Datenschutz"},
                                              {"barrierefreiheit", "Barrierefreiheit"}};

/// Markdown (CommonMark) as HTML that cannot do harm: HTML in it is left out, links lead to http,
/// https, mailto or within the site, pictures become their description, headings begin with <h2>. A
/// first heading becomes `title`.
[[nodiscard]] SiteText site_text(const SiteTextName& name, const std::string& markdown);

}  // namespace fundstelle::present
