// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a search asks, as plain data. HTTP parameters, command-line flags and batch lines all become
// one SearchRequest.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "query/ranking.h"

namespace fundstelle {

namespace search {
struct Directions;
}

enum class MatchMode : std::uint8_t {
  kAuto,
  kAll,
  kAny
};  ///< kAuto: all words, relaxed if few hits
enum class Unit : std::uint8_t { kDocument, kPassage };
enum class Sort : std::uint8_t {
  kRelevance,
  kNewest,
  kOldest,
  kAdded  ///< last into the index first, among these newest
};

/// Facets in the order pages show them.
enum class Facet : std::uint8_t { kBody, kType, kTopic, kGroup, kMinistry, kLegislature, kYear };
inline constexpr std::size_t kFacetCount = 7;
[[nodiscard]] const char* to_string(Facet facet);  ///< parameter name: "body", "type", …
[[nodiscard]] std::optional<Facet> facet_of(const std::string& name);

/// Values of one facet: any of `wanted` (if not empty), none of `excluded`.
struct FacetFilter {
  Facet facet = Facet::kBody;
  std::vector<std::string> wanted, excluded;  ///< slugs; legislature and year as decimal numbers
};

/// Word expansions the user switched off.
struct ExpansionSwitches {
  bool inflection = true, compounds = true, spelling = true, gender = true, abbreviations = true;
};

/// How an expansion is called: in the parameter "ohne", on the page.
struct ExpansionName {
  const char* parameter;
  const char* label;
  bool ExpansionSwitches::*member;
};
inline constexpr ExpansionName kExpansionNames[] = {
    {"beugung", "Beugungen", &ExpansionSwitches::inflection},
    {"zusammensetzung", "Zusammensetzungen", &ExpansionSwitches::compounds},
    {"schreibweise", "Schreibweisen", &ExpansionSwitches::spelling},
    {"geschlecht", "Geschlechterformen", &ExpansionSwitches::gender},
    {"abkuerzung", "Abkürzungen", &ExpansionSwitches::abbreviations}};

/// Hits of one answer; more are had by cursor.
inline constexpr std::uint32_t kMostHits = 10'000;

struct SearchRequest {
  std::string q;  ///< as typed; empty: all documents
  std::vector<FacetFilter> filters;
  std::uint32_t from = 0, to = 0;  ///< yyyymmdd inclusive; 0: open
  MatchMode match = MatchMode::kAuto;
  Unit unit = Unit::kDocument;
  Sort sort = Sort::kRelevance;  ///< an empty q with kRelevance sorts newest first
  ExpansionSwitches expand;
  Ranking ranking;
  std::uint32_t page = 1;           ///< 1-based
  std::uint32_t size = 20;          ///< hits a page, 1 to kMostHits; addresses allow 100
  std::string cursor;               ///< from an earlier answer; wins over page
  std::vector<Facet> facets;        ///< to count; empty: none
  std::uint32_t facet_values = 50;  ///< most frequent values a facet lists; selected ones always
  bool histogram = true;
  bool snippets = true;
  bool whole_passages = false;  ///< snippets are the whole text of their passages
  /// Set where an index answers as one shard of several, null else (search/directions.h).
  std::shared_ptr<const search::Directions> directions;
  /// Time the answer may take; then it is given up ("query_too_slow"). 0: as long as it needs.
  std::chrono::milliseconds budget{0};
};

}  // namespace fundstelle
