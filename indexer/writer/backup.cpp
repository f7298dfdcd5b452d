// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/backup.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <vector>

#include "schema/durable.h"
#include "schema/schema.h"
#include "schema/takedowns.h"
#include "writer/checksums.h"
#include "writer/lock.h"
#include "writer/stored_part.h"

namespace fundstelle {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSums = "SHA256SUMS";
/// The index may be written anew while its files are being collected; then they are collected
/// again.
constexpr int kAttempts = 20;

/// Path below the folder to sha256.
using Sums = std::map<std::string, std::string>;

[[noreturn]] void fail(const fs::path& path, const std::string& what) {
  throw WriterError(path.string() + ": " + what);
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) fail(file, "cannot be read");
  return std::move(text).str();
}

/// Everything written to the file system of this folder so far is on disk.
void sync_all(const fs::path& dir) {
  const int fd = open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = fd >= 0 && syncfs(fd) == 0;
  const int error = errno;
  if (fd >= 0) close(fd);
  if (!synced) fail(dir, std::string("cannot be synced: ") + std::strerror(error));
}

/// sha256 of what is on the disk, not of what the system still remembers of it.
std::string sha256_from_disk(const fs::path& file) {
  const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd >= 0) {
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    close(fd);
  }
  return schema::sha256_of_file(file);
}

void copy_to(const fs::path& from, const fs::path& to) {
  fs::create_directories(to.parent_path());
  std::error_code error;
  fs::copy_file(from, to, error);
  if (error) fail(to, "cannot be written: " + error.message());
}

/// Links to the files of one state of the index, in its own folder, so that no run takes them away
/// while they are copied. Files that cannot be linked (another user's, a file system without links)
/// are read where they lie.
class Pinned {
 public:
  explicit Pinned(const fs::path& dir) : dir_(dir) {
    remove_leftovers();
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      release();
      if (collect()) return;
    }
    release();
    fail(dir_, "is being written again and again; try later");
  }
  ~Pinned() { release(); }
  Pinned(const Pinned&) = delete;
  Pinned& operator=(const Pinned&) = delete;

  [[nodiscard]] const schema::Current& current() const { return *current_; }
  [[nodiscard]] const std::string& current_text() const { return current_text_; }
  /// Path in the index to where its bytes can be read.
  [[nodiscard]] const std::map<std::string, fs::path>& files() const { return files_; }

 private:
  /// False: what `current` names changed meanwhile.
  bool collect() {
    files_.clear();
    current_ = schema::read_current_if_any(dir_);
    if (!current_) {
      fail(dir_, "no index here; nothing to back up");
    }
    current_text_ = text_of(dir_ / "current");
    make_folder();
    std::vector<fs::path> parts{schema::generation_dir({}, current_->generation)};
    if (current_->delta != 0) parts.push_back(schema::delta_dir({}, current_->delta));
    try {
      for (const fs::path& part : parts) {
        for (const auto& entry : fs::recursive_directory_iterator(dir_ / part)) {
          if (entry.is_regular_file()) pin(entry.path().lexically_relative(dir_));
        }
      }
      std::error_code missing;
      if (fs::exists(dir_ / schema::kTakedownsFile, missing)) pin(schema::kTakedownsFile);
      for (const SourceEntry& source : writer::read_sources(dir_ / parts.back())) {
        if (source.document_ids.empty() || source.sha256.size() != 64) continue;
        const fs::path original = schema::original_path(dir_, source.sha256);
        if (fs::exists(original, missing)) pin(original.lexically_relative(dir_));
      }
    } catch (const std::exception&) {
      if (unchanged()) throw;
      return false;
    }
    return unchanged();
  }

  [[nodiscard]] bool unchanged() const { return text_of(dir_ / "current") == current_text_; }

  void pin(const fs::path& path) {
    const fs::path place = folder_ / path;
    if (!folder_.empty()) {
      std::error_code error;
      fs::create_directories(place.parent_path(), error);
      fs::create_hard_link(dir_ / path, place, error);
      if (!error || error == std::errc::file_exists) {
        files_[path.generic_string()] = place;
        return;
      }
      if (error == std::errc::no_such_file_or_directory) throw fs::filesystem_error("", error);
    }
    files_[path.generic_string()] = dir_ / path;
  }

  void make_folder() {
    const fs::path folder = dir_ / ("pinned-" + std::to_string(getpid()));
    std::error_code refused;
    fs::create_directory(folder, refused);
    if (refused) return;
    lock_ = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock_ >= 0) flock(lock_, LOCK_EX | LOCK_NB);
    folder_ = folder;
  }

  void release() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
    if (lock_ >= 0) close(lock_);
    lock_ = -1;
    folder_.clear();
  }

  /// Of a backup that was killed: nobody holds their lock.
  void remove_leftovers() const {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(dir_, ignored)) {
      if (!entry.path().filename().string().starts_with("pinned-")) continue;
      const int fd = open(entry.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
      if (fd < 0) continue;
      if (flock(fd, LOCK_EX | LOCK_NB) == 0) fs::remove_all(entry.path(), ignored);
      close(fd);
    }
  }

  const fs::path dir_;
  fs::path folder_;
  int lock_ = -1;
  std::optional<schema::Current> current_;
  std::string current_text_;
  std::map<std::string, fs::path> files_;
};

