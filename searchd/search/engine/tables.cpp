// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/engine/tables.h"

#include <xapian.h>

#include <algorithm>

#include "schema/schema.h"
#include "search/engine/snapshot.h"

namespace fundstelle::search {

const IdTable& LazyTables::ids(const Snapshot& snapshot) const {
  std::call_once(ids_once_, [&] {
    const std::string prefix(schema::kId);
    const auto lease = snapshot.lease();
    const Reader& reader = *lease;
    struct Found {
      Gid gid;
      std::uint32_t begin, length;
    };
    std::vector<Found> found;
    std::string bytes;
    for (std::size_t sub = 0; sub < snapshot.subs.size(); ++sub) {
      const Xapian::Database& db = reader.documents[sub];
      const auto end = db.allterms_end(prefix);
      for (auto it = db.allterms_begin(prefix); it != end; ++it) {
        const std::string term = *it;
        const std::string_view id = std::string_view(term).substr(prefix.size());
        // A document replaced in the delta stands in both; its old entry is dead and never asked.
        const auto none = db.postlist_end(term);
        for (auto posting = db.postlist_begin(term); posting != none; ++posting) {
          found.push_back({snapshot.subs[sub].document_base + *posting,
                           static_cast<std::uint32_t>(bytes.size()),
                           static_cast<std::uint32_t>(id.size())});
          bytes += id;
        }
      }
    }
    std::sort(found.begin(), found.end(),
              [](const Found& a, const Found& b) { return a.gid < b.gid; });
    ids_.bytes_.reserve(bytes.size());
    ids_.begins_.assign(snapshot.documents.end + 1, 0);
    Gid next = 0;
    for (const Found& one : found) {
      for (; next <= one.gid; ++next) {
        ids_.begins_[next] = static_cast<std::uint32_t>(ids_.bytes_.size());
      }
      ids_.bytes_.append(bytes, one.begin, one.length);
    }
    for (; next <= snapshot.documents.end; ++next) {
      ids_.begins_[next] = static_cast<std::uint32_t>(ids_.bytes_.size());
    }
  });
  return ids_;
}

}  // namespace fundstelle::search
