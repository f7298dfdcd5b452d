// SPDX-License-Identifier: GPL-3.0-or-later
#include "shards/remote_query.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "schema/remote.h"

namespace fundstelle::shards {
namespace {

using search::PlannedWord;
using search::PlanNode;
using search::Sequence;
using Xapian::Query;
using Kind = PlanNode::Kind;

constexpr Xapian::termcount kMaxExpansion = 100;  // of a word beginning, as in an own index
constexpr std::uint32_t kHalfStride = schema::kRemoteStride / 2;

Query none() { return {}; }
Query everything() { return Query(std::string()); }
Query unweighed(const Query& query) { return {Query::OP_SCALE_WEIGHT, query, 0}; }

Query combined(Query::op how, const std::vector<Query>& parts) {
  if (parts.empty()) return none();
  return parts.size() == 1 ? parts[0] : Query(how, parts.begin(), parts.end());
}

Query any_of(const std::vector<std::string>& terms) {
  std::vector<Query> parts;
  for (const std::string& term : terms) parts.emplace_back(term);
  return combined(Query::OP_OR, parts);
}

Query phrase(const Sequence& sequence) {
  std::vector<Query> parts;
  std::uint32_t first = 0, last = 0;
  for (const Sequence::Slot& slot : sequence.slots) {
    if (!parts.empty() && slot.place == last) continue;  // another form of the same word
    if (parts.empty()) first = slot.place;
    last = slot.place;
    parts.emplace_back(slot.term);
  }
  if (parts.size() < 2) return combined(Query::OP_AND, parts);
  // Between a word and the one after the next lies more than half a stride beyond.
  const std::uint32_t window = (last - first) * schema::kRemoteStride + kHalfStride + 1;
  return {Query::OP_PHRASE, parts.begin(), parts.end(), window};
}

/// All parts within `window` words, in any order, also in one place.
Query near(const std::vector<Query>& parts, std::uint32_t window) {
  if (parts.size() < 2) return combined(Query::OP_AND, parts);
  return {Query::OP_NEAR, parts.begin(), parts.end(),
          window * schema::kRemoteStride + kHalfStride + 1};
}

Query split(const PlannedWord::Split& wanted) {
  std::vector<Query> parts;
  for (const auto& part : wanted.parts) {
    std::vector<std::string> terms;
    for (const search::WeightedTerm& term : part) terms.push_back(term.name);
    parts.push_back(any_of(terms));
  }
  return wanted.window == 0 ? combined(Query::OP_AND, parts) : near(parts, wanted.window);
}

/// Index terms at whose places a node is met. False if it is met by words in a row, which NEAR
/// cannot take.
bool places(const Xapian::Database& db, const PlanNode& node, std::vector<std::string>& out) {
  switch (node.kind) {
    case Kind::kWords:
      for (const PlannedWord& word : node.words) {
        if (!word.sequences.empty()) return false;
        for (const search::WeightedTerm& term : word.terms) out.push_back(term.name);
        if (!word.exact.empty()) out.push_back(word.exact);
      }
      return true;
    case Kind::kPrefix: {
      std::vector<std::pair<Xapian::doccount, std::string>> found;
      for (auto it = db.allterms_begin(node.prefix); it != db.allterms_end(node.prefix); ++it) {
        found.emplace_back(it.get_termfreq(), *it);
      }
      std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
      });
      if (found.size() > kMaxExpansion) found.resize(kMaxExpansion);
      for (auto& [count, term] : found) out.push_back(std::move(term));
      return true;
    }
    case Kind::kPhrase:
      if (node.phrase.slots.size() != 1) return false;
      out.push_back(node.phrase.slots[0].term);
      return true;
    default:
      return std::all_of(node.children.begin(), node.children.end(),
                         [&](const auto& child) { return places(db, *child, out); });
  }
}

Query near_node(const Xapian::Database& db, const PlanNode& node) {
  std::vector<Query> all, parts;
  bool expressible = true;
  for (const auto& child : node.children) {
    all.push_back(matching(db, *child, true));
    std::vector<std::string> terms;
    expressible = expressible && places(db, *child, terms);
    std::sort(terms.begin(), terms.end());
    terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
    if (terms.empty()) return none();
    parts.push_back(any_of(terms));
  }
  if (expressible) all.push_back(unweighed(near(parts, node.distance)));
  return combined(Query::OP_AND, all);
}

std::string_view prefix_of(Facet facet) {
  switch (facet) {
    case Facet::kBody:
      return schema::kBody;
    case Facet::kType:
      return schema::kType;
    case Facet::kTopic:
      return schema::kTopic;
    case Facet::kGroup:
      return schema::kGroup;
    case Facet::kMinistry:
      return schema::kMinistry;
    case Facet::kLegislature:
      return schema::kLegislature;
    case Facet::kYear:
      break;
  }
  return schema::kYear;
}

