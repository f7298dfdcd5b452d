// SPDX-License-Identifier: GPL-3.0-or-later
//
// An index of documents made by hand.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "document/document.h"
#include "writer/writer.h"

namespace fundstelle::test {

/// Adds to the index in `dir`, which is made if it is not there.
inline void index_documents(const std::filesystem::path& dir,
                            const std::vector<Document>& documents,
                            const std::vector<std::string>& removed = {}) {
  WriterOptions options;
  options.dir = dir;
  options.stopwords_dir = std::filesystem::path(FUNDSTELLE_SOURCE_DIR) / "stopwords";
  options.jobs = 1;
  options.program_version = "test";
  Writer writer(options);
  for (const Document& document : documents) writer.add(document);
  for (const std::string& id : removed) writer.remove(id);
  (void)writer.commit({});
}

}  // namespace fundstelle::test
