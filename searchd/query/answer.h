// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a search answers, as plain data. No Xapian type travels beyond the search room.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "query/offer.h"
#include "query/problem.h"
#include "query/request.h"

namespace fundstelle {

/// A piece of snippet text; hits are what the page marks.
struct SnippetPart {
  std::string text;
  bool hit = false;
};

/// A passage of a hit, as the reader sees it: where it stands and the words found.
struct PassageHit {
  std::string kind;                 ///< "question", "speech", "part", "page"
  std::uint32_t page = 0;           ///< 1-based; 0: the document has no pages
  std::vector<std::string> labels;  ///< question numbers
  std::string heading;              ///< question start, heading or speaker
  std::uint32_t passage = 0;        ///< index of the passage within its document, from 0
  std::vector<SnippetPart> snippet;
  /// A question with its answer, each cut for itself; empty if the passage does not hold it.
  std::vector<SnippetPart> question{}, answer{};
};

/// Another paper of the same affair.
struct LinkedPaper {
  std::string id, number, type_label, date;
  /// "version" (the same paper printed again: a new print, a preliminary form), "answers" (it is
  /// the paper answered by the hit), "answered_by", "corrects", "corrected_by".
  std::string relation;
};

/// A listed document, for lists of everything there is.
struct ListedDocument {
  std::string id;
  std::string first_seen;  ///< ISO date-time (UTC), empty if not known
};

struct Hit {
  std::string id;
  std::string type, type_label;  ///< slug and label
  std::string body, body_label;
  std::string number, title, date;
  std::vector<std::string> authors, groups, ministries, topics;  ///< labels
  std::optional<int> legislature;
  std::string asked, answered;    ///< dates, empty if not printed
  std::vector<std::string> urls;  ///< where the issuer offers it
  std::string first_seen;         ///< ISO date-time (UTC) of the first indexing
  double score = 0;
  bool all_words = true;            ///< false: a relaxed hit that lacks a word
  bool ocr = false;                 ///< text of some or all pages was recognised from pictures
  std::vector<std::string> copies;  ///< ids of documents that are the same paper, not listed
  /// What it has in common with a document or question it was found by, as printed there, most
  /// telling first; empty in the answer to a search.
  std::vector<std::string> shared_words;
  std::vector<LinkedPaper> linked;  ///< other prints, question or answer, corrections
  bool title_hit = false;
  std::vector<SnippetPart> title_parts;
  std::vector<PassageHit> passages;  ///< best first, at most three; unit passage: exactly one
};

struct FacetValue {
  std::string slug, label;
  std::uint64_t count = 0;  ///< in the unit shown, ignoring this facet's own selection
  bool selected = false, excluded = false;
};
struct FacetCounts {
  Facet facet = Facet::kBody;
  std::vector<FacetValue> values;  ///< by count, then label; selected values always in
  std::uint64_t distinct = 0;      ///< number of values with hits, listed or not
  std::uint64_t missing = 0;       ///< hits without a value
};

struct HistogramBar {
  std::uint32_t from = 0;  ///< yyyymmdd of the first day
  std::uint64_t count = 0;
};
struct Histogram {
  std::string step = "year";       ///< "year" or "month" (if the period shown is at most 4 years)
  std::vector<HistogramBar> bars;  ///< without gaps between first and last
  std::uint64_t undated = 0;
};

/// One typed word as the search understood it.
struct UnderstoodVariant {
  std::string shown, reason;  ///< reason: "inflection", "compound", "split", "spelling", …
};
struct UnderstoodWord {
  std::string typed;
  std::vector<UnderstoodVariant> variants;
  bool ignored = false;         ///< stop word
  std::uint64_t documents = 0;  ///< that hold it in any variant
};

/// A word put right, for "Meinten Sie …?".
struct SpellingChange {
  std::string typed, suggested;
};

/// Words the collection uses in similar company. Offered, never searched unasked.
struct RelatedWord {
  std::string text;             ///< as printed
  std::uint64_t documents = 0;  ///< that hold it, inflected or not
  std::string query;            ///< what was typed with this word instead
};
struct RelatedWords {
  std::string typed;
  std::vector<RelatedWord> words;  ///< nearest first
  std::string all_query;           ///< what was typed with this word or any of them
};

struct QueryReport {
  std::string understood;  ///< "verstanden als", German
  std::vector<UnderstoodWord> words;
  std::vector<std::string> ignored;      ///< German: what was not used and why
  std::vector<QueryOffer> offers;        ///< what may have been meant instead
  std::string suggestion;                ///< corrected query, empty if none
  std::vector<SpellingChange> spelling;  ///< what was put right in `suggestion`
  std::vector<RelatedWords> related;     ///< by word typed; words without any are left out
  bool relaxed = false;
};

struct SearchAnswer {
  QueryReport query;
  std::uint64_t total = 0;            ///< exact
  std::uint64_t total_all_words = 0;  ///< of these, with every word
  std::vector<Hit> hits;
  std::vector<FacetCounts> facets;
  Histogram histogram;
  std::string cursor;  ///< of the next page, empty at the end
  std::uint64_t took_us = 0;
  std::string revision;
  /// German, where the collection lies in shards: which part did not answer, so that its documents
  /// are missing from hits and counts. Empty: complete.
  std::vector<std::string> incomplete;
};

}  // namespace fundstelle
