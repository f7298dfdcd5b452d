// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/entries.h"

#include <algorithm>

namespace fundstelle::writer {
namespace {

constexpr std::size_t kKnownBundles = 400'000;

char prefix_of(TokenKind kind) {
  switch (kind) {
    case TokenKind::kStem:
      return schema::kStem[0];
    case TokenKind::kPart:
      return schema::kPart[0];
    case TokenKind::kBlind:
      return schema::kBlind[0];
    case TokenKind::kNumber:
      return schema::kNumber[0];
    case TokenKind::kExact:
      break;
  }
  return schema::kExact[0];
}

bool stands_in_titles(TokenKind kind) {
  return kind == TokenKind::kExact || kind == TokenKind::kStem || kind == TokenKind::kPart;
}

std::vector<std::string> each_once(std::vector<std::string> slugs) {
  std::sort(slugs.begin(), slugs.end());
  slugs.erase(std::unique(slugs.begin(), slugs.end()), slugs.end());
  std::erase(slugs, "");
  return slugs;
}

}  // namespace

EntryMaker::EntryMaker(std::shared_ptr<const WordData> words, schema::StoredCodec codec,
                       BundleTable& bundles)
    : analyzer_(std::move(words)), codec_(std::move(codec)), bundles_(bundles) {}

std::uint32_t EntryMaker::bundle_of(const Token* begin, const Token* end) {
  key_.clear();
  for (const Token* token = begin; token != end; ++token) {
    if (token->term.size() + 1 > schema::kMaxTermBytes) continue;
    key_ += prefix_of(token->kind);
    key_ += token->term;
    key_ += '\0';
  }
  if (const auto known = known_.find(key_); known != known_.end()) return known->second;
  std::vector<std::string> terms;
  for (const Token* token = begin; token != end; ++token) {
    if (token->term.size() + 1 > schema::kMaxTermBytes) continue;
    terms.push_back(prefix_of(token->kind) + token->term);
  }
  const std::uint32_t bundle = bundles_.number_of(terms);
  if (known_.size() >= kKnownBundles) known_.clear();
  known_.emplace(key_, bundle);
  return bundle;
}

std::uint32_t EntryMaker::read(std::string_view text, bool title, Words& words,
                               const std::vector<schema::Zone>& bytes,
                               std::vector<schema::Zone>& positions) {
  std::vector<Token> tokens = analyzer_.analyze(text);
  for (Token& token : tokens) token.position = std::max(token.position, 1U);
  const auto earlier = [](const Token& a, const Token& b) { return a.position < b.position; };
  if (!std::is_sorted(tokens.begin(), tokens.end(), earlier)) {
    std::stable_sort(tokens.begin(), tokens.end(), earlier);
  }
  std::vector<schema::Zone> zones;
  for (const schema::Zone& zone : bytes) zones.push_back({zone.answer, UINT32_MAX, 0});
  std::size_t at = 0;
  std::uint32_t length = 0;
  for (std::size_t i = 0; i < tokens.size();) {
    const std::uint32_t position = tokens[i].position;
    std::size_t end = i;
    for (; end < tokens.size() && tokens[end].position == position; ++end) {
      const Token& token = tokens[end];
      if (token.term.size() + 1 > schema::kMaxTermBytes) continue;
      const std::uint32_t wdf = schema::wdf_of(prefix_of(token.kind));
      length += title && stands_in_titles(token.kind) ? 2 * wdf : wdf;
      if (zones.empty()) continue;
      while (at > 0 && token.byte_begin < bytes[at].begin) --at;
      while (at + 1 < bytes.size() && token.byte_begin >= bytes[at + 1].begin) ++at;
      if (token.byte_begin < bytes[at].begin || token.byte_begin >= bytes[at].end) continue;
      zones[at].begin = std::min(zones[at].begin, position);
      zones[at].end = std::max(zones[at].end, position + 1);
    }
    while (words.size() + 1 < position) words.push_back(bundle_of(nullptr, nullptr));
    words.push_back(bundle_of(tokens.data() + i, tokens.data() + end));
    i = end;
  }
  for (schema::Zone zone : zones) {
    if (!positions.empty()) zone.begin = std::max(zone.begin, positions.back().end);
    if (zone.begin < zone.end) positions.push_back(zone);
  }
  return length;
}

StoredEntries EntryMaker::make(const PackedDocument& packed, Xapian::docid docid,
                               Xapian::docid first_passage, Labels& labels) {
  StoredEntries out;
  const Document document = schema::unpack_document(packed.record);
  collect_labels(document, labels);
  for (const std::string& filter : filters_of(document, analyzer_)) {
    out.document.add_boolean_term(filter);
  }
  out.document.set_data(codec_.compress_record(packed.record));

  schema::ColumnsBuilder::DocumentRow& row = out.row;
  row.docid = docid;
  row.first_passage = first_passage;
  row.id = document.id;
  row.date = schema::date_value(document.date);
  row.first_seen = schema::time_value(document.first_seen);
  if (document.legislature) {
    row.legislature = static_cast<std::uint16_t>(std::min<std::uint32_t>(
        static_cast<std::uint32_t>(*document.legislature), schema::Columns::kNone - 1));
  }
  row.type = document.type_id;
  row.body = document.body_id;
  row.topics = each_once(document.topic_ids);
  row.groups = each_once(document.group_ids);
  row.ministries = each_once(document.ministry_ids);

  std::vector<schema::Zone> none;
  row.length = read(document.title, true, out.title, {}, none);
  for (const std::string& bytes : packed.passages) {
    const schema::Passage passage = schema::unpack_passage(bytes);
    TextBuilder::PassageWords& words = out.words.emplace_back();
    const std::uint32_t length = read(passage.text, false, words.words, passage.zones, words.zones);
    row.length += length;
    auto kind = static_cast<std::uint8_t>(passage.kind);
    for (const schema::Zone& zone : passage.zones) {
      kind |= zone.answer ? schema::Columns::kAnswered : schema::Columns::kAsked;
    }
    row.passages.push_back({length, kind});
    for (const schema::Passage::Piece& piece : passage.pieces) {
      out.text_bytes += piece.end - piece.begin;
    }
    out.passages.emplace_back().set_data(codec_.compress_passage(bytes));
  }
  row.text_bytes = static_cast<std::uint32_t>(std::min<std::uint64_t>(out.text_bytes, UINT32_MAX));
  return out;
}

}  // namespace fundstelle::writer
