// SPDX-License-Identifier: GPL-3.0-or-later
//
// Learns from the documents of a generation what to offer to someone typing: titles, names, subject
// areas, frequent words and two-word phrases, and which words are related. For the writer:
//
//   one Harvest a block of documents, filled while they stream by (any thread), kept in order;
//   learn(harvests, analyzer, …) when the words of the generation are known;
//   Vocabulary::write(file, …) when documents can be counted.
//
// Time and memory are bounded whatever the size of the collection: running text is read from a
// sample of kSampleBytes, everything else is capped. The result depends on the documents and their
// order only. Nothing here changes what a search finds.
//
// Source of the related words: positive pointwise mutual information of words in a window, context
// counts smoothed, reduced by a truncated singular value decomposition: Levy, Goldberg, Dagan,
// "Improving Distributional Similarity with Lessons Learned from Word Embeddings" (TACL 2015).
// Decomposition: Halko, Martinsson, Tropp, "Finding structure with randomness" (SIAM Review 2011).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "document/document.h"
#include "text/analyzer.h"
#include "vocabulary/vocabulary_file.h"

namespace fundstelle::vocabulary {

inline constexpr std::uint64_t kSampleBytes = 32 << 20;
inline constexpr std::size_t kMaxTitles = 250'000;  ///< newest first
inline constexpr std::size_t kMaxTerms = 60'000;
inline constexpr std::size_t kMaxPhrases = 40'000;
inline constexpr std::size_t kMaxNames = 100'000;
inline constexpr std::size_t kMaxRelated = 12'000;  ///< words that have related words

/// What some successive documents give.
struct Harvest {
  struct Title {
    std::string text;
    std::uint32_t date = 0;  ///< yyyymmdd
  };
  std::vector<Title> titles;  ///< one a document, in their order; may be empty
  /// Kind and printed name to documents that bear it.
  std::map<std::pair<Kind, std::string>, std::uint32_t> names;
  /// Text of the documents in the sample: title, then passages.
  std::vector<std::vector<std::string>> sample;

  void add(const Document& record);
};

class Vocabulary {
 public:
  /// `analyzer` is that of the generation.
  Vocabulary(std::vector<Harvest> harvests, const Analyzer& analyzer);

  /// `documents_with` counts the documents with a stem.
  void write(const std::filesystem::path& file,
             const std::function<std::uint32_t(const std::string& stem)>& documents_with);

 private:
  TableDraft terms_, titles_;
  std::vector<std::string> stems_;  ///< of the first terms_.entries, which are words
  std::vector<RelatedDraft> related_;
};

}  // namespace fundstelle::vocabulary
