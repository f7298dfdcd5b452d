// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xapian.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <map>
#include <mutex>
#include <set>
#include <unordered_map>

#include "schema/durable.h"
#include "schema/schema.h"
#include "schema/stored_document.h"
#include "schema/takedowns.h"
#include "text/analyzer.h"
#include "writer/checksums.h"
#include "writer/copies.h"
#include "writer/delta.h"
#include "writer/generation.h"
#include "writer/guest.h"
#include "writer/lock.h"
#include "writer/spool.h"
#include "writer/stored_part.h"

namespace fundstelle {
namespace {

namespace fs = std::filesystem;
using writer::PackedDocument;
using writer::StoredPart;

/// A delta above this share of its generation is merged into a new one.
constexpr std::uint64_t kMergeShare = 10;

/// N of "gen-N" or "delta-N"; 0 if it is neither.
std::uint32_t number_of(const std::string& name, std::string_view prefix) {
  if (!name.starts_with(prefix)) return 0;
  std::uint32_t number = 0;
  const char* end = name.data() + name.size();
  const auto [stop, error] = std::from_chars(name.data() + prefix.size(), end, number);
  return error == std::errc() && stop == end ? number : 0;
}

/// Fingerprint without the word data: which analysing code made it.
std::string code_version(const std::string& fingerprint) {
  return fingerprint.substr(0, fingerprint.rfind('-'));
}

std::string told(const Xapian::Error& error, const fs::path& dir) {
  // What fails first may be hidden by what cannot be undone then ("cancel() not supported").
  const char* system = error.get_error_string();
  return dir.string() + ": " + error.get_type() + ": " + error.get_msg() + ": " +
         (system != nullptr ? system : "is the disk full?");
}

/// Says what went wrong in our own words, whatever library noticed it.
[[noreturn]] void rethrow_translated(const fs::path& dir) {
  try {
    throw;
  } catch (const WriterError&) {
    throw;
  } catch (const schema::IndexError&) {
    throw;
  } catch (const Xapian::Error& error) {
    throw WriterError(told(error, dir));
  } catch (const fs::filesystem_error& error) {
    throw WriterError((error.path1().empty() ? dir : error.path1()).string() + ": " +
                      error.code().message() + "; is the disk full, or may you not write there?");
  }
}

fs::path being_written;
std::terminate_handler told_before = nullptr;

[[noreturn]] void end_at_once() {
  if (const std::exception_ptr thrown = std::current_exception()) {
    try {
      std::rethrow_exception(thrown);
    } catch (const Xapian::Error& error) {
      const std::string line = "fundstelle-indexer: " + told(error, being_written) + '\n';
      (void)!write(STDERR_FILENO, line.data(), line.size());
      _exit(2);
    } catch (...) {
      // A fault of ours.
    }
  }
  if (told_before != nullptr) told_before();
  std::abort();
}

}  // namespace

void tell_sudden_end(const fs::path& dir) {
  being_written = dir;
  told_before = std::set_terminate(end_at_once);
}

struct Writer::State {
  WriterOptions options;
  std::optional<writer::IndexLock> lock;
  std::optional<schema::Current> current;
  std::optional<StoredPart> generation, delta;
  Roaring dead_documents, dead_passages;
  std::vector<SourceEntry> sources;
  bool rebuild = false;  ///< made by other analysing code or words: write all of it anew
  std::shared_ptr<const WordData> taken_words;  ///< of another index; null: words are learnt
  fs::path temporary;
  /// What comes in together was first seen together: "newest first" then orders it by its dates.
  const std::string begun = writer::utc_now();

  std::mutex mutex;  ///< guards all below
  std::optional<writer::Spool> spool;
  std::unordered_map<std::string, std::uint32_t> added;  ///< id to number in the spool
  Roaring gone_generation, gone_delta;                   ///< replaced or removed in this session
  std::uint64_t replaced = 0, removed = 0;
  std::string content;
  writer::Copies copies;  ///< of every document that lives
  std::map<std::string, schema::Takedown> takedowns;
  std::set<std::string> unwanted_originals;  ///< sha256 of those taken down

