// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/remote_copy.h"

#include <xapian.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <unordered_map>

#include "schema/remote.h"
#include "schema/takedowns.h"
#include "text/analyzer.h"
#include "writer/postings.h"
#include "writer/writer.h"

namespace fundstelle::writer {
namespace {

namespace fs = std::filesystem;

/// Documents between two commits: bounds memory.
constexpr std::uint32_t kCommitAfter = 20'000;

/// Positions with room between them (schema/remote.h).
class SpacedPlaces {
 public:
  /// Terms must come in order of their names: exact terms first, they stand at 0.
  std::uint32_t at(const std::string& term, std::uint32_t position) {
    const bool exact = term.starts_with(schema::kExact) || term.starts_with(schema::kTitleExact);
    std::uint32_t offset = 0;
    if (!exact) {
      std::uint32_t& taken = taken_[position];
      taken = std::min(taken + 1, schema::kRemoteMostTermsAtAPlace - 1);
      offset = taken;
    }
    return position * schema::kRemoteStride + offset;
  }

 private:
  std::unordered_map<std::uint32_t, std::uint32_t> taken_;
};

Xapian::Document spaced(const Xapian::Document& entry) {
  Xapian::Document out;
  SpacedPlaces places;
  for (auto term = entry.termlist_begin(); term != entry.termlist_end(); ++term) {
    const std::string name = *term;
    out.add_term(name, term.get_wdf());
    for (auto at = term.positionlist_begin(); at != term.positionlist_end(); ++at) {
      out.add_posting(name, places.at(name, *at), 0);
    }
  }
  for (auto value = entry.values_begin(); value != entry.values_end(); ++value) {
    out.add_value(value.get_valueno(), *value);
  }
  return out;
}

void add_remote_values(Xapian::Document& entry, const Document& document) {
  const std::uint32_t date = schema::date_value(document.date);
  if (date != 0) entry.add_value(schema::kMonthSlot, schema::pack_u32(date / 100));
  entry.add_value(schema::kOldestFirstSlot, schema::pack_u32(date != 0 ? date : UINT32_MAX));
  entry.add_value(schema::kAddedSlot, schema::pack_u32(schema::time_value(document.first_seen)) +
                                          schema::pack_u32(date));
}

void keep_words(Xapian::WritableDatabase& db, const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw WriterError(file.string() + ": cannot be read");
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  for (std::size_t at = 0, piece = 0; at < bytes.size(); at += schema::kRemotePieceBytes, ++piece) {
    db.set_metadata(schema::kRemoteWordsKey + std::to_string(piece),
                    bytes.substr(at, schema::kRemotePieceBytes));
  }
}

}  // namespace

void write_remote_copy(const GenerationMade& made) {
  const fs::path raw = made.work / "remote";
  PostingMaker maker(made.words, made.codec);
  Labels labels;
  {
    Xapian::WritableDatabase db(raw.string(), Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC |
                                                  Xapian::DB_DANGEROUS | Xapian::DB_BACKEND_GLASS);
    std::uint32_t waiting = 0;
    for (const Spool* const spool : made.spools) {
      for (const Spool::Block& block : spool->blocks()) {
        spool->read(block, [&](std::uint32_t, PackedDocument&& packed) {
          const Document document = schema::unpack_document(packed.record);
          if (made.copies.contains(document.id)) return;
          Xapian::Document entry = spaced(maker.make(packed, 1, labels).document);
          add_remote_values(entry, document);
          entry.set_data(schema::pack_remote(packed.record, packed.passages));
          db.add_document(entry);
          if (++waiting < kCommitAfter) return;
          db.commit();
          waiting = 0;
        });
      }
    }
    for (const auto& [key, label] : labels) db.set_metadata(key, label);
    keep_words(db, made.target / "words.zst");
    for (const auto& [id, takedown] : schema::read_takedowns(made.index)) {
      db.set_metadata(schema::kRemoteTakedownKey + id, takedown.date + '\n' + takedown.reason);
    }
    db.set_metadata(schema::kRemoteVersionKey, std::to_string(schema::kSchemaVersion));
    db.set_metadata(schema::kRemoteFingerprintKey, Analyzer(made.words).fingerprint());
    db.commit();
    // Names this state: cursors end with it.
    db.set_metadata(schema::kRemoteRevisionKey,
                    db.get_uuid().substr(0, 8) + std::to_string(db.get_doccount()));
    db.commit();
  }
  Xapian::Database(raw.string())
      .compact((made.target / schema::kRemoteFolder).string(), Xapian::Compactor::FULL);
  fs::remove_all(raw);
}

}  // namespace fundstelle::writer
