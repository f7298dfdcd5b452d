// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a page says about itself: title, meta, JSON-LD, microdata, <time>, h1.
#pragma once

#include <vector>

#include "extract/html_tree.h"
#include "extract/source_text.h"

namespace fundstelle {

/// Names: "title", "h1", "html lang", "link canonical", meta names and properties in lower case
/// ("og:title", "article:published_time", "dc.date"), "json-ld datePublished", "microdata
/// datePublished", "time" (datetime attribute, else text), "time published" (pubdate or itemprop), "byline".
/// In document order; nothing twice.
[[nodiscard]] std::vector<Declared> read_declared(const HtmlTree& tree);

}  // namespace fundstelle
