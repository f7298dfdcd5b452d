// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a guest of the writer is shown of a new generation before it counts (WriterOptions::guest):
// everything but the manifest is written, the documents can be read once more.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "schema/stored_document.h"
#include "text/word_data.h"
#include "writer/spool.h"

namespace fundstelle::writer {

struct GenerationMade {
  std::filesystem::path target;      ///< folder of the generation; what is put here is part of it
  std::filesystem::path work;        ///< for temporary files; removed afterwards
  std::vector<const Spool*> spools;  ///< their wanted documents, in order, have docids 1, 2, 3 ...
  std::shared_ptr<const WordData> words;
  schema::StoredCodec codec;
  unsigned jobs = 1;
  std::filesystem::path index;                     ///< folder of the index it is made for
  std::map<std::string, std::string> copies = {};  ///< in no result; as in schema/copies.h
};

}  // namespace fundstelle::writer
