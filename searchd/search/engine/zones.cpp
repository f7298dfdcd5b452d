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
  return snapshot_.cache.get(key('z', term), [&] {
    const List all = filter(term);
    const Roaring keep = reader_.passages_in_zone(term, within_ == Within::kAnswer);
    Postings out;
    for (std::size_t i = 0; i < all->ids.size(); ++i) {
      if (!keep.contains(all->ids[i])) continue;
      out.ids.push_back(all->ids[i]);
      out.tf.push_back(all->tf[i]);
    }
    out.set.addMany(out.ids.size(), out.ids.data());
    return out;
  });
}

Evaluator::List Evaluator::asked_in(const std::string& term) const {
  const Evaluator passages(reader_, Unit::kPassage, Within::kQuestion);
  if (unit_ == Unit::kPassage) return passages.in_zone(term);
  return snapshot_.cache.get(key('Q', term), [&] {
    std::vector<Gid> documents;
    for (const Gid passage : passages.in_zone(term)->ids) {
      documents.push_back(snapshot_.parent[passage]);
    }
    std::sort(documents.begin(), documents.end());
    Postings out;
    for (const Gid document : documents) {
      if (out.ids.empty() || out.ids.back() != document) {
        out.ids.push_back(document);
        out.tf.push_back(0);
      }
      out.tf.back() += 1;
    }
    out.set.addMany(out.ids.size(), out.ids.data());
    return out;
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
