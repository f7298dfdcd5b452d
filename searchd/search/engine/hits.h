// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ranked entries become hits as a reader sees them: metadata, marked title, best passages.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "document/document.h"
#include "query/answer.h"
#include "search/engine/highlight.h"
#include "search/engine/rank.h"
#include "search/engine/snapshot.h"

namespace fundstelle::search {

/// Longer words of the hits that hold a query word inside, by the word's number; most frequent
/// first: what "auch in Zusammensetzungen wie …" names.
using CompoundExamples = std::map<std::uint32_t, std::map<std::string, std::uint32_t>>;

/// `preferred`: passages to show before others (those a frage: asked for); may be null.
[[nodiscard]] std::vector<Hit> make_hits(Reader& reader, Highlighter highlighter,
                                         const std::vector<RankedHit>& ranked,
                                         const SearchRequest& request, CompoundExamples& examples,
                                         const Roaring* preferred = nullptr);

/// Page that byte `at` of a passage's text stands on.
[[nodiscard]] std::uint32_t page_at(const schema::Passage& passage, std::size_t at);

/// Label of a slug, if the collection has it.
using LabelFinder = std::function<std::optional<std::string>(Facet facet, const std::string& slug)>;
/// What a document says of itself: without copies and snippets.
[[nodiscard]] Hit describe(const Document& document, const LabelFinder& find_label);
/// Metadata of one document, without snippets.
[[nodiscard]] Hit describe(const Snapshot& snapshot, const Document& document);
[[nodiscard]] Hit describe(const Reader& reader, Gid document);

}  // namespace fundstelle::search
