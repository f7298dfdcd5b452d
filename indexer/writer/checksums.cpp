// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/checksums.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "schema/durable.h"

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
  const fs::path file = dir / kChecksumsFile;
  std::error_code ignored;
  if (!fs::exists(file, ignored)) {
    return {file.string() + ": missing; the index was made by an older version, or is damaged"};
  }
  const std::string text = text_of(file);
  const std::size_t last = text.size() < 2 ? std::string::npos : text.rfind('\n', text.size() - 2);
  const std::size_t end = last == std::string::npos ? 0 : last + 1;
  if (text.substr(end) != schema::sha256_of_text(text.substr(0, end)) + "\n") {
    return {file.string() + kDamaged};
  }
  std::vector<std::string> wrong;
  std::istringstream lines(text.substr(0, end));
  std::string sha256;
  std::uintmax_t bytes = 0;
  std::string path;
  while (lines >> sha256 >> bytes && std::getline(lines >> std::ws, path)) {
    const fs::path place = dir / path;
    std::error_code missing;
    const std::uintmax_t found = fs::file_size(place, missing);
    if (missing) {
      wrong.push_back(place.string() + ": missing; restore a backup or index anew (--force)");
    } else if (found != bytes) {
      wrong.push_back(place.string() + ": " + std::to_string(found) + " bytes instead of " +
                      std::to_string(bytes) + kDamaged);
    } else {
      try {
        if (schema::sha256_of_file(place) != sha256) wrong.push_back(place.string() + kDamaged);
      } catch (const std::exception& error) {
        wrong.emplace_back(error.what());
      }
    }
  }
  return wrong;
}

}  // namespace fundstelle::writer