  void read_takedowns() {
    takedowns = schema::read_takedowns(options.dir);
    unwanted_originals.clear();
    for (const auto& [id, takedown] : takedowns) {
      if (!takedown.sha256.empty()) unwanted_originals.insert(takedown.sha256);
    }
  }

  [[nodiscard]] fs::path generation_path() const {
    return schema::generation_dir(options.dir, current->generation);
  }
  [[nodiscard]] fs::path delta_path() const {
    return current && current->delta != 0 ? schema::delta_dir(options.dir, current->delta)
                                          : fs::path();
  }

  /// Removes what a killed run left behind: unfinished work, and folders newer than what counts.
  void clean_leftovers() const {
    for (const auto& entry : fs::directory_iterator(options.dir)) {
      const std::string name = entry.path().filename().string();
      const std::uint32_t generation_number = number_of(name, "gen-");
      const std::uint32_t delta_number = number_of(name, "delta-");
      const bool unfinished =
          name.starts_with("tmp-") || name == "current.new" ||
          generation_number > (current ? current->generation : 0) ||
          (delta_number > 0 && current && current->delta > 0 && delta_number > current->delta) ||
          (delta_number > 0 && !current);
      if (unfinished) fs::remove_all(entry.path());
    }
  }

  /// Removes generations and deltas but the present and the one before, which readers may still
  /// use.
  void remove_superseded(const std::optional<schema::Current>& before) const {
    for (const auto& entry : fs::directory_iterator(options.dir)) {
      const std::string name = entry.path().filename().string();
      const std::uint32_t generation_number = number_of(name, "gen-");
      const std::uint32_t delta_number = number_of(name, "delta-");
      const bool generation_kept = generation_number == current->generation ||
                                   (before && generation_number == before->generation);
      const bool delta_kept =
          delta_number == current->delta || (before && delta_number == before->delta);
      if ((generation_number != 0 && !generation_kept) || (delta_number != 0 && !delta_kept)) {
        std::error_code ignored;  // tried again at the next commit
        fs::remove_all(entry.path(), ignored);
      }
    }
  }

  /// Originals of documents that went and that nothing else names.
  void remove_originals(const std::vector<std::string>& candidates) const {
    std::set<std::string_view> named;
    for (const SourceEntry& source : sources) {
      const bool gives =
          std::any_of(source.document_ids.begin(), source.document_ids.end(),
                      [&](const std::string& id) { return !takedowns.contains(id); });
      if (gives) named.insert(source.sha256);
    }
    for (const std::string& sha256 : candidates) {
      if (sha256.size() != 64 || named.contains(sha256)) continue;
      std::error_code ignored;
      fs::remove(schema::original_path(options.dir, sha256), ignored);
    }
  }

  /// sha256 of the sources of documents that go with this commit.
  [[nodiscard]] std::vector<std::string> gone_content() const {
    std::vector<std::string> found;
    const auto collect = [&](const std::optional<StoredPart>& part, const Roaring& gone) {
      for (const std::uint32_t docid : gone) {
        found.push_back(schema::unpack_document(part->record(docid)).source.sha256);
      }
    };
    collect(generation, gone_generation);
    collect(delta, gone_delta);
    return found;
  }

  /// A number no delta had that a reader could still know.
  [[nodiscard]] std::uint32_t next_delta() const {
    std::uint32_t last = current ? current->delta : 0;
    for (const auto& entry : fs::directory_iterator(options.dir)) {
      last = std::max(last, number_of(entry.path().filename().string(), "delta-"));
    }
    return last + 1;
  }

  struct Place {
    StoredPart* part = nullptr;
    Xapian::docid docid = 0;
    bool in_delta = false;
  };

  /// The living document of this id as of the last commit, also if this session replaced it.
  [[nodiscard]] Place find_stored(std::string_view id) {
    if (delta) {
      if (const Xapian::docid docid = delta->find(id)) return {&*delta, docid, true};
    }
    if (generation) {
      const Xapian::docid docid = generation->find(id);
      if (docid != 0 && !dead_documents.contains(docid)) return {&*generation, docid, false};
    }
    return {};
  }
  [[nodiscard]] Roaring& gone(const Place& place) {
    return place.in_delta ? gone_delta : gone_generation;
  }

