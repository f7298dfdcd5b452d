// SPDX-License-Identifier: GPL-3.0-or-later
//
// A folder of drafts in, the nearest earlier questions out.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "research/rows.h"
#include "research/source.h"
#include "research/text_output.h"

namespace fundstelle::research {

/// Text files (.txt, .md) of a folder and the folders below it, by path, hidden ones left out; or
/// the one file. Throws ResearchError if there is none.
[[nodiscard]] std::vector<std::filesystem::path> draft_files(const std::filesystem::path& path);

struct DraftCounts {
  std::size_t drafts = 0, failed = 0, questions = 0, without_match = 0;
};

/// A row for every earlier question found, best first; a question without any has a row without
/// one, a draft that cannot be read a row with a code. `root`: what paths are told relative to.
DraftCounts write_drafts(const Source& source, const std::vector<std::filesystem::path>& files,
                         const std::filesystem::path& root, const Parameters& filters,
                         std::uint32_t matches, RowFormat format, const Sink& sink);

}  // namespace fundstelle::research
