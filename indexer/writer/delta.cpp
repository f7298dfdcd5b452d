// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/delta.h"

#include <xapian.h>

#include <algorithm>
#include <vector>

#include "schema/columns.h"
#include "schema/durable.h"
#include "schema/schema.h"
#include "schema/text_index.h"
#include "writer/entries.h"
#include "writer/generation.h"
#include "writer/text_builder.h"

namespace fundstelle::writer {
namespace {

/// Xapian keeps changes in memory until they are committed: about this many bytes of text at once.
constexpr std::uint64_t kCommitBytes = 8 << 20;

void copy_if_any(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (std::filesystem::exists(from)) {
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
  }
}

/// The texts of an earlier delta without the documents in `gone`.
void copy_words(const schema::TextIndex& from, const schema::Columns& columns, const Roaring& gone,
                TextBuilder& texts, TextBuilder::Part& into) {
  std::vector<std::vector<std::string>> terms(from.bundles());
  for (const std::string_view kind :
       {schema::kExact, schema::kNumber, schema::kPart, schema::kStem, schema::kBlind}) {
    from.each(kind, [&](std::string_view name, const schema::TextIndex::Term& term) {
      from.for_each_bundle(term, [&](std::uint32_t bundle, std::uint32_t times) {
        terms[bundle].insert(terms[bundle].end(), times, std::string(name));
      });
      return true;
    });
  }
  std::vector<std::uint32_t> number(from.bundles(), UINT32_MAX);  // in `texts`
  const auto words_of = [&](const schema::TextIndex::Stream& stream) {
    Words words;
    words.reserve(stream.words());
    stream.for_each([&](std::uint32_t, std::uint32_t bundle) {
      if (number[bundle] == UINT32_MAX) number[bundle] = texts.bundles().number_of(terms[bundle]);
      words.push_back(number[bundle]);
    });
    return words;
  };
  for (std::uint32_t docid = 1; docid <= columns.last_document(); ++docid) {
    if (!columns.has(docid) || gone.contains(docid)) continue;
    std::vector<TextBuilder::PassageWords> passages;
    for (std::uint32_t i = 0; i < columns.passage_count[docid]; ++i) {
      const auto stream = from.passage(columns.first_passage[docid] + i);
      passages.push_back({words_of(stream), stream.zones()});
    }
    into.add(docid, columns.first_passage[docid], words_of(from.title(docid)), passages);
  }
}

}  // namespace

schema::Manifest build_delta(const std::filesystem::path& target,
                             const std::filesystem::path& generation,
                             const std::filesystem::path& previous, const DeltaChanges& changes,
                             std::shared_ptr<const WordData> words, const WriterOptions& options,
                             const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  schema::Manifest manifest;
  std::string content;
  if (!previous.empty()) {
    manifest = schema::read_manifest(previous);
    content = manifest.content_hash;
    copy_if_any(previous / "documents", target / "documents");
    copy_if_any(previous / "passages", target / "passages");
  }
  for (const char* dictionary : {"records.dict", "passages.dict"}) {
    copy_if_any(generation / dictionary, target / dictionary);
  }

  constexpr int kFlags = Xapian::DB_CREATE_OR_OPEN | Xapian::DB_NO_SYNC | Xapian::DB_BACKEND_GLASS;
  Xapian::WritableDatabase documents((target / "documents").string(), kFlags);
  // Unlike a generation's, these keep lists of terms: deleting needs them.
  Xapian::WritableDatabase passages((target / "passages").string(), kFlags);

  schema::ColumnsBuilder columns;
  const std::filesystem::path work = target.parent_path() / "delta-parts";
  std::filesystem::create_directories(work);
  TextBuilder texts(work);
  const std::unique_ptr<TextBuilder::Part> text = texts.part(0);
  if (!previous.empty()) {
    schema::Columns before = schema::read_columns(previous);
    Roaring gone;
    for (const Xapian::docid docid : changes.removed) {
      gone.add(docid);
      manifest.text_bytes -= before.text_bytes.at(docid);
      for (std::uint32_t i = 0; i < before.passage_count[docid]; ++i) {
        passages.delete_document(before.first_passage[docid] + i);
      }
      documents.delete_document(docid);
    }
    copy_words(schema::TextIndex(previous), before, gone, texts, *text);
    columns = schema::ColumnsBuilder(std::move(before));
    for (const Xapian::docid docid : changes.removed) columns.remove(docid);
  }

  EntryMaker maker(words, schema::StoredCodec(target), texts.bundles());
  Labels labels;
  const std::uint64_t total = changes.added->documents();
  std::uint64_t done = 0;
  std::uint64_t pending = 0;
  // Numbers of documents and passages are never given twice within a delta.
  Xapian::docid docid = std::max(documents.get_lastdocid(), columns.last_document());
  Xapian::docid passage_id = std::max(passages.get_lastdocid(), columns.last_passage());
  for (const Spool::Block& block : changes.added->blocks()) {
    changes.added->read(block, [&](std::uint32_t, PackedDocument&& packed) {
      const StoredEntries entries = maker.make(packed, ++docid, passage_id + 1, labels);
      text->add(docid, passage_id + 1, entries.title, entries.words);
      columns.add(entries.row);
      documents.replace_document(docid, entries.document);
      for (const Xapian::Document& passage : entries.passages) {
        passages.replace_document(++passage_id, passage);
      }
      manifest.text_bytes += entries.text_bytes;
      pending += entries.text_bytes;
      if (pending > kCommitBytes) {
        documents.commit();
        passages.commit();
        pending = 0;
      }
      if (progress) progress(++done, total);
    });
  }
  text->close();
  texts.finished(0, *text);
  texts.write(target, columns.last_document(), columns.last_passage(),
              [](std::size_t count, const std::function<void(std::size_t)>& task) {
                for (std::size_t i = 0; i < count; ++i) task(i);
              });
  std::move(columns).write(target);
  std::filesystem::remove_all(work);
  for (const auto& [key, label] : labels) {
    if (documents.get_metadata(key).empty()) documents.set_metadata(key, label);
  }
  documents.commit();
  passages.commit();
  manifest.documents = documents.get_doccount();
  manifest.passages = passages.get_doccount();
  documents.close();
  passages.close();

  write_bitmap(target / "dead-documents", changes.dead_documents);
  write_bitmap(target / "dead-passages", changes.dead_passages);
  manifest.dead_documents = changes.dead_documents.cardinality();
  manifest.dead_passages = changes.dead_passages.cardinality();
  manifest.schema_version = schema::kSchemaVersion;
  manifest.fingerprint = schema::read_manifest(generation).fingerprint;
  manifest.program_version = options.program_version;
  manifest.created = utc_now();
  manifest.content_hash = schema::sha256_of_text(content + changes.content);
  schema::write_manifest(target, manifest);
  return manifest;
}

}  // namespace fundstelle::writer
