// SPDX-License-Identifier: GPL-3.0-or-later
//
// Addresses of pages: the inverse of what query/parameters.h reads. A search is a plain GET address,
// and equal requests give equal addresses, so that they can be shared, cached and compared.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "present/shown_document.h"
#include "query/answer.h"
#include "query/request.h"

namespace fundstelle::present {

/// RFC 3986 unreserved characters stay, a blank becomes "+", every other byte %XX.
[[nodiscard]] std::string percent_encode(std::string_view text);

/// "/suche?q=…&topic=verkehr,-energie&from=2019": what differs from the defaults, in fixed order;
/// `path` alone if nothing does. A cursor is left out: pages are numbered for readers.
[[nodiscard]] std::string search_address(const SearchRequest& request,
                                         std::string_view path = "/suche");

/// "/dokument/ID?q=…#anchor"; empty q and anchor are left out.
[[nodiscard]] std::string document_address(std::string_view id, std::string_view q = {},
                                           std::string_view anchor = {});

[[nodiscard]] std::string page_anchor(std::uint32_t page);  ///< "seite-3"
/// A number of question as part of an address: "4.2" gives "frage-4-2"; empty if nothing can stand.
[[nodiscard]] std::string anchor_of_label(const std::string& label);
/// Where a passage is entered: at its question, else at its page; empty if it has neither.
[[nodiscard]] std::string place_anchor(const PassageHit& passage);

/// "/dokument/ID?ansicht=original&q=…&seite=3": a way to show the document; page 0: left out.
[[nodiscard]] std::string aspect_address(std::string_view id, Aspect aspect,
                                         std::string_view q = {}, std::uint32_t page = 0);
/// Value of the parameter "ansicht"; empty for the text.
[[nodiscard]] std::string_view parameter_of(Aspect aspect);

/// "/api/v1/documents/ID/marks?q=…"
[[nodiscard]] std::string marks_address(std::string_view id, std::string_view q);

/// "/dokument/ID/original#page=3" (the fragment PDF viewers understand); page 0: no fragment.
[[nodiscard]] std::string original_address(std::string_view id, std::uint32_t page = 0);

/// Shortest form of a period's bound: "2019" for 1 January (31 December if `end`), else ISO date.
[[nodiscard]] std::string bound_text(std::uint32_t yyyymmdd, bool end);

}  // namespace fundstelle::present
