// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a reader collects: documents and places in them, named so that a list of them fits into an
// address. "ID" is a document, "ID~s3" its third page, "ID~f4.2" its question 4.2.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "present/files/citation.h"
#include "query/answer.h"

namespace fundstelle::present {

/// Pieces of one collection: about 8 KB of address.
inline constexpr std::size_t kMostCollected = 100;

struct Collected {
  std::string id;
  std::uint32_t page = 0;  ///< 0: none
  std::string label;       ///< of a question; empty: none
};

/// Nothing if it is none.
[[nodiscard]] std::optional<Collected> read_collected(std::string_view name);
[[nodiscard]] std::string name_of(const Collected& piece);

/// The piece a passage of a hit is: its question, else its page, else the document.
[[nodiscard]] Collected collected_of(const Hit& hit, const PassageHit& passage);

/// "/dokument/ID#frage-4".
[[nodiscard]] std::string collected_address(const Collected& piece);

/// "/api/v1/export?d=ID~s3&format=ris"; `format`: csv, jsonl, bibtex, ris.
[[nodiscard]] std::string export_address(const std::vector<Collected>& pieces,
                                         std::string_view format);
/// "/mappe?d=…", "/dossier?d=…"
[[nodiscard]] std::string collection_address(std::string_view path,
                                             const std::vector<Collected>& pieces);

/// A piece as pages and files show it.
struct CollectedText {
  std::string heading;            ///< "Frage 4"; empty: none
  std::vector<SnippetPart> text;  ///< paragraphs separated by empty lines
};
struct CollectedEntry {
  Collected piece;
  std::optional<Hit> hit;  ///< nothing: the index does not (or no longer) hold the document
  CitedPlace place;
  std::vector<CollectedText> texts;
};

}  // namespace fundstelle::present
