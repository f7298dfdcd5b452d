// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "writer/writer.h"

namespace fundstelle::test {

inline WriterOptions options(const std::filesystem::path& dir) {
  WriterOptions made;
  made.dir = dir;
  made.stopwords_dir = std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "stopwords";
  made.jobs = 2;
  made.program_version = "test";
  return made;
}

}  // namespace fundstelle::test
