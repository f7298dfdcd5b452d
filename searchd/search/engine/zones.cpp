// SPDX-License-Identifier: GPL-3.0-or-later
//
// Evaluator: words within the question or within the answer of a passage (schema.h, zones).
#include <algorithm>

#include "schema/schema.h"
#include "search/engine/evaluate.h"

namespace fundstelle::search {

Evaluator::List Evaluator::filter(const std::string& term) const {
  if (within_ == Within::kText) return group({{term, 1}}, {});
  return Evaluator(reader_, unit_).group({{term, 1}}, {});
}

/// Passages where a term stands in the zone asked for.
Evaluator::List Evaluator::in_zone(const std::string& term) const {
  const bool answer = within_ == Within::kAnswer;
  // A collection without questions asks nothing of each word.
  const Roaring& zones = answer ? snapshot_.answered_passages : snapshot_.asked_passages;
  if (zones.isEmpty() || !schema::is_text_term(term) || term.size() > schema::kMaxTermBytes) {
    return std::make_shared<const Postings>();
  }
  return snapshot_.cache.get(
      key('z', term), [&] { return reader_.gatherer.in_zone(term, answer, reader_.deadline); });
}

Evaluator::List Evaluator::asked_in(const std::string& term) const {
  const Evaluator passages(reader_, Unit::kPassage, Within::kQuestion);
  if (unit_ == Unit::kPassage || snapshot_.asked_passages.isEmpty()) return passages.in_zone(term);
  return snapshot_.cache.get(key('Q', term), [&] {
    std::vector<Gid> found, documents;
    passages.in_zone(term)->ids(found);
    for (Gid& gid : found) gid = snapshot_.parent[gid];
    std::sort(found.begin(), found.end());
    std::vector<float> counts;
    for (const Gid document : found) {
      if (documents.empty() || documents.back() != document) {
        documents.push_back(document);
        counts.push_back(0);
      }
      counts.back() += 1;
    }
    return Postings(documents, counts);
  });
}

void Evaluator::keep_in_zone(Gid gid, std::vector<std::uint32_t>& positions,
                             std::uint32_t length) const {
  if (within_ == Within::kText || positions.empty()) return;
  const std::size_t sub = snapshot_.sub_index(unit_, gid);
  const Gid id = gid - snapshot_.subs[sub].base(unit_);
  const std::vector<schema::Zone> zones = snapshot_.subs[sub].text->passage(id).zones();
  const bool answer = within_ == Within::kAnswer;
  std::erase_if(positions, [&](std::uint32_t position) {
    return std::none_of(zones.begin(), zones.end(), [&](const schema::Zone& zone) {
      return zone.answer == answer && position >= zone.begin && position + length <= zone.end;
    });
  });
}

/// Passages that meet the child of a frage: or antwort:.
Roaring Evaluator::in_questions(const PlanNode& node, bool any) const {
  const bool answer = node.field == "antwort";
  const Evaluator passages(reader_, Unit::kPassage, answer ? Within::kAnswer : Within::kQuestion);
  Roaring inside = passages.matches(*node.children[0], any);
  inside &= passages.filter(std::string(answer ? schema::kAnswered : schema::kAsked))->set;
  return inside;
}

std::optional<Roaring> Evaluator::question_passages(const PlanNode& node, bool any) const {
  if (node.kind == PlanNode::Kind::kNot) return std::nullopt;
  if (node.kind == PlanNode::Kind::kQuestions) return in_questions(node, any);
  std::optional<Roaring> out;
  for (const auto& child : node.children) {
    if (auto inside = question_passages(*child, any)) {
      if (!out) out.emplace();
      *out |= *inside;
    }
  }
  return out;
}

}  // namespace fundstelle::search
