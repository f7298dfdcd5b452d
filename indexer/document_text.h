// SPDX-License-Identifier: GPL-3.0-or-later
//
// A document as a person reads it in a terminal.
#pragma once

#include <cstddef>
#include <iosfwd>

#include "document/document.h"

namespace fundstelle {

struct TextStyle {
  std::size_t width = 100;  ///< letters a line
  bool colour = false;
};

/// Everything extraction knows, with the place each field was read at: what is printed, where and
/// how it was found, what was sought in vain, questions with answers, sections, warnings. German.
void print_document(std::ostream& out, const Document& document, const TextStyle& style);

}  // namespace fundstelle
