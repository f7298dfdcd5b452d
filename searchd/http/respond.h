// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every route is made of: responses with their headers, and a way to refuse.
#pragma once

#include <string>
#include <string_view>

#include "http/decode.h"
#include "http/message.h"
#include "present/problem.h"
#include "query/parameters.h"

namespace fundstelle::http {

/// Content-Security-Policy of what we answer.
// No inline style or script anywhere: what a document says can never become code.
inline constexpr const char* kPagePolicy =
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";
// A page that shows a PDF: pdf.js reads it in a worker.
inline constexpr const char* kViewerPolicy =
    "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src "
    "'self'; "
    "img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
// The worker itself: it fetches fonts and character maps and imports picture decoders of its
// folder.
inline constexpr const char* kWorkerPolicy =
    "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'";
inline constexpr const char* kDataPolicy = "default-src 'none'; frame-ancestors 'none'";
// Browsers' own PDF viewers are pages too and break under default-src 'none'.
inline constexpr const char* kPdfPolicy = "frame-ancestors 'none'";
inline constexpr const char* kSandbox = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// Thrown by routes, caught by Service::answer: becomes a page or problem JSON.
struct Refused {
  Problem problem;
};

[[nodiscard]] Response body_response(std::string media_type, std::string body, const char* policy);
[[nodiscard]] Response page_response(std::string html);
[[nodiscard]] Response json_response(std::string json);
[[nodiscard]] Response redirect(const std::string& address);  ///< 302

/// Weak comparison (RFC 9110, 8.8.3.2).
[[nodiscard]] bool matches_etag(std::string_view if_none_match, std::string_view etag);

/// Packs text with gzip where the client accepts it and it is worth it.
void pack_if_wanted(const Request& request, Response& response);

/// Names and values of the query string. Throws Refused (bad_encoding).
[[nodiscard]] Parameters decoded(const Request& request);
/// Names and values of a posted form (application/x-www-form-urlencoded); those of the query string
/// if nothing was posted. Throws Refused (bad_encoding, bad_request for another media type).
[[nodiscard]] Parameters form_of(const Request& request, Lines lines = Lines::kAreBlanks);
/// Empty if not given.
[[nodiscard]] std::string parameter(const Parameters& parameters, const std::string& name);
/// The same, taken out: read_search would not know it.
[[nodiscard]] std::string take(Parameters& parameters, const std::string& name);

}  // namespace fundstelle::http
