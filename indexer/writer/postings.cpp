// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/postings.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "identity/identity.h"
#include "text/drucksache_number.h"

namespace fundstelle::writer {
namespace {

void add_filter(std::vector<std::string>& filters, std::string_view prefix,
                std::string_view value) {
  if (value.empty() || prefix.size() + value.size() > schema::kMaxTermBytes) return;
  std::string term(prefix);
  term += value;
  filters.push_back(std::move(term));
}

/// A paper's number as other papers cite it; what is no Drucksache number stays as printed.
std::string canonical_number(const std::string& printed) {
  if (const auto number = parse_drucksache_number(printed)) return number->canonical();
  std::string plain;
  for (const char c : printed) {
    if (c != ' ') plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return plain;
}

std::string joined(const std::vector<std::string>& slugs) {
  std::string list;
  for (const std::string& slug : slugs) {
    if (!list.empty()) list += '\x1f';
    list += slug;
  }
  return list;
}

void put_value(Xapian::Document& entry, unsigned slot, const std::string& value) {
  if (!value.empty()) entry.add_value(slot, value);
}

struct Weight {
  std::string_view prefix, title_prefix;
  Xapian::termcount wdf = 1;
  bool positions = true;
};

Weight weight_of(TokenKind kind) {
  switch (kind) {
    case TokenKind::kStem:
      return {schema::kStem, schema::kTitleStem, schema::kWholeWdf, true};
    case TokenKind::kPart:
      return {schema::kPart, schema::kTitlePart, schema::kPartWdf, true};
    case TokenKind::kBlind:
      return {schema::kBlind, {}, 1, false};
    case TokenKind::kNumber:
      return {schema::kNumber, {}, 1, true};
    case TokenKind::kExact:
      break;
  }
  return {schema::kExact, schema::kTitleExact, 1, true};
}

void add_label(Labels& labels, const char* axis_name, Axis axis, const std::string& slug,
               const std::vector<std::string>& printed) {
  if (slug.empty()) return;
  std::string key = schema::label_key(axis_name, slug);
  if (labels.contains(key)) return;
  std::string label;
  if (const Identity* known = identity_of_slug(axis, slug)) {
    label = known->label;
  } else {
    const auto found = std::find_if(printed.begin(), printed.end(), [&](const std::string& print) {
      return resolve_slug(axis, print) == slug;
    });
    if (found != printed.end()) {
      label = *found;
    } else {
      label = printed.size() == 1 ? printed.front() : slug;
    }
  }
  labels.emplace(std::move(key), std::move(label));
}

}  // namespace

std::vector<std::string> filters_of(
    const Document& document, const std::function<std::vector<Token>(std::string_view)>& analyze) {
  std::vector<std::string> filters;
  add_filter(filters, schema::kId, document.id);
  add_filter(filters, schema::kType, document.type_id);
  add_filter(filters, schema::kBody, document.body_id);
  for (const std::string& slug : document.group_ids) add_filter(filters, schema::kGroup, slug);
  for (const std::string& slug : document.ministry_ids) {
    add_filter(filters, schema::kMinistry, slug);
  }
  for (const std::string& slug : document.topic_ids) add_filter(filters, schema::kTopic, slug);
  if (document.legislature) {
    add_filter(filters, schema::kLegislature, std::to_string(*document.legislature));
  }
  if (const std::uint32_t date = schema::date_value(document.date); date != 0) {
    add_filter(filters, schema::kYear, schema::iso_date(date).substr(0, 4));
    if (date / 100 % 100 != 0) {
      add_filter(filters, schema::kMonth, std::to_string(date / 100));
    }
  }
  add_filter(filters, schema::kOwnNumber, canonical_number(document.number));
  if (auto number = parse_drucksache_number(document.number); number && !number->suffix.empty()) {
    number->suffix.clear();  // 21/983 also means 21/983 (neu)
    add_filter(filters, schema::kOwnNumber, number->canonical());
  }
  for (const std::string& number : document.references) {
    add_filter(filters, schema::kReference, canonical_number(number));
  }
  // A relation cites, too: by an id, or by a number that only the paper's own tells ("zu 21/64").
  for (const Relation& relation : document.relations) {
    if (!relation.id.empty()) add_filter(filters, schema::kReference, "#" + relation.id);
    add_filter(filters, schema::kReference, canonical_number(relation.number));
  }
  for (const std::string& author : document.authors) {
    for (const Token& token : analyze(author)) {
      if (token.kind == TokenKind::kExact) add_filter(filters, schema::kAuthor, token.term);
    }
  }
  std::sort(filters.begin(), filters.end());
  filters.erase(std::unique(filters.begin(), filters.end()), filters.end());
  return filters;
}

void collect_labels(const Document& document, Labels& labels) {
  add_label(labels, "type", Axis::kType, document.type_id, {document.type});
  add_label(labels, "body", Axis::kBody, document.body_id, {document.body});
  for (const std::string& slug : document.group_ids) {
    add_label(labels, "group", Axis::kGroup, slug, document.groups);
  }
  for (const std::string& slug : document.ministry_ids) {
    add_label(labels, "ministry", Axis::kMinistry, slug, document.ministries);
  }
  for (const std::string& slug : document.topic_ids) {
    add_label(labels, "topic", Axis::kTopic, slug, document.topics);
  }
}

PostingMaker::PostingMaker(std::shared_ptr<const WordData> words, schema::StoredCodec codec)
    : analyzer_(std::move(words)), codec_(std::move(codec)) {}

Entries PostingMaker::make(const PackedDocument& packed, Xapian::docid first_passage,
                           Labels& labels) {
  Entries entries;
  const Document document = schema::unpack_document(packed.record);
  collect_labels(document, labels);
  const std::vector<std::string> filters =
      filters_of(document, [&](std::string_view name) { return analyzer_.analyze(name); });

  // Terms of one analysed text, into one entry or two.
  std::uint32_t last_position = 0;
  const auto add_token = [&](Xapian::Document& entry, std::string_view prefix, const Token& token,
                             const Weight& weight, std::uint32_t offset) {
    if (prefix.size() + token.term.size() > schema::kMaxTermBytes) return false;
    term_.assign(prefix);
    term_ += token.term;
    if (weight.positions) {
      entry.add_posting(term_, offset + token.position, weight.wdf);
    } else {
      entry.add_term(term_, weight.wdf);
    }
    return true;
  };

  Xapian::Document& whole = entries.document;
  for (const Token& token : analyzer_.analyze(document.title)) {
    const Weight weight = weight_of(token.kind);
    add_token(whole, weight.prefix, token, weight, 0);
    if (!weight.title_prefix.empty()) add_token(whole, weight.title_prefix, token, weight, 0);
    last_position = std::max(last_position, token.position);
  }
  for (const std::string& bytes : packed.passages) {
    const schema::Passage passage = schema::unpack_passage(bytes);
    const std::uint32_t offset = last_position == 0 ? 0 : last_position + schema::kPassageGap - 1;
    for (const Token& token : analyzer_.analyze(passage.text)) {
      add_token(whole, weight_of(token.kind).prefix, token, weight_of(token.kind), offset);
      last_position = std::max(last_position, offset + token.position);
    }
    for (const schema::Passage::Piece& piece : passage.pieces) {
      entries.text_bytes += piece.end - piece.begin;
    }
  }

  for (const std::string& filter : filters) whole.add_boolean_term(filter);
  if (const std::uint32_t date = schema::date_value(document.date); date != 0) {
    whole.add_value(schema::kDateSlot, schema::pack_u32(date));
  }
  put_value(whole, schema::kTypeSlot, document.type_id);
  put_value(whole, schema::kBodySlot, document.body_id);
  if (document.legislature) {
    whole.add_value(schema::kLegislatureSlot,
                    schema::pack_u32(static_cast<std::uint32_t>(*document.legislature)));
  }
  put_value(whole, schema::kTopicSlot, joined(document.topic_ids));
  put_value(whole, schema::kGroupSlot, joined(document.group_ids));
  put_value(whole, schema::kMinistrySlot, joined(document.ministry_ids));
  whole.add_value(schema::kFirstPassageSlot, schema::pack_u32(first_passage));
  whole.add_value(schema::kPassageCountSlot,
                  schema::pack_u32(static_cast<std::uint32_t>(packed.passages.size())));
  whole.add_value(schema::kTextBytesSlot,
                  schema::pack_u32(static_cast<std::uint32_t>(
                      std::min<std::uint64_t>(entries.text_bytes, UINT32_MAX))));
  if (const std::uint32_t seen = schema::time_value(document.first_seen); seen != 0) {
    whole.add_value(schema::kFirstSeenSlot, schema::pack_u32(seen));
  }
  whole.set_data(codec_.compress_record(packed.record));
  return entries;
}

}  // namespace fundstelle::writer
