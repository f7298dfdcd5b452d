// SPDX-License-Identifier: GPL-3.0-or-later
//
// Subject areas: the 28 Sachgebiete of the Bundestag's documentation as one axis over all bodies.
//
// Given by the source where possible. Otherwise by a classifier learnt from 20,000 papers the
// parliament's documentation service has labelled (tools/train-topics); it abstains where it is not
// sure enough.
#pragma once

#include <string>
#include <vector>

#include "document/document.h"

namespace fundstelle {

/// `read["topics"].how` of labels given here and not by the source.
inline constexpr const char* kTopicsByClassifier = "classifier";

/// A label and how probable it is, 0 to 1.
struct TopicLabel {
  std::string label;  ///< as the identity table prints it
  double probability = 0;
};

/// Areas that fit, the most probable first, at most three; empty if none is clear enough. Reads the
/// title and the leading passages. Thread-safe; some 0.1 ms for a short document.
[[nodiscard]] std::vector<TopicLabel> classify_topics(const Document& document);

/// If the source gave no topics: fills `topics`, `topic_ids`, `topic_scores` and `read["topics"]`,
/// or abstains.
void assign_topics(Document& document);

}  // namespace fundstelle
