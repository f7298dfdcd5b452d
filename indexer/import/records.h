// SPDX-License-Identifier: GPL-3.0-or-later
//
// Records made elsewhere become documents: interchange JSONL, plain or zstd-compressed, streamed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "document/document.h"

namespace fundstelle {

/// One line of a record file: a document, or why it is none.
struct RecordLine {
  std::uint64_t line = 0;  ///< 1-based
  std::string error;       ///< empty: `document` is good. Else: what is wrong and the remedy
  Document document;
};

/// Calls `take` for every non-empty line in order; a broken line is reported and skipped. Returns
/// false if the file cannot be read or decompressed to its end (then `error` says why).
/// Memory: one line (at most 64 MB) at a time.
bool read_records(const std::filesystem::path& file, const std::function<void(RecordLine&&)>& take,
                  std::string& error);

}  // namespace fundstelle
