// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers of a fundstelle-searchd elsewhere, through its HTTP API (docs/api.md).
#pragma once

#include <memory>
#include <string>

#include "research/source.h"

namespace fundstelle::remote {

/// `url`: "https://suche.example" or "http://127.0.0.1:8080". Asks for the state at once. A busy
/// server (429, 503) is asked again as it wishes (Retry-After), five times, half a minute at most
/// each. Members throw SourceError naming address, status and the server's own words.
[[nodiscard]] std::unique_ptr<research::Source> remote_source(const std::string& url);

}  // namespace fundstelle::remote
