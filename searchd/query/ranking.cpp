// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/ranking.h"

#include <charconv>

namespace fundstelle {

const std::vector<RankingParameter>& ranking_parameters() {
  static const std::vector<RankingParameter> kParameters{
      {"k1", &Ranking::k1, 0, 30},
      {"b", &Ranking::b, 0, 1},
      {"idf_power", &Ranking::idf_power, 0, 4},
      {"exact", &Ranking::exact, 0, 10},
      {"exact_k1", &Ranking::exact_k1, 0, 30},
      {"title", &Ranking::title, 0, 10},
      {"question", &Ranking::question, 0, 10},
      {"split", &Ranking::split, 0, 10},
      {"split_idf", &Ranking::split_idf, 0, 4},
      {"nearness", &Ranking::nearness, 0, 10},
      {"nearness_words", &Ranking::nearness_words, 0, 1000},
      {"nearness_reach", &Ranking::nearness_reach, 1, 64},
      {"nearness_far", &Ranking::nearness_far, 0, 10},
      {"nearness_k1", &Ranking::nearness_k1, 0, 30},
      {"lead", &Ranking::lead, 0, 10},
      {"lead_words", &Ranking::lead_words, 1, 100'000},
      {"feedback", &Ranking::feedback, 0, 10},
      {"feedback_documents", &Ranking::feedback_documents, 1, 200},
      {"feedback_terms", &Ranking::feedback_terms, 1, 200},
      {"recency", &Ranking::recency, 0, 1},
      {"recency_days", &Ranking::recency_days, 1, 100'000},
  };
  return kParameters;
}

std::string set_ranking(Ranking& ranking, std::string_view assignment) {
  const std::size_t equals = assignment.find('=');
  const std::string name(assignment.substr(0, equals));
  std::string known;
  for (const RankingParameter& parameter : ranking_parameters()) {
    known += (known.empty() ? "" : ", ") + std::string(parameter.name);
    if (parameter.name != name) continue;
    const std::string_view text =
        equals == std::string_view::npos ? std::string_view() : assignment.substr(equals + 1);
    float value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() ||
        !(value >= parameter.least && value <= parameter.most)) {
      return name + " takes a number from " + std::to_string(parameter.least) + " to " +
             std::to_string(parameter.most);
    }
    ranking.*parameter.value = value;
    return {};
  }
  return "there is no '" + name + "'; known are: " + known;
}

}  // namespace fundstelle