Sums read_sums(const fs::path& backup) {
  const fs::path file = backup / kSums;
  std::error_code ignored;
  if (!fs::exists(file, ignored)) {
    fail(backup, std::string("is no complete backup: it has no ") + kSums);
  }
  Sums sums;
  std::istringstream lines(text_of(file));
  for (std::string line; std::getline(lines, line);) {
    if (line.size() < 67 || line.substr(64, 2) != "  ") fail(file, "damaged");
    const fs::path path = line.substr(66);
    // A backup may have been anywhere in between: no path leads out of it.
    const bool inside =
        path.is_relative() &&
        std::none_of(path.begin(), path.end(), [](const fs::path& p) { return p == ".."; });
    if (!inside) fail(file, "damaged");
    sums[path.generic_string()] = line.substr(0, 64);
  }
  if (!sums.contains("current")) fail(file, "damaged");
  return sums;
}

/// What the index itself says its files must hold.
Sums expected_of(const Pinned& pinned) {
  Sums expected;
  for (const auto& [path, place] : pinned.files()) {
    const fs::path name(path);
    if (path.starts_with("originals/")) expected[path] = name.filename().string();
    if (name.filename() != writer::kChecksumsFile) continue;
    const std::string folder = name.parent_path().generic_string() + "/";
    for (auto& [inner, sha256] : writer::read_checksums(place.parent_path())) {
      expected[folder + inner] = sha256;
    }
  }
  return expected;
}

/// N of "gen-N", "delta-N"; 0: it is neither.
std::uint32_t number_of(const std::string& name, std::string_view prefix) {
  std::uint32_t number = 0;
  if (!name.starts_with(prefix)) return 0;
  const auto [end, error] =
      std::from_chars(name.data() + prefix.size(), name.data() + name.size(), number);
  return error == std::errc() && end == name.data() + name.size() ? number : 0;
}

}  // namespace

BackupResult back_up(const BackupJob& job, const BackupProgress& progress) {
  std::error_code error;
  fs::create_directories(job.target, error);
  if (error || !fs::is_directory(job.target, error)) fail(job.target, "this folder cannot be made");
  if (!fs::is_empty(job.target)) {
    fail(job.target, "is not empty; name a folder that does not exist yet");
  }
  const Sums earlier = job.earlier.empty() ? Sums() : read_sums(job.earlier);
  const Pinned pinned(job.index);
  const Sums expected = expected_of(pinned);
  BackupResult result;
  result.revision = pinned.current().revision;
  result.schema_version = pinned.current().schema_version;
  Sums sums;
  for (const auto& [path, place] : pinned.files()) {
    const fs::path target = job.target / path;
    const auto wanted = expected.find(path);
    const auto before = earlier.find(path);
    bool linked = false;
    if (wanted != expected.end() && before != earlier.end() && wanted->second == before->second) {
      fs::create_directories(target.parent_path());
      fs::create_hard_link(job.earlier / path, target, error);
      linked = !error;
    }
    if (!linked && job.link) {
      fs::create_directories(target.parent_path());
      fs::create_hard_link(place, target, error);
      if (error) fail(target, "cannot be linked (" + error.message() + "); back up without --link");
      linked = true;
    }
    if (!linked) copy_to(place, target);
    if (linked) ++result.linked;
    ++result.files;
    result.bytes += fs::file_size(target);
    sums[path] = wanted != expected.end() ? wanted->second : schema::sha256_of_file(place);
    if (progress) progress(result.files, 2 * pinned.files().size());
  }
  sync_all(job.target);
  for (const auto& [path, sha256] : sums) {
    if (sha256_from_disk(job.target / path) != sha256) {
      fail(job.index / path, "damaged, or badly copied to " + (job.target / path).string() +
                                 "; run `fundstelle-indexer check` on the index");
    }
    if (progress) progress(++result.files, 2 * pinned.files().size());
  }
  result.files = sums.size() + 1;
  schema::write_durably(job.target / "current", pinned.current_text());
  sums["current"] = schema::sha256_of_text(pinned.current_text());
  std::string text;
  for (const auto& [path, sha256] : sums) text += sha256 + "  " + path + "\n";
  schema::write_durably(job.target / kSums, text);
  sync_all(job.target);
  return result;
}

