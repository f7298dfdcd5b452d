// SPDX-License-Identifier: GPL-3.0-or-later
//
// The fields of a document by name, for commands that speak about them: which have a value, and
// what a person calls them.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "document/document.h"

namespace fundstelle {

struct FieldName {
  std::string_view field;   ///< as in `read` and `abstained`: "title", "dates.asked"
  std::string_view german;  ///< "Titel"
};

/// Fields a document is asked for, in the order people read them.
[[nodiscard]] std::span<const FieldName> field_names();

/// What a person calls a field; the name itself if it is none of field_names().
[[nodiscard]] std::string german_name(std::string_view field);

/// The document has a value for the field.
[[nodiscard]] bool has_value(const Document& document, std::string_view field);

}  // namespace fundstelle
