// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/concordance.h"

#include <algorithm>
#include <string_view>

#include "schema/stored_document.h"
#include "search/engine/highlight.h"
#include "search/engine/hits.h"

namespace fundstelle::search {
namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (!blank) out += c;
    if (blank && !out.ends_with(' ')) out += ' ';
  }
  return out;
}

/// Byte up to `characters` before `at`.
std::size_t back(std::string_view text, std::size_t at, std::uint32_t characters) {
  while (at > 0 && characters > 0) {
    --at;
    if (!continues(text[at])) --characters;
  }
  return at;
}

std::size_t forth(std::string_view text, std::size_t at, std::uint32_t characters) {
  while (at < text.size() && characters > 0) {
    ++at;
    while (at < text.size() && continues(text[at])) ++at;
    --characters;
  }
  return at;
}

void add_lines(const Reader& reader, const Highlighter& highlighter, std::uint32_t hit,
               std::uint32_t number, bool paged, const schema::Passage& passage,
               std::uint32_t context, std::vector<ConcordanceLine>& lines) {
  const std::string_view text = passage.text;
  for (const Occurrence& one : highlighter.find(reader.analyzer, text)) {
    ConcordanceLine& line = lines.emplace_back();
    line.hit = hit;
    line.passage = number;
    if (paged) line.page = page_at(passage, one.begin);
    line.labels = passage.labels;
    line.kind = schema::to_string(passage.kind);
    if (passage.kind == schema::PassageKind::kSpeech) line.speaker = passage.heading;
    for (const schema::Zone& zone : passage.zones) {
      if (one.begin >= zone.begin && one.end <= zone.end)
        line.zone = zone.answer ? "answer" : "question";
    }
    const std::size_t left = back(text, one.begin, context);
    line.left = one_line(text.substr(left, one.begin - left));
    line.keyword = one_line(text.substr(one.begin, one.end - one.begin));
    line.right = one_line(text.substr(one.end, forth(text, one.end, context) - one.end));
    line.part = one.part;
  }
}

/// Passages that hold any word or phrase of the query, whatever the query asks of the rest.
Roaring holding_any(const Evaluator& evaluator, const PlanNode& node) {
  using Kind = PlanNode::Kind;
  switch (node.kind) {
    case Kind::kWords:
    case Kind::kPhrase:
    case Kind::kPrefix:
    case Kind::kNear:
    case Kind::kQuestions:
      return evaluator.matches(node, true);
    case Kind::kAnd:
    case Kind::kOr: {
      Roaring out;
      for (const auto& child : node.children) out |= holding_any(evaluator, *child);
      return out;
    }
    default:
      return {};
  }
}

}  // namespace

void concordance(Reader& reader, const PlanNode& root, const std::vector<RankedHit>& ranked,
                 const ConcordanceRequest& request, ConcordanceAnswer& answer) {
  const Snapshot& snapshot = reader.snapshot;
  const Highlighter highlighter(root);
  if (highlighter.empty()) return;
  // Only passages that hold a word of the query are read and analysed again.
  const bool single = request.search.unit == Unit::kPassage;
  const Roaring holding = single ? Roaring() : holding_any(Evaluator(reader, Unit::kPassage), root);
  for (const RankedHit& one : ranked) {
    reader.deadline.check();
    const Gid document = snapshot.document_of(request.search.unit, one.gid);
    const auto hit = static_cast<std::uint32_t>(answer.hits.size());
    const Document read = schema::unpack_document(reader.data(Unit::kDocument, document));
    answer.hits.push_back(describe(snapshot, read));
    answer.hits.back().score = one.score;
    answer.hits.back().all_words = one.all_words;
    const Gid first = snapshot.first_passage[document];
    const Gid begin = single ? one.gid : first;
    const Gid end = single ? one.gid + 1 : first + snapshot.passage_count[document];
    for (Gid gid = begin; gid < end; ++gid) {
      if (!single && !holding.contains(gid)) continue;
      reader.deadline.check();
      add_lines(reader, highlighter, hit, gid - first, read.paged,
                schema::unpack_passage(reader.data(Unit::kPassage, gid)), request.context,
                answer.lines);
    }
  }
}

}  // namespace fundstelle::search
