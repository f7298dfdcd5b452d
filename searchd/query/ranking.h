// SPDX-License-Identifier: GPL-3.0-or-later
//
// How hits are ordered, as plain numbers. docs/ranking.md tells what each was measured to do; a
// request may carry others (`fundstelle-query eval --ranking`), a reader needs only `recency`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fundstelle {

struct Ranking {
  // BM25. Whole words count 3 in tf, parts of compounds 1: k1 0.9 is 0.3 in whole words.
  float k1 = 0.9F;
  float b = 0.4F;
  float idf_power = 1.3F;  ///< idf^power: above 1, rare words of a query decide more
  // Layers beside the word's group, as shares of their own BM25.
  float exact = 0.2F;  ///< the form as typed
  float exact_k1 = 0.5F;
  float title = 0.05F;    ///< the word in the title
  float question = 0.2F;  ///< the word in a question the document (passage) holds
  float split = 1;        ///< parts of a compound in the query, times their own weight (0.3)
  float split_idf = 1;    ///< a part counts (idf / idf of the rarest part)^this
  // Among the best 100: where the words stand.
  float nearness = 0.6F;      ///< of two successive words, times the mean of their idf
  float nearness_words = 5;   ///< so far apart at most
  float nearness_reach = 3;   ///< words with up to two others between them in the query count too,
  float nearness_far = 0.5F;  ///< so much less
  float nearness_k1 = 0.5F;   ///< how soon more places add nothing
  float lead = 0.3F;          ///< words that stand early, times idf: weight at the first position
  float lead_words = 100;     ///< falls to a third after so many words
  // Documents that lack a word asked are ordered also by what they share with the best hits: up to
  // this share of the best score, divided by the square of the number of words asked (two words say
  // too little, a sentence says enough).
  float feedback = 2.5F;
  float feedback_documents = 20;
  float feedback_terms = 50;
  // Off by default.
  float recency = 0;  ///< 0 to 1: score x (1 + recency x 2^(-age / recency_days))
  float recency_days = 730;

  bool operator==(const Ranking&) const = default;
};

struct RankingParameter {
  std::string_view name;
  float Ranking::*value;
  float least, most;
};
[[nodiscard]] const std::vector<RankingParameter>& ranking_parameters();

/// Reads "name=value" into `ranking`. Empty if done, else what is wrong with it (English).
[[nodiscard]] std::string set_ranking(Ranking& ranking, std::string_view assignment);

}  // namespace fundstelle