  void drop_added(const std::string& id) {
    const auto found = added.find(id);
    if (found == added.end()) return;
    spool->drop(found->second);
    added.erase(found);
  }

  [[nodiscard]] std::uint64_t living_documents() const {
    std::uint64_t documents = 0;
    if (generation) {
      documents += generation->manifest().documents - dead_documents.cardinality() -
                   gone_generation.cardinality();
    }
    if (delta) documents += delta->manifest().documents - gone_delta.cardinality();
    return documents + added.size();
  }

  /// Takes a document out, of this session or of the last commit. False if there is none.
  bool drop(const std::string& id) {
    bool any = added.contains(id);
    copies.erase(id);
    drop_added(id);
    const Place place = find_stored(id);
    if (place.docid != 0 && !gone(place).contains(place.docid)) {
      gone(place).add(place.docid);
      any = true;
    }
    if (any) content += "-" + id + "\n";
    return any;
  }

  [[nodiscard]] bool wants_generation() const {
    if (!generation || rebuild || options.new_generation) return true;
    const std::uint64_t in_delta =
        added.size() + (delta ? delta->manifest().documents - gone_delta.cardinality() : 0);
    const std::uint64_t dead = dead_documents.cardinality() + gone_generation.cardinality();
    return (in_delta + dead) * kMergeShare > generation->manifest().documents;
  }

  /// Papers that other shards list.
  void take_copies_elsewhere() {
    if (!options.copies_of.empty()) copies.forget_elsewhere();
    for (const fs::path& other : options.copies_of) {
      const schema::Current there = schema::read_current(other);
      copies.add_elsewhere(schema::generation_dir(other, there.generation),
                           there.delta != 0 ? schema::delta_dir(other, there.delta) : fs::path());
    }
  }

  /// Words of another index, named now or when the present generation was made.
  void take_words() {
    const auto load = [](const fs::path& from) {
      return std::make_shared<const WordData>(WordData::load(from / "words.zst"));
    };
    if (!options.words_from.empty()) {
      const schema::Current other = schema::read_current(options.words_from);
      taken_words = load(schema::generation_dir(options.words_from, other.generation));
      const std::string wanted = Analyzer(taken_words).fingerprint();
      if (wanted != other.fingerprint) {
        throw WriterError(options.words_from.string() + ": made with text analysis " +
                          other.fingerprint + ", this program has " + wanted +
                          "; index there again first, or use the matching program");
      }
      if (current && current->fingerprint != wanted) rebuild = true;
    } else if (generation && fs::exists(generation_path() / writer::kWordsTaken)) {
      taken_words = load(generation_path());
    }
  }

  /// Everything that lives on, read back from the index.
  void spool_stored(writer::Spool& into) {
    const auto pass_on = [&](const StoredPart& part, const Roaring& without,
                             const Roaring& and_without) {
      const Xapian::Database& documents = part.documents();
      for (auto it = documents.postlist_begin(""); it != documents.postlist_end(""); ++it) {
        if (without.contains(*it) || and_without.contains(*it)) continue;
        PackedDocument packed = part.read(*it);
        packed.facts = schema::pack_facts(schema::unpack_document(packed.record), packed.record);
        into.add(packed);
      }
    };
    if (generation) pass_on(*generation, dead_documents, gone_generation);
    if (delta) pass_on(*delta, gone_delta, {});
    into.flush();
  }

  schema::Manifest write_generation(const fs::path& target, const ProgressFunction& progress) {
    writer::Spool stored(temporary / "stored");
    spool_stored(stored);
    const fs::path work = temporary / "parts";
    fs::create_directories(work);
    WriterOptions with = options;
    if (options.guest) {
      with.guest = [this](writer::GenerationMade made) {
        made.copies = copies.find();
        options.guest(made);
      };
    }
    return writer::build_generation(target, work, {&stored, &*spool}, with, taken_words, progress);
  }

