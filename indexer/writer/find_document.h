// SPDX-License-Identifier: GPL-3.0-or-later
//
// One document of an index, without taking the lock.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "document/document.h"

namespace fundstelle::writer {

struct FoundDocument {
  Document document;                ///< without text
  std::vector<std::string> copies;  ///< ids of other documents with the same content
};

/// Nothing if no living document has this id. Throws WriterError, schema::IndexError.
[[nodiscard]] std::optional<FoundDocument> find_document(const std::filesystem::path& dir,
                                                         const std::string& id);

}  // namespace fundstelle::writer
