// SPDX-License-Identifier: GPL-3.0-or-later
#include "topics/topics.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "identity/identity.h"
#include "topics/features.h"
#include "topics/model.h"

namespace fundstelle {
namespace {

constexpr std::size_t kMaxAreas = 3;
/// The area of the Bundestag's own affairs; in papers of other houses the classifier takes their
/// own for it.
constexpr std::string_view kOfOneHouse = "bundestag";

bool may_be_about(std::string_view area, const Document& document) {
  const std::string& body = document.body_id;
  return area != kOfOneHouse || body.empty() || body == "bt" || body == "br";
}

}  // namespace

std::vector<TopicLabel> classify_topics(const Document& document) {
  const TopicModel& model = TopicModel::shipped();
  const std::vector<double> probabilities = model.probabilities(topic_features(document));
  std::vector<TopicLabel> labels;
  for (std::size_t k = 0; k < probabilities.size(); ++k) {
    const TopicArea& area = model.areas()[k];
    if (probabilities[k] < area.threshold || !may_be_about(area.slug, document)) continue;
    const Identity* const topic = identity_of_slug(Axis::kTopic, area.slug);
    if (topic != nullptr) labels.push_back({std::string(topic->label), probabilities[k]});
  }
  std::stable_sort(labels.begin(), labels.end(), [](const TopicLabel& a, const TopicLabel& b) {
    return a.probability > b.probability;
  });
  if (labels.size() > kMaxAreas) labels.resize(kMaxAreas);
  return labels;
}

void assign_topics(Document& document) {
  if (!document.topics.empty()) return;
  document.topic_ids.clear();
  document.topic_scores.clear();
  for (const TopicLabel& topic : classify_topics(document)) {
    document.topics.push_back(topic.label);
    document.topic_ids.push_back(resolve_slug(Axis::kTopic, topic.label));
    document.topic_scores.push_back(std::round(topic.probability * 100) / 100);
  }
  const auto abstained = std::find(document.abstained.begin(), document.abstained.end(), "topics");
  if (document.topics.empty()) {
    if (abstained == document.abstained.end()) document.abstained.emplace_back("topics");
    return;
  }
  if (abstained != document.abstained.end()) document.abstained.erase(abstained);
  document.read["topics"] = {{}, kTopicsByClassifier};
}

}  // namespace fundstelle
