// SPDX-License-Identifier: GPL-3.0-or-later
#include "takedown_command.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "schema/remote.h"
#include "schema/schema.h"
#include "schema/takedowns.h"
#include "writer/find_document.h"
#include "writer/remote_copy.h"

namespace fundstelle {
namespace {

namespace fs = std::filesystem;
using schema::Takedown;

constexpr std::size_t kLongestReason = 1000;  ///< bytes
/// searchd looks for a new revision once a second; a search on the old one takes seconds at most.
constexpr std::chrono::seconds kReadersChangeOver{10};

/// Two commands that change the list at once wait for each other.
class ListLock {
 public:
  explicit ListLock(const fs::path& dir) {
    const fs::path file = dir / "takedowns.lock";
    fd_ = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd_ < 0 || flock(fd_, LOCK_EX) != 0) {
      const int error = errno;
      if (fd_ >= 0) close(fd_);
      throw WriterError(file.string() + ": cannot be written: " + std::strerror(error));
    }
  }
  ~ListLock() { close(fd_); }
  ListLock(const ListLock&) = delete;
  ListLock& operator=(const ListLock&) = delete;

 private:
  int fd_ = -1;
};

/// One line of UTF-8, or the complaint about it.
std::string trouble_with(const std::string& reason) {
  if (reason.find_first_not_of(" \t") == std::string::npos) return "--reason must say something";
  if (reason.size() > kLongestReason) return "--reason is longer than 1,000 bytes";
  for (const char c : reason) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return "--reason must be one line";
  }
  try {
    (void)nlohmann::json(reason).dump();
  } catch (const nlohmann::json::exception&) {
    return "--reason is not UTF-8";
  }
  return {};
}

}  // namespace

int run_remove(const RemoveJob& job) {
  const fs::path& dir = job.writer.dir;
  if (const std::string trouble = trouble_with(job.reason); !trouble.empty()) {
    std::cerr << "fundstelle-indexer: " << trouble << '\n';
    return 2;
  }
  (void)schema::read_current(dir);  // no index is an error, not an empty one
  const auto found = writer::find_document(dir, job.id);
  {
    const ListLock lock(dir);
    std::map<std::string, Takedown> takedowns = schema::read_takedowns(dir);
    const auto known = takedowns.find(job.id);
    if (!found && known == takedowns.end()) {
      std::cerr << "fundstelle-indexer: " << job.id << ": no such document\n";
      return 1;
    }
    const std::string sha256 = found ? found->document.source.sha256 : known->second.sha256;
    const auto now = static_cast<std::uint32_t>(std::time(nullptr));
    takedowns[job.id] = {job.id, job.reason, schema::iso_time(now), sha256};
    schema::write_takedowns(dir, takedowns);
  }
  if (found) {
    for (const std::string& copy : found->copies) {
      std::cerr << "fundstelle-indexer: " << copy
                << " holds the same text and stays; remove it too if it must go\n";
    }
  }
  WriterOptions options = job.writer;
  options.new_generation = job.erase;
  const schema::Current current = schema::read_current(dir);
  const bool remote =
      fs::exists(schema::generation_dir(dir, current.generation) / schema::kRemoteFolder);
  if (remote) {  // as a whole, like `index --remote`: xapian-tcpsrv knows no tombstones
    options.guest = writer::write_remote_copy;
    options.new_generation = true;
  }
  std::optional<Writer> writer;
  try {
    writer.emplace(options);
  } catch (const WriterError& error) {
    std::cerr << "fundstelle-indexer: " << error.what() << '\n'
              << "fundstelle-indexer: " << job.id
              << " is taken down and no longer shown; the run that is writing, or the next one, "
                 "takes it out of the results as well\n";
    return 1;
  }
  const CommitResult result = writer->commit(writer->sources());
  if (remote) {
    std::cerr
        << "fundstelle-indexer: serve "
        << (schema::generation_dir(dir, result.current.generation) / schema::kRemoteFolder).string()
        << " from now on; the one before still holds " << job.id << '\n';
  }
  if (job.erase) {
    std::this_thread::sleep_for(kReadersChangeOver);
    writer->remove_earlier();
  }
  std::cout << "removed " << job.id << "; " << result.documents << " documents in the index\n";
  return 0;
}

int run_takedowns(const fs::path& index, bool json) {
  std::vector<Takedown> list;
  if (!fs::is_directory(index)) (void)schema::read_current(index);  // says what is missing
  for (auto& [id, takedown] : schema::read_takedowns(index)) list.push_back(takedown);
  std::stable_sort(list.begin(), list.end(),
                   [](const Takedown& a, const Takedown& b) { return a.date > b.date; });
  for (const Takedown& takedown : list) {
    if (json) {
      std::cout << nlohmann::ordered_json({{"id", takedown.id},
                                           {"date", takedown.date},
                                           {"reason", takedown.reason},
                                           {"sha256", takedown.sha256}})
                       .dump()
                << '\n';
    } else {
      std::cout << takedown.date << "  " << takedown.id << "  " << takedown.reason << '\n';
    }
  }
  if (list.empty()) std::cerr << "fundstelle-indexer: nothing was taken down\n";
  return 0;
}

int run_readmit(const WriterOptions& options, const std::string& id) {
  (void)schema::read_current(options.dir);
  Writer writer(options);
  {
    const ListLock lock(options.dir);
    std::map<std::string, Takedown> takedowns = schema::read_takedowns(options.dir);
    if (takedowns.erase(id) == 0) {
      std::cerr << "fundstelle-indexer: " << id << ": was not taken down\n";
      return 1;
    }
    schema::write_takedowns(options.dir, takedowns);
  }
  // Their size and time have not changed, so nothing else would make the next run read them.
  std::vector<SourceEntry> sources = writer.sources();
  std::vector<std::string> paths;
  for (SourceEntry& source : sources) {
    if (std::find(source.document_ids.begin(), source.document_ids.end(), id) ==
        source.document_ids.end()) {
      continue;
    }
    source.extraction = 0;
    paths.push_back(source.path);
  }
  (void)writer.commit(std::move(sources));
  std::cout << "readmitted " << id << "; it comes back when its source is indexed again";
  for (const std::string& path : paths) std::cout << "\n  " << path;
  std::cout << '\n';
  return 0;
}

}  // namespace fundstelle
