// SPDX-License-Identifier: GPL-3.0-or-later
//
// A search as something to subscribe to: Atom (RFC 4287) and JSON Feed 1.1.
#pragma once

#include <string>

#include "query/answer.h"
#include "query/request.h"

namespace fundstelle::present {

struct Feed {
  const SearchRequest& request;
  const SearchAnswer& answer;
  std::string site_name;
  std::string base;       ///< "https://suche.example": put before addresses
  std::string authority;  ///< of tag: URIs; must never change: host of the configured address
  std::string indexed;    ///< ISO date-time of the newest revision
};

/// Entries are identified by "tag:AUTHORITY,2025:dokument/ID" (unit passage: "…/s3", "…/f4"),
/// whatever the search, host or metadata. `updated` is when the document first came in.
[[nodiscard]] std::string atom_feed(const Feed& feed);
[[nodiscard]] std::string json_feed(const Feed& feed);

}  // namespace fundstelle::present
