// SPDX-License-Identifier: GPL-3.0-or-later
//
// A delta: what changed since the generation was built. Small enough to be updated in place, in a
// copy.
#pragma once

#include <filesystem>
#include <memory>
#include <roaring/roaring.hh>
#include <string>
#include <vector>

#include "schema/layout.h"
#include "text/word_data.h"
#include "writer/spool.h"
#include "writer/stored_part.h"
#include "writer/writer.h"

namespace fundstelle::writer {

struct DeltaChanges {
  const Spool* added = nullptr;
  std::vector<Xapian::docid> removed;     ///< documents of the previous delta that go
  Roaring dead_documents, dead_passages;  ///< tombstones of the generation, all of them
  std::string content;                    ///< ids and hashes of what changed
};

/// Writes everything but sources.zst into `target`, an empty folder. `previous` is the delta
/// before, empty if there is none. The caller has synced nothing yet.
schema::Manifest build_delta(const std::filesystem::path& target,
                             const std::filesystem::path& generation,
                             const std::filesystem::path& previous, const DeltaChanges& changes,
                             std::shared_ptr<const WordData> words, const WriterOptions& options,
                             const std::function<void(std::uint64_t, std::uint64_t)>& progress);

}  // namespace fundstelle::writer
