// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/stored_document.h"

#include <zdict.h>
#include <zstd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "document/interchange.h"
#include "document/utf8.h"
#include "schema/wire.h"

namespace fundstelle::schema {
namespace {

constexpr char kRecordFormat = 1;
/// Largest passage or record data we would ever read back.
constexpr std::uint64_t kMaxStoredBytes = 256'000'000;
constexpr int kLevel = 3;
constexpr std::size_t kDictionaryBytes = 112'640;

/// Where a text of a section or question comes from.
enum class TextFrom : std::uint8_t { kNothing, kSpan, kSection, kLiteral };

/// Beyond this many sections only those of the same label are searched for a question's text.
constexpr std::size_t kSearchedSections = 64;

void put_question_text(std::string& out, const Document& document, const std::string& text,
                       const std::string& label, SectionKind kind) {
  if (text.empty()) {
    put_number(out, static_cast<std::uint64_t>(TextFrom::kNothing));
    return;
  }
  const auto put_if_found = [&](std::size_t index) {
    const std::size_t at = document.sections[index].text.find(text);
    if (at == std::string::npos) return false;
    put_number(out, static_cast<std::uint64_t>(TextFrom::kSection));
    put_number(out, index);
    put_number(out, at);
    put_number(out, text.size());
    return true;
  };
  const std::vector<Section>& sections = document.sections;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const bool same_label = std::find(sections[i].labels.begin(), sections[i].labels.end(),
                                      label) != sections[i].labels.end();
    if (sections[i].kind == kind && same_label && put_if_found(i)) return;
  }
  for (std::size_t i = 0; i < sections.size() && sections.size() <= kSearchedSections; ++i) {
    if (put_if_found(i)) return;
  }
  put_number(out, static_cast<std::uint64_t>(TextFrom::kLiteral));
  put_text(out, text);
}

std::string question_text(WireReader& in, const Document& document) {
  switch (static_cast<TextFrom>(in.number())) {
    case TextFrom::kNothing:
      return {};
    case TextFrom::kSection: {
      const std::uint64_t index = in.number();
      const std::uint64_t at = in.number();
      const std::uint64_t size = in.number();
      if (index >= document.sections.size()) throw WireError("stored question names no section");
      const std::string& text = document.sections[index].text;
      return at <= text.size() ? text.substr(at, size) : std::string();
    }
    case TextFrom::kLiteral:
      return std::string(in.text());
    default:
      throw WireError("stored question has an unknown form");
  }
}

struct PackedRecord {
  std::string_view texts;
  std::string_view json;
};

PackedRecord parts_of(std::string_view record) {
  if (record.empty() || record[0] != kRecordFormat) {
    throw WireError("stored record has an unknown format");
  }
  WireReader in(record.substr(1));
  PackedRecord parts;
  parts.texts = in.text();
  parts.json = in.rest();
  return parts;
}

std::string read_if_any(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return {};
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) throw std::runtime_error(file.string() + ": cannot be read");
  return std::move(bytes).str();
}

void write_bytes(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) throw std::runtime_error(file.string() + ": cannot be written; is the disk full?");
}

constexpr std::string Document::*kFactTexts[] = {
    &Document::id,    &Document::type,    &Document::type_id,
    &Document::body,  &Document::body_id, &Document::number,
    &Document::title, &Document::date,    &Document::first_seen};
constexpr std::vector<std::string> Document::*kFactLists[] = {
    &Document::authors,      &Document::groups, &Document::group_ids, &Document::ministries,
    &Document::ministry_ids, &Document::topics, &Document::topic_ids, &Document::references};
constexpr int kMostLegislature = 999;  // as read_record takes them

/// Whether the record gives the facts back letter by letter.
bool facts_survive(const Document& document) {
  const auto sound = [](const std::string& text) { return is_utf8(text); };
  const auto in_range = [](int term) { return term >= 0 && term <= kMostLegislature; };
  return std::all_of(std::begin(kFactTexts), std::end(kFactTexts),
                     [&](const auto text) { return sound(document.*text); }) &&
         std::all_of(std::begin(kFactLists), std::end(kFactLists),
                     [&](const auto list) {
                       return std::all_of((document.*list).begin(), (document.*list).end(), sound);
                     }) &&
         std::all_of(document.relations.begin(), document.relations.end(),
                     [&](const Relation& one) { return sound(one.number) && sound(one.id); }) &&
         (!document.legislature || in_range(*document.legislature));
}

struct ContextFree {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  void operator()(ZSTD_CDict* dictionary) const { ZSTD_freeCDict(dictionary); }
  void operator()(ZSTD_DDict* dictionary) const { ZSTD_freeDDict(dictionary); }
};