std::vector<std::string> terms_of(Facet facet, const std::vector<std::string>& slugs) {
  std::vector<std::string> out;
  for (const std::string& slug : slugs) out.push_back(std::string(prefix_of(facet)) + slug);
  return out;
}

}  // namespace

bool can_be_remote(const QueryNode& node) {
  if (node.kind == QueryNode::Kind::kField && (node.field == "frage" || node.field == "antwort")) {
    return false;
  }
  return std::all_of(node.children.begin(), node.children.end(),
                     [](const auto& child) { return can_be_remote(*child); });
}

Query matching(const PlannedWord& word, bool any) {
  std::vector<Query> group;
  const auto add = [&](const auto& terms, const auto& sequences) {
    for (const search::WeightedTerm& term : terms) group.emplace_back(term.name);
    for (const Sequence& one : sequences) group.push_back(phrase(one));
  };
  add(word.terms, word.sequences);
  if (any && word.has_loose()) add(word.loose, word.loose_sequences);
  std::vector<Query> met;
  if (!group.empty()) met.push_back(combined(Query::OP_SYNONYM, group));
  for (const PlannedWord::Split& one : word.splits) {
    met.emplace_back(Query::OP_SCALE_WEIGHT, split(one), static_cast<double>(one.weight));
  }
  return {Query::OP_SCALE_WEIGHT, combined(Query::OP_OR, met), static_cast<double>(word.weight)};
}

Query matching(const Xapian::Database& db, const PlanNode& node, bool any) {
  switch (node.kind) {
    case Kind::kAll:
      return unweighed(everything());
    case Kind::kNothing:
    case Kind::kQuestions:  // asked of no remote shard (can_be_remote)
      return none();
    case Kind::kWords: {
      std::vector<Query> words;
      for (const PlannedWord& word : node.words) words.push_back(matching(word, any));
      return combined(any ? Query::OP_OR : Query::OP_AND, words);
    }
    case Kind::kPhrase:
      return phrase(node.phrase);
    case Kind::kPrefix:
      return {Query::OP_WILDCARD, node.prefix, kMaxExpansion, Query::WILDCARD_LIMIT_MOST_FREQUENT,
              Query::OP_SYNONYM};
    case Kind::kNear:
      return near_node(db, node);
    case Kind::kTerms: {
      std::vector<Query> parts;
      for (const std::string& term : node.terms) parts.emplace_back(term);
      return unweighed(combined(Query::OP_AND, parts));
    }
    case Kind::kAnyTerm:
      return unweighed(any_of(node.terms));
    case Kind::kTitle:
      return matching(db, *node.children[0], any);
    case Kind::kDate:
      return unweighed({Query::OP_VALUE_RANGE, schema::kDateSlot,
                        schema::pack_u32(std::max(node.from, 1U)), schema::pack_u32(node.to)});
    case Kind::kLegislature:
      return unweighed({Query::OP_VALUE_RANGE, schema::kLegislatureSlot,
                        schema::pack_u32(node.from), schema::pack_u32(node.to)});
    case Kind::kNot:
      return {Query::OP_AND_NOT, unweighed(everything()), matching(db, *node.children[0], false)};
    case Kind::kOr: {
      std::vector<Query> parts;
      for (const auto& child : node.children) parts.push_back(matching(db, *child, any));
      return combined(Query::OP_OR, parts);
    }
    case Kind::kAnd: {
      std::vector<Query> wanted, unwanted;
      for (const auto& child : node.children) {
        if (child->kind == Kind::kNot) {
          unwanted.push_back(matching(db, *child->children[0], false));
        } else {
          wanted.push_back(matching(db, *child, any));
        }
      }
      Query out = wanted.empty() ? unweighed(everything()) : combined(Query::OP_AND, wanted);
      if (unwanted.empty()) return out;
      return {Query::OP_AND_NOT, out, combined(Query::OP_OR, unwanted)};
    }
  }
  return none();
}

Query filtered(const Query& matched, const SearchRequest& request, std::optional<Facet> left_out) {
  Query out = matched;
  for (const FacetFilter& filter : request.filters) {
    if (left_out && filter.facet == *left_out) continue;
    if (!filter.wanted.empty()) {
      out = Query(Query::OP_FILTER, out, any_of(terms_of(filter.facet, filter.wanted)));
    }
    if (!filter.excluded.empty()) {
      out = Query(Query::OP_AND_NOT, out, any_of(terms_of(filter.facet, filter.excluded)));
    }
  }
  if (request.from != 0 || request.to != 0) {
    const std::uint32_t to = request.to == 0 ? UINT32_MAX : request.to;
    out = Query(Query::OP_FILTER, out,
                Query(Query::OP_VALUE_RANGE, schema::kDateSlot,
                      schema::pack_u32(std::max(request.from, 1U)), schema::pack_u32(to)));
  }
  return out;
}

}  // namespace fundstelle::shards
