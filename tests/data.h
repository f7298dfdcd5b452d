// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where tests find things: the real documents outside the repository, and a scratch folder.
#pragma once

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace fundstelle::test {

/// Folder of real documents: environment FUNDSTELLE_DATA, else ../shared/data beside the
/// repository. Nothing if it does not exist.
inline std::optional<std::filesystem::path> data_dir() {
  const char* from_environment = std::getenv("FUNDSTELLE_DATA");
  std::filesystem::path dir = from_environment != nullptr
                                  ? std::filesystem::path(from_environment)
                                  : std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "../shared/data";
  if (std::filesystem::is_directory(dir)) return dir;
  return std::nullopt;
}

/// An empty folder that is removed when the object goes.
class ScratchDir {
 public:
  ScratchDir() {
    std::string pattern = (std::filesystem::temp_directory_path() / "fundstelle-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) FAIL("cannot make a scratch folder " << pattern);
    path_ = pattern;
  }
  ScratchDir(const ScratchDir&) = delete;
  ScratchDir& operator=(const ScratchDir&) = delete;
  ~ScratchDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace fundstelle::test

/// First line of a test that needs the real documents: binds `name` or ends the test with a message.
#define FUNDSTELLE_REQUIRE_DATA(name)                                                  \
  const auto name##_found = fundstelle::test::data_dir();                              \
  if (!name##_found) {                                                                 \
    WARN("skipped: no real documents; set FUNDSTELLE_DATA to the folder that has them"); \
    return;                                                                            \
  }                                                                                    \
  const std::filesystem::path& name = *name##_found
