// SPDX-License-Identifier: GPL-3.0-or-later
#include "file_walk.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>
#include <sstream>
#include <utility>

#include "ignore_rules.h"

namespace fundstelle {
namespace {

namespace fs = std::filesystem;

class Walker {
 public:
  explicit Walker(FileWalk& walk) : walk_(walk) {}

  void folder(const fs::path& root) {
    entered_.clear();
    enter(root, "", IgnoreRules());
  }

  void file(const fs::path& path, const struct stat& status) {
    if (!S_ISREG(status.st_mode)) {
      walk_.errors.push_back(path.string() + ": neither a file nor a folder; left out");
      return;
    }
    walk_.files.push_back(
        {path,
         static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec,
         static_cast<std::uint64_t>(status.st_size),
         {}});
  }

 private:
  void enter(const fs::path& folder, const std::string& relative, IgnoreRules rules) {
    struct stat self {};
    if (stat(folder.c_str(), &self) != 0 || !entered_.emplace(self.st_dev, self.st_ino).second) {
      return;
    }
    std::error_code error;
    std::vector<fs::path> entries;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
      entries.push_back(it->path());
    }
    if (error) {
      walk_.errors.push_back(folder.string() + ": cannot be read: " + error.message());
      walk_.unreadable.push_back(folder);
      return;
    }
    std::sort(entries.begin(), entries.end());
    // Opening a pipe would wait for somebody who writes to it.
    if (fs::is_regular_file(folder / ".fundstelleignore", error)) {
      std::ifstream in(folder / ".fundstelleignore", std::ios::binary);
      std::ostringstream lines;
      lines << in.rdbuf();
      rules.add(lines.view(), relative);
    }
    for (const fs::path& path : entries) {
      struct stat status {};
      const std::string name = path.filename().string();
      const std::string below = relative.empty() ? name : relative + "/" + name;
      if (stat(path.c_str(), &status) != 0) {
        if (!rules.ignored(below, false)) {
          walk_.errors.push_back(path.string() + ": " + std::strerror(errno));
        }
        continue;
      }
      const bool is_folder = S_ISDIR(status.st_mode);
      if (rules.ignored(below, is_folder)) continue;
      if (is_folder) {
        enter(path, below, rules);
      } else {
        file(path, status);
      }
    }
  }

  FileWalk& walk_;
  std::set<std::pair<dev_t, ino_t>> entered_;
};

}  // namespace

bool is_below(const fs::path& path, const fs::path& folder) {
  const std::string& whole = path.native();
  const std::string& start = folder.native();
  if (!whole.starts_with(start)) return false;
  return whole.size() == start.size() || start.ends_with('/') || whole[start.size()] == '/';
}

FileWalk find_files(const std::vector<std::string>& paths) {
  FileWalk walk;
  Walker walker(walk);
  for (const std::string& given : paths) {
    std::error_code error;
    const fs::path path = fs::canonical(given, error);
    struct stat status {};
    if (error || stat(path.c_str(), &status) != 0) {
      walk.errors.push_back(given + ": " + (error ? error.message() : std::strerror(errno)));
      continue;
    }
    if (S_ISDIR(status.st_mode)) {
      walker.folder(path);
    } else {
      walker.file(path, status);
    }
    walk.complete.push_back(path);
  }
  std::sort(walk.files.begin(), walk.files.end(),
            [](const FoundFile& a, const FoundFile& b) { return a.path < b.path; });
  walk.files.erase(
      std::unique(walk.files.begin(), walk.files.end(),
                  [](const FoundFile& a, const FoundFile& b) { return a.path == b.path; }),
      walk.files.end());
  return walk;
}

}  // namespace fundstelle
