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
    : reader_(std::move(words)), codec_(std::move(codec)), bundles_(bundles) {}

std::uint32_t EntryMaker::number_of(const Token* begin, const Token* end) {
  std::vector<std::string> terms;
  for (const Token* token = begin; token != end; ++token) {
    if (token->term.size() + 1 > schema::kMaxTermBytes) continue;
    terms.push_back(prefix_of(token->kind) + token->term);
  }
  return bundles_.number_of(terms);
}

std::uint32_t EntryMaker::bundle_of(const Token* begin, const Token* end) {
  key_.clear();
  for (const Token* token = begin; token != end; ++token) {
    if (token->term.size() + 1 > schema::kMaxTermBytes) continue;
    key_ += prefix_of(token->kind);
    key_ += token->term;
    key_ += '\0';
  }
  if (const auto known = known_.find(key_); known != known_.end()) return known->second;
  const std::uint32_t bundle = number_of(begin, end);
  if (known_.size() >= kKnownBundles) known_.clear();
  known_.emplace(key_, bundle);
  return bundle;
}

bool EntryMaker::take(std::string_view raw, std::uint32_t position, std::uint32_t byte_begin) {
  if (const PlainBundles::Word* word = plain_.find(raw)) {
    places_.push_back({position, byte_begin, *word});
    return true;
  }
  fresh_.push_back({position, raw});
  return false;
}

void EntryMaker::note(std::string_view raw, const Token* begin, const Token* end,
                      std::uint32_t bundle) {
  PlainBundles::Word word;
  word.bundle = bundle;
  for (const Token* token = begin; token != end; ++token) {
    if (token->kind == TokenKind::kNumber || token->term.size() + 1 > schema::kMaxTermBytes) return;
    const std::uint32_t wdf = schema::wdf_of(prefix_of(token->kind));
    word.length = static_cast<std::uint16_t>(word.length + wdf);
    word.title_length = static_cast<std::uint16_t>(word.title_length +
                                                   (stands_in_titles(token->kind) ? 2 * wdf : wdf));
  }
  // A text may hold a word twice before it is known.
  if (plain_.find(raw) == nullptr) plain_.put(raw, word);
}

std::uint32_t EntryMaker::read(std::string_view text, bool title, Words& words,
                               const std::vector<schema::Zone>& bytes,
                               std::vector<schema::Zone>& positions) {
  places_.clear();
  fresh_.clear();
  reader_.read(text, *this, tokens_);
  const auto earlier = [](const Token& a, const Token& b) { return a.position < b.position; };
  const auto settle = [&] {
    for (Token& token : tokens_) token.position = std::max(token.position, 1U);
    if (!std::is_sorted(tokens_.begin(), tokens_.end(), earlier)) {
      std::stable_sort(tokens_.begin(), tokens_.end(), earlier);
    }
  };
  settle();
  for (std::size_t i = 0, p = 0; i < tokens_.size() && p < places_.size();) {
    if (tokens_[i].position == places_[p].position) {
      // Something else stands at the place of a known word: both have to be spelt out.
      tokens_ = reader_.analyze(text);
      settle();
      places_.clear();
      fresh_.clear();
      break;
    }
    (tokens_[i].position < places_[p].position ? i : p) += 1;
  }

  std::vector<schema::Zone> zones;
  for (const schema::Zone& zone : bytes) zones.push_back({zone.answer, UINT32_MAX, 0});
  std::size_t at = 0;
  const auto mark = [&](std::uint32_t byte_begin, std::uint32_t position) {
    if (zones.empty()) return;
    while (at > 0 && byte_begin < bytes[at].begin) --at;
    while (at + 1 < bytes.size() && byte_begin >= bytes[at + 1].begin) ++at;
    if (byte_begin < bytes[at].begin || byte_begin >= bytes[at].end) return;
    zones[at].begin = std::min(zones[at].begin, position);
    zones[at].end = std::max(zones[at].end, position + 1);
  };
  std::uint32_t length = 0;
  std::size_t fresh = 0;
  std::size_t place = 0;
  for (std::size_t i = 0; i < tokens_.size() || place < places_.size();) {
    if (i == tokens_.size() ||
        (place < places_.size() && places_[place].position < tokens_[i].position)) {
      const Place& known = places_[place++];
      mark(known.byte_begin, known.position);
      length += title ? known.word.title_length : known.word.length;
      while (words.size() + 1 < known.position) words.push_back(bundle_of(nullptr, nullptr));
      words.push_back(known.word.bundle);
      continue;
    }
    const std::uint32_t position = tokens_[i].position;
    std::size_t end = i;
    for (; end < tokens_.size() && tokens_[end].position == position; ++end) {
      const Token& token = tokens_[end];
      if (token.term.size() + 1 > schema::kMaxTermBytes) continue;
      const std::uint32_t wdf = schema::wdf_of(prefix_of(token.kind));
      length += title && stands_in_titles(token.kind) ? 2 * wdf : wdf;
      mark(token.byte_begin, position);
    }
    while (words.size() + 1 < position) words.push_back(bundle_of(nullptr, nullptr));
    while (fresh < fresh_.size() && fresh_[fresh].position < position) ++fresh;
    if (fresh < fresh_.size() && fresh_[fresh].position == position) {
      words.push_back(number_of(tokens_.data() + i, tokens_.data() + end));
      note(fresh_[fresh].raw, tokens_.data() + i, tokens_.data() + end, words.back());
    } else {
      words.push_back(bundle_of(tokens_.data() + i, tokens_.data() + end));
    }
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
  const Document document = schema::unpack_facts(packed.facts);
  collect_labels(document, labels);
  for (const std::string& filter :
       filters_of(document, [&](std::string_view name) { return reader_.analyze(name); })) {
    out.document.add_boolean_term(filter);
  }
  out.document.add_value(schema::kDataSlot, codec_.compress_record(packed.record));

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
    out.passages.emplace_back().add_value(schema::kDataSlot, codec_.compress_passage(bytes));
  }
  row.text_bytes = static_cast<std::uint32_t>(std::min<std::uint64_t>(out.text_bytes, UINT32_MAX));
  return out;
}

}  // namespace fundstelle::writer
