// SPDX-License-Identifier: GPL-3.0-or-later
//
// What only long lists ask of a revision, made when first asked for: ids by number.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "search/engine/postings.h"

namespace fundstelle::search {

class Snapshot;

/// Ids of documents, one after the other in one string: reading a record for each would cost more
/// than the search did.
class IdTable {
 public:
  [[nodiscard]] std::string_view of(Gid document) const {
    return std::string_view(bytes_).substr(begins_[document],
                                           begins_[document + 1] - begins_[document]);
  }

 private:
  friend class LazyTables;
  std::string bytes_;
  std::vector<std::uint32_t> begins_;  ///< by gid of the document, and the end
};

/// Safe for many threads.
class LazyTables {
 public:
  [[nodiscard]] const IdTable& ids(const Snapshot& snapshot) const;

 private:
  mutable std::once_flag ids_once_;
  mutable IdTable ids_;
};

}  // namespace fundstelle::search