  schema::Manifest write_delta(const fs::path& target, const ProgressFunction& progress) {
    writer::DeltaChanges changes;
    changes.added = &*spool;
    changes.removed.assign(gone_delta.begin(), gone_delta.end());
    changes.dead_documents = dead_documents | gone_generation;
    changes.dead_passages = dead_passages;
    for (const std::uint32_t docid : gone_generation) {
      const writer::PassageRange range = generation->passages_of(docid);
      changes.dead_passages.addRange(range.first,
                                     static_cast<std::uint64_t>(range.first) + range.count);
    }
    changes.content = content;
    const auto words =
        std::make_shared<const WordData>(WordData::load(generation_path() / "words.zst"));
    return writer::build_delta(target, generation_path(), delta_path(), changes, words, options,
                               progress);
  }
};

Writer::Writer(WriterOptions options) : state_(std::make_unique<State>()) {
  State& state = *state_;
  state.options = std::move(options);
  const fs::path& dir = state.options.dir;
  try {
    // Xapian would write out after so many documents, whatever their size; we commit by bytes.
    setenv("XAPIAN_FLUSH_THRESHOLD", "2000000000", 0);
    std::error_code refused;
    fs::create_directories(dir, refused);
    if (refused || !fs::is_directory(dir, refused)) {
      throw WriterError(dir.string() + ": this folder cannot be made: " +
                        (refused ? refused.message() : "a file of this name is in the way") +
                        "; name one below a folder you may write to as --index");
    }
    state.lock.emplace(dir);
    state.current = schema::read_current_if_any(dir);
    const bool other_schema =
        state.current && state.current->schema_version != schema::kSchemaVersion;
    if (other_schema && !state.options.replace_other_schema) {
      throw schema::IndexError(
          dir.string() + ": index has schema version " +
          std::to_string(state.current->schema_version) + ", this program writes version " +
          std::to_string(schema::kSchemaVersion) + "; `fundstelle-indexer index --index " +
          dir.string() + " PATH...` rebuilds it from its sources");
    }
    state.clean_leftovers();
    state.read_takedowns();
    if (other_schema) {
      // Only the list of sources can be read for sure; everything is written anew.
      const fs::path delta = state.delta_path();
      state.sources = writer::read_sources(delta.empty() ? state.generation_path() : delta);
      state.rebuild = true;
    } else if (state.current) {
      state.generation.emplace(state.generation_path());
      if (const fs::path delta = state.delta_path(); !delta.empty()) {
        state.delta.emplace(delta);
        state.dead_documents = writer::read_bitmap(delta / "dead-documents");
        state.dead_passages = writer::read_bitmap(delta / "dead-passages");
      }
      state.sources =
          writer::read_sources(state.delta ? state.delta_path() : state.generation_path());
      state.copies.read(state.generation_path(), state.delta_path());
      const Analyzer analyzer(std::make_shared<const WordData>());
      state.rebuild =
          code_version(state.current->fingerprint) != code_version(analyzer.fingerprint());
    }
    state.take_words();
    state.take_copies_elsewhere();
    state.temporary = dir / ("tmp-" + std::to_string(getpid()));
    fs::create_directories(state.temporary);
    state.spool.emplace(state.temporary / "added");
  } catch (...) {
    rethrow_translated(dir);
  }
}

Writer::~Writer() {
  if (!state_ || state_->temporary.empty()) return;
  std::error_code ignored;
  fs::remove_all(state_->temporary, ignored);
}

bool Writer::replaces_other_schema() const { return state_->current && !state_->generation; }

const std::vector<SourceEntry>& Writer::sources() const { return state_->sources; }

bool Writer::contains(std::string_view id) const {
  State& state = *state_;
  const std::lock_guard guard(state.mutex);
  if (state.added.contains(std::string(id))) return true;
  const State::Place place = state.find_stored(id);
  return place.docid != 0 && !state.gone(place).contains(place.docid);
}

bool Writer::is_taken_down(const std::string& id) const {
  const std::lock_guard guard(state_->mutex);
  return state_->takedowns.contains(id);
}

struct Writer::Prepared::State {
  std::string id;
  PackedDocument packed;
  writer::Sketch sketch;
  bool unwanted = false;  ///< taken down
};
Writer::Prepared::Prepared() : state_(std::make_unique<State>()) {}
Writer::Prepared::~Prepared() = default;
Writer::Prepared::Prepared(Prepared&&) noexcept = default;
Writer::Prepared& Writer::Prepared::operator=(Prepared&&) noexcept = default;
const std::string& Writer::Prepared::id() const { return state_->id; }

void Writer::add(Document document) { add(prepare(std::move(document))); }

Writer::Prepared Writer::prepare(Document document) {
  State& state = *state_;
  Prepared prepared;
  Prepared::State& made = *prepared.state_;
  made.id = document.id;
  made.unwanted = is_taken_down(document.id);
  if (made.unwanted) return prepared;
  try {
    for (const schema::Passage& passage : schema::cut_passages(document)) {
      made.packed.passages.push_back(schema::pack_passage(passage));
    }
    made.sketch = writer::sketch_of(document);
    if (document.first_seen.empty()) document.first_seen = state.begun;
    if (state.generation) {
      const std::unique_lock guard(state.mutex);
      if (const State::Place place = state.find_stored(document.id); place.docid != 0) {
        document.first_seen = schema::unpack_document(place.part->record(place.docid)).first_seen;
      }
    }
    made.packed.record = schema::pack_document(document);
    made.packed.facts = schema::pack_facts(document, made.packed.record);
    return prepared;
  } catch (...) {
    rethrow_translated(state.options.dir);
  }
}

void Writer::add(Prepared&& prepared) {
  State& state = *state_;
  const Prepared::State& made = *prepared.state_;
  if (made.unwanted) return;
  try {
    const std::unique_lock guard(state.mutex);
    state.drop_added(made.id);
    if (const State::Place place = state.find_stored(made.id); place.docid != 0) {
      const PackedDocument stored = place.part->read(place.docid);
      if (made.packed.record == stored.record && made.packed.passages == stored.passages) {
        state.gone(place).remove(place.docid);  // as it was
        state.copies.restore(made.id);
        return;
      }
      state.gone(place).add(place.docid);
    }
    state.copies.put(made.id, made.sketch);
    state.added[made.id] = state.spool->add(made.packed);
    state.content += made.id + " " + schema::sha256_of_text(made.packed.record) + "\n";
  } catch (...) {
    rethrow_translated(state.options.dir);
  }
}

bool Writer::remove(std::string_view id) {
  State& state = *state_;
  try {
    const std::lock_guard guard(state.mutex);
    return state.drop(std::string(id));
  } catch (...) {
    rethrow_translated(state.options.dir);
  }
}

void Writer::keep_original(const std::string& sha256, std::string_view bytes) {
  const fs::path file = schema::original_path(state_->options.dir, sha256);
  {
    const std::lock_guard guard(state_->mutex);
    if (state_->unwanted_originals.contains(sha256)) return;
  }
  std::error_code ignored;
  if (fs::exists(file, ignored)) return;
  try {
    fs::create_directories(file.parent_path());
  } catch (...) {
    rethrow_translated(state_->options.dir);
  }
  // Named only when whole: a killed run leaves no half original behind. mkstemp, because two
  // threads may keep the same bytes.
  std::string beside = file.string() + ".XXXXXX";
  const int fd = mkstemp(beside.data());
  std::size_t written = 0;
  while (fd >= 0 && written < bytes.size()) {
    const ssize_t got = write(fd, bytes.data() + written, bytes.size() - written);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) break;
    written += static_cast<std::size_t>(got);
  }
  const bool good = fd >= 0 && written == bytes.size() && fchmod(fd, 0444) == 0 && fsync(fd) == 0;
  int error = errno;
  if (fd >= 0) close(fd);
  const bool named = good && rename(beside.c_str(), file.c_str()) == 0;
  if (good && !named) error = errno;
  if (!named) {
    unlink(beside.c_str());
    throw WriterError(file.string() + ": cannot be written: " + std::strerror(error));
  }
  writer::sync_folder(file.parent_path());
}

