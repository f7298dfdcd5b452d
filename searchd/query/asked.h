// SPDX-License-Identifier: GPL-3.0-or-later
//
// "Wurde das schon gefragt?": the questions of a draft and the earlier questions near to them, as
// plain data.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "query/answer.h"
#include "query/request.h"

namespace fundstelle {

inline constexpr std::size_t kMaxAskedQuestions = 100;
inline constexpr std::size_t kMaxAskedBytes = 200'000;  ///< of a draft, or of all its questions

/// One question of a draft.
struct AskedText {
  std::string label;  ///< as numbered in the draft: "3", "3a"; empty if it is not
  std::string text;
  std::string lead;  ///< what a sub-question completes; empty for whole questions
};

struct AskedRequest {
  std::string title;                    ///< of the draft, may be empty
  std::vector<AskedText> questions;     ///< at most kMaxAskedQuestions
  std::vector<FacetFilter> filters;     ///< which earlier papers count
  std::uint32_t from = 0, to = 0;       ///< yyyymmdd inclusive; 0: open
  std::uint32_t size = 5;               ///< earlier questions for each question, 1 to 20
  std::uint32_t papers = 10;            ///< papers near to the whole draft, 0 to 50
  std::chrono::milliseconds budget{0};  ///< as SearchRequest::budget
};

/// An earlier question with its answer.
struct AskedMatch {
  Hit hit;  ///< the paper; `passages` holds exactly the place, with question and answer
  bool answered = false;  ///< an answer is in the index
  double likeness = 0;    ///< share of the question's words met, rare ones count more; 0 to 1
};

struct AskedQuestion {
  AskedText asked;
  std::vector<AskedMatch> matches;  ///< best first; empty: nothing near
};

/// A paper near to the whole draft.
struct AskedPaper {
  Hit hit;
  std::vector<std::uint32_t>
      questions;  ///< of the draft, by index, that this paper has matches for
};

struct AskedAnswer {
  std::vector<AskedQuestion> questions;  ///< in the order of the draft
  std::vector<AskedPaper> papers;        ///< best first
  std::uint64_t searched = 0;            ///< papers with questions that pass the filters
  std::uint64_t took_us = 0;
  std::string revision;
};

}  // namespace fundstelle
