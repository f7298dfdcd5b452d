// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/snapshot.h"

#include "schema/copies.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "identity/identity.h"

namespace fundstelle::search {
namespace {

constexpr char kListSeparator = '\x1F';

Xapian::Database open(const std::filesystem::path& path) {
  try {
    return Xapian::Database(path.string());
  } catch (const Xapian::Error& error) {
    throw schema::IndexError(path.string() + ": cannot be opened: " + error.get_msg() +
                             "; run fundstelle-indexer check");
  }
}

Roaring read_tombstones(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return {};
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (bytes.empty()) return {};
  try {
    return Roaring::readSafe(bytes.data(), bytes.size());
  } catch (const std::exception&) {
    throw schema::IndexError(file.string() + ": damaged tombstones; rebuild the index");
  }
}

struct FacetSource {
  Facet facet;
  unsigned slot;
  bool list;
  Axis axis;
  const char* axis_name;
};
constexpr FacetSource kSlugFacets[] = {
    {Facet::kBody, schema::kBodySlot, false, Axis::kBody, "body"},
    {Facet::kType, schema::kTypeSlot, false, Axis::kType, "type"},
    {Facet::kTopic, schema::kTopicSlot, true, Axis::kTopic, "topic"},
    {Facet::kGroup, schema::kGroupSlot, true, Axis::kGroup, "group"},
    {Facet::kMinistry, schema::kMinistrySlot, true, Axis::kMinistry, "ministry"},
};

}  // namespace

std::string FacetColumn::slug(std::uint32_t id) const {
  return slugs.empty() ? std::to_string(id) : slugs.at(id);
}
std::string FacetColumn::label(std::uint32_t id) const {
  return slugs.empty() ? std::to_string(id) : labels.at(id);
}
std::optional<std::uint32_t> FacetColumn::find(const std::string& slug) const {
  if (const auto found = id_of.find(slug); found != id_of.end()) return found->second;
  return std::nullopt;
}

Reader::Reader(const Snapshot& from) : snapshot(from), analyzer(from.words) {
  for (const Snapshot::Sub& sub : snapshot.subs) {
    documents.push_back(open(sub.dir / "documents"));
    passages.push_back(open(sub.dir / "passages"));
  }
  scratch.resize(std::max(snapshot.documents.end, snapshot.passages.end));
}

void Reader::positions(Unit unit, Gid gid, const std::string& term,
                       std::vector<std::uint32_t>& out) const {
  const std::size_t sub = snapshot.sub_index(unit, gid);
  const Xapian::Database& db = databases(unit)[sub];
  const Xapian::docid id = gid - snapshot.subs[sub].base(unit);
  for (auto it = db.positionlist_begin(id, term); it != db.positionlist_end(id, term); ++it) {
    out.push_back(*it);
  }
}

bool Reader::terms(Unit unit, Gid gid, std::string_view prefix, std::size_t most,
                   std::vector<std::pair<std::string, std::uint32_t>>& out) const {
  const std::size_t sub = snapshot.sub_index(unit, gid);
  const Xapian::Database& db = databases(unit)[sub];
  const Xapian::docid id = gid - snapshot.subs[sub].base(unit);
  try {
    const auto end = db.termlist_end(id);
    auto it = db.termlist_begin(id);
    for (it.skip_to(std::string(prefix)); it != end; ++it) {
      std::string term = *it;
      if (!term.starts_with(prefix)) break;
      if (out.size() >= most) return false;
      out.emplace_back(std::move(term), it.get_wdf());
    }
  } catch (const Xapian::FeatureUnavailableError&) {
    return false;  // passages/ keeps no lists of terms
  }
  return true;
}

std::string Reader::data(Unit unit, Gid gid) const {
  const std::size_t sub = snapshot.sub_index(unit, gid);
  const Xapian::docid id = gid - snapshot.subs[sub].base(unit);
  return snapshot.subs[sub].codec.decompress(databases(unit)[sub].get_document(id).get_data());
}

std::vector<Gid> Reader::documents_with(const std::string& term) const {
  std::vector<Gid> found;
  if (term.size() > schema::kMaxTermBytes) return found;
  for (std::size_t sub = 0; sub < documents.size(); ++sub) {
    const Gid base = snapshot.subs[sub].document_base;
    for (auto it = documents[sub].postlist_begin(term); it != documents[sub].postlist_end(term);
         ++it) {
      if (snapshot.documents.alive.contains(base + *it)) found.push_back(base + *it);
    }
  }
  return found;
}

std::optional<Gid> Reader::find(std::string_view id) const {
  const std::string term = std::string(schema::kId) + std::string(id);
  const std::vector<Gid> found = documents_with(term);
  if (!found.empty()) return found.back();
  if (!snapshot.copies.contains(std::string(id))) return std::nullopt;
  for (std::size_t sub = 0; sub < documents.size(); ++sub) {
    const Gid base = snapshot.subs[sub].document_base;
    for (auto it = documents[sub].postlist_begin(term); it != documents[sub].postlist_end(term);
         ++it) {
      if (snapshot.copied_documents.contains(base + *it)) return base + *it;
    }
  }
  return std::nullopt;
}

Snapshot::Snapshot(const std::filesystem::path& index_dir, schema::Current which,
                   std::size_t posting_cache_bytes)
    : dir(index_dir), current(std::move(which)), cache(posting_cache_bytes) {
  const std::filesystem::path generation = schema::generation_dir(dir, current.generation);
  manifests.push_back(schema::read_manifest(generation));
  try {
    words = std::make_shared<const WordData>(WordData::load(generation / "words.zst"));
  } catch (const TextError& error) {
    throw schema::IndexError(std::string(error.what()) + "; rebuild the index");
  }
  const std::string fingerprint = Analyzer(words).fingerprint();
  if (fingerprint != current.fingerprint) {
    throw schema::IndexError(dir.string() + ": made with text analysis " + current.fingerprint +
                             ", this program has " + fingerprint +
                             "; run fundstelle-indexer index again or use the matching program");
  }
  const std::filesystem::path offered = generation / vocabulary::kFileName;
  if (std::filesystem::exists(offered)) {
    try {
      vocabulary = std::make_unique<const vocabulary::VocabularyFile>(offered);
    } catch (const vocabulary::VocabularyError& error) {
      throw schema::IndexError(error.what());
    }
  }
  speller_ =
      std::async(std::launch::async, [data = words]() -> std::shared_ptr<const suggest::Speller> {
        return std::make_shared<const suggest::Speller>(data);
      }).share();
  std::vector<std::filesystem::path> folders{generation};
  if (current.delta != 0) {
    folders.push_back(schema::delta_dir(dir, current.delta));
    manifests.push_back(schema::read_manifest(folders.back()));
  }
  for (const auto& folder : folders) {
    try {
      subs.push_back({folder, schema::StoredCodec(folder), 0, 0});
    } catch (const std::runtime_error& error) {
      throw schema::IndexError(folder.string() + ": " + error.what() + "; rebuild the index");
    }
  }
  copies = schema::read_copies(folders.back());
  for (const auto& [copy, listed] : copies) copies_of[listed].push_back(copy);
  load_space(Unit::kDocument);
  load_space(Unit::kPassage);
  load_columns();
  pool_.push_back(std::make_unique<Reader>(*this));
  (void)id_ranks();  // every ordered answer needs them: better here than in somebody's first search
}

void Snapshot::load_space(Unit unit) {
  const bool of_documents = unit == Unit::kDocument;
  Space& space = of_documents ? documents : passages;
  std::vector<std::uint32_t> lengths(1, 0);
  double total = 0;
  Gid passages_before = 0;
  for (std::size_t i = 0; i < subs.size(); ++i) {
    Sub& sub = subs[i];
    const Xapian::Database db = open(sub.dir / (of_documents ? "documents" : "passages"));
    const Gid base = space.end - 1;
    (of_documents ? sub.document_base : sub.passage_base) = base;
    Roaring dead;
    if (i == 0 && subs.size() > 1) {
      dead = read_tombstones(subs[1].dir / (of_documents ? "dead-documents" : "dead-passages"));
    }
    if (of_documents) {
      for (const auto& [id, listed] : copies) {
        const std::string term = std::string(schema::kId) + id;
        for (auto it = db.postlist_begin(term); it != db.postlist_end(term); ++it) {
          if (dead.contains(*it)) continue;
          copied_documents.add(base + *it);
          const Xapian::Document entry = db.get_document(*it);
          const auto first = schema::unpack_u32(entry.get_value(schema::kFirstPassageSlot));
          const auto count = schema::unpack_u32(entry.get_value(schema::kPassageCountSlot));
          // Passages of this sub-database begin behind those of the ones before it.
          const std::uint64_t from = passages_before + first;
          copied_passages.addRange(from, from + count);
        }
      }
      passages_before += open(sub.dir / "passages").get_lastdocid();
    }
    const Roaring& copied = of_documents ? copied_documents : copied_passages;
    space.end = base + db.get_lastdocid() + 1;
    lengths.resize(space.end, 0);
    std::vector<Gid> living;
    for (auto it = db.postlist_begin(""); it != db.postlist_end(""); ++it) {
      if (dead.contains(*it) || copied.contains(base + *it)) continue;
      living.push_back(base + *it);
      lengths[base + *it] = it.get_doclength();
      total += it.get_doclength();
    }
    space.alive.addMany(living.size(), living.data());
    space.count += living.size();
  }
  space.alive.runOptimize();
  const double mean = space.count > 0 && total > 0 ? total / static_cast<double>(space.count) : 1;
  space.length.resize(space.end);
  for (Gid gid = 0; gid < space.end; ++gid) {
    space.length[gid] = static_cast<float>(lengths[gid] / mean);
  }
}

void Snapshot::load_columns() {
  const Gid end = documents.end;
  date.assign(end, 0);
  first_seen.assign(end, 0);
  first_passage.assign(end, 0);
  passage_count.assign(end, 0);
  parent.assign(passages.end, 0);
  FacetColumn& legislature = facets[static_cast<std::size_t>(Facet::kLegislature)];
  FacetColumn& year = facets[static_cast<std::size_t>(Facet::kYear)];
  legislature.single.assign(end, FacetColumn::kNone);
  year.single.assign(end, FacetColumn::kNone);
  std::vector<std::vector<std::pair<Gid, std::uint16_t>>> lists(std::size(kSlugFacets));

  for (const Sub& sub : subs) {
    const Xapian::Database db = open(sub.dir / "documents");
    const auto each = [&](unsigned slot, auto&& take) {
      for (auto it = db.valuestream_begin(slot); it != db.valuestream_end(slot); ++it) {
        take(sub.document_base + it.get_docid(), *it);
      }
    };
    each(schema::kDateSlot,
         [&](Gid gid, const std::string& value) { date[gid] = schema::unpack_u32(value); });
    each(schema::kFirstSeenSlot,
         [&](Gid gid, const std::string& value) { first_seen[gid] = schema::unpack_u32(value); });
    each(schema::kLegislatureSlot, [&](Gid gid, const std::string& value) {
      legislature.single[gid] = static_cast<std::uint16_t>(
          std::min<std::uint32_t>(schema::unpack_u32(value), FacetColumn::kNone - 1));
    });
    each(schema::kFirstPassageSlot, [&](Gid gid, const std::string& value) {
      first_passage[gid] = sub.passage_base + schema::unpack_u32(value);
    });
    each(schema::kPassageCountSlot, [&](Gid gid, const std::string& value) {
      passage_count[gid] = schema::unpack_u32(value);
    });
    for (std::size_t i = 0; i < std::size(kSlugFacets); ++i) {
      const FacetSource& source = kSlugFacets[i];
      FacetColumn& column = facets[static_cast<std::size_t>(source.facet)];
      if (!source.list && column.single.empty()) column.single.assign(end, FacetColumn::kNone);
      const auto id_of = [&](const std::string& slug) -> std::uint16_t {
        const auto [entry, fresh] =
            column.id_of.try_emplace(slug, static_cast<std::uint32_t>(column.slugs.size()));
        if (fresh) {
          if (column.slugs.size() >= FacetColumn::kNone) {
            throw schema::IndexError(dir.string() + ": more than 65,534 values of facet " +
                                     source.axis_name);
          }
          column.slugs.push_back(slug);
          std::string label = db.get_metadata(schema::label_key(source.axis_name, slug));
          if (label.empty()) {
            const Identity* known = identity_of_slug(source.axis, slug);
            label = known != nullptr ? std::string(known->label) : slug;
          }
          column.labels.push_back(std::move(label));
        }
        return static_cast<std::uint16_t>(entry->second);
      };
      each(source.slot, [&](Gid gid, const std::string& value) {
        if (!source.list) {
          if (!value.empty()) column.single[gid] = id_of(value);
          return;
        }
        std::size_t begin = 0;
        while (begin <= value.size()) {
          const std::size_t stop = std::min(value.find(kListSeparator, begin), value.size());
          if (stop > begin) lists[i].emplace_back(gid, id_of(value.substr(begin, stop - begin)));
          begin = stop + 1;
        }
      });
    }
    const Xapian::Database passage_db = open(sub.dir / "passages");
    for (auto it = passage_db.valuestream_begin(schema::kParentSlot);
         it != passage_db.valuestream_end(schema::kParentSlot); ++it) {
      parent[sub.passage_base + it.get_docid()] = sub.document_base + schema::unpack_u32(*it);
    }
  }
  for (std::size_t i = 0; i < std::size(kSlugFacets); ++i) {
    FacetColumn& column = facets[static_cast<std::size_t>(kSlugFacets[i].facet)];
    column.end = static_cast<std::uint32_t>(column.slugs.size());
    if (!kSlugFacets[i].list) continue;
    // A value named twice in one document counts once.
    std::sort(lists[i].begin(), lists[i].end());
    lists[i].erase(std::unique(lists[i].begin(), lists[i].end()), lists[i].end());
    column.starts.assign(end + 1, 0);
    for (const auto& [gid, value] : lists[i]) ++column.starts[gid + 1];
    for (Gid gid = 0; gid < end; ++gid) column.starts[gid + 1] += column.starts[gid];
    for (const auto& [gid, value] : lists[i]) column.values.push_back(value);
  }
  std::vector<bool> body_seen(facet(Facet::kBody).end, false);
  for (const Gid gid : documents.alive) {
    if (date[gid] != 0) {
      year.single[gid] = static_cast<std::uint16_t>(date[gid] / 10000);
      oldest_date = oldest_date == 0 ? date[gid] : std::min(oldest_date, date[gid]);
      newest_date = std::max(newest_date, date[gid]);
    }
    facet(Facet::kBody).for_each(gid, [&](std::uint32_t id) { body_seen[id] = true; });
    if (year.single[gid] != FacetColumn::kNone) {
      year.end = std::max<std::uint32_t>(year.end, year.single[gid] + 1U);
    }
    if (legislature.single[gid] != FacetColumn::kNone) {
      legislature.end = std::max<std::uint32_t>(legislature.end, legislature.single[gid] + 1U);
    }
  }
  bodies = static_cast<std::uint64_t>(std::count(body_seen.begin(), body_seen.end(), true));
}

const std::vector<std::uint32_t>& Snapshot::id_ranks() const {
  std::call_once(ranks_once_, [this] {
    std::vector<std::pair<std::string, Gid>> ids;
    ids.reserve(documents.count);
    for (const Sub& sub : subs) {
      const Xapian::Database db = open(sub.dir / "documents");
      const std::string prefix(schema::kId);
      for (auto it = db.allterms_begin(prefix); it != db.allterms_end(prefix); ++it) {
        const auto posting = db.postlist_begin(*it);
        if (posting == db.postlist_end(*it)) continue;
        ids.emplace_back((*it).substr(prefix.size()), sub.document_base + *posting);
      }
    }
    std::sort(ids.begin(), ids.end());
    ranks_.assign(documents.end, 0);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      ranks_[ids[i].second] = static_cast<std::uint32_t>(i);
    }
  });
  return ranks_;
}

Snapshot::Lease Snapshot::lease() const {
  {
    const std::lock_guard lock(pool_mutex_);
    if (!pool_.empty()) {
      auto reader = std::move(pool_.back());
      pool_.pop_back();
      return {*this, std::move(reader)};
    }
  }
  return {*this, std::make_unique<Reader>(*this)};
}

void Snapshot::give_back(std::unique_ptr<Reader> reader) const {
  const std::lock_guard lock(pool_mutex_);
  pool_.push_back(std::move(reader));
}

}  // namespace fundstelle::search