std::string compressed(std::string_view text, const ZSTD_CDict* dictionary) {
  // A context costs more to make than a short text to compress.
  thread_local const std::unique_ptr<ZSTD_CCtx, ContextFree> context(ZSTD_createCCtx());
  std::string out(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size = dictionary != nullptr
                               ? ZSTD_compress_usingCDict(context.get(), out.data(), out.size(),
                                                          text.data(), text.size(), dictionary)
                               : ZSTD_compressCCtx(context.get(), out.data(), out.size(),
                                                   text.data(), text.size(), kLevel);
  if (ZSTD_isError(size) != 0) throw std::runtime_error(ZSTD_getErrorName(size));
  out.resize(size);
  return out;
}

}  // namespace

std::string pack_document(const Document& document) {
  std::string texts;
  // The record says "paged" by having pages; without text it cannot.
  put_number(texts, document.paged ? 1 : 0);
  put_number(texts, document.pages.size());
  for (const Page& page : document.pages) put_number(texts, page.number);
  for (const Section& section : document.sections) {
    if (section.text.empty()) {
      put_number(texts, static_cast<std::uint64_t>(TextFrom::kNothing));
    } else if (text_of(document.pages, section.span) == section.text) {
      put_number(texts, static_cast<std::uint64_t>(TextFrom::kSpan));
    } else {
      put_number(texts, static_cast<std::uint64_t>(TextFrom::kLiteral));
      put_text(texts, section.text);
    }
  }
  for (const Question& question : document.questions) {
    put_question_text(texts, document, question.text, question.label, SectionKind::kQuestion);
    put_question_text(texts, document, question.answer, question.label, SectionKind::kAnswer);
    for (const QuestionPart& part : question.parts) {
      put_question_text(texts, document, part.text, question.label, SectionKind::kQuestion);
      put_question_text(texts, document, part.answer, question.label, SectionKind::kAnswer);
    }
  }
  std::string record(1, kRecordFormat);
  put_text(record, texts);
  record += to_interchange(document, {.with_text = false});
  return record;
}

std::string pack_facts(const Document& document, std::string_view record) {
  if (!facts_survive(document)) return pack_facts(unpack_document(record), record);
  std::string facts;
  for (const auto text : kFactTexts) put_text(facts, document.*text);
  for (const auto list : kFactLists) {
    put_number(facts, (document.*list).size());
    for (const std::string& text : document.*list) put_text(facts, text);
  }
  put_number(facts, document.legislature ? *document.legislature + 1 : 0);
  put_number(facts, document.relations.size());
  for (const Relation& relation : document.relations) {
    put_number(facts, static_cast<std::uint64_t>(relation.kind));
    put_text(facts, relation.number);
    put_text(facts, relation.id);
  }
  return facts;
}

Document unpack_facts(std::string_view facts) {
  WireReader in(facts);
  Document document;
  for (const auto text : kFactTexts) document.*text = in.text();
  for (const auto list : kFactLists) {
    const std::size_t count = in.count();
    (document.*list).reserve(count);
    for (std::size_t i = 0; i < count; ++i) (document.*list).emplace_back(in.text());
  }
  if (const std::uint64_t term = in.number(); term > 0) {
    document.legislature = static_cast<int>(term - 1);
  }
  for (std::size_t n = in.count(); n > 0; --n) {
    Relation relation;
    relation.kind = static_cast<RelationKind>(in.number());
    relation.number = in.text();
    relation.id = in.text();
    document.relations.push_back(std::move(relation));
  }
  return document;
}

Document unpack_document(std::string_view record) {
  const PackedRecord parts = parts_of(record);
  Document document = from_interchange_without_text(parts.json);
  document.paged = WireReader(parts.texts).number() != 0;
  return document;
}

Document unpack_document(std::string_view record, const std::vector<Passage>& passages) {
  const PackedRecord parts = parts_of(record);
  Document document = from_interchange_without_text(parts.json);
  WireReader in(parts.texts);
  document.paged = in.number() != 0;
  for (std::size_t n = in.count(); n > 0; --n) {
    Page page;
    page.number = in.number32();
    document.pages.push_back(std::move(page));
  }
  std::size_t at = 0;
  for (const Passage& passage : passages) {
    std::size_t offset = 0;
    for (const Passage::Piece& piece : passage.pieces) {
      if (offset > 0) offset += 2;
      while (at < document.pages.size() && document.pages[at].number != piece.page) ++at;
      const std::size_t size = piece.end - piece.begin;
      if (at == document.pages.size() || piece.end < piece.begin ||
          document.pages[at].text.size() != piece.begin || offset + size > passage.text.size()) {
        throw WireError("passages of '" + document.id + "' do not fit together");
      }
      document.pages[at].text.append(passage.text, offset, size);
      offset += size;
    }
  }
  for (Section& section : document.sections) {
    switch (static_cast<TextFrom>(in.number())) {
      case TextFrom::kNothing:
        break;
      case TextFrom::kSpan:
        section.text = text_of(document.pages, section.span);
        break;
      case TextFrom::kLiteral:
        section.text = in.text();
        break;
      default:
        throw WireError("stored section has an unknown form");
    }
  }
  for (Question& question : document.questions) {
    question.text = question_text(in, document);
    question.answer = question_text(in, document);
    for (QuestionPart& part : question.parts) {
      part.text = question_text(in, document);
      part.answer = question_text(in, document);
    }
  }
  return document;
}

