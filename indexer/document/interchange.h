// SPDX-License-Identifier: GPL-3.0-or-later
//
// The interchange record: a document as one line of JSON. `inspect --json` prints it, importers read
// it, `export` gives it back. docs/interchange.md lists the fields.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "document/document.h"

namespace fundstelle {

/// A line that is no record; what() says why and what to do, without naming the file.
struct InterchangeError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct InterchangeOptions {
  bool with_text = true;  ///< pages, text, section texts and question texts
  bool pretty = false;
};

/// JSON text, UTF-8, one line unless `pretty`. Invalid UTF-8 in the document becomes U+FFFD.
/// Unpaged documents give `text`, paged ones `pages`. Unknown fields kept in `extra` are given back.
[[nodiscard]] std::string to_interchange(const Document& document, InterchangeOptions options = {});

/// Reads one record. Needs text (`text`, `pages` or `sections`) or a title, and an `id`; fields of a
/// wrong JSON type are kept in `extra` and reported as a warning `field_ignored`.
/// Throws InterchangeError.
[[nodiscard]] Document from_interchange(std::string_view json);

/// Same for a record written without text (InterchangeOptions::with_text = false): pages stay empty.
[[nodiscard]] Document from_interchange_without_text(std::string_view json);

}  // namespace fundstelle
