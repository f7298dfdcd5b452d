// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/checksums.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "schema/durable.h"
#include "schema/layout.h"

namespace fundstelle::writer {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDamaged = ": damaged; restore a backup or index anew (--force)";

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

struct Expected {
  std::string sha256;
  std::uintmax_t bytes = 0;
};

std::map<std::string, Expected> read_expected(const fs::path& dir) {
  const fs::path file = dir / kChecksumsFile;
  std::error_code ignored;
  if (!fs::exists(file, ignored)) {
    throw schema::IndexError(file.string() +
                             ": missing; the index was made by an older version, or is damaged");
  }
  const std::string text = text_of(file);
  const std::size_t last = text.size() < 2 ? std::string::npos : text.rfind('\n', text.size() - 2);
  const std::size_t end = last == std::string::npos ? 0 : last + 1;
  if (text.substr(end) != schema::sha256_of_text(text.substr(0, end)) + "\n") {
    throw schema::IndexError(file.string() + kDamaged);
  }
  std::map<std::string, Expected> expected;
  std::istringstream lines(text.substr(0, end));
  Expected one;
  std::string path;
  while (lines >> one.sha256 >> one.bytes && std::getline(lines >> std::ws, path)) {
    expected[path] = one;
  }
  return expected;
}

}  // namespace

void write_checksums(const fs::path& dir) {
  std::vector<std::string> paths;
  for (const auto& entry : fs::recursive_directory_iterator(dir)) {
    if (!entry.is_regular_file()) continue;
    std::string path = entry.path().lexically_relative(dir).generic_string();
    if (path != kChecksumsFile && path != "sources.zst") paths.push_back(std::move(path));
  }
  std::sort(paths.begin(), paths.end());
  std::string text;
  for (const std::string& path : paths) {
    text += schema::sha256_of_file(dir / path) + "  " + std::to_string(fs::file_size(dir / path)) +
            "  " + path + "\n";
  }
  text += schema::sha256_of_text(text) + "\n";
  schema::write_durably(dir / kChecksumsFile, text);
}

std::vector<std::string> wrong_checksums(const fs::path& dir) {
  std::map<std::string, Expected> expected;
  try {
    expected = read_expected(dir);
  } catch (const schema::IndexError& error) {
    return {error.what()};
  }
  std::vector<std::string> wrong;
  for (const auto& [path, whole] : expected) {
    const fs::path place = dir / path;
    std::error_code missing;
    const std::uintmax_t found = fs::file_size(place, missing);
    if (missing) {
      wrong.push_back(place.string() + ": missing; restore a backup or index anew (--force)");
    } else if (found != whole.bytes) {
      wrong.push_back(place.string() + ": " + std::to_string(found) + " bytes instead of " +
                      std::to_string(whole.bytes) + kDamaged);
    } else {
      try {
        if (schema::sha256_of_file(place) != whole.sha256) {
          wrong.push_back(place.string() + kDamaged);
        }
      } catch (const std::exception& error) {
        wrong.emplace_back(error.what());
      }
    }
  }
  return wrong;
}

std::map<std::string, std::string> read_checksums(const fs::path& dir) {
  std::map<std::string, std::string> hashes;
  for (const auto& [path, whole] : read_expected(dir)) hashes[path] = whole.sha256;
  return hashes;
}

}  // namespace fundstelle::writer
