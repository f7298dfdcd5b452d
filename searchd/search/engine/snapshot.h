// SPDX-License-Identifier: GPL-3.0-or-later
//
// One revision of the index, opened: databases, columns in memory, tombstones. Never changes; a
// newer revision is another snapshot.
#pragma once

#include <xapian.h>

#include <array>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <roaring/roaring.hh>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "query/request.h"
#include "schema/columns.h"
#include "schema/layout.h"
#include "schema/stored_document.h"
#include "schema/text_index.h"
#include "search/engine/bounded_cache.h"
#include "search/engine/deadline.h"
#include "search/engine/gatherer.h"
#include "search/engine/orders.h"
#include "search/engine/postings.h"
#include "search/engine/records.h"
#include "search/engine/scored.h"
#include "search/engine/tables.h"
#include "search/engine/terms.h"
#include "suggest/speller.h"
#include "text/analyzer.h"
#include "text/word_places.h"
#include "vocabulary/vocabulary_file.h"

namespace fundstelle::search {

/// Documents or passages of all sub-databases.
struct Space {
  Gid end = 1;              ///< one past the largest gid
  std::uint64_t count = 0;  ///< living entries
  Roaring alive;
  /// By gid: length / mean length of the living.
  std::vector<float> length;
};

/// Values of one facet in memory.
struct FacetColumn {
  /// Value id to slug and label. Legislature and year have none: their id is the number itself.
  std::vector<std::string> slugs, labels;
  std::unordered_map<std::string, std::uint32_t> id_of;
  /// Single values by gid of the document; kNone if it has none.
  std::vector<std::uint16_t> single;
  /// Lists: values[starts[gid] .. starts[gid + 1]].
  std::vector<std::uint32_t> starts;
  std::vector<std::uint16_t> values;
  std::uint32_t end = 0;  ///< one past the largest value id

  static constexpr std::uint16_t kNone = 0xFFFF;

  template <typename Take>
  void for_each(Gid document, Take&& take) const {
    if (!single.empty()) {
      if (single[document] != kNone) take(static_cast<std::uint32_t>(single[document]));
      return;
    }
    for (std::uint32_t i = starts[document]; i < starts[document + 1]; ++i) {
      take(static_cast<std::uint32_t>(values[i]));
    }
  }
  [[nodiscard]] std::string slug(std::uint32_t id) const;
  [[nodiscard]] std::string label(std::uint32_t id) const;
  [[nodiscard]] std::optional<std::uint32_t> find(const std::string& slug) const;
};

class Snapshot;
struct FacetSource;

/// What one thread needs to read a snapshot; Xapian objects and the analyzer belong to one thread.
class Reader {
 public:
  explicit Reader(const Snapshot& snapshot);

  const Snapshot& snapshot;
  Analyzer analyzer;
  PlaceReader places;
  /// False: marks of hits come from reading their texts, which those of streams are compared with.
  bool marks_by_streams = true;
  std::vector<Xapian::Database> documents, passages;  ///< by sub-database

  /// Of the answer being made.
  mutable Deadline deadline;

  /// Zeroed scratch numbers by gid; whoever uses them leaves them zero.
  std::vector<float> scratch;

  /// For lists written out; nobody relies on what is in it.
  mutable std::vector<Gid> ids;

  /// Adds up postings of words, in `scratch`.
  Gatherer gatherer;

  /// Living entries with a filter term.
  [[nodiscard]] std::vector<Gid> filtered(Unit unit, const std::string& term) const;
  /// Entries with a term, dead ones and copies too: for how rare it is.
  [[nodiscard]] std::uint64_t frequency(Unit unit, const std::string& term) const;
  /// Terms that begin with `prefix` and their frequency; with a delta those of both, one after the
  /// other, each ascending.
  void each_term(
      Unit unit, const std::string& prefix,
      const std::function<void(const std::string& term, std::uint32_t frequency)>& take) const;
  /// The first passage with a word.
  [[nodiscard]] std::optional<Gid> first_passage_with(const std::string& term) const;
  /// Finds the places of some terms. The last few are kept: asking again for the same costs little.
  [[nodiscard]] TermFinder& finder(const std::vector<std::vector<std::string>>& slots) const;

  /// Positions of a term in one entry, appended to `out`, ascending.
  void positions(Unit unit, Gid gid, const std::string& term,
                 std::vector<std::uint32_t>& out) const;
  /// Stems of a document and how often each occurs (wdf), appended, ascending; none beyond `most`.
  /// False if there were more.
  bool stems(Gid document, std::size_t most,
             std::vector<std::pair<std::string, std::uint32_t>>& out) const;
  /// Data of an entry, decompressed.
  [[nodiscard]] std::string data(Unit unit, Gid gid) const;
  /// Living document with this id, listed or a copy.
  [[nodiscard]] std::optional<Gid> find(std::string_view id) const;
  /// Living documents with this term, ascending.
  [[nodiscard]] std::vector<Gid> documents_with(const std::string& term) const;

