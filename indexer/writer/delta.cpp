// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/delta.h"

#include <xapian.h>

#include "schema/schema.h"
#include "writer/generation.h"
#include "writer/postings.h"

namespace fundstelle::writer {
namespace {

/// Xapian keeps changes in memory until they are committed: about this many bytes of text at once.
constexpr std::uint64_t kCommitBytes = 8 << 20;

void copy_if_any(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (std::filesystem::exists(from)) {
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
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
  // Unlike a generation's, these passages keep their term lists: deleting needs them.
  Xapian::WritableDatabase passages((target / "passages").string(), kFlags);

  for (const Xapian::docid docid : changes.removed) {
    const Xapian::Document entry = documents.get_document(docid);
    const auto first = schema::unpack_u32(entry.get_value(schema::kFirstPassageSlot));
    const auto count = schema::unpack_u32(entry.get_value(schema::kPassageCountSlot));
    manifest.text_bytes -= schema::unpack_u32(entry.get_value(schema::kTextBytesSlot));
    for (std::uint32_t i = 0; i < count; ++i) passages.delete_document(first + i);
    documents.delete_document(docid);
  }

  PostingMaker maker(words, schema::StoredCodec(target));
  Labels labels;
  const std::uint64_t total = changes.added->documents();
  std::uint64_t done = 0;
  std::uint64_t pending = 0;
  Xapian::docid docid = documents.get_lastdocid();
  Xapian::docid passage_id = passages.get_lastdocid();
  for (const Spool::Block& block : changes.added->blocks()) {
    changes.added->read(block, [&](std::uint32_t, PackedDocument&& packed) {
      const Entries entries = maker.make(packed, ++docid, passage_id + 1, labels);
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
  manifest.content_hash = sha256_of(content + changes.content);
  schema::write_manifest(target, manifest);
  return manifest;
}

}  // namespace fundstelle::writer
