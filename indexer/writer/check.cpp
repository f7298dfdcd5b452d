// SPDX-License-Identifier: GPL-3.0-or-later
#include <xapian.h>

#include <map>
#include <optional>

#include "schema/columns.h"
#include "schema/copies.h"
#include "schema/durable.h"
#include "schema/schema.h"
#include "schema/stored_document.h"
#include "schema/takedowns.h"
#include "schema/text_index.h"
#include "text/analyzer.h"
#include "vocabulary/vocabulary_file.h"
#include "writer/checksums.h"
#include "writer/copies.h"
#include "writer/stored_part.h"
#include "writer/writer.h"

namespace fundstelle {
namespace {

namespace fs = std::filesystem;
using writer::StoredPart;

/// Problems of one kind named before the rest is only counted.
constexpr std::uint64_t kNamed = 5;

class Problems {
 public:
  void add(const std::string& kind, const std::string& message) {
    if (counts_[kind]++ < kNamed) messages_.push_back(message);
  }
  std::vector<std::string> take() {
    for (const auto& [kind, count] : counts_) {
      if (count > kNamed) {
        messages_.push_back(kind + ": " + std::to_string(count - kNamed) + " more of the kind");
      }
    }
    return std::move(messages_);
  }

 private:
  std::map<std::string, std::uint64_t> counts_;
  std::vector<std::string> messages_;
};

void check_database(const fs::path& path, Problems& problems) {
  try {
    if (const std::size_t errors = Xapian::Database::check(path.string(), 0, nullptr); errors > 0) {
      problems.add("database",
                   path.string() + ": Xapian finds " + std::to_string(errors) + " errors");
    }
  } catch (const Xapian::Error& error) {
    problems.add("database", path.string() + ": " + error.get_msg());
  }
}

/// Streams, postings and columns of text.bin tell the same of every word.
void check_text(const fs::path& dir, Problems& problems) {
  const std::string name = (dir / schema::kTextFile).string();
  try {
    const schema::TextIndex text(dir);
    const schema::Columns columns = schema::read_columns(dir);
    std::vector<std::uint32_t> weight(text.bundles(), 0), title_weight(text.bundles(), 0);
    for (const std::string_view kind :
         {schema::kExact, schema::kNumber, schema::kPart, schema::kStem, schema::kBlind}) {
      const bool in_titles =
          kind == schema::kExact || kind == schema::kPart || kind == schema::kStem;
      text.each(kind, [&](std::string_view, const schema::TextIndex::Term& term) {
        text.for_each_bundle(term, [&](std::uint32_t bundle, std::uint32_t times) {
          weight[bundle] += times * schema::wdf_of(kind[0]);
          title_weight[bundle] += times * schema::wdf_of(kind[0]) * (in_titles ? 2 : 1);
        });
        return true;
      });
    }
    // Sums over places, with the docid in them: a posting at another passage shows.
    std::vector<std::uint64_t> in_streams(text.bundles(), 0), in_titles(text.bundles(), 0);
    for (std::uint32_t docid = 1; docid <= columns.last_document(); ++docid) {
      if (!columns.has(docid)) continue;
      std::uint64_t length = 0;
      text.title(docid).for_each([&](std::uint32_t, std::uint32_t bundle) {
        in_titles[bundle] += docid;
        length += title_weight[bundle];
      });
      for (std::uint32_t i = 0; i < columns.passage_count[docid]; ++i) {
        const std::uint32_t passage = columns.first_passage[docid] + i;
        std::uint64_t passage_length = 0;
        text.passage(passage).for_each([&](std::uint32_t, std::uint32_t bundle) {
          in_streams[bundle] += passage;
          passage_length += weight[bundle];
        });
        length += passage_length;
        if (passage_length != columns.passage_length[passage]) {
          problems.add("length", name + ": words of passage " + std::to_string(passage) +
                                     " do not add up to its length");
        }
      }
      if (length != columns.length[docid]) {
        problems.add("length", name + ": words of document " + std::to_string(docid) +
                                   " do not add up to its length");
      }
    }
    for (std::uint32_t bundle = 0; bundle < text.bundles(); ++bundle) {
      std::uint64_t sum = 0;
      std::uint64_t title_sum = 0;
      text.for_each_passage(bundle, [&](std::uint64_t docid, std::uint32_t count, std::uint32_t) {
        sum += docid * count;
      });
      text.for_each_title(bundle, [&](std::uint64_t docid, std::uint32_t count, std::uint32_t) {
        title_sum += docid * count;
      });
      if (sum != in_streams[bundle] || title_sum != in_titles[bundle]) {
        problems.add("postings", name + ": postings of bundle " + std::to_string(bundle) +
                                     " are not its places");
      }
    }
  } catch (const std::exception& error) {
    problems.add("text", error.what());
  }
}

/// Every document can be read back whole, its passages name it and nothing stands between them.
void check_part(const fs::path& dir, bool contiguous, Problems& problems) {
  check_database(dir / "documents", problems);
  check_database(dir / "passages", problems);
  check_text(dir, problems);
  const StoredPart part(dir);
  const std::string name = dir.filename().string();
  std::uint64_t passages = 0;
  std::uint64_t text_bytes = 0;
  Xapian::docid expected = 1;
  for (auto it = part.documents().postlist_begin(""); it != part.documents().postlist_end("");
       ++it) {
    const std::string place = name + " document " + std::to_string(*it);
    try {
      const writer::PassageRange range = part.passages_of(*it);
      if (contiguous && range.first != expected) {
        problems.add("order", place + ": its passages do not follow those of the one before");
      }
      expected = range.first + range.count;
      passages += range.count;
      std::vector<schema::Passage> read;
      for (std::uint32_t i = 0; i < range.count; ++i) {
        const Xapian::Document entry = part.passages().get_document(range.first + i);
        if (part.columns().parent.at(range.first + i) != *it) {
          problems.add("parent", place + ": passage " + std::to_string(range.first + i) +
                                     " belongs to another document");
        }
        read.push_back(schema::unpack_passage(part.codec().decompress(schema::stored_data(entry))));
      }
      const Document document = schema::unpack_document(part.record(*it), read);
      for (const Page& page : document.pages) text_bytes += page.text.size();
      if (part.find(document.id) != *it) {
        problems.add("id", place + ": id '" + document.id + "' leads elsewhere");
      }
    } catch (const Xapian::Error& error) {
      problems.add("document", place + ": " + error.get_msg());
    } catch (const std::exception& error) {
      problems.add("document", place + ": " + error.what());
    }
  }
  const auto compare = [&](const char* what, std::uint64_t counted, std::uint64_t promised) {
    if (counted == promised) return;
    problems.add("count", name + ": " + std::to_string(counted) + " " + what +
                              ", the manifest says " + std::to_string(promised));
  };
  const schema::Manifest& manifest = part.manifest();
  compare("documents", part.documents().get_doccount(), manifest.documents);
  compare("passages", part.passages().get_doccount(), manifest.passages);
  compare("passages of documents", passages, manifest.passages);
  compare("bytes of text", text_bytes, manifest.text_bytes);
}

/// A document that lives twice, or a tombstone for nothing.
void check_delta(const fs::path& generation_dir, const fs::path& delta_dir, Problems& problems) {
  const StoredPart generation(generation_dir);
  const StoredPart delta(delta_dir);
  const Roaring dead = writer::read_bitmap(delta_dir / "dead-documents");
  const Roaring dead_passages = writer::read_bitmap(delta_dir / "dead-passages");
  if (dead.cardinality() != delta.manifest().dead_documents ||
      dead_passages.cardinality() != delta.manifest().dead_passages) {
    problems.add("tombstones", delta_dir.string() + ": tombstones differ from the manifest");
  }
  Roaring expected;
  for (const std::uint32_t docid : dead) {
    const writer::PassageRange range = generation.passages_of(docid);
    expected.addRange(range.first, static_cast<std::uint64_t>(range.first) + range.count);
  }
  if (expected != dead_passages) {
    problems.add("tombstones",
                 delta_dir.string() + ": dead passages are not those of dead documents");
  }
  for (auto it = delta.documents().postlist_begin(""); it != delta.documents().postlist_end("");
       ++it) {
    const std::string id = schema::unpack_document(delta.record(*it)).id;
    const Xapian::docid older = generation.find(id);
    if (older != 0 && !dead.contains(older)) {
      problems.add("twice", "'" + id + "' stands in generation and delta");
    }
  }
}

/// What completes typing can be opened. Every generation has one.
void check_vocabulary(const fs::path& generation, Problems& problems) {
  try {
    const vocabulary::VocabularyFile whole(generation / vocabulary::kFileName);
  } catch (const vocabulary::VocabularyError& error) {
    problems.add("vocabulary", error.what());
  }
}

/// The copies are those the sketches of all living documents give, and both of a pair live.
void check_copies(const fs::path& generation_dir, const fs::path& delta_dir, Problems& problems) {
  const fs::path& newest = delta_dir.empty() ? generation_dir : delta_dir;
  try {
    std::error_code ignored;
    for (const char* name : {"sketches.bin", "copies"}) {
      if (!fs::exists(newest / name, ignored)) {
        problems.add("copies", (newest / name).string() +
                                   ": missing; restore a backup or index into a new folder");
        return;
      }
    }
    const std::map<std::string, std::string> copies = schema::read_copies(newest);
    writer::Copies sketches;
    sketches.read(generation_dir, delta_dir);
    if (sketches.find() != copies) {
      problems.add("copies", (newest / "copies").string() +
                                 ": names other copies than the documents give; damaged; index "
                                 "the sources anew (--force)");
    }
    const StoredPart generation(generation_dir);
    std::optional<StoredPart> delta;
    Roaring dead;
    if (!delta_dir.empty()) {
      delta.emplace(delta_dir);
      dead = writer::read_bitmap(delta_dir / "dead-documents");
    }
    const auto lives = [&](const std::string& id) {
      if (delta && delta->find(id) != 0) return true;
      const Xapian::docid docid = generation.find(id);
      return docid != 0 && !dead.contains(docid);
    };
    const auto named = [&](const std::string& id, bool there) {
      if (there) return;
      problems.add("copies",
                   (newest / "copies").string() + ": '" + id + "' is no document of this index");
    };
    for (const auto& [copy, listed] : copies) {
      named(copy, lives(copy));
      named(listed, lives(listed) || sketches.is_elsewhere(listed));
    }
  } catch (const std::exception& error) {
    problems.add("copies", error.what());
  }
}

/// Every file holds what was written into it. Read before anything else: what follows may then stop
/// at the first thing it cannot make sense of.
void check_files(const fs::path& part, Problems& problems) {
  for (const std::string& wrong : writer::wrong_checksums(part)) problems.add(wrong, wrong);
}

/// Originals hold the bytes their names say; the list of takedowns can be read.
void check_folder(const fs::path& dir, Problems& problems) {
  try {
    (void)schema::read_takedowns(dir);
  } catch (const std::exception& error) {
    problems.add("takedowns", error.what());
  }
  std::error_code ignored;
  for (const auto& entry : fs::recursive_directory_iterator(dir / "originals", ignored)) {
    const std::string name = entry.path().filename().string();
    // Shorter or longer names are originals being written at this moment.
    if (!entry.is_regular_file(ignored) || name.size() != 64) continue;
    try {
      if (schema::sha256_of_file(entry.path()) != name) {
        problems.add("original", entry.path().string() +
                                     ": damaged; delete it and index its source again (--force)");
      }
    } catch (const std::exception& error) {
      problems.add("original", error.what());
    }
  }
}

std::uint64_t tree_bytes(const fs::path& path) {
  std::uint64_t bytes = 0;
  std::error_code ignored;
  if (fs::is_regular_file(path, ignored)) return fs::file_size(path, ignored);
  for (const auto& entry : fs::recursive_directory_iterator(path, ignored)) {
    if (entry.is_regular_file(ignored)) bytes += entry.file_size(ignored);
  }
  return bytes;
}

}  // namespace

std::vector<std::string> check_index(const fs::path& dir) {
  const schema::Current current = schema::read_current(dir);
  const fs::path generation = schema::generation_dir(dir, current.generation);
  const fs::path delta = schema::delta_dir(dir, current.delta);
  Problems problems;
  check_files(generation, problems);
  if (current.delta != 0) check_files(delta, problems);
  check_folder(dir, problems);
  try {
    check_part(generation, true, problems);
    const schema::Manifest manifest = schema::read_manifest(generation);
    std::string revision = schema::revision_of(manifest, nullptr);
    if (current.delta != 0) {
      check_part(delta, false, problems);
      check_delta(generation, delta, problems);
      const schema::Manifest changes = schema::read_manifest(delta);
      revision = schema::revision_of(manifest, &changes);
    }
    if (revision != current.revision) {
      problems.add("revision", "current names revision " + current.revision +
                                   ", the manifests give " + revision);
    }
    if (current.fingerprint != manifest.fingerprint) {
      problems.add("fingerprint", (dir / "current").string() + ": names analysis " +
                                      current.fingerprint + ", its generation " +
                                      manifest.fingerprint);
    }
    const auto words = std::make_shared<const WordData>(WordData::load(generation / "words.zst"));
    const std::string fingerprint = Analyzer(words).fingerprint();
    if (fingerprint != manifest.fingerprint) {
      problems.add("fingerprint", "made by analysis " + manifest.fingerprint +
                                      ", this program is " + fingerprint +
                                      "; run index to rebuild it");
    }
    check_vocabulary(generation, problems);
    check_copies(generation, current.delta != 0 ? delta : fs::path(), problems);
    (void)writer::read_sources(generation);
    if (current.delta != 0) (void)writer::read_sources(delta);
  } catch (const Xapian::Error& error) {
    problems.add("index", dir.string() + ": " + error.get_msg());
  } catch (const std::exception& error) {
    problems.add("index", error.what());
  }
  return problems.take();
}

IndexStats index_stats(const fs::path& dir) {
  IndexStats stats;
  stats.current = schema::read_current(dir);
  std::vector<fs::path> parts{schema::generation_dir(dir, stats.current.generation)};
  if (stats.current.delta != 0) parts.push_back(schema::delta_dir(dir, stats.current.delta));
  std::map<std::string, std::uint64_t> bytes;
  for (const fs::path& part : parts) {
    const schema::Manifest manifest = schema::read_manifest(part);
    stats.documents += manifest.documents - manifest.dead_documents;
    stats.passages += manifest.passages - manifest.dead_passages;
    stats.dead_documents += manifest.dead_documents;
    stats.text_bytes += manifest.text_bytes;
    for (const char* database : {"documents", "passages"}) {
      for (const auto& entry : fs::directory_iterator(part / database)) {
        bytes[std::string(database) + " " + entry.path().stem().string()] += tree_bytes(entry);
      }
    }
    const schema::TextIndex text(part);
    for (const auto& [name, size] : text.sizes()) bytes["text " + name] += size;
    for (const auto& entry : fs::directory_iterator(part)) {
      if (entry.is_directory() || entry.path().filename() == schema::kTextFile) continue;
      bytes[entry.path().filename().string()] += tree_bytes(entry);
    }
  }
  bytes["originals"] = tree_bytes(dir / "originals");
  stats.bytes_by_component.assign(bytes.begin(), bytes.end());
  return stats;
}

}  // namespace fundstelle