 private:
  mutable std::vector<std::unique_ptr<TermFinder>> finders_;  ///< most recently used first
};

/// Bytes each cache may hold.
struct CacheSizes {
  std::size_t postings = 0, answers = 0, records = 0, listed = 0;
};

class Snapshot : public std::enable_shared_from_this<Snapshot> {
 public:
  /// Word lists are shared with an `earlier` revision that read the same file. Throws
  /// schema::IndexError.
  Snapshot(const std::filesystem::path& dir, schema::Current current, const CacheSizes& sizes,
           const Snapshot* earlier = nullptr);

  struct Sub {
    std::filesystem::path dir;
    schema::StoredCodec codec;
    std::shared_ptr<const schema::TextIndex> text;
    Gid document_base = 0, passage_base = 0;  ///< gid = base + docid
    [[nodiscard]] Gid base(Unit unit) const {
      return unit == Unit::kDocument ? document_base : passage_base;
    }
  };

  /// A reader for the calling thread, given back when the lease ends.
  class Lease {
   public:
    Lease(const Snapshot& owner, std::unique_ptr<Reader> reader)
        : owner_(&owner), reader_(std::move(reader)) {}
    /// A reader whose work ended in an exception may be left half-way: it is not used again.
    ~Lease() {
      if (std::uncaught_exceptions() == exceptions_) owner_->give_back(std::move(reader_));
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Reader& operator*() const { return *reader_; }

   private:
    const Snapshot* owner_;
    std::unique_ptr<Reader> reader_;
    int exceptions_ = std::uncaught_exceptions();
  };
  [[nodiscard]] Lease lease() const;

  [[nodiscard]] const Sub& sub_of(Unit unit, Gid gid) const { return subs[sub_index(unit, gid)]; }
  [[nodiscard]] std::size_t sub_index(Unit unit, Gid gid) const {
    std::size_t i = subs.size() - 1;
    while (i > 0 && gid <= subs[i].base(unit)) --i;
    return i;
  }
  [[nodiscard]] const Space& space(Unit unit) const {
    return unit == Unit::kDocument ? documents : passages;
  }
  [[nodiscard]] const FacetColumn& facet(Facet facet) const {
    return facets[static_cast<std::size_t>(facet)];
  }
  /// Rank of each document's id among all ids; breaks ties.
  [[nodiscard]] const std::vector<std::uint32_t>& id_ranks() const { return ranks_; }
  /// Made beside everything else when a revision is opened; waits if it is not ready yet.
  [[nodiscard]] const suggest::Speller& speller() const { return *speller_.get(); }
  /// The document an entry belongs to (a document to itself).
  [[nodiscard]] Gid document_of(Unit unit, Gid gid) const {
    return unit == Unit::kDocument ? gid : parent[gid];
  }

  void resize_caches(const CacheSizes& sizes) const;

  std::filesystem::path dir;
  schema::Current current;
  std::vector<schema::Manifest> manifests;
  std::shared_ptr<const WordData> words;
  /// What is offered to someone typing; null if the generation has none.
  std::unique_ptr<const vocabulary::VocabularyFile> vocabulary;
  std::vector<Sub> subs;
  Space documents, passages;
  /// Copies (schema/copies.h): living, found by id, but in no result, count or facet.
  std::map<std::string, std::string> copies;                  ///< id to the id listed in its place
  std::map<std::string, std::vector<std::string>> copies_of;  ///< the other way round, sorted
  Roaring copied_documents, copied_passages;
  std::array<FacetColumn, kFacetCount> facets;
  std::vector<std::uint32_t> date;                          ///< yyyymmdd by document gid, 0: none
  std::vector<std::uint32_t> first_passage, passage_count;  ///< by document gid; gids of passages
  std::vector<Gid> parent;                                  ///< document gid by passage gid
  Roaring asked_passages, answered_passages;  ///< that hold (part of) a question, an answer
  std::vector<std::uint32_t> first_seen;      ///< seconds since 1970 by document gid, 0: not known
  std::uint32_t oldest_date = 0, newest_date = 0;
  std::uint64_t bodies = 0;
  mutable BoundedCache<Postings> cache;
  mutable BoundedCache<Scored> scored;   ///< what parts of queries add to scores
  mutable BoundedCache<Record> records;  ///< of hits shown
  mutable BoundedCache<Record> listed;   ///< of hits listed without texts
  mutable BoundedCache<KeptAnswer> answers;
  Orders orders;      ///< made when first asked for
  LazyTables tables;  ///< what only long lists ask for

 private:
  /// Device, number, size and time of change of a file: what tells it from any other.
  using FileMark = std::array<std::int64_t, 5>;

  void give_back(std::unique_ptr<Reader> reader) const;
  void load_words(const std::filesystem::path& file, const Snapshot* earlier);
  void load_space(Unit unit, const std::vector<schema::Columns>& columns);
  void load_columns(std::vector<schema::Columns>& columns);
  void load_facet(const FacetSource& source, std::vector<schema::Columns>& columns);
  void rank_ids(std::vector<schema::Columns>& columns);

  mutable std::mutex pool_mutex_;
  mutable std::vector<std::unique_ptr<Reader>> pool_;
  std::vector<std::uint32_t> ranks_;
  FileMark words_file_{};
  std::shared_future<std::shared_ptr<const suggest::Speller>> speller_;
};

}  // namespace fundstelle::search