BackupResult verify_backup(const fs::path& backup, const BackupProgress& progress) {
  const Sums sums = read_sums(backup);
  BackupResult result;
  for (const auto& [path, sha256] : sums) {
    std::error_code missing;
    if (!fs::is_regular_file(backup / path, missing)) {
      fail(backup / path, "missing; this backup cannot be restored");
    }
    if (schema::sha256_of_file(backup / path) != sha256) {
      fail(backup / path, "damaged; this backup cannot be restored");
    }
    result.bytes += fs::file_size(backup / path);
    if (progress) progress(++result.files, sums.size());
  }
  result.files = sums.size();
  const auto current = schema::read_current_if_any(backup);
  result.revision = current->revision;
  result.schema_version = current->schema_version;
  return result;
}

BackupResult restore(const fs::path& backup, const WriterOptions& options,
                     const BackupProgress& progress) {
  BackupResult result = verify_backup(backup, progress);
  const fs::path& dir = options.dir;
  std::error_code error;
  fs::create_directories(dir, error);
  if (error) fail(dir, "this folder cannot be made: " + error.message());
  std::map<std::string, schema::Takedown> takedowns;
  {
    const writer::IndexLock lock(dir);
    const Sums sums = read_sums(backup);
    schema::Current next = *schema::read_current_if_any(backup);
    std::optional<schema::Current> before;
    try {
      before = schema::read_current_if_any(dir);
    } catch (const schema::IndexError&) {
      // A damaged one is what a backup is for.
    }
    if (next.schema_version != schema::kSchemaVersion && before &&
        before->schema_version == schema::kSchemaVersion) {
      fail(backup, "has schema version " + std::to_string(next.schema_version) +
                       ", this program reads version " + std::to_string(schema::kSchemaVersion) +
                       ", and so does the index in its place; restore into an empty folder and "
                       "rebuild it there with `fundstelle-indexer index`");
    }
    // What is there already keeps its numbers: readers may still have it open.
    std::uint32_t generation = before ? before->generation : 0;
    std::uint32_t delta = before ? before->delta : 0;
    for (const auto& entry : fs::directory_iterator(dir)) {
      const std::string name = entry.path().filename().string();
      generation = std::max(generation, number_of(name, "gen-"));
      delta = std::max(delta, number_of(name, "delta-"));
    }
    const std::string from_generation = schema::generation_dir({}, next.generation).string() + "/";
    const std::string from_delta = schema::delta_dir({}, next.delta).string() + "/";
    if (generation > 0) next.generation = generation + 1;
    if (next.delta > 0 && delta > 0) next.delta = delta + 1;

    takedowns = schema::read_takedowns(backup);
    for (const auto& [id, takedown] : schema::read_takedowns(dir)) takedowns[id] = takedown;
    std::set<std::string> unwanted;
    for (const auto& [id, takedown] : takedowns) unwanted.insert(takedown.sha256);

    const fs::path work = dir / ("tmp-restore-" + std::to_string(getpid()));
    fs::remove_all(work);
    fs::create_directories(work);
    try {
      for (const auto& [path, sha256] : sums) {
        fs::path target;
        if (path.starts_with(from_generation)) {
          target = work / "gen" / path.substr(from_generation.size());
        } else if (next.delta > 0 && path.starts_with(from_delta)) {
          target = work / "delta" / path.substr(from_delta.size());
        } else if (path.starts_with("originals/")) {
          const std::string name = fs::path(path).filename().string();
          if (unwanted.contains(name)) continue;
          const fs::path place = schema::original_path(dir, name);
          if (fs::exists(place) && schema::sha256_of_file(place) == name) continue;
          target = work / "originals" / name;
        } else {
          continue;
        }
        copy_to(backup / path, target);
        if (sha256_from_disk(target) != sha256)
          fail(target, "was not written right; is the disk sound?");
      }
      sync_all(work);
      // Originals first, names after: whatever is named is there.
      for (const auto& entry : fs::directory_iterator(work / "originals", error)) {
        const fs::path place = schema::original_path(dir, entry.path().filename().string());
        fs::create_directories(place.parent_path());
        fs::rename(entry.path(), place);
      }
      if (!takedowns.empty()) schema::write_takedowns(dir, takedowns);
      fs::rename(work / "gen", schema::generation_dir(dir, next.generation));
      if (next.delta > 0) fs::rename(work / "delta", schema::delta_dir(dir, next.delta));
      sync_all(dir);
      schema::swap_current(dir, next);
      fs::remove_all(work, error);
    } catch (...) {
      fs::remove_all(work, error);
      throw;
    }
  }
  // Documents taken down after the backup was made are in it still.
  if (result.schema_version == schema::kSchemaVersion && !takedowns.empty()) {
    Writer writer(options);
    const CommitResult commit = writer.commit(writer.sources());
    result.removed = commit.removed;
    result.revision = commit.current.revision;
  }
  return result;
}

}  // namespace fundstelle
