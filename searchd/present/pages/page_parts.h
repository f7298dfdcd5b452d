// SPDX-License-Identifier: GPL-3.0-or-later
//
// Shared by the pages of this room: filling the search form and pieces of marked text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "present/pages/pages.h"
#include "query/answer.h"
#include "query/request.h"

namespace ctemplate {
class TemplateDictionary;
}

namespace fundstelle::present {

/// German name of a facet: "Sachgebiet".
[[nodiscard]] std::string_view facet_name(Facet facet);

/// Fills search_form.html: the field and hidden inputs that keep everything but q and the page.
void fill_search_form(ctemplate::TemplateDictionary& form, const SearchRequest& request);

/// Section HIDDEN for every parameter of a search, q too, but not the page.
void fill_hidden(ctemplate::TemplateDictionary& form, const SearchRequest& request);

/// Section PIECE for each part: {{#PLAIN}}{{TEXT}}{{/PLAIN}} or {{#HIT}}{{TEXT}}{{/HIT}}.
void fill_pieces(ctemplate::TemplateDictionary& parent, const std::vector<SnippetPart>& parts);

/// Section PAPER: type, number, body, date, who asked, title, address.
void fill_hit_head(ctemplate::TemplateDictionary& item, const Hit& hit, const std::string& q);

/// "A", "A und B", "A, B und 3 weitere": the first `at_most` names.
[[nodiscard]] std::string joined_names(const std::vector<std::string>& names, std::size_t at_most);

/// What stands for a missing title: "Plenarprotokoll 18/14", "Dokument ohne Titel (ID)".
[[nodiscard]] std::string untitled(const std::string& type, const std::string& number,
                                   const std::string& id);

void fill_results(ctemplate::TemplateDictionary& page, const Pages::Results& results);
/// Links beneath a result: files, feeds, print form (include TAKING). dossier_page.cpp.
void fill_taking_along(ctemplate::TemplateDictionary& page, const SearchRequest& request,
                       const SearchAnswer& answer);
/// Links in the head by which readers of feeds find those of a search.
void fill_feed_links(ctemplate::TemplateDictionary& layout, const SearchRequest& request);
void fill_folder(ctemplate::TemplateDictionary& page, const std::vector<CollectedEntry>& entries,
                 const std::string& base);
void fill_dossier(ctemplate::TemplateDictionary& page, const Pages::Dossier& dossier);
/// Addresses of what shows a PDF; empty where pages were built without scripts.
struct ViewerAssets {
  std::string script;  ///< of our viewer
  std::string pdfjs;   ///< folder of pdf.js
};
void fill_document(ctemplate::TemplateDictionary& page, const ShownDocument& shown,
                   const ViewerAssets& viewer);

}  // namespace fundstelle::present