struct StoredCodec::State {
  std::string record_dictionary, passage_dictionary;
  std::unique_ptr<ZSTD_CDict, ContextFree> pack_record, pack_passage;
  std::unique_ptr<ZSTD_DDict, ContextFree> read_record, read_passage;
  unsigned record_id = 0, passage_id = 0;

  State(std::string record, std::string passage)
      : record_dictionary(std::move(record)), passage_dictionary(std::move(passage)) {
    if (!record_dictionary.empty()) {
      pack_record.reset(
          ZSTD_createCDict(record_dictionary.data(), record_dictionary.size(), kLevel));
      read_record.reset(ZSTD_createDDict(record_dictionary.data(), record_dictionary.size()));
      record_id = ZSTD_getDictID_fromDDict(read_record.get());
    }
    if (!passage_dictionary.empty()) {
      pack_passage.reset(
          ZSTD_createCDict(passage_dictionary.data(), passage_dictionary.size(), kLevel));
      read_passage.reset(ZSTD_createDDict(passage_dictionary.data(), passage_dictionary.size()));
      passage_id = ZSTD_getDictID_fromDDict(read_passage.get());
    }
  }
};

StoredCodec::StoredCodec() : state_(std::make_shared<const State>("", "")) {}

StoredCodec::StoredCodec(std::string record_dictionary, std::string passage_dictionary)
    : state_(std::make_shared<const State>(std::move(record_dictionary),
                                           std::move(passage_dictionary))) {}

StoredCodec::StoredCodec(const std::filesystem::path& dir)
    : StoredCodec(read_if_any(dir / "records.dict"), read_if_any(dir / "passages.dict")) {}

void StoredCodec::save(const std::filesystem::path& dir) const {
  if (!state_->record_dictionary.empty()) {
    write_bytes(dir / "records.dict", state_->record_dictionary);
  }
  if (!state_->passage_dictionary.empty()) {
    write_bytes(dir / "passages.dict", state_->passage_dictionary);
  }
}

std::string StoredCodec::compress_record(std::string_view record) const {
  return compressed(record, state_->pack_record.get());
}

std::string StoredCodec::compress_passage(std::string_view passage) const {
  return compressed(passage, state_->pack_passage.get());
}

std::string StoredCodec::decompress(std::string_view data) const {
  const unsigned long long size = ZSTD_getFrameContentSize(data.data(), data.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN ||
      size > kMaxStoredBytes) {
    throw WireError("stored data is damaged");
  }
  const unsigned id = ZSTD_getDictID_fromFrame(data.data(), data.size());
  const ZSTD_DDict* dictionary = nullptr;
  if (id != 0) {
    if (id == state_->record_id) dictionary = state_->read_record.get();
    if (id == state_->passage_id) dictionary = state_->read_passage.get();
    if (dictionary == nullptr) throw WireError("stored data needs a dictionary that is missing");
  }
  thread_local const std::unique_ptr<ZSTD_DCtx, ContextFree> context(ZSTD_createDCtx());
  std::string out(size, '\0');
  const std::size_t got =
      dictionary != nullptr
          ? ZSTD_decompress_usingDDict(context.get(), out.data(), out.size(), data.data(),
                                       data.size(), dictionary)
          : ZSTD_decompressDCtx(context.get(), out.data(), out.size(), data.data(), data.size());
  if (ZSTD_isError(got) != 0 || got != size) throw WireError("stored data is damaged");
  return out;
}

std::string learn_dictionary(const std::vector<std::string>& samples) {
  std::string joined;
  std::vector<std::size_t> sizes;
  for (const std::string& sample : samples) {
    joined += sample;
    sizes.push_back(sample.size());
  }
  // zstd advises a hundred times the size of the dictionary; below ten times it does not pay.
  if (sizes.size() < 100 || joined.size() < 10 * kDictionaryBytes) return {};
  std::string dictionary(kDictionaryBytes, '\0');
  const std::size_t size =
      ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), joined.data(), sizes.data(),
                            static_cast<unsigned>(sizes.size()));
  if (ZDICT_isError(size) != 0) return {};
  dictionary.resize(size);
  return dictionary;
}

}  // namespace fundstelle::schema
