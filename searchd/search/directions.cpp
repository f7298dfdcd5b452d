// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/directions.h"

#include <algorithm>

#include "search/engine/evaluate.h"
#include "search/engine/plan.h"

namespace fundstelle::search {
namespace {

using Kind = QueryNode::Kind;

/// The words beside the quotations; null if the query is of another kind.
QueryNode* words_of(const QueryNode& root) {
  if (root.kind != Kind::kAnd || root.demanded) return nullptr;
  QueryNode* words = nullptr;
  for (const auto& child : root.children) {
    if (child->kind != Kind::kWords && child->kind != Kind::kPhrase) return nullptr;
    if (child->kind == Kind::kWords) words = child.get();
  }
  return words;
}

}  // namespace

std::vector<std::string> missing_phrases(const ParsedQuery& parsed, const Plan& plan,
                                         const Evaluator& evaluator) {
  std::vector<std::string> out;
  if (words_of(*parsed.root) == nullptr || plan.root->kind != PlanNode::Kind::kAnd) return out;
  for (const auto& node : plan.root->children) {
    if (node->kind != PlanNode::Kind::kPhrase) continue;
    if (evaluator.matches(*node, false).isEmpty()) out.push_back(node->typed);
  }
  return out;
}

bool read_as_words(ParsedQuery& parsed, const std::vector<std::string>& phrases) {
  if (phrases.empty()) return false;
  QueryNode* const words = words_of(*parsed.root);
  if (words == nullptr) return false;
  for (const std::string& phrase : phrases) {
    words->text += " " + phrase;
    parsed.ignored.push_back("„" + phrase +
                             "“ als feste Wortfolge (steht so in keinem Dokument; gesucht wird "
                             "nach den Wörtern)");
    std::erase_if(parsed.root->children, [&](const auto& child) {
      return child->kind == Kind::kPhrase && child->text == phrase;
    });
  }
  return true;
}

Census take_census(Reader& reader, const SearchRequest& request) {
  const Directions& directions = *request.directions;
  const Evaluator evaluator(reader, request.unit);
  ParsedQuery parsed = parse_query(request.q);
  read_as_words(parsed, directions.phrases_as_words);
  const Plan plan = make_plan(parsed, reader.analyzer, request.expand, *directions.finder);
  Census out;
  if (request.match != MatchMode::kAll)
    out.missing_phrases = missing_phrases(parsed, plan, evaluator);
  out.all_words = evaluator.matches(*plan.root, false).cardinality();
  return out;
}

}  // namespace fundstelle::search