CommitResult Writer::commit(std::vector<SourceEntry> sources, const ProgressFunction& progress) {
  State& state = *state_;
  const fs::path& dir = state.options.dir;
  try {
    const std::lock_guard guard(state.mutex);
    state.read_takedowns();
    for (const auto& [id, takedown] : state.takedowns) state.drop(id);
    CommitResult result;
    result.replaced = 0;
    for (const auto& [id, number] : state.added) {
      (void)number;
      if (state.find_stored(id).docid != 0) ++result.replaced;
    }
    result.added = state.added.size() - result.replaced;
    result.removed =
        state.gone_generation.cardinality() + state.gone_delta.cardinality() - result.replaced;

    const bool changed = result.added + result.replaced + result.removed > 0;
    const bool first = !state.current;
    if (!changed && !first && !state.rebuild && !state.options.new_generation) {
      writer::write_sources(state.delta ? state.delta_path() : state.generation_path(), sources);
      state.sources = std::move(sources);
      state.remove_originals({state.unwanted_originals.begin(), state.unwanted_originals.end()});
      result.current = *state.current;
      result.documents = state.living_documents();
      result.passages = state.generation->manifest().passages - state.dead_passages.cardinality() +
                        (state.delta ? state.delta->manifest().passages : 0);
      return result;
    }

    state.spool->flush();
    std::vector<std::string> gone_content = state.gone_content();
    gone_content.insert(gone_content.end(), state.unwanted_originals.begin(),
                        state.unwanted_originals.end());
    const fs::path target = state.temporary / "new";
    fs::create_directories(target);
    schema::Current next;
    next.schema_version = schema::kSchemaVersion;
    result.new_generation = state.wants_generation();
    if (result.new_generation) {
      const schema::Manifest manifest = state.write_generation(target, progress);
      next.generation = (state.current ? state.current->generation : 0) + 1;
      next.fingerprint = manifest.fingerprint;
      next.revision = schema::revision_of(manifest, nullptr);
      result.documents = manifest.documents;
      result.passages = manifest.passages;
    } else {
      const schema::Manifest manifest = state.write_delta(target, progress);
      const schema::Manifest& base = state.generation->manifest();
      next.generation = state.current->generation;
      next.delta = state.next_delta();
      next.fingerprint = manifest.fingerprint;
      next.revision = schema::revision_of(base, &manifest);
      result.documents = base.documents - manifest.dead_documents + manifest.documents;
      result.passages = base.passages - manifest.dead_passages + manifest.passages;
    }
    writer::write_sources(target, sources);
    if (result.new_generation) {
      state.copies.write_generation(target);
    } else {
      state.copies.write_delta(target);
    }
    writer::write_checksums(target);
    writer::sync_tree(target);
    const fs::path place = result.new_generation ? schema::generation_dir(dir, next.generation)
                                                 : schema::delta_dir(dir, next.delta);
    fs::rename(target, place);
    writer::sync_folder(dir);
    schema::swap_current(dir, next);

    // From here on the new state is what counts; open it for what this session may still do.
    const std::optional<schema::Current> before = state.current;
    state.current = next;
    state.rebuild = false;
    state.remove_superseded(before);
    state.added.clear();
    state.content.clear();
    state.gone_generation = {};
    state.gone_delta = {};
    state.sources = std::move(sources);
    state.remove_originals(gone_content);
    state.spool.emplace(state.temporary / "added");
    state.generation.emplace(state.generation_path());
    state.delta.reset();
    state.dead_documents = {};
    state.dead_passages = {};
    if (const fs::path delta = state.delta_path(); !delta.empty()) {
      state.delta.emplace(delta);
      state.dead_documents = writer::read_bitmap(delta / "dead-documents");
      state.dead_passages = writer::read_bitmap(delta / "dead-passages");
    }
    state.copies.read(state.generation_path(), state.delta_path());
    result.current = next;
    return result;
  } catch (...) {
    rethrow_translated(dir);
  }
}

void Writer::remove_earlier() {
  const std::lock_guard guard(state_->mutex);
  if (state_->current) state_->remove_superseded(std::nullopt);
}

}  // namespace fundstelle
