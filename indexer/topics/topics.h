// SPDX-License-Identifier: GPL-3.0-or-later
//
// Subject areas: the 28 Sachgebiete of the Bundestag's documentation as one axis over all bodies.
//
// Given by the source where possible. Otherwise a first, documented vocabulary: each area has words
// that speak for it; a document gets the areas whose words are frequent enough, or none.
#pragma once

#include <string>
#include <vector>

#include "document/document.h"

namespace fundstelle {

/// Labels of the areas that fit, best first, at most three; empty if none is clear enough.
[[nodiscard]] std::vector<std::string> classify_topics(const Document& document);

/// Fills `topics` and `topic_ids` if empty, with `read["topics"].how = "vocabulary"`; else abstains.
void assign_topics(Document& document);

}  // namespace fundstelle
