// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/snapshot.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "identity/identity.h"
#include "schema/copies.h"

namespace fundstelle::search {
namespace {

/// Of the bytes for lists: most are for those with scores, which answer again by themselves; the
/// lists they were made of serve few other questions.
constexpr std::size_t kShareOfPlain = 8;  // an eighth

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

}  // namespace

/// Where the values of a facet stand among the columns of a part.
struct FacetSource {
  Facet facet;
  schema::Columns::Single schema::Columns::*single;  ///< either
  schema::Columns::List schema::Columns::*list;      ///< or
  Axis axis;
  const char* axis_name;
};

namespace {

constexpr FacetSource kSlugFacets[] = {
    {Facet::kBody, &schema::Columns::body, nullptr, Axis::kBody, "body"},
    {Facet::kType, &schema::Columns::type, nullptr, Axis::kType, "type"},
    {Facet::kTopic, nullptr, &schema::Columns::topic, Axis::kTopic, "topic"},
    {Facet::kGroup, nullptr, &schema::Columns::group, Axis::kGroup, "group"},
    {Facet::kMinistry, nullptr, &schema::Columns::ministry, Axis::kMinistry, "ministry"},
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

Reader::Reader(const Snapshot& from)
    : snapshot(from),
      analyzer(from.words),
      places(from.words),
      scratch(std::max(from.documents.end, from.passages.end)),
      gatherer(from, scratch) {
  for (const Snapshot::Sub& sub : snapshot.subs) {
    documents.push_back(open(sub.dir / "documents"));
    passages.push_back(open(sub.dir / "passages"));
  }
}

std::vector<Gid> Reader::filtered(Unit unit, const std::string& term) const {
  std::vector<Gid> found;
  if (term == schema::kAsked || term == schema::kAnswered) {
    const Roaring& holding =
        term == schema::kAsked ? snapshot.asked_passages : snapshot.answered_passages;
    if (unit == Unit::kPassage) found.assign(holding.begin(), holding.end());
    return found;
  }
  std::vector<Gid> holding = documents_with(term);
  if (unit == Unit::kDocument) return holding;
  for (const Gid gid : holding) {
    const Gid first = snapshot.first_passage[gid];
    for (Gid i = 0; i < snapshot.passage_count[gid]; ++i) found.push_back(first + i);
  }
  return found;
}

std::uint64_t Reader::frequency(Unit unit, const std::string& term) const {
  std::uint64_t sum = 0;
  if (term.size() > schema::kMaxTermBytes) return sum;
  if (schema::is_text_term(term)) {
    const bool title_only = term[0] == 'T';
    for (const Snapshot::Sub& sub : snapshot.subs) {
      const auto known = sub.text->find(std::string_view(term).substr(title_only ? 1 : 0));
      if (!known) continue;
      if (unit == Unit::kPassage) {
        sum += title_only ? 0 : known->passages;
      } else {
        sum += title_only ? known->titles : known->documents;
      }
    }
    return sum;
  }
  if (unit == Unit::kPassage) {
    for (const Gid gid : documents_with(term)) sum += snapshot.passage_count[gid];
    return sum;
  }
  for (const Xapian::Database& db : documents) sum += db.get_termfreq(term);
  return sum;
}

void Reader::each_term(Unit unit, const std::string& prefix,
                       const std::function<void(const std::string&, std::uint32_t)>& take) const {
  if (!schema::is_text_term(prefix)) {
    for (const Xapian::Database& db : documents) {
      const auto end = db.allterms_end(prefix);
      for (auto it = db.allterms_begin(prefix); it != end; ++it) take(*it, it.get_termfreq());
    }
    return;
  }
  const bool title_only = prefix[0] == 'T';
  if (title_only && unit == Unit::kPassage) return;
  std::string name;
  for (const Snapshot::Sub& sub : snapshot.subs) {
    sub.text->each(std::string_view(prefix).substr(title_only ? 1 : 0),
                   [&](std::string_view term, const schema::TextIndex::Term& known) {
                     const std::uint32_t frequency = unit == Unit::kPassage ? known.passages
                                                     : title_only           ? known.titles
                                                                            : known.documents;
                     if (frequency == 0) return true;
                     name.assign(title_only ? "T" : "");
                     name += term;
                     take(name, frequency);
                     return true;
                   });
  }
}

std::optional<Gid> Reader::first_passage_with(const std::string& term) const {
  for (const Snapshot::Sub& sub : snapshot.subs) {
    const auto known = sub.text->find(term);
    if (!known) continue;
    std::uint32_t first = UINT32_MAX;
    sub.text->for_each_bundle(*known, [&](std::uint32_t bundle, std::uint32_t) {
      sub.text->for_each_passage(bundle, [&](std::uint32_t docid, std::uint32_t, std::uint32_t) {
        first = std::min(first, docid);
      });
    });
    if (first != UINT32_MAX) return sub.passage_base + first;
  }
  return std::nullopt;
}

TermFinder& Reader::finder(const std::vector<std::vector<std::string>>& slots) const {
  constexpr std::size_t kKept = 4;
  auto found = std::find_if(finders_.begin(), finders_.end(),
                            [&](const auto& finder) { return finder->slots() == slots; });
  if (found == finders_.end()) {
    if (finders_.size() >= kKept) finders_.pop_back();
    finders_.push_back(std::make_unique<TermFinder>(snapshot, slots));
    found = finders_.end() - 1;
  }
  std::rotate(finders_.begin(), found, found + 1);
  return *finders_.front();
}

void Reader::positions(Unit unit, Gid gid, const std::string& term,
                       std::vector<std::uint32_t>& out) const {
  const std::vector<std::uint32_t>& found = finder({{term}}).positions(unit, gid)[0];
  out.insert(out.end(), found.begin(), found.end());
}

bool Reader::stems(Gid document, std::size_t most,
                   std::vector<std::pair<std::string, std::uint32_t>>& out) const {
  const Snapshot::Sub& sub = snapshot.sub_of(Unit::kDocument, document);
  std::vector<std::uint32_t> found;
  const auto read = [&](const schema::TextIndex::Stream& stream) {
    stream.for_each([&](std::uint32_t, std::uint32_t bundle) {
      sub.text->for_each_stem(bundle, [&](std::uint32_t stem) { found.push_back(stem); });
    });
  };
  read(sub.text->title(document - sub.document_base));
  const Gid first = snapshot.first_passage[document];
  for (Gid passage = first; passage < first + snapshot.passage_count[document]; ++passage) {
    read(sub.text->passage(passage - sub.passage_base));
  }
  std::sort(found.begin(), found.end());
  for (std::size_t i = 0; i < found.size();) {
    std::size_t end = i;
    while (end < found.size() && found[end] == found[i]) ++end;
    if (out.size() >= most) return false;
    out.emplace_back(sub.text->stem_name(found[i]),
                     static_cast<std::uint32_t>(end - i) * schema::kWholeWdf);
    i = end;
  }
  return true;
}

std::string Reader::data(Unit unit, Gid gid) const {
  const std::size_t sub = snapshot.sub_index(unit, gid);
  const Xapian::docid id = gid - snapshot.subs[sub].base(unit);
  const std::vector<Xapian::Database>& entries = unit == Unit::kDocument ? documents : passages;
  return snapshot.subs[sub].codec.decompress(schema::stored_data(entries[sub].get_document(id)));
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
                   const CacheSizes& sizes, const Snapshot* earlier)
    : dir(index_dir),
      current(std::move(which)),
      cache(sizes.postings / kShareOfPlain),
      scored(sizes.postings - sizes.postings / kShareOfPlain),
      records(sizes.records),
      listed(sizes.listed),
      answers(sizes.answers) {
  const std::filesystem::path generation = schema::generation_dir(dir, current.generation);
  manifests.push_back(schema::read_manifest(generation));
  load_words(generation / "words.zst", earlier);
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
  std::vector<std::filesystem::path> folders{generation};
  if (current.delta != 0) {
    folders.push_back(schema::delta_dir(dir, current.delta));
    manifests.push_back(schema::read_manifest(folders.back()));
  }
  for (const auto& folder : folders) {
    try {
      subs.push_back({folder, schema::StoredCodec(folder),
                      std::make_shared<const schema::TextIndex>(folder), 0, 0});
    } catch (const schema::IndexError&) {
      throw;
    } catch (const std::runtime_error& error) {
      throw schema::IndexError(folder.string() + ": " + error.what() + "; rebuild the index");
    }
  }
  copies = schema::read_copies(folders.back());
  for (const auto& [copy, chief] : copies) copies_of[chief].push_back(copy);
  std::vector<schema::Columns> columns;
  for (const Sub& sub : subs) {
    columns.push_back(schema::read_columns(
        sub.dir, subs.size() > 1 ? schema::ColumnsPart::kAll : schema::ColumnsPart::kWithoutIds));
    if (columns.back().last_passage() != sub.text->passages() ||
        columns.back().last_document() != sub.text->documents()) {
      throw schema::IndexError(sub.dir.string() + ": " + schema::kTextFile + " and " +
                               schema::kColumnsFile +
                               " are not of one making; restore a backup or index anew");
    }
  }
  load_space(Unit::kDocument, columns);
  load_space(Unit::kPassage, columns);
  rank_ids(columns);
  // What has been taken over is given up at once: a revision is opened beside the one that answers.
  for (schema::Columns& rows : columns) {
    rows.length = rows.passage_length = rows.text_bytes = rows.id_rank = {};
    rows.ids = {};
  }
  load_columns(columns);
  pool_.push_back(std::make_unique<Reader>(*this));
}

void Snapshot::load_words(const std::filesystem::path& file, const Snapshot* earlier) {
  struct stat found {};
  if (::stat(file.c_str(), &found) == 0) {
    words_file_ = {static_cast<std::int64_t>(found.st_dev), static_cast<std::int64_t>(found.st_ino),
                   found.st_size, found.st_ctim.tv_sec, found.st_ctim.tv_nsec};
    // Most revisions are a new delta: the words, most of what a small index holds, stay the same.
    if (earlier != nullptr && earlier->words_file_ == words_file_) {
      words = earlier->words;
      speller_ = earlier->speller_;
      return;
    }
  }
  try {
    words = std::make_shared<const WordData>(WordData::load(file));
  } catch (const TextError& error) {
    throw schema::IndexError(std::string(error.what()) + "; rebuild the index");
  }
  speller_ =
      std::async(std::launch::async, [data = words]() -> std::shared_ptr<const suggest::Speller> {
        return std::make_shared<const suggest::Speller>(data);
      }).share();
}

void Snapshot::load_space(Unit unit, const std::vector<schema::Columns>& columns) {
  const bool of_documents = unit == Unit::kDocument;
  Space& space = of_documents ? documents : passages;
  std::vector<std::uint32_t> lengths(1, 0);
  double total = 0;
  Gid passages_before = 0;
  for (std::size_t i = 0; i < subs.size(); ++i) {
    Sub& sub = subs[i];
    const schema::Columns& rows = columns[i];
    const Gid base = space.end - 1;
    (of_documents ? sub.document_base : sub.passage_base) = base;
    Roaring dead;
    if (i == 0 && subs.size() > 1) {
      dead = read_tombstones(subs[1].dir / (of_documents ? "dead-documents" : "dead-passages"));
    }
    if (of_documents) {
      if (!copies.empty()) {
        const Xapian::Database db = open(sub.dir / "documents");
        for (const auto& [id, chief] : copies) {
          const std::string term = std::string(schema::kId) + id;
          for (auto it = db.postlist_begin(term); it != db.postlist_end(term); ++it) {
            if (dead.contains(*it) || !rows.has(*it)) continue;
            copied_documents.add(base + *it);
            // Passages of this sub-database begin behind those of the ones before it.
            const std::uint64_t from = passages_before + rows.first_passage[*it];
            copied_passages.addRange(from, from + rows.passage_count[*it]);
          }
        }
      }
      passages_before += rows.last_passage();
    }
    const Roaring& copied = of_documents ? copied_documents : copied_passages;
    const std::uint32_t last = of_documents ? rows.last_document() : rows.last_passage();
    const std::vector<std::uint32_t>& here = of_documents ? rows.first_passage : rows.parent;
    const std::vector<std::uint32_t>& length = of_documents ? rows.length : rows.passage_length;
    space.end = base + last + 1;
    lengths.resize(space.end, 0);
    const bool all = dead.isEmpty() && copied.isEmpty();
    std::vector<Gid> living;
    living.reserve(last);
    for (std::uint32_t docid = 1; docid <= last; ++docid) {
      if (here[docid] == 0) continue;
      if (!all && (dead.contains(docid) || copied.contains(base + docid))) continue;
      living.push_back(base + docid);
      // Who lives has a length, also a page of nothing but pictures: filters take it by that.
      lengths[base + docid] = std::max(length[docid], 1U);
      total += length[docid];
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

void Snapshot::load_columns(std::vector<schema::Columns>& columns) {
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

  for (std::size_t part = 0; part < subs.size(); ++part) {
    const Sub& sub = subs[part];
    schema::Columns& rows = columns[part];
    const auto copy = [&](const auto& from, auto& to) {
      if (from.size() > 1)
        std::copy(from.begin() + 1, from.end(), to.begin() + sub.document_base + 1);
    };
    copy(rows.date, date);
    copy(rows.first_seen, first_seen);
    copy(rows.passage_count, passage_count);
    copy(rows.legislature, legislature.single);
    rows.first_seen = rows.passage_count = {};
    rows.legislature = {};
    for (std::uint32_t docid = 1; docid <= rows.last_document(); ++docid) {
      if (rows.has(docid)) {
        first_passage[sub.document_base + docid] = sub.passage_base + rows.first_passage[docid];
      }
    }
    std::vector<Gid> asked, answered;
    for (std::uint32_t docid = 1; docid <= rows.last_passage(); ++docid) {
      if (rows.parent[docid] == 0) continue;
      const Gid gid = sub.passage_base + docid;
      parent[gid] = sub.document_base + rows.parent[docid];
      if ((rows.passage_kind[docid] & schema::Columns::kAsked) != 0) asked.push_back(gid);
      if ((rows.passage_kind[docid] & schema::Columns::kAnswered) != 0) answered.push_back(gid);
    }
    asked_passages.addMany(asked.size(), asked.data());
    answered_passages.addMany(answered.size(), answered.data());
  }
  for (const FacetSource& source : kSlugFacets) load_facet(source, columns);
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

void Snapshot::load_facet(const FacetSource& source, std::vector<schema::Columns>& columns) {
  FacetColumn& column = facets[static_cast<std::size_t>(source.facet)];
  std::vector<std::pair<Gid, std::uint16_t>> lists;
  if (source.single != nullptr) column.single.assign(documents.end, FacetColumn::kNone);
  for (std::size_t part = 0; part < subs.size(); ++part) {
    const Sub& sub = subs[part];
    schema::Columns& rows = columns[part];
    const Xapian::Database db = open(sub.dir / "documents");
    const std::vector<std::string>& slugs =
        source.single != nullptr ? (rows.*source.single).slugs : (rows.*source.list).slugs;
    std::vector<std::uint16_t> number;  // of this part's values among those of all
    for (const std::string& slug : slugs) {
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
      number.push_back(static_cast<std::uint16_t>(entry->second));
    }
    if (source.single != nullptr) {
      const std::vector<std::uint16_t>& values = (rows.*source.single).values;
      for (std::uint32_t docid = 1; docid < values.size(); ++docid) {
        if (values[docid] != schema::Columns::kNone) {
          column.single[sub.document_base + docid] = number[values[docid]];
        }
      }
      rows.*source.single = {};
      continue;
    }
    schema::Columns::List& list = rows.*source.list;
    lists.reserve(lists.size() + list.values.size());
    for (std::uint32_t docid = 1; docid + 1 < list.starts.size(); ++docid) {
      for (std::uint32_t k = list.starts[docid]; k < list.starts[docid + 1]; ++k) {
        lists.emplace_back(sub.document_base + docid, number[list.values[k]]);
      }
    }
    list = {};
  }
  column.end = static_cast<std::uint32_t>(column.slugs.size());
  if (source.list == nullptr) return;
  // A value named twice in one document counts once.
  std::sort(lists.begin(), lists.end());
  lists.erase(std::unique(lists.begin(), lists.end()), lists.end());
  column.starts.assign(documents.end + 1, 0);
  for (const auto& [gid, value] : lists) ++column.starts[gid + 1];
  for (Gid gid = 0; gid < documents.end; ++gid) column.starts[gid + 1] += column.starts[gid];
  column.values.reserve(lists.size());
  for (const auto& [gid, value] : lists) column.values.push_back(value);
}

void Snapshot::rank_ids(std::vector<schema::Columns>& columns) {
  if (subs.size() == 1) {
    ranks_ = std::move(columns[0].id_rank);
    ranks_.resize(documents.end, 0);
    return;
  }
  // A document replaced in the delta stands in both: the same id, and the dead one is never asked.
  ranks_.assign(documents.end, 0);
  std::vector<std::vector<std::uint32_t>> order;  // by part: docids by rank
  for (const schema::Columns& rows : columns) {
    std::vector<std::uint32_t>& one = order.emplace_back(rows.ids.size(), 0);
    for (std::uint32_t docid = 1; docid <= rows.last_document(); ++docid) {
      if (rows.has(docid)) one.at(rows.id_rank[docid]) = docid;
    }
  }
  std::vector<std::size_t> at(columns.size(), 0);
  for (std::uint32_t rank = 0;; ++rank) {
    std::size_t least = columns.size();
    for (std::size_t part = 0; part < columns.size(); ++part) {
      if (at[part] == columns[part].ids.size()) continue;
      if (least == columns.size() || columns[part].ids[at[part]] < columns[least].ids[at[least]]) {
        least = part;
      }
    }
    if (least == columns.size()) return;
    ranks_[subs[least].document_base + order[least][at[least]++]] = rank;
  }
}

void Snapshot::resize_caches(const CacheSizes& sizes) const {
  cache.resize(sizes.postings / kShareOfPlain);
  scored.resize(sizes.postings - sizes.postings / kShareOfPlain);
  records.resize(sizes.records);
  listed.resize(sizes.listed);
  answers.resize(sizes.answers);
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
